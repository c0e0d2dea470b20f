"""For Taguette: the codebook to import, and the highlights as Taguette exports them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from research.exporters.index import Index, index
from research.exporters.maps.qda_texts import texts
from research.exporters.maps.refi import alone, folders, named
from research.exporters.maps.text import cell, line
from research.exporters.tables import BOM, to_csv
from research.model import Analysis


@dataclass(frozen=True, slots=True)
class TaguetteCodebook:
    """Writes taguette-codebook.csv."""

    name: str = "taguette-codebook"
    filename: str = "taguette-codebook.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """A row a theme; a point in a tag leads from the stage to the theme."""
        found = index(analysis)
        rows = [
            (cell(tag), cell(line(found.themes[theme].definition)))
            for theme, tag in _tags(found).items()
        ]
        return to_csv(("tag", "description"), rows).removeprefix(BOM.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class TaguetteHighlights:
    """Writes taguette-highlights.csv."""

    name: str = "taguette-highlights"
    filename: str = "taguette-highlights.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """A row for each statement and theme: id, document, tag, content."""
        found = index(analysis)
        header = ("id", "document", "tag", "content")
        return to_csv(header, _rows(found)).removeprefix(BOM.encode("utf-8"))


def _rows(found: Index) -> Iterator[tuple[int, str, str, str]]:
    tags, number = _tags(found), 0
    for text in texts(found):
        for selection in text.selections:
            number += 1
            for theme in selection.themes:
                yield number, cell(text.name), cell(tags[theme]), cell(selection.text)


def _tags(found: Index) -> dict[str, str]:
    """The tag of each theme; two with the same words get numbers."""
    used: Counter[str] = Counter()
    tags: dict[str, str] = {}
    for folder in folders(found):
        for theme in folder.themes:
            tag = f"{_part(folder.name)}.{_part(theme.label)}"
            tags[theme.id] = alone(tag, used)
    return tags


def _part(text: str) -> str:
    """A part of a tag: without points, which would make more parts of it."""
    return line(named(text).replace(".", " "))
