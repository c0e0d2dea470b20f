"""What exports into maps and tools are for, as the page of downloads says it."""

from api.words import N_

MAP_EXPORT = {
    "journey-svg": N_("The journey map of everyone as a drawing that stays sharp."),
    "journey-png": N_("The journey map of everyone as a picture."),
    "pictures": N_("All journey maps and persona cards as pictures, in one archive."),
    "grid-tsv": N_("The journey map as a grid, to paste."),
    "grid-xlsx": N_("The journey maps as a workbook, a sheet for each."),
    "grid-html": N_("The journey map as a bare table, to paste."),
    "drawio": N_("The journey maps for draw.io."),
    "lucid": N_("The journey maps for Lucidchart and Lucidspark, by their REST API."),
    "excalidraw": N_("The journey maps for Excalidraw."),
    "json-canvas": N_("The journey maps for Obsidian and others that read JSON Canvas."),
    "mermaid-journey": N_("The journey map of everyone as Mermaid text."),
    "mermaid-mindmap": N_("The pain points as a mind map in Mermaid."),
    "mermaid-timeline": N_("The journey map of everyone as a timeline in Mermaid."),
    "plantuml": N_("The pain points as a mind map in PlantUML."),
    "graphml": N_("The study as a network, for Gephi, yEd and others."),
    "opml": N_("The pain points as an outline."),
    "freemind": N_("The pain points for FreeMind and Freeplane."),
    "qdc": N_("The themes as a codebook for NVivo, MAXQDA, ATLAS.ti and others."),
    "qdpx": N_("The whole study for NVivo, MAXQDA, ATLAS.ti, QualCoder and others."),
    "taguette-codebook": N_("The themes as tags to import in Taguette."),
    "taguette-highlights": N_("The quotes by theme, in the columns of Taguette."),
    "linear-csv": N_("The pain points as issues for Linear."),
    "jira-csv": N_("The pain points as issues for Jira."),
    "gitlab-csv": N_("The pain points as issues for GitLab."),
}
