"""What people decide about themes stands in every later run, whatever the run proposes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research.model import Analysis, Decision, DecisionAction, Evidence, Statement, Theme
from research.regroup import made_of
from research.shape import own_id, shape
from research.view import view
from tests.builders import MOMENT, a_theme, an_analysis, some_sources

SOURCE = some_sources()[1]
MANY = 14


def said(number: int, kind: str = "pain") -> Statement:
    """A statement of one of five people."""
    return Statement(
        f"s{number:02}", SOURCE.id, f"p{number % 5}", 0, 0, 1, "x", "", "survey", "nl", kind=kind
    )  # type: ignore[arg-type]  # a kind is a plain text here


STATEMENTS = tuple(said(n) for n in range(MANY))
KNOWN = {s.id: s for s in STATEMENTS}


def themes_of(groups: dict[str, list[int]]) -> tuple[Theme, ...]:
    """Pain points of the statements of those numbers."""
    made = (a_theme(n, n, tuple(STATEMENTS[i] for i in some)) for n, some in groups.items() if some)
    counted = (made_of(theme, theme.evidence, KNOWN) for theme in made)
    return tuple(theme for theme in counted if theme is not None)


FIRST = themes_of({"pain-a": [0, 1, 2], "pain-b": [3, 4, 5], "pain-c": [6, 7, 8, 9]})


def decided(
    number: int, action: DecisionAction, target: str, value: str, anchors: tuple[str, ...]
) -> Decision:
    """A decision of that number."""
    return Decision(number, action, target, value, anchors, "", MOMENT)


def ids(*numbers: int) -> tuple[str, ...]:
    """The ids of statements."""
    return tuple(STATEMENTS[n].id for n in numbers)


def held(themes: tuple[Theme, ...]) -> dict[str, set[str]]:
    """The statements of each theme."""
    return {t.id: set(t.statements) for t in themes}


MERGE = decided(1, "merge-themes", "pain-a", "pain-b", ids(0, 1, 2, 3, 4, 5))
SPLIT = decided(2, "split-theme", "pain-c", "Eigen", ids(6, 7))


def test_two_themes_become_one_with_the_first_ones_name():
    (whole, other) = shape(FIRST, STATEMENTS, [MERGE])
    assert (whole.id, whole.label, other.id) == ("pain-a", "pain-a", "pain-c")
    assert set(whole.statements) == set(ids(0, 1, 2, 3, 4, 5))
    assert whole.people == 5 and len({KNOWN[q].participant for q in whole.quotes}) == 3


def test_a_merge_takes_in_what_its_parts_have_grown_to():
    later = themes_of({"pain-x": [0, 1, 10], "pain-b": [3, 4, 5, 11], "pain-c": [6, 7, 8, 2]})
    found = held(shape(later, STATEMENTS, [MERGE]))
    assert found == {"pain-a": set(ids(0, 1, 2, 3, 4, 5, 10, 11)), "pain-c": set(ids(6, 7, 8))}


def test_what_was_put_together_stays_so_when_it_is_a_small_part_of_something_else():
    later = themes_of({"pain-n": [0, 1, 2, 3, 4, *range(6, 13)], "pain-m": [5, 13]})
    found = held(shape(later, STATEMENTS, [MERGE]))
    assert found["pain-n"] >= set(ids(0, 1, 2, 3, 4, 5))
    assert found["pain-m"] == set(ids(13))


def test_a_merge_of_themes_of_which_nothing_is_left_changes_nothing():
    assert shape(FIRST[2:], STATEMENTS[6:], [MERGE]) == FIRST[2:]


def test_what_is_taken_apart_is_a_theme_of_its_own_in_each_run():
    found = shape(FIRST, STATEMENTS, [SPLIT])
    own = next(t for t in found if t.id == own_id(SPLIT, "pain"))
    assert (own.label, own.made_by, own.stability) == ("Eigen", "person", 1.0)
    assert held(found)["pain-c"] == set(ids(8, 9))
    later = shape(themes_of({"pain-z": [6, 8], "pain-y": [7, 9, 0]}), STATEMENTS, [SPLIT])
    assert held(later) == {
        "pain-z": set(ids(8)),
        "pain-y": set(ids(9, 0)),
        own.id: set(ids(6, 7)),
    }


def test_a_pinned_theme_comes_back_when_a_run_does_not_find_it():
    pin = decided(1, "pin-theme", "pain-a", "Wachten", ids(0, 1, 2))
    assert [t.pinned for t in shape(FIRST, STATEMENTS, [pin])] == [True, False, False]
    spread = themes_of({"pain-x": [0, *range(3, 9)], "pain-y": [1, 2, *range(9, 14)]})
    again = next(t for t in shape(spread, STATEMENTS, [pin]) if t.pinned)
    assert (again.id, again.label) == ("pain-a", "Wachten")
    assert set(again.statements) == set(ids(0, 1, 2))


def test_a_hidden_theme_stays_hidden_under_another_id():
    hide = decided(1, "hide-theme", "pain-a", "", ids(0, 1, 2))
    later = themes_of({"pain-x": [0, 1, 2, 10], "pain-c": [6, 7]})
    assert [t.hidden for t in shape(later, STATEMENTS, [hide])] == [True, False]


def test_another_kind_for_a_theme_is_another_kind_for_what_was_said():
    analysis = an_analysis()
    theme = analysis.themes[0]
    told = decided(1, "set-theme-kind", theme.id, "motivation", theme.statements)
    seen = view(analysis, [told])
    assert next(t for t in seen.themes if t.id == theme.id).kind == "motivation"
    kinds = {s.id: s.kind for s in seen.statements}
    assert {kinds[s] for s in theme.statements} == {"motivation"}


def test_a_statement_in_no_theme_is_counted_as_not_placed():
    analysis = an_analysis()
    first = analysis.themes[0].statements[0]
    seen = view(analysis, [decided(1, "set-theme", first, "", ())])
    assert seen.coverage.unplaced == (first,)


def test_claims_follow_a_merge_and_count_everybody():
    analysis = an_analysis()
    one, two = analysis.themes[:2]
    merge = decided(1, "merge-themes", two.id, one.id, (*one.statements, *two.statements))
    seen = view(analysis, [merge])
    whole = next(t for t in seen.themes if t.id == two.id)
    (claim,) = seen.personas[0].claims
    assert (claim.theme, claim.text, claim.people) == (two.id, two.label, 2)
    assert set(claim.statements) == set(whole.statements)
    for cell in (c for m in seen.maps for c in m.cells if c.claims):
        assert {c.theme for c in cell.claims} == {two.id}
        assert set(cell.statements) == set(whole.statements)


def test_claims_of_a_theme_taken_apart_are_said_of_both():
    analysis = an_analysis()
    theme = analysis.themes[0]
    split = decided(1, "split-theme", theme.id, "Eigen", theme.statements[1:])
    claims = view(analysis, [split]).personas[0].claims
    assert [(c.text, c.people) for c in claims] == [(theme.label, 1), ("Eigen", 1)]


def test_nothing_is_claimed_of_a_hidden_theme():
    analysis = an_analysis()
    theme = analysis.themes[0]
    seen = view(analysis, [decided(1, "hide-theme", theme.id, "", theme.statements)])
    assert seen.personas[0].claims == ()
    assert all(c.evidence_level == "none" for m in seen.maps for c in m.cells)


def test_undoing_what_a_run_took_account_of_brings_its_proposal_back():
    analysis = an_analysis()
    one, two = analysis.themes[:2]
    merge = decided(1, "merge-themes", one.id, two.id, (*one.statements, *two.statements))
    later = run(analysis, analysis.themes, [merge])
    assert view(later, [merge]) == later
    undone = view(later, [merge, decided(2, "undo", "1", "", ())])
    assert {t.id for t in undone.themes} == {t.id for t in analysis.themes}


def run(analysis: Analysis, proposed: tuple[Theme, ...], log: list[Decision]) -> Analysis:
    """The analysis as a run makes it that knows the decisions."""
    return replace(
        analysis,
        themes=shape(proposed, analysis.statements, log),
        proposed=proposed,
        decided=tuple(d.id for d in log),
    )


# --- any sequence of decisions, any later run ----------------------------------------

PARTITIONS = st.lists(st.integers(0, 4), min_size=MANY, max_size=MANY)


@st.composite
def logs(draw: st.DrawFn) -> list[Decision]:
    """Decisions that somebody could take, one after another, looking at the themes."""
    log: list[Decision] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        themes = shape(FIRST, STATEMENTS, log)
        theme = draw(st.sampled_from(themes))
        other = draw(st.sampled_from(themes))
        some = draw(st.sets(st.sampled_from(theme.statements), min_size=1))
        options = {
            "merge-themes": (theme.id, other.id, (*theme.statements, *other.statements)),
            "split-theme": (theme.id, f"eigen {number}", tuple(sorted(some))),
            "pin-theme": (theme.id, theme.label, theme.statements),
            "hide-theme": (theme.id, "", theme.statements),
            "set-theme": (min(some), other.id, other.statements),
        }
        action: DecisionAction = draw(st.sampled_from(sorted(options)))  # type: ignore[arg-type]
        if action == "merge-themes" and theme is other:
            continue
        log.append(decided(number, action, *options[action]))
    return log


def later_run(parts: list[int]) -> tuple[Theme, ...]:
    """What a run proposes that divides the statements in quite another way."""
    groups = {f"pain-n{p}": [n for n in range(MANY) if parts[n] == p] for p in set(parts)}
    return themes_of(groups)


def touched(decision: Decision) -> set[str]:
    """The statements that a decision is about."""
    return {*decision.anchors, decision.target} & KNOWN.keys()


def stands(decision: Decision, themes: tuple[Theme, ...]) -> bool:
    """Whether the themes are as the decision wants them."""
    home = {s: t for t in themes for s in t.statements}
    if decision.action == "merge-themes":
        return len({home[s].id for s in decision.anchors}) == 1
    if decision.action == "split-theme":
        return held(themes)[own_id(decision, "pain")] >= set(decision.anchors)
    if decision.action == "pin-theme":
        return any(t.pinned for t in themes)
    return True


@given(logs(), PARTITIONS)
@settings(max_examples=150, deadline=None)
def test_any_decisions_stand_after_any_run(log: list[Decision], parts: list[int]):
    themes = shape(later_run(parts), STATEMENTS, log)
    placed = [s for t in themes for s in t.statements]
    assert len(placed) == len(set(placed)), "a statement is in one theme at most"
    assert len({t.id for t in themes}) == len(themes)
    for theme in themes:
        assert made_of(theme, theme.evidence, KNOWN) == theme, "every count fits its evidence"
    for at, decision in enumerate(log):
        if not any(touched(decision) & touched(later) for later in log[at + 1 :]):
            assert stands(decision, themes), decision


@given(logs(), PARTITIONS)
@settings(max_examples=80, deadline=None)
def test_a_run_that_knows_the_decisions_shows_what_the_view_would(
    log: list[Decision], parts: list[int]
):
    base = replace(an_analysis(), statements=STATEMENTS, personas=(), maps=())
    proposed = later_run(parts)
    seen = view(replace(base, themes=proposed), log)
    made = run(base, proposed, log)
    assert view(made, log).themes == seen.themes == made.themes


@pytest.mark.parametrize("gone", [ids(0, 1, 2), ids(6)])
def test_what_was_erased_is_erased_from_what_people_made(gone: tuple[str, ...]):
    left = tuple(s for s in STATEMENTS if s.id not in gone)
    themes = tuple(
        t for t in (made_of(t, t.evidence, {s.id: s for s in left}) for t in FIRST) if t is not None
    )
    found = shape(themes, left, [MERGE, SPLIT])
    assert not set(gone) & {s for t in found for s in t.statements}
    assert all(isinstance(e, Evidence) for t in found for e in t.evidence)
