"""Opportunities: ranked by people and severity; what a team plans survives and can be undone."""

from dataclasses import replace
from pathlib import Path

import pytest

from research.errors import Conflict, KlantbeeldError
from research.model import Analysis
from research.opportunities import opportunities, severity_of
from research.planning import get_opportunities, set_change, set_effort, set_owner, set_progress
from research.steps.phrases import how_might_we
from research.studies import undo
from tests import web_sample
from tests.steps.studies import a_statement, analysed
from tests.web_sample import Site


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


@pytest.mark.parametrize("name", ["thuishaven", "planwerk"])
def test_every_opportunity_is_a_pain_of_several_people_with_its_statements(name: str):
    analysis = analysed(name)
    themes = {t.id: t for t in analysis.themes}
    found = opportunities(analysis)
    assert found
    for one in found:
        theme = themes[one.theme]
        assert theme.kind == "pain" and one.people == theme.people >= 2
        assert one.statements == theme.statements
        assert 0.5 <= one.severity <= 1
        assert one.score == pytest.approx(one.people / one.of * one.severity, abs=1e-3)
    assert [o.score for o in found] == sorted((o.score for o in found), reverse=True)


def test_hidden_pains_are_no_opportunity():
    analysis = analysed("planwerk")
    first = opportunities(analysis)[0].theme
    hidden = tuple(replace(t, hidden=t.id == first) for t in analysis.themes)
    assert first not in {o.theme for o in opportunities(replace(analysis, themes=hidden))}


def test_a_strong_angry_statement_is_more_severe_than_a_calm_one():
    calm = a_statement(1, "Het pakket kwam een dag later.")
    angry = replace(a_statement(2, "Belachelijk, weer te laat, ik baal ervan."), valence=-1)
    stars = replace(a_statement(3, "Het pakket kwam een dag later.", rating=1.0), valence=-1)
    assert severity_of(calm) == 0.5
    assert severity_of(angry) == severity_of(stars) == 1.0


def test_a_pain_becomes_a_question_in_the_studys_language():
    assert how_might_we("Bezorgmoment schuift", "nl").startswith("Hoe kunnen we")
    assert how_might_we("Bezorgmoment schuift", "nl").endswith("bezorgmoment schuift?")
    assert how_might_we("“Weer te laat”", "en") == "How might we prevent this: “Weer te laat”?"


def test_what_a_team_plans_stands_beside_the_pain_and_can_be_undone(site: Site):
    store, study = site.store, site.study
    theme = get_opportunities(store, study)[0].theme
    set_owner(store, study, theme, " Team  Bezorging ")
    set_progress(store, study, theme, "planned")
    set_effort(store, study, theme, "large")
    last = set_change(store, study, theme, "Een tijdvak van twee uur")
    now = next(o for o in get_opportunities(store, study) if o.theme == theme)
    assert (now.owner, now.status, now.effort) == ("Team Bezorging", "planned", "large")
    assert now.change == "Een tijdvak van twee uur"
    undo(store, study, last.id)
    now = next(o for o in get_opportunities(store, study) if o.theme == theme)
    assert now.change == "" and now.owner == "Team Bezorging"


def test_plans_follow_the_statements_when_a_run_gives_the_pain_another_id(site: Site):
    store, study = site.store, site.study
    theme = get_opportunities(store, study)[0].theme
    decision = set_owner(store, study, theme, "Sam")
    analysis = again(site)
    renamed = tuple(replace(t, id=f"new-{t.id}") for t in analysis.themes)
    found = opportunities(replace(analysis, themes=renamed), [decision])
    assert next(o for o in found if o.theme == f"new-{theme}").owner == "Sam"


def again(site: Site) -> Analysis:
    """What the study shows now."""
    from research.studies import get_view

    return get_view(site.store, site.study)


def test_the_map_of_the_future_keeps_what_is_planned_apart(site: Site):
    first = get_opportunities(site.store, site.study)[0]
    set_change(site.store, site.study, first.theme, "Een tijdvak van twee uur")
    told = site.client.get(f"/api{site.root}/journey?state=future").json()
    assert told["type"] == "future state"
    planned = {o["theme"]: o["change"] for p in told["planned"] for o in p["pains"]}
    assert planned[first.theme] == "Een tijdvak van twee uur"
    page = site.client.get(f"{site.root}/journey?state=future").text
    assert "Een tijdvak van twee uur" in page
    assert "Een tijdvak van twee uur" not in site.client.get(f"{site.root}/journey").text
    assert site.client.get(f"/api{site.root}/journey").json()["planned"] == []


def test_wrong_plans_are_refused_with_the_way_out(site: Site):
    store, study = site.store, site.study
    theme = get_opportunities(store, study)[0].theme
    with pytest.raises(KlantbeeldError, match="Choose one of open"):
        set_progress(store, study, theme, "maybe")
    with pytest.raises(KlantbeeldError, match="Choose one of small"):
        set_effort(store, study, theme, "huge")
    with pytest.raises(KlantbeeldError, match="at most 500"):
        set_change(store, study, theme, "x" * 501)
    wish = next(t.id for t in again(site).themes if t.kind == "motivation")
    with pytest.raises(Conflict):
        set_owner(store, study, wish, "Sam")


def test_the_page_and_its_twin_show_plans_escaped(site: Site):
    first = site.client.get(f"/api{site.root}/opportunities").json()["opportunities"][0]
    theme = first["opportunity"]["theme"]
    path = f"{site.root}/opportunities/{theme}"
    answer = site.client.post(path, data={"owner": "<b>Sam</b>", "status": "doing"})
    assert answer.status_code in (200, 303)
    page = site.client.get(f"{site.root}/opportunities").text
    assert "&lt;b&gt;Sam&lt;/b&gt;" in page and "<b>Sam</b>" not in page
    patched = site.client.patch(f"/api{path}", json={"effort": "small"})
    assert patched.status_code == 204
    told = site.client.get(f"/api{site.root}/opportunities").json()["opportunities"]
    mine = next(o["opportunity"] for o in told if o["opportunity"]["theme"] == theme)
    assert (mine["owner"], mine["status"], mine["effort"]) == ("<b>Sam</b>", "doing", "small")
