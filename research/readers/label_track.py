"""Label tracks: WhisperX's `.aud` and Audacity's labels, a start, an end and words on a line."""

import re
from collections.abc import Iterator, Sequence

from research.errors import BrokenFile
from research.model import Reading, Upload
from research.readers.files import extension
from research.readers.spoken import nameless, place_of, reading_of, seconds_of, voice_of
from research.readers.text import decode, looks_like_text
from research.readers.turns import UNNAMED, Turn

_LABEL = re.compile(r"^(\d{1,7}(?:[.,]\d{1,9})?)\t\d{1,7}(?:[.,]\d{1,9})?\t(.*)$")
_SPEAKER = re.compile(r"^\s*\[\[([^\[\]]{1,60})\]\]\s*(.*)$")
_EXAMPLE = "0.0\t1.5\t[[SPEAKER_00]]Hoe ging het?\n1.5\t4.0\t[[SPEAKER_01]]Traag.\n"


class LabelTrack:
    """Reads `.aud` files, and `.txt` files that are built like them."""

    name = "label-track"
    example = Upload("voorbeeld.aud", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.aud`, or is text in which every line begins with two times."""
        ending = extension(upload.name)
        if ending not in {".aud", ".txt", ""} or not looks_like_text(upload.content):
            return False
        head = decode(Upload(upload.name, upload.content[:4000])).text.split("\n")
        lines = [line for line in head if line.strip()]
        whole = lines[:-1] if len(lines) > 1 else lines
        return ending == ".aud" or (bool(whole) and all(_LABEL.match(line) for line in whole))

    def read(self, upload: Upload) -> Reading:
        """The words of every label, joined to turns."""
        text = decode(upload)
        turns = list(_turns(text.text.split("\n")))
        if not turns:
            raise BrokenFile(upload.name, "no lines with two times and words are in it; export it")
        return reading_of(upload, self.name, turns, (*text.notes, *nameless(turns)))


def _turns(lines: Sequence[str]) -> Iterator[Turn]:
    """The words of every label with their start and, in double brackets, their speaker."""
    for number, line in enumerate(lines, start=1):
        label = _LABEL.match(line)
        if label is None:
            continue
        place = place_of(seconds_of(float(label.group(1).replace(",", "."))), number)
        speaker = _SPEAKER.match(label.group(2))
        if speaker:
            yield Turn(voice_of(speaker.group(1)), speaker.group(2), place)
        else:
            yield Turn(UNNAMED, label.group(2), place)
