"""oTranscribe's files (`.otr`): JSON around a page with times between the words."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from research.errors import BrokenFile, EmptyFile, TooLarge
from research.model import Reading, Upload
from research.readers.files import MEGABYTE, extension
from research.readers.json_text import Members, json_of, members
from research.readers.labels import is_known_label, looks_like_name
from research.readers.text import clean
from research.readers.times import as_clock, clock
from research.readers.transcript import read_transcript

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_HTML = 25 * MEGABYTE
_BLOCKS = frozenset({"p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "br"})
_SILENT = frozenset({"script", "style", "head", "noscript", "template"})
_STAMP = re.compile(r"\[\d{2,}:\d\d:\d\d\]")
_SECONDS = re.compile(r"^\d{1,7}(?:\.\d+)?$")
_EXAMPLE = """{"text": "<p><span class=\\"timestamp\\" data-timestamp=\\"0:38\\">0:38</span> \
Interviewer: Hoe ging het?</p><p>Deelnemer 7: Traag.<br></p>",
"media": "gesprek.mp3", "media-source": "", "media-time": 38.2}
"""


class OTranscribe:
    """Reads `.otr` files."""

    name = "otranscribe"
    example = Upload("voorbeeld.otr", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.otr`, or is JSON with a text beside its sound or video."""
        return extension(upload.name) == ".otr" or _is_ours(members(json_of(upload)))

    def read(self, upload: Upload) -> Reading:
        """Every turn; a time stands for the words behind it."""
        page = members(json_of(upload)).get("text")
        if not isinstance(page, str):
            raise BrokenFile(
                upload.name, "this is not a file of oTranscribe; export it again as .otr or text"
            )
        if len(page) > MAX_HTML:
            limit = MAX_HTML // MEGABYTE
            raise TooLarge(
                upload.name, f"its text is larger than the limit of {limit} MB; split it"
            )
        text = "\n".join(_lines(clean(page)))
        if not text.strip():
            raise EmptyFile(upload.name, "the transcript is empty; export it again")
        return read_transcript(upload, self.name, text, ())


def _is_ours(held: Members) -> bool:
    """Whether the members of a file are those of oTranscribe."""
    return isinstance(held.get("text"), str) and bool({"media", "media-time"} & held.keys())


def _lines(page: str) -> Iterator[str]:
    """The lines that the page shows, a time at the start of the words it belongs to."""
    text = "".join(_shown(page)).replace("\u00a0", " ")
    before = ""
    for line in (" ".join(raw.split()).replace("] :", "]:") for raw in text.split("\n")):
        if line or before:
            yield from _apart(line)
        before = line


def _shown(page: str) -> Iterator[str]:
    """What the page shows, piece by piece; times in square brackets, a block on a line."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(f"<html><body>{page}</body></html>".encode(), parser)
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        closes = event == "end"
        silent += 0 if element.tag not in _SILENT else -1 if closes else 1
        if silent:
            continue
        if element.tag in _BLOCKS:
            yield "\n"
        if not closes and _is_time(element):
            yield f" [{_time(element)}] "
        if (element.tail if closes else element.text) and not (not closes and _is_time(element)):
            yield _one_line((element.tail if closes else element.text) or "")


def _one_line(text: str) -> str:
    """Text without the line ends of the page's source."""
    return text.replace("\n", " ")


def _is_time(element: "Element") -> bool:
    """Whether an element is a time that can be clicked."""
    return "timestamp" in (element.get("class") or "").split() and bool(_time(element))


def _time(element: "Element") -> str:
    """The time of an element, written as minutes or as seconds."""
    for written in (element.get("data-timestamp") or "", "".join(element.itertext())):
        bare = written.strip()
        time = clock(int(float(bare))) if _SECONDS.match(bare) else as_clock(bare)
        if time:
            return time
    return ""


def _apart(line: str) -> Iterator[str]:
    """A line cut before every time, unless it stands beside who speaks."""
    start = 0
    for stamp in _STAMP.finditer(line):
        before = line[start : stamp.start()].strip()
        if before and not _STAMP.fullmatch(before) and not _beside(before, line[stamp.end() :]):
            yield before
            start = stamp.start()
    yield line[start:].strip()


def _beside(before: str, after: str) -> bool:
    """Whether a time stands beside a speaker: `Anna: 0:38`, `Anna 0:38:` or alone on a line."""
    label = before.rstrip(":").strip()
    named = is_known_label(label) or looks_like_name(label)
    return named and (before.endswith(":") or after.strip()[:1] in ("", ":"))
