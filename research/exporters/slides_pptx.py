"""slides.pptx: one persona a slide, one map, pain points and opportunities; notes with evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from research.exporters.brief import Brief, MapBrief, PersonaBrief, brief, said
from research.exporters.fitting import shortened
from research.exporters.index import Index, index
from research.exporters.office import describe, settled
from research.exporters.plain import one_line
from research.exporters.provenance import is_draft, line, name_of, provenance
from research.exporters.slide import (
    DRAFT,
    GOOD,
    HEIGHT,
    INK,
    MARGIN,
    QUIET,
    WIDTH,
    Box,
    Look,
    badge,
    figure,
    footer,
    new_slide,
    notes,
    panel,
    table,
    text_box,
)
from research.exporters.slide_map import draw_map, told
from research.model import Analysis

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

MOST_ROWS = 10
FULL = WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class SlidesPptx:
    """Writes slides.pptx."""

    name: str = "slides-pptx"
    filename: str = "slides.pptx"
    media_type: str = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    def export(self, analysis: Analysis) -> bytes:
        """A deck of 16:9 in native shapes and tables."""
        from pptx import Presentation
        from pptx.util import Pt

        whole = brief(index(analysis))
        deck = Presentation()
        deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
        describe(deck.core_properties, whole.found)
        _Deck(deck, whole).draw()
        content = BytesIO()
        deck.save(content)
        return settled(content.getvalue())


class _Deck:
    """Draws the slides one after the other."""

    def __init__(self, deck: "Presentation", whole: Brief) -> None:
        self.deck, self.whole = deck, whole
        self.found: Index = whole.found
        self.say = whole.found.words
        self.draft = is_draft(whole.found.analysis)

    def draw(self) -> None:
        """All slides."""
        self._opening()
        if self.whole.pains:
            self._pains()
        for persona in self.whole.personas:
            self._persona(persona)
        for journey in self.whole.maps[:1]:
            self._map(journey)
        self._opportunities()
        self._closing()

    def _slide(self, title: str, draft: bool) -> "Slide":
        say = self.say
        slide = new_slide(self.deck, one_line(title), say("DRAFT") if draft else "")
        badge(
            slide,
            say("DRAFT: not accepted yet") if draft else say("Accepted by people"),
            DRAFT if draft else GOOD,
        )
        footer(slide, one_line(line(self.found)), len(self.deck.slides))
        return slide

    def _opening(self) -> None:
        say, whole = self.say, self.whole
        slide = self._slide(name_of(self.found.analysis) or say("Study"), self.draft)
        lead = say("Pain points, motivations, draft personas and their evidence")
        text_box(slide, Box(MARGIN, 84, FULL, 26), [lead], Look(17, QUIET))
        numbers = (
            (str(self.found.of), say("People")),
            (str(len(self.found.analysis.statements)), say("Statements")),
            (str(len(whole.pains)), say("Pain points")),
            (str(len(whole.motivations)), say("Motivations")),
            (str(len(whole.personas)), say("Personas")),
        )
        width = (FULL - 4 * 14) / 5
        for at, (number, name) in enumerate(numbers):
            left = MARGIN + at * (width + 14)
            figure(slide, Box(left, 130, width, 90), name, number)
        top = [f"{r.theme.label} ({r.theme.people} {say('of')} {r.of})" for r in whole.pains[:5]]
        wish = [f"{r.theme.label} ({r.theme.people} {say('of')} {r.of})" for r in whole.motivations]
        half = (FULL - 14) / 2
        more = say("and {n} more, in the notes")
        if top:
            panel(slide, Box(MARGIN, 240, half, 250), say("Pain points"), top, more, DRAFT)
        if wish:
            place = Box(MARGIN + half + 14, 240, half, 250)
            panel(slide, place, say("Motivations"), wish[:5], more, GOOD)
        notes(slide, [f"{name}: {value}" for name, value in provenance(self.found)])

    def _pains(self) -> None:
        say, rows = self.say, self.whole.pains[:MOST_ROWS]
        slide = self._slide(say("Pain points"), self.draft)
        head = tuple(say(t) for t in _PAIN_TITLES)
        widths = (400.0, 150.0, 110.0, 90.0, FULL - 750)
        cells = [
            (
                shortened(one_line(r.theme.label), 384, 2, 12),
                shortened(r.stage_name, 138, 2, 12),
                f"{r.theme.people} {say('of')} {r.of}",
                "" if r.severity is None else say.percent(r.severity),
                say(r.strength),
            )
            for r in rows
        ]
        heights = [26.0, *[(HEIGHT - 150) / MOST_ROWS] * len(cells)]
        table(slide, Box(MARGIN, 84, FULL, sum(heights)), widths, [head, *cells], 12, heights)
        quotes = [
            f"{r.theme.label}\n" + "\n".join(f"  {said(q)}" for q in r.quotes[:3]) for r in rows
        ]
        left = len(self.whole.pains) - len(rows)
        rest = [say("and {n} more, in the list").format(n=left)] if left else []
        notes(slide, [*quotes, *rest])

    def _persona(self, persona: PersonaBrief) -> None:
        slide = self._slide(persona.name, persona.draft)
        facts = " · ".join(f"{name}: {value}" for name, value in persona.facts)
        text_box(
            slide,
            Box(MARGIN, 72, FULL, 16),
            [shortened(one_line(facts), FULL - 20, 1, 11)],
            Look(11, QUIET),
        )
        summary = shortened(one_line(persona.persona.summary), FULL - 20, 3, 13)
        text_box(slide, Box(MARGIN, 92, FULL, 54), [summary], Look(13))
        self._panels(slide, persona)
        notes(slide, [*self._evidence(persona)])

    def _panels(self, slide: "Slide", persona: PersonaBrief) -> None:
        """Wants, runs into and how; and their own words below."""
        say, more = self.say, self.say("and {n} more, in the notes")
        wants = self._told(persona, ("goal", "motivation"))
        pains = self._told(persona, ("pain",))
        hows = self._told(
            persona, ("criterion", "trigger", "behaviour", "channel", "touchpoint", "praise")
        )
        quotes = [said(q) for item in persona.lines("quote") for q in item.quotes[:1]][:2]
        width, top = (FULL - 28) / 3, 152.0
        height = HEIGHT - top - (112 if quotes else 34)
        columns = (
            (say("Motivations"), wants, GOOD),
            (say("Pain points"), pains, DRAFT),
            (say("How they go about it"), hows, INK),
        )
        for at, (title, texts, color) in enumerate(columns):
            box = Box(MARGIN + at * (width + 14), top, width, height)
            panel(slide, box, title, texts or [say("no evidence")], more, color)
        if quotes:
            box = Box(MARGIN, top + height + 10, FULL, 66)
            short = [shortened(one_line(q), FULL - 30, 2, 12) for q in quotes]
            text_box(slide, box, short, Look(12, QUIET, italic=True), gap=3)

    def _told(self, persona: PersonaBrief, kinds: Sequence[str]) -> list[str]:
        lines = [item for kind in kinds for item in persona.lines(kind)]
        return [told(self.found, item) for item in lines]

    def _evidence(self, persona: PersonaBrief) -> Iterable[str]:
        """Every line of the card with who said it."""
        say = self.say
        for name, value in persona.facts:
            yield f"{name}: {value}"
        for _, title, lines in persona.sections:
            yield f"\n{title}"
            for item in lines:
                yield f"- {told(self.found, item)}, {item.strength}"
                if not item.verbatim:
                    yield from (f"    {said(q)}" for q in item.quotes)
                yield from (f"    {say('On the other hand')}: {said(q)}" for q in item.counter)

    def _map(self, journey: MapBrief) -> None:
        slide = self._slide(f"{self.say('Customer journey')}: {journey.title}", journey.draft)
        draw_map(self.found, slide, journey)

    def _opportunities(self) -> None:
        say, rows = self.say, {r.theme.id: r for r in self.whole.pains}
        plans = [p for p in self.found.analysis.about.plans if p.theme in rows]
        asked = [p for p in plans if not rows[p.theme].theme.single_voice][:MOST_ROWS]
        if not asked:
            return
        slide = self._slide(say("Opportunities"), self.draft)
        head = ("#", *(say(t) for t in ("Question", "Owner", "Progress", "Effort")))
        cells = [
            (
                str(rank),
                shortened(one_line(plan.text), 440, 2, 12),
                shortened(one_line(plan.owner), 135, 2, 12),
                say.code("progress", plan.status),
                say.code("effort", plan.effort) if plan.effort else "",
            )
            for rank, plan in enumerate(asked, start=1)
        ]
        widths = (30.0, 460.0, 150.0, 120.0, FULL - 760)
        heights = [26.0, *[(HEIGHT - 150) / MOST_ROWS] * len(cells)]
        table(slide, Box(MARGIN, 84, FULL, sum(heights)), widths, [head, *cells], 12, heights)
        notes(slide, [f"{p.text} {say('Wanted instead')}: {p.change}" for p in asked if p.change])

    def _closing(self) -> None:
        say = self.say
        slide = self._slide(say("How this was made"), self.draft)
        rows = [(name, shortened(one_line(v), 660, 2, 12)) for name, v in provenance(self.found)]
        heights = [24.0, *[28.0] * len(rows)]
        head = (say("What"), "")
        table(
            slide,
            Box(MARGIN, 84, FULL, sum(heights)),
            (210, FULL - 210),
            [head, *rows],
            12,
            heights,
        )
        rule = say("Every line rests on what people said; people are counted before quotes.")
        text_box(slide, Box(MARGIN, HEIGHT - 60, FULL, 18), [rule], Look(12, QUIET))


_PAIN_TITLES = ("Name", "Stage", "People", "Severity", "Evidence")
