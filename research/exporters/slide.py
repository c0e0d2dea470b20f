"""Drawing on slides: boxes, texts that fit, tables, notes. Everything stays editable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from research.exporters.fitting import fit, shortened
from research.exporters.plain import safe

if TYPE_CHECKING:
    from pptx.oxml.shapes.shared import BaseShapeElement
    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.table import _Cell
    from pptx.text.text import TextFrame

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 36.0  # points: 13.33 × 7.5 inches
INK, QUIET, PALE, RULE = "1F3B4D", "5B6B75", "F2F5F7", "D5DCE0"
DRAFT, GOOD, TEXT, WHITE, FAINT = "B3261E", "2E6B3A", "1B2429", "FFFFFF", "FBEFEE"
TITLE_ONLY = 5
LONGEST_NOTE = 60_000


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks: its size in points, colour, weight and slant."""

    size: float
    color: str = TEXT
    bold: bool = False
    italic: bool = False


def new_slide(deck: "Presentation", title: str, mark: str) -> "Slide":
    """A slide with its title; behind it a faint mark when it is a draft."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    if mark:
        watermark(slide, mark)
    shape = slide.shapes.title
    place(shape, Box(MARGIN, 22, WIDTH - 2 * MARGIN - 210, 44))
    frame = shape.text_frame
    plain_frame(frame)
    look = Look(26 if len(title) < 48 else 20, INK, bold=True)
    write(
        frame,
        [shortened(title, WIDTH - 2 * MARGIN - 220, 2 if look.size < 26 else 1, look.size)],
        look,
    )
    return slide


def place(shape: object, box: Box) -> None:
    """Put a shape somewhere."""
    from pptx.util import Pt

    for name in ("left", "top", "width", "height"):
        setattr(shape, name, Pt(getattr(box, name)))


def plain_frame(frame: "TextFrame") -> None:
    """Text that wraps, begins at the top and grows nothing."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def write(frame: "TextFrame", texts: Sequence[str], look: Look, gap: float = 0.0) -> None:
    """A paragraph for each text, left aligned."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(gap)
        run = paragraph.add_run()
        run.text = _flat(text)
        font = run.font
        font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
        font.color.rgb = RGBColor.from_string(look.color)


def text_box(slide: "Slide", box: Box, texts: Sequence[str], look: Look, gap: float = 0.0) -> None:
    """A box of text."""
    from pptx.util import Pt

    shape = slide.shapes.add_textbox(*(Pt(x) for x in (box.left, box.top, box.width, box.height)))
    plain_frame(shape.text_frame)
    write(shape.text_frame, texts, look, gap)


def panel(
    slide: "Slide", box: Box, title: str, texts: Sequence[str], more: str, color: str = INK
) -> None:
    """A titled panel whose texts get the size at which they fit; `more` says how many do not."""
    filled(slide, box, PALE)
    filled(slide, Box(box.left, box.top, 4, box.height), color)
    inner = Box(box.left + 14, box.top + 8, box.width - 24, box.height - 14)
    text_box(
        slide, Box(inner.left, inner.top, inner.width, 18), [title], Look(12, color, bold=True)
    )
    told = Box(inner.left, inner.top + 21, inner.width, inner.height - 23)
    found = fit(texts, told.width, told.height, (16, 15, 14, 13, 12, 11, 10.5, 10))
    kept = [*texts[: found.kept]]
    if found.left:
        kept.append(more.format(n=found.left))
    text_box(slide, told, kept, Look(found.size), gap=4)


def filled(slide: "Slide", box: Box, color: str) -> None:
    """A rectangle without a line."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    parts = (Pt(x) for x in (box.left, box.top, box.width, box.height))
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *parts)
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(color)
    shape.line.fill.background()
    style = shape.element.find(qn("p:style"))  # it brings a shadow
    if style is not None:
        shape.element.remove(style)
    if color == PALE:
        _see_through(shape.element)


def _see_through(element: "BaseShapeElement") -> None:
    """Let what lies behind a shape be seen through it."""
    from pptx.oxml.ns import qn

    for color in element.iter(qn("a:srgbClr")):
        alpha = color.makeelement(qn("a:alpha"), {"val": "60000"})
        color.append(alpha)


def figure(slide: "Slide", box: Box, title: str, number: str) -> None:
    """A number that is read from afar, with what it counts."""
    filled(slide, box, PALE)
    filled(slide, Box(box.left, box.top, 4, box.height), INK)
    text_box(
        slide, Box(box.left + 16, box.top + 8, box.width - 24, 44), [number], Look(34, INK, True)
    )
    text_box(slide, Box(box.left + 16, box.top + 56, box.width - 24, 20), [title], Look(13, QUIET))


def badge(slide: "Slide", text: str, color: str) -> None:
    """The status, at the top on the right."""
    box = Box(WIDTH - MARGIN - 200, 26, 200, 24)
    filled(slide, box, color)
    inner = Box(box.left + 8, box.top + 4, box.width - 12, 18)
    text_box(slide, inner, [shortened(text, 188, 1, 10.5)], Look(10.5, WHITE, bold=True))


def footer(slide: "Slide", text: str, number: int) -> None:
    """How it was made, and the number of the slide."""
    look = Look(9, QUIET)
    told = shortened(text, WIDTH - 2 * MARGIN - 60, 1, 9)
    text_box(slide, Box(MARGIN, HEIGHT - 24, WIDTH - 2 * MARGIN - 50, 14), [told], look)
    text_box(slide, Box(WIDTH - MARGIN - 24, HEIGHT - 24, 24, 14), [str(number)], look)


def watermark(slide: "Slide", text: str) -> None:
    """A faint slanted word behind everything else."""
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    shape = slide.shapes.add_textbox(Pt(180), Pt(190), Pt(600), Pt(150))
    shape.rotation = -25.0
    plain_frame(shape.text_frame)
    shape.text_frame.word_wrap = False
    run = shape.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = text, Pt(115), True
    run.font.color.rgb = RGBColor.from_string(FAINT)


def table(
    slide: "Slide",
    box: Box,
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    size: float,
    heights: Sequence[float],
) -> None:
    """A table with a header and, where a width is that of a title, a first column."""
    from pptx.util import Pt

    parts = (Pt(x) for x in (box.left, box.top, box.width, box.height))
    grid = slide.shapes.add_table(len(rows), len(widths), *parts).table
    grid.horz_banding = False
    for at, width in enumerate(widths):
        grid.columns[at].width = Pt(width)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        grid.rows[number].height = Pt(height)
        for at, text in enumerate(row):
            _cell(grid.cell(number, at), text, size, head=number == 0)


def _cell(cell: "_Cell", text: str, size: float, *, head: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    for side in ("left", "right"):
        setattr(cell, f"margin_{side}", Pt(4))
    for side in ("top", "bottom"):
        setattr(cell, f"margin_{side}", Pt(2))
    fill = cell.fill
    if head:
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(INK)
    else:
        fill.background()
        _ruled(cell)
    frame = cell.text_frame
    frame.word_wrap = True
    write(frame, text.split("\n"), Look(size, WHITE if head else TEXT, bold=head), gap=1)


def _ruled(cell: "_Cell") -> None:
    """Thin lines above and below a cell; their order among its properties is laid down."""
    from pptx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    for side in ("a:lnB", "a:lnT"):
        rule = properties.makeelement(qn(side), {"w": "6350"})
        filling = rule.makeelement(qn("a:solidFill"), {})
        filling.append(filling.makeelement(qn("a:srgbClr"), {"val": RULE}))
        rule.append(filling)
        properties.insert(0, rule)


def notes(slide: "Slide", texts: Sequence[str]) -> None:
    """What stands below the slide for who tells it: the evidence."""
    told = safe("\n".join(texts))
    kept = told if len(told) <= LONGEST_NOTE else told[:LONGEST_NOTE] + "…"
    slide.notes_slide.notes_text_frame.text = kept


def _flat(text: str) -> str:
    return " ".join(safe(text).split("\n"))
