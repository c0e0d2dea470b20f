"""Documents: PDF, Word and slides, opened by other software than ours."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
import web_sample
from builders import an_analysis
from pypdf import PdfReader

from research import exporting
from research.exporters.glyphs import drawable
from research.exporters.pdf import MapPdf, ReportPdf
from research.exporters.pdf_data import MOST_PAINS
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
    assert all(exporter.export(empty) for exporter in PDFS)
