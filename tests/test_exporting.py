"""Taking results away: names of files, what stands beside the findings, analysis.json back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import web_sample
from builders import a_decision, an_analysis
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from api.cli import app
from api.purposes import EXPORT, GROUP
from research import exporting, planning, retention, reviewing, studies
from research.errors import BrokenFile, KlantbeeldError, NotFound
from research.exporters import EXPORTERS, AnalysisJson
from research.exporters.cards import CARDS
from research.exporters.index import index
from research.exporters.naming import full_name, plain_name
from research.exporters.provenance import is_draft, provenance
from research.model import About
from research.reopening import analysis_from_json

ABOUT = About(study="Café ’t Hoekje: voorjaar", date="2026-03-31", run=3, decision=12)


def test_a_file_name_says_study_date_and_version() -> None:
    assert plain_name("report.html", ABOUT) == "cafe-t-hoekje-voorjaar-report-2026-03-31-v3.12.html"
    assert full_name("report.html", ABOUT) == "Café ’t Hoekje voorjaar-report-2026-03-31-v3.12.html"


def test_what_is_not_known_is_left_out_of_a_file_name() -> None:
    assert plain_name("analysis.json", About()) == "analysis.json"
    assert plain_name("analysis.json", About(study="客户")) == "study-analysis.json"


@given(st.text(max_size=120))
def test_a_file_name_is_safe_whatever_the_study_is_called(name: str) -> None:
    plain = plain_name("report.html", About(study=name))
    assert plain.isascii() and len(plain) < 100
    assert set(plain) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    full = full_name("report.html", About(study=name))
    assert not set(full) & set('/\\:*?"<>|\r\n\0') and not full.startswith(".")
    full.encode("utf-8")


def test_what_stands_beside_the_findings_comes_from_the_study(home: Path) -> None:
    site = web_sample.site(home)
    planning.set_owner(site.store, site.study, "t0", "Bo", by="Anne")
    reviewing.set_persona_status(site.store, site.study, "a", "accepted", by="Cas")
    retention.set_ground(site.store, site.study, "consent", "Op papier.")
    retention.set_keep_until(site.store, site.study, "2031-05-31")
    seen = exporting.shown(site.store, site.study)
    about = seen.about
    assert (about.study, about.run, about.reviewers) == ("Webwinkel", 1, ("Anne", "Cas"))
    assert about.version == f"v1.{about.decision}" and about.decision >= 2
    assert about.date == studies.list_runs(site.store, site.study)[0].ended.date().isoformat()
    assert (about.basis, about.keep_until) == ("consent", "2031-05-31")
    assert ("Grondslag", "toestemming") in provenance(index(seen))
    owners = {plan.theme: plan.owner for plan in about.plans}
    assert owners == {"t0": "Bo", "t1": ""}
    assert is_draft(seen)


def test_a_study_is_no_draft_once_every_persona_is_accepted() -> None:
    full = an_analysis()
    accepted = replace(full, personas=tuple(replace(p, status="accepted") for p in full.personas))
    assert is_draft(full) and not is_draft(accepted)
    assert is_draft(replace(full, personas=()))


def test_single_voices_have_a_plan_too() -> None:
    log = (a_decision(1, "set-owner", "theme-2", "Bo"),)
    owners = {plan.theme: plan.owner for plan in exporting.plans(an_analysis(), log)}
    assert owners == {"theme-1": "", "theme-2": "Bo"}


def test_an_analysis_json_read_back_gives_the_same_file() -> None:
    for analysis in (an_analysis(), web_sample.analysis(), replace(an_analysis(), about=ABOUT)):
        content = AnalysisJson().export(analysis)
        assert AnalysisJson().export(analysis_from_json("analysis.json", content)) == content


@pytest.mark.parametrize("path", [("study",), ("statements",), ("themes",), ("made_by",)])
def test_a_damaged_analysis_json_is_refused(path: tuple[str, ...]) -> None:
    data = json.loads(AnalysisJson().export(an_analysis()))
    del data[path[0]]
    with pytest.raises(BrokenFile, match=r"analysis\.json"):
        analysis_from_json("analysis.json", json.dumps(data).encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"schema": "other"}'])
def test_what_is_no_analysis_json_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenFile):
        analysis_from_json("analysis.json", content)


def test_a_quote_that_is_not_in_its_passage_is_refused() -> None:
    data = json.loads(AnalysisJson().export(an_analysis()))
    data["statements"][0]["text"] = "Dit zei niemand."
    with pytest.raises(BrokenFile):
        analysis_from_json("analysis.json", json.dumps(data).encode())


@pytest.mark.parametrize(
    ("field", "value"),
    [("date", "../../x"), ("date", "2026-02-31"), ("run", "../x"), ("decision", -1), ("study", 1)],
)
def test_an_analysis_json_that_lies_about_itself_is_refused(field: str, value: object) -> None:
    data = json.loads(AnalysisJson().export(an_analysis()))
    data["about"][field] = value
    with pytest.raises(BrokenFile):
        analysis_from_json("analysis.json", json.dumps(data).encode())


def test_every_export_says_on_the_page_what_it_is_for() -> None:
    assert {name: card.purpose for name, card in CARDS.items()} == EXPORT
    assert tuple(GROUP) == exporting.GROUPS


def test_an_export_that_names_participants_is_made_with_consent_only() -> None:
    for exporter, card in exporting.listed():
        if card.consent:
            with pytest.raises(KlantbeeldError, match="agreed"):
                exporting.written(exporter, an_analysis())
        assert exporting.written(exporter, an_analysis(), consent=True).content


def test_the_command_writes_an_analysis_json_in_every_format(tmp_path: Path) -> None:
    file = tmp_path / "analysis.json"
    file.write_bytes(AnalysisJson().export(an_analysis()))
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["export", str(file), "--out", str(out), "--consent"])
    assert done.exit_code == 0, done.output
    assert {p.name for p in out.iterdir()} == {f"bezorging-{e.filename}" for e in EXPORTERS}


def test_the_command_writes_a_study_by_its_name(home: Path, tmp_path: Path) -> None:
    site = web_sample.site(home)
    call = ["export", "Webwinkel", "--out", str(tmp_path), "--format", "themes-csv"]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 0, done.output
    (written,) = tmp_path.glob("webwinkel-themes-*-v1.0.csv")
    assert (
        written.read_bytes() == exporting.export_study(site.store, site.study, "themes-csv").content
    )


def test_a_study_that_is_not_there_is_named_with_those_that_are(home: Path) -> None:
    site = web_sample.site(home)
    with pytest.raises(NotFound, match="Webwinkel"):
        exporting.find_study(site.store, "nergens")
    studies.create_study(site.store, "Webwinkel")
    with pytest.raises(NotFound, match="several"):
        exporting.find_study(site.store, "Webwinkel")
