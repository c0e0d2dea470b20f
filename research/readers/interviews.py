"""Several interviews in one file: the headings between them, and whose voices are whose."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from research.readers.layout import Line
from research.readers.times import CLOCK

_NUMBER = r"(?:nr\.?|no\.?|nummer|number|\#)?\s*(?:\d{1,3}(?:\.\d{1,3})?|[A-Z])"
_TALK = re.compile(
    rf"""^(?:\#\s+)?[*_]{{0,3}}((?i:(?:(?:transcript|transcriptie|verslag)\s+)?
    (?:interview|gesprek|sessie|session|transcript|transcriptie))\s*{_NUMBER})
    (?:[*_]{{0,3}}$|\W*\s*[-–—:,(|]|\s+(?:met|with|mit|over|about)\b).{{0,100}}$""",
    re.VERBOSE,
)
_PERSON = re.compile(
    rf"""^(?:\#\s+)?[*_]{{0,3}}((?i:respondente?|deelnemer|deelneemster|participant|proefpersoon
    |ge[iï]nterviewde|interviewee|klant|customer|gebruiker|user)\s*{_NUMBER})
    (?:[*_]{{0,3}}$|\W*\s*[-–—,(|].{{0,100}}$)""",
    re.VERBOSE,
)
_TIME = re.compile(CLOCK)
_ASKER = re.compile(
    r"^(?:ux[\s-]?)?(?:interviewer|interviewster|onderzoeker|onderzoekster|researcher|moderator"
    r"|facilitator|investigator|gespreksleider|vraagsteller|int|mod)[\s_-]*\d{0,2}(?:\s*\(.*\))?$",
    re.IGNORECASE,
)
_ASKS = 0.3
_MORE = 1.5


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above an interview: `Interview 3`, or who is interviewed."""

    name: str
    person: bool


Headings = Mapping[int, Heading]


def find_headings(lines: Sequence[str]) -> Headings:
    """The headings of interviews by their line, where there are two or more; else none.

    Who is interviewed stands there once; who speaks stands before each of their turns.
    """
    found: dict[int, Heading] = {}
    for number, line in enumerate(lines):
        bare = line.strip()[:200]
        talk, person = _TALK.match(bare), _PERSON.match(bare)
        match = talk or person
        if match and not _TIME.search(bare[match.end(1) :]):
            found[number] = Heading(" ".join(match.group(1).split()), person=talk is None)
    times = Counter(heading.name.casefold() for heading in found.values())
    kept = {n: h for n, h in found.items() if not h.person or times[h.name.casefold()] == 1}
    return kept if len({h.name.casefold() for h in kept.values()}) > 1 else {}


def holds_interviews(lines: Sequence[Line], headings: Headings) -> bool:
    """Whether people speak below two or more of the headings."""
    return len({name for name, voice in _speakers(lines, headings) if name and voice}) > 1


def told_apart(lines: Sequence[Line], headings: Headings) -> list[Line]:
    """The lines with a voice of its own for each interview, but for who asks in several."""
    below = _below(lines, headings)
    speakers = _speakers(lines, headings)
    spread = Counter(voice for _, voice in speakers)
    askers = _askers(lines)
    answering: dict[str, set[str]] = defaultdict(set)
    for name, voice in speakers:
        if voice not in askers:
            answering[name].add(voice)
    told: list[Line] = []
    for line, heading in zip(lines, below, strict=True):
        voice = voice_in(line)
        if heading and spread[voice] > 1 and voice not in askers:
            alone = heading.person and len(answering[heading.name]) == 1
            line = replace(line, label=heading.name if alone else f"{voice} ({heading.name})")
        told.append(line)
    return told


def voice_in(line: Line) -> str:
    """Who begins to speak on a line, without the organisation that Teams adds after a bar."""
    return " ".join(line.label.split(" | ")[0].split())


def _below(lines: Sequence[Line], headings: Headings) -> list[Heading | None]:
    """The heading that each line stands below."""
    below: list[Heading | None] = []
    current: Heading | None = None
    for number in range(len(lines)):
        current = headings.get(number, current)
        below.append(current)
    return below


def _speakers(lines: Sequence[Line], headings: Headings) -> set[tuple[str, str]]:
    """Who speaks below which heading; what stands above the first is below none."""
    both = zip(lines, _below(lines, headings), strict=True)
    return {(h.name if h else "", voice_in(line)) for line, h in both if line.label}


def _askers(lines: Sequence[Line]) -> frozenset[str]:
    """Who asks: by the label, else who clearly asks more than anybody else."""
    labelled = frozenset(v for line in lines if _ASKER.match(v := voice_in(line)))
    if labelled:
        return labelled
    turns: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    voice = ""
    for line in lines:
        turns[voice_in(line)] += bool(line.label)
        voice = voice_in(line) or voice
        asked[voice] += "?" in line.text
    shares = {v: min(1.0, asked[v] / turns[v]) for v in turns if v}
    best = max(shares, key=lambda v: shares[v], default="")
    others = max((share for v, share in shares.items() if v != best), default=0.0)
    clear = bool(best) and shares[best] >= max(_ASKS, _MORE * others)
    return frozenset({best} if clear else ())
