"""report.docx: the report as a Word document to edit, in Word's own headings and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from research.exporters.brief import Brief, Line, PersonaBrief, brief, measure
from research.exporters.index import Index, Quote, index
from research.exporters.office import describe, settled
from research.exporters.pain_rows import PainRow
from research.exporters.pdf_data import MOST_MOTIVATIONS, MOST_PAINS, facts, rest
from research.exporters.plain import one_line
from research.exporters.provenance import is_draft, line, name_of, provenance, status_of
from research.exporters.word import (
    DRAFT,
    GOOD,
    QUIET,
    add_line,
    add_table,
    started,
)
from research.model import Analysis

if TYPE_CHECKING:
    from docx.document import Document

TOP, QUOTES = 15, 3


@dataclass(frozen=True, slots=True)
class ReportDocx:
    """Writes report.docx."""

    name: str = "report-docx"
    filename: str = "report.docx"
    media_type: str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def export(self, analysis: Analysis) -> bytes:
        """Pain points, opportunities, motivations, personas and how it was made."""
        whole = brief(index(analysis))
        found = whole.found
        mark = found.words("DRAFT") if is_draft(analysis) else ""
        document = started(found.words.language, mark, one_line(line(found)))
        describe(document.core_properties, found)
        _Report(document, whole).write()
        content = BytesIO()
        document.save(content)
        return settled(content.getvalue())


class _Report:
    """Writes the parts one after the other."""

    def __init__(self, document: "Document", whole: Brief) -> None:
        self.document, self.whole = document, whole
        self.found: Index = whole.found
        self.say = whole.found.words

    def write(self) -> None:
        """All parts."""
        say, found = self.say, self.found
        self._heading(name_of(found.analysis) or say("Study"), 0)
        draft = is_draft(found.analysis)
        add_line(
            self.document, [(status_of(found), {"bold": True, "color": DRAFT if draft else GOOD})]
        )
        add_line(self.document, [(one_line(line(found)), {"color": QUIET})])
        self._overview()
        self._opportunities()
        self._themes(say("Each pain point"), self.whole.pains, MOST_PAINS)
        self._themes(say("Motivations"), self.whole.motivations, MOST_MOTIVATIONS)
        for persona in self.whole.personas:
            self._persona(persona)
        self._heading(say("How this was made"), 1)
        add_table(
            self.document, (say("What"), ""), [list(r) for r in provenance(found)], (5.0, 11.5)
        )
        told = say("Every line rests on what people said; people are counted before quotes.")
        add_line(self.document, [(told, {"color": QUIET})])

    def _heading(self, text: str, level: int) -> None:
        self.document.add_heading(one_line(text), level)

    def _overview(self) -> None:
        say, rows = self.say, self.whole.pains
        self._heading(say("Pain points"), 1)
        if not rows:
            add_line(self.document, [(say("None."), {})])
            return
        head = tuple(say(t) for t in _TITLES)
        cells = [
            [
                row.theme.label,
                row.stage_name,
                f"{row.theme.people} {say('of')} {row.of}",
                "" if row.severity is None else say.percent(row.severity),
                say(row.strength),
            ]
            for row in rows[:TOP]
        ]
        add_table(self.document, head, cells, (6.7, 3.6, 2.2, 1.7, 2.3))
        left = rest(self.found, len(rows), MOST_PAINS)
        if left:
            add_line(self.document, [(left, {"color": QUIET})])

    def _opportunities(self) -> None:
        say, rows = self.say, {row.theme.id: row for row in self.whole.pains}
        plans = [p for p in self.found.analysis.about.plans if p.theme in rows]
        asked = [p for p in plans if not rows[p.theme].theme.single_voice][: TOP + 10]
        if not asked:
            return
        self._heading(say("Opportunities"), 1)
        cells = [
            [
                str(rank),
                plan.text,
                plan.owner,
                say.code("progress", plan.status),
                say.code("effort", plan.effort) if plan.effort else "",
            ]
            for rank, plan in enumerate(asked, start=1)
        ]
        head = ("#", *(say(t) for t in ("Question", "Owner", "Progress", "Effort")))
        add_table(self.document, head, cells, (0.9, 8.0, 2.9, 2.4, 2.3))

    def _themes(self, title: str, rows: Sequence[PainRow], most: int) -> None:
        if not rows:
            return
        self._heading(title, 1)
        for row in rows[:most]:
            self._theme(row)
        left = rest(self.found, len(rows), most)
        if left:
            add_line(self.document, [(left, {"color": QUIET})])

    def _theme(self, row: PainRow) -> None:
        say, theme = self.say, row.theme
        self._heading(theme.label, 2)
        severity = "" if row.severity is None else f"{say('Severity')} {say.percent(row.severity)}"
        told = (f"{theme.people} {say('of')} {row.of}", say(row.strength), row.stage_name, severity)
        add_line(self.document, [(" · ".join(t for t in told if t), {"bold": True})])
        if theme.definition:
            add_line(self.document, [(one_line(theme.definition), {})])
        for quote in row.quotes[:QUOTES]:
            self._quote(quote)
        for name, value in facts(self.found, row):
            if value:
                add_line(self.document, [(f"{name}: ", {"color": QUIET}), (one_line(value), {})])

    def _quote(self, quote: Quote) -> None:
        where = f" ({one_line(quote.who)}; {one_line(quote.where)})"
        parts: list[tuple[str, dict[str, object]]] = [
            (f"“{one_line(quote.text)}”", {"italic": True}),
            (where, {"color": QUIET}),
        ]
        add_line(self.document, parts, indent=0.6)

    def _persona(self, persona: PersonaBrief) -> None:
        heading = self.document.add_heading(one_line(persona.name), 1)
        heading.paragraph_format.page_break_before = True
        color = DRAFT if persona.draft else GOOD
        add_line(self.document, [(persona.status.capitalize(), {"bold": True, "color": color})])
        if persona.persona.summary:
            add_line(self.document, [(one_line(persona.persona.summary), {})])
        head = (self.say("What"), "")
        add_table(self.document, head, [list(f) for f in persona.facts], (4.0, 12.5))
        for _, title, lines in persona.sections:
            self._heading(title, 2)
            for item in lines:
                self._line(item)

    def _line(self, item: Line) -> None:
        say = self.say
        if not item.verbatim:
            told = f" {measure(self.found, item)}, {item.strength}"
            asked = f" ({say('changes asked')})" if item.asked else ""
            add_line(
                self.document,
                [
                    (one_line(item.text), {"bold": True}),
                    (told, {"color": QUIET}),
                    (asked, {"color": DRAFT}),
                ],
            )
        for quote in item.quotes[: 1 if item.verbatim else 2]:
            self._quote(quote)
        for quote in item.counter:
            text = f"{say('On the other hand')}: “{one_line(quote.text)}” ({one_line(quote.who)})"
            add_line(self.document, [(text, {"color": QUIET})], indent=0.6)


_TITLES = ("Name", "Stage", "People", "Severity", "Evidence")
