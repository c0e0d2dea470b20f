"""Surveys, reviews and participants as tables."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from research.errors import BadUpload, BrokenFile, EmptyFile, UnknownFormat
from research.model import Reading, Upload
from research.readers import read_upload
from research.readers.columns import judge_column
from research.readers.nonanswers import is_non_answer
from research.readers.table import Column

FIXTURES = Path(__file__).parent.parent / "fixtures" / "in"
SURVEY = [
    ["Tijdstempel", "E-mailadres", "Leeftijdsgroep", "Zou u ons aanbevelen?", "Wat ging er mis?"],
    ["2026-01-15 09:00", "a@example.org", "25-34", "6", "De bezorgdatum veranderde drie keer"],
    ["2026-01-15 09:05", "b@example.org", "35-44", "9", "n.v.t."],
    ["2026-01-15 09:07", "c@example.org", "25-34", "8", "Niemand nam de telefoon op; jammer"],
]
REVIEWS = [
    ["datum", "sterren", "titel", "review", "naam"],
    ["15-01-2026", "2", "Te laat", "De bezorgdatum veranderde drie keer.", "Anna"],
    ["16-01-2026", "4,6", "", "Snel geleverd en netjes ingepakt.", "Bo"],
    ["17-01-2026", "FIVE", "Fijn", "", "Cas"],
]


def delimited(rows: list[list[str]], delimiter: str = ",") -> str:
    """Rows as text, every cell in quotation marks."""
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def excel(rows: list[list[str]], *more: list[list[str]]) -> bytes:
    """Rows as an Excel file, with further sheets."""
    book = Workbook()
    for number, sheet_rows in enumerate((rows, *more)):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        for row in sheet_rows:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read(content: str | bytes, name: str = "tabel.csv") -> Reading:
    """The reading of a table file."""
    return read_upload(Upload(name, content.encode() if isinstance(content, str) else content))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_give_the_same_answers(delimiter: str, encoding: str) -> None:
    rows = [
        *SURVEY,
        ["2026-01-15 09:09", "d@example.org", "65+", "1", "Één keer privé gebeld: café dicht"],
    ]
    reading = read(delimited(rows, delimiter).encode(encoding))
    assert [p.text for p in reading.passages] == [
        "De bezorgdatum veranderde drie keer",
        "Niemand nam de telefoon op; jammer",
        "Één keer privé gebeld: café dicht",
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "mac_roman", "cp1252"])
def test_encodings_without_a_mark_and_any_line_ends_give_the_same(encoding: str, ends: str) -> None:
    text = 'sep=;\n"Wat ging er mis?";"Cijfer"\n"Één keer privé gebeld: café dicht";"3"\n'
    text += '"De bezorging duurde écht te lang";"4"\n'
    reading = read(text.replace("\n", ends).encode(encoding))
    assert [(p.text, p.question, p.attributes) for p in reading.passages] == [
        ("Één keer privé gebeld: café dicht", "Wat ging er mis?", (("Cijfer", "3"),)),
        ("De bezorging duurde écht te lang", "Wat ging er mis?", (("Cijfer", "4"),)),
    ]


FORMS = (
    "ID,Start time,Completion time,Email,Name,Last modified time,"
    "How likely are you to recommend us?,Which channels?,What made you hesitate?\u00a0,"
    "Points - What made you hesitate?,Feedback - What made you hesitate?\r\n"
    "1,1/15/26 9:00:22,1/15/26 9:02:22,anonymous,,,6,Web;Phone;,The price wasn’t clear,,\r\n"
    '2,1/15/26 9:10:22,1/25/26 9:12:22,anonymous,,,9,Web;,"Nothing, it was easy",,\r\n'
    "3,1/16/26 9:10:22,1/16/26 9:12:22,anonymous,,,4,Phone;,N/A,,\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_microsoft_forms_gives_its_open_answers(encoding: str) -> None:
    reading = read(FORMS.encode(encoding))
    assert [(p.place, p.text, p.date, p.attributes) for p in reading.passages] == [
        (
            "row 1",
            "The price wasn’t clear",
            "2026-01-15",
            (("nps", "6"), ("Which channels?", "Web;Phone")),
        ),
        (
            "row 2",
            "Nothing, it was easy",
            "2026-01-25",
            (("nps", "9"), ("Which channels?", "Web")),
        ),
    ]
    assert {p.question for p in reading.passages} == {"What made you hesitate?"}
    assert [(s.place, s.text) for s in reading.set_aside] == [("row 3", "N/A")]


def test_a_survey_with_closed_answers_only_names_its_questions() -> None:
    content = (FIXTURES / "msforms.csv").read_bytes()
    with pytest.raises(EmptyFile) as refused:
        read(content, "msforms.csv")
    asked = "(columns: How likely are you to recommend us?, Which channels?)"
    assert asked in refused.value.reason


def test_an_excel_survey_gives_the_same_as_the_text_one() -> None:
    assert read(excel(SURVEY), "tabel.xlsx").passages == read(delimited(SURVEY)).passages


def test_an_open_answer_is_a_passage_with_its_question_row_date_and_closed_answers() -> None:
    passage = read(delimited(SURVEY)).passages[0]
    assert passage.question == "Wat ging er mis?"
    assert (passage.voice, passage.place, passage.date) == ("row 1", "row 1", "2026-01-15")
    assert passage.attributes == (("Leeftijdsgroep", "25-34"), ("nps", "6"))
    assert passage.channel == "survey"


def test_non_answers_are_set_aside_with_their_row() -> None:
    assert [(s.place, s.text, s.reason) for s in read(delimited(SURVEY)).set_aside] == [
        ("row 2", "n.v.t.", "a non-answer")
    ]


def test_personal_columns_are_dropped_and_named_without_their_values() -> None:
    reading = read(delimited(SURVEY))
    assert reading.notes == ("personal columns dropped: E-mailadres",)
    assert "example.org" not in repr(reading)


def test_a_row_sent_twice_counts_once() -> None:
    reading = read(delimited([*SURVEY, SURVEY[1]]))
    assert len(reading.passages) == 2
    assert reading.set_aside[-1].reason == "a duplicate of an earlier row"


def test_a_respondent_column_is_the_voice() -> None:
    rows = [["Respondent", *SURVEY[0][1:]]] + [
        [f"R{i}", *row[1:]] for i, row in enumerate(SURVEY[1:], 7)
    ]
    assert [p.voice for p in read(delimited(rows)).passages] == ["R7", "R9"]


def test_one_column_of_answers_is_a_survey() -> None:
    reading = read(
        "Wat kan beter?\nDe levering duurde drie weken\nDe site is traag op mijn telefoon\n"
    )
    assert [p.text for p in reading.passages] == [
        "De levering duurde drie weken",
        "De site is traag op mijn telefoon",
    ]


def test_one_column_of_answers_without_a_header_is_read_and_noted() -> None:
    long = "Ik had het artikel in november besteld en kreeg het pas na de feestdagen thuis bezorgd"
    reading = read(f"{long}\nDe site is traag op mijn telefoon\n")
    assert len(reading.passages) == 2
    assert reading.notes == ("no header row; columns are numbered",)


@pytest.mark.parametrize("content", ["cijfer\n1\n2\n3\n", "bestelnummer\nA1\nA2\n", "kolom\n"])
def test_one_column_without_words_is_refused(content: str) -> None:
    with pytest.raises(EmptyFile) as refused:
        read(content)
    assert "tabel.csv" in str(refused.value)


def test_only_the_first_sheet_with_cells_is_read_and_that_is_noted() -> None:
    reading = read(excel([], SURVEY, REVIEWS), "tabel.xlsx")
    assert len(reading.passages) == 2
    assert reading.notes[0] == "only the sheet Sheet1 is read, not: Sheet2"


def test_an_excel_file_without_cells_is_empty() -> None:
    with pytest.raises(EmptyFile):
        read(excel([]), "tabel.xlsx")


def test_a_title_and_comment_lines_above_the_header_are_skipped() -> None:
    text = "# export\n\nOnderzoek 2026,,,,\n" + delimited(SURVEY)
    assert len(read(text).passages) == 2


def test_excels_own_hint_about_the_delimiter_is_followed() -> None:
    assert len(read("sep=;\n" + delimited(SURVEY, ";")).passages) == 2


def test_the_guard_before_a_formula_sign_is_taken_off() -> None:
    rows = [
        *SURVEY,
        ["2026-01-15 09:09", "d@example.org", "65+", "1", "'+ snel - maar niet goedkoop"],
    ]
    assert read(delimited(rows)).passages[-1].text == "+ snel - maar niet goedkoop"


def test_a_review_is_its_title_and_its_text_with_rating_and_date() -> None:
    first, second, third = read(delimited(REVIEWS)).passages
    assert first.text == "Te laat\nDe bezorgdatum veranderde drie keer."
    assert (first.rating, second.rating, third.rating) == (2.0, 4.6, 5.0)
    assert (first.date, first.place, first.voice) == ("2026-01-15", "row 1", "row 1")
    assert second.text == "Snel geleverd en netjes ingepakt."
    assert third.text == "Fijn"
    assert {p.channel for p in (first, second, third)} == {"review"}


def test_reviews_as_json_lines_json_and_excel_are_the_same() -> None:
    records = [
        '{"date": "2026-01-15", "rating": 2, "title": "Te laat", "text": "Drie keer veranderd."}',
        '{"date": "2026-01-16", "rating": 5, "title": "Fijn", "text": "Snel geleverd."}',
    ]
    rows = [
        ["date", "rating", "title", "text"],
        ["2026-01-15", "2", "Te laat", "Drie keer veranderd."],
        ["2026-01-16", "5", "Fijn", "Snel geleverd."],
    ]
    lines = read("\n".join(records), "a.jsonl").passages
    assert lines == read(f"[{','.join(records)}]", "a.json").passages
    assert lines == read(excel(rows), "a.xlsx").passages


def test_broken_json_lines_are_skipped_and_noted() -> None:
    reading = read(
        '{"rating": 1, "text": "Te duur."}\n{"rating": 2, \n{"rating": 3, "text": "Oké zo."}\n',
        "a.jsonl",
    )
    assert [p.text for p in reading.passages] == ["Te duur.", "Oké zo."]
    assert reading.notes == ("1 lines are not valid JSON and were skipped (line 2)",)


@pytest.mark.parametrize("content", ["{", "geen json", "[" * 100_000, '{"a": 1}\nkapot'])
def test_json_without_reviews_is_refused(content: str) -> None:
    with pytest.raises((BrokenFile, UnknownFormat)):
        read(content, "a.json")


def test_exact_duplicates_of_a_review_are_set_aside() -> None:
    reading = read(delimited([*REVIEWS, ["20-01-2026", *REVIEWS[1][1:]]]))
    assert [(s.place, s.reason) for s in reading.set_aside] == [("row 4", "the same as row 1")]


def test_two_people_who_write_the_same_two_words_are_both_kept() -> None:
    rows = [
        REVIEWS[0],
        ["15-01-2026", "5", "", "Heel fijn", "A"],
        ["19-01-2026", "5", "", "Heel fijn", "B"],
    ]
    assert len(read(delimited(rows)).passages) == 2


def test_a_rating_without_words_is_set_aside() -> None:
    reading = read(delimited([*REVIEWS, ["20-01-2026", "5", "", "", "Dirk"]]))
    assert reading.set_aside[-1].reason == "a rating without words"


def test_ratings_beyond_five_are_not_guessed_at() -> None:
    rows = [["rating", "text"], ["8", "Prima winkel om te kopen"], ["3", "Veel te laat geleverd"]]
    reading = read(delimited(rows))
    assert [p.rating for p in reading.passages] == [None, None]
    assert "go beyond 5" in reading.notes[0]


def test_the_replies_of_a_shop_are_never_read() -> None:
    rows = [
        ["rating", "review", "reply", "Developer Reply Text"],
        ["2", "Te laat.", "Sorry!", "Excuus!"],
    ]
    reading = read(delimited(rows))
    assert "Sorry" not in repr(reading) and "Excuus" not in repr(reading)


def test_a_reviewer_id_is_the_voice_and_a_name_is_dropped() -> None:
    rows = [["user_id", "author", "rating", "text"], ["AGK", "Anna de Boer", "2", "Veel te laat."]]
    reading = read(delimited(rows))
    assert reading.passages[0].voice == "AGK"
    assert "Anna" not in repr(reading)
    assert reading.notes == ("personal columns dropped: author",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["deelnemers.csv", "deelnemers.tsv"])
def test_a_participants_table_gives_keys_and_attributes_and_no_passages(
    delimiter: str, name: str
) -> None:
    rows = [
        ["deelnemer", "bestand", "leeftijdsgroep", "regio", "e-mail"],
        ["Deelnemer 7", "interview_07.vtt", "25-34", "Noord", "a@example.org"],
        ["Sam Vale", "interview_08.vtt", "45-54", "", "b@example.org"],
    ]
    reading = read(delimited(rows, delimiter), name)
    assert reading.reader == "participants"
    assert reading.passages == ()
    assert [(p.keys, p.attributes) for p in reading.participants] == [
        (("Deelnemer 7", "interview_07.vtt"), (("leeftijdsgroep", "25-34"), ("regio", "Noord"))),
        (("Sam Vale", "interview_08.vtt"), (("leeftijdsgroep", "45-54"),)),
    ]
    assert reading.notes == ("personal columns dropped: e-mail",)


def test_a_table_with_keys_and_free_text_is_no_participants_table() -> None:
    rows = [["deelnemer", "wat ging er mis"], ["D1", "Het duurde allemaal drie hele weken lang"]]
    assert read(delimited(rows)).reader == "survey"


def column(title: str) -> Column:
    """A column by its title."""
    return Column(0, title, title)


@pytest.mark.parametrize(
    ("title", "values", "kind"),
    [
        ("Waarom koos u ons?", ["De prijs", "goede prijs", "mijn zus kocht hier ook"], "open"),
        ("Q3", ["Het duurde erg lang", "Niemand nam op"], "open"),
        ("Hoe tevreden bent u?", ["Zeer tevreden", "Tevreden", "Ontevreden"], "closed"),
        ("What is your role?", ["Owner, coffee bar", "team leader home care"], "closed"),
        ("Which channels?", ["Web;Phone;", "Web;"], "closed"),
        ("Leeftijd", ["34", "51"], "closed"),
        ("How likely are you to recommend us?", ["0", "10", "7"], "nps"),
        ("E-mailadres", ["a@example.org"], "personal"),
        ("Q9", ["a@example.org", "b@example.org"], "personal"),
        ("Mobiel", ["06 12345678"], "personal"),
        ("Q7", ["+31 6 12345678", "020-1234567"], "personal"),
        ("IP Address", [""], "personal"),
        ("Woonplaats", ["Utrecht"], "personal"),
        ("Timestamp", ["2026/01/15 9:00:22 AM EET"], "date"),
        ("Duration (in seconds)", ["60"], "technical"),
        ("Comment ID", ["NEAS PTS 528 - Q1", "NEAS PTS 531 - Q1"], "technical"),
        ("Response ID", ["R_2abc"], "id"),
        ("ID", ["1", "2"], "technical"),
        ("#", ["hefupfubphvacf8s"], "id"),
        ("UserLanguage", ["NL"], "language"),
        ("Toelichting", ["", "n.v.t."], "empty"),
        ("Rate [Phone]", ["4", "5"], "closed"),
    ],
)
def test_a_column_is_judged_with_a_reason(title: str, values: list[str], kind: str) -> None:
    judgement = judge_column(column(title), values)
    assert judgement.kind == kind
    assert judgement.reason


@pytest.mark.parametrize(
    "text",
    ["", "-", "n.v.t.", "NVT", "N/A", "weet niet", "Geen.", "geen idee", "...", "?", "don’t know"],
)
def test_these_say_nothing(text: str) -> None:
    assert is_non_answer(text)


@pytest.mark.parametrize(
    "text", ["geen klachten, alles goed", "👍", "duur", "Niets werkt", "7", "test duurde lang"]
)
def test_these_say_something(text: str) -> None:
    assert not is_non_answer(text)


@pytest.mark.parametrize(
    "cell",
    [
        "1" * 5000,
        "²",
        ";;;",
        "=1+1",
        "\x00\x01",
        '"',
        "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_strange_cells_never_end_in_a_traceback(cell: str) -> None:
    rows = [
        ["aanbevelen", "rating", "tekst", "datum"],
        [cell] * 4,
        ["3", "3", "Veel te laat geleverd", "x"],
    ]
    try:
        assert read(delimited(rows)).passages
    except BadUpload as refused:
        assert refused.reason


def test_json_with_half_a_character_can_be_written_again() -> None:
    reading = read('{"rating": 1, "text": "Te duur \\ud800 hoor\\u0000."}', "a.jsonl")
    assert reading.passages[0].text.encode() == "Te duur \ufffd hoor.".encode()
