"""What each export into maps and tools is for, what it carries and what it was checked with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class MapCard:
    """What is told of an export.

    `purpose` is what it is for, in a line; `carries` and `limits` what it holds and leaves
    out; `checked` with what other software it was opened.
    """

    group: Literal["maps", "tools"]
    purpose: str
    carries: str
    limits: str
    checked: str


_MAPS = "every map with people, quotes and evidence levels"
_TREE = "pain points and motivations by stage, with people"
_ISSUES = "a pain point an item, with stage, people, opportunity, personas and quotes"

MAP_CARDS: Mapping[str, MapCard] = {
    "journey-svg": MapCard(
        "maps",
        "The journey map of everyone as a drawing that stays sharp.",
        "the map of everyone with shares, quotes and feelings",
        "a quote an item",
        "lxml; Chromium",
    ),
    "journey-png": MapCard(
        "maps",
        "The journey map of everyone as a picture.",
        "the map of everyone with shares, quotes and feelings",
        "a quote an item; at most 12,000 pixels a side",
        "PNG chunks; looked at",
    ),
    "pictures": MapCard(
        "maps",
        "All journey maps and persona cards as pictures, in one archive.",
        "every map and every persona, as SVG and PNG",
        "PNG until there are 30 million pixels",
        "lxml; Chromium; looked at",
    ),
    "grid-tsv": MapCard(
        "maps",
        "The journey map as a grid, to paste.",
        "rows by stages, an item a line",
        "the map of everyone",
        "Python csv",
    ),
    "grid-xlsx": MapCard(
        "maps",
        "The journey maps as a workbook, a sheet for each.",
        "rows by stages, an item a line",
        "32,767 characters a cell",
        "openpyxl",
    ),
    "grid-html": MapCard(
        "maps",
        "The journey map as a bare table, to paste.",
        "rows by stages, an item a line",
        "the map of everyone",
        "lxml",
    ),
    "drawio": MapCard(
        "maps",
        "The journey maps for draw.io.",
        _MAPS,
        "not opened in draw.io itself",
        "its XML rules",
    ),
    "lucid": MapCard(
        "maps",
        "The journey maps for Lucidchart and Lucidspark, by their REST API.",
        _MAPS,
        "2 MB; no emoji",
        "its documented rules; no validator exists",
    ),
    "excalidraw": MapCard(
        "maps",
        "The journey maps for Excalidraw.",
        _MAPS,
        "a quote an item",
        "@excalidraw/excalidraw",
    ),
    "json-canvas": MapCard(
        "maps",
        "The journey maps for Obsidian and others that read JSON Canvas.",
        _MAPS,
        "none",
        "JSON Schema of JSON Canvas 1.0",
    ),
    "mermaid-journey": MapCard(
        "maps",
        "The journey map of everyone as Mermaid text.",
        "touchpoints, pain points and motivations with a score of 1 to 5",
        "no quotes; 50,000 characters",
        "Mermaid 11",
    ),
    "mermaid-mindmap": MapCard(
        "maps",
        "The pain points as a mind map in Mermaid.",
        _TREE,
        "50,000 characters",
        "Mermaid 11",
    ),
    "mermaid-timeline": MapCard(
        "maps",
        "The journey map of everyone as a timeline in Mermaid.",
        "what stands in every row, by stage",
        "no quotes; 50,000 characters",
        "Mermaid 11",
    ),
    "plantuml": MapCard(
        "maps", "The pain points as a mind map in PlantUML.", _TREE, "no quotes", "text rules only"
    ),
    "graphml": MapCard(
        "tools",
        "The study as a network, for Gephi, yEd and others.",
        "stages, themes, personas and statements, and what belongs to what",
        "none",
        "networkx",
    ),
    "opml": MapCard(
        "maps", "The pain points as an outline.", _TREE + " and quotes", "none", "defusedxml"
    ),
    "freemind": MapCard(
        "maps",
        "The pain points for FreeMind and Freeplane.",
        _TREE + " and quotes",
        "none",
        "defusedxml; rules of its schema",
    ),
    "qdc": MapCard(
        "tools",
        "The themes as a codebook for NVivo, MAXQDA, ATLAS.ti and others.",
        "stages, themes with definitions, sets",
        "no quotes",
        "REFI-QDA schema; our own reader",
    ),
    "qdpx": MapCard(
        "tools",
        "The whole study for NVivo, MAXQDA, ATLAS.ti, QualCoder and others.",
        "texts, exact selections, codes, cases with variables, personas as sets",
        "statements that are in no theme are text only",
        "REFI-QDA schema; offsets read back",
    ),
    "taguette-codebook": MapCard(
        "tools",
        "The themes as tags to import in Taguette.",
        "tags and definitions",
        "none",
        "Python csv",
    ),
    "taguette-highlights": MapCard(
        "tools",
        "The quotes by theme, in the columns of Taguette.",
        "every statement of a theme",
        "Taguette itself imports no highlights",
        "Python csv",
    ),
    "linear-csv": MapCard(
        "tools", "The pain points as issues for Linear.", _ISSUES, "no priority", "Python csv"
    ),
    "jira-csv": MapCard(
        "tools",
        "The pain points as issues for Jira.",
        _ISSUES,
        "only the column Summary is sure",
        "Python csv",
    ),
    "gitlab-csv": MapCard(
        "tools", "The pain points as issues for GitLab.", _ISSUES, "title and text", "Python csv"
    ),
}
