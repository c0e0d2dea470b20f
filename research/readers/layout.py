"""Lines of a written transcript: how speakers, times and words stand on them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from research.readers.labels import (
    accepted,
    is_known_label,
    is_metadata,
    is_remark,
    looks_like_name,
)
from research.readers.times import CLOCK, as_clock

Layout = Literal["heads", "labels", "names", "none"]

_RANGE = re.compile(rf"^[\[(]?({CLOCK})\s*-->\s*{CLOCK}[\])]?\s*(.*)$")
_ZOOM = re.compile(rf"^\[([^\]]{{1,60}})\]\s+({CLOCK})\s*(.*)$")
_BRACKET = re.compile(r"^\[([^\]]{1,60})\]:\s*(.*)$")
_HEAD = re.compile(rf"^(\S.{{0,58}}?)(?:\s{{2,}}|\t\s*|\s+(?=[\[(]))[\[(]?({CLOCK})[\])]?\s*$")
_OLD_HEAD = re.compile(rf"^(\S.{{0,40}}?)\s+(?:({CLOCK})\s{{2,}}|[\[(]({CLOCK})[\])]\s+)(\S.*)$")
_TIMED = re.compile(rf"^[\[(]({CLOCK})[\])]\s*[-–|:]?\s*(.*)$")
_BARE_TIMED = re.compile(
    rf"^({CLOCK})(?:\s*$|\s*[-–|]\s+|\s{{2,}}|\t|\s+(?=\S[^:]{{0,58}}:\s))(.*)$"
)
_LABEL = re.compile(rf"^([^\s:][^:]{{0,59}}?)\s*(?:[\[(]({CLOCK})[\])])?\s*:(\s*)(.*)$")
_BOLD = re.compile(r"^(\*\*|__)(.+?)\1\s*(:?)\s*(.*)$")
_BOLD_TIMED = re.compile(rf"^([^:]{{1,60}}?)\s*:?\s*[\[(]?({CLOCK})[\])]?\s*:?$")
_LIST = re.compile(r"^\s*(?:[-*>•]\s+)+(?=\*\*|__)")
_WIDE = re.compile(r"\s{4,}")
_QUOTED = re.compile(r"^\s*>\s?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, who begins to speak on it, when, and the words."""

    number: int
    text: str
    label: str = ""
    time: str = ""
    remark: bool = False


def plain(raw: str) -> str:
    """A line without Markdown around a speaker's name; other lines as they are."""
    line = _WIDE.sub("   ", _LIST.sub("", _QUOTED.sub("", raw)).strip())
    bold = _BOLD.match(line)
    if bold is None:
        return line
    _, inner, colon, rest = bold.groups()
    if timed := _BOLD_TIMED.match(inner):
        return f"{timed.group(1)} [{timed.group(2)}]: {rest}"
    if inner.rstrip().endswith(":") or colon:
        return f"{inner.rstrip().rstrip(':')}: {rest}".rstrip()
    return f"{inner}  {rest}" if re.fullmatch(rf"[\[(]?{CLOCK}[\])]?", rest) else line


def understand(lines: Sequence[str]) -> tuple[list[Line], Layout]:
    """Every line with its speaker and time, and the layout that the file follows."""
    tidy = _merge_ranges([plain(line) for line in lines])
    speakers = _speakers(tidy)
    labelled = [_by_labels(i + 1, line, speakers) for i, line in enumerate(tidy)]
    turns = sum(1 for line in labelled if line.label)
    heads = sum(1 for line in tidy if _head(line) is not None)
    if heads >= max(turns, 1):
        return [_by_heads(i + 1, line) for i, line in enumerate(tidy)], "heads"
    if turns and _is_conversation(turns, labelled):
        return labelled, "labels"
    names = _names_alone(lines)
    if names:
        return [_by_names(i + 1, line, names) for i, line in enumerate(tidy)], "names"
    return [_by_labels(i + 1, line, frozenset()) for i, line in enumerate(tidy)], "none"


def _merge_ranges(lines: list[str]) -> list[str]:
    """Lines in which a time range above a name (older Teams) stands behind the name."""
    merged = list(lines)
    for i in range(len(lines) - 2):
        time = _RANGE.match(lines[i])
        named = looks_like_name(lines[i + 1]) and bool(lines[i + 2])
        if time and not time.group(2) and named:
            merged[i], merged[i + 1] = "", f"{lines[i + 1]}  {time.group(1)}"
    return merged


def _is_conversation(turns: int, lines: Sequence[Line]) -> bool:
    """Whether labelled turns make up enough of a file to trust the labels."""
    worded = sum(1 for line in lines if line.text or line.label)
    return turns >= max(min(2, worded), 0.04 * worded)


def _head(line: str) -> tuple[str, str, str] | None:
    """Speaker, time and words of a line such as `Anna   0:03` or `[Anna] 10:00:03`."""
    for pattern in (_ZOOM, _HEAD, _OLD_HEAD):
        match = pattern.match(line)
        bracketed = match and pattern is _ZOOM and not match.group(3)
        if match and (bracketed or _may_head(match.group(1), strict=pattern is _OLD_HEAD)):
            label, *times = (group or "" for group in match.groups())
            words = times.pop() if pattern is not _HEAD else ""
            return label.strip(), as_clock("".join(times)), words
    return None


def _may_head(label: str, *, strict: bool) -> bool:
    """Whether what stands before a time can be a speaker."""
    if ":" in label or is_metadata(label) or label[-1:] in ".!?," or not label[0].isalnum():
        return False
    named = looks_like_name(label) or is_known_label(label)
    return named or (not strict and len(label.split()) <= 4)


def _by_heads(number: int, line: str) -> Line:
    """A line of a file in which speakers stand before a time."""
    head = _head(line)
    if head is not None:
        return Line(number, head[2], label=head[0], time=head[1])
    time, rest = _time(line)
    return Line(number, rest, time=time)


def _by_labels(number: int, line: str, speakers: frozenset[str]) -> Line:
    """A line of a file in which speakers stand before a colon."""
    time, rest = _time(line)
    if bracket := _BRACKET.match(rest):
        return Line(number, bracket.group(2), label=bracket.group(1).strip(), time=time)
    label = _LABEL.match(rest)
    if label is None:
        return Line(number, rest, time=time)
    name, inner_time, _, words = label.groups()
    if name in speakers:
        after, words = _time(words)
        return Line(number, words, label=name, time=time or as_clock(inner_time or "") or after)
    return Line(number, rest, time=time, remark=is_remark(name))


def _by_names(number: int, line: str, names: frozenset[str]) -> Line:
    """A line of a file in which a speaker's name has a line of its own."""
    bare = line.rstrip(":").strip("*_ ")
    return Line(number, "", label=bare) if bare in names else Line(number, line)


def _time(line: str) -> tuple[str, str]:
    """The time at the start of a line, and the rest of it."""
    for pattern in (_RANGE, _TIMED, _BARE_TIMED):
        match = pattern.match(line)
        if match and as_clock(match.group(1)):
            return as_clock(match.group(1)), match.group(2)
    return "", line


def _speakers(lines: Sequence[str]) -> frozenset[str]:
    """What stands before a colon and is a speaker in this file."""
    found: list[str] = []
    worded = 0
    for line in lines:
        rest = _time(line)[1]
        worded += bool(rest)
        match = _LABEL.match(rest)
        if bracket := _BRACKET.match(rest):
            found.append(bracket.group(1))
        elif match and (match.group(3) or not match.group(4) or is_known_label(match.group(1))):
            found.append(match.group(1))
    return accepted(found, worded)


def _names_alone(lines: Sequence[str]) -> frozenset[str]:
    """Names that stand alone on a line, more than once, each time before words."""
    times: dict[str, int] = {}
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        bare = plain(line).rstrip(":").strip("*_ ")
        alone = bool(bare) and not before.strip() and bool(after.strip())
        if alone and (is_known_label(bare) or (looks_like_name(bare) and " " in bare)):
            times[bare] = times.get(bare, 0) + 1
    repeated = {name for name, count in times.items() if count >= 2}
    return frozenset(repeated) if len(repeated) >= 2 else frozenset()
