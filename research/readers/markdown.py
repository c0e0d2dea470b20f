"""Markdown to the lines of a transcript: names in headings, bold or tables become labels."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from research.readers.documents import spoken_table
from research.readers.labels import is_known_label, is_metadata, looks_like_name
from research.readers.times import CLOCK

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(\S.*)$")
_LEAD = re.compile(r"^(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]{1,80})\1(\s*:?\s*)(.*)$")
_MARKER = re.compile(r"^(?:\s*>)*\s*(?:(?:[-+•*]|\d{1,3}[.)])\s+)?(?=\S)")
_RULE = re.compile(r"^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}\s*)$")
_UNDERLINE = re.compile(r"^={3,}\s*$")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^[\s|:-]+$")
_CELL = re.compile(r"(?<!\\)\|")
_TIME = re.compile(CLOCK)
_MOST = 0.6
_DASH = re.compile(r"^[-–—:]\s*")
_INLINE = (
    (re.compile(r"<!--.{0,500}?-->"), ""),
    (re.compile(r"!\[[^\]]{0,200}\]\([^)\s]{0,500}\)"), ""),
    (re.compile(r"\[([^\]]{1,200})\]\([^)\s]{1,500}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^*_]{1,500})(?<=\S)\1"), r"\2"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: what stands in its heading or emphasis at the start, and the rest."""

    raw: str
    heading: bool = False
    lead: str = ""
    colon: bool = False
    rest: str = ""


def plain_lines(text: str) -> str:
    """The text with as many lines, labels before a colon where a name stood out."""
    lines = text.split("\n")
    front = _front_matter(lines)
    following = [*lines[front + 1 :], ""][: len(lines) - front]
    found = [_line(raw, after) for raw, after in zip(lines[front:], following, strict=True)]
    speakers = _speakers(found)
    shown = [_shown(line, speakers) for line in found]
    return "\n".join([*lines[:front], *_tables(lines[front:], shown)])


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines the settings between two `---` at the top take."""
    if lines[0].strip() != "---":
        return 0
    return next((n + 1 for n in range(1, min(len(lines), 200)) if lines[n].strip() == "---"), 0)


def _line(raw: str, after: str) -> _Line:
    """A line taken apart."""
    if _RULE.match(raw):
        return _Line("")
    heading = _HEADING.match(raw)
    if heading or (raw.strip() and _UNDERLINE.match(after)):
        inner = heading.group(1).rstrip("# \t") if heading else raw.strip()
        return _Line(raw, heading=True, lead=_inline(inner).strip("*_ "))
    bare = _MARKER.sub("", raw)
    lead = _LEAD.match(bare)
    if lead is None:
        return _Line(bare if is_known_label(bare.partition(":")[0]) else raw)
    inner, rest = lead.group(2).strip(), lead.group(4)
    colon = inner.endswith(":") or ":" in lead.group(3)
    return _Line(raw, lead=inner.rstrip(": "), colon=colon, rest=rest)


def _speakers(lines: Sequence[_Line]) -> frozenset[str]:
    """Who stands out without a colon at least twice, where most that stands out are such people.

    A report has headings that return, such as `Advies`; a transcript hardly has others than names.
    """
    times = Counter(line.lead.rstrip(":") for line in lines if line.lead and not line.colon)
    named = {
        name
        for name, n in times.items()
        if n > 1 and (is_known_label(name) or looks_like_name(name)) and not is_metadata(name)
    }
    turns = sum(times[name] for name in named)
    return frozenset(named if len(named) > 1 and turns >= _MOST * times.total() else ())


def _shown(line: _Line, speakers: frozenset[str]) -> str:
    """A line as a transcript writes it."""
    lead = line.lead
    if line.heading:
        speaks = lead.endswith(":") or bool(_TIME.search(lead)) or _is_label(lead)
        named = lead in speakers
        return f"{lead}:" if named else lead if speaks else f"# {lead}"
    if _TIME.search(lead) or (_TIME.match(line.rest.lstrip("[(")) and not line.colon):
        return line.raw
    if not lead:
        return _inline(line.raw)
    if line.colon:
        return f"{lead}: {_inline(line.rest)}".rstrip()
    if lead in speakers:
        return f"{lead}: {_inline(_DASH.sub('', line.rest))}".rstrip()
    return _inline(line.raw)


def _is_label(heading: str) -> bool:
    """Whether a heading is a label with words behind its colon."""
    return ":" in heading and is_known_label(heading.partition(":")[0])


def _inline(text: str) -> str:
    """Words without the marks of bold, links, pictures and escapes."""
    for pattern, instead in _INLINE:
        text = pattern.sub(instead, text)
    return text


def _tables(raw: Sequence[str], shown: Sequence[str]) -> list[str]:
    """The lines with tables of speakers as turns, and other tables as no speech."""
    lines: list[str] = []
    both = zip(raw, shown, strict=True)
    for is_table, group in groupby(both, key=lambda pair: bool(_TABLE.match(pair[0]))):
        pairs = list(group)
        if not is_table:
            lines += [line for _, line in pairs]
            continue
        rows = [[] if _TABLE_RULE.match(line) else _cells(line) for line, _ in pairs]
        spoken = iter(spoken_table(rows))
        lines += [next(spoken, f"# {' '.join(row)}") if any(row) else "" for row in rows]
    return lines


def _cells(line: str) -> list[str]:
    """The cells of a row of a table."""
    return [_inline(cell).strip(" *_") for cell in _CELL.split(line.strip())[1:-1]]
