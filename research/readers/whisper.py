"""Whisper's JSON: that of OpenAI, WhisperX, whisper.cpp and others that keep its segments."""

from collections.abc import Iterator

from research.errors import BrokenFile
from research.model import Reading, Upload
from research.readers.json_text import Json, Members, json_of, members, objects
from research.readers.spoken import nameless, place_of, reading_of, said, seconds_of, voice_of
from research.readers.turns import UNNAMED, Turn

_EXAMPLE = """{"text": " Hoe ging het? Traag.", "language": "nl", "segments": [
{"id": 0, "seek": 0, "start": 0.0, "end": 1.5, "text": " Hoe ging het?", "tokens": [50364]},
{"id": 1, "seek": 0, "start": 1.5, "end": 4.0, "text": " Traag.", "tokens": [50440]}]}
"""


class Whisper:
    """Reads JSON with segments; those without a speaker are one voice."""

    name = "whisper"
    example = Upload("voorbeeld.json", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is JSON with segments that have words and a start."""
        return bool(_segments(json_of(upload)))

    def read(self, upload: Upload) -> Reading:
        """Every segment, joined to turns."""
        segments = _segments(json_of(upload))
        if not segments:
            raise BrokenFile(
                upload.name, "no segments with words and times are in it; export it again"
            )
        turns = list(_turns(segments))
        return reading_of(upload, self.name, turns, nameless(turns))


def _segments(value: Json) -> list[Members]:
    """The segments of a file, which may be their list; a text without any is one."""
    held = members(value)
    if isinstance(held.get("transcription"), list):
        found = objects(held["transcription"])
        return found if all("offsets" in s and "text" in s for s in found) else []
    if held.get("segments") == [] and "text" in held:
        return [held]
    found = objects(value if isinstance(value, list) else held.get("segments"))
    return found if all("start" in s and "end" in s and "text" in s for s in found) else []


def _turns(segments: list[Members]) -> Iterator[Turn]:
    """The words of every segment with their speaker and start."""
    for number, segment in enumerate(segments, start=1):
        yield Turn(_voice(segment), said(segment["text"]), place_of(_start(segment), number))


def _start(segment: Members) -> float | None:
    """When a segment starts, in seconds; whisper.cpp counts milliseconds."""
    if offsets := members(segment.get("offsets")):
        return seconds_of(offsets.get("from"), unit=1000)
    return seconds_of(segment.get("start"))


def _voice(segment: Members) -> str:
    """Who speaks in a segment: as it says, else as all of its words say that name anybody."""
    if segment.get("speaker") is not None:
        return voice_of(segment["speaker"])
    spoken = {voice_of(word.get("speaker")) for word in objects(segment.get("words"))} - {UNNAMED}
    return spoken.pop() if len(spoken) == 1 else UNNAMED
