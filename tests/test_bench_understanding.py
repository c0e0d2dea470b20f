"""The measures of understanding say what they are named after."""

import json
import math
from xml.etree import ElementTree

import pytest

from benchmarks.understanding import coders, measures, sets
from benchmarks.understanding.cutting import Turn, cutting
from benchmarks.understanding.diagram import reliability_svg
from benchmarks.understanding.measures import Said
from benchmarks.understanding.ours import bare
from research.training.examples import authored, training_files

GOLD = ["a", "a", "b", "b"]
SAID = Said(["a", "b", "b", "b"], [0.9, 0.6, 0.9, 0.8])


def test_macro_f1_is_the_mean_over_classes():
    assert measures.macro_f1(GOLD, SAID.labels) == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_a_score_that_means_what_it_says_has_no_calibration_error():
    sure = Said(["a"] * 10, [0.7] * 10)
    assert measures.calibration_error(["a"] * 7 + ["b"] * 3, sure) == pytest.approx(0.0)
    assert measures.calibration_error(["b"] * 10, sure) == pytest.approx(0.7)


def test_coverage_is_the_largest_share_that_is_right_often_enough():
    assert measures.coverage(GOLD, SAID) == 0.75
    assert measures.coverage(["b"] * 4, Said(["a"] * 4, [0.9] * 4)) == 0.0


def test_the_sure_ones_are_those_above_the_score():
    assert measures.certain(GOLD, SAID, 0.85) == (1.0, 2)
    assert math.isnan(measures.certain(GOLD, SAID, 0.95)[0])


def test_touchpoints_are_scored_by_mention():
    micro, macro = measures.touch_f1([("app",)] * 5, [("app",)] * 4 + [("chat",)])
    assert micro == pytest.approx(0.8)
    assert macro == pytest.approx(8 / 9)


def test_a_turn_cut_at_its_marks_is_cut_exactly():
    text = "De levering was te laat. Niemand belde me terug."
    found = cutting([Turn(text, "nl", frozenset({25}))])
    assert (found.precision, found.recall, found.exact, found.one_point) == (1.0, 1.0, 1.0, 1.0)


def test_a_missed_mark_costs_recall_and_a_statement_of_one_point():
    text = "De levering was te laat en de app deed raar."
    found = cutting([Turn(text, "nl", frozenset({24}))])
    assert found.recall == 0.0 and found.one_point == 0.0


def test_measured_statements_keep_their_talk_and_lose_it_when_bare():
    told = sets.development()[0]
    first = told.statements[0]
    assert sum(s.participant == first.participant for s in told.statements) > 10
    alone = bare(told.statements)
    assert len({s.participant for s in alone}) == len(alone)
    assert not any(s.question or s.rating for s in alone)


def test_what_is_measured_on_is_not_trained_on():
    measured = {e.asked.text for told in sets.development() for e in told.examples}
    measured |= {e.asked.text for told in sets.unseen() for e in told.examples}
    assert all("train" in path.parts for path in training_files())
    said = [e for e in authored() if e.labels["kind"] != "none"]
    assert not {e.asked.text for e in said if len(e.asked.text) > 40} & measured


def test_the_unseen_domains_are_in_no_other_part():
    def domains(part):
        lines = [x for f in part for x in f.read_text(encoding="utf-8").splitlines()]
        return {json.loads(line)["domain"] for line in lines}

    unseen = domains((sets.LABELS / "test").glob("*.jsonl"))
    assert len(unseen) == 12
    assert not unseen & domains(training_files())
    assert not unseen & domains((sets.LABELS / "development").glob("*.jsonl"))


def test_both_readers_labelled_every_unseen_statement():
    for path in sorted((sets.LABELS / "test").glob("*.jsonl")):
        rows = [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines()]
        table = (coders.TWICE / f"test-{path.stem}.tsv").read_text(encoding="utf-8").splitlines()
        first = [line.split("\t")[0::2] for line in table[1:]]
        assert first == [[r["kind"], r["stage"], str(r["valence"])] for r in rows]


def test_a_reliability_diagram_is_a_picture_with_a_title():
    svg = reliability_svg("Right & sure", {"one <set>": [(0.5, 0.4, 9), (0.9, 1.0, 3)]})
    root = ElementTree.fromstring(svg)
    assert root[0].text == "Right & sure"
    assert len([e for e in root if e.tag.endswith("polyline")]) == 1
