"""What an edited list of pain points would change, worked out before anything is decided.

Three states are compared, as in a merge: what the list showed when it was written (the
decisions up to its version), what it says now, and what the study says now. What the list
did not change is left as it is; what both changed otherwise is a conflict.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from research.model import Decision, DecisionAction
from research.readers.edited_list import Cell, EditedRow

ACTIONS: Mapping[str, DecisionAction] = {
    "label": "rename-theme",
    "owner": "set-owner",
    "status": "set-progress",
    "effort": "set-effort",
}
LONGEST = 200
RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
Filled = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that would become a decision. `now` is what the study says until then.

    `by` and `at` tell who decided otherwise after the list was written: then it is a
    conflict, and only done when somebody wants it all the same. Without them a later run
    may have named the pain point otherwise.
    """

    row: int
    theme: str
    label: str
    field: str
    now: str
    value: str
    conflict: bool = False
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that is not taken over, with the reason."""

    row: int
    theme: str
    field: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A row that is about no pain point of the study."""

    row: int
    id: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What bringing a list back would do; nothing is decided yet. `same` cells are as they were.

    `undated` rows do not say of which version they are: conflicts cannot be seen in them.
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    refused: tuple[Refused, ...]
    unknown: tuple[Unknown, ...]
    same: int
    undated: int


def tidy(text: str) -> str:
    """A name on one line, as decisions keep it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST]


def problem_of(field: str, text: str, codes: Mapping[str, Mapping[str, str]]) -> str:
    """Why a value cannot be taken over; empty when it can."""
    if field in codes:
        known = text.casefold() in codes[field] or (field == "effort" and not text)
        return "" if known else f"choose one of {', '.join(dict.fromkeys(codes[field].values()))}"
    if len(" ".join(text.split())) > LONGEST:
        return f"longer than {LONGEST} characters"
    if text.lstrip().startswith(RISKY) or tidy(text).startswith(RISKY):
        return "looks like a formula"
    if field == "label" and not tidy(text):
        return "a name cannot be empty"
    return ""


def changes_of(
    rows: Sequence[EditedRow],
    now: Mapping[str, Filled],
    before: Callable[[int | None], Mapping[str, Filled]],
    log: Sequence[Decision],
    codes: Mapping[str, Mapping[str, str]],
    why_unknown: Callable[[str], str],
    run: int,
) -> Preview:
    """What the rows would change. `now` and `before` (of a decision) are fields by theme;
    `run` is the number of the run that the study shows."""
    judge = _Judge(now, before, log, codes, run)
    unknown: list[Unknown] = []
    seen: dict[str, int] = {}
    for row in rows:
        label = row.cells.get("label", Cell("")).text
        if row.id not in now:
            unknown.append(Unknown(row.number, row.id, tidy(label), why_unknown(row.id)))
        elif row.id in seen:
            reason = f"the same id as row {seen[row.id]}"
            unknown.append(Unknown(row.number, row.id, tidy(label), reason))
        else:
            seen[row.id] = row.number
            judge.take(row)
    return Preview(
        changes=tuple(judge.changes),
        conflicts=tuple(judge.conflicts),
        refused=tuple(judge.refused),
        unknown=tuple(unknown),
        same=judge.same,
        undated=sum(row.decision is None for row in rows),
    )


class _Judge:
    """Sorts cells into changes, conflicts, refusals and what stays the same."""

    def __init__(
        self,
        now: Mapping[str, Filled],
        before: Callable[[int | None], Mapping[str, Filled]],
        log: Sequence[Decision],
        codes: Mapping[str, Mapping[str, str]],
        run: int,
    ) -> None:
        self.now, self.before, self.log, self.codes = now, before, log, codes
        self.run = run
        self.changes: list[Change] = []
        self.conflicts: list[Change] = []
        self.refused: list[Refused] = []
        self.same = 0

    def take(self, row: EditedRow) -> None:
        """Judge every cell of a row."""
        now = self.now[row.id]
        base = self.before(row.decision).get(row.id, now)
        for field, cell in row.cells.items():
            self._cell(row, field, cell, now[field], base[field])

    def _cell(self, row: EditedRow, field: str, cell: Cell, now: str, base: str) -> None:
        value = self._value(field, cell.text)
        if not cell.live and value in (tidy(base), tidy(now)):
            self.same += 1
            return
        reason = "a formula or an error" if cell.live else problem_of(field, cell.text, self.codes)
        if reason:
            refused = Refused(row.number, row.id, field, tidy(cell.text)[:80], reason)
            self.refused.append(refused)
            return
        change = Change(row.number, row.id, self.now[row.id]["label"], field, now, value)
        renamed = field == "label" and row.run not in (None, self.run)
        if now == base and not renamed:
            self.changes.append(change)
        else:
            self.conflicts.append(self._later(change, row.decision or 0))

    def _value(self, field: str, text: str) -> str:
        """The text as decisions keep it: a code where there is a list to choose from."""
        line = tidy(text)
        return self.codes[field].get(line.casefold(), line) if field in self.codes else line

    def _later(self, change: Change, decision: int) -> Change:
        """The change with who decided otherwise since."""
        mine = [
            d
            for d in self.log
            if d.id > decision and d.action == ACTIONS[change.field] and d.target == change.theme
        ]
        last = mine[-1] if mine else None
        return Change(
            change.row,
            change.theme,
            change.label,
            change.field,
            change.now,
            change.value,
            conflict=True,
            by=last.by if last else "",
            at=last.at if last else None,
        )
