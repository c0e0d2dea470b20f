"""What stands around a statement, and why it got its kind."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from research.embedding import embed
from research.encoders import StatementReader
from research.model import Statement
from research.steps.classify import classify
from research.steps.explain import load_bank
from research.steps.surroundings import around, in_context
from research.steps.tagger import Read, as_read
from tests.steps.studies import CACHE, a_statement, encoder


def look(texts: Sequence[str]) -> Read:
    """What the statement network reads of texts."""
    return as_read(embed(texts, StatementReader(encoder()), CACHE))


def a_talk(*texts: str) -> list[Statement]:
    """What one person said in a row."""
    return [
        replace(
            a_statement(i, text, question="Hoe ging het?"), source="f", participant="p", passage=i
        )
        for i, text in enumerate(texts)
    ]


def read(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements as a run reads them."""
    return classify(statements, look([s.text for s in statements]), look).statements


def test_a_statement_in_an_interview_has_what_the_same_person_said_around_it():
    first, second, third = in_context(a_talk("Een.", "Twee.", "Drie."))
    assert (first.before, first.after) == ("", "Twee.")
    assert (second.before, second.after) == ("Een.", "Drie.")
    assert (third.before, third.after) == ("Twee.", "")


def test_neighbours_do_not_depend_on_the_order_in_which_statements_are_given():
    talk = a_talk("Een.", "Twee.", "Drie.")
    told = in_context(list(reversed(talk)))
    assert (told[1].before, told[1].after) == ("Een.", "Drie.")


def test_other_people_and_other_forms_are_no_neighbours():
    talk = a_talk("Een.", "Twee.")
    other = replace(talk[1], participant="q")
    assert in_context([talk[0], other])[0].after == ""
    survey = [replace(s, channel="survey") for s in talk]
    assert in_context(survey)[0].after == ""


def test_what_is_not_there_has_no_gist():
    asked = in_context([a_statement(0, "Het werkt goed.")])
    gists = around(asked, look(["Het werkt goed."]), look)
    assert gists.shape[:2] == (1, 4)
    assert np.any(gists[0, 0]) and not np.any(gists[0, 1:])


def test_the_question_decides_what_a_bare_answer_is_about():
    why = a_statement(0, "Om de prijs.", question="Waarom bent u overgestapt?")
    how = a_statement(1, "Om de prijs.", question="Wat ging er mis bij de levering?")
    stages = classify([why, how], look(["Om de prijs."] * 2), look)
    loyalty = stages.stage_classes.index("loyalty")
    assert stages.stages[0, loyalty] > stages.stages[1, loyalty]


def test_a_kind_comes_with_the_words_that_weigh_most():
    (found,) = read([a_statement(0, "Helaas werkt de zoekfunctie niet.")])
    words = [r.value for r in found.reasons if r.kind == "words"]
    assert words and all(w in "helaas werkt de zoekfunctie niet" for w in words)


def test_the_stars_of_a_review_are_told_as_a_reason():
    (found,) = read([a_statement(0, "De bank is gekomen.", channel="review", rating=1.0)])
    assert ("stars", "1") in [(r.kind, r.value) for r in found.reasons]


def test_the_example_that_a_statement_is_most_like_has_its_kind():
    bank = load_bank()
    assert bank is not None and len(bank.texts) > 500
    found = read([a_statement(i, bank.texts[i]) for i in range(0, 600, 60)])
    kinds = dict(zip(bank.texts, bank.kinds, strict=True))
    told = [(s.kind, r.value) for s in found for r in s.reasons if r.kind == "example"]
    assert told and all(kinds[text] == kind for kind, text in told)


def test_scores_of_all_labels_are_probabilities():
    found = read([a_statement(0, "De levering was te laat."), a_statement(1, "Ja.")])
    assert all(0 < s.kind_score <= 1 and 0 < s.valence_score <= 1 for s in found)
    assert {s.made_by for s in found} == {"klantbeeld-tagger-2"}


def test_corrections_are_learned_from_and_stand():
    texts = [f"De bank met nummer {n} staat in de kamer." for n in range(16)]
    statements = [a_statement(i, text) for i, text in enumerate(texts)]
    before = read(statements)
    told = {f"s-{i}": {"kind": "praise", "valence": "1"} for i in range(12)}
    after = classify(statements, look(texts), look, told).statements
    assert {s.kind for s in after[:12]} == {"praise"}
    assert {s.made_by for s in after[:12]} == {"person"}
    assert sum(s.kind == "praise" for s in after[12:]) > sum(
        s.kind == "praise" for s in before[12:]
    )
