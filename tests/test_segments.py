"""Segments to work with elsewhere: questions for a survey, and who is in which persona."""

import csv
from dataclasses import replace
from io import StringIO

import web_sample
from builders import an_analysis
from test_exporters import EVIL, Page, hostile

from research.exporters.segments import AudienceCsv, SurveyQuestionsHtml, SurveyQuestionsTxt
from research.model import Analysis
from research.persona_fit import questions


def apart() -> Analysis:
    """Two personas of which one alone raises the second pain."""
    full = web_sample.analysis()
    persona = replace(full.personas[0], participants=("p0", "p1", "p2", "p3", "p4", "p5"))
    other = replace(full.personas[1], participants=("p6", "p7", "p8"), misfits=("p8",))
    return replace(full, personas=(persona, other), unplaced=())


def text(analysis: Analysis) -> str:
    return SurveyQuestionsTxt().export(analysis).decode("utf-8")


def test_the_snippet_asks_what_tells_the_personas_apart_and_has_the_key() -> None:
    told = text(apart())
    asked = questions(apart()).asked
    assert asked
    assert told.count("( ) Ja   ( ) Nee") == len(asked)
    assert "Geldt dit voor jou: Betalen lukt niet in één keer?" in told
    assert "De nachecker: 6 van 6; De terugkomer: 0 van 3" in told and "CONCEPT" in told


def test_with_one_persona_there_is_nothing_to_ask() -> None:
    assert "geen twee persona’s" in text(an_analysis())
    assert b"<form>" not in SurveyQuestionsHtml().export(an_analysis())


def test_the_form_is_html_that_any_page_can_hold() -> None:
    page = Page(SurveyQuestionsHtml().export(apart()))
    asked = len(questions(apart()).asked)
    assert page.tags.count("fieldset") == asked and page.tags.count("input") == 2 * asked
    assert not {"script", "style", "link"} & set(page.tags)


def test_hostile_labels_show_as_text_in_the_form() -> None:
    evil = hostile()
    named = tuple(replace(p, id=f"x{n}") for n, p in enumerate(apart().personas))
    labelled = tuple(replace(t, label=EVIL) for t in apart().themes)
    for analysis in (evil, replace(apart(), themes=labelled, personas=named)):
        assert not {"script", "img"} & set(Page(SurveyQuestionsHtml().export(analysis)).tags)


def test_the_audience_has_every_participant_once() -> None:
    content = AudienceCsv().export(apart()).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    assert [r["participant"] for r in rows] == [f"Deelnemer {n}" for n in range(1, 10)]
    assert rows[-1]["fits"] == "less well" and rows[-1]["persona"] == "De terugkomer"
    alone = AudienceCsv().export(an_analysis()).decode("utf-8-sig")
    assert '"","","draft","Respondent 2","none"' in alone
