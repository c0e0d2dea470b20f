"""pain-points.opml and pain-points.mm: the pain points as an outline and for FreeMind."""

from dataclasses import dataclass

from research.exporters.maps.files import Element, child, to_xml
from research.exporters.maps.tree import Leaf, tree
from research.model import Analysis


@dataclass(frozen=True, slots=True)
class Opml:
    """Writes pain-points.opml."""

    name: str = "opml"
    filename: str = "pain-points.opml"
    media_type: str = "text/x-opml"

    def export(self, analysis: Analysis) -> bytes:
        """An outline: stages, kinds, themes and their quotes."""
        found = tree(analysis)
        root = Element("opml", version="2.0")
        child(child(root, "head", {}), "title", {}, found.title)
        body = child(root, "body", {})
        for branch in found.branches:
            stage = child(body, "outline", {"text": branch.name})
            for group in branch.groups:
                kind = child(stage, "outline", {"text": group.name})
                for leaf in group.leaves:
                    told = {"kind": leaf.kind, "people": str(leaf.people), "of": str(leaf.of)}
                    node = child(kind, "outline", {"text": leaf.told, "id": leaf.theme} | told)
                    for quote in leaf.quotes:
                        child(node, "outline", {"text": quote.full})
        if not len(body):
            child(body, "outline", {"text": found.title})
        return to_xml(root)


@dataclass(frozen=True, slots=True)
class FreeMind:
    """Writes pain-points.mm."""

    name: str = "freemind"
    filename: str = "pain-points.mm"
    media_type: str = "application/x-freemind"

    def export(self, analysis: Analysis) -> bytes:
        """One root; stages to both sides; quotes are folded in."""
        found = tree(analysis)
        root = Element("map", version="1.0.1")
        top = child(root, "node", {"ID": "root", "TEXT": found.title})
        for number, branch in enumerate(found.branches):
            side = {"POSITION": "right" if number % 2 == 0 else "left"}
            stage = child(top, "node", {"ID": branch.id, "TEXT": branch.name} | side)
            for group in branch.groups:
                kind = child(stage, "node", {"ID": group.id, "TEXT": group.name})
                for leaf in group.leaves:
                    _node(kind, leaf)
        return to_xml(root)


def _node(parent: Element, leaf: Leaf) -> None:
    node = child(parent, "node", {"ID": leaf.id, "TEXT": leaf.told, "FOLDED": "true"})
    for name, value in (("people", leaf.people), ("of", leaf.of), ("statements", leaf.statements)):
        child(node, "attribute", {"NAME": name, "VALUE": str(value)})
    for number, quote in enumerate(leaf.quotes, 1):
        child(node, "node", {"ID": f"{leaf.id}-{number}", "TEXT": quote.full})
