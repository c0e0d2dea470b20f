"""Privacy on the pages, below /api and on the command line, on a study that really ran."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from builders import MOMENT
from fastapi.testclient import TestClient
from test_erasing import analysed, copied, in_folder  # noqa: F401  # the fixture of an analysed folder
from typer.testing import CliRunner, Result
from web_sample import HERE, Site

from api.app import create_app
from api.cli import app
from research import access, studies
from research.access_file import packed, page
from research.settings import Settings
from research.store import analyses, open_store


@pytest.fixture
def site(home: Path, analysed: Path):  # noqa: F811  # the fixture
    """The application over a copy of the analysed folder."""
    copied(analysed, home)
    store = open_store(home)
    client = TestClient(
        create_app(Settings(home=home)),
        base_url=HERE,
        headers={"accept-language": "en"},
        follow_redirects=False,
    )
    yield Site(client, store, studies.list_studies(store)[0].id)
    store.close()
    analyses.forget()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def twice(site: Site) -> tuple[str, str]:
    """The id and label of the participant who is in two files."""
    found = studies.latest_analysis(site.store, site.study).participants
    return next((p.id, p.label) for p in found if len(p.sources) == 2)


# --- erasing -----------------------------------------------------------------------


def test_the_page_erases_only_when_one_is_sure(site: Site, home: Path) -> None:
    person, _ = twice(site)
    page = f"{site.root}/participants/{person}"
    assert f'action="{page}/erase"' in site.client.get(page).text
    assert site.client.post(f"{page}/erase").status_code == 409
    assert in_folder(home, "schutting")
    answer = site.client.post(f"{page}/erase", data={"sure": "yes"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{site.root}/privacy")
    assert "Nothing is left" in site.client.get(f"{site.root}/privacy").text
    assert in_folder(home, "schutting") == []
    assert site.client.get(page).status_code == 404


def test_a_program_erases_and_gets_the_report(site: Site) -> None:
    person, _ = twice(site)
    root = f"/api{site.root}"
    told = site.client.delete(f"{root}/participants/{person}", headers={"x-decided-by": "Ans"})
    assert told.status_code == 200
    assert told.json()["found"] == []
    assert site.client.get(f"{root}/privacy").json()["erasures"][0]["by"] == "Ans"
    assert site.client.delete(f"{root}/participants/{person}").status_code == 404


def test_the_command_erases_and_tells_what_went(site: Site) -> None:
    _, label = twice(site)
    asked = CliRunner().invoke(app, ["erase", "Bezorging", label], input="n\n")
    assert asked.exit_code == 1
    done = run("erase", "Bezorging", label, "--yes", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["status"] == "clean"
    assert dict(told["report"]["counts"])["sources"] == 1
    assert run("erase", "Bezorging", label, "--yes").exit_code == 2
    assert run("erase", "Nergens", label, "--yes").exit_code == 2


# --- a request for access ----------------------------------------------------------


def test_a_request_for_access_gives_all_that_is_kept_of_one_person(site: Site) -> None:
    person, label = twice(site)
    answer = site.client.get(f"{site.root}/participants/{person}/access")
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["access.html", "access.json"]
        told = json.loads(archive.read("access.json"))
        shown = archive.read("access.html").decode()
    kept = [s for s in studies.latest_analysis(site.store, site.study).statements]
    mine = [s.id for s in kept if s.participant == person]
    assert told["participant"]["label"] == label
    assert [s["id"] for s in told["statements"]] == mine
    assert {f["name"]: f["alone"] for f in told["files"]} == {
        "groep.txt": False,
        "mieke-zonneveld.txt": True,
    }
    assert ["regio", "Oudeschoot"] in told["row"]
    originals = {p["original"] for p in told["placeholders"]}
    assert {"Mieke Zonneveld", "mieke.zonneveld@example.com", "06 12 34 56 78"} <= originals
    assert "mieke.zonneveld@example.com" in shown
    assert "Klaver" not in shown + json.dumps(told)


def test_the_file_of_a_request_has_the_same_bytes_but_for_the_moment(site: Site) -> None:
    person, _ = twice(site)
    found = replace(access.access_to(site.store, site.study, person), made=MOMENT)
    again = replace(access.access_to(site.store, site.study, person), made=MOMENT)
    assert packed(found) == packed(again)


def test_markup_in_somebodys_words_is_text_in_the_file(site: Site) -> None:
    person, _ = twice(site)
    found = access.access_to(site.store, site.study, person)
    assert "<b>" not in page(replace(found, study="<b>x</b>"))


def test_the_command_writes_a_request_for_access(site: Site, tmp_path: Path) -> None:
    _, label = twice(site)
    out = tmp_path / "person.zip"
    done = run("access", "Bezorging", label, "--out", str(out))
    assert done.exit_code == 0, done.output
    assert zipfile.is_zipfile(out)
    assert run("access", "Bezorging", "niemand", "--out", str(out)).exit_code == 2
