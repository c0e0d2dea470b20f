"""OpenDocument sheets as tables of surveys, reviews and participants."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

import pytest

from research.errors import BadUpload, BrokenFile, EmptyFile, TooLarge
from research.metrics.tables import blocks_of
from research.model import Upload
from research.readers import ods, read_upload
from research.readers.grid import grid_of

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table")
)
SURVEY = [
    ["Tijdstempel", "E-mailadres", "Leeftijdsgroep", "Zou u ons aanbevelen?", "Wat ging er mis?"],
    ["2026-01-15 09:00", "a@example.org", "25-34", "6", "De bezorgdatum veranderde drie keer"],
    ["2026-01-15 09:05", "b@example.org", "35-44", "9", "n.v.t."],
    ["2026-01-15 09:07", "c@example.org", "25-34", "8", "Niemand nam de telefoon op; jammer"],
]


def text(words: str, more: str = "") -> str:
    """A cell with words."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in words.split("\n"))
    return f'<table:table-cell office:value-type="string"{more}>{lines}</table:table-cell>'


def value(kind: str, name: str, held: str, shown: str) -> str:
    """A cell with a value."""
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{held}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def row(*cells: str, more: str = "") -> str:
    """A row of cells."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def rest(columns: int = 16_384, rows: int = 1_048_576) -> str:
    """The empty remainder of a sheet, as Calc writes it."""
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"/>'
    return row(cell, more=f' table:number-rows-repeated="{rows}"')


def sheet(*rows: str, name: str = "Blad1") -> str:
    """A sheet of rows."""
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def file(*sheets: str, name: str = "tabel.ods", manifest: str = "") -> Upload:
    """An OpenDocument file of sheets."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet"
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>"
            f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    return Upload(name, content.getvalue())


def test_a_survey_gives_the_same_as_the_text_one() -> None:
    lines = "".join(";".join(f'"{cell}"' for cell in cells) + "\n" for cells in SURVEY)
    found = read_upload(file(sheet(*(row(*map(text, cells)) for cells in SURVEY), rest())))
    wanted = read_upload(Upload("tabel.csv", lines.encode()))
    assert found.passages == wanted.passages
    assert found.set_aside == wanted.set_aside
    assert found.notes == ("personal columns dropped: E-mailadres",)
    assert found.passages[0].text == "De bezorgdatum veranderde drie keer"
    assert found.passages[0].attributes == (("Leeftijdsgroep", "25-34"), ("nps", "6"))


def test_reviews_give_ratings_and_dates() -> None:
    head = row(text("datum"), text("sterren"), text("titel"), text("review"))
    one = row(
        value("date", "date-value", "2026-01-15", "15-01-26"),
        value("float", "value", "2", "2"),
        text("Te laat"),
        text("De bezorgdatum\nveranderde drie keer."),
    )
    two = row(
        value("date", "date-value", "2026-01-16T09:30:00", "16 jan 2026 09:30"),
        value("float", "value", "4.6", "4,6"),
        "<table:table-cell/>",
        text("Snel geleverd."),
    )
    first, second = read_upload(file(sheet(head, one, two, rest()))).passages
    assert first.text == "Te laat\nDe bezorgdatum\nveranderde drie keer."
    assert (first.rating, first.date, first.place) == (2.0, "2026-01-15", "row 1")
    assert (second.text, second.rating, second.date) == ("Snel geleverd.", 4.6, "2026-01-16")


def test_participants_are_known_by_their_columns() -> None:
    rows = [["deelnemer", "regio"], ["Deelnemer 7", "Noord"], ["Deelnemer 8", "Zuid"]]
    reading = read_upload(file(sheet(*(row(*map(text, cells)) for cells in rows))))
    assert reading.reader == "participants"
    assert [(p.keys, p.attributes) for p in reading.participants] == [
        (("Deelnemer 7",), (("regio", "Noord"),)),
        (("Deelnemer 8",), (("regio", "Zuid"),)),
    ]


def test_cells_are_what_a_person_reads() -> None:
    comment = "<office:annotation><text:p>Klopt dit?</text:p></office:annotation>"
    noted = f'<table:table-cell office:value-type="string">{comment}<text:p>ja</text:p>'
    cells = row(
        value("float", "value", "12", "12"),
        value("percentage", "value", "0.625", "62,5%"),
        value("currency", "value", "9.5", "€ 9,50"),
        value("boolean", "boolean-value", "true", "WAAR"),
        value("date", "date-value", "ooit", "ooit"),
        value("time", "time-value", "PT09H00M00S", "09:00:00"),
        '<table:covered-table-cell table:number-columns-repeated="2"/>',
        f"{noted}</table:table-cell>",
    )
    wide = row(text("x", ' table:number-columns-repeated="9"'))
    assert grid_of(file(sheet(wide, cells))).rows[1] == (
        "12", "0.625", "9.5", "yes", "ooit", "09:00:00", "", "", "ja",
    )  # fmt: skip


def test_rows_that_stand_for_several_and_rows_in_groups_are_all_read() -> None:
    group = f"<table:table-row-group>{row(text('twee'))}</table:table-row-group>"
    head = f"<table:table-header-rows>{row(text('kop'))}</table:table-header-rows>"
    many = row(text("een"), more=' table:number-rows-repeated="3"')
    assert grid_of(file(sheet(head, many, group))).rows == (
        ("kop",), ("een",), ("een",), ("een",), ("twee",),
    )  # fmt: skip


def test_only_the_first_sheet_with_cells_is_read_and_that_is_noted() -> None:
    filled = sheet(*(row(*map(text, cells)) for cells in SURVEY), name="Antwoorden")
    other = sheet(row(text("x")), name="Uitleg")
    reading = read_upload(file(sheet(rest(), name="Leeg"), filled, other))
    assert len(reading.passages) == 2
    assert reading.notes[0] == "only the sheet Antwoorden is read, not: Uitleg"


def test_a_sheet_under_another_name_is_known_by_what_it_says() -> None:
    content = file(sheet(*(row(*map(text, cells)) for cells in SURVEY))).content
    assert len(read_upload(Upload("export", content)).passages) == 2


def test_a_file_without_cells_is_empty() -> None:
    with pytest.raises(EmptyFile, match="every sheet is empty"):
        read_upload(file(sheet(rest())))


def test_a_locked_sheet_says_so() -> None:
    with pytest.raises(BrokenFile, match="locked with a password"):
        read_upload(file(sheet(), manifest="<encryption-data/>"))


@pytest.mark.parametrize(
    "hostile",
    [
        row(text("x", ' table:number-columns-repeated="999999999"')),
        row(text("x"), more=' table:number-rows-repeated="999999999"'),
        row('<table:table-cell table:number-columns-repeated="999999999"/>', text("x")),
    ],
)
def test_a_sheet_that_would_grow_beyond_reason_is_refused(hostile: str) -> None:
    with pytest.raises(TooLarge, match="more cells than a survey can"):
        read_upload(file(sheet(hostile)))


def test_too_many_rows_are_refused_like_those_of_any_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ods, "MAX_CELLS", 10)
    with pytest.raises(TooLarge):
        read_upload(file(sheet(*(row(text(f"antwoord {n}")) for n in range(11)))))


@pytest.mark.parametrize("xml", [b"", b"<x>", b"geen xml", b"<?xml version='1.0'?><a/>"])
def test_broken_xml_is_refused(xml: bytes) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("content.xml", xml)
    with pytest.raises(BadUpload, match=r"tabel\.ods"):
        read_upload(Upload("tabel.ods", content.getvalue()))


def test_xml_entities_are_refused_before_they_can_grow() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    with pytest.raises(BrokenFile, match="entities"):
        read_upload(Upload("tabel.ods", content.getvalue()))


def test_metrics_are_read_from_a_sheet_too() -> None:
    head = row(text("metric"), text("period"), text("value"))
    one = row(text("NPS"), text("2026-03"), value("float", "value", "31", "31"))
    (table,) = blocks_of(file(sheet(head, one, rest()))).tables
    assert [cells for _, cells in table.rows] == [("NPS", "2026-03", "31")]
