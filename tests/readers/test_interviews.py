"""Several interviews in one file: the voices below each heading are other people."""

from io import BytesIO

import pytest
from docx import Document

from research.model import Reading, Upload
from research.preparation import prepare
from research.readers import read_upload

Turn = tuple[str, str]
TALK = "Interviewer: Hoe ging het bestellen?\nRespondent: Het duurde {} weken.\n"


def read(text: str, name: str = "gesprekken.txt") -> Reading:
    """The reading of a text."""
    return read_upload(Upload(name, text.encode()))


def turns(reading: Reading) -> list[Turn]:
    """Voice and text of every passage."""
    return [(p.voice, p.text) for p in reading.passages]


def word(*paragraphs: tuple[str, int]) -> Upload:
    """A Word file of paragraphs, each with its level of heading or 0."""
    document = Document()
    for text, level in paragraphs:
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)
    content = BytesIO()
    document.save(content)
    return Upload("gesprekken.docx", content.getvalue())


@pytest.mark.parametrize(
    "heading",
    [
        "Interview {}",
        "INTERVIEW {}",
        "Interview {} – Anna (34)",
        "Interview {}: dinsdag 3 maart",
        "Interview 1.{} met persoon A",
        "Gesprek nr. {}",
        "Session #{}",
        "Transcript interview {}",
        "# Interview {}",
        "**Interview {}**",
    ],
)
def test_a_respondent_below_each_heading_is_another_person(heading: str) -> None:
    text = "\n".join(f"{heading.format(n)}\n{TALK.format(n)}" for n in (1, 2, 3))
    reading = read(text)
    voices = [voice for voice, _ in turns(reading)]
    assert voices[0::2] == ["Interviewer"] * 3
    assert len(set(voices[1::2])) == 3
    assert [text for _, text in turns(reading)][1::2] == [
        f"Het duurde {n} weken." for n in (1, 2, 3)
    ]
    assert [s.reason for s in reading.set_aside] == ["a heading"] * 3
    assert reading.notes[0].startswith("3 interviews in one file, their voices told apart: ")
    assert len(prepare([reading]).participants) == 3


def test_facts_below_a_heading_are_set_aside_and_the_heading_stays() -> None:
    talk = f"Datum: 3 maart\nLocatie: Utrecht\n\n{TALK}"
    reading = read(f"Interview 1\n{talk}\nInterview 2\n{talk}")
    assert [voice for voice, _ in turns(reading)][1::2] == [
        "Respondent (Interview 1)",
        "Respondent (Interview 2)",
    ]
    assert "Locatie: Utrecht" in [s.text for s in reading.set_aside]


def test_voices_keep_their_label_and_the_interview() -> None:
    assert turns(read(f"Interview 1\n{TALK}\nInterview 2\n{TALK}".replace("{}", "2")))[1::2] == [
        ("Respondent (Interview 1)", "Het duurde 2 weken."),
        ("Respondent (Interview 2)", "Het duurde 2 weken."),
    ]


@pytest.mark.parametrize("name", ["gesprekken.txt", "gesprekken.md"])
def test_a_heading_that_names_who_is_interviewed_is_the_voice(name: str) -> None:
    text = "# Onderzoek\n\n" if name.endswith(".md") else ""
    mark = "## " if name.endswith(".md") else ""
    for n in (4, 5):
        text += f"{mark}Respondent {n}\n\nQ: Hoe ging het?\n\nA: Traag.\n\nQ: En?\n\nA: Duur.\n\n"
    assert turns(read(text, name)) == [
        ("Q", "Hoe ging het?"),
        ("Respondent 4", "Traag."),
        ("Q", "En?"),
        ("Respondent 4", "Duur."),
        ("Q", "Hoe ging het?"),
        ("Respondent 5", "Traag."),
        ("Q", "En?"),
        ("Respondent 5", "Duur."),
    ]


def test_two_people_below_a_heading_that_names_one_keep_their_labels() -> None:
    talk = "Interviewer: Hoe?\nR: Traag.\nPartner: Heel traag.\n\n"
    found = turns(read(f"Deelnemer 1\n{talk}Deelnemer 2 (vrouw, 34)\n{talk}"))
    assert [voice for voice, _ in found] == [
        "Interviewer",
        "R (Deelnemer 1)",
        "Partner (Deelnemer 1)",
        "Interviewer",
        "R (Deelnemer 2)",
        "Partner (Deelnemer 2)",
    ]


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize(
    ("heading", "voices"),
    [
        ("Interview {}", ["Respondent (Interview 1)", "Respondent (Interview 2)"]),
        ("Respondent {}", ["Respondent 1", "Respondent 2"]),
    ],
)
def test_headings_in_word_part_interviews(heading: str, voices: list[str], level: int) -> None:
    said = ("Interviewer: Hoe ging het?", "Respondent: Traag.")
    paragraphs = [
        part for n in (1, 2) for part in ((heading.format(n), level), *((line, 0) for line in said))
    ]
    assert [voice for voice, _ in turns(read_upload(word(*paragraphs)))] == [
        "Interviewer",
        voices[0],
        "Interviewer",
        voices[1],
    ]


def test_who_asks_is_told_by_asking_where_no_label_says_so() -> None:
    text = "".join(
        f"Gesprek {n}\nAnna Wit: Hoe ging het?\nBo: Traag.\nAnna Wit: En?\nCas Lam: Ok.\n\n"
        for n in (1, 2)
    )
    assert {voice for voice, _ in turns(read(text))} == {
        "Anna Wit",
        "Bo (Gesprek 1)",
        "Bo (Gesprek 2)",
        "Cas Lam (Gesprek 1)",
        "Cas Lam (Gesprek 2)",
    }


def test_times_and_turns_begin_anew_below_a_heading() -> None:
    text = "".join(
        f"Interview {n}\nopname {n}\n[00:00:0{n}] I: Hoe?\n[00:09:00] R: Traag.\nI: Dank.\n\n"
        for n in (1, 2)
    )
    reading = read(text)
    assert [(p.place, p.text) for p in reading.passages] == [
        ("00:00:01", "Hoe?"),
        ("00:09:00", "Traag."),
        ("00:09:00", "Dank."),
        ("00:00:02", "Hoe?"),
        ("00:09:00", "Traag."),
        ("00:09:00", "Dank."),
    ]
    assert ("opname 2", "before the first turn") in [(s.text, s.reason) for s in reading.set_aside]


def test_labels_that_are_told_apart_already_stay() -> None:
    text = "".join(f"Interview {n}\nI: Hoe?\nDeelnemer {n}: Traag.\n\n" for n in (1, 2))
    assert [voice for voice, _ in turns(read(text))] == ["I", "Deelnemer 1", "I", "Deelnemer 2"]


def test_a_summary_below_an_interview_is_not_what_its_last_speaker_said() -> None:
    reading = read(f"Interview 1\n{TALK}\nSamenvatting\nTraag.\n\nInterview 2\n{TALK}")
    assert len(reading.passages) == 4
    assert [s.text for s in reading.set_aside if "summary" in s.reason] == [
        "Samenvatting",
        "Traag.",
    ]


def test_a_table_of_contents_is_no_interview() -> None:
    text = f"Interview 1\nInterview 2\n\nInterview 1\n{TALK}\nInterview 2\n{TALK}"
    reading = read(text)
    assert [voice for voice, _ in turns(reading)][1::2] == [
        "Respondent (Interview 1)",
        "Respondent (Interview 2)",
    ]


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        (f"Interview 1\n{TALK}", ["Interviewer", "Respondent"]),
        (
            "I: Hoe?\nR: Traag.\nInterview 2 was heel lang.\nI: En?\nInterview 3 ook.\nR: Ja.\n",
            ["I", "R", "I", "R"],
        ),
        (
            "Moderator: Hoe?\nRespondent 1: Traag.\nRespondent 2: Duur.\nModerator: Dank.\n",
            ["Moderator", "Respondent 1", "Respondent 2", "Moderator"],
        ),
        (
            "Interviewer\nHoe?\n\nRespondent 1\nTraag.\n\nInterviewer\nEn?\n\nRespondent 1\nNou.\n",
            ["Interviewer", "Respondent 1", "Interviewer", "Respondent 1"],
        ),
        (
            "Respondent 1   0:03\nTraag.\nRespondent 2   0:09\nDuur.\n",
            ["Respondent 1", "Respondent 2"],
        ),
    ],
)
def test_what_is_no_heading_of_an_interview_parts_nothing(text: str, voices: list[str]) -> None:
    reading = read(text)
    assert [voice for voice, _ in turns(reading)] == voices
    assert reading.notes == ()
