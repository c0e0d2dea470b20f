"""Goals, triggers, criteria, habits and context: told by words and by what was asked."""

from dataclasses import replace

import pytest

from research.model import Kind, Statement
from research.steps.facets import content_words, facet_of, lines, nouns_of
from tests.steps.studies import a_statement


def said(number: int, text: str, kind: Kind = "context", question: str = "") -> Statement:
    """A statement of a person of its own."""
    made = a_statement(number, text)
    return replace(made, kind=kind, question=question, participant=f"p{number}")


@pytest.mark.parametrize(
    ("text", "kind", "facet"),
    [
        ("Onze oude vaatwasser ging kapot, midden in de vakantie.", "context", "trigger"),
        ("We gingen verhuizen en hadden nog geen bank.", "context", "trigger"),
        ("Our old washing machine broke on us last winter.", "context", "trigger"),
        ("Voor mij gaf de garantie de doorslag.", "motivation", "criterion"),
        ("The main thing for me is that it is quiet.", "motivation", "criterion"),
        ("Ik wil gewoon weten wanneer ze komen.", "motivation", "goal"),
        ("I just want to know when they come.", "motivation", "goal"),
        ("Ik bestel meestal op zondag, met een kop koffie erbij.", "context", "behaviour"),
        ("Wij wonen in een flat met twee kinderen.", "context", "context"),
        ("Het scherm is blauw en de knop is groen.", "context", ""),
    ],
)
def test_words_tell_the_part(text: str, kind: Kind, facet: str):
    assert facet_of(said(1, text, kind))[0] == facet


def test_a_pain_is_neither_a_goal_nor_a_criterion():
    assert facet_of(said(1, "Ik wil gewoon weten wanneer ze komen.", "pain"))[0] == ""


def test_what_several_say_comes_under_the_noun_they_share():
    texts = ("Ik let op de prijs.", "De prijs gaf de doorslag.", "Op mijn prijs let ik altijd op.")
    some = [said(i, t, "motivation") for i, t in enumerate(texts)]
    first, *rest = lines(some, nouns_of(some), 4)
    assert first.word == "prijs"
    assert {s.participant for s in first.statements} == {"p0", "p1", "p2"}
    assert not rest


def test_a_single_voice_counts_only_in_answer_to_a_question_for_it():
    text = "Voor mij gaf de garantie de doorslag."
    unasked, asked = said(1, text), said(2, text, question="Wat gaf de doorslag?")
    assert lines([unasked], frozenset(), 4) == ()
    (line,) = lines([asked], frozenset(), 4)
    assert line.word == "" and line.statements == (asked,)


def test_a_noun_stands_after_an_article_at_least_twice():
    some = [said(i, t) for i, t in enumerate(("De levering was laat.", "Die levering lukte."))]
    assert "levering" in nouns_of(some)
    assert "laat" not in nouns_of(some)
    assert nouns_of(some[:1]) == frozenset()


def test_vague_words_and_numbers_say_nothing():
    assert content_words(said(1, "Een paar keer, die drie dingen, de hele dag.")) == frozenset()


def test_what_holds_somebodys_name_stands_on_no_card():
    assert facet_of(said(1, "Ik woon met mijn man in [ADRES 1] en werk als bakker."))[0] == ""
