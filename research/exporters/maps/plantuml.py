"""pain-points.puml: pain points and motivations by stage as a mind map in PlantUML."""

from collections.abc import Iterator
from dataclasses import dataclass

from research.exporters.maps.text import line
from research.exporters.maps.tree import Tree, tree
from research.model import Analysis

COLOURS = {"pain": "#FDE7E4", "motivation": "#E5F3E3"}
# What Creole, the mark-up of PlantUML, and its preprocessor take for their own.
SWAPS = str.maketrans(
    {"<": "‹", ">": "›", "*": "∗", "_": "＿", "~": "∼", "[": "(", "]": ")", "!": "！"}
    | {
        "\\": "/",
        "%": "％",
        "$": "＄",
        "@": "＠",
        "#": "№",
        "=": "＝",
        "|": "¦",
        '"': "'",
        "/": "∕",
    }
    | {"-": "‐", "{": "(", "}": ")", "`": "'", "^": "ˆ"}
)


@dataclass(frozen=True, slots=True)
class PlantUml:
    """Writes pain-points.puml."""

    name: str = "plantuml"
    filename: str = "pain-points.puml"
    media_type: str = "text/x-plantuml"

    def export(self, analysis: Analysis) -> bytes:
        """A line a node; an asterisk a level."""
        return ("\n".join(_lines(tree(analysis))) + "\n").encode("utf-8")


def _lines(found: Tree) -> Iterator[str]:
    yield "@startmindmap"
    yield f"* {plain(found.title)}"
    for branch in found.branches:
        yield f"** {plain(branch.name)}"
        for group in branch.groups:
            yield f"*** {plain(group.name)}"
            for leaf in group.leaves:
                told = f"{plain(leaf.text)} ({leaf.people}∕{leaf.of})"
                yield f"****[{COLOURS[leaf.kind]}] {told}"
    yield "@endmindmap"


def plain(text: str) -> str:
    """Text that neither formats nor commands anything."""
    return line(text).translate(SWAPS)
