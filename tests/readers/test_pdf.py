"""Transcripts as PDF: text by page, what pages repeat, broken words, and what cannot be read."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from research.errors import BadUpload, BrokenFile, EmptyFile, TooLarge, UnknownFormat
from research.model import Reading, Upload
from research.readers import pdf, read_upload
from research.readers.pages import Placed, lines_of
from research.resources import CORPORA

FIXTURES = Path(__file__).parent.parent / "fixtures" / "documents"

Turn = tuple[str, str, str]


def stream(lines: list[str], *, edges: tuple[str, str] = ("", "")) -> str:
    """A page's contents: its footer and header first, as word processors draw them."""
    footer = f"BT /F1 9 Tf 50 30 Td ({edges[1]}) Tj ET "
    header = f"BT /F1 9 Tf 50 810 Td ({edges[0]}) Tj ET "
    body = " T* ".join(f"({line}) Tj" for line in lines)
    return footer + header + f"BT /F1 12 Tf 14 TL 50 750 Td {body} ET"


def read(*pages: str, name: str = "gesprek.pdf") -> Reading:
    """The reading of a PDF with these pages."""
    return read_upload(Upload(name, pdf.tiny(list(pages))))


def turns(reading: Reading) -> list[Turn]:
    """Place, voice and text of every passage."""
    return [(p.place, p.voice, p.text) for p in reading.passages]


def test_a_pdf_gives_its_turns_with_their_pages() -> None:
    reading = read(
        stream(["Interviewer: Hoe ging het?", "Deelnemer 7: Traag, de bezorging", "duurde"]),
        stream(["drie weken.", "Interviewer: En toen?", "Deelnemer 7: Niets."]),
    )
    assert turns(reading) == [
        ("page 1", "Interviewer", "Hoe ging het?"),
        ("page 1", "Deelnemer 7", "Traag, de bezorging duurde drie weken."),
        ("page 2", "Interviewer", "En toen?"),
        ("page 2", "Deelnemer 7", "Niets."),
    ]


def test_times_are_places_where_there_are_any() -> None:
    page = stream(["Zoe de Wit 0:03", "Good morning.", "Sam Vale 1:02:22", "It is slow."])
    assert turns(read(page)) == [
        ("00:00:03", "Zoe de Wit", "Good morning."),
        ("01:02:22", "Sam Vale", "It is slow."),
    ]


def test_headers_footers_and_page_numbers_are_set_aside_with_their_page() -> None:
    reading = read(
        *(
            stream(
                [f"Interviewer: Vraag {n}?", f"Deelnemer 7: Antwoord {n}."],
                edges=("Onderzoek bezorging 2026", f"Pagina {n} van 3"),
            )
            for n in (1, 2, 3)
        )
    )
    assert [text for _, _, text in turns(reading)] == [
        "Vraag 1?", "Antwoord 1.", "Vraag 2?", "Antwoord 2.", "Vraag 3?", "Antwoord 3.",
    ]  # fmt: skip
    assert [(s.place, s.text, s.reason) for s in reading.set_aside][:2] == [
        ("page 1", "Pagina 1 van 3", "a header, footer or page number"),
        ("page 1", "Onderzoek bezorging 2026", "a header, footer or page number"),
    ]
    assert len(reading.set_aside) == 6


def test_a_pdf_that_a_browser_printed_gives_the_words_of_the_text() -> None:
    text = CORPORA / "studies" / "planwerk" / "files" / "planwerk-interview-5.txt"
    printed = FIXTURES / "planwerk-interview-5.pdf"
    found = read_upload(Upload(printed.name, printed.read_bytes()))
    wanted = read_upload(Upload(text.name, text.read_bytes()))
    assert [(p.voice, p.text) for p in found.passages] == [
        (p.voice, p.text) for p in wanted.passages
    ]
    assert [s.text for s in found.set_aside] == [
        "Onderzoek planwerk-interview-5", "1 / 2", "Onderzoek planwerk-interview-5", "2 / 2",
    ]  # fmt: skip


def test_a_table_of_speakers_is_read_row_by_row() -> None:
    printed = FIXTURES / "tabel.pdf"
    reading = read_upload(Upload(printed.name, printed.read_bytes()))
    assert turns(reading) == [
        (
            "00:00:03",
            "Anna",
            "Hoe ging het bestellen van de nieuwe wasmachine bij de webwinkel, en wat ging er "
            "volgens u precies goed of mis in dat hele lange proces van maanden?",
        ),
        (
            "00:01:07",
            "Bo",
            "Traag. De bezorgdatum veranderde drie keer en dat vond ik vervelend want ik had "
            "steeds vrij genomen van mijn werk om thuis te zijn voor de bezorger.",
        ),
        ("00:01:20", "Anna", "O."),
    ]
    assert [s.text for s in reading.set_aside] == ["Gesprek", "Tijd Spreker Tekst"]


def placed(*pages: list[str]) -> tuple[str, ...]:
    """The lines that pages give, each line a step lower."""
    laid = [[Placed(line, -float(i)) for i, line in enumerate(page)] for page in pages]
    return lines_of(laid).lines


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["De bezorg-", "datum was", "onbe-", "kend."], ("De bezorgdatum", "was", "onbekend.", "")),
        (["in de voor-", "en namiddag", "of na-", "tijds"],
         ("in de voor-", "en namiddag", "of natijds", "")),
        (["twenty-", "eight of twenty-eight"], ("twenty-eight", "of twenty-eight")),
        (["an e-", "mail", "a self-", "service"], ("an e-mail", "", "a self-service", "")),
        (["de klanten-", "service, klantenservice"], ("de klantenservice,", "klantenservice")),
        (["de check-", "in van mij"], ("de check-in", "van mij")),
        (["order PO-", "3391"], ("order PO-3391", "")),
        (["de NS-", "app en", "hij zei-", "Anna: Nee"],
         ("de NS-app", "en", "hij zei-", "Anna: Nee")),
        (["de klant\u00ad", "vraag is ge\u00adwoon"], ("de klantvraag", "is gewoon")),
    ],
)  # fmt: skip
def test_a_word_broken_off_at_a_line_end_is_made_whole(
    lines: list[str], whole: tuple[str, ...]
) -> None:
    assert placed(lines) == whole


def test_a_word_may_be_broken_over_two_pages() -> None:
    assert placed(["A: Dat is de be-", ""], ["zorging.", "B: O, de bezorging."]) == (
        "A: Dat is de bezorging.",
        "",
        "",
        "B: O, de bezorging.",
    )


def test_what_people_say_at_the_edge_of_a_page_stays() -> None:
    pages = (["Anna   0:03", "Ja."], ["Bo   1:22", "Nee."])
    assert placed(*pages) == ("Anna   0:03", "Ja.", "Bo   1:22", "Nee.")


def test_a_speaker_at_the_edge_of_many_pages_stays() -> None:
    pages = [["Dan:", f"Vraag {word}?", "Bo:", f"Antwoord {word}."] for word in ("a", "b", "c")]
    assert len(placed(*pages)) == 12


@pytest.mark.parametrize("number", ["{}", "{} "])
def test_numbers_that_count_lines_in_the_margin_are_no_speech(number: str) -> None:
    said = ["Anna: Hoe?", "Bo: Traag, 3 weken", "en niemand", "nam op.", "Anna: O."]
    lines = [number.format(n) + (line if number.endswith(" ") else "") for n, line in
             enumerate(said, start=41)]  # fmt: skip
    assert placed(lines if number.endswith(" ") else [*lines, *said]) == tuple(said)


def test_numbers_that_people_say_stay() -> None:
    said = ["Anna: Hoeveel?", "7", "12", "3", "Bo: 4 stuks", "5 keer", "6 en 8"]
    assert placed(said) == tuple(said)


def test_a_line_that_two_pages_show_counts_once() -> None:
    line = "en toen heb ik de winkel maar weer gebeld"
    found = lines_of(
        [
            [Placed("Bo: Het was zo,", 30.0), Placed("1/2", 5.0), Placed(line, 10.0)],
            [Placed(line, 90.0), Placed("2/2", 5.0), Placed("omdat niemand kwam.", 80.0)],
        ]
    )
    assert found.lines == ("Bo: Het was zo,", line, "omdat niemand kwam.")
    (again, *_) = found.aside
    assert (again.place, again.text, again.reason) == ("page 2", line, "the same as page 1")


def test_text_beyond_the_edge_of_a_page_is_not_seen() -> None:
    page = stream(["Interviewer: Hoe?", "Deelnemer 7: Traag."])
    beyond = " BT /F1 12 Tf 50 -300 Td (Deelnemer 7: Onzichtbaar.) Tj ET"
    assert [text for _, _, text in turns(read(page + beyond))] == ["Hoe?", "Traag."]


def test_pages_without_text_are_noted() -> None:
    reading = read(stream(["Interviewer: Hoe?", "Deelnemer 7: Traag."]), "", "")
    assert reading.notes == ("2 of 3 pages hold no text",)


def test_a_scanned_pdf_is_refused_with_the_way_out() -> None:
    with pytest.raises(EmptyFile, match=r"scan\.pdf: its pages are pictures without text; .*OCR"):
        read("q 100 0 0 100 0 0 cm Q", name="scan.pdf")


def locked(content: bytes) -> bytes:
    """A PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt("geheim", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_locked_pdf_is_refused_with_the_way_out() -> None:
    content = locked(pdf.tiny([stream(["Interviewer: Hoe?", "Deelnemer 7: Traag."])]))
    with pytest.raises(BrokenFile, match=r"gesprek\.pdf: it is locked; print it to a new PDF"):
        read_upload(Upload("gesprek.pdf", content))


def test_a_report_as_pdf_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnknownFormat, match="begin each turn with a name and a colon"):
        read(stream(["Onze bevindingen", "Het was traag."]))


def test_a_pdf_with_too_many_pages_or_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [stream(["Interviewer: Hoe?", "Deelnemer 7: Traag."])] * 3
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(TooLarge, match="more than 2 pages; split it"):
        read(*pages)
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    monkeypatch.setattr(pdf, "MAX_TEXT", 20)
    with pytest.raises(TooLarge, match="more text than a conversation"):
        read(*pages)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 ...",
        b"geen pdf",
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>\nendobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.4\n" + b"[" * 20_000,
    ],
)
def test_a_broken_pdf_never_ends_in_a_traceback(content: bytes) -> None:
    with pytest.raises(BadUpload) as refused:
        read_upload(Upload("gesprek.pdf", content))
    assert refused.value.name == "gesprek.pdf"


def test_a_pdf_with_flipped_bytes_is_read_or_refused() -> None:
    content = pdf.tiny([stream(["Interviewer: Hoe?", "Deelnemer 7: Traag."])])
    for at in range(0, len(content), max(1, len(content) // 150)):
        damaged = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        try:
            read_upload(Upload("gesprek.pdf", damaged))
        except BadUpload as refused:
            assert refused.reason
