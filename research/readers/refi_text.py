"""Where the coded selections of a REFI-QDA project stand in its texts, exactly.

The standard counts Unicode code points from 0. Programs differ in what a line end counts for,
in whether the end is included, and some count UTF-16 units; which way a source was counted is
told by the names of its selections, where these are the words selected.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from research.model import Upload
from research.readers.labels import is_known_label, looks_like_name
from research.readers.layout import understand
from research.readers.refi import ProjectSource, Selection
from research.readers.text import clean, decode

_SHORTEST = 8
_MORE = ("…", "...")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded part of a text as it is read: `text_of(file)[start:end] == text`."""

    start: int
    end: int
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Count:
    """One way to count: the text it counts in, its units, and whether the end is included."""

    text: str
    wide: bool
    more: int


def text_of(file: Upload) -> str:
    """A source's text as the readers of transcripts see it."""
    return decode(file).text


def coded_parts(source: ProjectSource) -> tuple[Coded, ...]:
    """Every coded selection of a source of plain text, at exact offsets in `text_of`."""
    if not isinstance(source.file, Upload) or not source.file.name.endswith(".txt"):
        return ()
    if not source.selections or not source.file.content.strip(b"\x00 \t\r\n"):
        return ()
    text = text_of(source.file)
    count = _best(_raw(source.file, text), source.selections)
    point, place = _points(count), _places(count.text)
    found = []
    for selection in source.selections:
        start, end = (place(point(at)) for at in (selection.start, selection.end + count.more))
        if text[start:end].strip():
            found.append(Coded(start, end, text[start:end], selection.codes))
    return tuple(found)


def names_in(file: Upload) -> re.Pattern[str] | None:
    """What matches the names of the speakers in a text; None when nobody is named."""
    lines, layout = understand(text_of(file).split("\n"))
    labels = {line.label for line in lines} if layout != "none" else set()
    words = {
        word
        for label in labels
        if looks_like_name(label) and not is_known_label(label)
        for word in _WORD.findall(label)
        if word[0].isupper()
    }
    return re.compile(rf"\b(?:{'|'.join(sorted(words))})\b") if words else None


def _raw(file: Upload, text: str) -> str:
    """The text with its own line ends, without a mark; as it is read when it is not UTF-8."""
    try:
        return file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text


def _best(raw: str, selections: Sequence[Selection]) -> _Count:
    """The way of counting in which most names are the words selected; the standard's at best."""
    ways = list(_ways(raw))
    named = [s for s in selections if len(s.name.strip()) >= _SHORTEST]
    scores = [_matches(way, named) for way in ways[:1]]
    if scores[0] < len(named):
        scores += [_matches(way, named) for way in ways[1:]]
    return ways[scores.index(max(scores))]


def _ways(raw: str) -> Iterator[_Count]:
    lines = raw.replace("\r\n", "\n")
    texts = dict.fromkeys((raw, lines, lines.replace("\n", "\r\n"), "\ufeff" + raw))
    for more in (0, 1):
        for wide in (False, True):
            yield from (_Count(text, wide, more) for text in texts)


def _matches(way: _Count, named: Sequence[Selection]) -> int:
    """How many selections are called after their words, counted this way."""
    point = _points(way)
    return sum(_says(way.text[point(s.start) : point(s.end + way.more)], s.name) for s in named)


def _says(words: str, name: str) -> bool:
    """Whether a name is these words, or their beginning where it is cut off."""
    said, called = " ".join(clean(words).split()), " ".join(name.split())
    cut = next((called.removesuffix(m).rstrip() for m in _MORE if called.endswith(m)), "")
    return said == called or (len(cut) >= _SHORTEST and said.startswith(cut))


def _points(count: _Count) -> Callable[[int], int]:
    """From an offset as it was counted to code points."""
    if not count.wide:
        return lambda at: min(at, len(count.text))
    pairs: list[int] = []
    for index, character in enumerate(count.text):
        if character > "\uffff":
            pairs.append(index + len(pairs) + 1)
    return lambda at: min(at - bisect_left(pairs, at), len(count.text))


def _places(text: str) -> Callable[[int], int]:
    """From a code point of a text to the same place in it as it is read."""
    gone = [
        index
        for index, character in enumerate(text)
        if (character == "\r" and text[index + 1 : index + 2] == "\n")
        or (character != "\r" and not clean(character))
    ]
    return lambda at: at - bisect_left(gone, at)
