"""The map and the pain points as Mermaid text: a journey, a mind map and a timeline."""

from collections.abc import Iterator
from dataclasses import dataclass

from research.exporters.maps.board import Board, Item, boards
from research.exporters.maps.mermaid_text import actor, cut, plain, quoted
from research.exporters.maps.tree import Tree, tree
from research.exporters.words import words_of
from research.model import Analysis

TASKS = ("touchpoints", "pain points", "motivations")
LOWEST, MIDDLE, HIGHEST = 1, 3, 5


@dataclass(frozen=True, slots=True)
class MermaidJourney:
    """Writes journey.mmd."""

    name: str = "mermaid-journey"
    filename: str = "journey.mmd"
    media_type: str = "text/vnd.mermaid"

    def export(self, analysis: Analysis) -> bytes:
        """Stages as sections; a task is scored 1 to 5 by how people feel about it."""
        return cut(
            _journey(boards(analysis)),
            lambda n: f"      {plain(_left_out(analysis, n))}: {MIDDLE}",
        )


def _left_out(analysis: Analysis, lines: int) -> str:
    say = words_of(analysis.language)
    return say("{n} lines are left out: Mermaid takes no larger diagram.").format(n=lines)


def _journey(found: tuple[Board, ...]) -> Iterator[str]:
    yield "journey"
    if not found:
        return
    whole = found[0]
    yield f"    title {plain(whole.heading)}"
    for stage, name in whole.stages:
        yield f"    section {plain(name)}"
        items = [i for row in TASKS for i in whole.at(row, stage).items]
        for item in items:
            who = ", ".join(_actors(found[1:], item))
            yield f"      {plain(item.text)}: {score(item.feeling)}" + (f": {who}" if who else "")
        if not items:
            yield f"      {plain(whole.words('no evidence'))}: {MIDDLE}"


def _actors(personas: tuple[Board, ...], item: Item) -> list[str]:
    """The personas on whose maps the same stands in the same stage."""
    return [
        actor(board.title)
        for board in personas
        if any(
            (other.theme, other.text) == (item.theme, item.text)
            for other in board.at(item.row, item.stage).items
        )
    ]


def score(feeling: float | None) -> int:
    """A feeling of -1 to 1 as a score of 1 to 5."""
    return max(LOWEST, min(HIGHEST, round(MIDDLE + 2 * (feeling or 0.0))))


@dataclass(frozen=True, slots=True)
class MermaidMindmap:
    """Writes pain-points.mmd."""

    name: str = "mermaid-mindmap"
    filename: str = "pain-points.mmd"
    media_type: str = "text/vnd.mermaid"

    def export(self, analysis: Analysis) -> bytes:
        """One root; then the stages, the kinds, and the themes with their people."""
        return cut(
            _mindmap(tree(analysis)), lambda n: f'    left["{quoted(_left_out(analysis, n))}"]'
        )


def _mindmap(found: Tree) -> Iterator[str]:
    yield "mindmap"
    yield f'  root["{quoted(found.title)}"]'
    for branch in found.branches:
        yield f'    {branch.id}["{quoted(branch.name)}"]'
        for group in branch.groups:
            yield f'      {group.id}["{quoted(group.name)}"]'
            for leaf in group.leaves:
                yield f'        {leaf.id}["{quoted(leaf.text)} ({leaf.people}/{leaf.of})"]'


@dataclass(frozen=True, slots=True)
class MermaidTimeline:
    """Writes timeline.mmd."""

    name: str = "mermaid-timeline"
    filename: str = "timeline.mmd"
    media_type: str = "text/vnd.mermaid"

    def export(self, analysis: Analysis) -> bytes:
        """A section a stage, a period a row, and in it what stands there."""
        return cut(
            _timeline(boards(analysis)[:1]), lambda n: f"      … : {plain(_left_out(analysis, n))}"
        )


def _timeline(found: tuple[Board, ...]) -> Iterator[str]:
    yield "timeline"
    for board in found:
        yield f"    title {plain(board.heading)}"
        for stage, name in board.stages:
            yield f"    section {plain(name)}"
            filled = [(row, board.at(row, stage).items) for row, _ in board.rows]
            names = dict(board.rows)
            for row, items in filled:
                if items:
                    told = " : ".join(plain(i.text) for i in items)
                    yield f"      {plain(names[row])} : {told}"
            if not any(items for _, items in filled):
                yield f"      {plain(name)} : {plain(board.words('no evidence'))}"
