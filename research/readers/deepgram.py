"""Deepgram's JSON: utterances where they were asked for, else words by speaker."""

from collections.abc import Iterator, Mapping

from research.errors import BrokenFile
from research.model import Reading, Upload
from research.readers.json_text import Json, Members, json_of, members, objects
from research.readers.spoken import nameless, place_of, reading_of, said, seconds_of, voice_of
from research.readers.turns import Turn

_EXAMPLE = """{"metadata": {"request_id": "r", "channels": 1}, "results": {"channels": [
{"alternatives": [{"transcript": "Hoe ging het? Traag.", "confidence": 0.98, "words": []}]}],
"utterances": [
{"start": 0.08, "end": 1.2, "channel": 0, "transcript": "Hoe ging het?", "speaker": 0},
{"start": 1.4, "end": 2.0, "channel": 0, "transcript": "Traag.", "speaker": 1}]}}
"""


class Deepgram:
    """Reads a transcript as Deepgram's interface returns it."""

    name = "deepgram"
    example = Upload("voorbeeld.json", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is JSON with results that have channels with alternatives."""
        return _results(json_of(upload)) is not None

    def read(self, upload: Upload) -> Reading:
        """Every utterance, else every sentence or word of every channel by speaker."""
        results = _results(json_of(upload))
        if results is None:
            raise BrokenFile(upload.name, "no channels with words are in it; export it again")
        channels = objects(results["channels"])
        pieces = _pieces(results, channels)
        voices = _voices(pieces) if len(channels) > 1 else {}
        turns = [_turn(piece, number, voices) for number, piece in enumerate(pieces, start=1)]
        return reading_of(upload, self.name, turns, nameless(turns))


def _results(value: Json) -> Members | None:
    """The results of a transcript; None when it is none."""
    results = members(members(value).get("results"))
    channels = objects(results.get("channels"))
    return results if channels and all("alternatives" in c for c in channels) else None


def _pieces(results: Members, channels: list[Members]) -> list[Members]:
    """The pieces in order of time, each with its channel."""
    if utterances := objects(results.get("utterances")):
        return utterances
    found = [
        {**piece, "channel": number}
        for number, channel in enumerate(channels)
        for best in objects(channel["alternatives"])[:1]
        for piece in _of_channel(best)
    ]
    return sorted(found, key=_start) if len(channels) > 1 else found


def _of_channel(best: Members) -> Iterator[Members]:
    """The words of a channel, else its sentences, else all of it."""
    words = objects(best.get("words"))
    paragraphs = objects(members(best.get("paragraphs")).get("paragraphs"))
    if words:
        yield from words
    elif paragraphs:
        for paragraph in paragraphs:
            for sentence in objects(paragraph.get("sentences")):
                yield {**sentence, "speaker": paragraph.get("speaker")}
    else:
        yield best


def _start(piece: Members) -> float:
    """When a piece starts; at the beginning when it does not say."""
    return seconds_of(piece.get("start")) or 0.0


def _voices(pieces: list[Members]) -> Mapping[str, str]:
    """A voice for each speaker of each channel, as every channel counts its own."""
    return {who: f"Speaker {n}" for n, who in enumerate(sorted({_who(p) for p in pieces}))}


def _who(piece: Members) -> str:
    """The channel and the speaker of a piece, as one."""
    return f"{piece.get('channel')}/{piece.get('speaker')}"


def _turn(piece: Members, number: int, voices: Mapping[str, str]) -> Turn:
    """A piece with its voice."""
    named = ("transcript", "text", "punctuated_word", "word")
    text = next((words for name in named if (words := said(piece.get(name)))), "")
    voice = voices.get(_who(piece)) or voice_of(piece.get("speaker"))
    return Turn(voice, text, place_of(seconds_of(piece.get("start")), number))
