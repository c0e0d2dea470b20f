"""The way between stages, and a day in the life: only what people's words tell."""

from dataclasses import replace

import pytest

from research.day import day
from research.flow import flow
from research.model import Analysis, StageTag, Statement
from research.steps.cues import mentions
from tests.web_sample import analysis


def told(*said: tuple[str, str, str]) -> Analysis:
    """An analysis in which people say these things (who, stage, text), one after another."""
    form = analysis().statements[0]
    made = tuple(
        replace(
            form,
            id=f"s{n}",
            participant=who,
            passage=n,
            start=0,
            text=text,
            stages=(StageTag(stage, 0.9),) if stage else (),
            touchpoints=("app",) if "app" in text else (),
        )
        for n, (who, stage, text) in enumerate(said)
    )
    return replace(analysis(), statements=made)


def ways(found: Analysis) -> list[tuple[str, str, int]]:
    return [(t.before, t.after, t.people) for t in flow(found)]


def test_only_words_that_tell_an_order_make_a_way():
    found = told(
        ("p0", "purchase", "Ik heb besteld."),
        ("p0", "service", "De bezorging was te laat."),
        ("p0", "loyalty", "Uiteindelijk ben ik weggegaan."),
    )
    assert ways(found) == [("service", "loyalty", 1)]
    assert flow(found)[0].statements == ("s1", "s2")


@pytest.mark.parametrize("text", ["Ik moest opnieuw bellen.", "I had to call them again."])
def test_the_same_stage_once_more_is_a_loop(text: str):
    found = told(("p0", "service", "Ik heb gebeld."), ("p0", "service", text))
    assert ways(found) == [("service", "service", 1)]


def test_people_are_counted_once_and_others_never_continue_a_story():
    found = told(
        ("p0", "purchase", "Ik heb besteld."),
        ("p0", "service", "Daarna belde niemand terug."),
        ("p0", "purchase", "Ik heb besteld."),
        ("p0", "service", "Daarna was het weer mis."),
        ("p1", "loyalty", "Daarna kwam ik terug."),
    )
    assert ways(found) == [("purchase", "service", 1)]


def test_a_gap_of_many_turns_is_no_way():
    far = told(("p0", "purchase", "Ik heb besteld."), ("p0", "service", "Daarna ging het mis."))
    statements = (far.statements[0], replace(far.statements[1], passage=9))
    assert flow(replace(far, statements=statements)) == ()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("'s Avonds op de bank zoek ik wat rond.", "evening"),
        ("Dat doe ik meestal in de trein.", "on the way"),
        ("I look at it during my lunch break.", "working hours"),
        ("Op zaterdagochtend ga ik naar de winkel.", "weekend"),
    ],
)
def test_words_tell_the_moment(text: str, moment: str):
    assert moment in mentions("day", text)


def test_a_day_counts_people_and_says_where_nothing_is_known():
    found = told(
        ("p0", "", "'s Avonds kijk ik op de bank in de app."),
        ("p0", "", "In de avond heb ik pas tijd daarvoor."),
        ("p1", "", "Ik heb besteld en betaald met iDEAL."),
    )
    moments = {m.name: m for m in day(found)}
    evening = moments["evening"]
    assert (evening.people, evening.of, evening.touchpoints) == (1, 9, (("app", 1),))
    assert set(evening.statements) == {"s0", "s1"}
    assert (moments["night"].people, moments["night"].mean) == (0, None)
    assert {m.people for m in day(found, ("p1",))} == {0}


def test_nothing_is_told_of_nobody():
    empty = replace(analysis(), statements=tuple[Statement, ...]())
    assert flow(empty) == ()
    assert all(m.people == 0 for m in day(empty))
