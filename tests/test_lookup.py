"""Looking up: from a claim to the quote in its context."""

import pytest

from research.errors import NotFound
from research.lookup import (
    find_participant,
    find_persona,
    find_source,
    find_statement,
    find_theme,
    quote_context,
)
from tests.builders import INTERVIEW, an_analysis


def test_a_quote_stands_in_its_passage_between_its_neighbours():
    statement = an_analysis().statements[2]
    found = quote_context(an_analysis(), statement.id)
    assert found.passage.text[statement.start : statement.end] == statement.text
    assert [p.index for p in found.before] == [1, 2]
    assert found.after == ()
    assert found.source.id == INTERVIEW
    assert found.participant.label == "Deelnemer 1"


def test_every_statement_of_an_analysis_can_be_looked_up():
    analysis = an_analysis()
    for statement in analysis.statements:
        assert quote_context(analysis, statement.id).statement == statement


def test_the_rows_of_other_people_are_no_context():
    found = quote_context(an_analysis(), an_analysis().statements[3].id)
    assert found.before == found.after == ()


@pytest.mark.parametrize(
    "find", [find_statement, find_source, find_participant, find_theme, find_persona]
)
def test_what_does_not_exist_is_told(find):
    with pytest.raises(NotFound, match="has no"):
        find(an_analysis(), "nowhere")


def test_each_finds_its_own():
    analysis = an_analysis()
    assert find_theme(analysis, "theme-2").label == "Koerier belt niet aan"
    assert find_persona(analysis, "persona-1").name == "De nachecker"
    assert find_source(analysis, INTERVIEW).name == "gesprek.txt"
