"""Rev's JSON, and Gecko's: monologues of words and punctuation, joined as they stand."""

from collections.abc import Iterator, Mapping

from research.errors import BrokenFile
from research.model import Reading, Upload
from research.readers.json_text import Json, Members, json_of, members, objects
from research.readers.spoken import nameless, place_of, reading_of, said, seconds_of, voice_of
from research.readers.turns import UNNAMED, Turn

_EXAMPLE = """{"speakers": [{"id": 0, "name": "Interviewer"}], "monologues": [
{"speaker": 0, "elements": [{"type": "text", "value": "Hoe", "ts": 0.5, "end_ts": 0.8},
{"type": "punct", "value": "?"}]},
{"speaker": 1, "elements": [{"type": "text", "value": "Traag", "ts": 0.9, "end_ts": 1.4},
{"type": "punct", "value": "."}]}]}
"""


class Rev:
    """Reads a transcript of Rev or Rev AI, or one that was edited in Gecko."""

    name = "rev"
    example = Upload("voorbeeld.json", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is JSON with monologues that have elements or terms."""
        return bool(_monologues(json_of(upload)))

    def read(self, upload: Upload) -> Reading:
        """Every monologue under its speaker's name, if that is told."""
        value = json_of(upload)
        monologues = _monologues(value)
        if not monologues:
            raise BrokenFile(upload.name, "no monologues with words are in it; export it again")
        turns = list(_turns(monologues, _names(value)))
        return reading_of(upload, self.name, turns, nameless(turns))


def _monologues(value: Json) -> list[Members]:
    """The monologues of a file; none when one of them holds no words."""
    found = objects(members(value).get("monologues"))
    return found if all("elements" in m or "terms" in m for m in found) else []


def _names(value: Json) -> Mapping[str, str]:
    """The speakers' names by their numbers."""
    speakers = objects(members(value).get("speakers"))
    return {str(s.get("id")): said(s.get("name")) for s in speakers}


def _turns(monologues: list[Members], names: Mapping[str, str]) -> Iterator[Turn]:
    """What is said in each monologue."""
    for number, monologue in enumerate(monologues, start=1):
        elements = objects(monologue.get("elements"))
        terms = objects(monologue.get("terms"))
        text = "".join(said(e.get("value")) for e in elements) or _joined(terms)
        times = (e.get("ts", e.get("start")) for e in (*elements, *terms))
        start = next((time for time in times if time is not None), monologue.get("start"))
        yield Turn(
            _voice(monologue.get("speaker"), names), text, place_of(seconds_of(start), number)
        )


def _voice(speaker: Json, names: Mapping[str, str]) -> str:
    """A speaker's name, else what tells them apart."""
    own = members(speaker)
    if own:
        name = voice_of(own.get("name"))
        return name if name != UNNAMED else voice_of(own.get("id"))
    return voice_of(names.get(str(speaker)) or speaker)


def _joined(terms: list[Members]) -> str:
    """Gecko's terms with spaces between words and none before punctuation."""
    pieces = []
    for term in terms:
        mark = str(term.get("type")).lower().startswith("punct")
        pieces.append(said(term.get("text")) if mark else f" {said(term.get('text'))}")
    return "".join(pieces)
