"""Which persona somebody fits, and the few questions that tell personas apart.

Naive Bayes over the themes that people raise (Maron 1961), with half a person added to
every count. Questions are chosen one by one, each the one that tells most of the persona
beside those before it (mutual information: Shannon 1948). How often they would have put
the study's own people right is measured with each person left out in turn, the choice of
questions included.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from research.model import Analysis, Persona, Theme

MOST_QUESTIONS, MOST_REASONS = 6, 3
HALF = 0.5
FOLDS = 20


@dataclass(frozen=True, slots=True)
class Sign:
    """A theme that speaks for a persona (or, not raised, against it): how many of its
    people raise it, and how many of the others."""

    theme: str
    raised: bool
    people: int
    of: int
    elsewhere: int
    others: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How probable it is that somebody is of a persona, and what speaks for it most."""

    persona: str
    chance: float
    reasons: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A theme to ask for; a yes speaks for `persona` most."""

    theme: str
    persona: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """A short set of questions. `right` of `of` people of the study would have been put in
    their own persona by it; guessing the largest persona gives `guessed`."""

    asked: tuple[Question, ...]
    right: int
    of: int
    guessed: int


@dataclass(frozen=True, slots=True)
class Table:
    """Who raises what: the persona of each person, and the themes that each raises."""

    persona_of: Mapping[str, str]
    raises: Mapping[str, frozenset[str]]
    themes: tuple[str, ...]

    def without(self, people: Sequence[str]) -> "Table":
        """The table with some people left out."""
        left = {p: persona for p, persona in self.persona_of.items() if p not in people}
        return Table(left, self.raises, self.themes)

    def count(self, persona: str, theme: str) -> tuple[int, int]:
        """How many of a persona's people raise a theme, and how many people it has."""
        people = [p for p, mine in self.persona_of.items() if mine == persona]
        return sum(theme in self.raises[p] for p in people), len(people)


def table_of(analysis: Analysis) -> Table:
    """The people of personas and everybody else with what they raise; hidden themes apart."""
    persona_of = {p: x.id for x in analysis.personas for p in x.participants}
    raises: dict[str, set[str]] = {p.id: set() for p in analysis.participants}
    for theme in analysis.shown:
        for person in theme.participants:
            raises.setdefault(person, set()).add(theme.id)
    themes = tuple(sorted(t.id for t in analysis.shown))
    return Table(persona_of, {p: frozenset(found) for p, found in raises.items()}, themes)


def fits(table: Table, answers: Mapping[str, bool]) -> tuple[Fit, ...]:
    """How well each persona fits somebody of whom it is known which themes they raise.

    `answers` tell themes that are raised, or are not; about others nothing is known.
    Likeliest first; nothing when there is no persona.
    """
    personas = sorted(set(table.persona_of.values()))
    known = {t: yes for t, yes in answers.items() if t in table.themes}
    counts = {p: {t: table.count(p, t) for t in known} for p in personas}
    sizes = {p: sum(mine == p for mine in table.persona_of.values()) for p in personas}
    told = {
        p: log(sizes[p]) + sum(_log(counts[p][t], yes) for t, yes in known.items())
        for p in personas
    }
    most = max(told.values(), default=0.0)
    whole = sum(exp(value - most) for value in told.values())
    found = [
        Fit(p, round(exp(told[p] - most) / whole, 4), _reasons(p, known, counts)) for p in personas
    ]
    return tuple(sorted(found, key=lambda fit: (-fit.chance, fit.persona)))


def fit_person(analysis: Analysis, participant: str) -> tuple[Fit, ...]:
    """How well each persona fits somebody of the study, by the themes that they raise.

    Somebody who is in a persona is left out of it first. What they did not raise counts
    for nothing: nobody asked.
    """
    table = table_of(analysis)
    raised = table.raises.get(participant, frozenset())
    return fits(table.without([participant]), dict.fromkeys(sorted(raised), True))


def _log(count: tuple[int, int], yes: bool) -> float:
    share = (count[0] + HALF) / (count[1] + 2 * HALF)
    return log(share if yes else 1.0 - share)


def _reasons(
    persona: str, known: Mapping[str, bool], counts: Mapping[str, Mapping[str, tuple[int, int]]]
) -> tuple[Sign, ...]:
    """The answers that speak most for the persona beside the others."""
    found = []
    for theme, yes in known.items():
        sign = _sign(persona, theme, yes, {p: mine[theme] for p, mine in counts.items()})
        others = (sign.elsewhere, sign.others)
        gain = _log((sign.people, sign.of), yes) - _log(others, yes)
        if gain > 0:
            found.append((-round(gain, 6), theme, sign))
    return tuple(sign for *_, sign in sorted(found, key=lambda f: f[:2])[:MOST_REASONS])


def _sign(persona: str, theme: str, raised: bool, counts: Mapping[str, tuple[int, int]]) -> Sign:
    people, of = counts[persona]
    rest = [count for p, count in counts.items() if p != persona]
    elsewhere, others = sum(c[0] for c in rest), sum(c[1] for c in rest)
    return Sign(theme, raised, people, of, elsewhere, others)


def questions(analysis: Analysis, most: int = MOST_QUESTIONS) -> Questions:
    """The short set of questions that tells the personas apart; none for one persona."""
    table = table_of(analysis)
    people = sorted(table.persona_of)
    if len({*table.persona_of.values()}) < 2:
        return Questions((), 0, len(people), len(people))
    asked = tuple(_question(table, theme) for theme in _chosen(table, most))
    sizes = [len(p.participants) for p in analysis.personas]
    return Questions(asked, _right(table, people, most), len(people), max(sizes))


def _question(table: Table, theme: str) -> Question:
    personas = sorted(set(table.persona_of.values()))
    counts = {p: table.count(p, theme) for p in personas}
    shares = {p: _log(counts[p], yes=True) for p in personas}
    signs = tuple(_sign(p, theme, True, counts) for p in personas)
    return Question(theme, max(personas, key=lambda p: (round(shares[p], 6), p)), signs)


def _chosen(table: Table, most: int) -> list[str]:
    """Themes, each of which tells most beside those before it."""
    chosen: list[str] = []
    cells: dict[str, tuple[bool, ...]] = dict.fromkeys(table.persona_of, ())
    before = 0.0
    while len(chosen) < most:
        gains = {
            t: round(_told(table, {p: (*cells[p], t in table.raises[p]) for p in cells}), 6)
            for t in table.themes
            if t not in chosen
        }
        if not gains or max(gains.values()) <= before:
            break
        best = min(gains, key=lambda t: (-gains[t], t))
        before = gains[best]
        chosen.append(best)
        cells = {p: (*cells[p], best in table.raises[p]) for p in cells}
    return chosen


def _told(table: Table, cells: Mapping[str, tuple[bool, ...]]) -> float:
    """Mutual information of persona and answers, in nats, less its bias by chance (Miller
    1955): with few people many answers seem to tell much."""
    count = len(cells)
    both: dict[tuple[str, tuple[bool, ...]], int] = {}
    for person, cell in cells.items():
        key = table.persona_of[person], cell
        both[key] = both.get(key, 0) + 1
    personas, answers = ({key[i] for key in both} for i in (0, 1))
    mine = {p: sum(n for key, n in both.items() if key[0] == p) for p in personas}
    same = {a: sum(n for key, n in both.items() if key[1] == a) for a in answers}
    told = sum(n / count * log(n * count / (mine[p] * same[a])) for (p, a), n in both.items())
    return told - (len(personas) - 1) * (len(answers) - 1) / (2 * count)


def _right(table: Table, people: Sequence[str], most: int) -> int:
    """How many people are put in their own persona when questions never saw them."""
    folds = min(FOLDS, len(people))
    right = 0
    for fold in range(folds):
        out = people[fold::folds]
        rest = table.without(out)
        asked = _chosen(rest, most)
        for person in out:
            answers = {t: t in table.raises[person] for t in asked}
            found = fits(rest, answers)
            right += bool(found) and found[0].persona == table.persona_of[person]
    return right


def named(analysis: Analysis) -> tuple[dict[str, Persona], dict[str, Theme]]:
    """Personas and themes by their ids."""
    return {p.id: p for p in analysis.personas}, {t.id: t for t in analysis.themes}
