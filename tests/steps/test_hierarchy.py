"""Fewer and more themes, and in what share of resamples each returns."""

import numpy as np
import pytest
from numpy.typing import NDArray

from research.contracts import Vectors
from research.dial import preview, wanted
from research.model import ThemeTree, TreeGroup
from research.steps.cluster import group
from research.steps.hierarchy import cut, families, hierarchy
from research.steps.similarity import unit_rows
from research.steps.stability import stability
from tests.steps.studies import a_statement


def nested(each: int = 6) -> tuple[Vectors, NDArray[np.intp]]:
    """Four corners of two parts each, two corners near each other; the true groups of eight."""
    draw = np.random.default_rng(4)
    corners = np.eye(4, 40, dtype=np.float32)
    corners[1] = unit_rows(corners[:1] * 0.6 + corners[1:2])[0]
    parts = np.repeat(corners, 2, axis=0)
    for i, part in enumerate(parts):
        part[10 + i] = 0.5
    rows = np.repeat(parts, each, axis=0) + draw.normal(0, 0.02, (8 * each, 40))
    return unit_rows(rows.astype(np.float32)), np.repeat(np.arange(8, dtype=np.intp), each)


def test_the_likest_groups_are_joined_first_and_a_group_falls_into_its_parts():
    rows, eight = nested()
    four = (eight // 2).astype(np.intp)
    tree = hierarchy(rows, rows, four)
    assert {tree.joins[0].group, tree.joins[0].into} == {0, 1}
    assert [j.likeness for j in tree.joins] == sorted(
        (j.likeness for j in tree.joins), reverse=True
    )
    assert {p.rows for p in tree.parts} <= {
        tuple(np.flatnonzero(eight == g).tolist()) for g in range(8)
    }
    assert {p.group for p in tree.parts} == {0, 1, 2, 3}


@pytest.mark.parametrize("dial", [-4, -2, -1, 0, 1, 2])
def test_the_dial_gives_the_number_it_asks_for_as_far_as_there_are(dial: int):
    rows, eight = nested()
    four = (eight // 2).astype(np.intp)
    found = cut(four, hierarchy(rows, rows, four), dial)
    assert len(set(found.tolist())) == min(wanted(4, dial), 8)
    for g in set(eight.tolist()):
        assert len(set(found[eight == g].tolist())) == 1, "groups are nested"


def test_families_are_made_of_whole_groups():
    rows, eight = nested()
    family = families(eight, hierarchy(rows, rows, eight))
    assert len(set(family.tolist())) == 4
    assert all(len(set(family[eight == g].tolist())) == 1 for g in range(8))


def test_turning_the_dial_regroups_the_same_statements():
    rows, eight = nested(8)
    said = [a_statement(i, f"woord{g}") for i, g in enumerate(eight.tolist())]
    book = np.zeros((len(said), 0), dtype=np.float32)
    counts = [len(group(said, rows, book, dial).groups) for dial in (-3, 0, 2)]
    assert counts[0] < counts[1] <= counts[2]


def test_a_clear_group_of_many_people_returns_and_a_random_one_does_not():
    _, eight = nested()
    people = [f"p{i % 12}" for i in range(len(eight))]
    mixed = eight.copy()
    mixed[:24] = np.arange(24) % 2
    shares = stability(mixed, people, lambda kept: eight[kept])
    assert shares[4] == shares[7] == 1.0
    assert shares[0] < 0.5 and shares[1] < 0.5


def test_what_one_person_says_does_not_come_back_without_them():
    labels = np.array([0] * 6 + [1] * 6, dtype=np.intp)
    people = ["a"] * 6 + [f"p{i}" for i in range(6)]
    seen: list[int] = []

    def again(kept: NDArray[np.intp]) -> NDArray[np.intp]:
        seen.append(int((kept < 6).sum()))
        return labels[kept]

    assert stability(labels, people, again).tolist() == [1.0, 1.0]
    assert set(seen) == {0, 6}, "people are drawn, not statements"


TREE = ThemeTree(
    kind="pain",
    method="",
    dial=0,
    groups=(
        TreeGroup(3, "bezorging", ("a", "b", "c", "d")),
        TreeGroup(5, "prijs", ("e", "f")),
        TreeGroup(6, "app", ("g", "h", "i")),
    ),
    joins=((5, 6, 0.6), (6, 3, 0.4)),
    parts=(TreeGroup(3, "te laat", ("c", "d")),),
)


def of(groups: tuple[TreeGroup, ...]) -> dict[str, str]:
    """The statements of each group."""
    return {g.label: "".join(g.statements) for g in groups}


def test_a_preview_joins_and_splits_and_loses_nothing():
    assert of(preview(TREE, 0)) == {"bezorging": "abcd", "app": "ghi", "prijs": "ef"}
    assert of(preview(TREE, -1)) == {"bezorging": "abcd", "app": "ghief"}
    assert of(preview(TREE, -4)) == {"bezorging": "abcdghief"}
    assert of(preview(TREE, 1)) == {"app": "ghi", "bezorging": "ab", "te laat": "cd", "prijs": "ef"}
    for dial in range(-4, 5):
        assert sorted("".join(of(preview(TREE, dial)).values())) == list("abcdefghi")


def test_a_preview_of_nothing_is_nothing():
    assert preview(ThemeTree("pain", "", 0, (), (), ()), 3) == ()
