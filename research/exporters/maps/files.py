"""How maps become bytes: XML, JSON and zip archives that are the same every time."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Element = ElementTree.Element
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def child(parent: Element, tag: str, attributes: Mapping[str, str], text: str = "") -> Element:
    """A new element inside another."""
    made = ElementTree.SubElement(parent, tag, dict(attributes))
    made.text = text or None
    return made


def to_xml(root: Element) -> bytes:
    """UTF-8 with a declaration, two spaces a level."""
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def to_json(value: Mapping[str, Any], *, indent: int | None = 1) -> bytes:
    """UTF-8 with every letter as it is."""
    separators = None if indent is not None else (",", ":")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return (text + "\n").encode("utf-8")


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """An archive with files in the order given and without the time of day."""
    archive = BytesIO()
    with ZipFile(archive, "w") as opened:
        for name, content in files.items():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, content)
    return archive.getvalue()
