"""The parts of pages: curves, shades, the pieces of a passage, quotes by person."""

import web_sample

from api.evidence import index
from api.pages.sources import PER_PAGE, page_of, pieces
from research.figures import curve, shade, ticks
from research.model import Passage, SaturationPoint, Statement

FOUND = index("x", web_sample.analysis())


def statement(start: int, end: int) -> Statement:
    return Statement(f"s{start}", "s", "p", 0, start, end, "", "", "interview", "nl", kind="pain")


def test_a_curve_begins_left_below_and_ends_right_above() -> None:
    drawn = curve([SaturationPoint(1, 1, 1), SaturationPoint(10, 6, 0.1)])
    assert drawn is not None
    (x0, y0), (x1, y1) = drawn.points
    assert x0 < x1 == drawn.right
    assert y0 > y1


def test_one_point_is_no_curve() -> None:
    assert curve([SaturationPoint(1, 1, 1)]) is None
    assert curve([]) is None


def test_ticks_are_round_and_few() -> None:
    assert ticks(9) == (0, 2, 4, 6, 8)
    assert ticks(0) == (0,)
    assert len(ticks(13_000)) <= 7


def test_nobody_is_not_shaded_and_everybody_is_darkest() -> None:
    assert [shade(n, 10) for n in (0, 1, 5, 10)] == [0, 1, 3, 5]
    assert shade(0, 0) == 0


def test_pieces_join_to_the_text() -> None:
    cut = pieces("abcdefgh", [statement(4, 6), statement(1, 3)], FOUND)
    assert [p.text for p in cut] == ["a", "bc", "d", "ef", "gh"]
    assert [p.statement for p in cut] == ["", "s1", "", "s4", ""]


def test_of_two_statements_that_overlap_the_first_is_marked() -> None:
    cut = pieces("abcdef", [statement(0, 4), statement(2, 6)], FOUND)
    assert [(p.text, p.statement) for p in cut] == [("abcd", "s0"), ("ef", "")]


def test_a_passage_far_down_is_on_a_later_page() -> None:
    passages = [Passage(n, "x", "v", "review") for n in range(PER_PAGE * 2 + 1)]
    assert page_of(passages, 0) == 1
    assert page_of(passages, PER_PAGE) == 2
    assert page_of(passages, PER_PAGE * 2) == 3


def test_quotes_are_grouped_by_person() -> None:
    made = web_sample.analysis()
    found = index("x", made)
    said = found.said(s.id for s in made.statements if s.kind == "pain")
    assert len(said) == web_sample.PEOPLE
    assert all({q.participant for q in person.quotes} == {person.participant} for person in said)
    assert len(said[0].quotes) >= len(said[-1].quotes)
