"""Respondents with known groups: customers' real questions to a bank, dealt out by group.

Each group raises topics of its own in seven of ten statements, what everybody raises in two,
and another group's topics in one. Texts are those of Banking77, each used once; people
say one to three things.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.personas.contestants import CONTESTANTS, Given
from benchmarks.personas.reading import understood
from benchmarks.themes import sets
from benchmarks.themes.sets import Grouped
from research import pipeline
from research.model import Statement
from research.preparation import Material
from research.stages import DEFAULT_TAXONOMY
from research.steps.themes import find_themes

SIZES = ((300, 3), (1000, 4), (4000, 4))
OWN, SHARED, MOST = 6, 3, 3
OWN_SHARE, SHARED_SHARE = 0.7, 0.2


def dealt(told: Grouped, size: int, groups: int, draw: random.Random) -> list[tuple[str, int, str]]:
    """Who says what: (person, group, text)."""
    topics = sorted(set(told.groups))
    draw.shuffle(topics)
    shared, rest = topics[:SHARED], topics[SHARED:]
    own = [rest[g * OWN : (g + 1) * OWN] for g in range(groups)]
    pool: dict[str, list[str]] = {}
    for text, topic in zip(told.texts, told.groups, strict=True):
        pool.setdefault(topic, []).append(text)
    for texts in pool.values():
        draw.shuffle(texts)
    found = []
    for number in range(size):
        group = number % groups
        for _ in range(draw.randint(1, MOST)):
            topic = _topic(group, own, shared, draw)
            if pool[topic]:
                found.append((f"r{number:05}", group, pool[topic].pop()))
    return found


def _topic(group: int, own: list[list[str]], shared: list[str], draw: random.Random) -> str:
    chance = draw.random()
    if chance < OWN_SHARE:
        return draw.choice(own[group])
    if chance < OWN_SHARE + SHARED_SHARE:
        return draw.choice(shared)
    return draw.choice(own[draw.randrange(len(own))])


def given_of(said: list[tuple[str, int, str]], groups: int) -> Given:
    """The statements read as complaints in a survey, and the themes found in them."""
    statements = tuple(
        Statement(f"s{i:06}", "survey", p, i, 0, len(t), t, "", "survey", "en")
        for i, (p, _, t) in enumerate(said)
    )
    told = understood(Material("en", (), (), (), (), statements, (), ()))
    meaning = pipeline.meaning_of(told)
    kept = tuple(replace(s, kind="pain") for s in meaning.statements)
    meaning = replace(meaning, statements=kept)
    themes, _ = find_themes(meaning, DEFAULT_TAXONOMY.ids, told.look, "en")
    return Given(tuple(sorted({p for p, _, _ in said})), meaning, themes, groups)


def table(data: Path) -> Iterator[str]:
    """ARI and the number of groups found, by how many people there are."""
    from sklearn.metrics import adjusted_rand_score

    yield "| respondents; groups | | ARI | groups found |"
    yield "|---|---|---|---|"
    told = next(sets.large(data))
    for size, groups in SIZES:
        said = dealt(told, size, groups, random.Random(f"{size}"))
        given = given_of(said, groups)
        group_of = {person: group for person, group, _ in said}
        gold = [group_of[p] for p in given.people]
        for name, contestant in CONTESTANTS.items():
            labels = contestant(given)
            ari = adjusted_rand_score(gold, labels)
            yield f"| {size}; {groups} | {name} | {ari:.2f} | {len(set(labels.tolist()) - {-1})} |"
