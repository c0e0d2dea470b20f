"""Pain points as rows of a list: what stands in every format of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from research.exporters.index import Index, Quote, strength_of
from research.exporters.words import Words
from research.model import Kpi, Persona, Plan, Theme

# What the team fills in, and what may stand there.
STATUSES = ("open", "planned", "doing", "done", "dropped")
EFFORTS = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class PainRow:
    """A pain point with all that its row says; its id stays the same in every later export.

    `trend` tells what became of it since the run before: `new`, `grown`, `shrunk`, `same` or
    empty. `kpis` are the measures of its stage. Severity is from 0 to 1, None when unknown.
    """

    theme: Theme
    of: int
    stage: str
    stage_name: str
    touchpoints: tuple[str, ...]
    trend: str
    quotes: tuple[Quote, ...]
    personas: tuple[Persona, ...]
    plan: Plan | None
    kpis: tuple[Kpi, ...]
    strength: str

    @property
    def severity(self) -> float | None:
        """How badly people put it, 0 to 1."""
        return self.plan.severity if self.plan else None

    @property
    def status(self) -> str:
        """How far the work on it is."""
        return self.plan.status if self.plan else STATUSES[0]


def pain_rows(found: Index, kind: str = "pain") -> tuple[PainRow, ...]:
    """The rows of the themes of a kind, most people first."""
    about = found.analysis.about
    plans = {plan.theme: plan for plan in about.plans}
    trends = dict(about.trends)
    holders = _holders(found)
    return tuple(
        _row(found, theme, plans.get(theme.id), trends.get(theme.id, ""), holders)
        for theme in found.ranked(kind)
    )


def _holders(found: Index) -> Mapping[str, tuple[Persona, ...]]:
    """The personas that have a claim about a theme, by theme."""
    holders: dict[str, dict[str, Persona]] = {}
    for persona in found.analysis.personas:
        for claim in persona.claims:
            if claim.theme:
                holders.setdefault(claim.theme, {})[persona.id] = persona
    return {theme: tuple(personas.values()) for theme, personas in holders.items()}


def _row(
    found: Index,
    theme: Theme,
    plan: Plan | None,
    trend: str,
    holders: Mapping[str, tuple[Persona, ...]],
) -> PainRow:
    stage = found.main_stage(theme)
    return PainRow(
        theme=theme,
        of=found.of,
        stage=stage,
        stage_name=found.stage(stage),
        touchpoints=found.touchpoints(theme),
        trend=trend,
        quotes=found.voices(theme.quotes, len(theme.quotes)),
        personas=holders.get(theme.id, ()),
        plan=plan,
        kpis=tuple(k for k in found.analysis.about.kpis if stage and k.stage == stage),
        strength=strength_of(theme),
    )


def kpi_text(kpi: Kpi, say: Words) -> str:
    """A measure as a person reads it: `Conversie 2,4% (2026-03)`."""
    digits = 0 if float(kpi.value).is_integer() else 1
    value = say.number(kpi.value, digits)
    unit = kpi.unit if kpi.unit == "%" else f" {kpi.unit}" if kpi.unit else ""
    period = f" ({kpi.period})" if kpi.period else ""
    return f"{kpi.name} {value}{unit}{period}"
