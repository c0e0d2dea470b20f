"""The planted studies keep their promises, and the benchmark scores what it says."""

import csv
import io
import json

import numpy as np
import pytest

from benchmarks.personas.__main__ import score
from benchmarks.personas.contestants import CONTESTANTS, Given, classes
from benchmarks.personas.planted import FOLDER, Planted, load, studies
from research.model import KINDS
from tests.steps.test_people import camps, study

ALL = [s for part in ("development", "test") for s in studies(part)]
STAGES = {"awareness", "consideration", "purchase", "service", "loyalty", "none", "unknown"}


@pytest.mark.parametrize("planted", ALL, ids=lambda s: s.name)
def test_a_planted_study_is_whole(planted: Planted):
    said = {line.participant for line in planted.lines}
    rows = list(csv.DictReader(io.StringIO(planted.table.decode("utf-8-sig")), delimiter=";"))
    assert said == set(planted.persona_of) == {row["participant"] for row in rows}
    assert 2 <= planted.personas <= 5
    texts = [line.text for line in planted.lines]
    assert len(texts) == len(set(texts)) and all(texts)
    assert {line.kind for line in planted.lines} <= set(KINDS)
    assert {line.stage for line in planted.lines} <= STAGES
    assert all(not line.theme for line in planted.lines if line.kind not in ("pain", "motivation"))


@pytest.mark.parametrize("planted", ALL, ids=lambda s: s.name)
def test_each_persona_has_themes_that_set_it_apart(planted: Planted):
    raised = {
        p: {line.theme for line in planted.lines if line.participant == p and line.theme}
        for p in planted.persona_of
    }
    for persona in sorted(set(planted.persona_of.values()) - {""}):
        mine = [raised[p] for p, own in planted.persona_of.items() if own == persona]
        rest = [raised[p] for p, own in planted.persona_of.items() if own != persona]
        themes = set().union(*mine)
        lead = {
            t: sum(t in one for one in mine) / len(mine) - sum(t in o for o in rest) / len(rest)
            for t in themes
        }
        assert sum(value >= 0.4 for value in lead.values()) >= 2


def test_the_transcripts_hold_every_statement_as_said():
    planted = ALL[0]
    for line in planted.lines:
        assert line.text in planted.transcript(line.participant)
    assert len(planted.uploads()) == len(planted.persona_of) + 1


def test_development_and_test_have_other_writers():
    writers = {
        part: {
            json.loads(p.read_text("utf-8"))["writer"] for p in (FOLDER / part).glob("*/study.json")
        }
        for part in ("development", "test")
    }
    assert writers["development"] and writers["test"]
    assert not writers["development"] & writers["test"]


def given() -> Given:
    """Two camps of six."""
    raised = camps(shared=False)
    meaning, themes = study(raised)
    return Given(tuple(sorted(raised)), meaning, tuple(themes), 2)


@pytest.mark.parametrize("name", list(CONTESTANTS))
def test_every_contestant_tells_two_clear_camps_apart(name: str):
    labels = CONTESTANTS[name](given())
    assert len(labels) == 12
    assert len(set(labels[:6].tolist())) == len(set(labels[6:].tolist())) == 1
    assert labels[0] != labels[6]


def test_who_is_in_no_group_counts_as_alone_and_outsiders_apart():
    persona_of = {f"p{i}": "ab"[i // 2] for i in range(4)} | {"odd": ""}
    planted = Planted("x", "nl", persona_of, (), b"")
    one = Given(tuple(persona_of), given().meaning, (), 2)
    good = score(planted, one, np.array([0, 0, 1, 1, -1]))
    assert (good.ari, good.groups, good.unplaced, good.strangers) == (1.0, 2, 0.0, 1.0)
    worse = score(planted, one, np.array([0, 0, -1, -1, 0]))
    assert worse.ari < 1 and worse.unplaced == 0.5 and worse.strangers == 0.0


def test_latent_classes_are_the_same_every_time():
    assert (classes(given()) == classes(given())).all()


def test_a_study_is_found_by_its_folder():
    folder = next(iter((FOLDER / "development").glob("*/study.json"))).parent
    assert load(folder).name == folder.name
