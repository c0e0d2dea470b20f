"""Transcripts as the JSON of transcription services and programs."""

import json
from pathlib import Path

import pytest

from research.errors import BadUpload, BrokenFile, EmptyFile
from research.model import Reading, Upload
from research.readers import read_upload

FIXTURES = Path(__file__).parent.parent / "fixtures" / "in"
Turn = tuple[str, str, str]
HUGE = 10**400


def read(value: object, name: str = "gesprek.json") -> Reading:
    """The reading of a JSON value."""
    return read_upload(Upload(name, json.dumps(value).encode()))


def turns(reading: Reading) -> list[Turn]:
    """Place, voice and text of every passage."""
    return [(p.place, p.voice, p.text) for p in reading.passages]


@pytest.mark.parametrize(
    ("name", "reader", "expected"),
    [
        (
            "whisper.json",
            "whisper",
            [("00:00:00", "unnamed", "Good morning. The set-up took a week.")],
        ),
        (
            "whisperx.json",
            "whisper",
            [
                ("00:00:00", "SPEAKER_00", "Good morning."),
                ("00:00:01", "unnamed", "Week 2 was slow."),
            ],
        ),
        (
            "assemblyai.json",
            "assemblyai",
            [
                ("00:00:00", "Speaker A", "Good morning."),
                ("00:00:01", "Speaker B", "The set-up took a week."),
            ],
        ),
        ("deepgram.json", "deepgram", [("00:00:00", "Speaker 0", "Good morning.")]),
        ("rev.json", "rev", [("00:00:00", "Zoe de Wit", "Good morning.")]),
    ],
)
def test_a_fixture_gives_exactly_what_was_said(
    name: str, reader: str, expected: list[Turn]
) -> None:
    content = (FIXTURES / name).read_bytes()
    for given in (name, "export.txt", "export"):
        reading = read_upload(Upload(given, content))
        assert (reading.reader, turns(reading)) == (reader, expected)


def test_segments_without_a_speaker_beside_others_are_noted() -> None:
    reading = read_upload(Upload("x.json", (FIXTURES / "whisperx.json").read_bytes()))
    assert reading.notes == (
        "1 of 2 pieces name no speaker; they are read as a voice of their own",
    )


def test_a_segment_takes_the_one_speaker_that_its_words_name() -> None:
    words = [{"word": "Week"}, {"word": "2", "speaker": "SPEAKER_01"}]
    segment = {"start": 3.2, "end": 4, "text": " Week 2", "words": words}
    assert turns(read({"segments": [segment]})) == [("00:00:03", "SPEAKER_01", "Week 2")]


def test_whisper_adds_no_line_of_its_own_on_silence() -> None:
    said = ["Traag.", "Transcribed by https://otter.ai", "[muziek]"]
    segments = [{"start": n, "end": n + 1, "text": f" {text}"} for n, text in enumerate(said)]
    reading = read({"text": "", "segments": segments, "language": "nl"})
    assert [p.text for p in reading.passages] == ["Traag."]
    assert [(s.place, s.reason) for s in reading.set_aside] == [
        ("00:00:01", "added by transcription software"),
        ("00:00:02", "not speech"),
    ]


def test_whisper_cpp_counts_milliseconds() -> None:
    pieces = [
        {"timestamps": {}, "offsets": {"from": 61_250, "to": 62_000}, "text": " Hoe ging het?"},
        {"timestamps": {}, "offsets": {"from": 62_000, "to": 63_000}, "text": " Traag."},
    ]
    value = {"systeminfo": "", "result": {"language": "nl"}, "transcription": pieces}
    assert turns(read(value)) == [("00:01:01", "unnamed", "Hoe ging het? Traag.")]


def test_a_list_of_segments_with_speakers_is_read() -> None:
    value = [
        {"start": 0, "end": 1, "text": "Hoe ging het?", "speaker": "Interviewer"},
        {"start": 3700.9, "end": 3702, "text": "Traag.", "speaker": "Deelnemer 7"},
    ]
    assert turns(read(value)) == [
        ("00:00:00", "Interviewer", "Hoe ging het?"),
        ("01:01:40", "Deelnemer 7", "Traag."),
    ]


def test_a_whisper_text_without_segments_is_one_voice() -> None:
    value = {"text": " Het was traag.", "segments": [], "language": "nl"}
    assert turns(read(value)) == [("row 1", "unnamed", "Het was traag.")]


def test_assemblyai_words_are_grouped_by_speaker_where_there_are_no_utterances() -> None:
    words = [
        {"text": "Hoe", "start": 60_000, "end": 60_400, "speaker": "A"},
        {"text": "dan?", "start": 60_400, "end": 61_000, "speaker": "A"},
        {"text": "Traag.", "start": 61_500, "end": 62_000, "speaker": "B"},
    ]
    value = {"status": "completed", "text": "Hoe dan? Traag.", "words": words, "utterances": None}
    assert turns(read(value)) == [
        ("00:01:00", "Speaker A", "Hoe dan?"),
        ("00:01:01", "Speaker B", "Traag."),
    ]


def test_assemblyai_names_stay_as_they_are() -> None:
    said = [{"speaker": "Sam Vale", "text": "Traag.", "start": 0, "end": 1}]
    value = {"audio_duration": 3, "text": "Traag.", "words": None, "utterances": said}
    assert turns(read(value)) == [("00:00:00", "Sam Vale", "Traag.")]


@pytest.mark.parametrize("status", ["queued", "processing", "error"])
def test_an_assemblyai_transcript_that_is_not_done_is_refused(status: str) -> None:
    with pytest.raises(BrokenFile, match=rf"gesprek\.json: .*not done \(status: {status}\)"):
        read({"id": "x", "status": status, "text": None, "words": None, "utterances": None})


def deepgram(*alternatives: object, **more: object) -> dict[str, object]:
    """A result of Deepgram with one alternative a channel."""
    return {
        "metadata": {"channels": len(alternatives)},
        "results": {"channels": [{"alternatives": [a]} for a in alternatives], **more},
    }


def test_deepgram_words_are_grouped_by_speaker_where_there_are_no_utterances() -> None:
    words = [
        {"word": "hoe", "punctuated_word": "Hoe", "start": 1.5, "end": 1.7, "speaker": 0},
        {"word": "dan", "punctuated_word": "dan?", "start": 1.7, "end": 1.9, "speaker": 0},
        {"word": "traag", "start": 2.1, "end": 2.4, "speaker": 1},
    ]
    assert turns(read(deepgram({"transcript": "hoe dan traag", "words": words}))) == [
        ("00:00:01", "Speaker 0", "Hoe dan?"),
        ("00:00:02", "Speaker 1", "traag"),
    ]


def test_deepgram_sentences_are_read_where_there_are_no_words() -> None:
    sentences = [{"text": "Hoe dan?", "start": 3, "end": 4}, {"text": "Nou?", "start": 5, "end": 6}]
    paragraphs = {"paragraphs": {"paragraphs": [{"sentences": sentences, "speaker": 1}]}}
    assert turns(read(deepgram(paragraphs))) == [("00:00:03", "Speaker 1", "Hoe dan? Nou?")]


def test_deepgram_channels_are_voices_in_order_of_time() -> None:
    first = {"words": [{"word": "hoe", "start": 1, "end": 2}, {"word": "oké", "start": 9}]}
    second = {"words": [{"word": "traag", "start": 4, "end": 5}]}
    assert turns(read(deepgram(first, second))) == [
        ("00:00:01", "Speaker 0", "hoe"),
        ("00:00:04", "Speaker 1", "traag"),
        ("00:00:09", "Speaker 0", "oké"),
    ]


def test_deepgram_speakers_are_counted_anew_in_every_channel() -> None:
    said = [
        {"channel": 0, "speaker": 0, "start": 1, "transcript": "Hoe?"},
        {"channel": 1, "speaker": 0, "start": 2, "transcript": "Traag."},
        {"channel": 1, "speaker": 1, "start": 3, "transcript": "Nou."},
    ]
    assert turns(read(deepgram({}, {}, utterances=said))) == [
        ("00:00:01", "Speaker 0", "Hoe?"),
        ("00:00:02", "Speaker 1", "Traag."),
        ("00:00:03", "Speaker 2", "Nou."),
    ]


def test_a_deepgram_transcript_without_words_is_one_voice() -> None:
    assert turns(read(deepgram({"transcript": "Het was traag.", "words": []}))) == [
        ("row 1", "unnamed", "Het was traag.")
    ]


def test_rev_elements_are_joined_as_they_stand() -> None:
    elements = [
        {"type": "text", "value": "Traag", "ts": 75.2, "end_ts": 75.9},
        {"type": "punct", "value": ", "},
        {"type": "text", "value": "set-up", "ts": 76, "end_ts": 77},
        {"type": "punct", "value": "."},
        {"type": "tag", "name": "laugh"},
    ]
    assert turns(read({"monologues": [{"speaker": 1, "elements": elements}]})) == [
        ("00:01:15", "Speaker 1", "Traag, set-up.")
    ]


def test_gecko_terms_are_words_with_spaces_and_punctuation_without() -> None:
    terms = [
        {"start": 2.5, "end": 3, "text": "Traag", "type": "WORD"},
        {"start": 3, "end": 3, "text": ",", "type": "PUNCTUATION"},
        {"start": 3, "end": 4, "text": "hoor", "type": "WORD"},
    ]
    named = {"speaker": {"id": "s1", "name": "Sam Vale"}, "start": 2.5, "terms": terms}
    bare = {"speaker": {"id": "s2", "name": None}, "start": 5, "terms": terms[:1]}
    assert turns(read({"schemaVersion": "2.0", "monologues": [named, bare]})) == [
        ("00:00:02", "Sam Vale", "Traag, hoor"),
        ("00:00:02", "s2", "Traag"),
    ]


@pytest.mark.parametrize("time", [None, "soon", HUGE, -HUGE, 1e999, float("nan"), True, [], {}])
def test_a_time_that_is_none_leaves_the_words_in_their_row(time: object) -> None:
    piece = {"start": time, "end": time, "text": "Traag.", "speaker": "A"}
    for value in (
        {"segments": [piece]},
        {"status": "completed", "text": "", "utterances": [piece]},
        deepgram({"words": [{**piece, "word": "Traag."}]}, {"words": []}),
        {"monologues": [{"speaker": 0, "start": time, "terms": [piece]}]},
    ):
        assert [(p.place, p.text) for p in read(value).passages] == [("row 1", "Traag.")]


@pytest.mark.parametrize("odd", [None, 3, "x", [], [3], [[]], {}, {"a": []}, True])
def test_json_of_another_shape_is_refused_by_name(odd: object) -> None:
    for value in (
        {"segments": odd},
        {"segments": [{"start": odd, "end": 1, "text": odd, "speaker": odd, "words": odd}]},
        {"status": "completed", "text": odd, "utterances": odd, "words": odd},
        {"results": {"channels": [{"alternatives": odd}], "utterances": odd}},
        {"results": {"channels": odd}},
        {"monologues": [{"speaker": odd, "elements": odd}], "speakers": odd},
        {"monologues": odd},
    ):
        try:
            reading = read(value)
        except BadUpload as refused:
            assert refused.name == "gesprek.json" and refused.reason
        else:
            assert all(p.text and p.voice and p.place for p in reading.passages)


def test_a_transcript_without_words_is_refused_as_empty() -> None:
    with pytest.raises(EmptyFile, match="nobody says anything in it"):
        read({"text": "", "segments": [], "language": "nl"})


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"segments": [' * 20_000, b'{"segments": ['])
def test_json_that_is_too_deep_or_cut_off_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenFile, match=r"gesprek\.json: it is not valid JSON"):
        read_upload(Upload("gesprek.json", content))


def test_halves_of_characters_and_controls_never_reach_a_passage() -> None:
    content = b'{"segments": [{"start": 0, "end": 1, "text": "Tr\\u0007aag \\ud83d."}]}'
    reading = read_upload(Upload("gesprek.json", content))
    assert [p.text for p in reading.passages] == ["Traag \ufffd."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_gives_the_same_words(encoding: str) -> None:
    text = '{"segments": [{"start": 0, "end": 1, "text": "Één café."}]}'
    reading = read_upload(Upload("gesprek.json", text.encode(encoding)))
    assert [p.text for p in reading.passages] == ["Één café."]
