"""pain-points.csv: one row for each pain point, for a spreadsheet or a backlog."""

from dataclasses import dataclass

from research.exporters.index import Index, Quote, index, strength_of
from research.exporters.tables import to_csv
from research.model import Analysis, Theme

QUOTES = 3
HEADER = (
    "id",
    "label",
    "definition",
    "stage",
    "stage_name",
    "people",
    "of",
    "statements",
    "sources",
    "stability",
    "single_voice",
    "evidence_level",
    "touchpoints",
    "personas",
    *(f"{part}_{n}" for n in range(1, QUOTES + 1) for part in ("quote", "participant", "source")),
)
Row = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class PainPointsCsv:
    """Writes pain-points.csv."""

    name: str = "pain-points-csv"
    filename: str = "pain-points.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """Most people first."""
        found = index(analysis)
        return to_csv(HEADER, (_row(found, theme) for theme in found.ranked("pain")))


def _row(found: Index, theme: Theme) -> Row:
    stage = found.main_stage(theme)
    return (
        theme.id,
        theme.label,
        theme.definition,
        stage,
        found.stage(stage),
        theme.people,
        found.of,
        len(theme.evidence),
        len(theme.sources),
        round(theme.stability, 2),
        "yes" if theme.single_voice else "no",
        strength_of(theme),
        ", ".join(found.touchpoints(theme)),
        ", ".join(p.name for p in found.personas(theme)),
        *_cells(found.voices(theme.quotes, QUOTES)),
    )


def _cells(quotes: tuple[Quote, ...]) -> Row:
    """Quote, participant and source of each, with empty cells for those that are missing."""
    cells = [cell for q in quotes for cell in (q.text, q.who, q.where)]
    return (*cells, *[""] * (3 * QUOTES - len(cells)))
