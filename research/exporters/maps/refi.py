"""What REFI-QDA codebooks and projects share: ids that stay, and themes as codes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha1
from uuid import UUID

from research.errors import KlantbeeldError
from research.exporters.index import Index
from research.exporters.maps.files import Element, child
from research.exporters.maps.text import line, shortened
from research.exporters.maps.tree import KINDS
from research.model import Theme

SPACE = UUID("6f0f5f9e-4f0c-5d0b-9f5e-0c5a1c1b7a11")
COLOURS = {"pain": "#C8604F", "motivation": "#5F9A58"}
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Folder:
    """A stage as a code that only holds others, with the themes that most raise there."""

    stage: str
    name: str
    description: str
    themes: tuple[Theme, ...]


def guid(*parts: str) -> str:
    """An id that is the same for the same parts, in every export: a UUID of version 5."""
    name = "\x1f".join(parts).encode("utf-8", "backslashreplace")
    digest = bytearray(sha1(SPACE.bytes + name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    h = digest.hex().upper()
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def code_guid(theme: str) -> str:
    """The id of a theme's code."""
    return guid("code", theme)


def named(text: str) -> str:
    """A name: one clean line that is not too long."""
    return shortened(line(text), LONGEST_NAME)


def folders(found: Index) -> tuple[Folder, ...]:
    """The stages in order, then what is raised in none of them."""
    themes = [t for kind in KINDS for t in found.ranked(kind)]
    made = [
        Folder(
            stage=stage.id,
            name=named(stage.name(found.analysis.language)),
            description=_defined(stage.definition_nl, stage.definition_en, found),
            themes=tuple(t for t in themes if found.main_stage(t) == stage.id),
        )
        for stage in found.analysis.taxonomy.stages
    ]
    rest = tuple(t for t in themes if not found.main_stage(t))
    if rest:
        made.append(Folder("", found.words("Stage not known"), "", rest))
    return tuple(made)


def _defined(dutch: str, english: str, found: Index) -> str:
    return line(dutch if found.words.language == "nl" else english) if dutch or english else ""


def write_codes(parent: Element, found: Index) -> None:
    """The codes of a codebook. Raises `KlantbeeldError` when there would be none."""
    stages = folders(found)
    if not stages:
        raise KlantbeeldError("This study has no stages and no themes: a codebook would be empty.")
    codes = child(parent, "Codes", {})
    used: Counter[str] = Counter()
    for folder in stages:
        told = {"guid": guid("stage", folder.stage), "name": folder.name, "isCodable": "false"}
        code = child(codes, "Code", told)
        _described(code, folder.description)
        for theme in folder.themes:
            _theme(code, found, theme, alone(named(theme.label), used))


def alone(name: str, used: Counter[str]) -> str:
    """A name that no other has: the second and later get a number."""
    used[name.casefold()] += 1
    number = used[name.casefold()]
    return name if number == 1 else alone(f"{name} ({number})", used)


def _theme(parent: Element, found: Index, theme: Theme, name: str) -> None:
    told = {"guid": code_guid(theme.id), "name": name, "isCodable": "true"}
    code = child(parent, "Code", told | {"color": COLOURS[theme.kind]})
    people = found.words("{k} of {n} people").format(k=theme.people, n=found.of)
    _described(code, f"{line(theme.definition)} ({people})" if theme.definition else people)


def _described(code: Element, text: str) -> None:
    if text:
        child(code, "Description", {}, text)


def kinds(found: Index) -> Iterable[tuple[str, str, tuple[Theme, ...]]]:
    """The sets of codes: pain points and motivations, as far as there are any."""
    for kind in KINDS:
        themes = found.ranked(kind)
        if themes:
            yield kind, found.words.code("claim", kind), themes
