"""The benchmark of themes measures what it says."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.themes import parts, sets
from benchmarks.themes.__main__ import given, score
from benchmarks.themes.contestants import CONTESTANTS, Given, Labels, statements_of
from benchmarks.themes.scale import drawn
from benchmarks.themes.sets import Grouped
from research.encoders import StatementReader
from tests.steps.studies import encoder

ROOT = Path(__file__).parent.parent


def a_set() -> Grouped:
    """The smallest held-out domain."""
    return min((told for _, told in sets.domains()), key=lambda told: len(told.texts))


def test_the_domains_are_held_out_and_large_enough():
    found = list(sets.domains())
    assert {file for file, _ in found} == {"authored", "themes", "interviews"}
    assert all(len(told.texts) >= sets.FEWEST for _, told in found)
    assert all(len(set(told.groups)) > 1 for _, told in found)


def test_small_samples_are_the_same_every_time_and_of_several_groups():
    texts = tuple(f"tekst {i}" for i in range(600))
    whole = Grouped("x", texts, tuple(f"g{i % 12}" for i in range(600)))
    one, other = (list(sets.small([whole, whole, whole])) for _ in range(2))
    assert one == other
    assert {size for size, _ in one} == set(sets.SMALL)
    assert all(len(told.texts) <= size and len(set(told.groups)) > 5 for size, told in one)


def test_a_contestant_is_scored_against_peoples_groups():
    one = given(a_set(), StatementReader(encoder()))
    gold = {name: i for i, name in enumerate(dict.fromkeys(one.told.groups))}

    def perfect(told: Given) -> Labels:
        return np.array([gold[g] for g in told.told.groups], dtype=np.intp)

    def nothing(told: Given) -> Labels:
        return np.full(len(told.told.texts), -1, dtype=np.intp)

    best, none = score(perfect, one, shuffle=True), score(nothing, one, shuffle=False)
    assert (best.ami, best.ari, best.unassigned, best.same) == (1.0, 1.0, 0.0, True)
    assert abs(none.ami) < 1e-9 and none.unassigned == 1.0 and none.groups == 0


def test_ours_is_better_than_chance_and_does_not_move_when_rows_are_shuffled():
    one = given(a_set(), StatementReader(encoder()))
    found = score(CONTESTANTS["ours"], one, shuffle=True)
    assert found.ami > 0.1 and found.same is True and found.groups > 1
    assert len(statements_of(one.told)) == len(one.told.texts)


def test_the_job_at_scale_prints_what_it_took(tmp_path: Path):
    path = tmp_path / "vectors.npz"
    rows = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float16)
    np.savez(path, vectors=rows, texts=np.array([f"tekst {i}" for i in range(50)]))
    vectors, texts = drawn(path, 300)
    assert vectors.shape == (300, 16) and len(texts) == 300
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    command = [sys.executable, "-m", "benchmarks.themes.scale", "--vectors", str(path)]
    done = subprocess.run(
        [*command, "--one", "ours", "300"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout.splitlines()[-1])) >= {"groups", "cpu", "wall", "peak"}


def test_each_ingredient_is_left_out_on_its_own():
    one = given(a_set(), StatementReader(encoder()))
    head, _, *rows = parts.table([("domain", one)])
    assert head == "| AMI | domain |"
    assert [row.split(" | ")[0].strip("| ") for row in rows] == list(parts.PARTS)
    shares = [float(row.split(" | ")[1].strip("| ")) for row in rows]
    assert all(-0.2 < share <= 1 for share in shares) and len(set(shares)) > 1
