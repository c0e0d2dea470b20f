"""Written transcripts, from text or Word: lines to turns, the rest set aside with a reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from research.errors import BadUpload, EmptyFile, UnknownFormat
from research.model import Reading, SetAside, Upload
from research.readers.boilerplate import reason_to_drop
from research.readers.files import source_id
from research.readers.interviews import (
    Headings,
    find_headings,
    holds_interviews,
    told_apart,
    voice_in,
)
from research.readers.labels import is_metadata
from research.readers.layout import Layout, Line, understand
from research.readers.summaries import (
    SOFTWARE_SUMMARY,
    SUMMARY,
    closing_summaries,
    only_a_summary,
    software_summaries,
)
from research.readers.turns import UNNAMED, Turn, to_passages

NO_SPEAKERS = (
    "no speakers were found in it; begin each turn with a name and a colon, "
    "such as `Interviewer:` and `Participant 7:`"
)
ONLY_SUMMARY = "it holds a summary made by software and no transcript; export the transcript itself"
_KEY = re.compile(r"^([^\s:][^:]{0,59}?)\s*:\s*\S")


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines that may be speech (others blanked) and what was cut before that."""

    lines: tuple[str, ...]
    aside: tuple[SetAside, ...]


def read_transcript(
    upload: Upload,
    reader: str,
    text: str,
    notes: Sequence[str],
    *,
    pages: Sequence[int] = (),
    aside: Sequence[SetAside] = (),
) -> Reading:
    """The turns of a written transcript.

    `pages` holds the page of every line, where there are pages: the place of a turn without
    a time. `aside` is what was left out before.
    """
    places = [f"page {page}" for page in pages]
    parts = _cut(text.split("\n"), places)
    lines, layout, headings = _understood(parts.lines)
    turns, left = _collect(lines, layout, places, headings)
    if not turns or (layout == "none" and only_a_summary(text.split("\n"))):
        raise without_turns(upload, text)
    return Reading(
        source=source_id(upload.content),
        name=upload.name,
        reader=reader,
        passages=to_passages(turns),
        set_aside=(*aside, *parts.aside, *left),
        notes=(*notes, *_layout_notes(layout), *_interview_notes(headings)),
    )


def without_turns(upload: Upload, text: str) -> BadUpload:
    """The refusal of a text in which nobody speaks."""
    if only_a_summary(text.split("\n")):
        return EmptyFile(upload.name, ONLY_SUMMARY)
    return UnknownFormat(upload.name, NO_SPEAKERS)


def has_turns(text: str) -> bool:
    """Whether named speakers are found in a text."""
    lines, layout = understand(_cut(text.split("\n")).lines)
    return layout != "none" and any(line.label for line in lines)


def _understood(raw: Sequence[str]) -> tuple[list[Line], Layout, Headings]:
    """The lines, the layout and the headings of interviews, below which voices are told apart."""
    if headings := find_headings(raw):
        bare = ["" if n in headings else line for n, line in enumerate(raw)]
        lines, layout = understand(bare)
        if layout != "none" and holds_interviews(lines, headings):
            told = told_apart(lines, headings)
            for number in headings:
                told[number] = Line(number + 1, raw[number].strip().lstrip("# "))
            return told, layout, headings
    lines, layout = understand(raw)
    return lines, layout, {}


def _interview_notes(headings: Headings) -> list[str]:
    """The remark on a file of several interviews."""
    names = list(dict.fromkeys(heading.name for heading in headings.values()))
    if not names:
        return []
    some = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return [f"{len(names)} interviews in one file, their voices told apart: {some}"]


def _layout_notes(layout: Layout) -> list[str]:
    """The remark on a file without speakers."""
    if layout != "none":
        return []
    return ["no speakers are named; everything is read as one voice"]


def _cut(lines: Sequence[str], places: Sequence[str] = ()) -> Parts:
    """Cuts the front matter, the software's own notes and the header block."""
    kept, aside = list(lines), []
    summaries = ((start, end, SOFTWARE_SUMMARY) for start, end in software_summaries(lines))
    for start, end, reason in (_front_matter(lines), *summaries, _header(lines)):
        words = "\n".join(lines[start:end]).strip()
        if words:
            aside.append(SetAside(_place(start + 1, places), words, reason))
            kept[start:end] = [""] * (end - start)
    return Parts(tuple(kept), tuple(aside))


def _front_matter(lines: Sequence[str]) -> tuple[int, int, str]:
    """The block of settings between two `---` lines at the top."""
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:200], start=1):
            if line.strip() == "---":
                return 0, number + 1, "facts about the file"
    return 0, 0, ""


def _header(lines: Sequence[str]) -> tuple[int, int, str]:
    """The first block, when it is facts such as `Datum: 12 maart` and nothing else."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    last = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
    keys = [_KEY.match(line.strip("*_ ")) for line in lines[first:last]]
    titles = sum(1 for key in keys if key is None)
    facts = sum(1 for key in keys if key and is_metadata(key.group(1).strip("*_ ")))
    if facts and titles <= 1 and last < len(lines):
        return first + (first in find_headings(lines)), last, "facts about the file"
    return 0, 0, ""


def _place(number: int, places: Sequence[str]) -> str:
    """Where a line stands: on its page, else by its number."""
    return places[number - 1] if places else f"line {number}"


def _collect(
    lines: Sequence[Line], layout: Layout, places: Sequence[str], headings: Headings
) -> tuple[list[Turn], list[SetAside]]:
    """Turns in file order, and the lines that are none."""
    turns: list[Turn] = []
    aside: list[SetAside] = []
    voice = "" if layout != "none" else UNNAMED
    time = talk = ""
    summaries = closing_summaries(lines, headings) if layout != "none" else frozenset()
    for number, line in enumerate(lines):
        if number in headings:
            voice, time, talk = "", "", headings[number].name
            aside.append(SetAside(_place(line.number, places), line.text, "a heading"))
            continue
        time = line.time or time
        voice = voice_in(line) or voice
        place = time or _place(line.number, places)
        if not line.text.strip():
            continue
        reason = SUMMARY if number in summaries else _reason(line, voice)
        if reason:
            aside.append(SetAside(place, line.text, reason))
        else:
            turns.append(Turn(voice, line.text, place, talk))
    return turns, aside


def _reason(line: Line, voice: str) -> str:
    """Why a line is not speech; empty when it is."""
    if line.remark:
        return "a remark of the researcher"
    if line.text.startswith("#") and not line.label:
        return "a heading"
    if not voice:
        return "before the first turn"
    return reason_to_drop(line.text)
