"""Transcripts in rich text, as Word, LibreOffice and TextEdit write it."""

import pytest

from research.errors import BadUpload, BrokenFile, UnknownFormat
from research.model import Reading, Upload
from research.readers import read_upload

Turn = tuple[str, str]


def read(
    body: str | bytes, head: str = "\\ansi\\ansicpg1252", name: str = "gesprek.rtf"
) -> Reading:
    """The reading of a rich text file with a body."""
    inner = body.encode("ascii") if isinstance(body, str) else body
    return read_upload(Upload(name, b"{\\rtf1" + head.encode() + b"\n" + inner + b"}"))


def turns(body: str | bytes, head: str = "\\ansi\\ansicpg1252") -> list[Turn]:
    """Voice and text of every passage."""
    return [(p.voice, p.text) for p in read(body, head).passages]


def test_a_rich_text_of_word_gives_its_turns_with_times() -> None:
    body = (
        "{\\fonttbl{\\f0\\fswiss\\fcharset0 Calibri;}}{\\colortbl;\\red0\\green0\\blue0;}"
        "{\\stylesheet{\\s0 Normal;}}{\\*\\generator Riched20 10.0.22621}{\\info{\\author Ans}}"
        "\\pard\\plain\\f0\\fs22{\\b Interviewer}  [00:00:03]: Hoe ging het?\\par\n"
        "\\pard\\plain {\\b Deelnemer 7} [00:01:07]: Traag, want "
        "\\ldblquote geen tijd\\rdblquote .\\line\n"
        "Drie we\\'ebken.\\par"
    )
    reading = read(body)
    assert [(p.place, p.voice, p.text) for p in reading.passages] == [
        ("00:00:03", "Interviewer", "Hoe ging het?"),
        ("00:01:07", "Deelnemer 7", "Traag, want “geen tijd”. Drie weëken."),
    ]


def test_letters_outside_the_code_page_come_out_whole() -> None:
    body = "V: Caf\\u233?\\par A: Priv\\u233\\'e9, "
    body += "\\uc2\\u8364ab 12 \\u-10179??\\u-8704?? \\'80 5.\\par"
    assert turns(body) == [("V", "Café"), ("A", "Privé, € 12 😀 € 5.")]


def test_a_font_says_what_its_bytes_mean() -> None:
    fonts = "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}}"
    body = fonts + "V: Naam?\\par A: {\\f1 Dvo\\'f8\\'e1k} en {\\f0 Ren\\'e9}.\\par"
    assert turns(body) == [("V", "Naam?"), ("A", "Dvořák en René.")]


def test_a_mac_and_a_utf_8_code_page_are_followed() -> None:
    assert turns("V: Wat?\\par A: Caf\\'8e.\\par", "\\mac")[1] == ("A", "Café.")
    assert turns("V: Wat?\\par A: Café.\\par".encode(), "\\ansi\\ansicpg65001")[1] == ("A", "Café.")


def test_what_a_word_processor_hides_is_nobodys_speech() -> None:
    body = (
        "{\\header Onderzoek 2026\\par}{\\footer\\chpgn\\par}V: Hoe{\\v  geheim} ging het?"
        "{\\*\\annotation Goede vraag}\\par A: {\\deleted Snel}Traag{\\footnote zie bijlage}."
        '{\\field{\\*\\fldinst HYPERLINK "https://example.org"}{\\fldrslt  Zie daar.}}'
        "{\\pict\\pngblip 89504e47}{\\listtext 1.}\\par"
    )
    assert turns(body) == [("V", "Hoe ging het?"), ("A", "Traag. Zie daar.")]


def test_bytes_of_a_picture_are_skipped_whatever_they_hold() -> None:
    body = b"V: Hoe?\\par{\\pict\\bin6 }}{{\\x}A: Traag.\\par"
    assert turns(body) == [("V", "Hoe?"), ("A", "Traag.")]


def test_tables_of_speakers_are_read_and_others_noted() -> None:
    body = (
        "\\trowd\\cellx1\\intbl Leeftijd\\cell 34\\cell\\row Tussen\\par"
        "\\trowd\\cellx1\\intbl Anna\\cell Hoe ging\\par het?\\cell\\trowd\\row"
        "\\trowd\\intbl Bo\\cell Traag.\\cell\\row"
        "\\trowd\\intbl Anna\\cell O.\\cell\\row\\pard\\par"
    )
    reading = read(body)
    assert [(p.voice, p.text) for p in reading.passages] == [
        ("Anna", "Hoe ging het?"),
        ("Bo", "Traag."),
        ("Anna", "O."),
    ]
    assert reading.notes == ("1 table in the document not read",)
    assert [s.text for s in reading.set_aside] == ["Tussen"]


def test_headings_are_set_aside() -> None:
    body = (
        "\\pard\\outlinelevel0 Deel 1\\par\\pard V: Hoe?\\par A: Traag.\\par"
        "\\pard\\outlinelevel1 Deel 2: later\\par\\pard A: Beter.\\par"
    )
    reading = read(body)
    assert [(p.voice, p.text) for p in reading.passages] == [("V", "Hoe?"), ("A", "Traag. Beter.")]
    assert [s.text for s in reading.set_aside] == ["# Deel 1", "# Deel 2: later"]


def test_rich_text_under_another_name_is_known_by_its_start() -> None:
    assert read("V: Hoe?\\par A: Traag.\\par", name="gesprek.doc").reader == "rtf"


def test_a_rich_text_report_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnknownFormat, match="begin each turn with a name and a colon"):
        read("Onze bevindingen\\par Het was traag.\\par")


def test_another_file_with_the_name_is_called_so() -> None:
    with pytest.raises(BrokenFile, match=r"this is not a rich text file \(.rtf\)"):
        read_upload(Upload("gesprek.rtf", b"V: Hoe?\nA: Traag.\n"))


@pytest.mark.parametrize(
    "content",
    [
        b"{\\rtf1 V: Hoe?\\par A: Tra",
        b"{\\rtf1 " + b"{" * 100_000,
        b"{\\rtf1 \\bin99999999999 }",
        b"{\\rtf1 \\",
        b"{\\rtf1 \\ansicpg99999 \\u \\f \\f-1 \\uc-5 \\'zz \\u99999999999 }",
        b"{\\rtf1}",
    ],
)
def test_broken_rich_text_never_ends_in_a_traceback(content: bytes) -> None:
    with pytest.raises(BadUpload) as refused:
        read_upload(Upload("gesprek.rtf", content))
    assert refused.value.name == "gesprek.rtf"
