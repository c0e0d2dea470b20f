"""Groups participants by what they raise, and says how sure the grouping is.

Interviews, where each person says a good deal, are grouped by how alike people are
(`affinity`); surveys and reviews, where hundreds say a line or two each, in latent
classes of the themes that they raise (`respondents`). Attributes such as age or region are
never looked at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from research.contracts import Vectors
from research.model import Participant, Theme
from research.steps.affinity import VIEWS, Said, View, affinity, company, profiles, said_by
from research.steps.communities import Labels
from research.steps.partition import Partition, cut, dimensions, partition
from research.steps.respondents import Respondents, fit, group_respondents, posterior
from research.steps.themes import Meaning

FEWEST_PEOPLE = 4
FEWEST_THEMES = 3
MOST_INTERVIEWED = 80  # and more are grouped as respondents are
MOST_SAID = 6000
RESAMPLES, RESAMPLES_MANY = 40, 5
BETWEEN = 0.2  # more probable than the next class by less than this
KEPT = 0.8
STRANGE, NORMAL = -2.5, 0.6745
INTERVIEWS, SURVEY = "interviews@1", "survey@1"


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
    """The people who could be compared and their gatherings, largest first.

    `outside` are rows of people who are like no group; `sure` says how far the groups are
    above what chance makes, in standard deviations; `method` names how it was done.
    """

    people: tuple[str, ...]
    gatherings: tuple[Gathering, ...]
    outside: tuple[int, ...] = ()
    method: str = ""
    sure: float = 0.0


def eligible(participants: Sequence[Participant], themes: Sequence[Theme]) -> tuple[str, ...]:
    """People who said enough to be compared: the interviewed, else who raise a theme.

    With at least four interviewed people those alone form the groups: a survey row
    or a review says too little of one person.
    """
    said = _counts(themes)
    deep = [p.id for p in participants if p.channel == "interview" and said.get(p.id, 0) > 0]
    if len(deep) >= FEWEST_PEOPLE:
        return tuple(sorted(deep))
    rich = [p.id for p in participants if said.get(p.id, 0) >= FEWEST_THEMES]
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


def gather(people: Sequence[str], meaning: Meaning, themes: Sequence[Theme]) -> Grouping:
    """The people in the number of groups that holds best; one group is an answer too."""
    everyone = tuple(people)
    if not everyone:
        return Grouping((), ())
    if len(everyone) < FEWEST_PEOPLE:
        return Grouping(everyone, (_all_in_one(len(everyone)),), method=INTERVIEWS)
    asked = frozenset(everyone)
    said = sum(s.participant in asked for s in meaning.statements)
    if len(everyone) > MOST_INTERVIEWED or said > MOST_SAID:
        return _respondents(everyone, group_respondents(everyone, meaning, themes))
    return grouped(everyone, said_by(everyone, meaning, themes))


def grouped(people: tuple[str, ...], said: Said) -> Grouping:
    """People who were interviewed, by how alike they are."""
    seen = [_parted(said, view) for view in VIEWS]
    likeness, found = max(seen, key=lambda one: one[1].sure)
    labels = _without_strangers(company(said, found.labels), found.labels)
    kept = labels >= 0
    shares = _stability(likeness[np.ix_(kept, kept)], labels[kept])
    apart = silhouette(profiles(said, said.who), labels)
    made = tuple(
        replace(g, distinctness=_mean(apart[list(g.members)]))
        for g in _gatherings(labels, _near(likeness, labels), shares)
    )
    outside = tuple(int(i) for i in np.flatnonzero(labels < 0))
    return Grouping(people, made, outside, INTERVIEWS, found.sure)


def _parted(said: Said, view: View) -> tuple[Vectors, Partition]:
    """How alike people are in one view, and the groups in it."""
    likeness = affinity(said, view=view)

    def deal(draw: np.random.Generator) -> Vectors:
        return affinity(said, draw.permutation(said.who), view)

    return likeness, partition(likeness, deal)


def _respondents(people: tuple[str, ...], many: Respondents) -> Grouping:
    """Respondents in their classes; who belongs to two of them about as much is between."""
    count = int(many.labels.max()) + 1

    def again(kept: Labels) -> Labels:
        part = many.counts[kept]
        found = posterior(fit(part, count).told(part)).argmax(axis=1)
        return np.asarray(found, dtype=np.intp)

    shares = overlaps(many.labels[many.looked_at], count, again, RESAMPLES_MANY)
    made = _gatherings(many.labels, many.chances, shares, BETWEEN)
    return Grouping(people, made, (), SURVEY, many.sure)


def _without_strangers(met: Vectors, labels: Labels) -> Labels:
    """The labels, -1 for who is alone, or is met by their group far less than others are.

    Far is so many deviations below the median (Iglewicz and Hoaglin 1993).
    """
    middle = float(np.median(met))
    spread = max(float(np.median(np.abs(met - middle))) / NORMAL, 1e-9)
    left = np.where((met - middle) / spread < STRANGE, -1, labels)
    for group in range(int(labels.max()) + 1):
        if (left == group).sum() < 2:
            left[left == group] = -1
    if (left >= 0).sum() < FEWEST_PEOPLE:
        return np.zeros_like(labels)
    return _numbered_within(left)


def _numbered_within(labels: Labels) -> Labels:
    """The labels from nought on without gaps, -1 as it is."""
    numbers = {old: new for new, old in enumerate(sorted({*labels.tolist()} - {-1}))}
    return np.array([numbers.get(int(x), -1) for x in labels], dtype=np.intp)


def silhouette(rows: Vectors, labels: Labels) -> Vectors:
    """How much nearer each row is to its own group than to the next, −1 to 1, in cosine
    distance (Rousseeuw 1987); nought where there is one group, or for a row in none."""
    distance = 1.0 - rows @ rows.T
    np.fill_diagonal(distance, 0.0)
    near = np.maximum(_near(distance, labels), 1e-9)
    if near.shape[1] < 2:
        return np.zeros(len(rows), dtype=np.float32)
    inside = np.arange(len(rows)), labels
    own = near[inside]
    near[inside] = np.inf
    other = near.min(axis=1)
    found = np.where(labels >= 0, (other - own) / np.maximum(other, own), 0.0)
    return np.asarray(found, dtype=np.float32)


def _mean(values: Vectors) -> float:
    return round(float(np.clip(values.mean(), 0.0, 1.0)), 3)


def _near(likeness: Vectors, labels: Labels) -> Vectors:
    """Each person's mean likeness to each group, themselves left out: (people, groups)."""
    groups = int(labels.max()) + 1
    inside = np.stack([labels == g for g in range(groups)], axis=1).astype(np.float32)
    counts = inside.sum(axis=0)[None, :] - inside
    return np.asarray((likeness @ inside) / np.maximum(counts, 1.0), dtype=np.float32)


def _stability(likeness: Vectors, labels: Labels) -> Vectors:
    """Mean Jaccard overlap of each group with its nearest in resamples (Hennig 2007)."""
    count = int(labels.max()) + 1
    if count < 2:
        return np.ones(count, dtype=np.float32)

    def again(kept: Labels) -> Labels:
        part = likeness[np.ix_(kept, kept)]
        return cut(dimensions(part, count - 1), count)

    return overlaps(labels, count, again, RESAMPLES)


def overlaps(labels: Labels, count: int, again: Callable[[Labels], Labels], times: int) -> Vectors:
    """How well each of `count` groups returns, 0 to 1, when a part of the people is grouped
    `again`."""
    total = np.zeros(count, dtype=np.float32)
    draw = np.random.default_rng(len(labels))
    for _ in range(times):
        size = max(2, int(len(labels) * KEPT))
        kept = np.sort(draw.choice(len(labels), size, replace=False)).astype(np.intp)
        found = again(kept)
        for k in range(count):
            mine = labels[kept] == k
            total[k] += max(
                (mine & (found == j)).sum() / max((mine | (found == j)).sum(), 1)
                for j in range(int(found.max()) + 1)
            )
    return np.asarray(total / times, dtype=np.float32)


def _all_in_one(count: int) -> Gathering:
    return Gathering(tuple(range(count)), (), 1.0, 0.0, -1)


def _gatherings(
    labels: Labels, near: Vectors, shares: Vectors, margin: float = 0.0
) -> tuple[Gathering, ...]:
    """Gatherings of the labels (-1: outside), largest first."""
    groups = range(int(labels.max()) + 1)
    made = [_gathering(k, labels, near, float(shares[k]), margin) for k in groups]
    order = sorted(groups, key=lambda k: (-len(made[k].members), made[k].members))
    place = {old: new for new, old in enumerate(order)}
    return tuple(replace(made[k], nearest=place.get(made[k].nearest, -1)) for k in order)


def _gathering(k: int, labels: Labels, near: Vectors, stability: float, margin: float) -> Gathering:
    members = tuple(int(i) for i in np.flatnonzero(labels == k))
    others = np.delete(near, k, axis=1)
    steady = round(stability, 2)
    if not others.shape[1]:
        return Gathering(members, (), steady, 0.0, -1)
    mine = list(members)
    misfits = tuple(i for i in members if near[i, k] - float(others[i].max()) < margin)
    outside = others[mine].mean(axis=0)
    nearest = int(outside.argmax())
    gap = float(near[mine, k].mean() - outside.max())
    apart = round(float(np.clip(gap / max(float(near[mine, k].mean()), 1e-9), 0.0, 1.0)), 3)
    return Gathering(members, misfits, steady, apart, nearest + (nearest >= k))
