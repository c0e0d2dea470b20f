"""Groups of people: camps that raise other things are told apart, chance is not."""

from dataclasses import replace

import numpy as np
import pytest

from research.contracts import Vectors
from research.model import Evidence, Statement, Theme
from research.steps.affinity import affinity, memberships, said_by
from research.steps.partition import beside, cut, dimensions, partition
from research.steps.people import Grouping, gather
from research.steps.respondents import group_respondents
from research.steps.themes import Meaning
from tests.steps.studies import a_statement

WIDE = 12
EACH = 6
Raised = dict[str, list[int]]


def study(raised: Raised, noise: float = 0.25) -> tuple[Meaning, list[Theme]]:
    """People who raise topics by number, a statement each, and the topics as themes."""
    draw = np.random.default_rng(3)
    said: list[Statement] = []
    rows: list[Vectors] = []
    members: dict[int, list[Statement]] = {}
    for person in sorted(raised):
        for topic in raised[person]:
            number = len(said)
            row = np.eye(WIDE, dtype=np.float32)[topic] + draw.normal(0, noise, WIDE)
            rows.append(row / np.linalg.norm(row))
            bare = a_statement(number, f"woord{number}")
            statement = replace(bare, participant=person, kind="pain")
            said.append(statement)
            members.setdefault(topic, []).append(statement)
    vectors = np.array(rows, dtype=np.float32).reshape(len(said), WIDE)
    stages = np.full((len(said), 5), 0.2, dtype=np.float32)
    book = np.zeros((len(said), 0), dtype=np.float32)
    themes = [theme(topic, found) for topic, found in sorted(members.items())]
    return Meaning(tuple(said), vectors, stages, book, vectors), themes


def theme(topic: int, members: list[Statement]) -> Theme:
    """A theme of these statements."""
    return Theme(
        id=f"pain-{topic}",
        kind="pain",
        label=f"topic {topic}",
        definition="",
        evidence=tuple(Evidence(s.id) for s in members),
        participants=tuple(sorted({s.participant for s in members})),
        sources=(),
        quotes=(),
        stage_profile=(),
        valence=0.0,
        stability=1.0,
        family="",
        nearest="",
    )


def camps(shared: bool) -> Raised:
    """Two camps of six; with `shared`, everybody raises two things twice besides."""
    common = [8, 9, 8, 9] if shared else []
    first = {f"a{i}": [0, 1, 2, 3, *common] for i in range(EACH)}
    return first | {f"b{i}": [4, 5, 6, 7, *common] for i in range(EACH)}


def members(found: Grouping) -> set[frozenset[str]]:
    """Who is with whom."""
    return {frozenset(found.people[i] for i in g.members) for g in found.gatherings}


TWO = {frozenset(f"a{i}" for i in range(EACH)), frozenset(f"b{i}" for i in range(EACH))}


@pytest.mark.parametrize("shared", [False, True])
def test_two_camps_are_two_groups_whatever_they_share(shared: bool):
    raised = camps(shared)
    found = gather(sorted(raised), *study(raised))
    assert members(found) == TWO
    assert all(g.stability > 0.9 and g.distinctness > 0.3 for g in found.gatherings)
    assert all(not g.misfits for g in found.gatherings) and not found.outside
    assert found.sure > 2


def test_people_who_raise_things_by_chance_are_one_group():
    draw = np.random.default_rng(5)
    raised = {f"p{i:02}": [int(t) for t in draw.permutation(8)[:5]] for i in range(10)}
    found = gather(sorted(raised), *study(raised))
    assert len(found.gatherings) == 1 and len(found.gatherings[0].members) == 10


def test_one_whose_topics_are_nobody_elses_is_outside():
    raised = camps(shared=False) | {"odd": [10, 11, 10, 11]}
    found = gather(sorted(raised), *study(raised))
    assert [found.people[i] for i in found.outside] == ["odd"]
    assert members(found) == TWO


def test_one_between_two_camps_moves_nobody_else():
    raised = camps(shared=False) | {"mid": [0, 1, 4, 5]}
    found = gather(sorted(raised), *study(raised))
    assert {g - {"mid"} for g in members(found)} == TWO
    told = {found.people[i] for g in found.gatherings for i in g.misfits}
    assert told | {found.people[i] for i in found.outside} <= {"mid"}


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_fewer_than_four_people_are_not_split(count: int):
    raised = {f"p{i}": [i, i + 1] for i in range(count)}
    found = gather(sorted(raised), *study(raised))
    assert [g.members for g in found.gatherings] == ([tuple(range(count))] if count else [])


def test_the_order_of_the_statements_changes_nothing():
    raised = camps(shared=True)
    meaning, themes = study(raised)
    order = np.random.default_rng(2).permutation(len(meaning.statements))
    moved = Meaning(
        tuple(meaning.statements[i] for i in order),
        *(part[order] for part in (meaning.vectors, meaning.stages, meaning.book, meaning.named)),
    )
    assert members(gather(sorted(raised), meaning, themes)) == members(
        gather(sorted(raised), moved, themes)
    )


def test_what_everybody_raises_makes_nobody_more_alike():
    lone = affinity(said_by(sorted(camps(False)), *study(camps(False))))
    both = affinity(said_by(sorted(camps(True)), *study(camps(True))))
    across = np.ix_(range(EACH), range(EACH, 2 * EACH))
    assert lone[across].mean() < 0 and both[across].mean() < 0


def test_a_statement_lies_with_the_themes_of_its_kind_in_shares():
    meaning, themes = study({"a": [0, 1], "b": [0, 1]}, noise=0.0)
    shares = memberships(meaning, range(4), themes)
    assert np.allclose(shares.sum(axis=1), 1)
    assert shares[0].argmax() == 0 and shares[1].argmax() == 1


def test_groups_are_numbered_by_first_appearance():
    rows = np.repeat(np.eye(2, 6, dtype=np.float32), 5, axis=0)
    assert list(cut(rows[::-1].copy(), 2)) == [0] * 5 + [1] * 5


def test_likeness_to_ones_own_group_leaves_oneself_out():
    likeness = np.kron(np.eye(2), np.ones((2, 2))).astype(np.float32)
    np.fill_diagonal(likeness, 0)
    own, other = beside(likeness, np.array([0, 0, 1, 1]))
    assert own.tolist() == [1, 1, 1, 1] and other.tolist() == [0, 0, 0, 0]


def test_chance_is_one_group():
    draw = np.random.default_rng(1)

    def noise(by: np.random.Generator) -> Vectors:
        values = by.normal(size=(9, 9))
        made = np.asarray(values + values.T, dtype=np.float32)
        np.fill_diagonal(made, 0)
        return made

    found = [partition(noise(draw), noise) for _ in range(4)]
    assert all(dimensions(noise(draw), 2).shape == (9, 2) for _ in range(2))
    assert sum(int(f.labels.max()) == 0 for f in found) >= 2


def test_hundreds_of_respondents_fall_in_the_groups_that_were_planted():
    draw = np.random.default_rng(4)
    topics = {"a": [0, 1, 2], "b": [3, 4, 5], "c": [6, 7, 8]}
    raised = {
        f"{camp}{i:03}": [int(t) for t in draw.choice(topics[camp], 2, replace=False)]
        for camp in topics
        for i in range(60)
    }
    people = sorted(raised)
    found = group_respondents(people, *study(raised))
    assert found.sure > 0
    for camp in topics:
        mine = found.labels[[p.startswith(camp) for p in people]]
        assert (mine == np.bincount(mine).argmax()).mean() > 0.9
    assert len(set(found.labels.tolist())) == 3
    assert gather(people, *study(raised)).method == "survey@1"
