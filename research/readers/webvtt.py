"""WebVTT transcripts: Teams, Zoom, Google Meet, Whisper and WhisperX."""

import re

from research.contracts import Format
from research.model import Reading, Upload
from research.readers.cues import find_cues, read_cues
from research.readers.files import extension
from research.readers.text import decode

_SKIPPED = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
_EXAMPLE = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Interviewer>Hoe ging het bestellen?</v>

00:00:03.000 --> 00:00:06.000
<v Deelnemer 7>De bezorgdatum veranderde drie keer.</v>
"""


class WebVtt:
    """Reads `.vtt` files."""

    name = "webvtt"
    format = Format(
        files=(".vtt",),
        tools=("Microsoft Teams", "Zoom", "Google Meet", "Whisper", "WhisperX", "Vimeo"),
        read="speakers, times and words; turns split over cues are joined",
        ignored=("notes, styles and regions", "marks of sound such as [Music]"),
    )
    example = Upload("voorbeeld.vtt", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.vtt` or begins with WEBVTT."""
        head = upload.content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"").lstrip()
        return extension(upload.name) == ".vtt" or head.startswith(b"WEBVTT")

    def read(self, upload: Upload) -> Reading:
        """Every cue, joined to turns."""
        text = decode(upload)
        lines = _without_notes(text.text.split("\n"))
        return read_cues(upload, self.name, find_cues(lines), text.notes)


def _without_notes(lines: list[str]) -> list[str]:
    """The lines with comment, style and region blocks blanked, so that line numbers stay."""
    kept: list[str] = []
    skipping, blank = False, True
    for number, line in enumerate(lines):
        header = number == 0 and line.lstrip().startswith("WEBVTT")
        skipping = (skipping and bool(line.strip())) or (blank and bool(_SKIPPED.match(line)))
        kept.append("" if skipping or header else line)
        blank = not line.strip()
    return kept
