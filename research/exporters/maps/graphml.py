"""network.graphml: stages, themes, personas and quotes as a network for Gephi, yEd and others."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from research.exporters.index import Index, index
from research.exporters.maps.board import said
from research.exporters.maps.files import Element, child, to_xml
from research.exporters.maps.text import line, short_id
from research.exporters.maps.tree import Branch, Leaf, tree
from research.model import Analysis

SPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS = {
    "label": "string",
    "kind": "string",
    "people": "int",
    "of": "int",
    "strength": "string",
    "who": "string",
    "source": "string",
    "place": "string",
}
EDGE_KEYS = {"relation": "string", "weight": "double"}


@dataclass(frozen=True, slots=True)
class GraphMl:
    """Writes network.graphml."""

    name: str = "graphml"
    filename: str = "network.graphml"
    media_type: str = "application/graphml+xml"

    def export(self, analysis: Analysis) -> bytes:
        """Nodes for stages, themes, personas and statements; edges say what belongs where."""
        found, grown = index(analysis), tree(analysis)
        root = Element("graphml", xmlns=SPACE)
        for scope, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
            for name, kind in keys.items():
                told = {"id": f"{scope}-{name}", "for": scope, "attr.name": name}
                child(root, "key", told | {"attr.type": kind})
        graph = child(root, "graph", {"id": "study", "edgedefault": "directed"})
        _stages(graph, grown.branches)
        for branch, leaf in grown.leaves():
            _theme(graph, leaf, branch)
        _personas(graph, analysis)
        _statements(graph, found)
        return to_xml(root)


def _stages(graph: Element, branches: tuple[Branch, ...]) -> None:
    for branch in branches:
        _node(graph, branch.id, {"label": branch.name, "kind": "stage"})
    named = [b for b in branches if b.stage]
    for before, after in pairwise(named):
        _edge(graph, before.id, after.id, "next", 1)


def _theme(graph: Element, leaf: Leaf, branch: Branch) -> None:
    told = {"people": str(leaf.people), "of": str(leaf.of), "strength": leaf.strength}
    _node(graph, leaf.id, {"label": leaf.text, "kind": leaf.kind} | told)
    _edge(graph, leaf.id, branch.id, "raised in", leaf.people)


def _personas(graph: Element, analysis: Analysis) -> None:
    shown = {t.id for t in analysis.shown}
    for persona in analysis.personas:
        key = short_id("persona", persona.id)
        told = {"label": line(persona.name), "kind": "persona"}
        _node(graph, key, told | {"people": str(persona.base.people)})
        people: dict[str, int] = {}
        for claim in persona.claims:
            if claim.theme in shown:
                people[claim.theme] = max(claim.people, people.get(claim.theme, 0))
        for theme in sorted(people):
            _edge(graph, key, short_id("theme", theme), "has", people[theme])


def _statements(graph: Element, found: Index) -> None:
    """The statements of the themes, once each, by their ids."""
    themes: dict[str, list[str]] = {}
    for theme in found.analysis.shown:
        for statement in theme.statements:
            themes.setdefault(statement, []).append(theme.id)
    for statement in sorted(themes):
        key, quote = short_id("statement", statement), said(found.quote(statement))
        told = {"who": quote.who, "source": quote.source, "place": quote.place}
        _node(graph, key, {"label": quote.text, "kind": "statement"} | told)
        for supported in sorted(themes[statement]):
            _edge(graph, key, short_id("theme", supported), "supports", 1)


def _node(graph: Element, key: str, told: Mapping[str, str]) -> None:
    node = child(graph, "node", {"id": key})
    for name, value in told.items():
        if value:
            child(node, "data", {"key": f"node-{name}"}, value)


def _edge(graph: Element, source: str, target: str, relation: str, weight: int) -> None:
    edge = child(graph, "edge", {"source": source, "target": target})
    child(edge, "data", {"key": "edge-relation"}, relation)
    child(edge, "data", {"key": "edge-weight"}, str(weight))
