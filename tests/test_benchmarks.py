"""The benchmarks measure what they say, on the data that comes with the project."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.encoder.__main__ import left_out, table
from benchmarks.encoder.contestants import contestants, ngrams
from benchmarks.encoder.themes import Told, at_five, nearest, scores
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


def told(theme: str, lang: str) -> Told:
    """A statement of a theme, in a language."""
    return Told(f"{theme} {lang}", "shop", theme, lang, "interview")


def test_themes_that_lie_together_score_one_and_mixed_ones_do_not():
    names = [theme for theme in "abcdefgh" for _ in range(6)]
    spoken = [told(theme, ("nl", "en")[i % 2]) for i, theme in enumerate(names)]
    places = np.array([ord(t.theme) - 97 for t in spoken])
    apart = np.eye(8, dtype=np.float32)[places]
    mixed = np.eye(8, dtype=np.float32)[np.roll(places, 3)[::-1] * 3 % 8]
    assert set(dict(scores(spoken, apart)).values()) == {1.0}
    shuffled = dict(scores(spoken, np.roll(mixed, 5, axis=0)))
    assert all(score < 1 for score in shuffled.values())
    assert {"AMI", "neighbour nl", "precision at 5 en", "neighbour across"} <= set(shuffled)


def test_a_theme_that_is_told_once_does_not_count_as_wrong():
    labels = np.array(["a", "a", "b"])
    vectors = np.eye(3, dtype=np.float32)[[0, 0, 1]]
    assert nearest(vectors, labels) == 1.0
    assert at_five(vectors, labels) == 1.0


def test_the_encoders_table_has_a_row_a_task_and_a_column_an_encoder():
    text = table({"ours": {"STS-b nl": 0.7584, "texts per CPU s": 251.3}, "peer": {"STS-b nl": 0}})
    assert text.splitlines()[0] == "| | ours | peer |"
    assert "| STS-b nl | .758 | 0 |" in text
    assert "| texts per CPU s | 251 | – |" in text


def test_what_cannot_be_measured_is_said(tmp_path: Path):
    said = list(left_out(tmp_path, ["wordllama"]))
    assert any("embedder/eval" in line for line in said)
    assert any("all-MiniLM-L6-v2 is not installed" in line for line in said)
    assert not any("wordllama" in line for line in said)


def test_character_n_grams_need_no_model_and_take_few_texts():
    embed = ngrams()
    made = embed(["de bezorging was laat", "de bezorging kwam laat", "een mooie lamp"])
    assert float(made[0] @ made[1]) > float(made[0] @ made[2])
    assert embed(["een"]).shape[0] == 1


def test_our_own_encoders_are_always_measured(tmp_path: Path):
    names = [chosen.name for chosen in contestants(tmp_path)]
    assert names[:2] == ["ours", "ours, static"]
    assert all(chosen.megabytes > 10 for chosen in contestants(tmp_path)[:2])
