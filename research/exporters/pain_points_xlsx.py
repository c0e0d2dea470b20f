"""pain-points.xlsx: the list as a workbook to work in, and to bring back."""

from collections.abc import Iterator
from dataclasses import dataclass

from research.exporters.index import Index, index
from research.exporters.pain_rows import EFFORTS, STATUSES, PainRow, kpi_text, pain_rows
from research.exporters.provenance import provenance
from research.exporters.words import Words
from research.exporters.workbook import Column, Sheet, Value, workbook
from research.model import Analysis

QUOTES = 3
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class PainPointsXlsx:
    """Writes pain-points.xlsx."""

    name: str = "pain-points-xlsx"
    filename: str = "pain-points.xlsx"
    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export(self, analysis: Analysis) -> bytes:
        """Pain points, motivations, opportunities, quotes, personas, and how it was made."""
        found = index(analysis)
        pains, wishes = pain_rows(found), pain_rows(found, "motivation")
        say = found.words
        sheets = (
            Sheet(say("Pain points"), _columns(say), (_pain(found, row) for row in pains)),
            Sheet(say("Motivations"), _plain(say), (_motivation(found, r) for r in wishes)),
            Sheet(say("Opportunities"), _ranked(say), _opportunities(found, pains)),
            Sheet(say("Quotes"), _quoted(say), _quotes(found, (*pains, *wishes))),
            Sheet(say("Personas"), _people(say), _personas(found)),
            Sheet(say("About"), (Column(say("About"), 32), Column("", 90)), _about(found)),
        )
        return workbook(found, sheets)


def _columns(say: Words) -> tuple[Column, ...]:
    statuses = tuple(say.code("progress", s) for s in STATUSES)
    efforts = tuple(say.code("effort", e) for e in EFFORTS)
    return (
        Column(say("Stage"), 14),
        Column(say("Touchpoints"), 20),
        Column(say("Name"), 34, yours=True),
        Column(say("Definition"), 40),
        Column(say("People"), 9),
        Column(say("Of"), 6),
        Column(say("Severity"), 9, share=True),
        Column(say("Trend"), 11),
        *(Column(f"{say('Quote')} {n}", 40) for n in range(1, QUOTES + 1)),
        Column(say("Personas"), 22),
        Column(say("Opportunity"), 36),
        Column(say("Owner"), 16, yours=True),
        Column(say("Progress"), 15, yours=True, choices=statuses),
        Column(say("Effort"), 17, yours=True, choices=efforts),
        Column(say("Wanted instead"), 30),
        Column(say("Measures"), 26),
        Column(say("Evidence"), 13),
        Column(say("Id"), 16),
        Column(say("Version"), 9),
    )


def _pain(found: Index, row: PainRow) -> Row:
    say, theme, plan = found.words, row.theme, row.plan
    quotes = [f"“{q.text}” ({q.who}; {q.where})" for q in row.quotes[:QUOTES]]
    return (
        row.stage_name,
        ", ".join(map(say.touchpoint, row.touchpoints)),
        theme.label,
        theme.definition,
        theme.people,
        row.of,
        row.severity,
        say.code("trend", row.trend) if row.trend else "",
        *quotes,
        *[""] * (QUOTES - len(quotes)),
        ", ".join(p.name for p in row.personas),
        plan.text if plan else "",
        plan.owner if plan else "",
        say.code("progress", row.status),
        say.code("effort", plan.effort) if plan and plan.effort else "",
        plan.change if plan else "",
        "; ".join(kpi_text(k, say) for k in row.kpis),
        say(row.strength),
        theme.id,
        found.analysis.about.version,
    )


def _plain(say: Words) -> tuple[Column, ...]:
    return (
        Column(say("Stage"), 14),
        Column(say("Touchpoints"), 22),
        Column(say("Name"), 36),
        Column(say("Definition"), 46),
        Column(say("People"), 9),
        Column(say("Of"), 6),
        Column(say("Trend"), 11),
        *(Column(f"{say('Quote')} {n}", 40) for n in range(1, QUOTES + 1)),
        Column(say("Personas"), 24),
        Column(say("Evidence"), 13),
        Column(say("Id"), 16),
    )


def _motivation(found: Index, row: PainRow) -> Row:
    """The columns of a pain point that a motivation has too."""
    stage, touched, name, what, people, of, _, trend, *rest = _pain(found, row)
    return (stage, touched, name, what, people, of, trend, *rest[: QUOTES + 1], *rest[-3:-1])


def _ranked(say: Words) -> tuple[Column, ...]:
    return (
        Column(say("Rank"), 7),
        Column(say("Question"), 56),
        Column(say("Stage"), 16),
        Column(say("People"), 9),
        Column(say("Of"), 6),
        Column(say("Severity"), 9, share=True),
        Column(say("Score"), 9, share=True),
        Column(say("Owner"), 18),
        Column(say("Progress"), 16),
        Column(say("Effort"), 18),
        Column(say("Wanted instead"), 40),
        Column(say("Id"), 16),
    )


def _opportunities(found: Index, pains: tuple[PainRow, ...]) -> Iterator[Row]:
    """Pain points of two people and more, the most pressing first."""
    say, rows = found.words, {row.theme.id: row for row in pains}
    plans = [p for p in found.analysis.about.plans if p.theme in rows]
    asked = [p for p in plans if not rows[p.theme].theme.single_voice]
    for rank, plan in enumerate(asked, start=1):
        row = rows[plan.theme]
        yield (
            rank,
            plan.text,
            row.stage_name,
            row.theme.people,
            row.of,
            plan.severity,
            plan.score,
            plan.owner,
            say.code("progress", plan.status),
            say.code("effort", plan.effort) if plan.effort else "",
            plan.change,
            plan.theme,
        )


def _quoted(say: Words) -> tuple[Column, ...]:
    titles = ((say("Kind"), 13), (say("Theme"), 34), (say("Quote"), 70), (say("Participant"), 16))
    more = ((say("File"), 26), (say("Place"), 12), (say("Id"), 16), (say("Statement"), 28))
    return tuple(Column(title, width) for title, width in (*titles, *more))


def _quotes(found: Index, rows: tuple[PainRow, ...]) -> Iterator[Row]:
    for theme in (row.theme for row in rows):
        kind = found.words.code("kind", theme.kind)
        for quote in found.quotes(theme.statements):
            yield (
                *(kind, theme.label, quote.text, quote.who),
                *(quote.source, quote.place, theme.id, quote.id),
            )


def _people(say: Words) -> tuple[Column, ...]:
    titles = ((say("Persona"), 24), (say("Status"), 14), (say("Kind"), 18), (say("Claim"), 50))
    more = ((say("People"), 9), (say("Of"), 6), (say("Evidence"), 13), (say("Quote"), 60))
    return tuple(Column(title, width) for title, width in (*titles, *more, (say("Id"), 16)))


def _personas(found: Index) -> Iterator[Row]:
    say = found.words
    for persona in found.analysis.personas:
        for claim in persona.claims:
            quote = next(iter(found.voices(claim.statements, 1)), None)
            said = f"“{quote.text}” ({quote.who})" if quote else ""
            yield (
                *(persona.name, say(persona.status), say.code("claim", claim.kind), claim.text),
                *(claim.people, claim.of, say(claim.strength), said, persona.id),
            )


def _about(found: Index) -> Iterator[Row]:
    say = found.words
    yield from provenance(found)
    yield (
        say("How to use this"),
        say(
            "The yellow columns (name, owner, progress, effort) are yours: change them and bring "
            "the file back on the page with downloads. Leave the column Id as it is."
        ),
    )
    yield (
        "",
        say(
            "Cells longer than 32,767 characters are cut, which a spreadsheet demands; "
            "they end in …"
        ),
    )
