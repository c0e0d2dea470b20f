"""Who is the participant and who asks: guessed for each source, with the reason, correctable."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from research.model import Passage, Reading, Role, Speaker

_INTERVIEWER = re.compile(
    r"""^(?:(?:ux[\s-]?)?(?:interviewer|onderzoeker|researcher|moderator|facilitator|gespreksleider
    |investigator|vraagsteller|host|interviewster|onderzoekster)[\s_-]*\w{0,2}|int|mod|i|vraag|question)
    (?:\s*\(.*\))?$""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTICIPANT = re.compile(
    r"""^(?:(?:interviewee|ge[iï]nterviewde|participant|deelnemer|deelneemster|respondent|klant
    |customer|user|gebruiker|client|cli[eë]nt|proefpersoon|student|befragter?)[\s_-]*\w{0,3}
    |[pdrkst][\s._-]?\d{1,3}|antwoord|answer)(?:\s*\(.*\))?$""",
    re.IGNORECASE | re.VERBOSE,
)
_OBSERVER = re.compile(
    r"^(?:observ\w*|notulist\w*|note[\s-]?taker|tolk|interpreter)\b", re.IGNORECASE
)
_GENERIC = re.compile(
    r"^(?:unnamed|unknown speaker|onbekende spreker"
    r"|(?:speaker|spreker|person|persoon)?[\s_]*(?:\d*|\w))$",
    re.IGNORECASE,
)
_PAIRS = (("q", "a"), ("v", "a"), ("i", "r"), ("i", "b"), ("m", "p"), ("i", "p"))
_OPENING = re.compile(
    r"thank(?:s| you)[^.?!]{0,30} (?:for|joining)|welcome|welkom|bedankt (?:dat|voor)|fijn dat"
    r"|leuk dat (?:je|u)|goed dat (?:je|u)|opname|recording|vind je het goed als ik",
    re.IGNORECASE,
)
_CHATTER_TURNS = 2
_CHATTER_WORDS = 20
_ASKS = 0.3

Guess = tuple[Role, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one voice does in one source."""

    name: str
    turns: int
    words: int
    questions: int
    opens: bool

    @property
    def asking(self) -> float:
        """The share of turns in which something is asked."""
        return self.questions / self.turns


def guess_roles(readings: Sequence[Reading], decided: Mapping[str, Role]) -> tuple[Speaker, ...]:
    """A role for every voice of every interview, in the order of source and first turn.

    `decided` holds what a person decided, by `source/voice`; it always wins.
    """
    interviews = _interviews(readings)
    spread = _spread(interviews)
    speakers: list[Speaker] = []
    for source in sorted(interviews):
        voices = _voices(interviews[source])
        guessed = _guess_source(voices, spread, len(interviews))
        for voice in voices:
            speakers.append(_speaker(source, voice, guessed[voice.name], decided))
    return tuple(speakers)


def with_questions(reading: Reading, speakers: Sequence[Speaker]) -> Reading:
    """The reading with roles filled in, and with what was asked beside what was answered."""
    roles = {s.voice: s.role for s in speakers if s.source == reading.source}
    passages: list[Passage] = []
    question = ""
    for passage in reading.passages:
        if passage.channel != "interview":
            passages.append(replace(passage, role="participant"))
            continue
        role = roles.get(passage.voice, "unknown")
        if role == "interviewer":
            question = passage.text
        asked = question if role == "participant" else ""
        passages.append(replace(passage, role=role, question=passage.question or asked))
    return replace(reading, passages=tuple(passages))


def _interviews(readings: Sequence[Reading]) -> dict[str, tuple[Passage, ...]]:
    """The passages of each interview, by source id; the same file twice counts once."""
    return {
        reading.source: spoken
        for reading in readings
        if (spoken := tuple(p for p in reading.passages if p.channel == "interview"))
    }


def _spread(interviews: Mapping[str, Sequence[Passage]]) -> Counter[str]:
    """In how many interviews each named voice speaks."""
    return Counter(
        name
        for passages in interviews.values()
        for name in {p.voice.lower() for p in passages}
        if not _GENERIC.match(name) and not _PARTICIPANT.match(name)
    )


def _voices(passages: Sequence[Passage]) -> list[Voice]:
    """Every voice of a source with what it does, in order of first turn."""
    said: dict[str, list[Passage]] = {}
    for passage in passages:
        said.setdefault(passage.voice, []).append(passage)
    return [_voice(name, spoken, spoken[0] is passages[0]) for name, spoken in said.items()]


def _voice(name: str, said: Sequence[Passage], first: bool) -> Voice:
    """What one voice does."""
    return Voice(
        name=name,
        turns=len(said),
        words=sum(len(p.text.split()) for p in said),
        questions=sum(1 for p in said if "?" in p.text),
        opens=first and bool(_OPENING.search(said[0].text)),
    )


def _speaker(source: str, voice: Voice, guess: Guess, decided: Mapping[str, Role]) -> Speaker:
    """The speaker as a person decided, else as guessed."""
    role = decided.get(f"{source}/{voice.name}")
    if role is not None:
        return Speaker(source, voice.name, role, "decided by a person", voice.turns, decided=True)
    return Speaker(source, voice.name, guess[0], guess[1], voice.turns)


def _guess_source(
    voices: Sequence[Voice], spread: Mapping[str, int], sources: int
) -> dict[str, Guess]:
    """A role and a reason for every voice of one source."""
    if len(voices) == 1:
        return {voices[0].name: _alone(voices[0])}
    guesses = _by_label(voices)
    open_voices = [v for v in voices if v.name not in guesses]
    asked_by = {name for name, guess in guesses.items() if guess[0] == "interviewer"}
    if open_voices and not asked_by:
        found = _by_spread(open_voices, spread, sources) or _by_asking(voices, open_voices)
        guesses |= found
        asked_by = set(found)
    rest = [v for v in voices if v.name not in guesses]
    return guesses | {v.name: _other(v, voices, bool(asked_by), spread, sources) for v in rest}


def _alone(voice: Voice) -> Guess:
    """The role of the only voice in a file."""
    if voice.name != "unnamed":
        return "participant", "the only voice in the file"
    if voice.asking >= 0.5 and voice.turns > 1:
        return "unknown", "no speakers are named and most of it asks"
    return "participant", "no speakers are named; more is told than asked"


def _by_label(voices: Sequence[Voice]) -> dict[str, Guess]:
    """The roles that labels state."""
    names = {v.name.lower(): v.name for v in voices}
    guesses: dict[str, Guess] = {}
    for asks, answers in _PAIRS:
        if asks in names and answers in names and not guesses:
            guesses[names[asks]] = ("interviewer", f"labelled {names[asks]}, who asks")
            guesses[names[answers]] = ("participant", f"labelled {names[answers]}, who answers")
    for voice in voices:
        guesses.setdefault(voice.name, _label_guess(voice.name))
    return {name: guess for name, guess in guesses.items() if guess[1]}


def _label_guess(name: str) -> Guess:
    """What one label states; no reason when it states nothing."""
    if _INTERVIEWER.match(name):
        return "interviewer", "labelled as the interviewer"
    if _PARTICIPANT.match(name):
        return "participant", "labelled as a participant"
    return ("unknown", "labelled as an observer") if _OBSERVER.match(name) else ("unknown", "")


def _by_spread(
    voices: Sequence[Voice], spread: Mapping[str, int], sources: int
) -> dict[str, Guess]:
    """The voices that speak in several interviews, when the others do not."""
    counts = {v.name: spread.get(v.name.lower(), 0) for v in voices}
    most = max(counts.values())
    common = [v for v in voices if counts[v.name] == most]
    others = [v for v in voices if v not in common]
    if len(common) > 1:
        common = [v for v in common if v.asking >= _ASKS]
    if most < 2 or not common or not others:
        return {}
    if most == 2 and min(v.asking for v in others) > max(v.asking for v in common) + 0.2:
        return {}
    return {v.name: ("interviewer", f"speaks in {most} of {sources} interviews") for v in common}


def _by_asking(everyone: Sequence[Voice], voices: Sequence[Voice]) -> dict[str, Guess]:
    """The voices that ask most, or the one that opens the talk when nobody asks."""
    best = min(voices, key=lambda v: (-v.asking, -v.questions, v.words / v.turns))
    askers = [v for v in voices if v is best or (v.asking >= 0.5 and v.turns > _CHATTER_TURNS)]
    if len(askers) == len(everyone):
        askers = [best]
    others = max((v.asking for v in everyone if v not in askers), default=0.0)
    asks = best.asking >= _ASKS and best.asking >= 1.5 * others
    if asks and not _is_chatter(best, everyone):
        return {
            v.name: ("interviewer", f"asks in {v.questions} of {v.turns} turns") for v in askers
        }
    opener = next((v for v in voices if v.opens), None)
    if opener and opener.asking >= others - 0.2:
        return {opener.name: ("interviewer", "opens the talk and thanks the other")}
    return {}


def _other(
    voice: Voice, voices: Sequence[Voice], has_asker: bool, spread: Mapping[str, int], sources: int
) -> Guess:
    """The role of a voice that nothing else has settled."""
    times = spread.get(voice.name.lower(), 0)
    if has_asker and times >= 3 and times > sources / 2 and voice.asking >= _ASKS:
        return "interviewer", f"asks too, and speaks in {times} of {sources} interviews"
    if has_asker and _is_chatter(voice, voices):
        return "unknown", f"only {voice.turns} short turns beside the others"
    if has_asker:
        return "participant", "answers the interviewer"
    return "participant", "no interviewer was found; nobody asks more than the others"


def _is_chatter(voice: Voice, voices: Sequence[Voice]) -> bool:
    """Whether a voice only says a word or two while others talk."""
    busier = [v for v in voices if v.turns > voice.turns and v.words > 3 * voice.words]
    few = voice.turns <= _CHATTER_TURNS and voice.words <= _CHATTER_WORDS
    return few and len(busier) >= 2
