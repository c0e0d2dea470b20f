"""Checking statements and the second coder, through the pages and their JSON twins."""

import json

import pytest
import web_sample
from web_sample import Site

from research import labelling, second_opinion, studies
from research.model import Labels
from research.second_coder import key_of
from research.store.second_coders import StudyAnswers

FIRST = "0000000000000000-1-0"
HERE = {"origin": web_sample.HERE}


@pytest.fixture
def site(home) -> Site:
    return web_sample.site(home)


def shown(site: Site, path: str) -> str:
    answer = site.client.get(f"{site.root}{path}")
    assert answer.status_code == 200
    return answer.text


def test_a_correction_in_a_form_stands_and_is_in_the_log(site: Site) -> None:
    there = f"{site.root}/statements/{FIRST}"
    form = {"kind": "context", "stage": "purchase", "valence": "1"}
    assert site.client.post(there, data=form, headers=HERE).status_code == 303
    told = site.client.get(f"/api{there}").json()
    assert told["judged"]
    labelled = told["labelled"]
    assert [labelled[k] for k in ("kind", "stage", "valence")] == ["context", "purchase", 1]
    assert labelled["made_by"] == "person"
    assert "Soort van een uitspraak" in shown(site, "/decisions")


def test_a_label_that_does_not_exist_is_refused_with_those_that_do(site: Site) -> None:
    there = f"/api{site.root}/statements/{FIRST}"
    answer = site.client.post(there, json={"kind": "annoyance"}, headers=HERE)
    assert answer.status_code == 400
    assert "pain, motivation, praise, context, none" in answer.json()["detail"]
    gone = f"/api{site.root}/statements/nope"
    assert site.client.post(gone, json={"kind": "pain"}, headers=HERE).status_code == 404


def test_what_is_judged_is_counted_and_can_be_taken_along(site: Site) -> None:
    labelling.set_label(site.store, site.study, FIRST, "kind", "context")
    labelling.set_label(site.store, site.study, FIRST, "valence", "0")
    told = site.client.get(f"/api{site.root}/checking").json()
    assert (told["judged"], told["new"]) == (1, 1)
    content = site.client.get(f"{site.root}/checking/labels.jsonl")
    (row,) = [json.loads(line) for line in content.text.splitlines()]
    assert (row["kind"], row["valence"], row["id"]) == ("context", 0, FIRST)
    assert "stage" not in row
    assert "Leer van 1 oordeel" in shown(site, "/checking")


def test_an_undone_correction_is_not_counted(site: Site) -> None:
    decision = labelling.set_label(site.store, site.study, FIRST, "kind", "context")
    studies.undo(site.store, site.study, decision.id)
    assert site.client.get(f"/api{site.root}/checking").json()["judged"] == 0


def test_without_a_second_coder_nothing_is_asked_of_anybody(site: Site) -> None:
    page = shown(site, "/second-coder")
    assert "Een tweede codeur instellen" in page
    assert site.client.get(f"/api{site.root}/second-coder").json()["plan"] is None


def test_a_second_coder_is_shown_with_its_host_and_what_it_would_get(site: Site) -> None:
    form = {"url": "https://api.example.org/v1", "model": "gpt", "price_in": "2", "price_out": "8"}
    assert site.client.post(f"{site.root}/second-coder", data=form, headers=HERE).status_code == 303
    page = shown(site, "/second-coder")
    assert "gpt · api.example.org" in page
    assert "naar api.example.org" in page
    plan = site.client.get(f"/api{site.root}/second-coder").json()["plan"]
    assert plan["mode"] == "off"
    assert plan["cost"]["statements"] > 0 and plan["cost"]["money"] > 0
    assert web_sample.SAID[0][2] in plan["example"][1]["content"]


def test_an_unsafe_address_is_refused_with_the_way_out(site: Site) -> None:
    coder = {"url": "http://api.example.org/v1", "model": "gpt"}
    answer = site.client.put(f"/api{site.root}/second-coder", json=coder, headers=HERE)
    assert answer.status_code == 422
    assert "https" in answer.json()["detail"]


def test_a_second_coder_is_allowed_and_taken_away_again(site: Site) -> None:
    second_opinion.set_up(site.store, site.study, "http://localhost:1/v1", "m")
    mode = {"mode": "labels"}
    there = f"/api{site.root}/second-coder"
    assert site.client.put(f"{there}/mode", json=mode, headers=HERE).status_code == 204
    assert site.client.get(there).json()["plan"]["mode"] == "labels"
    bad = site.client.put(f"{there}/mode", json={"mode": "always"}, headers=HERE)
    assert bad.status_code == 422
    assert site.client.delete(there, headers=HERE).status_code == 204
    assert site.client.get(there).json()["plan"] is None


def test_what_the_second_coder_said_stands_beside_software_and_people(site: Site) -> None:
    endpoint = second_opinion.set_up(site.store, site.study, "http://localhost:1/v1", "m")
    statements = studies.latest_analysis(site.store, site.study).statements
    answers = {
        key_of(second_opinion.unit_of(s)): Labels("praise", "service", 1) for s in statements
    }
    StudyAnswers(site.store, site.study, endpoint.maker).put(answers)
    labelling.set_label(site.store, site.study, FIRST, "kind", "praise")
    told = site.client.get(f"/api{site.root}/second-coder").json()
    assert told["answered"] == told["of"] == len(statements)
    assert told["with_people"]["kind"]["share"] == 1.0
    assert 0 < told["with_software"]["kind"]["share"] < 1
    assert all(d["ours"]["kind"] != "praise" for d in told["different"])
    assert FIRST not in {d["quote"]["id"] for d in told["different"]}
    assert "Cohens kappa" in shown(site, "/second-coder")


def test_a_statement_can_be_moved_to_another_theme_and_back(site: Site) -> None:
    page = site.client.get(f"/api{site.root}/statements/{FIRST}").json()
    here = page["theme"]
    other = next(i for i, _ in page["themes"] if i != here)
    there = f"/api{site.root}/statements/{FIRST}/theme"
    assert site.client.post(there, json={"theme": other}, headers=HERE).status_code == 204
    assert site.client.get(f"/api{site.root}/statements/{FIRST}").json()["theme"] == other
    assert "Thema van een uitspraak" in shown(site, "/decisions")
    (last, *_) = studies.list_decisions(site.store, site.study)[::-1]
    studies.undo(site.store, site.study, last.id)
    assert site.client.get(f"/api{site.root}/statements/{FIRST}").json()["theme"] == here


def test_a_theme_of_another_kind_is_refused_with_the_way_out(site: Site) -> None:
    there = f"/api{site.root}/statements/{FIRST}/theme"
    answer = site.client.post(there, json={"theme": "t2"}, headers=HERE)
    assert answer.status_code == 409
    assert "correct the statement's kind first" in answer.json()["detail"]
