"""An edited list of pain points comes back: what would change, conflicts, hostile cells."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import web_sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from research import exporting, planning, studies, theming
from research.bringing_back import apply_changes, preview_list
from research.errors import BadUpload, Conflict, KlantbeeldError, NotFound
from research.model import Upload
from research.sheet_changes import Change, Preview, problem_of
from research.store import Store, analyses, runs

FORMATS = ("pain-points-csv", "pain-points-xlsx")
TITLES = {
    "pain-points-csv": {"label": "label", "owner": "owner", "status": "status", "effort": "effort"},
    "pain-points-xlsx": {
        **{"label": "Naam", "owner": "Eigenaar"},
        **{"status": "Voortgang", "effort": "Inspanning"},
    },
}


@pytest.fixture
def study(home: Path) -> tuple[Store, str]:
    site = web_sample.site(home)
    return site.store, site.study


Edits = dict[str, dict[str, object]]


def edited(store: Store, study: str, name: str, edits: Edits) -> Upload:
    """The list as it is exported, with cells changed: by id, then by field."""
    made = exporting.export_study(store, study, name)
    titled = {i: {TITLES[name].get(f, f): v for f, v in e.items()} for i, e in edits.items()}
    change = edit_csv if name == "pain-points-csv" else edit_xlsx
    return Upload(made.exporter.filename, change(made.content, titled))


def edit_csv(content: bytes, edits: Edits) -> bytes:
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    out = StringIO(newline="")
    writer = csv.DictWriter(out, rows[0], delimiter=";")  # as a Dutch Excel saves it
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, **edits.get(row["id"], {})})
    return out.getvalue().encode("utf-8-sig", "replace")


def edit_xlsx(content: bytes, edits: Edits) -> bytes:
    book = load_workbook(BytesIO(content))
    page = book["Knelpunten"]
    titles = [c.value for c in page[2]]
    for row in page.iter_rows(min_row=3):
        for title, value in edits.get(str(row[titles.index("Id")].value), {}).items():
            row[titles.index(title)].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def told(preview: Preview) -> set[tuple[str, str, str, str]]:
    return {(c.theme, c.field, c.now, c.value) for c in preview.changes}


@pytest.mark.parametrize("name", FORMATS)
def test_a_list_that_nobody_edited_changes_nothing(study: tuple[Store, str], name: str) -> None:
    found = preview_list(*study, edited(*study, name, {}))
    assert (found.changes, found.conflicts, found.refused, found.unknown) == ((), (), (), ())
    assert found.same == 8 and found.undated == 0


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_filled_in_comes_back_as_decisions(study: tuple[Store, str], name: str) -> None:
    words = {"status": "Gepland", "effort": "much work", "owner": " Bo  de Vries "}
    upload = edited(*study, name, {"t0": {**words, "label": "Pakket zoek"}})
    found = preview_list(*study, upload)
    assert told(found) == {
        ("t0", "status", "open", "planned"),
        ("t0", "effort", "", "large"),
        ("t0", "owner", "", "Bo de Vries"),
        ("t0", "label", "Pakket zoekraken zonder uitleg", "Pakket zoek"),
    }
    assert not studies.list_decisions(*study)
    made = apply_changes(*study, found.changes, by="Anne")
    assert {d.by for d in made} == {"Anne"} and all(d.anchors for d in made)
    plan = exporting.shown(*study).about.plans[0]
    assert (plan.owner, plan.status, plan.effort) == ("Bo de Vries", "planned", "large")
    again = preview_list(*study, edited(*study, name, {}))
    assert (again.changes, again.conflicts) == ((), ())


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_list_brought_back_twice_changes_nothing_more(
    study: tuple[Store, str], name: str
) -> None:
    upload = edited(*study, name, {"t1": {"owner": "Bo"}})
    apply_changes(*study, preview_list(*study, upload).changes)
    found = preview_list(*study, upload)
    assert (found.changes, found.conflicts) == ((), ())


@pytest.mark.parametrize("name", FORMATS)
def test_what_somebody_decided_since_is_a_conflict_and_said(
    study: tuple[Store, str], name: str
) -> None:
    upload = edited(*study, name, {"t0": {"owner": "Bo"}, "t1": {"owner": "Cas"}})
    planning.set_owner(*study, "t0", "Dirk", by="Anne")
    found = preview_list(*study, upload)
    assert told(found) == {("t1", "owner", "", "Cas")}
    (conflict,) = found.conflicts
    assert (conflict.theme, conflict.now, conflict.value) == ("t0", "Dirk", "Bo")
    assert conflict.by == "Anne" and conflict.at is not None


@pytest.mark.parametrize("name", FORMATS)
def test_what_the_list_left_alone_does_not_undo_a_later_decision(
    study: tuple[Store, str], name: str
) -> None:
    upload = edited(*study, name, {})
    planning.set_owner(*study, "t0", "Dirk")
    found = preview_list(*study, upload)
    assert (found.changes, found.conflicts) == ((), ())


@pytest.mark.parametrize("name", FORMATS)
def test_an_emptied_cell_takes_an_owner_away(study: tuple[Store, str], name: str) -> None:
    planning.set_owner(*study, "t0", "Dirk")
    found = preview_list(*study, edited(*study, name, {"t0": {"owner": ""}}))
    assert told(found) == {("t0", "owner", "Dirk", "")}
    apply_changes(*study, found.changes)
    assert exporting.shown(*study).about.plans[0].owner == ""


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("owner", '=HYPERLINK("http://x.nl")', "formula"),
        ("owner", "@SUM(1)", "formula"),
        ("label", "-2+3", "formula"),
        ("label", " ", "empty"),
        ("label", "x" * 201, "longer"),
        ("status", "misschien", "choose one of open"),
        ("status", "", "choose one of open"),
        ("effort", "=1", "choose one of|formula"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_the_reason(
    study: tuple[Store, str], name: str, field: str, value: str, reason: str
) -> None:
    found = preview_list(*study, edited(*study, name, {"t0": {field: value}}))
    (refused,) = found.refused
    assert (refused.theme, refused.field) == ("t0", field)
    assert any(part in refused.reason for part in reason.split("|"))
    assert found.changes == ()


@pytest.mark.parametrize("name", FORMATS)
def test_rows_of_something_else_are_listed(study: tuple[Store, str], name: str) -> None:
    ids = {"t0": {"Id" if name.endswith("xlsx") else "id": "t99"}}
    found = preview_list(*study, edited(*study, name, ids))
    (unknown,) = found.unknown
    assert unknown.id == "t99" and "this id" in unknown.reason


def test_a_pain_point_that_was_hidden_since_is_listed(study: tuple[Store, str]) -> None:
    upload = edited(*study, "pain-points-csv", {"t0": {"owner": "Bo"}})
    theming.hide_theme(*study, "t0")
    found = preview_list(*study, upload)
    assert [u.reason for u in found.unknown] == ["it is hidden"] and not found.changes


def test_the_same_id_twice_counts_once(study: tuple[Store, str]) -> None:
    upload = edited(*study, "pain-points-csv", {"t1": {"id": "t0", "owner": "Bo"}})
    found = preview_list(*study, upload)
    assert "the same id as row 2" in found.unknown[0].reason and not found.changes


def test_a_name_of_an_earlier_run_is_not_taken_for_a_new_name(study: tuple[Store, str]) -> None:
    upload = edited(*study, "pain-points-csv", {"t1": {"owner": "Bo"}})
    full = web_sample.analysis()
    named = tuple(replace(t, label=f"{t.label}, volgens een later run") for t in full.themes)
    analyses.save(study[0], runs.begin(*study), replace(full, themes=named), ())
    found = preview_list(*study, upload)
    assert told(found) == {("t1", "owner", "", "Bo")}
    assert {(c.field, c.at) for c in found.conflicts} == {("label", None)}


def test_a_change_that_is_out_of_date_is_not_made(study: tuple[Store, str]) -> None:
    found = preview_list(*study, edited(*study, "pain-points-csv", {"t0": {"owner": "Bo"}}))
    planning.set_owner(*study, "t0", "Dirk")
    with pytest.raises(Conflict, match="just now"):
        apply_changes(*study, found.changes)
    assert len(studies.list_decisions(*study)) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"theme": "nowhere"}, NotFound),
        ({"field": "definition"}, NotFound),
        ({"field": "status", "now": "open", "value": "perhaps"}, KlantbeeldError),
        ({"value": "=1+1"}, KlantbeeldError),
        ({"value": "twee\nregels"}, KlantbeeldError),
    ],
)
def test_a_change_is_checked_again_before_it_is_made(
    study: tuple[Store, str], change: dict[str, str], error: type[KlantbeeldError]
) -> None:
    good = Change(2, "t0", "Pakket", "owner", "", "Bo")
    with pytest.raises(error):
        apply_changes(*study, [good, replace(good, **change)])
    assert not studies.list_decisions(*study)


@pytest.mark.parametrize(
    "upload",
    [
        Upload("lijst.csv", b""),
        Upload("lijst.csv", b"naam,eigenaar\na,b\n"),
        Upload("lijst.csv", b"id,owner\n"),
        Upload("lijst.xlsx", b"PK\x03\x04 geen zip"),
        Upload("lijst.csv", b"\x89PNG\r\n"),
        Upload(
            "lijst.csv", b"id,owner,version\n" + b"".join(b"t0,a,v1.%d\n" % n for n in range(30))
        ),
    ],
)
def test_what_is_no_list_is_refused(study: tuple[Store, str], upload: Upload) -> None:
    with pytest.raises(BadUpload, match=upload.name):
        preview_list(*study, upload)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def test_a_formula_behind_a_character_that_goes_is_refused_too() -> None:
    assert problem_of("label", "\x80=SUM(A1)", {}) == "looks like a formula"
    assert problem_of("label", "Som is 1+1", {}) == ""


@pytest.mark.parametrize("name", FORMATS)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    owners=st.lists(NAMES, min_size=2, max_size=2),
    labels=st.lists(NAMES, min_size=2, max_size=2),
    statuses=st.lists(st.sampled_from(["open", "Klaar", "DOING"]), min_size=2, max_size=2),
)
def test_whatever_is_typed_comes_back_or_is_refused_and_stays_so(
    study: tuple[Store, str],
    name: str,
    owners: list[str],
    labels: list[str],
    statuses: list[str],
) -> None:
    """Each cell is a change, refused or the same; once applied, the next list is unchanged."""

    def clean(typed: str) -> str:
        """What a cell of a workbook can hold."""
        return "".join(c for c in typed if " " <= c < "\ufffe")

    edits: Edits = {
        theme: {"owner": clean(o), "label": clean(n), "status": s}
        for theme, o, n, s in zip(("t0", "t1"), owners, labels, statuses, strict=True)
    }
    found = preview_list(*study, edited(*study, name, edits))
    assert len(found.changes) + len(found.refused) + found.same == 8
    apply_changes(*study, found.changes)
    again = preview_list(*study, edited(*study, name, {}))
    assert (again.changes, again.conflicts, again.refused, again.unknown) == ((), (), (), ())
    filled = {p.theme: p.owner for p in exporting.shown(*study).about.plans}
    for change in found.changes:
        if change.field == "owner":
            assert filled[change.theme] == change.value
