"""The benchmarks measure what they say, on the data that comes with the project."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.quality import STUDIES, Pair, gold_units, pair_up
from benchmarks.speed import SIZES, Cost, bundled_texts, row
from research.model import KINDS, Analysis
from research.resources import CORPORA
from research.stages import BUILT_IN
from tests.steps.studies import NAMES, analysed


def test_the_bundled_texts_are_enough_for_the_second_size_and_in_one_order():
    texts = bundled_texts()
    assert len(texts) >= SIZES[1]
    assert texts == bundled_texts()
    assert all(text and "\n" not in text for text in texts)


def test_our_job_prints_its_costs(tmp_path: Path):
    path = tmp_path / "texts.txt"
    path.write_text("\n".join(bundled_texts()[:40]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.job", "ours", str(path), "40"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    cost = json.loads(done.stdout.splitlines()[-1])
    assert set(cost) == {"groups", "wall", "cpu", "memory"}
    assert cost["groups"] >= 1
    assert cost["memory"] > 10


def test_a_row_shows_both_and_the_ratios_or_says_that_the_peer_is_absent():
    ours, peer = Cost(1.0, 2.0, 100.0, 7), Cost(10.0, 30.0, 400.0, 9)
    assert row("150", ours, peer).split("|")[-1].split() == ["10.0", "15.0", "4.0"]
    assert "not installed" in row("150", ours, None)


def test_quality_is_measured_on_the_bundled_studies():
    assert sorted(STUDIES) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_planted_truth_uses_the_models_words(name: str):
    units = gold_units(CORPORA / "studies" / name)
    files = {p.name for p in (CORPORA / "studies" / name / "files").iterdir()}
    assert len(units) > 100
    assert {u["file"] for u in units} <= files
    assert {u["kind"] for u in units} <= set(KINDS)
    assert {u["stage"] for u in units} <= {*BUILT_IN, "unknown"}
    assert {str(u["valence"]) for u in units} <= {"-1", "0", "1"}


def paired(name: str) -> tuple[Analysis, list[Pair]]:
    """A study's planted units with the statements found for them."""
    analysis = analysed(name)
    return analysis, pair_up(analysis, gold_units(CORPORA / "studies" / name))


@pytest.mark.parametrize("name", NAMES)
def test_a_planted_unit_is_compared_with_a_statement_of_the_same_file(name: str):
    analysis, pairs = paired(name)
    names = {s.id: s.name for s in analysis.sources}
    assert pairs
    assert all(names[p.statement.source] == p.gold["file"] for p in pairs)


@pytest.mark.parametrize("name", NAMES)
def test_most_planted_units_are_found_and_most_kinds_are_right(name: str):
    _, pairs = paired(name)
    units = gold_units(CORPORA / "studies" / name)
    assert len(pairs) / len(units) > 0.6
    assert sum(p.gold["kind"] == p.statement.kind for p in pairs) / len(pairs) > 0.5
