"""Other words for a persona's summary: people's stay, a model's are checked and asked for."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from research import persona_summary, reviewing, second_opinion, studies
from research.errors import CoderFailed, Conflict, KlantbeeldError, NotFound
from research.model import Persona
from research.second_coder.retelling import Line, Retelling, accepted, retelling_messages
from research.store import Store, analyses, open_store, runs
from tests.web_sample import analysis

LINES = (
    Line("pain-1", "pain", "Pakket komt later dan beloofd", 4, 7),
    Line("goal-2", "goal", "Vooraf weten wanneer het komt", 5, 7),
)
RETELLING = Retelling("Zeven van de 12 mensen. Lopen vast op: pakket komt later.", LINES, "nl")
GOOD = {
    "summary": "Zeven van de 12 mensen willen vooraf weten wanneer hun pakket komt. "
    "Bij 4 van hen kwam het later dan beloofd.",
    "lines": [2, 1],
}
TOLD = {
    "summary": "Deze 5 van 9 mensen raakten hun pakket kwijt zonder uitleg; betalen lukt niet "
    "in één keer.",
    "lines": [3, 4],
}


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> str:
    made = studies.create_study(store, "Webwinkel", language="nl").id
    analyses.save(store, runs.begin(store, made), analysis(), ())
    return made


def seen(store: Store, study: str) -> Persona:
    return next(p for p in studies.get_view(store, study).personas if p.id == "a")


def test_a_persons_own_summary_stays_and_can_be_taken_back(store: Store, study: str):
    first = seen(store, study).summary
    persona_summary.write_summary(store, study, "a", "Wie telt alles na.", "Noor")
    assert (seen(store, study).summary, seen(store, study).summary_by) == (
        "Wie telt alles na.",
        "person",
    )
    claim = seen(store, study).claims[0]
    reviewing.set_claim_status(store, study, "a", claim.key, "left out")
    analyses.save(store, runs.begin(store, study), analysis(), ())
    assert seen(store, study).summary == "Wie telt alles na."
    reviewing.set_claim_status(store, study, "a", claim.key, "draft")
    persona_summary.write_summary(store, study, "a", "")
    assert (seen(store, study).summary_by, bool(seen(store, study).summary)) == ("", True)
    assert first


def test_a_models_words_stand_only_as_long_as_the_lines(store: Store, study: str, serve):
    server = serve(TOLD)
    second_opinion.set_up(store, study, server.url, "m")
    shown = persona_summary.what_is_sent(studies.get_view(store, study), "a")
    assert server.asked == []
    before = studies.get_view(store, study)
    found = persona_summary.ask_summary(store, study, "a")
    assert [m["content"] for m in json.loads(server.asked[0])["messages"]] == list(shown)
    assert studies.get_view(store, study) == before
    persona_summary.take_summary(store, study, "a", "Noor")
    assert seen(store, study).summary == found.text
    assert seen(store, study).summary_by == "m@127.0.0.1"
    claim = next(c for c in seen(store, study).claims if c.kind == "pain")
    decision = reviewing.edit_claim(store, study, "a", claim.key, "Raakt pakketten kwijt")
    assert "Raakt pakketten kwijt" in seen(store, study).summary
    assert seen(store, study).summary_by == ""
    with pytest.raises(NotFound, match="as it is now"):
        persona_summary.take_summary(store, study, "a")
    studies.undo(store, study, decision.id)
    assert seen(store, study).summary == found.text


def test_another_summary_puts_an_accepted_persona_back_in_review(store: Store, study: str):
    reviewing.set_persona_status(store, study, "a", "accepted")
    persona_summary.write_summary(store, study, "a", "Wie telt alles na.")
    assert (seen(store, study).status, seen(store, study).changed) == ("in review", True)
    reviewing.set_persona_status(store, study, "a", "accepted")
    assert seen(store, study).summary == "Wie telt alles na."
    reviewing.lock_persona(store, study, "a", True)
    with pytest.raises(Conflict, match="locked"):
        persona_summary.write_summary(store, study, "a", "Anders")


def test_bad_answers_are_asked_again_once_and_then_refused(store: Store, study: str, serve):
    server = serve("no")
    second_opinion.set_up(store, study, server.url, "m")
    with pytest.raises(CoderFailed, match="no usable summary"):
        persona_summary.ask_summary(store, study, "a")
    assert len(server.asked) == 2
    with pytest.raises(KlantbeeldError, match="at most"):
        persona_summary.write_summary(store, study, "a", "x" * 1001)


def test_without_a_second_coder_nothing_is_asked(store: Store, study: str):
    with pytest.raises(NotFound):
        persona_summary.ask_summary(store, study, "a")


@pytest.mark.parametrize(
    "wrong",
    [
        {"summary": "Te kort om iets te zeggen."},
        {"summary": GOOD["summary"] + " Ze heten vaak Karin."},
        {"summary": GOOD["summary"] + " Ze zijn 34 jaar."},
        {"summary": "Zij houden van wandelen, muziek, koken, vakanties, sporten en tuinen."},
        {"summary": "pakket " * 200},
        {"lines": []},
        {"lines": [3]},
        {"lines": [True]},
        {"lines": "1"},
        {"summary": None},
    ],
)
def test_what_no_line_says_is_refused(wrong: dict[str, object]):
    good = accepted(json.dumps(GOOD), RETELLING, "m")
    assert good is not None and good.claims == ("goal-2", "pain-1")
    assert accepted(json.dumps(GOOD | wrong), RETELLING, "m") is None


@pytest.mark.parametrize("text", ["", "Sure!", "[]", "{", "null", '{"summary": "a"}'])
def test_an_answer_of_another_shape_is_refused(text: str):
    assert accepted(text, RETELLING, "m") is None


def test_the_mark_follows_every_line():
    other = replace(RETELLING, lines=(replace(LINES[0], people=3), LINES[1]))
    assert other.mark != RETELLING.mark
    assert "Dutch" in retelling_messages(RETELLING)[0]["content"]
