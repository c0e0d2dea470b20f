"""What each export into maps and tools is for, what it carries and what it was checked with."""

from collections.abc import Mapping

from research.contracts import Card

_MAPS = "every map with people, quotes and evidence levels"
_TREE = "pain points and motivations by stage, with people"
_ISSUES = "a pain point an item, with stage, people, opportunity, personas and quotes"

MAP_CARDS: Mapping[str, Card] = {
    "journey-svg": Card(
        "maps",
        "The journey map of everyone as a drawing that stays sharp.",
        "the map of everyone with shares, quotes and feelings",
        "a quote an item",
        "lxml; Chromium",
    ),
    "journey-png": Card(
        "maps",
        "The journey map of everyone as a picture.",
        "the map of everyone with shares, quotes and feelings",
        "a quote an item; at most 12,000 pixels a side",
        "PNG chunks; looked at",
    ),
    "pictures": Card(
        "maps",
        "All journey maps and persona cards as pictures, in one archive.",
        "every map and every persona, as SVG and PNG",
        "PNG until there are 30 million pixels",
        "lxml; Chromium; looked at",
    ),
    "grid-tsv": Card(
        "maps",
        "The journey map as a grid, to paste.",
        "rows by stages, an item a line",
        "the map of everyone",
        "Python csv",
    ),
    "grid-xlsx": Card(
        "maps",
        "The journey maps as a workbook, a sheet for each.",
        "rows by stages, an item a line",
        "32,767 characters a cell",
        "openpyxl",
    ),
    "grid-html": Card(
        "maps",
        "The journey map as a bare table, to paste.",
        "rows by stages, an item a line",
        "the map of everyone",
        "lxml",
    ),
    "drawio": Card(
        "maps",
        "The journey maps for draw.io.",
        _MAPS,
        "not opened in draw.io itself",
        "its XML rules",
    ),
    "lucid": Card(
        "maps",
        "The journey maps for Lucidchart and Lucidspark, by their REST API.",
        _MAPS,
        "2 MB; no emoji",
        "its documented rules; no validator exists",
    ),
    "excalidraw": Card(
        "maps",
        "The journey maps for Excalidraw.",
        _MAPS,
        "a quote an item",
        "@excalidraw/excalidraw",
    ),
    "json-canvas": Card(
        "maps",
        "The journey maps for Obsidian and others that read JSON Canvas.",
        _MAPS,
        "none",
        "JSON Schema of JSON Canvas 1.0",
    ),
    "mermaid-journey": Card(
        "maps",
        "The journey map of everyone as Mermaid text.",
        "touchpoints, pain points and motivations with a score of 1 to 5",
        "no quotes; 50,000 characters",
        "Mermaid 11",
    ),
    "mermaid-mindmap": Card(
        "maps",
        "The pain points as a mind map in Mermaid.",
        _TREE,
        "50,000 characters",
        "Mermaid 11",
    ),
    "mermaid-timeline": Card(
        "maps",
        "The journey map of everyone as a timeline in Mermaid.",
        "what stands in every row, by stage",
        "no quotes; 50,000 characters",
        "Mermaid 11",
    ),
    "plantuml": Card(
        "maps", "The pain points as a mind map in PlantUML.", _TREE, "no quotes", "text rules only"
    ),
    "graphml": Card(
        "tools",
        "The study as a network, for Gephi, yEd and others.",
        "stages, themes, personas and statements, and what belongs to what",
        "none",
        "networkx",
    ),
    "opml": Card(
        "maps", "The pain points as an outline.", _TREE + " and quotes", "none", "defusedxml"
    ),
    "freemind": Card(
        "maps",
        "The pain points for FreeMind and Freeplane.",
        _TREE + " and quotes",
        "none",
        "defusedxml; rules of its schema",
    ),
    "qdc": Card(
        "tools",
        "The themes as a codebook for NVivo, MAXQDA, ATLAS.ti and others.",
        "stages, themes with definitions, sets",
        "no quotes",
        "REFI-QDA schema; our own reader",
    ),
    "qdpx": Card(
        "tools",
        "The whole study for NVivo, MAXQDA, ATLAS.ti, QualCoder and others.",
        "texts, exact selections, codes, cases with variables, personas as sets",
        "statements that are in no theme are text only",
        "REFI-QDA schema; offsets read back",
    ),
    "taguette-codebook": Card(
        "tools",
        "The themes as tags to import in Taguette.",
        "tags and definitions",
        "none",
        "Python csv",
    ),
    "taguette-highlights": Card(
        "tools",
        "The quotes by theme, in the columns of Taguette.",
        "every statement of a theme",
        "Taguette itself imports no highlights",
        "Python csv",
    ),
    "linear-csv": Card(
        "tools", "The pain points as issues for Linear.", _ISSUES, "no priority", "Python csv"
    ),
    "jira-csv": Card(
        "tools",
        "The pain points as issues for Jira.",
        _ISSUES,
        "only the column Summary is sure",
        "Python csv",
    ),
    "gitlab-csv": Card(
        "tools", "The pain points as issues for GitLab.", _ISSUES, "title and text", "Python csv"
    ),
}
