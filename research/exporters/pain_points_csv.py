"""pain-points.csv: one row for each pain point, for a spreadsheet or a backlog."""

from dataclasses import dataclass

from research.exporters.index import Quote, index
from research.exporters.pain_rows import PainRow, kpi_text, pain_rows
from research.exporters.provenance import is_draft
from research.exporters.tables import to_csv
from research.exporters.words import Words
from research.model import Analysis

QUOTES = 3
HEADER = (
    "id",
    "stage",
    "stage_name",
    "touchpoints",
    "label",
    "definition",
    "people",
    "of",
    "severity",
    "trend",
    *(f"{part}_{n}" for n in range(1, QUOTES + 1) for part in ("quote", "participant", "source")),
    "personas",
    "opportunity",
    "owner",
    "status",
    "effort",
    "wanted",
    "kpis",
    "evidence_level",
    "statements",
    "sources",
    "stability",
    "single_voice",
    "review",
    "version",
)
Row = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class PainPointsCsv:
    """Writes pain-points.csv."""

    name: str = "pain-points-csv"
    filename: str = "pain-points.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """Most people first. Codes are English; `version` says which decisions are shown."""
        found = index(analysis)
        review = "draft" if is_draft(analysis) else "accepted"
        end = (review, analysis.about.version)
        return to_csv(HEADER, ((*_row(row, found.words), *end) for row in pain_rows(found)))


def _row(row: PainRow, say: Words) -> Row:
    theme, plan = row.theme, row.plan
    return (
        theme.id,
        row.stage,
        row.stage_name,
        ", ".join(row.touchpoints),
        theme.label,
        theme.definition,
        theme.people,
        row.of,
        "" if row.severity is None else round(row.severity, 2),
        row.trend,
        *_cells(row.quotes[:QUOTES]),
        ", ".join(p.name for p in row.personas),
        plan.text if plan else "",
        plan.owner if plan else "",
        row.status,
        plan.effort if plan else "",
        plan.change if plan else "",
        "; ".join(kpi_text(k, say) for k in row.kpis),
        row.strength,
        len(theme.evidence),
        len(theme.sources),
        round(theme.stability, 2),
        "yes" if theme.single_voice else "no",
    )


def _cells(quotes: tuple[Quote, ...]) -> Row:
    """Quote, participant and source of each, with empty cells for those that are missing."""
    cells = [cell for q in quotes for cell in (q.text, q.who, q.where)]
    return (*cells, *[""] * (3 * QUOTES - len(cells)))
