"""What the report's template needs, worked out beforehand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from research.exporters.index import Index, Quote, speakers, strength_of
from research.exporters.pain_rows import PainRow, kpi_text, pain_rows
from research.exporters.transcripts import Transcript, transcripts
from research.exporters.words import OPEN_REASONS, standing
from research.figures import Curve, curve
from research.model import (
    BY_HAND,
    Cell,
    Channel,
    Claim,
    JourneyMap,
    Persona,
    Source,
    Speaker,
    StageShare,
    Theme,
)
from research.outlook import Outlook, outlook
from research.wilson import interval

QUOTES = 3
CHANNELS: tuple[Channel, ...] = ("interview", "survey", "review", "ticket")


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme with all that its section says."""

    theme: Theme
    of: int
    low: float
    high: float
    strength: str
    stage: str
    shares: tuple[StageShare, ...]
    quotes: tuple[Quote, ...]
    others: tuple[Quote, ...]
    counter: tuple[Quote, ...]
    loose: tuple[Quote, ...]
    touchpoints: tuple[str, ...]
    personas: tuple[Persona, ...]
    nearest: Theme | None

    @property
    def definition(self) -> str:
        """What the theme is about, unless it only repeats a quote shown below it."""
        said = {quote.text for quote in self.quotes}
        return "" if self.theme.definition.strip("“”\"' ") in said else self.theme.definition


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim with its quotes: one voice a person first, then whatever else they said."""

    claim: Claim
    quotes: tuple[Quote, ...]
    counter: tuple[Quote, ...]

    @property
    def verbatim(self) -> bool:
        """Whether the claim is a quote itself."""
        return bool(self.quotes) and self.claim.text == self.quotes[0].text


@dataclass(frozen=True, slots=True)
class PersonaShown:
    """A persona with its claims by kind."""

    persona: Persona
    claims: tuple[tuple[str, tuple[ClaimShown, ...]], ...]
    people: tuple[str, ...]
    misfits: tuple[str, ...]
    nearest: Persona | None
    standing: str
    left_out: tuple[ClaimShown, ...]

    @property
    def by_hand(self) -> bool:
        """Whether people put it together, so that it has no stability."""
        return self.persona.method == BY_HAND


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell of the map with its claims, and statements that stand there by themselves."""

    cell: Cell
    claims: tuple[ClaimShown, ...]
    quotes: tuple[Quote, ...]
    measures: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        known = self.claims or self.quotes or self.measures
        return not known and self.cell.mean is None


@dataclass(frozen=True, slots=True)
class MapShown:
    """A journey map as rows of cells, one for each stage."""

    journey: JourneyMap
    persona: Persona | None
    rows: tuple[tuple[str, tuple[CellShown, ...]], ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """What was set aside in a file: how often, for which reason."""

    source: Source
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything in the report."""

    found: Index
    channels: tuple[tuple[str, int], ...]
    pains: tuple[ThemeShown, ...]
    motivations: tuple[ThemeShown, ...]
    personas: tuple[PersonaShown, ...]
    unplaced: tuple[str, ...]
    maps: tuple[MapShown, ...]
    outside: tuple[tuple[str, tuple[Quote, ...]], ...]
    opportunities: tuple[PainRow, ...]
    curve: Curve | None
    outlook: Outlook | None
    asides: tuple[Aside, ...]
    speakers: tuple[Speaker, ...]
    transcripts: tuple[Transcript, ...]

    @property
    def themes(self) -> tuple[ThemeShown, ...]:
        """Pain points, then motivations."""
        return (*self.pains, *self.motivations)

    @property
    def most(self) -> int:
        """The most people in any stage of any theme: the darkest cell."""
        return max((s.people for t in self.themes for s in t.shares), default=0)

    @property
    def crowd(self) -> int:
        """The most people behind any theme: the longest bar."""
        return max((t.theme.people for t in self.themes), default=1)


def report(found: Index) -> Report:
    """The report of an analysis."""
    analysis = found.analysis
    channels = Counter(p.channel for p in analysis.participants)
    return Report(
        found=found,
        channels=tuple((c, channels[c]) for c in CHANNELS if channels[c]),
        pains=tuple(_theme(found, t) for t in found.ranked("pain")),
        motivations=tuple(_theme(found, t) for t in found.ranked("motivation")),
        personas=tuple(_persona(found, p) for p in analysis.personas),
        unplaced=found.labels(analysis.unplaced),
        maps=tuple(_map(found, m) for m in analysis.maps),
        outside=tuple(_outside(found)),
        opportunities=_opportunities(found),
        curve=curve(analysis.saturation),
        outlook=outlook(analysis.shown, analysis.saturation, len(analysis.participants)),
        asides=tuple(_asides(analysis.sources)),
        speakers=tuple(_speakers(found)),
        transcripts=transcripts(found),
    )


def _theme(found: Index, theme: Theme) -> ThemeShown:
    low, high = interval(theme.people, found.of)
    quotes = found.voices(theme.quotes, QUOTES)
    apart = {*theme.loose, *(q.id for q in quotes)}
    shares = {s.stage: s for s in theme.stage_profile}
    return ThemeShown(
        theme=theme,
        of=found.of,
        low=low,
        high=high,
        strength=strength_of(theme),
        stage=found.main_stage(theme),
        shares=tuple(shares.get(s, StageShare(s, 0, 0)) for s in found.stages),
        quotes=quotes,
        others=found.quotes(s for s in theme.statements if s not in apart),
        counter=found.quotes(theme.counter),
        loose=found.quotes(theme.loose),
        touchpoints=found.touchpoints(theme),
        personas=found.personas(theme),
        nearest=found.themes.get(theme.nearest),
    )


def _outside(found: Index) -> Iterable[tuple[str, tuple[Quote, ...]]]:
    """The statements that are not in a theme yet, by kind."""
    left = found.analysis.coverage.unplaced
    for kind in ("pain", "motivation"):
        quotes = found.quotes(s for s in left if found.statements[s].kind == kind)
        if quotes:
            yield kind, quotes


def _claims(found: Index, claims: Iterable[Claim]) -> tuple[ClaimShown, ...]:
    return tuple(ClaimShown(c, _voiced(found, c), found.quotes(c.counter)) for c in claims)


def _voiced(found: Index, claim: Claim) -> tuple[Quote, ...]:
    """A claim's quotes: the first of each person, then the rest."""
    first = found.voices(claim.statements, len(claim.evidence))
    heard = {quote.id for quote in first}
    return (*first, *found.quotes(s for s in claim.statements if s not in heard))


def _persona(found: Index, persona: Persona) -> PersonaShown:
    kinds = dict.fromkeys(claim.kind for claim in persona.claims)
    others = {p.id: p for p in found.analysis.personas}
    return PersonaShown(
        persona=persona,
        claims=tuple(
            (kind, _claims(found, (c for c in persona.claims if c.kind == kind))) for kind in kinds
        ),
        people=found.labels(persona.participants),
        misfits=found.labels(persona.misfits),
        nearest=others.get(persona.nearest),
        standing=standing(found.words, persona),
        left_out=_claims(found, persona.left_out),
    )


def _map(found: Index, journey: JourneyMap) -> MapShown:
    cells = {(cell.row, cell.stage): cell for cell in journey.cells}
    rows = dict.fromkeys(cell.row for cell in journey.cells)
    personas = {p.id: p for p in found.analysis.personas}
    return MapShown(
        journey=journey,
        persona=personas.get(journey.persona or ""),
        rows=tuple(
            (row, tuple(_cell(found, cells.get((row, s), Cell(s, row))) for s in found.stages))
            for row in rows
        ),
    )


def _cell(found: Index, cell: Cell) -> CellShown:
    alone = () if cell.claims or cell.mean is not None else cell.statements
    kpis = found.analysis.about.kpis if cell.row == "kpis" else ()
    measures = tuple(kpi_text(k, found.words) for k in kpis if k.stage == cell.stage)
    return CellShown(cell, _claims(found, cell.claims), found.quotes(alone), measures)


def _opportunities(found: Index) -> tuple[PainRow, ...]:
    """The pain points of several people as work to plan, the most pressing first."""
    rows = {row.theme.id: row for row in pain_rows(found) if row.theme.people > 1}
    return tuple(rows[p.theme] for p in found.analysis.about.plans if p.theme in rows)


def _asides(sources: Iterable[Source]) -> Iterable[Aside]:
    for source in sorted(sources, key=lambda s: (s.name, s.id)):
        reasons = Counter(_general(a.reason) for a in source.set_aside)
        if reasons or source.notes:
            ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
            yield Aside(source, tuple(ordered))


def _general(reason: str) -> str:
    """A reason without the place or value at its end."""
    return next((OPEN_REASONS[start] for start in OPEN_REASONS if reason.startswith(start)), reason)


def _speakers(found: Index) -> Iterable[Speaker]:
    """The voices of conversations; every row of a table is a voice of its own."""
    talks = {
        source_id
        for source_id, source in found.sources.items()
        if any(p.channel == "interview" for p in source.passages)
    }
    mine = (s for s in speakers(found.analysis) if s.source in talks)
    return sorted(mine, key=lambda s: found.sources[s.source].name)
