"""Privacy on the pages, below /api and on the command line, on a study that really ran."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from builders import MOMENT
from fastapi.testclient import TestClient
from sqlalchemy.exc import IntegrityError
from test_erasing import analysed, copied, in_folder  # noqa: F401  # the fixture of an analysed folder
from typer.testing import CliRunner, Result
from web_sample import HERE, Site

from api.app import create_app
from api.cli import app
from research import access, auditing, retention, studies
from research.access_file import packed, page
from research.errors import Conflict
from research.model import Ground, Reading, Run
from research.settings import Settings
from research.store import analyses, open_store, sources


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


# --- until when, and why -----------------------------------------------------------


def test_the_page_keeps_what_people_choose(site: Site) -> None:
    form = {"originals": "encrypted", "keep_until": "2030-01-31", "basis": "consent"}
    answer = site.client.post(f"{site.root}/privacy", data={**form, "consent": "Op papier."})
    assert answer.status_code == 303
    told = site.client.get(f"/api{site.root}/privacy").json()["chosen"]
    assert told == {
        "originals": "encrypted",
        "keep_until": "2030-01-31",
        "ground": {"basis": "consent", "consent": "Op papier."},
    }
    assert "Op papier." in site.client.get(f"{site.root}/privacy").text
    assert site.client.get(site.root).text.count("is deleted after") == 0


def test_a_program_changes_only_what_it_names(site: Site) -> None:
    root = f"/api{site.root}/privacy"
    site.client.patch(root, json={"basis": "contract", "consent": "Ja."})
    told = site.client.patch(root, json={"originals": "none"}).json()
    assert (told["originals"], told["ground"]["basis"]) == ("none", "contract")
    assert not any(r.redacted is False and r.passages for r in readings(site))
    assert site.client.patch(root, json={"keep_until": "morgen"}).status_code == 400
    assert site.client.patch(root, json={"basis": "zomaar"}).status_code == 400


def readings(site: Site) -> tuple[Reading, ...]:
    return sources.readings(site.store, site.study)


def test_a_file_has_a_ground_of_its_own_or_the_studys(site: Site) -> None:
    retention.set_ground(site.store, site.study, "consent", "Mondeling.")
    person, _ = twice(site)
    alone = next(s.id for s in sources.kept(site.store, site.study) if s.name.startswith("mieke"))
    own = {"basis": "contract", "consent": "Klant."}
    page = f"{site.root}/files/{alone}/ground"
    assert site.client.post(page, data=own).status_code == 303
    told = site.client.get(f"/api{site.root}/participants/{person}/access").json()
    grounds = {f["name"]: f["ground"] for f in told["files"]}
    assert grounds["mieke-zonneveld.txt"] == own
    assert grounds["groep.txt"] == {"basis": "consent", "consent": "Mondeling."}
    assert site.client.put(f"/api{page}", json={}).status_code == 200
    assert set(retention.grounds_of(site.store, site.study).values()) == {
        Ground("consent", "Mondeling.")
    }
    assert site.client.put(f"/api{site.root}/files/0000/ground", json={}).status_code == 404


def test_a_date_that_is_near_is_told_on_every_page(site: Site) -> None:
    near = date.today() + timedelta(days=3)
    retention.set_keep_until(site.store, site.study, near.isoformat())
    assert f"This study is deleted after {near}, in 3 days." in site.client.get(site.root).text
    past = date.today() - timedelta(days=1)
    retention.set_keep_until(site.store, site.study, past.isoformat())
    assert f"was to be kept until {past}" in site.client.get(f"{site.root}/files").text


def test_a_purge_deletes_what_is_past_its_date_and_only_that(site: Site, home: Path) -> None:
    other = studies.create_study(site.store, "Ander")
    retention.set_keep_until(site.store, site.study, "2030-01-31")
    last = datetime(2030, 1, 31, 12, tzinfo=UTC)
    assert retention.purge(site.store, audit_days=36_500, now=last).studies == ()
    done = retention.purge(site.store, audit_days=36_500, now=last + timedelta(days=1))
    assert done.studies == (site.study,)
    assert studies.list_studies(site.store) == (other,)
    assert in_folder(home, "schutting") == []
    assert [(e.action, e.study) for e in auditing.audit_log(site.store)] == [("purge", site.study)]


def test_the_command_and_the_server_purge(site: Site, home: Path) -> None:
    retention.set_keep_until(site.store, site.study, "2020-01-31")
    done = run("purge", "--json")
    assert json.loads(done.stdout)["studies"] == [site.study]
    again = studies.create_study(site.store, "Ander")
    retention.set_keep_until(site.store, again.id, "2020-01-31")
    with TestClient(create_app(Settings(home=home), runner=Idle()), base_url=HERE) as client:
        assert client.get("/api/studies").json()["studies"] == []


class Idle:
    """A runner that runs nothing."""

    def start(self, study_id: str) -> Run:
        raise Conflict("not here")

    def cancel(self, run_id: str) -> None:
        return None

    def launch(self) -> None:
        return None

    def close(self) -> None:
        return None


# --- the audit log -----------------------------------------------------------------


def log_of(site: Site, **wanted: str) -> list[tuple[str, str, str]]:
    told = site.client.get(f"/api{site.root}/audit", params=wanted).json()
    return [(e["who"], e["action"], e["what"]) for e in reversed(told["entries"])]


def test_the_log_tells_who_saw_changed_and_exported_what(site: Site) -> None:
    person, _ = twice(site)
    ans = {"x-decided-by": "Ans"}
    site.client.get(f"{site.root}/participants/{person}", headers=ans)
    site.client.post(f"{site.root}/privacy", data={"originals": "encrypted"}, headers=ans)
    site.client.get(f"{site.root}/downloads/themes-csv")
    site.client.get(f"{site.root}/participants/{person}/access")
    site.client.get(f"{site.root}/participants/nobody", headers=ans)
    assert log_of(site) == [
        ("Ans", "see", f"participants/{person}"),
        ("Ans", "change", "privacy"),
        ("", "export", "downloads/themes-csv"),
        ("", "access", f"participants/{person}/access"),
    ]
    assert log_of(site, who="Ans", action="see") == [("Ans", "see", f"participants/{person}")]
    assert log_of(site, since="2999-01-01") == []
    assert site.client.get(f"/api{site.root}/audit?action=zien").status_code == 400
    assert site.client.get(f"/api{site.root}/audit?since=gisteren").status_code == 400


def test_the_log_is_a_table_that_runs_no_formula(site: Site) -> None:
    site.client.get(site.root, headers={"x-decided-by": "=1+1"})
    answer = site.client.get(f"{site.root}/audit.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = answer.text.splitlines()
    assert rows[0].endswith('"at","who","action","study","what"')
    assert f'"\'=1+1","see","{site.study}"' in rows[1]
    assert site.client.get("/audit.csv").text.splitlines()[0] == rows[0]
    assert run("audit", "--study", "Bezorging").stdout.splitlines()[0] == rows[0]


def test_the_log_outlives_the_study_and_the_person(site: Site) -> None:
    person, _ = twice(site)
    site.client.delete(f"/api{site.root}/participants/{person}")
    site.client.post(f"{site.root}/delete")
    told = [(e["action"], e["study"]) for e in site.client.get("/api/audit").json()["entries"]]
    assert told == [("delete", site.study), ("erase", site.study)]
    assert "Participant erased" in site.client.get("/audit").text


def test_no_text_gets_into_the_log_through_an_address(site: Site) -> None:
    auditing.record(site.store, "Ans", "see", site.study, "participants/Mieke Zonneveld")
    assert log_of(site) == [("Ans", "see", "?")]


def test_the_log_only_grows_until_it_is_old(site: Site) -> None:
    auditing.record(site.store, "Ans", "see", site.study, "themes")
    for change in ("UPDATE audit SET who = ''", "DELETE FROM audit"):
        with pytest.raises(IntegrityError, match="append-only"), site.store.engine.begin() as db:
            db.exec_driver_sql(change)
    with site.store.engine.begin() as db:
        old = "INSERT INTO audit (at, who, action, study, what) VALUES ('2020-01-01T00:00:00',"
        db.exec_driver_sql(f"{old} 'Bo', 'see', 'x', '')")
    assert retention.purge(site.store, audit_days=31).audit_entries == 1
    assert [e.who for e in auditing.audit_log(site.store)] == ["Ans"]
