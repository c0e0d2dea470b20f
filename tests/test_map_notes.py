"""What a team writes on journey maps, and how much stages count."""

from dataclasses import replace
from pathlib import Path

import pytest
import web_sample
from web_sample import HOSTILE, Site

from research import planning, reviewing, studies
from research.errors import KlantbeeldError, NotFound
from research.map_notes import map_notes
from tests.builders import a_decision


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


def test_the_head_of_a_map_is_written_by_people_and_taken_away(site: Site) -> None:
    planning.set_header(site.store, site.study, "", "scenario", "Een bank kopen", "Noor")
    planning.set_header(site.store, site.study, "a", "goal", "Zeker weten dat hij past")
    assert planning.get_notes(site.store, site.study).scenario == "Een bank kopen"
    assert planning.get_notes(site.store, site.study).goal == ""
    assert planning.get_notes(site.store, site.study, "a").goal == "Zeker weten dat hij past"
    planning.set_header(site.store, site.study, "", "scenario", "")
    assert planning.get_notes(site.store, site.study).scenario == ""


def test_a_blueprint_keeps_what_the_team_filled_in(site: Site) -> None:
    form = {"row": "backstage", "stage": "service", "text": "Magazijn zoekt", "persona": "a"}
    answer = site.client.post(f"{site.root}/journey/notes", data=form)
    assert answer.headers["location"] == f"{site.root}/journey?persona=a&state=blueprint"
    page = f"{site.root}/journey?persona=a&state=blueprint"
    assert "Magazijn zoekt" in site.client.get(page).text
    assert "Magazijn zoekt" not in site.client.get(f"{site.root}/journey?state=blueprint").text
    told = site.client.get(f"/api{page}").json()
    assert told["type"] == "service blueprint"
    assert told["notes"]["cells"] == [
        {"row": "backstage", "stage": "service", "text": "Magazijn zoekt"}
    ]


def test_notes_follow_a_persona_that_a_run_finds_under_another_id() -> None:
    found = web_sample.analysis()
    persona = found.personas[0]
    note = a_decision(1, "set-header", "a/goal", "Snel klaar", persona.participants)
    later = replace(found, personas=(replace(persona, id="z"), *found.personas[1:]))
    assert map_notes(later, [note], "z").goal == "Snel klaar"
    assert map_notes(later, [note], "b").goal == ""


def test_the_window_of_a_map_is_that_of_its_people() -> None:
    found = web_sample.analysis()
    dated = tuple(
        replace(s, date=f"2026-0{1 + int(s.participant[1])}-05") for s in found.statements
    )
    found = replace(found, statements=dated)
    assert (map_notes(found, ()).first, map_notes(found, ()).last) == ("2026-01-05", "2026-09-05")
    assert map_notes(found, (), "b").first == "2026-06-05"


def test_a_stage_that_counts_for_nothing_comes_last(site: Site) -> None:
    first = planning.get_opportunities(site.store, site.study)[0]
    planning.set_weight(site.store, site.study, first.stage, 0)
    ranked = planning.get_opportunities(site.store, site.study)
    assert ranked[-1].stage == first.stage and ranked[-1].score == 0
    form = {"stage": first.stage, "weight": "2"}
    assert site.client.post(f"{site.root}/weights", data=form).status_code == 303
    again = planning.get_opportunities(site.store, site.study)[0]
    assert (again.weight, again.score) == (2.0, pytest.approx(2 * first.score, abs=1e-3))


def test_what_cannot_be_written_is_said(site: Site) -> None:
    store, study = site.store, site.study
    with pytest.raises(KlantbeeldError, match="Choose one of frontstage"):
        planning.set_cell(store, study, "", "emotion", "service", "x")
    with pytest.raises(KlantbeeldError, match="Choose one of awareness"):
        planning.set_cell(store, study, "", "support", "nowhere", "x")
    with pytest.raises(KlantbeeldError, match="at most"):
        planning.set_header(store, study, "", "goal", "x" * 501)
    with pytest.raises(NotFound):
        planning.set_header(store, study, "nobody", "goal", "x")
    with pytest.raises(KlantbeeldError, match="number from 0 to 5"):
        planning.set_weight(store, study, "service", 9)
    assert not studies.list_decisions(store, study)


def test_what_is_typed_on_a_map_is_shown_as_text(site: Site) -> None:
    planning.set_header(site.store, site.study, "", "goal", HOSTILE)
    planning.set_cell(site.store, site.study, "", "support", "service", HOSTILE)
    for query in ("", "?state=blueprint", "?state=future"):
        assert HOSTILE not in site.client.get(f"{site.root}/journey{query}").text


def test_a_map_says_the_status_of_its_persona(site: Site) -> None:
    reviewing.set_persona_status(site.store, site.study, "a", "accepted")
    told = site.client.get(f"/api{site.root}/journey?persona=a").json()
    assert (told["status"], told["version"]) == ("accepted", 1)
