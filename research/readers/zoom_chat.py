"""The chat of a Zoom meeting, from the cloud or saved on a computer (`.txt`)."""

import re
from collections.abc import Iterator, Sequence

from research.errors import UnknownFormat
from research.model import Reading, SetAside, Upload
from research.readers.files import extension
from research.readers.spoken import reading_of
from research.readers.text import decode, looks_like_text
from research.readers.times import as_clock
from research.readers.turns import Turn

_CLOUD = re.compile(r"^(\d{1,2}:\d{2}:\d{2})\t([^\t]{1,100}?):\t(.*)$")
_SAVED = re.compile(
    r"^(\d{1,2}:\d{2}:\d{2})\s{1,3}From\s{1,3}(\S.{0,100}?)(?:\s{1,3}to\s{1,3}\S.{0,100}?)?\s?:(?:\s(.*))?$"
)
_QUOTE = re.compile(r"^(?:Replying to|Reply to|Antwoord(?:en)? op)\s+[\"“].*$", re.IGNORECASE)
_QUOTED = "a quote of an earlier message"
_EXAMPLE = (
    "00:05:16\tInterviewer:\tWat hield je tegen?\r\n"
    '00:05:40\tDeelnemer 7:\tReplying to "Wat hield je tegen?"\r\n\r\nDe prijs stond verstopt.\r\n'
    '00:06:02\tInterviewer:\tReacted to "De prijs stond verst..." with 👍\r\n'
)


class ZoomChat:
    """Reads the file that Zoom calls chat."""

    name = "zoom-chat"
    example = Upload("RecordingnewChat.txt", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is text that begins with a message: a time, who wrote it, the words."""
        if extension(upload.name) not in {".txt", ".text", ""}:
            return False
        if not looks_like_text(upload.content):
            return False
        head = decode(Upload(upload.name, upload.content[:4000])).text.split("\n")
        first = next((line for line in head if line.strip()), "")
        return _message(first) is not None

    def read(self, upload: Upload) -> Reading:
        """Every message; reactions and quotes of others are set aside."""
        text = decode(upload)
        lines = text.text.split("\n")
        if not any(_message(line) for line in lines):
            raise UnknownFormat(
                upload.name, "no messages of a chat are in it; save the chat of Zoom again"
            )
        turns = list(_turns(lines))
        quotes = [SetAside(t.place, t.text, _QUOTED) for t in turns if _QUOTE.match(t.text)]
        said = (turn for turn in turns if not _QUOTE.match(turn.text))
        return reading_of(upload, self.name, said, text.notes, quotes)


def _message(line: str) -> tuple[str, str, str] | None:
    """The time, writer and words of a line that begins a message."""
    match = _CLOUD.match(line[:1000]) or _SAVED.match(line[:1000])
    if match is None or not as_clock(match.group(1)):
        return None
    start = match.start(3) if match.group(3) is not None else len(line)
    return as_clock(match.group(1)), " ".join(match.group(2).split()), line[start:]


def _turns(lines: Sequence[str]) -> Iterator[Turn]:
    """The lines of every message, each with its writer and time."""
    voice, time = "", ""
    for line in lines:
        if message := _message(line):
            time, voice, words = message
            yield Turn(voice, words.strip(), time)
        elif line.strip() and voice:
            yield Turn(voice, line.strip(), time)
