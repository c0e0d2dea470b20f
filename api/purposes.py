"""What exports are for, as the page of downloads says it: a line for each, and their groups."""

from collections.abc import Callable

from api.words import N_

GROUP = {
    "lists": N_("Lists"),
    "documents": N_("Documents"),
    "maps": N_("Maps"),
    "tools": N_("For other tools"),
}
EXPORT = {
    "analysis-json": N_("Everything, for other programs."),
    "report-html": N_("One page with all results, to send along; it works from a USB stick."),
    "pain-points-csv": N_(
        "The pain points with people, stages, quotes and plans; edit it and bring it back."
    ),
    "pain-points-xlsx": N_(
        "The pain points as a workbook with filters, lists and sheets; edit it and bring it back."
    ),
    "pain-points-json": N_("The pain points with every quote, for other programs."),
    "pain-points-md": N_("The pain points as text, for a wiki or an issue."),
    "themes-csv": N_("All themes with people, stages and quotes, for a spreadsheet."),
    "report-pdf": N_("The report on A4, to read and to print."),
    "map-pdf": N_("The journey maps on A3, for the wall."),
    "personas-md": N_("The draft personas as text to edit."),
}


def group_name(translate: Callable[[str], str], group: str) -> str:
    """What a group of exports is called."""
    return translate(GROUP[group])


def purpose(translate: Callable[[str], str], name: str) -> str:
    """What an export is for."""
    return translate(EXPORT[name])
