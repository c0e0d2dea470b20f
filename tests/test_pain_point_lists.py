"""The list of pain points in each of its formats."""

import json
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import web_sample
from builders import an_analysis
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from research import exporting, planning
from research.exporters.pain_points_csv import PainPointsCsv
from research.exporters.pain_points_json import PainPointsJson
from research.exporters.pain_points_md import PainPointsMd
from research.exporters.pain_points_xlsx import PainPointsXlsx
from research.exporters.pain_rows import EFFORTS, STATUSES
from research.exporters.plain import LONGEST_CELL, cell, safe
from research.model import About, Analysis, Kpi, Plan
from research.opportunities import EFFORTS as PLANNED_EFFORTS
from research.opportunities import STATUSES as PLANNED_STATUSES

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "docs" / "pain-points.schema.json").read_text(encoding="utf-8")
)
FORMULA = '=HYPERLINK("http://x.nl","klik")'


def planned() -> Analysis:
    """An analysis with a plan, a trend and a measure beside it."""
    plan = Plan("theme-1", "Hoe dan?", 0.75, 0.5, "Bo", "planned", "small", "Een app")
    kpi = Kpi("service", "NPS", "", 12.5, "", "2026-03", None, None, "", None, "x.csv", "import")
    about = About("Bezorging", "2026-03-31", 2, 7, ("Anne",), (plan,), (("theme-1", "grown"),))
    return replace(an_analysis(), about=replace(about, kpis=(kpi,)))


@cache
def book(analysis: Analysis) -> Workbook:
    return load_workbook(BytesIO(PainPointsXlsx().export(analysis)))


def rows(analysis: Analysis, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the titles of its columns."""
    _, header, *found = book(analysis)[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in found]


def test_the_workbook_has_a_sheet_for_each_part() -> None:
    assert book(planned()).sheetnames == [
        *("Knelpunten", "Drijfveren", "Kansen", "Citaten"),
        *("Persona’s", "Over dit bestand"),
    ]


def test_a_row_of_the_workbook_says_all_of_a_pain_point() -> None:
    first, second = rows(planned(), "Knelpunten")
    assert (first["Id"], first["Naam"]) == ("theme-1", "Onduidelijk wanneer het komt")
    assert (first["Mensen"], first["Van"], first["Ernst"]) == (2, 3, 0.75)
    assert (first["Eigenaar"], first["Voortgang"], first["Inspanning"]) == (
        *("Bo", "Gepland", "Weinig werk"),
    )
    assert (first["Trend"], first["Meetwaarden"]) == ("Gegroeid", "NPS 12,5 (2026-03)")
    assert first["Versie"] == "v2.7" and first["Kans"] == "Hoe dan?"
    assert second["Voortgang"] == "Open" and second["Bewijs"] == "anekdotisch"


def test_every_statement_of_a_theme_is_among_the_quotes() -> None:
    full = planned()
    told = {(row["Id"], row["Uitspraak"]) for row in rows(full, "Citaten")}
    assert told == {(t.id, s) for t in full.themes for s in t.statements}


def test_a_workbook_is_ready_to_work_in() -> None:
    page = book(planned())["Knelpunten"]
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref.startswith("A2:")
    lists = {v.formula1 for v in page.data_validations.dataValidation}
    assert '"Open,Gepland,Mee bezig,Klaar,Losgelaten"' in lists
    assert page["A1"].value.startswith("CONCEPT")


def test_a_workbook_of_an_accepted_study_bears_no_draft_mark() -> None:
    full = planned()
    accepted = replace(full, personas=tuple(replace(p, status="accepted") for p in full.personas))
    assert book(accepted)["Knelpunten"]["A1"].value.startswith("Aanvaard")


def test_the_workbook_speaks_the_language_of_the_study() -> None:
    english = replace(planned(), language="en")
    assert rows(english, "Pain points")[0]["Progress"] == "Planned"


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    full = planned()
    evil = replace(full, themes=tuple(replace(t, label=FORMULA) for t in full.themes))
    page = book(evil)["Knelpunten"]
    cells = [c for row in page.iter_rows() for c in row]
    assert FORMULA in {c.value for c in cells}
    assert all(c.data_type != "f" and c.hyperlink is None for c in cells)
    assert next(c for c in cells if c.value == FORMULA).quotePrefix


def test_a_cell_is_cut_where_a_spreadsheet_would_and_says_so() -> None:
    long = replace(planned().themes[0], definition="é" * 40_000)
    (row,) = rows(replace(planned(), themes=(long,)), "Knelpunten")
    assert len(row["Definitie"]) == LONGEST_CELL and row["Definitie"].endswith("…")


@given(st.text(st.characters(), max_size=60), st.integers(0, 3))
def test_a_cell_is_never_too_long_nor_broken(text: str, times: int) -> None:
    told = cell(text * 10**times * 4)
    assert len(told.encode("utf-16-le")) <= 2 * LONGEST_CELL
    assert safe(told) == told


def test_letters_from_right_to_left_and_marks_stay_as_they_are() -> None:
    assert safe("شكرا جزيلا עברית") == "شكرا جزيلا עברית"
    assert safe("Cafe\u0301 👩‍👧") == "Cafe\u0301 👩‍👧"
    assert safe("mooi\u202egnp.exe\u0000\ud800") == "mooignp.exe\ufffd\ufffd"


def test_csv_carries_plans_and_the_version() -> None:
    text = PainPointsCsv().export(planned()).decode("utf-8-sig")
    header, first, *_ = text.splitlines()
    told = dict(zip(header.split(","), first.split('","'), strict=False))
    assert {'"owner"': "Bo", '"status"': "planned", '"effort"': "small"}.items() <= told.items()
    assert '"trend"' in told and text.rstrip().endswith('"draft","v2.7"')


@pytest.mark.parametrize("analysis", [an_analysis(), planned(), web_sample.analysis()])
def test_json_keeps_to_its_schema(analysis: Analysis) -> None:
    data = json.loads(PainPointsJson().export(exporting.alone(analysis)))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(data, SCHEMA)
    assert [len(p["quotes"]) for p in data["pain_points"]] == [
        p["statements"] for p in data["pain_points"]
    ]


def test_json_that_breaks_the_schema_is_noticed() -> None:
    data = json.loads(PainPointsJson().export(planned()))
    data["pain_points"][0]["status"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_markdown_says_what_stands_behind_each() -> None:
    text = PainPointsMd().export(planned()).decode("utf-8")
    assert "## Onduidelijk wanneer het komt" in text
    assert "- Mensen: 2 van 3, opkomend" in text
    assert "- Eigenaar: Bo" in text and "CONCEPT" in text and "- Versie: v2.7" in text


def test_what_a_team_may_fill_in_is_what_planning_takes() -> None:
    assert (STATUSES, EFFORTS) == (PLANNED_STATUSES, PLANNED_EFFORTS)


def test_ids_are_the_same_in_every_format_and_after_a_decision(home: Path) -> None:
    site = web_sample.site(home)
    before = [p["id"] for p in _points(site.store, site.study)]
    planning.set_owner(site.store, site.study, "t0", "Bo")
    after = _points(site.store, site.study)
    assert [p["id"] for p in after] == before and after[0]["owner"] == "Bo"
    sheet = exporting.export_study(site.store, site.study, "pain-points-xlsx").content
    page = load_workbook(BytesIO(sheet))["Knelpunten"]
    _, header, *found = page.iter_rows(values_only=True)
    assert [row[header.index("Id")] for row in found] == before


def _points(store: Any, study: str) -> list[dict[str, Any]]:
    made = exporting.export_study(store, study, "pain-points-json")
    points: list[dict[str, Any]] = json.loads(made.content)["pain_points"]
    return points
