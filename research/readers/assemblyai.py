"""AssemblyAI's JSON: utterances with speakers, else words; times in milliseconds."""

from collections.abc import Iterator

from research.errors import BrokenFile
from research.model import Reading, Upload
from research.readers.json_text import Members, json_of, members, objects
from research.readers.spoken import nameless, place_of, reading_of, said, seconds_of, voice_of
from research.readers.turns import Turn

_SIGNS = frozenset({"status", "audio_duration", "audio_url", "language_code"})
_UNDONE = frozenset({"queued", "processing", "error"})
_EXAMPLE = """{"id": "x", "status": "completed", "language_code": "nl", "audio_duration": 4,
"text": "Hoe ging het? Traag.", "words": [], "utterances": [
{"speaker": "A", "text": "Hoe ging het?", "start": 250, "end": 1500, "words": []},
{"speaker": "B", "text": "Traag.", "start": 1600, "end": 4000, "words": []}]}
"""


class AssemblyAi:
    """Reads a transcript as AssemblyAI's interface returns it."""

    name = "assemblyai"
    example = Upload("voorbeeld.json", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is JSON with utterances or words beside what tells of the sound."""
        return _is_transcript(members(json_of(upload)))

    def read(self, upload: Upload) -> Reading:
        """Every utterance; without speakers, the words as one voice."""
        transcript = members(json_of(upload))
        if not _is_transcript(transcript):
            raise BrokenFile(upload.name, "no utterances or words are in it; export it again")
        if transcript.get("status") in _UNDONE:
            raise BrokenFile(
                upload.name,
                f"its transcription is not done (status: {transcript['status']}); "
                "fetch it again when it is completed",
            )
        turns = list(_turns(transcript))
        return reading_of(upload, self.name, turns, nameless(turns))


def _is_transcript(held: Members) -> bool:
    """Whether the members of a file are those of a transcript."""
    pieces = "utterances" in held or "words" in held
    return pieces and "text" in held and bool(_SIGNS & held.keys())


def _turns(transcript: Members) -> Iterator[Turn]:
    """The utterances, else the words, else the whole text."""
    pieces = objects(transcript.get("utterances")) or objects(transcript.get("words"))
    for number, piece in enumerate(pieces or [transcript], start=1):
        place = place_of(seconds_of(piece.get("start"), unit=1000), number)
        yield Turn(voice_of(piece.get("speaker")), said(piece.get("text")), place)
