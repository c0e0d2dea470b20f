"""What a team writes on journey maps: their heads, and rows that no customer can tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from research.model import Analysis, Decision
from research.shape import meant

HEADER = ("scenario", "goal")
BLUEPRINT = ("frontstage", "backstage", "support")


@dataclass(frozen=True, slots=True)
class Note:
    """What is written in a row of a stage of the service blueprint."""

    row: str
    stage: str
    text: str


@dataclass(frozen=True, slots=True)
class MapNotes:
    """What people wrote on one map, and the first and last date of what it rests on."""

    scenario: str = ""
    goal: str = ""
    cells: tuple[Note, ...] = ()
    first: str = ""
    last: str = ""

    def of(self, row: str, stage: str) -> str:
        """What is written in a cell; empty when nothing is."""
        return next((n.text for n in self.cells if (n.row, n.stage) == (row, stage)), "")


def map_notes(analysis: Analysis, decisions: Sequence[Decision], persona: str = "") -> MapNotes:
    """What stands on a map: that of everyone, or of a persona. The last word counts.

    `decisions` are those that stand, oldest first.
    """
    heads: dict[str, str] = {}
    cells: dict[tuple[str, str], str] = {}
    for decision in decisions:
        if decision.action not in ("set-header", "set-cell"):
            continue
        whose, *place = decision.target.split("/")
        if _about(analysis, whose, decision.anchors) != persona:
            continue
        if decision.action == "set-header":
            heads[place[0]] = decision.value
        else:
            cells[place[0], place[1]] = decision.value
    first, last = _window(analysis, persona)
    written = tuple(Note(row, stage, text) for (row, stage), text in cells.items() if text)
    return MapNotes(heads.get("scenario", ""), heads.get("goal", ""), written, first, last)


def _about(analysis: Analysis, persona: str, anchors: Sequence[str]) -> str | None:
    """The persona whose map it is, empty for everyone; None when it is gone."""
    if not persona:
        return ""
    found = meant(analysis.personas, persona, anchors, lambda p: p.participants)
    return found.id if found else None


def _window(analysis: Analysis, persona: str) -> tuple[str, str]:
    """The first and the last date of what a map rests on; empty without dates."""
    people = next((set(p.participants) for p in analysis.personas if p.id == persona), None)
    dates = [
        s.date
        for s in analysis.statements
        if s.date and (people is None or s.participant in people)
    ]
    return min(dates, default="")[:10], max(dates, default="")[:10]
