"""What each tool's own flavour of a transcript gives, to the letter."""

from pathlib import Path

import pytest

from research.errors import BrokenFile, EmptyFile
from research.model import Reading, Upload
from research.readers import read_upload

FIXTURES = Path(__file__).parent.parent / "fixtures" / "in"
Turn = tuple[str, str, str]
SOFTWARE = "a summary made by software, not what people said"
MEET = """00:00:00
\N{NO-BREAK SPACE}
Zoe de Wit: Good morning.
Sam Vale: The set-up took a week.
00:05:00
\N{NO-BREAK SPACE}
Sam Vale: Nobody told me why.
Transcription ended after 00:26:31
"""
SAID = [
    ("00:00:00", "Zoe de Wit", "Good morning."),
    ("00:00:00", "Sam Vale", "The set-up took a week. Nobody told me why."),
]
GEMINI = """Jan 15, 2026
Study call
Invited Zoe de Wit Sam Vale
Meeting records
Summary
Set-up is slow (00:03:12).

Details
Set-up Time: Sam Vale reported that set-up took a week (00:03:12).
Set-up Time: Nobody told Sam why (00:04:12).

Suggested next steps
Sam Vale: will send the invoice.
[ ] Zoe de Wit will call.

You should review Gemini's notes to make sure they're accurate.
"""
LINKED = GEMINI.replace("records", "records\nTranscript")


def turns(reading: Reading) -> list[Turn]:
    """Place, voice and text of every passage."""
    return [(p.place, p.voice, p.text) for p in reading.passages]


def read(text: str, name: str = "talk.txt") -> Reading:
    """The reading of a text."""
    return read_upload(Upload(name, text.encode()))


FLAVOURS: dict[str, list[Turn]] = {
    "google_meet_gemini.txt": SAID,
    "otter.txt": [
        ("00:00:01", "Zoe de Wit", "Good morning, thanks for joining."),
        ("00:00:15", "Sam Vale", "The set-up took a week. Nobody told me why."),
        ("01:02:34", "Unknown Speaker", "Right."),
    ],
    "teams_docx_as_text.txt": [
        ("00:00:03", "Zoe de Wit", "Good morning, thanks for joining."),
        ("00:00:22", "Sam Vale", "The set-up took a week. Nobody told me why."),
    ],
    "teams_download.vtt": [
        (
            "00:00:03",
            "Zoë de Wit",
            "Morning, everyone. The set-up took a week, nobody told me why.",
        ),
        ("00:00:10", "Sam Vale", "Thanks & sorry."),
    ],
    "teams_graph_api.vtt": [
        ("00:00:00", "User Name", "This is a transcript test."),
        ("00:00:05", "User Two", "A second cue with short numbers."),
    ],
    "whisper.tsv": [("00:00:00", "unnamed", "Good morning. The set-up took a week.")],
    "whisperx.txt": [
        ("line 1", "SPEAKER_00", "Good morning."),
        ("line 2", "SPEAKER_01", "The set-up took a week. Unattributed line."),
    ],
    "zoom_chat_cloud.txt": [("00:05:16", "Sam Vale", "The price was hidden")],
    "zoom_cloud.transcript.vtt": [
        ("00:00:00", "Zoe de Wit", "Hi!"),
        ("00:00:02", "Sam Vale", "The set-up took a week. and nobody told me why."),
    ],
    "zoom_meeting_saved_closed_caption.txt": [
        ("10:00:03", "Zoe de Wit", "Good morning, thanks for joining."),
        ("10:00:22", "Sam Vale", "The set-up took a week."),
    ],
}


@pytest.mark.parametrize("name", sorted(FLAVOURS))
def test_a_fixture_gives_exactly_what_was_said(name: str) -> None:
    reading = read_upload(Upload(name, (FIXTURES / name).read_bytes()))
    assert turns(reading) == FLAVOURS[name]


@pytest.mark.parametrize(
    "before",
    [
        f"\U0001f4dd Notes\n{GEMINI}\U0001f4d6 Transcript\nJan 15, 2026\nStudy call - Transcript\n",
        f"{GEMINI}\U0001f4d6 Transcript\nJan 15, 2026\nStudy call - Transcript\n",
        f"{GEMINI}Study call (2026-01-15 10:00 GMT+1) - Transcript\n",
        f"\U0001f4dd Notes\n{LINKED}Transcript\n",
        f"\U0001f4dd Notes\n{GEMINI}",
        GEMINI,
        f"\U0001f4dd Notes\n{GEMINI.partition('You should')[0]}",
        "\U0001f4dd Notities\nSamenvatting\nVolgende stappen\nSam Vale: belt.\nTranscript\n",
    ],
)
def test_the_notes_of_gemini_never_become_passages(before: str) -> None:
    reading = read(before + MEET)
    assert turns(reading) == SAID
    (summary,) = [s.text for s in reading.set_aside if s.reason == SOFTWARE]
    assert "Sam Vale:" in summary


def test_the_notes_of_gemini_behind_the_transcript_never_become_passages() -> None:
    assert turns(read(f"Study call - Transcript\n{MEET}\n\U0001f4dd Notes\n{GEMINI}")) == SAID


def test_the_notes_of_gemini_in_markdown_never_become_passages() -> None:
    notes = GEMINI.replace("Set-up Time:", "* **Set-up Time:**").replace("Details", "### Details")
    said = MEET.replace("Sam Vale:", "**Sam Vale:**").replace("Zoe de Wit:", "**Zoe de Wit:**")
    said = said.replace("00:0", "\n### 00:0").replace("Transcription", "\n### Transcription")
    text = (
        f"# \U0001f4dd Notes\n\n{notes}\n# \U0001f4d6 Transcript\n\n## Study call \\- Transcript\n"
    )
    assert turns(read(text + said, "talk.md")) == SAID


@pytest.mark.parametrize("mark", ["\U0001f4dd Notes\n", ""])
def test_notes_of_gemini_without_a_transcript_are_refused(mark: str) -> None:
    with pytest.raises(EmptyFile, match=r"talk\.txt: it holds a summary made by software and no"):
        read(mark + GEMINI)


def test_two_calls_with_notes_in_one_file_keep_their_words() -> None:
    call = f"\U0001f4dd Notes\n{GEMINI}\U0001f4d6 Transcript\n{MEET}"
    assert turns(read(call + call)) == SAID * 2


def test_a_summary_below_the_last_turn_is_not_what_its_speaker_said() -> None:
    reading = read("Anna: Hoe?\nBo: Traag.\nAnna: O.\nBo: Dag.\n\nVolgende stappen\n- Bo belt.\n")
    assert turns(reading)[-1] == ("line 4", "Bo", "Dag.")
    assert [(s.text, s.reason) for s in reading.set_aside] == [
        ("Volgende stappen", "a summary, not what people said"),
        ("- Bo belt.", "a summary, not what people said"),
    ]


def test_words_like_those_above_a_summary_stay_with_who_says_them() -> None:
    text = "Anna: Hoe?\nBo: Traag.\nNotes\nAnna: We use Gemini's notes.\n\nSummary\nBo: Hm.\n"
    assert turns(read(text)) == [
        ("line 1", "Anna", "Hoe?"),
        ("line 2", "Bo", "Traag. Notes"),
        ("line 4", "Anna", "We use Gemini's notes. Summary"),
        ("line 7", "Bo", "Hm."),
    ]


def test_a_chat_of_zoom_from_the_cloud_gives_its_messages() -> None:
    reading = read(
        "00:05:16\tSam Vale:\tThe price: hidden\r\n00:06:16\tsam's iphone:\tyes: https://x.org\r\n"
        '00:07:01\tbo:\tReplying to "The price"\r\n\r\nMe too\r\nand dear\r\n'
        '00:12:02\tZoe de Wit:\tRemoved a \U0001f44d reaction from "The price"\r\n'
    )
    assert turns(reading) == [
        ("00:05:16", "Sam Vale", "The price: hidden"),
        ("00:06:16", "sam's iphone", "yes: https://x.org"),
        ("00:07:01", "bo", "Me too and dear"),
    ]
    assert [s.reason for s in reading.set_aside] == [
        "a quote of an earlier message",
        "added by transcription software",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "10:05:16 From Sam Vale to Everyone:\n\tThe price\n\tis hidden: why?\n"
        "10:06:00 From sam to Sam Vale(Direct Message):\n\tWhere?\n",
        "10:05:16\t From  Sam Vale : The price\nis hidden: why?\n"
        "10:06:00\t From  sam to  Everyone : Where?\n",
    ],
)
def test_a_chat_of_zoom_that_was_saved_gives_its_messages(text: str) -> None:
    assert turns(read(text)) == [
        ("10:05:16", "Sam Vale", "The price is hidden: why?"),
        ("10:06:00", "sam", "Where?"),
    ]


def test_closed_captions_of_zoom_may_have_any_name() -> None:
    text = "[Zoe de Wit - Example BV (she/her)] 10:00:03\nGood morning,\nthanks.\n\n"
    text += "[sam's iphone] 10:00:22\nOk: a week.\n[laughs]\n"
    reading = read(text)
    assert turns(reading) == [
        ("10:00:03", "Zoe de Wit - Example BV (she/her)", "Good morning, thanks."),
        ("10:00:22", "sam's iphone", "Ok: a week."),
    ]
    assert [s.text for s in reading.set_aside] == ["[laughs]"]


def test_a_device_that_speaks_once_is_a_voice_of_its_own() -> None:
    cues = ("Zoe de Wit: Hi!", "sam's iphone: A week.", "and why?", "Zoe de Wit: One thing: slow.")
    body = "".join(
        f"{n}\n00:00:0{n}.000 --> 00:00:0{n}.900\n{cue}\n\n" for n, cue in enumerate(cues, 1)
    )
    assert turns(read(f"WEBVTT\n\n{body}", "GMT_Recording.transcript.vtt")) == [
        ("00:00:01", "Zoe de Wit", "Hi!"),
        ("00:00:02", "sam's iphone", "A week. and why?"),
        ("00:00:04", "Zoe de Wit", "One thing: slow."),
    ]


def test_captions_of_zoom_and_vimeo_without_speakers_are_one_voice() -> None:
    cues = "0\n00:00:02.000 --> 00:00:05.000\nGood morning.\n\n"
    cues += "1\n00:00:05.000 --> 00:00:09.000\nThe set-up: a week.\n"
    for head in ("WEBVTT\n\n", "WEBVTT - A talk about set-up\n\n"):
        assert turns(read(head + cues, "GMT_Recording.cc.vtt")) == [
            ("00:00:02", "unnamed", "Good morning. The set-up: a week.")
        ]


def test_srt_of_whisper_and_whisperx_is_read_in_either_notation() -> None:
    for comma, zero in ((",", "0"), (".", "")):
        said = ["[SPEAKER_00]: Good morning.", "[SPEAKER_01]: A week.", "[SPEAKER_01]: <i>Why</i>?"]
        body = "".join(
            f"{n}\n{zero}0:59:5{n}{comma}000 --> {zero}1:00:0{n}{comma}000\n{text}\n\n"
            for n, text in enumerate(said, 1)
        )
        assert turns(read(body, "talk.srt")) == [
            ("00:59:51", "SPEAKER_00", "Good morning."),
            ("00:59:52", "SPEAKER_01", "A week. Why?"),
        ]


def test_otter_without_names_and_in_its_old_form_is_read() -> None:
    assert turns(read("0:01  \nGood morning.\n\n1:00:15  \nA week.\n")) == [
        ("00:00:01", "unnamed", "Good morning. A week.")
    ]
    assert turns(read("Speaker1 0:02  Good morning.\n\nSpeaker2 0:09  A week.\n")) == [
        ("00:00:02", "Speaker1", "Good morning."),
        ("00:00:09", "Speaker2", "A week."),
    ]


@pytest.mark.parametrize("name", ["talk.aud", "talk.txt"])
def test_label_tracks_of_whisperx_give_speakers_and_seconds(name: str) -> None:
    text = "0.0\t1.5\t[[SPEAKER_00]]Good morning.\n61.5\t64\t[[SPEAKER_01]] A week.\n"
    reading = read(text + "3700,25\t3701\tNo one.\n", name)
    assert reading.reader == "label-track"
    assert turns(reading) == [
        ("00:00:00", "SPEAKER_00", "Good morning."),
        ("00:01:01", "SPEAKER_01", "A week."),
        ("01:01:40", "unnamed", "No one."),
    ]
    assert reading.notes == (
        "1 of 3 pieces name no speaker; they are read as a voice of their own",
    )


@pytest.mark.parametrize("content", [b"0.0\t1.5\n", b"words\n", b"a\tb\tc\n"])
def test_a_label_track_without_labels_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenFile, match=r"a\.aud: no lines with two times"):
        read_upload(Upload("a.aud", content))
