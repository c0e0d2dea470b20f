"""SubRip subtitles, with the dots and short hours of older Whisper tolerated."""

import re

from research.contracts import Format
from research.model import Reading, Upload
from research.readers.cues import find_cues, read_cues
from research.readers.files import extension
from research.readers.text import decode

_START = re.compile(rb"^\W*\d+\s+\d{1,2}:\d{2}:\d{2}[.,]\d{1,3}\s*-->")
_EXAMPLE = """1
00:00:01,000 --> 00:00:03,000
Interviewer: Hoe ging het bestellen?

2
00:00:03,000 --> 00:00:06,000
Deelnemer 7: De bezorgdatum veranderde drie keer.
"""


class Srt:
    """Reads `.srt` files."""

    name = "srt"
    format = Format(
        files=(".srt",),
        tools=("Whisper", "subtitle editors"),
        read="speakers where they are named, times and words",
        ignored=("marks of sound such as [Music]",),
    )
    example = Upload("voorbeeld.srt", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.srt` or begins with a number and a timing line."""
        return extension(upload.name) == ".srt" or bool(_START.match(upload.content[:80]))

    def read(self, upload: Upload) -> Reading:
        """Every subtitle, joined to turns."""
        text = decode(upload)
        return read_cues(upload, self.name, find_cues(text.text.split("\n")), text.notes)
