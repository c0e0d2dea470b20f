"""WebVTT and SRT, with the habits of the tools that write them."""

import pytest

from research.errors import BrokenFile
from research.model import Upload
from research.readers.srt import Srt
from research.readers.webvtt import WebVtt

Turn = tuple[str, str, str]


def vtt(body: str, name: str = "call.vtt") -> list[Turn]:
    """Place, voice and text of every passage of a WebVTT file."""
    reading = WebVtt().read(Upload(name, f"WEBVTT\n\n{body}".encode()))
    return [(p.place, p.voice, p.text) for p in reading.passages]


def srt(body: str) -> list[Turn]:
    """Place, voice and text of every passage of an SRT file."""
    reading = Srt().read(Upload("call.srt", body.encode()))
    return [(p.place, p.voice, p.text) for p in reading.passages]


def test_a_turn_split_over_cues_is_one_passage_at_the_time_of_the_first() -> None:
    assert vtt(
        "00:00:01.000 --> 00:00:02.000\n<v Anna>It took</v>\n\n"
        "00:00:02.000 --> 00:00:03.000\n<v Anna>a week.</v>\n\n"
        "00:00:03.000 --> 00:00:04.000\n<v Bo>Why?</v>\n\n"
        "00:00:04.000 --> 00:00:05.000\n<v Anna>Nobody knew.</v>\n"
    ) == [
        ("00:00:01", "Anna", "It took a week."),
        ("00:00:03", "Bo", "Why?"),
        ("00:00:04", "Anna", "Nobody knew."),
    ]


def test_entities_in_names_and_text_are_resolved_and_the_organisation_is_left_out() -> None:
    assert vtt("00:01.000 --> 00:02.000\n<v Zo&#235; | Example BV>R&amp;D &lt;3</v>\n") == [
        ("00:00:01", "Zoë", "R&D <3")
    ]


def test_several_voices_in_one_cue_are_told_apart() -> None:
    found = vtt("00:01.000 --> 00:02.000\n<v Anna>Hi.</v> <v.loud Bo>Hello.</v>\n")
    assert [(voice, text) for _, voice, text in found] == [("Anna", "Hi."), ("Bo", "Hello.")]


def test_notes_styles_and_regions_are_skipped() -> None:
    assert vtt(
        "NOTE made by a tool\nover two lines\n\nSTYLE\n::cue { color: red }\n\n"
        "REGION\nid:fred\n\n1\n00:01.000 --> 00:02.000\n<v Anna>Hello <i>there</i>.</v>\n"
    ) == [("00:00:01", "Anna", "Hello there.")]


def test_tags_of_subtitles_go_and_script_stays_as_text() -> None:
    assert vtt(
        "00:01.000 --> 00:02.000\n"
        "<v Anna><c.x>a</c> <00:00:01.500>b <script>alert(1)</script></v>\n"
    ) == [("00:00:01", "Anna", "a b <script>alert(1)</script>")]


def test_a_cue_with_a_broken_time_keeps_its_words_and_is_noted() -> None:
    body = (
        "WEBVTT\n\n00:00:xx --> 00:00:04.000\nAnna: It broke.\n\n"
        "00:00:05.000 --> 00:00:06.000\nAnna: Again.\n\n"
        "00:00:07.000 --> 00:00:08.000\nBo: Sorry.\n"
    )
    reading = WebVtt().read(Upload("call.vtt", body.encode()))
    assert [p.text for p in reading.passages] == ["It broke. Again.", "Sorry."]
    assert reading.passages[0].place == "line 3"
    assert reading.notes == ("1 of 3 cues have a time that cannot be read (line 3)",)


@pytest.mark.parametrize("body", ["WEBVTT\n", "WEBVTT\n\nfoo --> bar\nAnna: Hi.\n", "no cues"])
def test_a_file_without_one_readable_time_is_broken(body: str) -> None:
    with pytest.raises(BrokenFile, match=r"call\.vtt: .*time"):
        WebVtt().read(Upload("call.vtt", body.encode()))


def test_a_prefix_that_is_no_name_stays_in_the_words() -> None:
    assert vtt(
        "00:01.000 --> 00:02.000\nAnna de Wit: One thing: it is slow.\n\n"
        "00:02.000 --> 00:03.000\nhttps://example.org: look\n\n"
        "00:03.000 --> 00:04.000\nBo Vale: Right.\n"
    ) == [
        ("00:00:01", "Anna de Wit", "One thing: it is slow. https://example.org: look"),
        ("00:00:03", "Bo Vale", "Right."),
    ]


def test_a_whisperx_bracket_is_a_speaker() -> None:
    assert vtt("00:01.000 --> 00:02.000\n[SPEAKER_00]: Hi.\n") == [
        ("00:00:01", "SPEAKER_00", "Hi.")
    ]


def test_words_without_names_are_one_voice_in_pieces_that_end_with_a_sentence() -> None:
    cues = "".join(
        f"00:{i:02}.000 --> 00:{i + 1:02}.000\nThis is sentence number {i} of the talk.\n\n"
        for i in range(30)
    )
    found = vtt(cues)
    assert {voice for _, voice, _ in found} == {"unnamed"}
    assert 2 <= len(found) <= 5
    assert all(text.endswith(".") for _, _, text in found)


def test_a_line_that_software_adds_is_set_aside() -> None:
    body = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nAnna: Hello.\n\n00:02.000 --> 00:03.000\nAnna: Yes.\n\n"
        "00:09.000 --> 00:10.000\nTranscribed by https://otter.ai\n\n"
        "00:11.000 --> 00:12.000\n[lacht]\n"
    )
    reading = WebVtt().read(Upload("call.vtt", body.encode()))
    assert [p.text for p in reading.passages] == ["Hello. Yes."]
    assert [s.reason for s in reading.set_aside] == [
        "added by transcription software",
        "not speech",
    ]


def test_times_over_an_hour_and_before_zero_are_read() -> None:
    found = vtt(
        "-0:0:1.0 --> 0:0:5.320\n<v A B>One.</v>\n\n"
        "100:00:01.000 --> 100:00:02.000\n<v C D>Two.</v>\n"
    )
    assert [place for place, _, _ in found] == ["00:00:00", "100:00:01"]


def test_srt_with_dots_short_hours_and_font_tags_is_read() -> None:
    assert srt(
        "1\n0:00:01.000 --> 0:00:02.000\n<font color='red'>Interviewer: Hoe ging het?</font>\n\n"
        "2\n0:00:02.000 --> 0:00:03.000\n{\\an8}Deelnemer 7: Traag.\n"
    ) == [("00:00:01", "Interviewer", "Hoe ging het?"), ("00:00:02", "Deelnemer 7", "Traag.")]


def test_srt_without_blank_lines_between_cues_is_read() -> None:
    assert srt(
        "1\n00:00:01,000 --> 00:00:02,000\nP1: Een.\n2\n00:00:03,000 --> 00:00:04,000\nP2: Twee.\n"
    ) == [("00:00:01", "P1", "Een."), ("00:00:03", "P2", "Twee.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_turns(encoding: str, end: str) -> None:
    body = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Zoë>Één café.</v>\n\n"
    body += "00:02.000 --> 00:03.000\n<v Bo>Ja.</v>\n"
    reading = WebVtt().read(Upload("a.vtt", body.replace("\n", end).encode(encoding)))
    assert [(p.voice, p.text) for p in reading.passages] == [("Zoë", "Één café."), ("Bo", "Ja.")]


def test_hostile_lines_do_not_take_long() -> None:
    body = "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 50_000 + " " * 50_000 + "{\\" * 20_000
    reading = WebVtt().read(Upload("a.vtt", body.encode()))
    assert len(reading.passages) == 1
