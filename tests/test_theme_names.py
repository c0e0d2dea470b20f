"""Names that a language model proposes: asked for on purpose, checked, never in the way."""

import json
from collections.abc import Iterator

import pytest

from research import second_opinion, studies, theme_names
from research.errors import CoderFailed, NotFound
from research.model import Study
from research.second_coder import Naming, name_messages
from research.second_coder.naming import checked
from research.store import Store, open_store
from tests.test_studies import with_results

QUOTES = (("a", "Ik wist niet wanneer het pakket kwam."), ("b", "Geen idee wanneer het komt."))
NAMING = Naming("pain", QUOTES, "nl")
GOOD = {
    "label": "Onduidelijk wanneer het pakket komt",
    "definition": "Weet niet wanneer.",
    "quotes": [1, 2],
}


@pytest.fixture
def store(home) -> Iterator[Store]:
    made = open_store(home)
    yield made
    made.close()


@pytest.fixture
def study(store: Store) -> Study:
    made = studies.create_study(store, "Namen", language="nl", encoder="hashing")
    with_results(store, made)
    return made


def test_a_proposal_is_kept_and_changes_no_name_until_somebody_takes_it(
    store: Store, study: Study, serve
):
    server = serve(GOOD)
    second_opinion.set_up(store, study.id, server.url, "m")
    before = studies.get_view(store, study.id)
    found = theme_names.ask_name(store, study.id, "theme-1")
    assert (found.label, found.maker) == (GOOD["label"], "m@127.0.0.1")
    assert set(found.statements) == set(before.themes[0].statements)
    assert studies.get_view(store, study.id) == before
    theme_names.take_name(store, study.id, "theme-1")
    named = studies.get_view(store, study.id).themes[0]
    assert (named.label, named.made_by) == (GOOD["label"], "person")
    assert theme_names.proposal(store, study.id, "theme-1") == found


def test_only_the_quotes_of_the_theme_are_sent_and_shown_before(store: Store, study: Study, serve):
    server = serve(GOOD)
    second_opinion.set_up(store, study.id, server.url, "m")
    shown = theme_names.what_is_sent(store, study.id, "theme-1")
    assert server.asked == []
    theme_names.ask_name(store, study.id, "theme-1")
    sent = [m["content"] for m in json.loads(server.asked[0])["messages"]]
    assert sent == list(shown)
    assert "wanneer het kwam" in sent[1] and "koerier" not in sent[1]


def test_without_a_second_coder_nothing_can_be_asked(store: Store, study: Study):
    for ask in (theme_names.ask_name, theme_names.what_is_sent, theme_names.take_name):
        with pytest.raises(NotFound):
            ask(store, study.id, "theme-1")


def test_a_bad_answer_is_asked_again_once_and_then_refused(store: Store, study: Study, serve):
    second_opinion.set_up(store, study.id, serve("no", GOOD).url, "m")
    assert theme_names.ask_name(store, study.id, "theme-1").label == GOOD["label"]
    server = serve("no")
    second_opinion.set_up(store, study.id, server.url, "m")
    with pytest.raises(CoderFailed, match="no usable name"):
        theme_names.ask_name(store, study.id, "theme-2")
    assert len(server.asked) == 2
    assert theme_names.proposal(store, study.id, "theme-2") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": "Bezorging"},
        {"label": "een twee drie vier vijf zes zeven acht negen"},
        {"label": "Klachten over andere zaken"},
        {"label": "Pakket van PostNL komt niet"},
        {"label": "Pakket komt na 14 dagen"},
        {"definition": "Het pakket van 20 mensen."},
        {"definition": ""},
        {"definition": "x" * 400},
        {"quotes": []},
        {"quotes": [3]},
        {"quotes": [True]},
        {"quotes": "1"},
        {"label": None},
    ],
)
def test_what_no_quote_says_or_is_not_as_asked_is_refused(wrong: dict[str, object]):
    assert checked(json.dumps(GOOD), NAMING, "m") is not None
    assert checked(json.dumps(GOOD | wrong), NAMING, "m") is None


@pytest.mark.parametrize("text", ["", "Sure!", "[]", "{", '{"label": "a b"}', "null"])
def test_an_answer_of_another_shape_is_refused(text: str):
    assert checked(text, NAMING, "m") is None


def test_fences_are_forgiven():
    assert checked(f"```json\n{json.dumps(GOOD)}\n```", NAMING, "m") is not None


def test_the_question_says_the_language_and_the_kind():
    system = name_messages(NAMING)[0]["content"]
    assert "Dutch" in system and "pain points" in system and "{" in system
