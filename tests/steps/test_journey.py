"""Journey maps: every cell has evidence or says that it has none."""

from statistics import mean, pstdev

import pytest

from research.model import Analysis
from research.steps.journey import ROWS
from tests.steps.studies import people_of


def test_there_is_a_map_for_everyone_and_one_for_each_persona(analysis: Analysis):
    assert [m.persona for m in analysis.maps] == [None, *(p.id for p in analysis.personas)]


def test_a_map_has_every_row_in_every_stage(analysis: Analysis):
    expected = [(stage, row) for stage in analysis.taxonomy.ids for row in ROWS]
    for drawn in analysis.maps:
        assert [(c.stage, c.row) for c in drawn.cells] == expected


def test_a_maps_people_are_the_personas_or_everyone(analysis: Analysis):
    sizes = {p.id: len(p.participants) for p in analysis.personas}
    for drawn in analysis.maps:
        expected = sizes[drawn.persona] if drawn.persona else len(analysis.participants)
        assert drawn.people == expected


def test_a_cell_without_claims_and_value_says_that_it_has_no_evidence(analysis: Analysis):
    empty = [c for m in analysis.maps for c in m.cells if not c.claims and c.mean is None]
    assert empty
    for cell in empty:
        assert cell.evidence_level == "none"
        assert (cell.statements, cell.count, cell.people) == ((), 0, 0)


def test_a_filled_cell_has_statements_that_exist(analysis: Analysis):
    known = {s.id for s in analysis.statements}
    filled = [c for m in analysis.maps for c in m.cells if c.claims or c.mean is not None]
    assert filled
    for cell in filled:
        assert cell.statements
        assert set(cell.statements) <= known
        assert cell.count == len(cell.statements) == len(set(cell.statements))
        assert cell.evidence_level in ("internal", "validated")


def test_a_filled_cell_counts_the_people_behind_its_statements(analysis: Analysis):
    for cell in (c for m in analysis.maps for c in m.cells if c.statements):
        assert cell.people == len(people_of(analysis, cell.statements)), (cell.stage, cell.row)


def test_a_cells_statements_are_in_its_stage_and_of_its_people(analysis: Analysis):
    tags = {s.id: {t.stage for t in s.stages} for s in analysis.statements}
    members = {p.id: set(p.participants) for p in analysis.personas}
    for drawn in analysis.maps:
        for cell in drawn.cells:
            assert all(cell.stage in tags[s] for s in cell.statements)
            if drawn.persona:
                assert people_of(analysis, cell.statements) <= members[drawn.persona]


def test_a_cells_claims_are_of_the_maps_people(analysis: Analysis):
    for drawn in analysis.maps:
        assert all(c.of == drawn.people for cell in drawn.cells for c in cell.claims)


def test_emotion_is_the_mean_spread_and_number_of_what_people_said(analysis: Analysis):
    valence = {s.id: s.valence for s in analysis.statements}
    for cell in (c for m in analysis.maps for c in m.cells if c.mean is not None):
        values = [valence[s] for s in cell.statements]
        assert cell.row == "emotion"
        assert cell.count == len(values)
        assert cell.mean == pytest.approx(mean(values), abs=6e-4)
        assert cell.spread == pytest.approx(pstdev(values), abs=6e-4)


def test_emotion_counts_every_statement_of_the_stage(analysis: Analysis):
    everyone = analysis.maps[0]
    for cell in (c for c in everyone.cells if c.row == "emotion"):
        here = {s.id for s in analysis.statements if cell.stage in {t.stage for t in s.stages}}
        assert set(cell.statements) == here


def test_thoughts_and_actions_are_verbatim_and_of_different_people(analysis: Analysis):
    text = {s.id: s.text for s in analysis.statements}
    for cell in (c for m in analysis.maps for c in m.cells if c.row in ("thoughts", "actions")):
        assert all(c.text == text[c.statements[0]] for c in cell.claims)
        people = [people_of(analysis, c.statements).pop() for c in cell.claims]
        assert len(set(people)) == len(people)


def test_an_opportunity_answers_a_pain_of_several_people(analysis: Analysis):
    for drawn in analysis.maps:
        rows = [c for c in drawn.cells if c.row == "pain points"]
        pains = {(c.stage, k.theme) for c in rows for k in c.claims}
        for cell in (c for c in drawn.cells if c.row == "opportunities"):
            assert {(cell.stage, k.theme) for k in cell.claims} <= pains
            assert all(k.people >= 2 for k in cell.claims)


def test_figures_that_nobody_collected_are_left_empty(analysis: Analysis):
    assert not any(c.claims for m in analysis.maps for c in m.cells if c.row == "kpis")
