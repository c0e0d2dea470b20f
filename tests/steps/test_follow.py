"""Statements that people move between themes, and what moves along."""

import numpy as np

from research.model import Evidence, StageShare, Statement, Theme
from research.regroup import including, without
from research.steps.follow import follow


def said(number: int, kind: str = "pain") -> Statement:
    """A statement of somebody of their own."""
    return Statement(
        f"s{number}", "f", f"p{number}", number, 0, 1, "x", "", "interview", "nl", kind=kind
    )  # type: ignore[arg-type]  # a kind is a plain text here


def theme(name: str, *numbers: int) -> Theme:
    """A theme of those statements."""
    ids = tuple(f"s{n}" for n in numbers)
    return Theme(
        id=name,
        kind="pain",
        label=name,
        definition="",
        evidence=tuple(Evidence(i) for i in ids),
        participants=tuple(f"p{n}" for n in numbers),
        sources=("f",),
        quotes=ids[:3],
        stage_profile=(StageShare("service", 0, 0),),
        valence=-1.0,
        stability=1.0,
        family="",
        nearest="",
    )


STATEMENTS = tuple(said(n) for n in range(6))
THEMES = (theme("a", 1, 2), theme("b", 0, 3, 4, 5))
APART = np.eye(6, dtype=np.float32)


def of(themes: tuple[Theme, ...]) -> dict[str, set[str]]:
    """The statements of each theme."""
    return {t.id: set(t.statements) for t in themes}


def test_without_anything_alike_nothing_moves():
    assert follow(THEMES, STATEMENTS, APART, {"s0"}) == THEMES


def test_what_says_nearly_the_same_moves_along():
    vectors = APART.copy()
    vectors[1] = vectors[0]
    found = follow(THEMES, STATEMENTS, vectors, {"s0"})
    assert of(found) == {"a": {"s2"}, "b": {"s0", "s1", "s3", "s4", "s5"}}


def test_what_a_person_placed_does_not_move_along():
    vectors = APART.copy()
    vectors[1] = vectors[0]
    assert follow(THEMES, STATEMENTS, vectors, {"s0", "s1"}) == THEMES
    assert follow(THEMES, STATEMENTS, vectors, {"s0"}, {"s1"}) == THEMES


def test_what_is_like_a_statement_in_no_theme_leaves_its_own():
    vectors = APART.copy()
    vectors[1] = vectors[2] = vectors[0]
    alone = (THEMES[0], theme("b", 3, 4, 5))
    assert of(follow(alone, STATEMENTS, vectors, {"s0"})) == {"b": {"s3", "s4", "s5"}}


def test_a_statement_that_is_no_longer_there_changes_nothing():
    assert follow(THEMES, STATEMENTS, APART, {"gone"}) == THEMES


def test_a_theme_counts_again_who_raises_it():
    known = {s.id: s for s in STATEMENTS}
    more = including(THEMES[0], ["s5"], known)
    assert more.people == 3 and more.statements[-1] == "s5"
    assert including(THEMES[0], ["s1", "gone"], known) is THEMES[0]
    less = without(THEMES[0], ["s1"], known)
    assert less is not None and less.participants == ("p2",)
    assert less.quotes == ("s2",)
