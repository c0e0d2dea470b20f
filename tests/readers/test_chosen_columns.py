"""Columns of a survey read as people chose, and the file that keeps such a choice."""

import json

import pytest

from research.errors import EmptyFile, UnknownFormat
from research.model import ColumnRole, ColumnsMapping, Reading, Upload
from research.readers import read_upload
from research.readers.chosen import AS_CHOSEN, as_file, fingerprint_of, from_file, names_of
from research.readers.table import table_of

SURVEY = """Code klant;Verzonden;Woonplaats;Waarom koos u ons?;Team;Cijfer
K1;2026-01-15;Utrecht;De prijs was lager dan elders;Noord;9
K2;2026-01-16;Zwolle;Mijn zus was tevreden over de levering;Zuid;4
K3;2026-01-17;Utrecht;Het ging snel en netjes;Noord;7
"""
ROLES: dict[str, ColumnRole] = {
    "Code klant": "respondent",
    "Verzonden": "date",
    "Woonplaats": "ignore",
    "Waarom koos u ons?": "open",
    "Team": "ignore",
    "Cijfer": "nps",
}


def mapping(**changed: ColumnRole) -> ColumnsMapping:
    """The roles above, some by the first word of the column changed."""
    return ColumnsMapping(
        tuple((name, changed.get(name.split()[0], role)) for name, role in ROLES.items())
    )


def read(text: str, *mappings: ColumnsMapping) -> Reading:
    """The reading of a survey with mappings."""
    return read_upload(Upload("enquete.csv", text.encode()), columns=mappings)


def test_columns_are_read_by_the_roles_that_people_chose() -> None:
    reading = read(SURVEY, mapping())

    first = reading.passages[0]
    assert (first.voice, first.date, first.question) == ("K1", "2026-01-15", "Waarom koos u ons?")
    assert first.attributes == (("nps", "9"),)
    assert reading.notes == (AS_CHOSEN, "personal columns dropped: Woonplaats")


def test_a_column_of_few_words_becomes_an_open_answer_when_chosen() -> None:
    assert {p.question for p in read(SURVEY).passages} == {"Waarom koos u ons?"}

    reading = read(SURVEY, mapping(Team="open", Waarom="ignore"))

    assert [p.text for p in reading.passages] == ["Noord", "Zuid", "Noord"]


def test_a_personal_column_is_dropped_until_a_person_chooses_otherwise() -> None:
    told = {k for p in read(SURVEY, mapping()).passages for k, _ in p.attributes}
    chosen = read(SURVEY, mapping(Woonplaats="attribute"))

    assert "Woonplaats" not in told
    assert ("Woonplaats", "Zwolle") in chosen.passages[1].attributes
    assert chosen.notes == (AS_CHOSEN,)


def test_a_later_export_of_the_form_is_read_the_same_with_its_columns_in_any_order() -> None:
    rows = [line.split(";") for line in SURVEY.splitlines()]
    turned = "\n".join(";".join(reversed(row)) for row in rows)

    before, after = read(SURVEY, mapping()), read(turned, mapping())

    assert [(p.voice, p.text, p.attributes) for p in before.passages] == [
        (p.voice, p.text, p.attributes) for p in after.passages
    ]


def test_a_table_with_other_columns_is_read_as_the_reader_guesses() -> None:
    other = SURVEY.replace("Team", "Ploeg")

    assert read(other, mapping()) == read(other)


def test_the_last_of_two_mappings_of_one_form_counts() -> None:
    twice = read(SURVEY, mapping(Team="attribute"), mapping())

    assert twice == read(SURVEY, mapping())


def test_an_answer_keeps_its_number_whatever_is_chosen_beside_it() -> None:
    both = mapping(Team="open")
    readings = [read(SURVEY), read(SURVEY, mapping()), read(SURVEY, both)]
    numbers = [{p.text: p.index for p in r.passages if len(p.text) > 5} for r in readings]
    alone = read(SURVEY, mapping(Team="open", Waarom="ignore"))

    assert numbers[0] == numbers[1] == numbers[2]
    assert len({p.index for p in readings[2].passages}) == len(readings[2].passages) == 6
    assert {p.index for p in alone.passages}.isdisjoint(numbers[0].values())
    assert {p.index for p in alone.passages} < {p.index for p in readings[2].passages}


def test_a_preview_stays_set_aside_when_the_status_is_an_attribute() -> None:
    text = (
        "Status;Why?\nSurvey Preview;Because I only tried the form\n"
        "IP Address;Because it was cheap here\n"
    )
    chosen = read(text, ColumnsMapping((("Status", "attribute"), ("Why?", "open"))))

    assert [p.attributes for p in chosen.passages] == [(("Status", "IP Address"),)]
    assert [a.reason for a in chosen.set_aside] == ["not a real answer (survey preview)"]


def test_a_choice_without_an_open_answer_is_refused() -> None:
    with pytest.raises(EmptyFile, match="no column holds answers in people's own words"):
        read(SURVEY, mapping(Waarom="attribute"))


def test_two_columns_of_one_name_have_names_of_their_own() -> None:
    table = table_of(Upload("x.csv", b"Q;Q;Q (2)\na;b;c\nd;e;f\n"))

    assert len(set(names_of(table))) == 3


def test_surveys_with_the_same_codes_and_other_questions_are_other_forms() -> None:
    def form(question: str) -> str:
        rows = ["Q1,Q2", f"{question},Why?", '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"']
        text = "\n".join([*rows, "a,b"])
        return fingerprint_of(table_of(Upload("q.csv", text.encode())))

    assert form("Which?") == form("Which?")
    assert form("Which?") != form("Where?")


def test_a_mapping_comes_back_from_its_file_and_always_has_the_same_bytes() -> None:
    content = as_file(mapping())

    assert from_file(Upload("columns.json", content)) == mapping()
    assert as_file(from_file(Upload("columns.json", content))) == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no json", "no file with the columns"),
        (b"[" * 100_000, "no file with the columns"),
        (b"[]", "no file with the columns"),
        (as_file(mapping()).replace(b'"version": 1', b'"version": 2'), "another version"),
        (as_file(mapping()).replace(b'"nps"', b'"score"'), "one of the roles respondent, date"),
        (as_file(mapping()).replace(b'"Team"', b'"Cijfer"'), "once"),
        (json.dumps({"format": "klantbeeld columns", "version": 1}).encode(), "once"),
    ],
)
def test_a_file_that_holds_no_mapping_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(UnknownFormat, match=why):
        from_file(Upload("columns.json", content))
