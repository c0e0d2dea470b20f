"""Transcripts in text, Markdown and Word."""

from io import BytesIO

import pytest
from docx import Document

from research.errors import BadUpload, UnknownFormat
from research.model import Reading, Upload
from research.readers import read_upload
from research.readers.word import Word

Turn = tuple[str, str]


def read(text: str, name: str = "gesprek.txt") -> Reading:
    """The reading of a text file."""
    return read_upload(Upload(name, text.encode()))


def turns(text: str, name: str = "gesprek.txt") -> list[Turn]:
    """Voice and text of every passage."""
    return [(p.voice, p.text) for p in read(text, name).passages]


def word(*paragraphs: str, tables: int = 0) -> Upload:
    """A Word file with some paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for _ in range(tables):
        document.add_table(1, 2).cell(0, 0).text = "Sam Vale: in a table"
    content = BytesIO()
    document.save(content)
    return Upload("gesprek.docx", content.getvalue())


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Interviewer", "Deelnemer 7"),
        ("Q", "A"),
        ("V", "A"),
        ("I", "R"),
        ("I", "P1"),
        ("Anna de Boer", "Jan van 't Hof"),
        ("Moderator", "Respondent"),
        ("Onderzoeker (Anna)", "P3 (vrouw, 34)"),
    ],
)
def test_turns_begin_with_a_label_and_a_colon(asks: str, answers: str) -> None:
    assert turns(f"{asks}: Hoe ging het?\n\n{answers}: Traag: drie weken.\nEn duur.\n") == [
        (asks, "Hoe ging het?"),
        (answers, "Traag: drie weken. En duur."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[00:01:02] Anna: Hallo.",
        "(01:02) Anna: Hallo.",
        "00:01:02 Anna: Hallo.",
        "00:01:02 - Anna: Hallo.",
        "Anna [00:01:02]: Hallo.",
        "Anna: [00:01:02] Hallo.",
        "**Anna: [00:01:02]** Hallo.",
        "**Anna [00:01:02]** Hallo.",
        "- **Anna [00:01:02]:** Hallo.",
        "Anna   1:02\nHallo.",
        "Anna  00:01:02  \nHallo.",
        "**Anna** [00:01:02]\nHallo.",
        "[Anna] 00:01:02\nHallo.",
        "00:01:02\nAnna: Hallo.",
        "00:01:02.140 --> 00:01:07.230\nAnna\nHallo.",
    ],
)
def test_a_time_may_stand_in_many_places(line: str) -> None:
    reading = read(f"{line}\n\n{line.replace('Anna', 'Bo').replace('Hallo', 'Dag')}\n")
    assert [(p.place, p.voice, p.text) for p in reading.passages] == [
        ("00:01:02", "Anna", "Hallo."),
        ("00:01:02", "Bo", "Dag."),
    ]


def test_without_a_time_the_line_is_the_place() -> None:
    reading = read("Q: Hoe?\nA: Traag.\n")
    assert [p.place for p in reading.passages] == ["line 1", "line 2"]


@pytest.mark.parametrize("bold", ["**Anna:** {}", "**Anna**: {}", "__Anna:__ {}", "> **Anna:** {}"])
def test_markdown_names_are_speakers(bold: str) -> None:
    text = f"# Gesprek\n\n{bold.format('Een.')}\n\n**Bo:** Twee.\n"
    assert turns(text, "gesprek.md") == [("Anna", "Een."), ("Bo", "Twee.")]


SAID = [
    ("Interviewer", "Hoe ging het?"),
    ("Deelnemer 7", "Traag."),
    ("Interviewer", "O."),
    ("Deelnemer 7", "Ja."),
]


@pytest.mark.parametrize(
    "turn",
    [
        "## {}\n\n{}",
        "### {}\n{}",
        "### {}:\n{}",
        "**{}**\n{}",
        "**{}**\n\n{}",
        "**{}:**\n\n{}",
        "**{}** {}",
        "**{}** – {}",
        "*{}:* {}",
        "***{}:*** {}",
        "_{}_: {}",
        "- {}: {}",
        "* **{}:** {}",
        "1. **{}:** {}",
        "> {}: {}",
    ],
)
def test_speakers_stand_out_in_markdown_in_many_ways(turn: str) -> None:
    text = "# Gesprek 7\n\n" + "\n\n".join(turn.format(*pair) for pair in SAID) + "\n"
    assert turns(text, "gesprek.md") == SAID
    assert [s.text for s in read(text, "gesprek.md").set_aside] == ["# Gesprek 7"]


def test_a_markdown_table_of_speakers_is_read_and_another_is_not() -> None:
    text = "| Leeftijd | 34 |\n\n| Spreker | Tekst |\n|---|:--|\n| Anna | Hoe **ging** het? |\n"
    text += "| Bo | Traag \\| duur. |\n| Anna | O. |\n"
    reading = read(text, "gesprek.md")
    assert [(p.place, p.voice, p.text) for p in reading.passages] == [
        ("line 5", "Anna", "Hoe ging het?"),
        ("line 6", "Bo", "Traag | duur."),
        ("line 7", "Anna", "O."),
    ]
    assert [s.text for s in reading.set_aside] == ["# Leeftijd 34", "# Spreker Tekst"]


def test_markdown_is_read_as_it_is_shown() -> None:
    text = "---\ntitel: x\n---\n**Anna:** Hoe?\n\n---\n\n**Bo:** Heel **erg** [duur](https://x.nl)"
    text += " \\*hoor\\*. *lacht*<br>\n\nLater\n=====\n\n## Deel 2: slot\n\n**Bo:** Ja.\n\n* * *\n"
    reading = read(text, "gesprek.md")
    assert [(p.place, p.voice, p.text) for p in reading.passages] == [
        ("line 4", "Anna", "Hoe?"),
        ("line 8", "Bo", "Heel erg duur *hoor*. *lacht* Ja."),
    ]
    assert [s.reason for s in reading.set_aside] == [
        "facts about the file", "a heading", "a heading",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "**Klant** en **gebruiker** zijn anders.\n\n**Klant** betaalt.\n",
        "# Test\n\n## Deel 1\n\n### Home\n\nGoed.\n\n### Zoeken\n\nTraag.\n\n## Deel 2\n\n"
        "### Home\n\nBeter.\n\n### Zoeken\n\nSnel.\n\n## Contact\n\nBel ons.\n",
        "# Inzichten\n\n## Problemen\n\nTraag.\n\n## Problemen\n\nDuur.\n",
    ],
)
def test_a_markdown_report_is_not_a_conversation(text: str) -> None:
    with pytest.raises(UnknownFormat):
        read(text, "rapport.md")


def test_front_matter_and_a_header_block_are_set_aside() -> None:
    text = "Datum: 12 maart\nLocatie: Utrecht\nInterviewer: Anna\n\n"
    text += "Anna: Hoe ging het?\nBo: Traag.\nAnna: O.\n"
    reading = read(text)
    assert [(p.voice, p.text) for p in reading.passages][:2] == [
        ("Anna", "Hoe ging het?"),
        ("Bo", "Traag."),
    ]
    assert [s.reason for s in reading.set_aside] == ["facts about the file"]


def test_remarks_of_the_researcher_are_never_speech() -> None:
    reading = read("Anna: Hoe?\nBo: Traag.\nNotitie: Bo zucht hier.\n(stilte)\nBo: En duur.\n")
    assert [p.text for p in reading.passages] == ["Hoe?", "Traag. En duur."]
    assert [s.reason for s in reading.set_aside] == ["a remark of the researcher", "not speech"]


def test_the_notes_of_meet_are_a_summary_and_never_evidence() -> None:
    text = "📝 Notes\nSet-up is slow.\n📖 Transcript\n00:00:00\n"
    text += "Anna Wit: Hi.\nBo Vale: It is slow.\nBo Vale: Yes.\n"
    reading = read(text)
    assert [p.text for p in reading.passages] == ["Hi.", "It is slow. Yes."]
    assert reading.set_aside[0].reason == "a summary made by software, not what people said"
    assert "Set-up is slow." in reading.set_aside[0].text


def test_names_on_lines_of_their_own_are_speakers() -> None:
    text = "Intro\n\nAnna Wit\nHi there.\n\nBo Vale\nIt is slow.\n\n"
    text += "Anna Wit\nWhy?\n\nBo Vale\nNo idea.\n"
    assert [voice for voice, _ in turns(text)] == ["Anna Wit", "Bo Vale", "Anna Wit", "Bo Vale"]


def test_a_sentence_with_a_colon_is_not_a_speaker() -> None:
    text = "Anna: Ja.\nBo: Nou.\nIk zei toen tegen hem: dat kan niet.\nAnna: Nee.\n"
    assert turns(text)[1] == ("Bo", "Nou. Ik zei toen tegen hem: dat kan niet.")


def test_a_text_without_speakers_is_one_voice_and_says_so() -> None:
    reading = read("Ik vond het traag.\nNiemand zei waarom.\n")
    assert [(p.voice, p.text) for p in reading.passages] == [
        ("unnamed", "Ik vond het traag. Niemand zei waarom.")
    ]
    assert reading.notes == ("no speakers are named; everything is read as one voice",)


@pytest.mark.parametrize("name", ["README.md", "rapport.md", "LICENSE.txt", "readme"])
def test_a_text_about_the_folder_or_a_report_is_not_a_transcript(name: str) -> None:
    with pytest.raises(UnknownFormat):
        read("# Over deze map\n\nHier staan de interviews.\n", name)


def test_markup_in_a_transcript_stays_as_text() -> None:
    assert turns("Anna: <b>Hoe</b>?\nBo: <script>alert(1)</script>\n")[1] == (
        "Bo",
        "<script>alert(1)</script>",
    )


def test_long_lines_of_blanks_do_not_take_long() -> None:
    for start in ("x", "# x", "---", "**x**", "|", "> ", "* "):
        text = "Anna: Hoe?\nBo: Zo.\n" + start + " " * 100_000 + "y\n"
        assert turns(text)[1][0] == "Bo"
        assert turns(text, "gesprek.md")[1][0] == "Bo"


def test_a_word_transcript_gives_its_turns_and_notes_its_tables() -> None:
    reading = read_upload(word("Interviewer: Hoe?", "Deelnemer 7: Traag.", tables=2))
    assert [(p.voice, p.text) for p in reading.passages] == [
        ("Interviewer", "Hoe?"),
        ("Deelnemer 7", "Traag."),
    ]
    assert reading.notes == ("2 tables in the document not read",)


def test_the_word_layout_of_teams_may_hold_a_turn_in_one_paragraph() -> None:
    reading = read_upload(
        word(
            "Study call-20260115_100000-Meeting Transcript",
            "27m 42s",
            "Zoe de Wit started transcription",
            "Zoe de Wit   0:03\nGood morning.",
            "Sam Vale   1:02:22\nThe set-up took a week.\nNobody told me why.",
            "Zoe de Wit stopped transcription",
        )
    )
    assert [(p.place, p.voice, p.text) for p in reading.passages] == [
        ("00:00:03", "Zoe de Wit", "Good morning."),
        ("01:02:22", "Sam Vale", "The set-up took a week. Nobody told me why."),
    ]


def test_a_word_report_without_turns_is_refused_with_the_way_out() -> None:
    with pytest.raises(BadUpload, match="begin each turn with a name and a colon"):
        Word().read(word("Onze bevindingen", "Het was traag."))
