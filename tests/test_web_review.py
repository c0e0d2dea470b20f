"""Reviewing personas in the pages and by a program."""

from pathlib import Path

import pytest
import web_sample
from web_sample import HOSTILE, Site

from research import reviewing, studies


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


def step(site: Site, **fields: str) -> int:
    return site.client.post(f"{site.root}/personas/a/review", data=fields).status_code


def key_of(site: Site, n: int = 0) -> str:
    told = site.client.get(f"/api{site.root}/personas/a").json()
    return str(told["persona"]["claims"][n]["key"])


def test_a_line_is_reviewed_on_the_page(site: Site) -> None:
    key = key_of(site)
    assert step(site, do="status", key=key, value="accepted") == 303
    assert step(site, do="reword", key=key, text="Pakketten raken zoek") == 303
    assert step(site, do="comment", key=key, text="Klopt dit?") == 303
    page = site.client.get(f"{site.root}/personas/a").text
    assert "Pakketten raken zoek" in page and "Klopt dit?" in page
    assert "Eerst stond er" in page
    assert step(site, do="status", key=key, value="left out") == 303
    page = site.client.get(f"{site.root}/personas/a").text
    assert "Weggelaten door mensen" in page


def test_an_assumption_says_that_nothing_supports_it(site: Site) -> None:
    step(site, do="assume", value="goal", text="Wil snel klaar zijn")
    page = site.client.get(f"{site.root}/personas/a").text
    assert "Wil snel klaar zijn" in page and "zonder bewijs" in page


def test_who_decided_is_shown(site: Site) -> None:
    site.client.post("/me", data={"name": "Noor van Wijk", "back": f"{site.root}/personas/a"})
    step(site, do="comment", text="Mooi zo")
    assert "Noor van Wijk" in site.client.get(f"{site.root}/personas/a").text
    assert "Noor van Wijk" in site.client.get(f"{site.root}/decisions").text


@pytest.mark.parametrize("back", ["https://elsewhere.example", "//elsewhere.example", "/x\\y"])
def test_saying_who_you_are_leads_nowhere_else(site: Site, back: str) -> None:
    answer = site.client.post("/me", data={"name": "Noor", "back": back})
    assert answer.headers["location"] == "/"


def test_versions_and_proposals_are_shown(site: Site) -> None:
    assert "nog niet" in site.client.get(f"{site.root}/personas/a/versions").text.lower()
    site.client.post(f"{site.root}/personas/a", data={"status": "accepted"})
    reviewing.move_person(site.store, site.study, "p8", "a", "Bo")
    page = site.client.get(f"{site.root}/personas/a/versions").text
    assert "Deelnemer 9" in page
    told = site.client.get(f"/api{site.root}/personas/a/versions").json()
    assert [p["id"] for p in told["changes"]["joined"]] == ["p8"]
    assert site.client.get(f"{site.root}/personas/a/versions?before=7").status_code == 404


def test_personas_stand_side_by_side(site: Site) -> None:
    told = site.client.get(f"/api{site.root}/side-by-side").json()
    assert [p["id"] for p in told["personas"]] == ["a", "b"]
    assert told["rows"] and all(len(row["claims"]) == 2 for row in told["rows"])


def test_a_program_takes_the_same_steps_under_a_name(site: Site) -> None:
    address = f"/api{site.root}/personas/a/review"
    named = {"x-decided-by": "Bo"}
    assert site.client.post(address, json={"do": "lock"}, headers=named).status_code == 204
    assert studies.list_decisions(site.store, site.study)[-1].by == "Bo"
    again = site.client.post(address, json={"do": "merge", "value": "b"})
    assert again.status_code == 409 and "locked" in again.text
    assert site.client.post(address, json={"do": "dance"}).status_code == 400


def test_what_people_type_is_shown_as_text(site: Site) -> None:
    step(site, do="assume", value="goal", text=HOSTILE)
    step(site, do="comment", text=HOSTILE)
    for page in ("/personas", "/personas/a", "/side-by-side", "/decisions", "/personas/a/versions"):
        assert HOSTILE not in site.client.get(site.root + page).text
