"""A run on its page: while it goes, and what came of it."""

from pathlib import Path

import pytest
import web_sample
from web_sample import Site

from research.model import Run
from research.store import runs


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


@pytest.fixture
def run(site: Site) -> Run:
    begun = runs.begin(site.store, site.study)
    runs.advance(site.store, begun.id, "embed", 30, 120)
    return begun


def test_a_run_shows_its_step_and_asks_for_more(site: Site, run: Run) -> None:
    text = site.client.get(f"{site.root}/runs/{run.id}").text
    assert "Vergelijken wat mensen bedoelen" in text
    assert '<progress id="run-bar" aria-labelledby="run-step" value="30" max="120">' in text
    assert f'hx-get="{site.root}/runs/{run.id}" hx-trigger="every 700ms"' in text


def test_htmx_gets_only_the_progress(site: Site, run: Run) -> None:
    answer = site.client.get(f"{site.root}/runs/{run.id}", headers={"hx-request": "true"})
    assert answer.text.lstrip().startswith("<section")
    assert "hx-redirect" not in answer.headers
    assert "HX-Request" in answer.headers["vary"]


def test_a_finished_run_leads_on_to_the_overview(site: Site) -> None:
    done = runs.of_study(site.store, site.study)[0]
    headers = {"hx-request": "true"}
    answer = site.client.get(f"{site.root}/runs/{done.id}", headers=headers)
    assert answer.headers["hx-redirect"] == site.root
    assert "every" not in answer.text


def test_a_run_can_be_stopped_and_says_so(site: Site, run: Run) -> None:
    answer = site.client.post(f"{site.root}/runs/{run.id}/cancel")
    assert answer.headers["location"] == f"{site.root}/runs/{run.id}"
    text = site.client.get(answer.headers["location"]).text
    assert "De analyse is gestopt; eerdere resultaten zijn zoals ze waren." in text


def test_a_failed_run_tells_why(site: Site, run: Run) -> None:
    runs.end(site.store, run.id, "failed", "No files were given.")
    text = site.client.get(f"{site.root}/runs/{run.id}").text
    assert 'role="alert">Er zijn geen bestanden gegeven.' in text


def test_while_a_run_is_busy_the_button_leads_to_it(site: Site, run: Run) -> None:
    answer = site.client.post(f"{site.root}/runs")
    assert answer.headers["location"] == f"{site.root}/runs/{run.id}"
    assert "Analyse loopt" in site.client.get(site.root).text


def test_a_run_of_another_study_is_not_shown(site: Site, run: Run) -> None:
    made = site.client.post("/api/studies", json={"name": "Ander"}).json()["id"]
    assert site.client.get(f"/studies/{made}/runs/{run.id}").status_code == 404


def test_a_conflict_is_told_to_htmx_above_the_page(site: Site) -> None:
    made = site.client.post("/api/studies", json={"name": "Leeg"}).json()["id"]
    answer = site.client.post(f"/studies/{made}/runs", headers={"hx-request": "true"})
    assert answer.status_code == 409
    assert answer.headers["hx-retarget"] == "#messages"
    assert answer.text.lstrip().startswith('<p class="problem"')
