"""Dates, ratings, times and encodings on their own."""

import pytest

from research.model import Upload
from research.readers.dates import iso_date, iso_dates
from research.readers.labels import is_known_label, looks_like_name
from research.readers.ratings import rating
from research.readers.text import decode
from research.readers.times import as_clock


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-01-15T09:00:00Z", "2026-01-15"),
        ("2026/01/15 9:00:22 AM EET", "2026-01-15"),
        ("15/01/2026", "2026-01-15"),
        ("1/15/26 9:00:22", "2026-01-15"),
        ("05/05/2024", "2024-05-05"),
        ("15 januari 2026", "2026-01-15"),
        ("3 mrt. 2026", "2026-03-03"),
        ("January 15, 2026", "2026-01-15"),
        ("1683295728923", "2023-05-05"),
        ("05/03/2024", "05/03/2024"),
        ("31-02-2024", "31-02-2024"),
        ("gisteren", "gisteren"),
    ],
)
def test_a_date_is_iso_only_when_it_can_mean_one_day(written: str, iso: str) -> None:
    assert iso_date(written) == iso


def test_the_other_dates_of_a_column_tell_which_number_is_the_day() -> None:
    assert iso_dates(["05/03/2024", "25/03/2024"]) == ("2024-03-05", "2024-03-25")
    assert iso_dates(["05/03/2024", "03/25/2024"]) == ("2024-05-03", "2024-03-25")
    assert iso_dates(["05/03/2024", "25/03/2024", "03/25/2024"])[0] == "05/03/2024"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4,6", 4.6),
        ("5.0", 5.0),
        ("TWO", 2.0),
        ("★★★☆☆", 3.0),
        ("4 sterren", 4.0),
        ("8/10", 4.0),
        ("3 van 5", 3.0),
        ("0", None),
        ("7", None),
        ("11/10", None),
        ("STAR_RATING_UNSPECIFIED", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_a_rating_is_from_one_to_five_or_none(written: str, value: float | None) -> None:
    assert rating(written) == value


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("0:03", "00:00:03"),
        ("1:02:34", "01:02:34"),
        ("00:00:05,120", "00:00:05"),
        ("0:0:5.320", "00:00:05"),
        ("-0:0:1.0", "00:00:00"),
        ("75:10", "01:15:10"),
        ("00:61", ""),
        ("00:99:00", ""),
        ("nu", ""),
    ],
)
def test_a_time_has_one_form(written: str, clock: str) -> None:
    assert as_clock(written) == clock


@pytest.mark.parametrize("label", ["Deelnemer 7", "P1", "Q", "Interviewer (Anna)", "SPEAKER_00"])
def test_roles_and_codes_are_known_labels(label: str) -> None:
    assert is_known_label(label)


@pytest.mark.parametrize(
    "label", ["Jan van 't Hof", "Zoë de Wit", "A. Kuipers", "Jean-Luc El Amrani"]
)
def test_names_look_like_names(label: str) -> None:
    assert looks_like_name(label)


@pytest.mark.parametrize("label", ["Ik zei toen", "let wel", "en dus", "– Anna"])
def test_phrases_do_not_look_like_names(label: str) -> None:
    assert not looks_like_name(label)


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", "encoding guessed: UTF-16-LE"),
        ("cp1252", "encoding guessed: Windows-1252; check that accents look right"),
        ("mac_roman", "encoding guessed: Mac Roman; check that accents look right"),
    ],
)
def test_an_encoding_is_found_and_a_guess_is_told(encoding: str, note: str) -> None:
    words = "Ik vond één café in België écht te duur, naïef of niet. " * 3
    found = decode(Upload("a.txt", words.encode(encoding)))
    assert (found.text, found.note) == (words, note)
