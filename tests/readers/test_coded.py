"""Where coded selections stand in a text, however a program counted."""

import pytest

from research.readers.refi import open_project
from research.readers.refi_text import Coded, coded_parts, text_of
from tests.projects import PRICE, SLOW, coded, project, text_source

TEXT = "Interviewer: Hoe ging 😬 het?\nP1: De kassa 🛒 hapert.\nP1: De prijs is niet vast.\n"
QUOTES = ("De kassa 🛒 hapert.", "De prijs is niet vast.")


def parts(content: str, spans: list[tuple[int, int]], names: bool) -> list[Coded]:
    """The coded parts of a project in which two quotes are coded at these spans."""
    inside = "".join(
        coded(start, end, code, name=quote if names else "")
        for (start, end), code, quote in zip(spans, (SLOW, PRICE), QUOTES, strict=True)
    )
    upload = project(text_source("A", "A.txt", inside), {"sources/A.txt": content})
    (source,) = open_project(upload).sources
    found = list(coded_parts(source))
    whole = text_of(source.file)  # type: ignore[arg-type]  # it is there
    assert all(whole[p.start : p.end] == p.text for p in found)
    return found


def spans_in(text: str) -> list[tuple[int, int]]:
    """Where the quotes stand, in code points."""
    return [(text.index(q), text.index(q) + len(q)) for q in QUOTES]


def utf_16(text: str) -> list[tuple[int, int]]:
    """The same in UTF-16 units."""
    return [
        (len(text[:a].encode("utf-16-le")) // 2, len(text[:b].encode("utf-16-le")) // 2)
        for a, b in spans_in(text)
    ]


CRLF = TEXT.replace("\n", "\r\n")


@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize("content", [TEXT, CRLF, "\ufeff" + TEXT])
def test_the_standards_way_is_taken_with_and_without_names(content: str, names: bool) -> None:
    spans = spans_in(content.removeprefix("\ufeff"))
    found = parts(content, spans, names)
    assert [(p.text, p.codes) for p in found] == [(QUOTES[0], (SLOW,)), (QUOTES[1], (PRICE,))]


@pytest.mark.parametrize(
    ("content", "spans"),
    [
        pytest.param(CRLF, spans_in(TEXT), id="a line end counts as one"),
        pytest.param(TEXT, spans_in(CRLF), id="a line end counts as two"),
        pytest.param(TEXT, utf_16(TEXT), id="UTF-16 units"),
        pytest.param(CRLF, utf_16(CRLF), id="UTF-16 units with two for a line end"),
        pytest.param("\ufeff" + TEXT, spans_in("\ufeff" + TEXT), id="the mark counts"),
        pytest.param(TEXT, [(a, b - 1) for a, b in spans_in(TEXT)], id="the last is included"),
    ],
)
def test_another_way_of_counting_shows_by_the_names(
    content: str, spans: list[tuple[int, int]]
) -> None:
    assert [p.text for p in parts(content, spans, True)] == list(QUOTES)


def test_a_name_that_is_cut_off_is_understood() -> None:
    text = CRLF
    start, end = spans_in(TEXT)[1]
    inside = coded(start, end, PRICE, name="De prijs is…")
    upload = project(text_source("A", "A.txt", inside), {"sources/A.txt": text})
    (source,) = open_project(upload).sources
    assert [p.text for p in coded_parts(source)] == [QUOTES[1]]


def test_selections_without_codes_backwards_or_beyond_the_text_are_left_out() -> None:
    inside = (
        coded(0, 5)
        + coded(9, 3, SLOW)
        + coded(5000, 6000, SLOW)
        + coded(10, 6000, SLOW)
        + '<PlainTextSelection guid="1" startPosition="x" endPosition="4"/>'
    )
    upload = project(text_source("A", "A.txt", inside), {"sources/A.txt": TEXT})
    (source,) = open_project(upload).sources
    assert [p.text for p in coded_parts(source)] == [TEXT[10:]]


def test_ids_in_braces_and_capitals_are_the_same() -> None:
    inside = coded(0, 5, "{" + SLOW.upper() + "}")
    upload = project(text_source("A", "A.txt", inside), {"sources/A.txt": TEXT})
    (source,) = open_project(upload).sources
    assert [p.codes for p in coded_parts(source)] == [(SLOW,)]
