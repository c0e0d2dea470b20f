"""Groups participants by what they raise, and says how sure the grouping is.

A participant's profile is what they say about each theme (log count × inverse share
of people, so that a pain everyone has does not decide) beside the codebook's themes, the
meaning and the stages of what drives and bothers them, less what all have in common.
Ward's method (1963) on profiles; the number of groups is the one that is distinct
(silhouette, Rousseeuw 1987) and returns when people are resampled. Attributes such as
age or region are never looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from research.contracts import Vectors
from research.model import Participant, Statement, Theme
from research.steps.codebook import profile
from research.steps.communities import Labels
from research.steps.similarity import unit_rows
from research.steps.themes import Meaning

MOST_GROUPS = 7
FEWEST_PEOPLE = 4
FEWEST_STATEMENTS = 3
STAGES_WEIGHT = 0.5
RESAMPLES = 40
LEAST_SILHOUETTE = 0.02
WARD_MOST = 1500
MISFIT_MARGIN = 0.0


@dataclass(frozen=True, slots=True)
class Gathering:
    """People who belong together: rows of `Grouping.people`."""

    members: tuple[int, ...]
    misfits: tuple[int, ...]
    stability: float
    distinctness: float
    nearest: int


@dataclass(frozen=True, slots=True)
class Grouping:
    """The people who could be grouped, and their gatherings, largest first."""

    people: tuple[str, ...]
    gatherings: tuple[Gathering, ...]
    method: str = ""


def eligible(participants: Sequence[Participant], themes: Sequence[Theme]) -> tuple[str, ...]:
    """People who said enough to be compared: the interviewed, else who raise a theme.

    With at least four interviewed people those alone form the groups: a survey row
    or a review says too little of one person.
    """
    said = _counts(themes)
    deep = [p.id for p in participants if p.channel == "interview" and said.get(p.id, 0) > 0]
    if len(deep) >= FEWEST_PEOPLE:
        return tuple(sorted(deep))
    rich = [p.id for p in participants if said.get(p.id, 0) >= FEWEST_STATEMENTS]
    if len(rich) >= FEWEST_PEOPLE:
        return tuple(sorted(rich))
    return tuple(sorted(p.id for p in participants if said.get(p.id, 0) > 0))


def _counts(themes: Sequence[Theme]) -> dict[str, int]:
    """How many themes each participant raises."""
    counts: dict[str, int] = {}
    for theme in themes:
        for participant in theme.participants:
            counts[participant] = counts.get(participant, 0) + 1
    return counts


def profiles(people: Sequence[str], meaning: Meaning, themes: Sequence[Theme]) -> Vectors:
    """What each person raises: shape (people, …), rows of unit length.

    Themes, known themes of the codebook, meaning and stages side by side, each less
    what everybody has in common.
    """
    if not people:
        return np.zeros((0, len(themes)), dtype=np.float32)
    row_of = {person: i for i, person in enumerate(people)}
    said = [
        i
        for i, s in enumerate(meaning.statements)
        if s.participant in row_of and s.kind in ("pain", "motivation")
    ]
    rows = np.array([row_of[meaning.statements[i].participant] for i in said], dtype=np.intp)
    parts = [_theme_counts(row_of, meaning.statements, themes)]
    for values in (profile(meaning.book[said]), meaning.vectors[said]):
        parts.append(_summed(values, rows, len(people)))
    stages = _summed(np.sqrt(meaning.stages[said]), rows, len(people))
    return unit_rows(np.hstack([*map(_apart, parts), STAGES_WEIGHT * _apart(stages)]))


def _summed(values: Vectors, rows: Labels, count: int) -> Vectors:
    total = np.zeros((count, values.shape[1]), dtype=np.float32)
    np.add.at(total, rows, values)
    return total


def _apart(values: Vectors) -> Vectors:
    """Rows of unit length, less their common middle."""
    rows = unit_rows(values)
    return unit_rows(rows - rows.mean(axis=0))


def _theme_counts(
    row_of: Mapping[str, int], statements: Sequence[Statement], themes: Sequence[Theme]
) -> Vectors:
    """Log counts of each theme, weighted by how few of the people raise it."""
    who = {s.id: s.participant for s in statements}
    counts = np.zeros((len(row_of), len(themes)), dtype=np.float32)
    for column, theme in enumerate(themes):
        for statement in theme.statements:
            if who[statement] in row_of:
                counts[row_of[who[statement]], column] += 1
    raised = np.maximum((counts > 0).sum(axis=0), 1)
    rarity = np.array([log((1 + len(row_of)) / int(n)) for n in raised], dtype=np.float32)
    return np.asarray(np.log1p(counts) * rarity, dtype=np.float32)


def gather(people: Sequence[str], rows: Vectors) -> Grouping:
    """The people in the number of groups that holds best; one group is an answer too."""
    if len(people) == 0:
        return Grouping((), ())
    if len(people) < 2 * 2:
        return Grouping(tuple(people), (_all_in_one(len(people)),))
    labels, stability = _best(rows)
    likeness = _likeness(rows, labels)
    made = [_gathering(k, labels, likeness, stability) for k in range(int(labels.max()) + 1)]
    order = sorted(range(len(made)), key=lambda k: (-len(made[k].members), made[k].members))
    place = {old: new for new, old in enumerate(order)}
    return Grouping(
        tuple(people),
        tuple(
            Gathering(g.members, g.misfits, g.stability, g.distinctness, place.get(g.nearest, -1))
            for g in (made[k] for k in order)
        ),
    )


def _all_in_one(count: int) -> Gathering:
    return Gathering(tuple(range(count)), (), 1.0, 0.0, -1)


def cut(rows: Vectors, count: int) -> Labels:
    """Ward's partition into `count` groups, numbered by first appearance."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if count <= 1 or len(rows) < 2:
        return np.zeros(len(rows), dtype=np.intp)
    sample = _sample(len(rows))
    labels = fcluster(linkage(rows[sample], "ward"), count, "maxclust") - 1
    if len(sample) < len(rows):
        middles = _middles(rows[sample], labels)
        labels = (rows @ middles.T).argmax(axis=1)
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(int(x), len(numbers)) for x in labels], dtype=np.intp)


def _sample(count: int) -> Labels:
    if count <= WARD_MOST:
        return np.arange(count, dtype=np.intp)
    return np.linspace(0, count - 1, WARD_MOST).astype(np.intp)


def _middles(rows: Vectors, labels: Labels) -> Vectors:
    middles = np.zeros((int(labels.max()) + 1, rows.shape[1]), dtype=np.float32)
    np.add.at(middles, labels, rows)
    return unit_rows(middles)


def _best(rows: Vectors) -> tuple[Labels, Vectors]:
    """Labels and per-group stability for the count with the best distinct × stable score."""
    best = np.zeros(len(rows), dtype=np.intp)
    steady = np.ones(1, dtype=np.float32)
    best_score = 0.0
    for count in range(2, min(MOST_GROUPS, len(rows) // 2) + 1):
        labels = cut(rows, count)
        if not labels.any():
            break
        distinct = float(silhouette(rows, labels).mean())
        if distinct < LEAST_SILHOUETTE:
            continue
        stability = _stability(rows, labels, count)
        alone = 0.5 if int(np.bincount(labels).min()) < 2 else 1.0
        score = distinct * (0.5 + float(stability.mean())) * alone
        if score > best_score:
            best, steady, best_score = labels, stability, score
    return best, steady


def silhouette(rows: Vectors, labels: Labels) -> Vectors:
    """Cosine silhouette of each row; 0 for a row alone in its group."""
    sample = _sample(len(rows))
    part, own = rows[sample], labels[sample]
    distance = 1.0 - part @ part.T
    np.fill_diagonal(distance, 0.0)
    count = int(own.max()) + 1
    sizes = np.bincount(own, minlength=count)
    sums = np.stack([distance[:, own == k].sum(axis=1) for k in range(count)], axis=1)
    rows_at = np.arange(len(part))
    inside = sums[rows_at, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / np.maximum(sizes, 1)
    means[rows_at, own] = np.inf
    outside = means.min(axis=1)
    value = (outside - inside) / np.maximum(np.maximum(outside, inside), 1e-9)
    return np.asarray(np.where(sizes[own] > 1, value, 0.0), dtype=np.float32)


def _stability(rows: Vectors, labels: Labels, count: int) -> Vectors:
    """Mean Jaccard overlap of each group with its nearest in resamples (Hennig 2007)."""
    total = np.zeros(count, dtype=np.float32)
    draw = np.random.default_rng(len(rows))
    times = RESAMPLES if len(rows) <= WARD_MOST else 5
    for _ in range(times):
        kept = np.sort(draw.choice(len(rows), max(2, int(len(rows) * 0.8)), replace=False))
        again = cut(rows[kept], count)
        for k in range(count):
            mine = labels[kept] == k
            overlaps = [
                (mine & (again == j)).sum() / max((mine | (again == j)).sum(), 1)
                for j in range(int(again.max()) + 1)
            ]
            total[k] += max(overlaps)
    return np.asarray(total / times, dtype=np.float32)


def _likeness(rows: Vectors, labels: Labels) -> Vectors:
    """Each row's cosine to each group's middle, its own self left out of its own group."""
    count = int(labels.max()) + 1
    sums = np.zeros((count, rows.shape[1]), dtype=np.float32)
    np.add.at(sums, labels, rows)
    likeness = rows @ unit_rows(sums).T
    for i, label in enumerate(labels):
        rest = sums[label] - rows[i]
        norm = float(np.linalg.norm(rest))
        likeness[i, label] = float(rows[i] @ rest) / norm if norm else 0.0
    return np.asarray(likeness, dtype=np.float32)


def _gathering(
    k: int,
    labels: Labels,
    likeness: Vectors,
    stability: Vectors,
) -> Gathering:
    members = tuple(int(i) for i in np.flatnonzero(labels == k))
    others = np.delete(likeness, k, axis=1)
    if not others.shape[1]:
        return Gathering(members, (), round(float(stability[k]), 2), 0.0, -1)
    misfits = tuple(i for i in members if likeness[i, k] - float(others[i].max()) < MISFIT_MARGIN)
    outside = others[list(members)].mean(axis=0)
    nearest = int(outside.argmax())
    apart = float(likeness[list(members), k].mean() - outside.max())
    return Gathering(
        members,
        misfits,
        round(float(stability[k]), 2),
        round(float(np.clip(apart, 0.0, 1.0)), 3),
        nearest + (nearest >= k),
    )
