"""What transcripts in documents share: paragraphs, headings and tables to lines of speech."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from research.model import Reading, SetAside, Upload
from research.readers.labels import is_known_label, is_metadata, looks_like_name
from research.readers.text import clean
from research.readers.times import CLOCK
from research.readers.transcript import has_turns, read_transcript, without_turns
from research.readers.words import words

EXAMPLE = (
    "Interviewer: Hoe ging het bestellen?",
    "Deelnemer 7: De bezorgdatum veranderde drie keer.",
)
"""The lines of every document reader's own example."""

_TIMED = re.compile(rf"^[\[(]?({CLOCK})[\])]?$")
_ENDS_TIMED = re.compile(rf"\s[\[(]?{CLOCK}[\])]?$")
_HEAD = re.compile(rf"^(\S.{{0,58}}?)\s+({CLOCK})$")
_NUMBER = re.compile(r"^\d{1,5}[.)]?$")
_COLUMN_NAMES = frozenset(
    words("tekst text uitspraak transcript transcriptie words woorden said content inhoud")
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document, and whether it is a heading."""

    text: str
    heading: bool = False


def read_document(
    upload: Upload,
    reader: str,
    text: str,
    notes: Sequence[str],
    *,
    pages: Sequence[int] = (),
    aside: Sequence[SetAside] = (),
) -> Reading:
    """The turns in the lines of a document; one without speakers is a report, and refused."""
    tidy = clean(text)
    if not has_turns(tidy):
        raise without_turns(upload, tidy)
    return read_transcript(upload, reader, tidy, notes, pages=pages, aside=aside)


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs as lines; a heading is marked as one, unless it names who speaks."""
    held = list(paragraphs)
    times = Counter(p.text.strip() for p in held if p.heading)
    lines: list[str] = []
    for paragraph in held:
        text = paragraph.text.replace("\u00a0", " ").replace("\u00ad", "")
        if not paragraph.heading:
            lines.append(text)
        elif text.strip():
            speaks = times[paragraph.text.strip()] > 1 or _names_a_speaker(text.strip())
            lines += ["", text] if speaks else [f"# {' '.join(text.split())}"]
    return "\n".join(lines)


def _names_a_speaker(heading: str) -> bool:
    """Whether a heading stands above what somebody says: `Anna:`, `Anna 0:03`."""
    label = heading.partition(":")[0]
    return is_known_label(label) or heading.endswith(":") or bool(_ENDS_TIMED.search(heading))


def wide_head(line: str) -> str:
    """A line with a speaker and a time, with the wide gap that tells them apart."""
    match = _HEAD.match(line)
    if match is None:
        return line
    label = match.group(1)
    named = is_known_label(label) or looks_like_name(label)
    return f"{label}   {match.group(2)}" if named else line


def spoken_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in which rows are a speaker and words, as lines `Speaker: words`; else none."""
    found = [row_of(row) for row in rows if any(cell.strip() for cell in row)]
    names = Counter(name for name, _ in found if name)
    known = any(is_known_label(name) for name in names)
    if sum(names.values()) <= len(found) / 2 or not (known or max(names.values()) > 1):
        return []
    return [line for _, line in found]


def row_of(cells: Sequence[str]) -> tuple[str, str]:
    """Who speaks in a row, if anybody does, and the row as a line."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    bare = filled[1:] if len(filled) > 2 and _NUMBER.match(filled[0]) else filled
    clocks = [match.group(1) for cell in bare if (match := _TIMED.match(cell))]
    rest = [cell for cell in bare if not _TIMED.match(cell)]
    if len(rest) == 2 and rest[1].lower() not in _COLUMN_NAMES:
        name = rest[0].rstrip(" :")
        named = is_known_label(name) or (looks_like_name(name) and not is_metadata(name))
        if named:
            return name, f"[{clocks[0]}] {name}: {rest[1]}" if clocks else f"{name}: {rest[1]}"
    return "", f"# {' '.join(filled)}"


def table_notes(count: int) -> list[str]:
    """The remark on tables that are not read."""
    if not count:
        return []
    return [f"{count} {'table' if count == 1 else 'tables'} in the document not read"]
