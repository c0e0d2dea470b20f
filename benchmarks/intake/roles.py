"""Who is taken for the participant, against the bundled studies.

The truth: the voice that says a study's labelled statements is a participant, every other
voice of that file asks. Also with all labels replaced by `Speaker 1` and so on, so that the
words of a label (`Interviewer`) tell nothing, and with each file by itself, so that nobody is
known by returning in other interviews.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from research.model import Reading
from research.readers import open_paths, read_upload
from research.resources import CORPORA
from research.steps.roles import guess_roles

STUDIES = ("thuishaven", "planwerk")


@dataclass(frozen=True, slots=True)
class Roles:
    """How many voices got their role, of how many."""

    right: int
    voices: int


def readings_of(study: str) -> list[Reading]:
    """The interviews of a bundled study."""
    folder = CORPORA / "studies" / study / "files"
    found = [read_upload(upload) for upload in open_paths([folder]).uploads]
    return [r for r in found if any(p.channel == "interview" for p in r.passages)]


def participants_of(study: str) -> dict[str, list[str]]:
    """What participants say, by file."""
    path = CORPORA / "studies" / study / "gold_interviews.jsonl"
    told: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        unit = json.loads(line)
        told.setdefault(unit["file"], []).append(unit["quote"])
    return told


def measured(study: str, *, bare: bool, alone: bool = False) -> Roles:
    """The roles of a study's voices.

    `bare` takes the words of the labels away, `alone` judges each file by itself.
    """
    readings = readings_of(study)
    quotes = participants_of(study)
    truth = {
        (r.source, voice): voice in _answering(r, quotes.get(r.name, ()))
        for r in readings
        for voice in _voices(r)
    }
    if bare:
        readings, truth = _bared(readings, truth)
    groups = [[reading] for reading in readings] if alone else [readings]
    guessed = {(s.source, s.voice): s.role for g in groups for s in guess_roles(g, {})}
    right = sum(
        guessed[voice] == ("participant" if answers else "interviewer")
        for voice, answers in truth.items()
    )
    return Roles(right, len(truth))


def _voices(reading: Reading) -> list[str]:
    return list(dict.fromkeys(p.voice for p in reading.passages if p.channel == "interview"))


def _answering(reading: Reading, quotes: Sequence[str]) -> set[str]:
    """The voices that say one of the quotes."""
    return {p.voice for p in reading.passages for quote in quotes if quote in p.text}


def _bared(
    readings: Sequence[Reading], truth: dict[tuple[str, str], bool]
) -> tuple[list[Reading], dict[tuple[str, str], bool]]:
    """The readings and the truth with numbers for labels, in order of first turn."""
    bared, told = [], {}
    for reading in readings:
        names = {voice: f"Speaker {n}" for n, voice in enumerate(_voices(reading), 1)}
        passages = [replace(p, voice=names.get(p.voice, p.voice)) for p in reading.passages]
        bared.append(replace(reading, passages=tuple(passages)))
        told |= {(reading.source, names[v]): truth[reading.source, v] for v in names}
    return bared, told


def table() -> str:
    """The share of voices with the right role, as a Markdown table."""
    lines = ["| study | with its labels | numbers for labels | numbers, each file by itself |"]
    lines.append("|---|---|---|---|")
    for study in STUDIES:
        ways = ((False, False), (True, False), (True, True))
        cells = [measured(study, bare=bare, alone=alone) for bare, alone in ways]
        shown = " | ".join(f"{c.right / c.voices:.2f} ({c.right}/{c.voices})" for c in cells)
        lines.append(f"| {study} | {shown} |")
    return "\n".join(lines)
