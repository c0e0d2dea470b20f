"""Transcripts saved as a web page (`.html`): the words that the page shows, line by line."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from research.contracts import Format
from research.errors import EmptyFile, TooLarge
from research.model import Reading, Upload
from research.readers.documents import (
    EXAMPLE,
    Paragraph,
    read_document,
    spoken_table,
    text_of,
    wide_head,
)
from research.readers.files import MEGABYTE, extension
from research.readers.labels import is_known_label, looks_like_name
from research.readers.text import Text, clean, decode, has_mark
from research.readers.times import CLOCK
from research.readers.words import words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_HTML = 25 * MEGABYTE
_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
_CODECS = re.compile(r"utf|iso|windows|cp\d|latin|mac|ascii|us-ascii|koi8|gb|big5|shift|euc", re.I)
_LEFT_OUT = frozenset(
    words(
        """
        aside audio button canvas datalist dialog footer form head iframe input math menu nav
        noscript object script select style svg template textarea video
        """
    )
)
_SILENT = frozenset(words("head script style template noscript svg math"))
_LEFT_OUT_ROLES = frozenset(words("navigation contentinfo complementary menu search dialog"))
_BLOCKS = frozenset(
    words(
        """
        address article blockquote body caption center dd details div dl dt figcaption figure
        h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot
        th thead tr ul
        """
    )
)
_HEADINGS = frozenset(words("h1 h2 h3 h4 h5 h6"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CLOCK_FIRST = re.compile(rf"^[\[(]?{CLOCK}")
_CLOCK_LAST = re.compile(rf"(?:^|\s){CLOCK}$")
_NOTE = "menus, forms and footers of the page not read"
_LINES = "".join(f"<p>{line}</p>\n" for line in EXAMPLE)
_EXAMPLE = f"""<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Gesprek 7</title></head>
<body><nav><a href="/">Start</a></nav>
{_LINES}</body></html>
"""
Event = tuple[Literal["open", "close", "skip"], "Element"]


class WebPage:
    """Reads `.html` files that a browser or another program saved."""

    name = "html"
    format = Format(
        files=(".html", ".htm", ".xhtml"),
        tools=("saved web pages",),
        read="turns with `Name: text`, a name above its words, or a table of speakers and words",
        ignored=("scripts, menus, forms and footers", "what the page hides"),
    )
    example = Upload("voorbeeld.html", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.html`, or has no such name and begins like a web page."""
        ending = extension(upload.name)
        return ending in _ENDINGS or (not ending and bool(_START.match(upload.content)))

    def read(self, upload: Upload) -> Reading:
        """Every turn; scripts, menus, forms, footers and what is hidden are left out."""
        if len(upload.content) > MAX_HTML:
            limit = MAX_HTML // MEGABYTE
            raise TooLarge(
                upload.name,
                f"a web page of more than {limit} MB is not read; save its words as .txt",
            )
        page = _text(upload)
        shown = _Shown()
        for event, element in _walk(_parsed(upload, page.text)):
            shown.take(event, element)
        shown.end()
        notes = [*page.notes, *([_NOTE] if shown.left_out else [])]
        return read_document(upload, self.name, text_of(shown.paragraphs), notes)


def _parsed(upload: Upload, page: str) -> "Element":
    """The elements of a page, however sloppy it is."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(page.encode(), parser)
    if root is None:
        raise EmptyFile(upload.name, "the page holds no words; save it again from the browser")
    return root


def _text(upload: Upload) -> Text:
    """The page's source: by its mark, else by what it says of itself, else a guess."""
    said = _CHARSET.search(upload.content[:4096])
    name = said.group(1).decode("ascii", "replace").lower() if said else ""
    if not has_mark(upload.content) and _CODECS.match(name) and not name.startswith("utf-16"):
        try:
            western = name.replace("_", "-") in {"iso-8859-1", "latin1", "us-ascii", "ascii"}
            return Text(clean(upload.content.decode("cp1252" if western else name)))
        except (LookupError, UnicodeError):
            pass
    return decode(upload)


def _walk(root: "Element") -> Iterator[Event]:
    """Every element as it opens and closes; one that is left out as one event."""
    open_now: list[tuple[Element, Iterator[Element]]] = []
    following: Iterator[Element] = iter((root,))
    while True:
        element = next(following, None)
        if element is None:
            if not open_now:
                return
            element, following = open_now.pop()
            yield "close", element
        elif _is_left_out(element):
            yield "skip", element
        else:
            yield "open", element
            open_now.append((element, following))
            following = iter(element)


def _is_left_out(element: "Element") -> bool:
    """Whether an element is no part of the text: scripts, menus, forms, and what is hidden."""
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    unseen = bool(_HIDDEN.search(element.get("style") or ""))
    return hidden or unseen or element.get("role") in _LEFT_OUT_ROLES


class _Shown:
    """What the page has shown so far."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.left_out = False
        self._tables: list[list[list[list[Paragraph]]]] = []
        self._line: list[str] = []
        self._heading = 0
        self._kept = 0

    def take(self, event: str, element: "Element") -> None:
        """Take up what an element shows as it opens or closes."""
        tag = str(element.tag)
        if event == "skip":
            self.left_out |= tag not in _SILENT and bool("".join(element.itertext()).strip())
        elif tag in _BLOCKS:
            self.end()
            self._block(event, tag)
        elif tag == "br" and event == "open":
            self.end()
        if event == "open":
            self._kept += tag == "pre"
            self._add(element.text)
        else:
            self._kept -= tag == "pre" and event == "close"
            self._add(element.tail)

    def end(self) -> None:
        """End the line."""
        text = " ".join("".join(self._line).split())
        self._line.clear()
        if not text:
            return
        alone = is_known_label(text) or (looks_like_name(text) and " " in text)
        sink = self._sink()
        if alone and not self._heading:
            sink.append(Paragraph(""))
        sink.append(Paragraph(wide_head(text), heading=bool(self._heading)))

    def _add(self, text: str | None) -> None:
        """Add text to the line; a time beside a name is set apart as the page sets it."""
        if not text:
            return
        if self._kept and "\n" in text:
            for part in text.split("\n"):
                self._line.append(part)
                self.end()
            return
        before = "".join(self._line[-1:])
        if before[-1:].isalnum() and text[:1] != " ":
            beside = _CLOCK_FIRST.match(text) or (_CLOCK_LAST.search(before) and text[0].isalpha())
            self._line.append(" " if beside else "")
        self._line.append(text)

    def _block(self, event: str, tag: str) -> None:
        """A block opens or closes."""
        opens = event == "open"
        if tag in _HEADINGS:
            self._heading += 1 if opens else -1
        elif tag == "table" and opens:
            self._tables.append([])
        elif tag == "table":
            self._end_table()
        elif tag == "tr" and opens and self._tables:
            self._tables[-1].append([])
        elif tag in ("td", "th") and opens and self._tables and self._tables[-1]:
            self._tables[-1][-1].append([])

    def _end_table(self) -> None:
        """A table as lines of speech, else its cells as paragraphs."""
        rows = self._tables.pop()
        lines = spoken_table([[" ".join(p.text for p in cell) for cell in row] for row in rows])
        cells = [p for row in rows for cell in row for p in cell]
        self._sink().extend([Paragraph(line) for line in lines] or cells)

    def _sink(self) -> list[Paragraph]:
        """Where paragraphs go now: the innermost open cell, else the page."""
        for rows in reversed(self._tables):
            if rows and rows[-1]:
                return rows[-1][-1]
        return self.paragraphs
