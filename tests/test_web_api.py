"""The JSON twins of the pages."""

from pathlib import Path

import pytest
import web_sample
from web_sample import Site

from api.app import PAGES
from research.contracts import Exporter
from research.exporters import EXPORTERS
from research.model import by_id

TWINS = (
    "",
    "/files",
    "/themes",
    "/themes/t0",
    "/themes/t0/split",
    "/dial",
    "/codebook",
    "/compare",
    "/personas",
    "/personas/a",
    "/personas/a/versions",
    "/side-by-side",
    "/fit",
    "/journey",
    "/kpis",
    "/opportunities",
    "/participants",
    "/guide",
    "/participants/p0",
    "/sources",
    "/sources/0000000000000000",
    "/downloads",
    "/paste",
    "/miro",
    "/sheet",
    "/decisions",
    "/privacy",
    "/audit",
    "/personal-data",
)


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


@pytest.mark.parametrize("page", TWINS)
def test_every_page_has_a_twin_in_json(site: Site, page: str) -> None:
    told = site.client.get(f"/api{site.root}{page}")
    assert told.status_code == 200
    assert told.json()["head"]["id"] == site.study


def test_every_page_address_has_an_address_below_api() -> None:
    addresses = [(r.path, r.methods) for page in PAGES for r in page.router.routes]
    shown = {path for path, methods in addresses if "GET" in methods and path.startswith("/stud")}
    twins = {path for path, methods in addresses if "GET" in methods}
    assert len(shown) > 12
    assert {f"/api{path}" for path in shown} <= twins


def test_a_quote_in_json_repeats_its_passage_at_its_offsets(site: Site) -> None:
    for statement in by_id(web_sample.analysis().statements):
        told = site.client.get(f"/api{site.root}/quotes/{statement}").json()
        context = told["context"]
        start, end = context["statement"]["start"], context["statement"]["end"]
        assert context["passage"]["text"][start:end] == told["quote"]["text"]


def test_the_pieces_of_a_turn_are_its_text(site: Site) -> None:
    told = site.client.get(f"/api{site.root}/sources/0000000000000000").json()
    source = web_sample.analysis().sources[0]
    joined = ["".join(p["text"] for p in turn["pieces"]) for turn in told["turns"]]
    assert joined == [p.text for p in source.passages]


def test_decisions_can_be_taken_and_undone_by_a_program(site: Site) -> None:
    root = f"/api{site.root}"
    change = {"name": "De twijfelaar", "status": "in review"}
    assert site.client.patch(f"{root}/personas/a", json=change).status_code == 204
    told = site.client.get(f"{root}/personas/a").json()["persona"]
    assert (told["name"], told["status"]) == ("De twijfelaar", "in review")
    assert site.client.post(f"{root}/decisions/1/undo").status_code == 204
    assert site.client.get(f"{root}/personas/a").json()["persona"]["name"] == "De nachecker"


def test_a_study_can_be_made_with_its_own_stages(site: Site) -> None:
    own = '["Ontdekken", "Gebruiken"]'
    new = {"name": "Eigen", "language": "nl", "stages": "own", "own_stages": own}
    made = site.client.post("/api/studies", json=new)
    assert made.status_code == 201
    assert [s["id"] for s in made.json()["taxonomy"]["stages"]] == ["ontdekken", "gebruiken"]


def test_a_program_cannot_have_any_file_read_as_stages(site: Site) -> None:
    asked = site.client.post("/api/studies", json={"name": "x", "stages": "/etc/hostname"})
    assert asked.status_code == 422
    assert asked.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda e: e.name)
def test_every_export_can_be_downloaded_as_a_file(site: Site, exporter: Exporter) -> None:
    groups = site.client.get(f"/api{site.root}/downloads").json()["groups"]
    listed = {d["name"]: d for group in groups for d in group["downloads"]}
    answer = site.client.get(listed[exporter.name]["url"], params={"consent": "true"})
    assert answer.status_code == 200
    name = exporter.filename.partition(".")[0]
    told = answer.headers["content-disposition"]
    assert told.startswith(f'attachment; filename="webwinkel-{name}-20')
    assert "filename*=UTF-8''Webwinkel-" in told
    assert answer.content


def test_an_export_that_names_participants_needs_their_consent(site: Site) -> None:
    groups = site.client.get(f"/api{site.root}/downloads").json()["groups"]
    for download in (d for group in groups for d in group["downloads"] if d["consent"]):
        assert site.client.get(download["url"]).status_code == 400


def test_the_description_names_every_twin(site: Site) -> None:
    described = site.client.get("/api/openapi.json").json()["paths"]
    assert len(described) > 20
    assert all(path.startswith("/api/") for path in described)
    page = site.client.get("/api/docs").text
    assert all(path in page for path in described)


def test_a_problem_is_told_as_a_problem(site: Site) -> None:
    told = site.client.get("/api/studies/nope")
    assert told.status_code == 404
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["status"] == 404
