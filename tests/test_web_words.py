"""The language of the pages: its catalogues, its choice, its numbers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import web_sample
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from api.i18n import LANGUAGES, LOCALE, catalogue, preferred
from api.numbers import decimal, moment, percent
from api.phrases import said
from api.render import html, phrase
from api.words import DICTIONARY, english

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "ngettext": (1, 2), "N_": None}


def said_by(folder: str, method: str, pattern: str) -> Iterator[str]:
    found = extract_from_dir(
        ROOT / folder,
        method_map=[("exports/**", "ignore"), (pattern, method)],
        options_map={pattern: {"extensions": "jinja2.ext.do"}},
        keywords=KEYWORDS,
    )
    for _, _, message, _, _ in found:
        yield message if isinstance(message, str) else message[0]


@pytest.fixture(scope="module")
def messages() -> set[str]:
    return {*said_by("templates", "jinja2.ext:babel_extract", "**.html"), *python_messages()}


def python_messages() -> Iterator[str]:
    return said_by("api", "python", "**.py")


def read(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "klantbeeld.po").open("rb") as file:
        return read_po(file, locale=language)


def test_every_text_of_the_pages_is_in_both_catalogues(messages: set[str]) -> None:
    for language in LANGUAGES:
        known = {m.id if isinstance(m.id, str) else m.id[0] for m in read(language) if m.id}
        assert messages - known == set()


def test_every_text_has_a_dutch_translation() -> None:
    empty = [m.id for m in read("nl") if m.id and not all(_strings(m.string))]
    assert empty == []


def test_a_translation_has_the_same_gaps_as_its_text() -> None:
    wrong = [str(error) for _, errors in read("nl").check() for error in errors]
    assert wrong == []


def test_no_catalogue_holds_what_is_said_nowhere(messages: set[str]) -> None:
    for language in LANGUAGES:
        known = {m.id if isinstance(m.id, str) else m.id[0] for m in read(language) if m.id}
        assert known - messages == set()


def _strings(string: object) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (str(string),)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.5,nl;q=0.4", "en"),
        ("fr", "nl"),
        ("", "nl"),
        ("en;q=zero", "nl"),
        ("en;q=0", "nl"),
    ],
)
def test_the_browser_chooses_a_language_that_we_speak_else_dutch(
    header: str, language: str
) -> None:
    assert preferred(header) == language


def test_the_chosen_language_stays(home: Path) -> None:
    client = web_sample.site(home).client
    client.post("/language", data={"language": "en", "back": "/about"})
    assert "What the words mean" in client.get("/about").text


def test_every_code_of_the_model_has_a_name() -> None:
    for family, names in DICTIONARY.items():
        for code in names:
            assert english(family, code)
    assert english("claim", "time-spent") == "Time spent"


def test_an_english_remark_on_a_dutch_page_is_marked_as_english() -> None:
    translate = catalogue("nl").gettext
    assert phrase(translate, "nl", "Odd <b>") == '<span lang="en">Odd &lt;b&gt;</span>'
    assert phrase(translate, "en", "Odd") == "Odd"
    assert phrase(translate, "nl", "") == ""


def test_numbers_and_dates_are_written_as_the_language_does() -> None:
    assert decimal(0.45, "nl") == "0,4"
    assert percent(0.5, "en") == "50%"
    assert moment(datetime(2025, 3, 2, 9, 5, tzinfo=UTC), "nl") == "2 maart 2025, 09:05"


def test_a_name_that_a_template_does_not_know_is_an_error() -> None:
    with pytest.raises(Exception, match="look"):
        html("about.html", "", {"page": None}, "nl")


def test_what_the_engine_says_is_translated_with_what_fills_its_gaps() -> None:
    translate = catalogue("nl").gettext
    english_text = "this is not a Word file (.docx): it begins like a PNG image; save it as X again"
    assert said(translate, english_text) == (
        "dit is niet een Word-bestand (.docx): het begint als een PNG-afbeelding; "
        "bewaar het opnieuw als X"
    )
    assert said(translate, "speaks in 3 of 4 interviews") == "spreekt in 3 van 4 interviews"
    assert said(translate, "something nobody ever wrote") is None
