"""Which persona somebody fits, and the few questions that tell personas apart.

Naive Bayes over the themes that people raise (Maron 1961), with half a person added to
every count. Questions are chosen one by one, each the one that tells most of the persona
beside those before it (mutual information: Shannon 1948). How often they would have put
the study's own people right is measured with people left out in turn, the choice of
questions included.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from research.model import Analysis

MOST_QUESTIONS, MOST_REASONS = 6, 3
HALF = 0.5
FOLDS = 20
MOST_TRIED = 1000
Numbers = NDArray[np.intp]


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
    """A theme to ask for; a yes speaks for `persona` most. A sign for each persona."""

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
    """Who is of which persona and raises what.

    `own` (people,) are numbers of `personas`, `raises` (people, themes) says who raises
    what; `people` are ids. Everybody is of a persona.
    """

    people: tuple[str, ...]
    personas: tuple[str, ...]
    themes: tuple[str, ...]
    own: Numbers
    raises: NDArray[np.bool_]

    def rows(self, kept: NDArray[np.bool_] | Numbers) -> "Table":
        """Some of the people alone."""
        people = tuple(np.array(self.people, dtype=object)[kept].tolist())
        return replace(self, people=people, own=self.own[kept], raises=self.raises[kept])

    @property
    def sizes(self) -> Numbers:
        """How many people each persona has."""
        return np.bincount(self.own, minlength=len(self.personas))

    def counts(self, theme: str) -> Numbers:
        """How many people of each persona raise a theme."""
        raise_it = self.own[self.raises[:, self.themes.index(theme)]]
        return np.bincount(raise_it, minlength=len(self.personas))


def table_of(analysis: Analysis) -> Table:
    """The people of personas with the themes that they raise; hidden themes apart."""
    personas = tuple(sorted(p.id for p in analysis.personas))
    persona_of = {p: personas.index(x.id) for x in analysis.personas for p in x.participants}
    people = tuple(sorted(persona_of))
    row_of = {person: row for row, person in enumerate(people)}
    shown = sorted(analysis.shown, key=lambda t: t.id)
    raises = np.zeros((len(people), len(shown)), dtype=bool)
    for column, theme in enumerate(shown):
        raises[[row_of[p] for p in theme.participants if p in row_of], column] = True
    own = np.array([persona_of[p] for p in people], dtype=np.intp)
    return Table(people, personas, tuple(t.id for t in shown), own, raises)


def fits(table: Table, answers: Mapping[str, bool]) -> tuple[Fit, ...]:
    """How well each persona fits somebody of whom it is known which themes they raise.

    `answers` tell themes that are raised, or are not; about others nothing is known.
    Likeliest first; nothing when there is no persona.
    """
    if not table.personas:
        return ()
    known = {t: yes for t, yes in answers.items() if t in table.themes}
    counts = {theme: table.counts(theme) for theme in known}
    told = np.log(np.maximum(table.sizes, HALF))
    for theme, yes in known.items():
        told = told + _log(counts[theme], table.sizes, yes)
    chances = np.exp(told - np.logaddexp.reduce(told))
    found = [
        Fit(p, round(float(chances[i]), 4), _reasons(table, i, known, counts))
        for i, p in enumerate(table.personas)
    ]
    return tuple(sorted(found, key=lambda fit: (-fit.chance, fit.persona)))


def fit_person(analysis: Analysis, participant: str) -> tuple[Fit, ...]:
    """How well each persona fits somebody of the study, by the themes that they raise.

    Somebody who is in a persona is left out of it first. What they did not raise counts
    for nothing: nobody asked.
    """
    table = table_of(analysis)
    raised = sorted(t.id for t in analysis.shown if participant in t.participants)
    others = np.array([p != participant for p in table.people], dtype=bool)
    return fits(table.rows(others), dict.fromkeys(raised, True))


def _log(count: Numbers, of: Numbers, yes: bool) -> NDArray[np.float64]:
    share = (count + HALF) / (of + 2 * HALF)
    return np.asarray(np.log(share if yes else 1.0 - share))


def _reasons(
    table: Table, persona: int, known: Mapping[str, bool], counts: Mapping[str, Numbers]
) -> tuple[Sign, ...]:
    """The answers that speak most for the persona beside the others."""
    found = []
    for theme, yes in known.items():
        sign = _sign(table, persona, theme, yes, counts[theme])
        both = np.array([sign.people, sign.elsewhere]), np.array([sign.of, sign.others])
        here, elsewhere = _log(*both, yes)
        if here > elsewhere:
            found.append((-round(float(here - elsewhere), 6), theme, sign))
    return tuple(sign for *_, sign in sorted(found, key=lambda f: f[:2])[:MOST_REASONS])


def _sign(table: Table, persona: int, theme: str, raised: bool, counts: Numbers) -> Sign:
    people, of = int(counts[persona]), int(table.sizes[persona])
    elsewhere, others = int(counts.sum()) - people, len(table.people) - of
    return Sign(theme, raised, people, of, elsewhere, others)


def questions(analysis: Analysis, most: int = MOST_QUESTIONS) -> Questions:
    """The short set of questions that tells the personas apart; none for one persona.

    It is tried on at most `MOST_TRIED` people, evenly taken from all.
    """
    table = table_of(analysis)
    if len(table.personas) < 2:
        return Questions((), 0, len(table.people), len(table.people))
    asked = tuple(_question(table, theme) for theme in _chosen(table, most))
    spread = np.linspace(0, len(table.people) - 1, min(len(table.people), MOST_TRIED))
    tried = table.rows(np.unique(spread.astype(np.intp)))
    return Questions(asked, _right(tried, most), len(tried.people), int(tried.sizes.max()))


def _question(table: Table, theme: str) -> Question:
    counts = table.counts(theme)
    best = int(np.argmax(np.round(_log(counts, table.sizes, yes=True), 6)))
    signs = tuple(_sign(table, i, theme, True, counts) for i in range(len(table.personas)))
    return Question(theme, table.personas[best], signs)


def _chosen(table: Table, most: int) -> list[str]:
    """Themes, each of which tells most beside those before it."""
    chosen: list[int] = []
    cells = np.zeros(len(table.people), dtype=np.intp)
    before = 0.0
    while len(chosen) < most:
        gains = {
            column: round(_told(table.own, 2 * cells + table.raises[:, column]), 6)
            for column in range(len(table.themes))
            if column not in chosen
        }
        if not gains or max(gains.values()) <= before:
            break
        best = min(gains, key=lambda column: (-gains[column], column))
        before = gains[best]
        chosen.append(best)
        cells = 2 * cells + table.raises[:, best]
    return [table.themes[column] for column in chosen]


def _told(own: Numbers, cells: Numbers) -> float:
    """Mutual information of persona and answers, in nats, less its bias by chance (Miller
    1955): with few people many answers seem to tell much."""
    both = np.zeros((int(own.max()) + 1, int(cells.max()) + 1))
    np.add.at(both, (own, cells), 1.0)
    both = both[both.any(axis=1)][:, both.any(axis=0)]
    by_chance = both.sum(axis=1, keepdims=True) * both.sum(axis=0, keepdims=True)
    there = both > 0
    told = both[there] @ np.log(both[there] * len(own) / by_chance[there]) / len(own)
    return float(told) - (both.shape[0] - 1) * (both.shape[1] - 1) / (2 * len(own))


def _right(table: Table, most: int) -> int:
    """How many people are put in their own persona when questions never saw them."""
    folds = min(FOLDS, len(table.people))
    turn = np.arange(len(table.people)) % folds
    right = 0
    for fold in range(folds):
        rest, out = table.rows(turn != fold), table.rows(turn == fold)
        told = np.tile(np.log(np.maximum(rest.sizes, HALF)), (len(out.people), 1))
        for theme in _chosen(rest, most):
            counts, yes = rest.counts(theme), out.raises[:, out.themes.index(theme)]
            given = [_log(counts, rest.sizes, answer) for answer in (False, True)]
            told += np.where(yes[:, None], given[1], given[0])
        right += int((told.argmax(axis=1) == out.own).sum())
    return right
