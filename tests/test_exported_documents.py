"""Documents: PDF, Word and slides, opened by other software than ours."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pptx
import pytest
import web_sample
from builders import an_analysis
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader
from test_exporters import hostile

from research import exporting
from research.contracts import Exporter
from research.exporters import BASIC, EXPORTERS
from research.exporters.fitting import fit, lines_of, shortened
from research.exporters.glyphs import drawable
from research.exporters.maps import MAP_EXPORTERS
from research.exporters.pdf import MapPdf, ReportPdf
from research.exporters.pdf_data import MOST_PAINS
from research.exporters.report_docx import ReportDocx
from research.exporters.slides_pptx import SlidesPptx
from research.model import About, Analysis, Kpi

ABOUT = About("Webwinkel", "2026-03-31", 2, 7, ("Anne",))
PDFS = (ReportPdf(), MapPdf())


@cache
def sample() -> Analysis:
    kpi = Kpi("service", "NPS", "", 12.5, "", "2026-03", None, None, "", None, "x.csv", "import")
    return exporting.alone(replace(web_sample.analysis(), about=replace(ABOUT, kpis=(kpi,))))


@cache
def accepted() -> Analysis:
    full = sample()
    return replace(full, personas=tuple(replace(p, status="accepted") for p in full.personas))


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(content)).pages).split())


@pytest.mark.parametrize("exporter", PDFS, ids=lambda e: e.name)
class TestPdf:
    def test_it_is_tagged_in_its_language_and_has_a_title(self, exporter: ReportPdf) -> None:
        root = PdfReader(BytesIO(exporter.export(sample()))).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
        assert root["/Lang"] == "nl"
        assert "pdfuaid:part" in root["/Metadata"].get_data().decode("utf-8")
        assert PdfReader(BytesIO(exporter.export(sample()))).metadata.title == "Webwinkel"

    def test_every_font_is_embedded(self, exporter: ReportPdf) -> None:
        fonts = [
            font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]
            for page in PdfReader(BytesIO(exporter.export(sample()))).pages
            for font in page["/Resources"]["/Font"].values()
        ]
        assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)

    def test_it_says_how_it_was_made_and_that_it_is_a_draft(self, exporter: ReportPdf) -> None:
        text = pdf_text(exporter.export(sample()))
        assert "v2.7" in text and "Anne" in text and "CONCEPT" in text
        assert "CONCEPT" not in pdf_text(exporter.export(accepted()))

    def test_letters_that_no_font_has_do_no_harm(self, exporter: ReportPdf) -> None:
        named = tuple(replace(t, label="Top 👍 漢 שלום شكرا") for t in sample().themes)
        assert exporter.export(replace(sample(), themes=named))

    def test_text_is_never_read_as_markup(self, exporter: ReportPdf) -> None:
        evil = '#panic("x") #let a = 1 *vet* $x$ [a] @b <c> \\ #read("/etc/passwd")'
        personas = tuple(replace(p, name=evil) for p in sample().personas)
        text = pdf_text(exporter.export(replace(sample(), personas=personas)))
        assert '#panic("x")' in text.replace("“", '"').replace("”", '"') and "*vet*" in text


def test_a_letter_without_a_glyph_is_shown_as_a_square_and_an_emoji_by_name() -> None:
    assert drawable("Top 👍 漢 שלום é") == "Top [thumbs up sign] □ שלום é"
    assert drawable("e\u0301 👩\u200d👧 \u1f5b") != ""


def test_the_report_has_every_pain_point_with_its_people() -> None:
    text = pdf_text(ReportPdf().export(sample()))
    assert "Betalen lukt niet in één keer" in text and "6 van 9" in text
    assert "De nachecker" in text and "Hoe dit gemaakt is" in text


def test_the_map_has_a_page_for_everyone_and_each_persona_on_a3() -> None:
    pages = PdfReader(BytesIO(MapPdf().export(sample()))).pages
    assert len(pages) == 3
    assert [round(float(x)) for x in pages[0].mediabox[2:]] == [1191, 842]
    text = pdf_text(MapPdf().export(sample()))
    assert "Klantreis: Iedereen" in text and "geen bewijs" in text


def test_a_long_list_is_cut_and_the_report_says_so() -> None:
    first = sample().themes[0]
    many = tuple(replace(first, id=f"t{n}", label=f"Punt {n}") for n in range(MOST_PAINS + 7))
    text = pdf_text(ReportPdf().export(replace(sample(), themes=many, personas=())))
    assert "de lijst heeft de andere 7" in text


def test_a_study_of_nothing_gives_documents_too() -> None:
    full = an_analysis()
    empty = replace(full, themes=(), personas=(), maps=(), statements=(), participants=())
    assert all(exporter.export(empty) for exporter in (*PDFS, ReportDocx(), SlidesPptx()))


# --- Word --------------------------------------------------------------------------


def word(analysis: Analysis) -> Any:
    return docx.Document(BytesIO(ReportDocx().export(analysis)))


def test_a_word_document_has_headings_tables_and_a_footer() -> None:
    document = word(sample())
    headings = {p.text for p in document.paragraphs if p.style.name.startswith("Heading")}
    assert {"Knelpunten", "Kansen", "De nachecker", "Hoe dit gemaakt is"} <= headings
    assert document.tables[0].cell(1, 0).text == "Pakket zoekraken zonder uitleg"
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    section = document.sections[0]
    assert "v2.7" in section.footer.paragraphs[0].text
    assert section.header.paragraphs[0].text == "CONCEPT"
    assert document.core_properties.title == "Webwinkel"
    assert document.core_properties.modified == datetime(2026, 3, 31, tzinfo=UTC)


def test_an_accepted_word_document_bears_no_draft_mark() -> None:
    document = word(accepted())
    assert document.sections[0].header.paragraphs[0].text == ""
    assert "CONCEPT" not in "".join(p.text for p in document.paragraphs)


# --- slides ------------------------------------------------------------------------


def deck(analysis: Analysis) -> Any:
    return pptx.Presentation(BytesIO(SlidesPptx().export(analysis)))


def titles(analysis: Analysis) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck(analysis).slides]


def test_there_is_a_slide_a_persona_and_a_map() -> None:
    assert titles(sample()) == [
        *("Webwinkel", "Knelpunten", "De nachecker", "De terugkomer"),
        *("Klantreis: Iedereen", "Kansen", "Hoe dit gemaakt is"),
    ]


def test_the_notes_of_a_persona_hold_every_line_with_its_words() -> None:
    full = sample()
    notes = deck(full).slides[2].notes_slide.notes_text_frame.text
    for claim in full.personas[0].claims:
        assert claim.text in notes
    assert "(Deelnemer 1)" in notes and "5\u00a0van\u00a05" in notes


def test_nothing_lies_outside_a_slide() -> None:
    found = deck(many_personas())
    for slide in found.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= found.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= found.slide_height


def many_personas() -> Analysis:
    """Ten personas with more long lines each than a slide can hold."""
    full = sample()
    line = "Wil van tevoren precies weten wanneer de bezorger komt, anders blijft men wachten"
    first = full.personas[0]
    claims = tuple(
        replace(first.claims[0], kind=kind, text=f"{line} ({n})")
        for kind in ("motivation", "pain", "criterion")
        for n in range(25)
    )
    long = replace(first, claims=claims, summary=f"{line}. " * 6, name=f"{line}: {line}")
    return replace(full, personas=tuple(replace(long, id=f"p{n}") for n in range(10)))


def test_text_that_does_not_fit_a_panel_is_counted_and_stands_in_the_notes() -> None:
    slide = deck(many_personas()).slides[2]
    texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    assert any("in de notities" in text for text in texts)
    assert "(24)" in slide.notes_slide.notes_text_frame.text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.floats(40, 400))
def test_shortened_text_stands_on_as_many_lines_as_it_may(text: str, width: float) -> None:
    assert lines_of(shortened(text, width, 2, 12), width, 12) <= 2 or width < 60


def test_what_fits_is_as_large_as_it_can_be() -> None:
    assert fit(["kort"], 200, 40, (16, 12)).size == 16
    tight = fit(["een lange regel met woorden"] * 9, 60, 60, (16, 12))
    assert tight.size == 12 and tight.kept + tight.left == 9 and tight.left > 0


# --- all of them -------------------------------------------------------------------


def read_back(name: str, content: bytes) -> str:
    """All text of a file, as software that is not ours reads it."""
    if name.endswith(".pdf"):
        return pdf_text(content)
    if name.endswith(".docx"):
        document = docx.Document(BytesIO(content))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        return " ".join([*(p.text for p in document.paragraphs), *cells])
    if name.endswith(".pptx"):
        slides = pptx.Presentation(BytesIO(content)).slides
        return " ".join(
            slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide
        )
    if name.endswith(".xlsx"):
        book = load_workbook(BytesIO(content))
        cells = [c for page in book for row in page.iter_rows() for c in row]
        assert all(c.data_type != "f" and c.hyperlink is None for c in cells)
        return " ".join(str(c.value) for c in cells if c.value is not None)
    return content.decode("utf-8")


MAPS = {e.name for e in MAP_EXPORTERS}  # tests/test_maps.py opens these
OURS = [
    e for e in EXPORTERS if e.name not in MAPS and (e not in BASIC or e.name == "pain-points-csv")
]
EVIL = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("=+-@\t\r\n\x00\x0b\ud800\u202e\u0301שש👍&<>\"'#{}[]$`*_x005F_"),
    ),
    max_size=40,
)


@pytest.mark.parametrize("exporter", OURS, ids=lambda e: e.name)
@settings(max_examples=8, deadline=None)
@given(text=EVIL, language=st.sampled_from(["nl", "en", "de"]))
def test_hostile_text_breaks_no_file_and_is_never_run(
    exporter: Exporter, text: str, language: str
) -> None:
    evil = exporting.alone(replace(hostile(f"{text} einde"), language=language))
    content = exporter.export(evil)
    assert content == exporter.export(evil)
    told = read_back(exporter.filename, content)
    assert "einde" in told or exporter.name in ("slides-pptx", "map-pdf")
    assert "\ud800" not in told and "\x00" not in told


@pytest.mark.parametrize("exporter", OURS, ids=lambda e: e.name)
def test_the_same_view_gives_the_same_bytes_on_another_day(
    exporter: Exporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exporter.export(sample())
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert exporter.export(sample()) == first


@pytest.mark.parametrize("exporter", OURS, ids=lambda e: e.name)
def test_what_has_no_order_does_not_change_the_bytes(exporter: Exporter) -> None:
    full = sample()
    turned = replace(
        full,
        sources=full.sources[::-1],
        participants=full.participants[::-1],
        statements=full.statements[::-1],
        themes=full.themes[::-1],
    )
    assert exporter.export(turned) == exporter.export(full)
