"""Sheets of an Excel workbook: headers, filters, widths, lists to choose from; no formula ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from research.exporters.index import Index
from research.exporters.plain import cell, one_line
from research.exporters.provenance import is_draft, line, name_of, status_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

INK, PAPER, YOURS, RULE = "#1F3B4D", "#FFFFFF", "#FFF2C6", "#D5DCE0"
DRAFT, ACCEPTED = "#B3261E", "#2E6B3A"
TOP = 2  # the banner and the header
LONGEST_CHOICE = 32
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters, and what may be chosen in it.

    `share` shows a number as a percentage; `yours` marks what the team fills in.
    """

    title: str
    width: int
    share: bool = False
    yours: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, columns and rows."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]


def workbook(found: Index, sheets: Iterable[Sheet]) -> bytes:
    """The file's bytes. Its date is that of the run, so that the same view gives the same."""
    from xlsxwriter import Workbook

    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, options) as book:
        book.set_properties(
            {
                "title": one_line(name_of(found.analysis)),
                "author": found.analysis.made_by.software,
                "comments": one_line(line(found)),
                "status": status_of(found),
                "created": moment(found.analysis.about.date),
            }
        )
        styles = _Styles(book)
        for sheet in sheets:
            _write(found, book.add_worksheet(sheet.title), sheet, styles)
    return content.getvalue()


def moment(date: str) -> datetime:
    """A day as the properties of a document want it; one that is not known is a fixed day."""
    day = datetime.fromisoformat(date) if date else datetime(2000, 1, 1)
    return day.replace(tzinfo=UTC)


class _Styles:
    """The formats of a workbook, made once."""

    def __init__(self, book: "Workbook") -> None:
        text = {"valign": "top", "text_wrap": True, "border": 1, "border_color": RULE}
        head = {"bold": True, "valign": "vcenter", "text_wrap": True, "border": 1}
        head |= {"border_color": RULE}
        self.text = book.add_format(text)
        self.guarded = book.add_format({**text, "quote_prefix": True})
        self.share = book.add_format({**text, "num_format": "0%"})
        self.yours = book.add_format({**text, "bg_color": YOURS})
        self.yours_guarded = book.add_format({**text, "bg_color": YOURS, "quote_prefix": True})
        self.head = book.add_format({**head, "bg_color": INK, "font_color": PAPER})
        self.head_yours = book.add_format({**head, "bg_color": "#F2C94C", "font_color": INK})
        self.draft = book.add_format({"bold": True, "font_color": DRAFT, "valign": "vcenter"})
        self.accepted = book.add_format({"bold": True, "font_color": ACCEPTED})

    def of(self, column: Column, value: Value) -> "Format":
        """How a cell looks; a text that looks like a formula stays text when it is edited."""
        risky = isinstance(value, str) and value[:1] in "=+-@" and value != ""
        if column.yours:
            return self.yours_guarded if risky else self.yours
        if column.share:
            return self.share
        return self.guarded if risky else self.text


def _write(found: Index, page: "Worksheet", sheet: Sheet, styles: _Styles) -> None:
    banner = f"{status_of(found)} · {one_line(line(found))}"
    draft = is_draft(found.analysis)
    page.write_string(0, 0, cell(banner), styles.draft if draft else styles.accepted)
    page.set_row(0, 20)
    page.set_row(1, 32)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(1, at, column.title, styles.head_yours if column.yours else styles.head)
    last = TOP - 1
    for last, row in enumerate(sheet.rows, start=TOP):  # the last row is wanted
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, last, at, value, styles.of(column, value))
    for at, column in enumerate(sheet.columns):
        if column.choices and last >= TOP:
            _choose(page, (TOP, at, last, at), column.choices, found)
    page.autofilter(1, 0, max(last, 1), len(sheet.columns) - 1)
    page.freeze_panes(TOP, 0)
    _printed(page, found)


def _cell(page: "Worksheet", row: int, at: int, value: Value, style: "Format") -> None:
    if isinstance(value, str) and value:
        page.write_string(row, at, cell(value), style)
    elif isinstance(value, int | float):
        page.write_number(row, at, value, style)
    else:
        page.write_blank(row, at, None, style)


def _choose(
    page: "Worksheet", place: tuple[int, int, int, int], choices: tuple[str, ...], found: Index
) -> None:
    say = found.words
    page.data_validation(
        *place,
        {
            "validate": "list",
            "source": list(choices),
            "error_title": say("Not one of these")[:LONGEST_CHOICE],
            "error_message": say("Choose one of the list."),
        },
    )


def _printed(page: "Worksheet", found: Index) -> None:
    """On paper: A4 across, as wide as it is, the header on every page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)
    told = one_line(line(found)).replace("&", "&&")[:180]
    page.set_header(f"&C&B{status_of(found).replace('&', '&&')}")
    page.set_footer(f"&L{told}&R&P / &N")
