"""Transcripts in documents: OpenDocument, and what Word, OpenDocument and web pages share."""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from research.errors import BadUpload, BrokenFile, UnknownFormat
from research.model import Reading, Upload
from research.readers import read_upload
from research.readers.documents import Paragraph, spoken_table, text_of

Turn = tuple[str, str, str]

NAMESPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
        for name, urn in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def turns(reading: Reading) -> list[Turn]:
    """Place, voice and text of every passage."""
    return [(p.place, p.voice, p.text) for p in reading.passages]


def odt(body: str, *, manifest: str = "", name: str = "gesprek.odt") -> Upload:
    """An OpenDocument text as LibreOffice lays one out."""
    content = BytesIO()
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMESPACES}>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = zipfile.ZipInfo("mimetype")
        archive.writestr(kind, "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", manifest)
    return Upload(name, content.getvalue())


def paragraphs(*lines: str) -> str:
    """Lines as paragraphs of an OpenDocument text."""
    return "".join(f"<text:p>{line}</text:p>" for line in lines)


def test_an_opendocument_text_gives_its_turns() -> None:
    body = paragraphs(
        "<text:span>Interviewer:</text:span> Hoe ging het?",
        "<text:span>Deel</text:span>nemer 7: Traag, want<text:line-break/>niemand nam op.",
        "Het duurde<text:s text:c='3'/>drie<text:tab/>weken.",
    )
    assert turns(read_upload(odt(body))) == [
        ("line 1", "Interviewer", "Hoe ging het?"),
        ("line 2", "Deelnemer 7", "Traag, want niemand nam op. Het duurde drie weken."),
    ]


def test_comments_footnotes_and_deleted_words_are_nobodys_speech() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        "<text:p>Deelnemer 7: Gewist.</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    ) + paragraphs(
        "Interviewer: Hoe<office:annotation><dc:creator>Ans</dc:creator>"
        "<text:p>Goede vraag</text:p></office:annotation> ging het?",
        "Deelnemer 7: Traag<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Zie bijlage</text:p></text:note-body></text:note>.",
    )
    assert turns(read_upload(odt(body))) == [
        ("line 1", "Interviewer", "Hoe ging het?"),
        ("line 2", "Deelnemer 7", "Traag."),
    ]


def test_headings_of_an_opendocument_text_are_set_aside() -> None:
    body = paragraphs("Interviewer: Hoe ging het?", "Deelnemer 7: Traag.")
    body += "<text:h text:outline-level='2'>Deel 2: de bezorging</text:h>"
    body += paragraphs("Deelnemer 7: Die kwam drie keer.")
    reading = read_upload(odt(body))
    assert [text for _, _, text in turns(reading)] == [
        "Hoe ging het?",
        "Traag. Die kwam drie keer.",
    ]
    assert [(s.text, s.reason) for s in reading.set_aside] == [
        ("# Deel 2: de bezorging", "a heading")
    ]


def test_lists_and_sections_are_read_in_order() -> None:
    body = (
        "<text:section><text:list><text:list-item><text:p>V: Hoe ging het?</text:p>"
        "</text:list-item><text:list-item><text:p>A: Traag.</text:p></text:list-item>"
        "</text:list></text:section>"
    ) + paragraphs("V: Waarom?", "A: Geen idee.")
    assert [(voice, text) for _, voice, text in turns(read_upload(odt(body)))] == [
        ("V", "Hoe ging het?"),
        ("A", "Traag."),
        ("V", "Waarom?"),
        ("A", "Geen idee."),
    ]


def row(*cells: str) -> str:
    """A row of an OpenDocument table."""
    inner = "".join(
        f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"


def test_a_table_of_speakers_is_read_and_another_is_noted() -> None:
    facts = f"<table:table>{row('Leeftijd', '34')}{row('Regio', 'Noord')}</table:table>"
    talk = (
        f"<table:table><table:table-header-rows>{row('Tijd', 'Spreker', 'Tekst')}"
        f"</table:table-header-rows>{row('0:03', 'Anna', 'Hoe ging het?')}"
        f"{row('1:07', 'Bo', 'Traag.')}{row('1:20', 'Anna', 'O.')}</table:table>"
    )
    reading = read_upload(odt(facts + talk))
    assert turns(reading) == [
        ("00:00:03", "Anna", "Hoe ging het?"),
        ("00:01:07", "Bo", "Traag."),
        ("00:01:20", "Anna", "O."),
    ]
    assert reading.notes == ("1 table in the document not read",)
    assert "34" not in repr(reading.passages)


def test_a_locked_opendocument_says_so() -> None:
    locked = odt("", manifest="<manifest:encryption-data/>")
    with pytest.raises(BrokenFile, match="locked with a password; open it, save it without one"):
        read_upload(locked)


def test_an_older_list_of_parts_with_a_document_type_is_no_attack() -> None:
    manifest = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD" "Manifest.dtd"><m/>'
    body = paragraphs("Interviewer: Hoe?", "Deelnemer 7: Traag.")
    assert len(read_upload(odt(body, manifest=manifest)).passages) == 2


@pytest.mark.parametrize("body", ["", paragraphs("Onze bevindingen", "Het was traag.")])
def test_an_opendocument_report_is_refused_with_the_way_out(body: str) -> None:
    with pytest.raises(UnknownFormat, match="begin each turn with a name and a colon"):
        read_upload(odt(body))


@pytest.mark.parametrize("depth", [400, 20_000])
def test_deeply_nested_elements_never_end_in_a_traceback(depth: int) -> None:
    body = paragraphs("Interviewer: Hoe?", "Deelnemer 7: Traag.")
    body += "<text:section>" * depth + "</text:section>" * depth
    body += "<text:p>" + "<text:span>" * depth + "</text:span>" * depth + "</text:p>"
    try:
        assert len(read_upload(odt(body)).passages) == 2
    except BadUpload as refused:
        assert refused.reason


def test_a_million_spaces_stay_a_few() -> None:
    body = paragraphs("Interviewer: Hoe?", "Deelnemer 7:<text:s text:c='999999999'/>Traag.")
    assert read_upload(odt(body)).passages[1].text == "Traag."


def test_word_gives_headings_and_tables_of_speakers_too() -> None:
    document = Document()
    document.add_heading("Gesprek met een klant", 1)
    table = document.add_table(3, 2)
    for cells, (name, said) in zip(
        table.rows,
        [("Spreker", "Tekst"), ("Interviewer", "Hoe ging het?"), ("Deelnemer 7", "Traag.")],
        strict=True,
    ):
        cells.cells[0].text, cells.cells[1].text = name, said
    content = BytesIO()
    document.save(content)
    reading = read_upload(Upload("gesprek.docx", content.getvalue()))
    assert [(voice, text) for _, voice, text in turns(reading)] == [
        ("Interviewer", "Hoe ging het?"),
        ("Deelnemer 7", "Traag."),
    ]
    assert [s.text for s in reading.set_aside] == ["# Gesprek met een klant", "# Spreker Tekst"]


def test_a_heading_that_names_who_speaks_stays_a_name() -> None:
    heads = [
        Paragraph("Anna Wit", heading=True),
        Paragraph("Hoe ging het?"),
        Paragraph("Bo Vale   0:07", heading=True),
        Paragraph("Traag."),
        Paragraph("Anna Wit", heading=True),
        Paragraph("Over ons", heading=True),
    ]
    assert text_of(heads).split("\n") == [
        "",
        "Anna Wit",
        "Hoe ging het?",
        "",
        "Bo Vale   0:07",
        "Traag.",
        "",
        "Anna Wit",
        "# Over ons",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Leeftijd", "34"], ["Regio", "Noord"]],
        [["Datum", "12 maart"], ["Datum", "13 maart"]],
        [["te laat", "vier keer"], ["te duur", "twee keer"]],
        [["Anna"], ["Bo"]],
        [[]],
        [],
    ],
)
def test_a_table_of_facts_is_not_taken_for_a_conversation(rows: list[list[str]]) -> None:
    assert spoken_table(rows) == []
