"""Themes: of one kind, of real statements, with quotes of different people."""

from itertools import pairwise

import pytest

from research.model import Analysis
from research.regroup import coverage_of
from research.steps.saturation import saturation
from tests.steps.studies import people_of


def test_a_theme_holds_only_statements_of_its_kind(analysis: Analysis):
    kinds = {s.id: s.kind for s in analysis.statements}
    for theme in analysis.themes:
        assert {kinds[s] for s in theme.statements} == {theme.kind}


def test_a_study_has_pains_and_motivations(analysis: Analysis):
    assert {t.kind for t in analysis.themes} == {"pain", "motivation"}


def test_a_theme_has_at_least_two_statements(analysis: Analysis):
    assert all(len(t.statements) >= 2 for t in analysis.themes)


def test_a_statement_is_in_one_theme(analysis: Analysis):
    placed = [s for t in analysis.themes for s in t.statements]
    assert len(placed) == len(set(placed))


def test_a_themes_people_and_files_are_those_of_its_statements(analysis: Analysis):
    source = {s.id: s.source for s in analysis.statements}
    for theme in analysis.themes:
        assert set(theme.participants) == people_of(analysis, theme.statements)
        assert len(theme.participants) == len(set(theme.participants))
        assert set(theme.sources) == {source[s] for s in theme.statements}


def test_a_themes_quotes_are_of_different_people_and_its_own(analysis: Analysis):
    for theme in analysis.themes:
        assert theme.quotes
        assert set(theme.quotes) <= set(theme.statements)
        assert len(people_of(analysis, theme.quotes)) == len(theme.quotes)


def test_a_theme_of_several_people_is_quoted_from_several(analysis: Analysis):
    assert all(len(t.quotes) >= 2 for t in analysis.themes if t.people >= 3 and len(t.loose) < 2)


def test_what_fits_loosely_is_in_the_theme_and_not_quoted_first(analysis: Analysis):
    for theme in analysis.themes:
        assert set(theme.loose) <= set(theme.statements)
        if len(theme.loose) < len(theme.statements):
            assert not set(theme.loose) & set(theme.quotes)


def test_what_speaks_against_a_pain_is_praise(analysis: Analysis):
    kinds = {s.id: s.kind for s in analysis.statements}
    for theme in analysis.themes:
        assert {kinds[s] for s in theme.counter} <= ({"praise"} if theme.kind == "pain" else set())


def test_a_themes_stages_count_people_and_statements(analysis: Analysis):
    tags = {s.id: {t.stage for t in s.stages} for s in analysis.statements}
    for theme in analysis.themes:
        assert tuple(p.stage for p in theme.stage_profile) == analysis.taxonomy.ids
        for share in theme.stage_profile:
            here = [s for s in theme.statements if share.stage in tags[s]]
            assert (share.people, share.statements) == (
                len(people_of(analysis, here)),
                len(here),
            )


def test_a_themes_valence_is_its_statements_mean(analysis: Analysis):
    valence = {s.id: s.valence for s in analysis.statements}
    for theme in analysis.themes:
        values = [valence[s] for s in theme.statements]
        assert theme.valence == pytest.approx(sum(values) / len(values), abs=6e-4)


def test_the_nearest_theme_is_another_of_the_same_kind(analysis: Analysis):
    kinds = {t.id: t.kind for t in analysis.themes}
    for theme in analysis.themes:
        assert theme.nearest != theme.id
        assert kinds[theme.nearest] == theme.kind


def test_theme_ids_and_labels_are_unique(analysis: Analysis):
    assert len({t.id for t in analysis.themes}) == len(analysis.themes)
    labels = [(t.kind, t.label.lower()) for t in analysis.themes]
    assert len(set(labels)) == len(labels)


def test_labels_and_definitions_are_words(analysis: Analysis):
    for theme in analysis.themes:
        assert 3 <= len(theme.label) <= 120
        assert "\n" not in theme.label
        assert theme.definition.strip()


def test_a_label_in_quotation_marks_is_somebodys_words(analysis: Analysis):
    texts = {s.id: s.text.lower() for s in analysis.statements}
    quoted = [t for t in analysis.themes if t.label.startswith("“")]
    for theme in quoted:
        words = theme.label.strip("“”").rstrip("…").strip().lower()
        assert any(words in texts[s] for s in theme.statements), theme.label


def test_stability_is_a_share(analysis: Analysis):
    assert all(0 <= t.stability <= 1 for t in analysis.themes)


def test_coverage_adds_up(analysis: Analysis):
    found = analysis.coverage
    wanted = {s.id for s in analysis.statements if s.kind in ("pain", "motivation")}
    placed = {s for t in analysis.themes for s in t.statements}
    assert found.pains_and_motivations == len(wanted) == found.in_theme + len(found.unplaced)
    assert set(found.unplaced) == wanted - placed
    assert found.statements == len(analysis.statements)
    assert found.staged == sum(bool(s.stages) for s in analysis.statements)
    assert found.loose == sum(len(t.loose) for t in analysis.themes)
    assert found.share == found.in_theme / found.pains_and_motivations


def test_most_pains_and_motivations_of_a_real_study_find_a_theme(analysis: Analysis):
    assert analysis.coverage.share > 0.7


def test_coverage_of_nothing_is_nothing():
    found = coverage_of((), ())
    assert (found.statements, found.share, found.unplaced) == (0, 0.0, ())


def test_saturation_never_falls_and_ends_at_all_shared_themes(analysis: Analysis):
    points = analysis.saturation
    shared = [t for t in analysis.themes if not t.single_voice]
    assert [p.participants for p in points] == sorted({p.participants for p in points})
    assert all(a.themes <= b.themes for a, b in pairwise(points))
    assert all(p.new >= 0 for p in points)
    assert points[-1].themes == len(shared)
    assert points[-1].participants == len({p for t in shared for p in t.participants})


def test_saturation_of_no_themes_is_empty():
    assert saturation(()) == ()


def test_what_is_in_no_theme_has_the_nearest_themes_of_its_kind(analysis: Analysis):
    kinds = {t.id: t.kind for t in analysis.themes}
    of = {s.id: s.kind for s in analysis.statements}
    assert {c.statement for c in analysis.candidates} == set(analysis.coverage.unplaced)
    for found in analysis.candidates:
        assert found.themes and len(set(found.themes)) == len(found.themes)
        assert {kinds[t] for t in found.themes} == {of[found.statement]}
