"""How alike people are by what they raise, for studies in which each said a good deal.

Two views, each centred and scaled, are added. A profile: the mean meaning of all that
somebody says, beside how much of it lies with each theme (soft membership, so that a
statement between two themes counts for both; themes that everybody raises weigh least, as
in tf-idf). And matches: how well each of one's statements is met by the best of another's,
less how well it is met by anybody's, so that shared pains, which everybody meets, say
nothing. Praise and context count as well: they tell what people do and care for. Where
themes are sure, themes alone tell people apart better; the grouping takes the view that
shows more than chance would. Attributes such as age or region are never looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from research.contracts import Vectors
from research.model import Theme
from research.steps.codebook import profile
from research.steps.communities import Labels
from research.steps.similarity import alike, unit_rows
from research.steps.themes import Meaning

SOFTNESS = 0.12  # of theme membership: likeness that much lower counts for a third
POWER = 2  # of the likeness of statements, so that what is clearly alike counts most
OTHER_KIND = 0.3  # what a pain that meets a motivation counts
THEMES_WEIGHT = 1.0
View = Literal["all", "themes"]
VIEWS: tuple[View, ...] = ("all", "themes")
SILENT = "none"
RARE = 0.3  # people: no theme counts as rarer than this


@dataclass(frozen=True, slots=True)
class Said:
    """What people said, by statement: whose it is, its themes, its meaning, and how alike
    each two statements are."""

    who: Labels
    themes: Vectors
    meaning: Vectors
    pairs: Vectors
    people: int


def said_by(people: Sequence[str], meaning: Meaning, themes: Sequence[Theme]) -> Said:
    """What these people said, small talk apart."""
    row_of = {person: i for i, person in enumerate(people)}
    at = [
        i for i, s in enumerate(meaning.statements) if s.participant in row_of and s.kind != SILENT
    ]
    statements = [meaning.statements[i] for i in at]
    rows = alike(statements, meaning.vectors[at], profile(meaning.book[at]))
    kinds = np.array([s.kind for s in statements])
    pairs = np.clip(rows @ rows.T, 0.0, 1.0) ** POWER
    pairs = np.where(kinds[:, None] == kinds[None, :], pairs, OTHER_KIND * pairs)
    who = np.array([row_of[s.participant] for s in statements], dtype=np.intp)
    soft = memberships(meaning, at, themes)
    return Said(who, soft, meaning.vectors[at], pairs.astype(np.float32), len(people))


def memberships(meaning: Meaning, at: Sequence[int], themes: Sequence[Theme]) -> Vectors:
    """How much of each statement lies with each theme of its kind: rows that add up to one,
    or to nothing where there is no theme of the kind."""
    if not themes or not len(at):
        return np.zeros((len(at), 0), dtype=np.float32)
    row_of = {s.id: i for i, s in enumerate(meaning.statements)}
    spots = [meaning.vectors[[row_of[s] for s in t.statements]].mean(axis=0) for t in themes]
    likeness = meaning.vectors[list(at)] @ unit_rows(np.array(spots)).T
    kinds = np.array([meaning.statements[i].kind for i in at])
    same = kinds[:, None] == np.array([t.kind for t in themes])[None, :]
    likeness = np.where(same, likeness, -np.inf)
    best = likeness.max(axis=1, keepdims=True)
    best = np.where(np.isfinite(best), best, 0.0)
    shares = np.exp((likeness - best) / SOFTNESS)
    total = np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    return np.asarray(shares / total, dtype=np.float32)


def affinity(said: Said, who: Labels | None = None, view: View = "all") -> Vectors:
    """How alike each two people are: (people, people), centred, its diagonal zero.

    `who` may give the statements to others, to see what chance makes of them. `view`
    tells whether all counts, or the themes alone.
    """
    owners = said.who if who is None else who
    if view == "themes":
        rows = apart(_themes(said, owners))
        return _scaled(rows @ rows.T)
    rows = profiles(said, owners)
    return _scaled(rows @ rows.T) + _scaled(_matches(said, owners))


def profiles(said: Said, who: Labels) -> Vectors:
    """Themes and meaning side by side: (people, …), rows of unit length."""
    meant = apart(summed(said.meaning, who, said.people))
    return unit_rows(np.hstack([THEMES_WEIGHT * apart(_themes(said, who)), meant]))


def _themes(said: Said, who: Labels) -> Vectors:
    """Log counts of themes, less for what many raise: (people, themes)."""
    counts = summed(said.themes, who, said.people)
    raised = (1.0 - np.exp(-counts)).sum(axis=0)
    rarity = np.log((1 + said.people) / np.maximum(raised, RARE))
    return np.asarray(np.log1p(counts) * np.maximum(rarity, 0.0), dtype=np.float32)


def summed(values: Vectors, rows: Labels, count: int) -> Vectors:
    """The rows of each person added up: (people, …)."""
    total = np.zeros((count, values.shape[1]), dtype=np.float32)
    np.add.at(total, rows, values)
    return total


def apart(values: Vectors) -> Vectors:
    """Rows of unit length, less their common middle."""
    rows = unit_rows(values)
    return unit_rows(rows - rows.mean(axis=0)) if len(rows) else rows


def met(said: Said, who: Labels) -> Vectors:
    """How like each statement is to the likest one of each person, 0 for its own:
    (statements, people)."""
    best = np.zeros((len(who), said.people), dtype=np.float32)
    if len(who):
        order = np.argsort(who, kind="stable")
        starts = np.flatnonzero(np.r_[True, np.diff(who[order]) > 0])
        best[:, who[order][starts]] = np.maximum.reduceat(said.pairs[:, order], starts, axis=1)
    best[np.arange(len(who)), who] = 0.0
    return best


def company(said: Said, labels: Labels) -> Vectors:
    """How well people's statements are met by the others of their group: (people,)."""
    met_by = summed(met(said, said.who), said.who, said.people)
    met_by /= np.maximum(np.bincount(said.who, minlength=said.people), 1)[:, None]
    same = labels[:, None] == labels[None, :]
    np.fill_diagonal(same, val=False)
    found = (met_by * same).sum(axis=1) / np.maximum(same.sum(axis=1), 1)
    return np.asarray(found, dtype=np.float32)


def _matches(said: Said, who: Labels) -> Vectors:
    """How much better people's statements meet each other than they meet anybody's."""
    best = met(said, who)
    own = np.arange(len(who)), who
    usual = best.sum(axis=1) / max(said.people - 1, 1)
    weight = np.log1p(1.0 / (usual + 1e-6))
    extra = weight[:, None] * (best - usual[:, None])
    extra[own] = 0.0
    total = summed(extra.astype(np.float32), who, said.people)
    weights = np.bincount(who, weights=weight, minlength=said.people)
    shares = total / np.maximum(weights, 1e-9)[:, None]
    return np.asarray((shares + shares.T) / 2, dtype=np.float32)


def _scaled(values: Vectors) -> Vectors:
    """Less what each person has in common with all; spread one off the diagonal."""
    count = len(values)
    if count < 3:
        return np.zeros_like(values)
    off = ~np.eye(count, dtype=bool)
    clean = np.where(off, values, 0.0)
    each = clean.sum(axis=1) / (count - 1)
    made = np.where(off, clean - each[:, None] - each[None, :] + clean[off].mean(), 0.0)
    return np.asarray(made / max(float(made[off].std()), 1e-9), dtype=np.float32)
