"""Communities, outliers and the codebook on made-up rows."""

import numpy as np
import pytest

from research.contracts import Vectors
from research.encoders import StatementReader
from research.steps.cluster import group
from research.steps.codebook import (
    DESCRIBED,
    bundled,
    computed,
    described,
    digest,
    likeness,
    profile,
)
from research.steps.communities import communities, edges, first_seen, leiden
from research.steps.density import loosely_fitting, outlier_scores, outside
from research.steps.neighbours import approximate, exact, neighbours, principal
from research.steps.similarity import shared_words, unit_rows, without_speakers
from research.steps.tagger import as_read
from tests.steps.studies import a_statement, encoder, judged


def blobs(count: int, groups: int = 4, spread: float = 0.05, width: int = 24) -> Vectors:
    """Unit rows around so many corners, one group after another."""
    draw = np.random.default_rng(count)
    middles = np.eye(groups, width, dtype=np.float32)
    near = np.repeat(middles, -(-count // groups), axis=0)[:count]
    return unit_rows((near + draw.normal(0, spread, near.shape)).astype(np.float32))


def test_clear_groups_are_found_and_numbered_by_first_appearance():
    (labels,) = communities(blobs(80), blobs(80), 1.0)
    assert list(labels) == [i for i in range(4) for _ in range(20)]


def test_communities_are_the_same_every_time():
    rows = np.random.default_rng(3).normal(size=(300, 40)).astype(np.float32)
    first, again = (communities(unit_rows(rows), unit_rows(rows) + 1, 1.5)[0] for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_few_rows_get_a_number_each(count: int):
    rows = np.eye(max(count, 1), 8, dtype=np.float32)[:count]
    assert communities(rows, rows, 1.0)[0].shape == (count,)


def test_the_same_row_many_times_is_one_community():
    rows = np.tile(np.eye(1, 5, dtype=np.float32), (12, 1))
    assert set(communities(rows, rows, 1.0)[0]) == {0}


def test_a_row_is_not_its_own_neighbour():
    near = neighbours(blobs(50))
    assert all(i not in found for i, found in enumerate(near))


def test_edges_hold_each_pair_once_with_a_share():
    rows = blobs(50)
    links = edges(neighbours(rows), rows, rows)
    pairs = [tuple(sorted((a, b))) for a, b, _ in links]
    assert len(pairs) == len(set(pairs))
    assert all(0 < weight <= 1 for _, _, weight in links)


def test_rows_with_nothing_in_common_are_not_linked():
    rows = np.eye(6, dtype=np.float32)
    assert edges(neighbours(rows), rows, rows) == []


def test_the_index_finds_nearly_what_comparing_all_finds():
    rows = blobs(3000, groups=40, spread=0.08, width=64)
    one, other = exact(rows, 10), approximate(rows, 10)
    found = [len({*a} & {*b}) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
    assert np.mean(found) > 8
    assert np.array_equal(other, approximate(rows.copy(), 10))
    assert all(i not in line or line.count(i) > 1 for i, line in enumerate(other.tolist()))


def test_principal_components_keep_the_distances_of_flat_rows():
    draw = np.random.default_rng(1)
    flat = draw.normal(size=(300, 5)) @ draw.normal(size=(5, 80)) + 3.0
    short = principal(flat.astype(np.float32), 8)
    before = np.linalg.norm(flat[:100] - flat[100:200], axis=1)
    after = np.linalg.norm(short[:100] - short[100:200], axis=1)
    assert np.allclose(before, after, rtol=1e-3)


def test_a_finer_resolution_gives_no_fewer_communities():
    coarse, fine = communities(*[blobs(120, groups=6, spread=0.2)] * 2, 0.4, 1.5)
    assert fine.max() >= coarse.max()


def test_rows_without_links_stand_alone():
    assert list(leiden([("0", "1", 1.0)], 4, 1.0)) == [0, 0, 1, 2]


def test_numbers_follow_first_appearance():
    assert list(first_seen([7, 3, 7, 9, 3])) == [0, 1, 0, 2, 1]


def with_a_stranger(count: int) -> tuple[Vectors, Vectors]:
    """Two tight groups and, last, a row that lies alone; likeness just below the median."""
    rows = blobs(count, groups=2, spread=0.02)
    rows[-1] = np.eye(1, rows.shape[1], 20, dtype=np.float32)[0]
    own = np.linspace(0.9, 0.8, count).astype(np.float32)
    own[-1] = float(np.median(own)) - 0.001
    return rows, own


def test_a_row_outside_any_core_has_the_highest_outlier_score():
    rows, _ = with_a_stranger(240)
    scores = outlier_scores(rows)
    assert scores.shape == (240,)
    assert np.all((scores >= 0) & (scores <= 1))
    assert int(scores.argmax()) == 239


def test_outlier_scores_are_the_same_every_time():
    rows, _ = with_a_stranger(240)
    assert np.array_equal(outlier_scores(rows), outlier_scores(rows.copy()))


def test_density_marks_a_stranger_from_200_statements_on():
    for count, seen in ((240, True), (199, False)):
        rows, own = with_a_stranger(count)
        loose = loosely_fitting(rows, np.zeros(count, dtype=np.intp), own)
        assert (count - 1 in loose) is seen


def test_the_same_statement_300_times_has_no_strangers():
    rows = np.tile(np.eye(1, 40, dtype=np.float32), (300, 1))
    own = np.ones(300, dtype=np.float32)
    assert loosely_fitting(rows, np.zeros(300, dtype=np.intp), own) == set()


def test_far_from_its_middle_is_not_in_a_theme_yet():
    own = np.full(40, 0.8, dtype=np.float32)
    own[7] = 0.1
    assert outside(own) == {7}


def entries(rows: int, columns: int = 40) -> Vectors:
    """Scores in which no entry stands out."""
    draw = np.random.default_rng(rows)
    return draw.normal(0.2, 0.02, (rows, columns)).astype(np.float32)


def test_a_profile_is_of_unit_length():
    assert np.allclose(np.linalg.norm(profile(entries(5)), axis=1), 1, atol=1e-5)


@pytest.mark.skipif(not DESCRIBED.exists(), reason="the codebook is described as it is used")
def test_the_shipped_codebook_is_what_the_network_computes_now():
    reader = StatementReader(encoder())
    now = computed(bundled(), lambda texts: as_read(reader.encode(texts)))
    with np.load(DESCRIBED) as data:
        assert str(data["digest"]) == digest()
        kept = np.asarray(data["rows"], dtype=np.float32)
    # Processors round the products of the network a little differently: directions agree.
    lengths = np.linalg.norm(kept, axis=1) * np.linalg.norm(now, axis=1)
    assert np.all((kept * now).sum(axis=1) > 0.995 * lengths)


def test_the_codebook_holds_pains_and_motivations_in_two_languages():
    assert {e.kind for e in bundled()} == {"pain", "motivation"}
    assert len({e.id for e in bundled()}) == len(bundled())
    for entry in bundled():
        assert entry.label("nl") and entry.label("en")
        assert entry.definition("nl") and entry.definition("en")


def test_a_statement_is_far_from_entries_of_another_kind():
    reader = StatementReader(encoder())
    said = judged([a_statement(0, "De levering kwam veel te laat en dat was erg vervelend.")])
    read = as_read(reader.encode([s.text for s in said]))
    scores = likeness(bundled(), said, read.themes, lambda t: as_read(reader.encode(t)))
    other = np.array([e.kind != said[0].kind for e in bundled()])
    assert np.all(scores[0, other] == -1.0)
    assert scores[0, ~other].min() > -1.0


def test_no_statements_fit_no_entries():
    none = np.zeros((0, 256), dtype=np.float32)
    reader = StatementReader(encoder())
    shape = likeness(bundled(), (), none, lambda t: as_read(reader.encode(t))).shape
    assert shape == (0, len(bundled()))


def test_described_entries_are_of_unit_length():
    reader = StatementReader(encoder())
    rows = described(bundled(), lambda t: as_read(reader.encode(t)))
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=2e-3)


def grouped(texts: list[str], rows: Vectors) -> list[set[int]]:
    """The themes found among texts with those vectors."""
    said = [a_statement(i, text) for i, text in enumerate(texts)]
    book = np.zeros((len(texts), 0), dtype=np.float32)
    return [set(g.rows) for g in group(said, rows, book).groups]


def test_the_same_complaint_of_many_people_is_one_theme():
    rows = np.tile(np.eye(1, 384, dtype=np.float32), (30, 1))
    assert grouped(["Het pakket kwam te laat."] * 30, rows) == [set(range(30))]


def test_one_statement_is_no_theme():
    assert grouped(["Te laat."], np.eye(1, 384, dtype=np.float32)) == []


def test_two_statements_with_nothing_in_common_are_no_theme():
    rows = np.eye(2, 384, dtype=np.float32)
    assert grouped(["Het pakket kwam te laat.", "De app crasht elke ochtend."], rows) == []


def test_a_talkative_persons_manner_is_taken_off_and_a_quiet_ones_kept():
    rows = unit_rows(np.random.default_rng(5).normal(1, 1, (11, 16)).astype(np.float32))
    people = ["a"] * 5 + ["b"] * 5 + ["c"]
    found = without_speakers(rows, people)
    before = rows[:5].mean(axis=0) @ rows[5:10].mean(axis=0)
    after = found[:5].mean(axis=0) @ found[5:10].mean(axis=0)
    assert after != before
    assert np.allclose(found[10], rows[10], atol=1e-6)


def test_words_that_one_statement_uses_alone_do_not_count():
    said = [a_statement(0, "levering duurde"), a_statement(1, "levering"), a_statement(2, "uniek")]
    rows = shared_words(said)
    assert rows[0] @ rows[1] == pytest.approx(1.0)
    assert not rows[2].any()
