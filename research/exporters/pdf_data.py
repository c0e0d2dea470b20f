"""What the templates of the PDFs are filled with: plain data, every text drawable."""

from collections.abc import Iterable, Sequence

from research.exporters.brief import Brief, CellBrief, Line, MapBrief, PersonaBrief, measure
from research.exporters.glyphs import drawable
from research.exporters.index import Index, Quote
from research.exporters.pain_rows import PainRow, kpi_text
from research.exporters.plain import cut, one_line
from research.exporters.provenance import is_draft, line, name_of, provenance
from research.serial import Json

MOST_PAINS, MOST_MOTIVATIONS, MOST_OPPORTUNITIES, TOP = 100, 50, 25, 15
MOST_QUOTES, LONGEST_QUOTE = 3, 1500
Data = dict[str, Json]


def clean(data: Json) -> Json:
    """The data with every text on one line, and drawable."""
    if isinstance(data, str):
        return drawable(one_line(data))
    if isinstance(data, list):
        return [clean(part) for part in data]
    if isinstance(data, dict):
        return {name: clean(part) for name, part in data.items()}
    return data


def common(found: Index) -> Data:
    """What every PDF says of itself."""
    say = found.words
    return {
        "title": name_of(found.analysis) or say("Study"),
        "author": found.analysis.made_by.software,
        "lang": say.language,
        "draft": is_draft(found.analysis),
        "line": line(found),
        "words": {
            "watermark": say("DRAFT"),
            "draft": say("DRAFT: not accepted by people yet"),
            "accepted": say("Accepted by people"),
            "empty": say("no evidence"),
        },
    }


def report_data(whole: Brief) -> Data:
    """The data of the report on A4."""
    found, say = whole.found, whole.found.words
    data = common(found)
    words = {
        "pains": say("Pain points"),
        "each": say("Each pain point"),
        "motivations": say("Motivations"),
        "opportunities": say("Opportunities"),
        "name": say("Name"),
        "stage": say("Stage"),
        "people": say("People"),
        "severity": say("Severity"),
        "evidence": say("Evidence"),
        "question": say("Question"),
        "owner": say("Owner"),
        "progress": say("Progress"),
        "effort": say("Effort"),
        "none": say("None."),
        "made": say("How this was made"),
        "note": say("Every line rests on what people said; people are counted before quotes."),
        "counter": say("On the other hand"),
        "asked": say("changes asked"),
    }
    return {
        **data,
        "words": {**_record(data["words"]), **words},
        "subtitle": say("Pain points, motivations, draft personas and their evidence"),
        "numbers": [list(pair) for pair in _numbers(whole)],
        "top": TOP,
        "pains": [_theme(found, row) for row in whole.pains[:MOST_PAINS]],
        "motivations": [_theme(found, row) for row in whole.motivations[:MOST_MOTIVATIONS]],
        "rest": {
            "pains": rest(found, len(whole.pains), MOST_PAINS),
            "motivations": rest(found, len(whole.motivations), MOST_MOTIVATIONS),
        },
        "opportunities": [*_opportunities(whole)],
        "personas": [_persona(found, p) for p in whole.personas],
        "provenance": [list(pair) for pair in provenance(found)],
    }


def map_data(whole: Brief) -> Data:
    """The data of the journey maps on A3."""
    found, say = whole.found, whole.found.words
    data = common(found)
    words = {"journey": say("Customer journey"), "corner": say("Stage")}
    return {
        **data,
        "words": {**_record(data["words"]), **words},
        "maps": [_map(found, m) for m in whole.maps],
    }


def rest(found: Index, number: int, most: int) -> str:
    """How many themes are left out of a document; empty when none is."""
    if number <= most:
        return ""
    text = found.words("The {n} that most people raise are told; the list has the other {more}.")
    return text.format(n=most, more=number - most)


def _numbers(whole: Brief) -> Iterable[tuple[str, str]]:
    say, analysis = whole.found.words, whole.found.analysis
    yield say("People"), str(whole.found.of)
    yield say("Statements"), str(len(analysis.statements))
    yield say("Pain points"), str(len(whole.pains))
    yield say("Motivations"), str(len(whole.motivations))
    yield say("Personas"), str(len(whole.personas))


def _record(data: Json) -> Data:
    return data if isinstance(data, dict) else {}


def _theme(found: Index, row: PainRow) -> Data:
    say, theme = found.words, row.theme
    return {
        "label": theme.label,
        "definition": theme.definition,
        "stage": row.stage_name,
        "people": f"{theme.people} {say('of')} {row.of}",
        "count": theme.people,
        "total": row.of,
        "severity": "" if row.severity is None else say.percent(row.severity),
        "strength": say(row.strength),
        "quotes": [_quote(q) for q in row.quotes[:MOST_QUOTES]],
        "facts": [[name, value] for name, value in facts(found, row) if value],
    }


def facts(found: Index, row: PainRow) -> Sequence[tuple[str, str]]:
    """What stands below a theme, by name; empty values are left out by who shows them."""
    say, plan = found.words, row.plan
    return (
        (say("Touchpoints"), ", ".join(map(say.touchpoint, row.touchpoints[:5]))),
        (say("Personas"), ", ".join(p.name for p in row.personas)),
        (say("Trend"), say.code("trend", row.trend) if row.trend else ""),
        (say("Opportunity"), plan.text if plan else ""),
        (say("Owner"), plan.owner if plan else ""),
        (say("Wanted instead"), plan.change if plan else ""),
        (say("Measures"), "; ".join(kpi_text(k, say) for k in row.kpis)),
    )


def _quote(quote: Quote) -> Data:
    text = cut(quote.text, LONGEST_QUOTE)
    return {"text": f"“{text}”", "who": quote.who, "where": quote.where}


def _opportunities(whole: Brief) -> Iterable[Json]:
    say, rows = whole.found.words, {r.theme.id: r for r in whole.pains}
    plans = [p for p in whole.found.analysis.about.plans if p.theme in rows]
    asked = [p for p in plans if not rows[p.theme].theme.single_voice]
    for rank, plan in enumerate(asked[:MOST_OPPORTUNITIES], start=1):
        yield {
            "rank": str(rank),
            "text": plan.text,
            "owner": plan.owner,
            "status": say.code("progress", plan.status),
            "effort": say.code("effort", plan.effort) if plan.effort else "",
        }


def _persona(found: Index, persona: PersonaBrief) -> Data:
    return {
        "name": persona.name,
        "draft": persona.draft,
        "status": persona.status,
        "summary": persona.persona.summary,
        "facts": [list(pair) for pair in persona.facts],
        "sections": [
            {"title": title, "lines": [_line(found, line) for line in lines]}
            for _, title, lines in persona.sections
        ],
    }


def _line(found: Index, line: Line) -> Data:
    return {
        "text": cut(line.text, LONGEST_QUOTE),
        "measure": measure(found, line),
        "strength": line.strength,
        "verbatim": line.verbatim,
        "asked": line.asked,
        "quotes": [_quote(q) for q in line.quotes[: 1 if line.verbatim else 2]],
        "counter": [{"text": cut(q.text, LONGEST_QUOTE), "who": q.who} for q in line.counter],
    }


def _map(found: Index, journey: MapBrief) -> Data:
    say = found.words
    return {
        "title": journey.title,
        "draft": journey.draft,
        "people": say.count(journey.journey.people, "person", "people"),
        "stages": list(journey.stages),
        "rows": [
            {"row": row, "title": title, "cells": [_cell(found, c) for c in cells]}
            for row, title, cells in journey.rows
        ],
    }


def _cell(found: Index, cell: CellBrief) -> Data:
    told = "" if cell.mean is None else found.words.decimal(cell.mean)
    return {
        "empty": cell.empty,
        "mean": cell.mean,
        "told": told,
        "lines": [_line(found, line) for line in cell.lines],
        "measures": list(cell.measures),
    }
