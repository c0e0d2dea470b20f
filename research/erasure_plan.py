"""What is to go when a participant is erased, and what to look for afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from research.errors import NotFound
from research.forgetting import Gone
from research.model import Analysis, Reading
from research.originals import apart_of
from research.preparation import Apart, redact_reading, statements_of
from research.redacted import Stripped, strip
from research.selfsame import Person, person_of, texts_in, values_of
from research.store import Store, analyses, decisions, sources, studies
from research.traces import Traces, traces_of


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is known before anything goes."""

    apart: Apart
    person: Person
    stripped: Mapping[str, Stripped]
    analysis: Analysis | None
    traces: Traces
    elsewhere: tuple[str, ...]

    @property
    def gone(self) -> Gone:
        """The person as an analysis knows them."""
        passages = {
            r.source: frozenset(
                p.index for p in r.passages if p.voice in self.person.voices[r.source]
            )
            for r in self.apart.readings
            if r.source in self.person.shared
        }
        return Gone(self.person.id, frozenset(self.person.whole), passages)


def plan_for(store: Store, study_id: str, participant_id: str) -> Plan:
    """Who the person is, what goes, and what to look for. Raises `NotFound`."""
    apart = apart_of(store, study_id)
    analysis = analyses.newest(store, study_id)
    person = person_of(apart, participant_id, analysis)
    if person is None:
        raise NotFound(f"This study has no participant {participant_id!r}.")
    stripped = {s: strip(apart, s) for s in person.shared}
    traces, elsewhere = _traces(store, study_id, apart, person, stripped, analysis)
    return Plan(apart, person, stripped, analysis, traces, elsewhere)


def _traces(
    store: Store,
    study_id: str,
    apart: Apart,
    person: Person,
    stripped: Mapping[str, Stripped],
    analysis: Analysis | None,
) -> tuple[Traces, tuple[str, ...]]:
    """What to look for, and the other studies that hold some of it."""
    clean = {r.source: redact_reading(r, apart)[0] for r in apart.readings}
    mine = [s.text for s in statements_of(apart, tuple(clean.values())) if person.said(s)]
    mine += [s.text for s in (analysis.statements if analysis else ()) if person.said(s)]
    others = [s.name for s in studies.every(store)]
    others += [d.by for d in decisions.of_study(store, study_id)]
    for reading in apart.readings:
        after = clean[reading.source]
        mine += [*person.texts(reading), *person.texts(reading, after)]
        if reading.source not in person.whole:
            one = stripped.get(reading.source)
            others += texts_in(cut(one.reading if one else reading, reading, person))
            others += texts_in(cut(after, reading, person))
    elsewhere = {
        s.id: "\n".join(t for r in sources.readings(store, s.id) for t in texts_in(r))
        for s in studies.every(store)
        if s.id != study_id
    }
    values = values_of(apart, person)
    everything = "\n".join([*others, *elsewhere.values()])
    known = traces_of(mine, values, "\n".join(others))
    hold = tuple(sorted(i for i, text in elsewhere.items() if known.within(text)))
    return traces_of(mine, values, everything), hold


def cut(reading: Reading, raw: Reading, person: Person) -> Reading:
    """A reading without the person's passages, rows, and what was set aside beside them."""
    voices = person.voices.get(raw.source, frozenset())
    own = {p.index for p in raw.passages if p.voice in voices}
    rows = tuple(
        row
        for row, before in zip(reading.participants, raw.participants, strict=True)
        if before != person.row
    )
    if not own and len(rows) == len(reading.participants):
        return reading
    kept = tuple(p for p in reading.passages if p.index not in own)
    places = {p.place for p in kept} - {p.place for p in reading.passages if p.index in own}
    aside = tuple(a for a in reading.set_aside if a.place and a.place in places)
    return replace(reading, passages=kept, set_aside=aside, participants=rows)
