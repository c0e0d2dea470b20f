"""Transcripts in plain text or Markdown: `Name: …`, Q:/A:, Otter, Teams and Meet layouts."""

import re

from research.model import Reading, Upload
from research.readers.files import extension, stem
from research.readers.grid import is_delimited_text
from research.readers.markdown import plain_lines
from research.readers.text import decode, looks_like_text
from research.readers.transcript import has_turns, read_transcript

_MARKDOWN = frozenset({".md", ".markdown"})
_ENDINGS = _MARKDOWN | {".txt", ".text", ""}
_ABOUT = re.compile(r"^(?:readme|licen[cs]e|notice|changelog|source|contributing|authors)\b")
_EXAMPLE = """Interviewer: Hoe ging het bestellen?
Deelnemer 7: De bezorgdatum veranderde drie keer.
Interviewer: En toen?
Deelnemer 7: Toen heb ik gebeld.
"""


class TranscriptText:
    """Reads `.txt` and `.md` files with speakers, and `.txt` files of one voice."""

    name = "transcript-text"
    example = Upload("voorbeeld.txt", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is text with turns, or a `.txt` that is not about the folder itself."""
        ending = extension(upload.name)
        if ending not in _ENDINGS or not looks_like_text(upload.content):
            return False
        if has_turns(_lines(upload, decode(upload).text)):
            return True
        about = bool(_ABOUT.match(stem(upload.name)))
        return ending in {".txt", ".text"} and not about and not is_delimited_text(upload)

    def read(self, upload: Upload) -> Reading:
        """Every turn."""
        text = decode(upload)
        return read_transcript(upload, self.name, _lines(upload, text.text), text.notes)


def _lines(upload: Upload, text: str) -> str:
    """The lines of the file, without the marks of Markdown where it is that."""
    return plain_lines(text) if extension(upload.name) in _MARKDOWN else text
