"""Themes compared: with the run before, between groups of people, and over time.

People are counted, never quotes. A difference is called clear when Fisher's exact test
says so after Holm's correction (1979) for all that was compared; otherwise it may be chance,
and with few people it nearly always may.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from research.model import Analysis, Participant, Theme
from research.wilson import interval

CLEAR = 0.05
FEWEST, MOST_VALUES = 2, 8
WEEKS = 26
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
What = Literal["new", "grown", "shrunk", "same", "gone"]


@dataclass(frozen=True, slots=True)
class Change:
    """A theme in this run and the one before: what became of it, and who raised it."""

    theme: str
    kind: str
    label: str
    what: What
    before: int
    people: int


@dataclass(frozen=True, slots=True)
class Share:
    """`people` of `of`, with bounds of the share; how it compares with everybody else."""

    people: int
    of: int
    low: float
    high: float
    verdict: Literal["more", "less", "chance"]


@dataclass(frozen=True, slots=True)
class Row:
    """A theme across the groups that are compared, in their order."""

    theme: str
    kind: str
    label: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of people (or weeks or months) by name, and each theme in them."""

    by: str
    groups: tuple[str, ...]
    rows: tuple[Row, ...]


def changes(before: Analysis, after: Analysis) -> tuple[Change, ...]:
    """What is new, gone, grown or shrunk, by people; themes are the same when their id is."""
    old = {t.id: t for t in before.shown}
    new = {t.id: t for t in after.shown}
    found = [
        Change(t.id, t.kind, t.label, _what(old.get(t.id), t), _people(old.get(t.id)), t.people)
        for t in after.shown
    ]
    found += [
        Change(t.id, t.kind, t.label, "gone", t.people, 0) for t in old.values() if t.id not in new
    ]
    return tuple(sorted(found, key=lambda c: (-abs(c.people - c.before), c.kind, c.label)))


def _people(theme: Theme | None) -> int:
    return theme.people if theme else 0


def _what(old: Theme | None, new: Theme) -> What:
    if old is None:
        return "new"
    if new.people == old.people:
        return "same"
    return "grown" if new.people > old.people else "shrunk"


def attributes(analysis: Analysis) -> tuple[str, ...]:
    """What people can be compared by: attributes of two to eight values that people share."""
    names = dict.fromkeys(name for p in analysis.participants for name, _ in p.attributes)
    wanted = [*sorted(names), "channel", "source"]
    return tuple(name for name in wanted if 2 <= len(_groups(analysis, name)) <= MOST_VALUES)


def compare(analysis: Analysis, by: str) -> Comparison:
    """The themes by the values of an attribute; values of a single person are left out."""
    groups = _groups(analysis, by)
    return Comparison(by, tuple(groups), _rows(analysis.shown, tuple(groups.values())))


def _groups(analysis: Analysis, by: str) -> dict[str, frozenset[str]]:
    """The people of each value, largest group first."""
    names = {s.id: s.name for s in analysis.sources}
    found: dict[str, set[str]] = {}
    for person in analysis.participants:
        for value in _values(person, by, names):
            found.setdefault(value, set()).add(person.id)
    kept = [(v, frozenset(p)) for v, p in found.items() if len(p) >= FEWEST]
    return dict(sorted(kept, key=lambda g: (-len(g[1]), g[0])))


def _values(person: Participant, by: str, names: Mapping[str, str]) -> list[str]:
    if by == "channel":
        return [person.channel]
    if by == "source":
        return [names.get(s, s) for s in person.sources]
    return [value for name, value in person.attributes if name == by and value]


def trend(analysis: Analysis) -> Comparison | None:
    """The themes by week or month of what was said; None without two dated periods."""
    days = {s.id: day for s in analysis.statements if (day := _day(s.date))}
    if not days:
        return None
    weekly = (max(days.values()) - min(days.values())).days <= 7 * WEEKS
    period = {s: _week(d) if weekly else f"{d:%Y-%m}" for s, d in days.items()}
    who = {s.id: s.participant for s in analysis.statements}
    said: dict[str, set[str]] = {}
    for statement, name in period.items():
        said.setdefault(name, set()).add(f"{who[statement]}|{name}")
    names = sorted(said)
    if len(names) < 2:
        return None
    spoken = {
        t.id: frozenset(f"{who[s]}|{period[s]}" for s in t.statements if s in period)
        for t in analysis.shown
    }
    groups = tuple(frozenset(said[n]) for n in names)
    return Comparison(
        "week" if weekly else "month", tuple(names), _rows(analysis.shown, groups, spoken)
    )


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _rows(
    themes: Sequence[Theme],
    groups: Sequence[frozenset[str]],
    spoken: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Row, ...]:
    """Each theme in each group against all others, most people first."""
    everyone = frozenset().union(*groups) if groups else frozenset()
    ranked = sorted(themes, key=lambda t: (-t.people, t.id))
    raised = {
        t.id: (spoken[t.id] if spoken else frozenset(t.participants)) & everyone for t in ranked
    }
    cells = [(t.id, g) for t in ranked for g in groups]
    verdicts = _verdicts([(raised[t], g, everyone) for t, g in cells])
    rows = []
    for number, theme in enumerate(ranked):
        mine = verdicts[number * len(groups) : (number + 1) * len(groups)]
        shares = tuple(
            _share(len(raised[theme.id] & g), len(g), verdict)
            for g, verdict in zip(groups, mine, strict=True)
        )
        rows.append(Row(theme.id, theme.kind, theme.label, shares))
    return tuple(rows)


def _share(people: int, of: int, verdict: Literal["more", "less", "chance"]) -> Share:
    low, high = interval(people, of)
    return Share(people, of, round(low, 4), round(high, 4), verdict)


def _verdicts(
    cells: Sequence[tuple[frozenset[str], frozenset[str], frozenset[str]]],
) -> list[Literal["more", "less", "chance"]]:
    """For who raised it, a group and everybody: more, less, or maybe chance (Holm 1979)."""
    from scipy.stats import fisher_exact

    found: list[Literal["more", "less", "chance"]] = ["chance"] * len(cells)
    tested = []
    for at, (raised, group, everyone) in enumerate(cells):
        rest = everyone - group
        here, there = len(raised & group), len(raised & rest)
        table = [[here, len(group) - here], [there, len(rest) - there]]
        more = here * max(len(rest), 1) > there * max(len(group), 1)
        tested.append((float(fisher_exact(table).pvalue), at, more))
    for number, (p, at, more) in enumerate(sorted(tested)):
        if p * (len(tested) - number) >= CLEAR:
            break
        found[at] = "more" if more else "less"
    return found
