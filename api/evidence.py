"""Claims and statements as pages show them: with the person, the source and the way there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote as escape

from research.encoders.known import suits
from research.model import (
    Analysis,
    Channel,
    Claim,
    ClaimStatus,
    Distribution,
    Kind,
    Participant,
    Persona,
    Source,
    StageShare,
    StageTag,
    Statement,
    Strength,
    Theme,
    by_id,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement with who said it and where; `url` leads to it in its context.

    `foreign` is set where the encoder was not made for its language.
    """

    id: str
    text: str
    language: str
    kind: Kind
    valence: int
    stages: tuple[StageTag, ...]
    participant: str
    who: str
    source: str
    source_name: str
    place: str
    channel: Channel
    date: str
    url: str
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said."""

    participant: str
    who: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim with its quotes and what speaks against it."""

    kind: str
    text: str
    people: int
    of: int
    low: float
    high: float
    strength: Strength
    made_by: str
    stage: str
    theme: str
    quotes: tuple[Quote, ...]
    counter: tuple[Quote, ...]
    key: str
    status: ClaimStatus
    original: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme in a list: how many people, where in the journey, its first quotes."""

    id: str
    kind: Kind
    label: str
    definition: str
    people: int
    clearly: int
    of: int
    statements: int
    sources: int
    stages: tuple[StageShare, ...]
    valence: float
    stability: float
    single_voice: bool
    from_codebook: bool
    loose: int
    counter: int
    quotes: tuple[Quote, ...]
    url: str


@dataclass(frozen=True, slots=True)
class PersonaCard:
    """A persona with its claims resolved to quotes."""

    id: str
    name: str
    kind: str
    status: str
    size: str
    summary: str
    summary_by: str
    people: int
    of: int
    statements: int
    sources: int
    languages: tuple[str, ...]
    missing: tuple[tuple[str, str, int], ...]
    method: str
    participants: tuple[Participant, ...]
    misfits: tuple[Participant, ...]
    claims: tuple[Shown, ...]
    demographics: tuple[Distribution, ...]
    distinctness: float
    nearest: str
    nearest_name: str
    stability: float
    version: int
    changed: bool
    held: bool
    locked: bool
    left_out: tuple[Shown, ...]
    url: str

    def by_kind(self) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
        """The claims of each kind, kinds in the order in which they first appear."""
        kinds = dict.fromkeys(claim.kind for claim in self.claims)
        return tuple((k, tuple(c for c in self.claims if c.kind == k)) for k in kinds)


@dataclass(frozen=True, slots=True)
class Index:
    """An analysis of a study, with its parts found by their ids."""

    study: str
    analysis: Analysis
    statements: Mapping[str, Statement]
    participants: Mapping[str, Participant]
    sources: Mapping[str, Source]

    def url(self, *parts: str) -> str:
        """An address below the study."""
        return "/".join((f"/studies/{escape(self.study, safe='')}", *map(_escaped, parts)))

    def quote(self, statement: str) -> Quote:
        """A statement by its id, ready to be shown."""
        s = self.statements[statement]
        return Quote(
            id=s.id,
            text=s.text,
            language=s.language,
            kind=s.kind,
            valence=s.valence,
            stages=s.stages,
            participant=s.participant,
            who=self.participants[s.participant].label,
            source=s.source,
            source_name=self.sources[s.source].name,
            place=s.place,
            channel=s.channel,
            date=s.date,
            url=self.url("quotes", s.id),
            foreign=self.foreign(s),
        )

    def foreign(self, statement: Statement) -> bool:
        """Whether the encoder of the run was not made for the statement's language."""
        return not suits(self.analysis.made_by.encoder, statement.language)

    def quotes(self, statements: Iterable[str]) -> tuple[Quote, ...]:
        """Several statements, in the order given."""
        return tuple(self.quote(s) for s in statements if s in self.statements)

    def said(self, statements: Iterable[str]) -> tuple[Said, ...]:
        """Statements grouped by person, whoever said most first."""
        ordered = sorted(self.quotes(statements), key=lambda q: (q.who, q.participant))
        groups = groupby(ordered, key=lambda q: (q.participant, q.who))
        people = (Said(person, who, tuple(quotes)) for (person, who), quotes in groups)
        return tuple(sorted(people, key=lambda s: -len(s.quotes)))

    def claim(self, claim: Claim) -> Shown:
        """A claim, ready to be shown."""
        return Shown(
            kind=claim.kind,
            text=claim.text,
            people=claim.people,
            of=claim.of,
            low=claim.low,
            high=claim.high,
            strength=claim.strength,
            made_by=claim.made_by,
            stage=claim.stage,
            theme=claim.theme,
            quotes=self.quotes(claim.statements),
            counter=self.quotes(claim.counter),
            key=claim.key,
            status=claim.status,
            original=claim.original,
        )

    def theme(self, theme: Theme) -> ThemeRow:
        """A theme, ready to be listed."""
        return ThemeRow(
            id=theme.id,
            kind=theme.kind,
            label=theme.label,
            definition=theme.definition,
            people=theme.people,
            clearly=len({self.statements[e.statement].participant for e in theme.clear}),
            of=len(self.analysis.participants),
            statements=len(theme.evidence),
            sources=len(theme.sources),
            stages=theme.stage_profile,
            valence=theme.valence,
            stability=theme.stability,
            single_voice=theme.single_voice,
            from_codebook=theme.made_by.startswith("code:"),
            loose=len(theme.loose),
            counter=len(theme.counter),
            quotes=self.quotes(theme.quotes),
            url=self.url("themes", theme.id),
        )

    def people(self, participants: Iterable[str]) -> tuple[Participant, ...]:
        """Participants by their ids, in the order given."""
        return tuple(self.participants[p] for p in participants if p in self.participants)

    def persona(self, persona: Persona) -> PersonaCard:
        """A persona, ready to be shown."""
        names = {p.id: p.name for p in self.analysis.personas}
        return PersonaCard(
            id=persona.id,
            name=persona.name,
            kind=persona.kind,
            status=persona.status,
            size=persona.size,
            summary=persona.summary,
            summary_by=persona.summary_by,
            people=persona.base.people,
            of=persona.base.of,
            statements=persona.base.statements,
            sources=persona.base.sources,
            languages=persona.base.languages,
            participants=self.people(persona.participants),
            missing=persona.base.missing,
            method=persona.method,
            misfits=self.people(persona.misfits),
            claims=tuple(self.claim(c) for c in persona.claims),
            demographics=persona.demographics,
            distinctness=persona.distinctness,
            nearest=persona.nearest,
            nearest_name=names.get(persona.nearest, ""),
            stability=persona.stability,
            version=persona.version,
            changed=persona.changed,
            held=persona.held,
            locked=persona.locked,
            left_out=tuple(self.claim(c) for c in persona.left_out),
            url=self.url("personas", persona.id),
        )


def index(study: str, analysis: Analysis) -> Index:
    """An analysis with its parts found by their ids."""
    return Index(
        study=study,
        analysis=analysis,
        statements=by_id(analysis.statements),
        participants={p.id: p for p in analysis.participants},
        sources={s.id: s for s in analysis.sources},
    )


def _escaped(text: str) -> str:
    """A text as one part of an address."""
    return escape(text, safe="")
