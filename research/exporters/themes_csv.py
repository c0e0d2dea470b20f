"""themes.csv: pain points and motivations with their spread over the stages."""

from dataclasses import dataclass

from research.exporters.index import Index, index, strength_of
from research.exporters.provenance import is_draft
from research.exporters.tables import to_csv
from research.model import Analysis, Theme

HEADER = (
    "id",
    "kind",
    "label",
    "definition",
    "people",
    "of",
    "statements",
    "sources",
    "single_voice",
    "evidence_level",
    "stability",
    "valence",
    "family",
    "nearest",
    "main_stage",
    "named_by",
)


@dataclass(frozen=True, slots=True)
class ThemesCsv:
    """Writes themes.csv."""

    name: str = "themes-csv"
    filename: str = "themes.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """Pain points, then motivations; most people first."""
        found = index(analysis)
        themes = (*found.ranked("pain"), *found.ranked("motivation"))
        counted = (f"{what}_{s}" for s in found.stages for what in _COUNTED)
        review = "draft" if is_draft(analysis) else "accepted"
        end = (review, analysis.about.version)
        header = (*HEADER, *counted, "review", "version")
        return to_csv(header, ((*_row(found, theme), *end) for theme in themes))


_COUNTED = ("people", "statements")


def _row(found: Index, theme: Theme) -> tuple[str | int | float, ...]:
    nearest = found.themes.get(theme.nearest)
    return (
        theme.id,
        theme.kind,
        theme.label,
        theme.definition,
        theme.people,
        found.of,
        len(theme.evidence),
        len(theme.sources),
        "yes" if theme.single_voice else "no",
        strength_of(theme),
        round(theme.stability, 2),
        round(theme.valence, 2),
        theme.family,
        nearest.label if nearest else "",
        found.main_stage(theme),
        theme.made_by,
        *_profile(found, theme),
    )


def _profile(found: Index, theme: Theme) -> tuple[int, ...]:
    """People and statements in each stage, nought where there is nothing."""
    shares = {s.stage: s for s in theme.stage_profile}
    told = (shares.get(stage) for stage in found.stages)
    return tuple(n for s in told for n in ((s.people, s.statements) if s else (0, 0)))
