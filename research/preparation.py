"""From readings to material: people told apart, personal data out, statements cut."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from research.errors import NothingToAnalyse
from research.model import (
    Participant,
    Reading,
    Redaction,
    Role,
    Source,
    Speaker,
    Statement,
)
from research.steps.language import spoken_in, with_languages
from research.steps.participants import People, find_people, natural
from research.steps.redact import is_generic_label, redact
from research.steps.redact_ruling import NOTHING, Ruling, without_missed
from research.steps.roles import guess_roles, with_questions
from research.steps.segment import segment

KNOWN_LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Material:
    """What was read, without personal data, cut into statements that nobody judged yet."""

    language: str
    sources: tuple[Source, ...]
    refused: tuple[tuple[str, str], ...]
    speakers: tuple[Speaker, ...]
    participants: tuple[Participant, ...]
    statements: tuple[Statement, ...]
    redactions: tuple[Redaction, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Readings in order with their languages and questions, and who is who in them."""

    readings: tuple[Reading, ...]
    speakers: tuple[Speaker, ...]
    people: People
    notes: tuple[str, ...]
    ruling: Ruling = NOTHING
    language: str = "auto"


def tell_apart(
    readings: Sequence[Reading],
    *,
    language: str = "auto",
    roles: Mapping[str, Role] | None = None,
    ruling: Ruling = NOTHING,
) -> Apart:
    """Who speaks where, before anything is taken out; as `prepare` does it."""
    kept, notes = _in_order(readings)
    kept = with_languages(kept, language)
    speakers = guess_roles(kept, roles or {})
    kept = tuple(with_questions(reading, speakers) for reading in kept)
    return Apart(kept, speakers, _people(kept, speakers), notes, ruling, language)


def prepare(
    readings: Sequence[Reading],
    refused: Sequence[tuple[str, str]] = (),
    *,
    language: str = "auto",
    roles: Mapping[str, Role] | None = None,
    ruling: Ruling = NOTHING,
) -> Material:
    """Tell people apart, take personal data out, cut what participants say in statements.

    `roles` and `ruling` are what people decided: who asks, and what is personal.
    """
    apart = tell_apart(readings, language=language, roles=roles, ruling=ruling)
    kept, speakers = apart.readings, apart.speakers
    redacted, redactions = _redacted(apart)
    statements = statements_of(apart, redacted)
    if not statements:
        raise NothingToAnalyse(_why_nothing(kept, refused))
    main = language if language != "auto" else _main_language(statements)
    return Material(
        language=main,
        sources=tuple(_source(reading) for reading in redacted),
        refused=tuple(sorted(refused)),
        speakers=_pseudonymous(speakers, kept, redacted),
        participants=_unnamed(apart.people.participants, apart, redacted, main),
        statements=statements,
        redactions=redactions,
        notes=(*apart.notes, *_language_notes(statements)),
    )


def _in_order(readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """Readings by name, each file once however often it was given."""
    kept: dict[str, Reading] = {}
    notes = []
    for reading in sorted(readings, key=lambda r: (natural(r.name), r.name, r.source)):
        if reading.source in kept:
            same = kept[reading.source].name
            notes.append(f"{reading.name}: the same bytes as {same}; counted once")
        else:
            kept[reading.source] = reading
    return tuple(kept.values()), tuple(notes)


def _people(readings: Sequence[Reading], speakers: Sequence[Speaker]) -> People:
    roles = {(s.source, s.voice): s.role for s in speakers}
    generic = {(s.source, s.voice): is_generic_label(s.voice) for s in speakers}
    return find_people(readings, roles, generic)


def redact_reading(reading: Reading, apart: Apart) -> tuple[Reading, tuple[Redaction, ...]]:
    """One of the readings with placeholders, and what they stand for."""
    return redact(reading, apart.speakers, lambda p: p.language, apart.ruling)


def _redacted(apart: Apart) -> tuple[tuple[Reading, ...], tuple[Redaction, ...]]:
    results = [redact_reading(reading, apart) for reading in apart.readings]
    return tuple(r for r, _ in results), tuple(x for _, found in results for x in found)


def statements_of(apart: Apart, redacted: Sequence[Reading]) -> tuple[Statement, ...]:
    """What participants say in readings that were redacted."""
    return _statements(apart.readings, redacted, apart.people, told=apart.language != "auto")


def _statements(
    raw: Sequence[Reading], redacted: Sequence[Reading], people: People, *, told: bool
) -> tuple[Statement, ...]:
    """The statements of participants; `raw` still tells whose voice a passage is.

    When somebody `told` the language it is that of every statement.
    """
    own: Callable[[Sequence[Statement]], Sequence[Statement]] = tuple if told else spoken_in
    return tuple(
        statement
        for before, after in zip(raw, redacted, strict=True)
        for spoken, passage in zip(before.passages, after.passages, strict=True)
        if (before.source, spoken.voice) in people.of_voice
        for statement in own(
            segment(passage, before.source, people.of_voice[before.source, spoken.voice])
        )
    )


def _unnamed(
    people: Sequence[Participant], apart: Apart, redacted: Sequence[Reading], language: str
) -> tuple[Participant, ...]:
    """The participants with what was collected about them as it is shown with their words."""
    shown = {
        before: after
        for raw, clean in zip(apart.readings, redacted, strict=True)
        for p, q in zip(raw.passages, clean.passages, strict=True)
        for before, after in zip(p.attributes, q.attributes, strict=True)
    }
    return tuple(
        replace(
            person,
            attributes=tuple(
                (name, without_missed(value, apart.ruling, language))
                for name, value in (shown.get(pair, pair) for pair in person.attributes)
            ),
        )
        for person in people
    )


def _pseudonymous(
    speakers: Sequence[Speaker], raw: Sequence[Reading], redacted: Sequence[Reading]
) -> tuple[Speaker, ...]:
    """The speakers with placeholders for their names."""
    named = {
        (before.source, spoken.voice): passage.voice
        for before, after in zip(raw, redacted, strict=True)
        for spoken, passage in zip(before.passages, after.passages, strict=True)
    }
    return tuple(replace(s, voice=named[s.source, s.voice]) for s in speakers)


def _source(reading: Reading) -> Source:
    return Source(
        id=reading.source,
        name=reading.name,
        reader=reading.reader,
        passages=reading.passages,
        set_aside=reading.set_aside,
        notes=reading.notes,
    )


def _main_language(statements: Sequence[Statement]) -> str:
    counts: dict[str, int] = {}
    for statement in statements:
        counts[statement.language] = counts.get(statement.language, 0) + len(statement.text)
    return max(sorted(counts), key=lambda language: counts[language])


def _language_notes(statements: Sequence[Statement]) -> tuple[str, ...]:
    other = sorted({s.language for s in statements} - {*KNOWN_LANGUAGES, ""})
    if not other:
        return ()
    count = sum(s.language in other for s in statements)
    return (
        f"{count} statements are in a language other than Dutch or English "
        f"({', '.join(other)}): kinds, stages and themes are unreliable there; a multilingual "
        "language model helps the themes.",
    )


def _why_nothing(readings: Sequence[Reading], refused: Sequence[tuple[str, str]]) -> str:
    if not readings:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in refused[:5])
        return f"No file could be used. {reasons}" if reasons else "No files were given."
    return (
        "Nobody who is a participant says anything in these files. Check who is marked as "
        "interviewer, and whether the files hold more than attributes."
    )
