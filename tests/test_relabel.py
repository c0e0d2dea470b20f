"""Labels that people gave to statements: what they change at once, and what stays."""

from hypothesis import given
from hypothesis import strategies as st

from research.model import KINDS, Analysis, Decision, DecisionAction
from research.relabel import corrections
from research.view import standing, view
from tests.builders import MOMENT, an_analysis


def decided(*told: tuple[DecisionAction, str, str]) -> list[Decision]:
    """Decisions in that order."""
    return [Decision(i, a, t, v, (t,), "", MOMENT) for i, (a, t, v) in enumerate(told, 1)]


def kinds(analysis: Analysis) -> dict[str, str]:
    """The kind of each statement."""
    return {s.id: s.kind for s in analysis.statements}


def test_a_corrected_statement_is_what_a_person_said():
    analysis = an_analysis()
    first = analysis.statements[0].id
    told = decided(
        ("set-kind", first, "context"),
        ("set-stage", first, "purchase"),
        ("set-valence", first, "1"),
    )
    statement = view(analysis, told).statements[0]
    assert (statement.kind, statement.valence, statement.made_by) == ("context", 1, "person")
    assert [(t.stage, t.score) for t in statement.stages] == [("purchase", 1.0)]


def test_a_statement_that_is_no_pain_leaves_the_pain_points_and_their_claims():
    analysis = an_analysis()
    theme = next(t for t in analysis.themes if t.kind == "pain" and len(t.statements) > 1)
    gone = theme.statements[0]
    shown = view(analysis, decided(("set-kind", gone, "praise")))
    after = next(t for t in shown.themes if t.id == theme.id)
    assert gone not in after.statements and gone not in after.quotes
    for claims in [p.claims for p in shown.personas] + [
        c.claims for m in shown.maps for c in m.cells
    ]:
        for claim in claims:
            assert claim.theme != theme.id or gone not in claim.statements


def test_a_theme_that_loses_its_last_statement_is_gone():
    analysis = an_analysis()
    theme = analysis.themes[0]
    told = decided(*[("set-kind", s, "none") for s in theme.statements])
    shown = view(analysis, told)
    assert theme.id not in {t.id for t in shown.themes}
    assert all(c.theme != theme.id for p in shown.personas for c in p.claims)


def test_undoing_a_correction_brings_back_what_was():
    analysis = an_analysis()
    first = analysis.statements[0].id
    told = decided(("set-kind", first, "none"), ("undo", "1", ""))
    assert view(analysis, told) == analysis


def test_a_statement_that_is_no_longer_there_changes_nothing():
    analysis = an_analysis()
    assert view(analysis, decided(("set-kind", "gone", "pain"))) == analysis


def test_the_last_word_counts_and_tasks_stand_apart():
    told = decided(
        ("set-kind", "s", "pain"), ("set-stage", "s", "unknown"), ("set-kind", "s", "praise")
    )
    assert corrections(standing(told)) == {"s": {"kind": "praise", "stage": "unknown"}}


ANALYSIS = an_analysis()
IDS = [s.id for s in ANALYSIS.statements]


@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(KINDS)), max_size=12))
def test_whatever_people_say_stands_and_every_count_fits_its_evidence(told: list[tuple[str, str]]):
    shown = view(ANALYSIS, decided(*[("set-kind", i, k) for i, k in told]))
    last = dict(told)
    who = {s.id: s.participant for s in shown.statements}
    assert {i: k for i, k in kinds(shown).items() if i in last} == last
    for theme in shown.themes:
        assert theme.evidence
        assert all(kinds(shown)[s] == theme.kind for s in theme.statements if s in last)
        assert set(theme.participants) == {who[s] for s in theme.statements}
        assert set(theme.quotes) <= set(theme.statements)
    for claim in (c for p in shown.personas for c in p.claims):
        assert claim.strength == "assumption" or claim.evidence
