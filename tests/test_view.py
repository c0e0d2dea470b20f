"""The view: decisions on top of an analysis, before and after a re-run."""

from dataclasses import replace

import pytest

from research.model import Analysis, Decision, Evidence, Theme
from research.shape import overlap
from research.view import standing, view
from tests.builders import a_decision, an_analysis


def rename(number: int, theme: Theme, label: str) -> Decision:
    return a_decision(number, "rename-theme", theme.id, label, theme.statements)


def labels(analysis: Analysis) -> dict[str, str]:
    return {t.id: t.label for t in analysis.themes}


def rerun(analysis: Analysis, **statements: tuple[str, ...]) -> Analysis:
    """The analysis as a later run might make it: other ids, other statements."""
    themes = tuple(
        replace(t, id=new, evidence=tuple(Evidence(s) for s in ids))
        for t, (new, ids) in zip(analysis.themes, statements.items(), strict=False)
    )
    return replace(analysis, themes=themes)


def test_without_decisions_the_view_is_the_analysis():
    assert view(an_analysis(), ()) == an_analysis()


def test_the_analysis_itself_is_never_changed():
    analysis = an_analysis()
    view(analysis, [rename(1, analysis.themes[0], "Anders")])
    assert analysis == an_analysis()


def test_a_renamed_theme_shows_its_new_name_and_only_that_one():
    analysis = an_analysis()
    seen = view(analysis, [rename(1, analysis.themes[0], "Wachten")])
    assert labels(seen) == labels(analysis) | {"theme-1": "Wachten"}


def test_claims_that_say_the_themes_label_say_the_new_one():
    analysis = an_analysis()
    seen = view(analysis, [rename(1, analysis.themes[0], "Wachten")])
    assert {c.text for p in seen.personas for c in p.claims} == {"Wachten"}
    assert {c.text for m in seen.maps for cell in m.cells for c in cell.claims} == {"Wachten"}


def test_the_last_name_counts():
    theme = an_analysis().themes[0]
    decisions = [rename(2, theme, "Tweede"), rename(1, theme, "Eerste")]
    assert labels(view(an_analysis(), decisions))["theme-1"] == "Tweede"


def test_claims_follow_a_theme_that_is_renamed_twice():
    theme = an_analysis().themes[0]
    seen = view(an_analysis(), [rename(1, theme, "Eerste"), rename(2, theme, "Tweede")])
    assert seen.personas[0].claims[0].text == "Tweede"


def test_a_name_survives_a_rerun_that_gives_the_theme_another_id():
    theme = replace(an_analysis().themes[0], evidence=tuple(Evidence(s) for s in "abc"))
    later = rerun(an_analysis(), new=("x", "y"), other=("a", "b", "d"))
    seen = view(later, [rename(1, theme, "Wachten")])
    assert seen.themes[1].label == "Wachten"
    assert seen.themes[0].label == an_analysis().themes[0].label


def test_a_name_goes_to_the_theme_with_most_in_common():
    theme = replace(an_analysis().themes[0], evidence=tuple(Evidence(s) for s in "abcd"))
    later = rerun(an_analysis(), first=("a", "x"), second=("b", "c", "d"))
    assert view(later, [rename(1, theme, "Wachten")]).themes[1].label == "Wachten"


def test_the_id_decides_when_little_is_left_in_common():
    theme = replace(an_analysis().themes[0], evidence=tuple(Evidence(s) for s in "ab"))
    grown = ("a", "b", *(f"new-{i}" for i in range(20)))
    later = rerun(an_analysis(), **{"theme-1": grown})
    assert view(later, [rename(1, theme, "Wachten")]).themes[0].label == "Wachten"


def test_a_name_for_a_theme_that_is_gone_waits():
    theme = replace(an_analysis().themes[0], id="gone", evidence=(Evidence("z"),))
    assert view(an_analysis(), [rename(1, theme, "Wachten")]) == an_analysis()


def test_a_persona_is_renamed_and_accepted():
    people = an_analysis().personas[0].participants
    decisions = [
        a_decision(1, "rename-persona", "persona-1", "De wachter", people),
        a_decision(2, "persona-status", "persona-1", "accepted", people),
    ]
    persona = view(an_analysis(), decisions).personas[0]
    assert (persona.name, persona.status) == ("De wachter", "accepted")


def test_a_status_that_does_not_exist_changes_nothing():
    decision = a_decision(1, "persona-status", "persona-1", "perfect", ("p1", "p2"))
    assert view(an_analysis(), [decision]) == an_analysis()


def test_a_decided_role_does_not_change_an_analysis_that_exists():
    decision = a_decision(1, "set-role", "a1/Deelnemer 1", "interviewer")
    assert view(an_analysis(), [decision]) == an_analysis()


def test_an_undone_decision_no_longer_stands():
    theme = an_analysis().themes[0]
    decisions = [rename(1, theme, "Wachten"), a_decision(2, "undo", "1")]
    assert view(an_analysis(), decisions) == an_analysis()


def test_undoing_the_undo_brings_it_back():
    theme = an_analysis().themes[0]
    decisions = [
        rename(1, theme, "Wachten"),
        a_decision(2, "undo", "1"),
        a_decision(3, "undo", "2"),
    ]
    assert labels(view(an_analysis(), decisions))["theme-1"] == "Wachten"
    assert [d.id for d in standing(decisions)] == [1]


def test_undoing_the_last_name_brings_the_one_before_back():
    theme = an_analysis().themes[0]
    decisions = [rename(1, theme, "Een"), rename(2, theme, "Twee"), a_decision(3, "undo", "2")]
    assert labels(view(an_analysis(), decisions))["theme-1"] == "Een"


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("ab", "ab", 1.0), ("ab", "bc", 1 / 3), ("a", "b", 0.0), ("", "", 0.0), ("", "a", 0.0)],
)
def test_overlap_is_what_two_groups_have_in_common(one: str, other: str, share: float):
    assert overlap(one, other) == pytest.approx(share)
