"""Writing a Word document: styles, lines, tables, page numbers and the draft mark."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from research.exporters.plain import safe

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

INK, QUIET, RULE = "1F3B4D", "5B6B75", "D5DCE0"
DRAFT, GOOD = "B3261E", "2E6B3A"
Part = tuple[str, Mapping[str, object]]
LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}

# The mark that Word itself makes: text as a drawing (VML), in the header, behind the page.
_WATERMARK = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t" o:connecttype="rect"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="draft-mark" type="#_x0000_t136" alt={text} style="position:absolute;'
    "margin-left:0;margin-top:0;width:430pt;height:110pt;rotation:315;z-index:-251658240;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" '
    'fillcolor="#fbeae8" stroked="f"><v:textpath style="font-family:Calibri;font-size:1pt" '
    "string={text}/></v:shape></w:pict>"
)


def started(language: str, mark: str, told: str) -> "Document":
    """A document on A4 with its styles; the mark behind every page, and a footer."""
    from docx import Document
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.0)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    _speak(normal, LANGUAGES.get(language, "en-GB"))
    for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor.from_string(INK)
        _one_font(style)
    _header(section.header.paragraphs[0], mark)
    _footer(section.footer.paragraphs[0], told)
    return document


def add_line(document: "Document", parts: Sequence[Part], indent: float = 0.0) -> None:
    """A paragraph of parts, each with its look; `indent` in centimetres."""
    from docx.shared import Cm

    paragraph = document.add_paragraph()
    if indent:
        paragraph.paragraph_format.left_indent = Cm(indent)
    for text, look in parts:
        if text:
            _run(paragraph, text, look)


def add_table(
    document: "Document",
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> None:
    """A table whose header repeats on every page; widths in centimetres."""
    from docx.shared import Cm, Pt

    table = document.add_table(rows=len(rows) + 1, cols=len(head))
    table.style = "Table Grid"
    table.autofit = False
    for at, width in enumerate(widths):
        table.columns[at].width = Cm(width)
    for cells, texts, bold in zip(
        _cells(table), (head, *rows), (True, *[False] * len(rows)), strict=True
    ):
        for cell, text, width in zip(cells, texts, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            look = {"bold": bold, "size": 9.5, "color": "FFFFFF" if bold else "1B2429"}
            _run(paragraph, text, look)
            if bold:
                _shade(cell, INK)
    _repeat(table)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _cells(table: "Table") -> list[Sequence["_Cell"]]:
    """The cells row by row; asking the library for each anew takes far longer."""
    width, cells = len(table.columns), table._cells
    return [cells[at : at + width] for at in range(0, len(cells), width)]


def _run(paragraph: "Paragraph", text: str, look: Mapping[str, object]) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(safe(text).replace("\n", " "))
    run.bold, run.italic = bool(look.get("bold")), bool(look.get("italic"))
    if "color" in look:
        run.font.color.rgb = RGBColor.from_string(str(look["color"]))
    if "size" in look:
        run.font.size = Pt(float(str(look["size"])))


def _shade(cell: object, color: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)  # type: ignore[attr-defined]  # untyped library


def _repeat(table: "Table") -> None:
    """Say that the first row is the header: on every page, and for who listens."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _speak(style: object, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(mark)  # type: ignore[attr-defined]  # untyped library


def _one_font(style: object) -> None:
    """The style's own font instead of that of the theme."""
    from docx.oxml.ns import qn

    fonts = style.element.rPr.rFonts  # type: ignore[attr-defined]  # untyped library
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _header(paragraph: "Paragraph", mark: str) -> None:
    from docx.oxml import parse_xml

    if mark:
        _run(paragraph, mark, {"bold": True, "size": 9, "color": DRAFT})
        drawing = parse_xml(_WATERMARK.format(text=quoteattr(safe(mark))))
        paragraph.add_run()._r.append(drawing)


def _footer(paragraph: "Paragraph", told: str) -> None:
    """How it was made, and the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _run(paragraph, f"{told} · ", {"size": 8, "color": QUIET})
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
