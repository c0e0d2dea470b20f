"""Bringing an edited list back on the page, in the API and on the command line."""

import re
from html import unescape
from pathlib import Path

import pytest
import web_sample
from test_bringing_back import edited
from typer.testing import CliRunner
from web_sample import Site

from api.cli import app
from research import exporting, planning, studies


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


def files(site: Site, owner: str = "Bo") -> dict[str, tuple[str, bytes]]:
    upload = edited(site.store, site.study, "pain-points-xlsx", {"t0": {"owner": owner}})
    return {"file": (upload.name, upload.content)}


def owners(site: Site) -> list[str]:
    return [p.owner for p in exporting.shown(site.store, site.study).about.plans]


def test_the_page_shows_what_would_change_and_then_changes_it(site: Site) -> None:
    shown = site.client.post(f"{site.root}/sheet", files=files(site))
    assert shown.status_code == 200 and not studies.list_decisions(site.store, site.study)
    tokens = [unescape(t) for t in re.findall(r'name="change" value="([^"]*)" checked', shown.text)]
    assert len(tokens) == 1
    site.client.cookies.set("klantbeeld-name", "Anne")
    done = site.client.post(f"{site.root}/sheet/decide", data={"change": tokens})
    assert done.status_code == 303 and done.headers["location"].endswith("/decisions")
    assert owners(site) == ["Bo", ""]
    assert studies.list_decisions(site.store, site.study)[0].by == "Anne"


def test_a_conflict_is_shown_and_not_chosen_beforehand(site: Site) -> None:
    sheet = files(site)
    planning.set_owner(site.store, site.study, "t0", "Dirk", by="Cas")
    text = site.client.post(f"{site.root}/sheet", files=sheet).text
    assert "Cas" in text and "checked" not in text


def test_hostile_text_of_a_sheet_shows_as_text(site: Site) -> None:
    text = site.client.post(f"{site.root}/sheet", files=files(site, web_sample.HOSTILE)).text
    assert web_sample.HOSTILE not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("token", ["", "[]", "x", '[1,"t0"]', '{"a":1}', '["a",1,2,3,4,5]'])
def test_a_change_that_the_page_did_not_propose_is_refused(site: Site, token: str) -> None:
    done = site.client.post(f"{site.root}/sheet/decide", data={"change": token})
    assert done.status_code in (400, 404, 422)
    assert not studies.list_decisions(site.store, site.study)


def test_a_program_looks_first_and_decides_when_it_says_so(site: Site) -> None:
    address, sheet = f"/api{site.root}/sheet", files(site)
    told = site.client.post(address, files=sheet).json()
    assert told["decisions"] == 0 and told["preview"]["changes"][0]["value"] == "Bo"
    assert site.client.post(address, files=sheet, params={"decide": "true"}).json() == {
        **told,
        "decisions": 1,
    }
    planning.set_owner(site.store, site.study, "t0", "Dirk")
    kept = site.client.post(address, files=sheet, params={"decide": "true"}).json()
    assert kept["decisions"] == 0 and owners(site)[0] == "Dirk"
    site.client.post(address, files=sheet, params={"decide": "true", "overwrite": "true"})
    assert owners(site)[0] == "Bo"


def test_what_is_no_list_is_told_with_the_way_out(site: Site) -> None:
    told = site.client.post(f"/api{site.root}/sheet", files={"file": ("a.csv", b"x,y\n1,2\n")})
    assert told.status_code == 422 and "export it again" in told.json()["detail"]


def test_the_command_shows_and_with_decide_changes(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "pain-points.xlsx"
    file.write_bytes(files(site)["file"][1])
    shown = CliRunner().invoke(app, ["bring-back", "Webwinkel", str(file)])
    assert shown.exit_code == 0 and "\towner\t\tBo" in shown.stdout
    assert owners(site) == ["", ""]
    done = CliRunner().invoke(app, ["bring-back", site.study, str(file), "--decide", "--by", "Bo"])
    assert done.exit_code == 0 and "1 decisions made" in done.stdout
    assert owners(site) == ["Bo", ""]
    assert CliRunner().invoke(app, ["bring-back", site.study, "nergens.xlsx"]).exit_code != 0
