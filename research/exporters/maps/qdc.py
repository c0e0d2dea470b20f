"""codebook.qdc: the themes as a REFI-QDA codebook, for NVivo, MAXQDA, ATLAS.ti and others."""

from dataclasses import dataclass

from research.exporters.index import index
from research.exporters.maps.files import Element, child, to_xml
from research.exporters.maps.refi import code_guid, guid, kinds, write_codes
from research.exporters.maps.text import line
from research.model import Analysis

SPACE = "urn:QDA-XML:codebook:1.0"


@dataclass(frozen=True, slots=True)
class Qdc:
    """Writes codebook.qdc."""

    name: str = "qdc"
    filename: str = "codebook.qdc"
    media_type: str = "application/xml"

    def export(self, analysis: Analysis) -> bytes:
        """Stages hold the themes; pain points and motivations are sets.

        Raises `KlantbeeldError` when the codebook would be empty.
        """
        found = index(analysis)
        root = Element("CodeBook", {"xmlns": SPACE, "origin": line(analysis.made_by.software)})
        write_codes(root, found)
        sets = list(kinds(found))
        if sets:
            holder = child(root, "Sets", {})
            for kind, name, themes in sets:
                made = child(holder, "Set", {"guid": guid("set", kind), "name": name})
                for theme in themes:
                    child(made, "MemberCode", {"guid": code_guid(theme.id)})
        return to_xml(root)
