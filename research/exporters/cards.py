"""What each export is for, what it carries and what it was checked with, by its name."""

from collections.abc import Mapping

from research.contracts import Card

CARDS: Mapping[str, Card] = {
    "analysis-json": Card(
        "tools",
        "Everything, for other programs.",
        "all findings, statements and passages, with offsets",
        "none",
        "JSON Schema (docs/analysis.schema.json)",
    ),
    "report-html": Card(
        "documents",
        "One page with all results, to send along; it works from a USB stick.",
        "all findings with every quote in its transcript",
        "none",
        "HTML parser; Chromium",
    ),
    "pain-points-csv": Card(
        "lists",
        "The pain points with people, stages, quotes and plans; edit it and bring it back.",
        "a row for each pain point, three quotes of different people",
        "hidden themes are left out",
        "Python csv; LibreOffice Calc",
    ),
    "pain-points-xlsx": Card(
        "lists",
        "The pain points as a workbook with filters, lists and sheets; edit it and bring it back.",
        "sheets of pain points, motivations, opportunities, every quote, personas, and about",
        "cells over 32,767 characters are cut",
        "openpyxl; LibreOffice Calc",
    ),
    "pain-points-json": Card(
        "lists",
        "The pain points with every quote, for other programs.",
        "a record for each pain point with every quote",
        "hidden themes are left out",
        "JSON Schema (docs/pain-points.schema.json)",
    ),
    "pain-points-md": Card(
        "lists",
        "The pain points as text, for a wiki or an issue.",
        "a section for each pain point, three quotes of different people",
        "hidden themes are left out",
        "text checks",
    ),
    "themes-csv": Card(
        "lists",
        "All themes with people, stages and quotes, for a spreadsheet.",
        "a row for each pain point and motivation, people by stage",
        "no quotes",
        "Python csv",
    ),
    "report-pdf": Card(
        "documents",
        "The report on A4, to read and to print.",
        "pain points, opportunities, motivations and personas with quotes; tagged, fonts embedded",
        "100 pain points and 50 motivations; letters beyond Latin, Greek, Cyrillic, Arabic and "
        "Hebrew appear as a square, emoji by name",
        "PDF/UA-1 (typst); pypdf; pdftoppm",
    ),
    "map-pdf": Card(
        "maps",
        "The journey maps on A3, for the wall.",
        "a page for everyone and for each persona; tagged, fonts embedded",
        "as many lines a cell as fit a page; letters as in report.pdf",
        "PDF/UA-1 (typst); pypdf; pdftoppm",
    ),
    "personas-md": Card(
        "documents",
        "The draft personas as text to edit.",
        "each persona with its claims and two quotes a claim",
        "no journey map",
        "text checks",
    ),
}


def card_of(name: str) -> Card:
    """The card of an exporter. Raises `KeyError` when it has none: a test notices."""
    return CARDS[name]
