"""pain-points.md: the list as text, for a wiki or an issue."""

from collections.abc import Iterator
from dataclasses import dataclass

from research.exporters.index import Index, index
from research.exporters.markdown import escape
from research.exporters.pain_rows import PainRow, kpi_text, pain_rows
from research.exporters.provenance import name_of, provenance, status_of
from research.model import Analysis

QUOTES = 3


@dataclass(frozen=True, slots=True)
class PainPointsMd:
    """Writes pain-points.md."""

    name: str = "pain-points-md"
    filename: str = "pain-points.md"
    media_type: str = "text/markdown; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """A section for each pain point, most people first, and how it was made."""
        text = "\n".join(_document(index(analysis))).rstrip() + "\n"
        return text.encode("utf-8", "replace")


def _document(found: Index) -> Iterator[str]:
    say = found.words
    yield f"# {say('Pain points')}: {escape(name_of(found.analysis))}"
    yield f"\n**{escape(status_of(found))}**\n"
    rows = pain_rows(found)
    if not rows:
        yield say("None.")
    for row in rows:
        yield from _section(found, row)
    yield f"\n## {say('How this was made')}\n"
    for name, value in provenance(found):
        yield f"- {escape(name)}: {escape(value)}"


def _section(found: Index, row: PainRow) -> Iterator[str]:
    say, theme = found.words, row.theme
    yield f"## {escape(theme.label)}\n"
    if theme.definition:
        yield f"{escape(theme.definition)}\n"
    for name, value in _facts(found, row):
        if value:
            yield f"- {name}: {escape(value)}"
    yield ""
    for quote in row.quotes[:QUOTES]:
        yield f"> “{escape(quote.text)}” ({escape(quote.who)}; {escape(quote.where)})\n"
    yield f"`{_code(theme.id)}` · {say.count(len(theme.evidence), 'statement', 'statements')}\n"


def _facts(found: Index, row: PainRow) -> tuple[tuple[str, str], ...]:
    say, plan = found.words, row.plan
    severity = "" if row.severity is None else say.percent(row.severity)
    return (
        (say("People"), f"{row.theme.people} {say('of')} {row.of}, {say(row.strength)}"),
        (say("Stage"), row.stage_name),
        (say("Touchpoints"), ", ".join(map(say.touchpoint, row.touchpoints))),
        (say("Severity"), severity),
        (say("Since the run before"), say.code("trend", row.trend) if row.trend else ""),
        (say("Personas"), ", ".join(p.name for p in row.personas)),
        (say("Opportunity"), plan.text if plan else ""),
        (say("Owner"), plan.owner if plan else ""),
        (say("Progress"), say.code("progress", row.status)),
        (say("Effort"), say.code("effort", plan.effort) if plan and plan.effort else ""),
        (say("Wanted instead"), plan.change if plan else ""),
        (say("Measures"), "; ".join(kpi_text(k, say) for k in row.kpis)),
    )


def _code(text: str) -> str:
    return text.replace("`", "").replace("\n", " ")
