"""pain-points.json: the list for other programs. Its schema: docs/pain-points.schema.json."""

import json
from dataclasses import dataclass

from research.exporters.index import Index, index
from research.exporters.pain_rows import PainRow, pain_rows
from research.exporters.provenance import is_draft, name_of
from research.model import Analysis
from research.serial import Json

SCHEMA = "https://klantbeeld.dev/schema/pain-points-1.json"
DIGITS = 4


@dataclass(frozen=True, slots=True)
class PainPointsJson:
    """Writes pain-points.json."""

    name: str = "pain-points-json"
    filename: str = "pain-points.json"
    media_type: str = "application/json"

    def export(self, analysis: Analysis) -> bytes:
        """Most people first, with every quote; sorted keys, UTF-8."""
        found = index(analysis)
        data: dict[str, Json] = {
            "schema": SCHEMA,
            "study": name_of(analysis),
            "language": analysis.language,
            "made_by": analysis.made_by.software,
            "date": analysis.about.date,
            "version": analysis.about.version,
            "reviewed_by": list(analysis.about.reviewers),
            "draft": is_draft(analysis),
            "people": found.of,
            "pain_points": [_row(found, row) for row in pain_rows(found)],
        }
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
        return (text + "\n").encode("utf-8", "backslashreplace")


def _row(found: Index, row: PainRow) -> Json:
    theme, plan = row.theme, row.plan
    return {
        "id": theme.id,
        "stage": row.stage,
        "stage_name": row.stage_name,
        "touchpoints": list(row.touchpoints),
        "label": theme.label,
        "definition": theme.definition,
        "people": theme.people,
        "of": row.of,
        "severity": row.severity,
        "score": plan.score if plan else None,
        "trend": row.trend,
        "statements": len(theme.evidence),
        "sources": len(theme.sources),
        "stability": round(theme.stability, DIGITS),
        "single_voice": theme.single_voice,
        "evidence_level": row.strength,
        "quotes": [_quote(found, s) for s in theme.statements],
        "personas": [{"id": p.id, "name": p.name} for p in row.personas],
        "opportunity": plan.text if plan else "",
        "owner": plan.owner if plan else "",
        "status": row.status,
        "effort": plan.effort if plan else "",
        "wanted": plan.change if plan else "",
        "kpis": [
            {"name": k.name, "value": k.value, "unit": k.unit, "period": k.period} for k in row.kpis
        ],
    }


def _quote(found: Index, statement_id: str) -> Json:
    quote = found.quote(statement_id)
    return {
        "id": quote.id,
        "text": quote.text,
        "participant": quote.who,
        "source": quote.source,
        "place": quote.place,
    }
