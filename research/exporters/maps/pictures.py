"""Pictures to put in a document: the map of everyone, and all maps and personas in an archive."""

from collections.abc import Iterator
from dataclasses import dataclass

from research.exporters.index import index
from research.exporters.maps.board import boards
from research.exporters.maps.files import to_zip
from research.exporters.maps.fonts import BOLD, REGULAR, font
from research.exporters.maps.map_svg import draw_map
from research.exporters.maps.persona_svg import draw_persona
from research.exporters.maps.svg import Picture, picture, write
from research.exporters.words import words_of
from research.model import Analysis

LARGEST_SIDE = 12_000
ZOOM = 1.5
# As much as is drawn in pixels for one archive: about six large maps.
MOST_PIXELS = 30_000_000


@dataclass(frozen=True, slots=True)
class MapSvg:
    """Writes journey.svg."""

    name: str = "journey-svg"
    filename: str = "journey.svg"
    media_type: str = "image/svg+xml"

    def export(self, analysis: Analysis) -> bytes:
        """The map of everyone."""
        return _everyone(analysis).svg()


@dataclass(frozen=True, slots=True)
class MapPng:
    """Writes journey.png."""

    name: str = "journey-png"
    filename: str = "journey.png"
    media_type: str = "image/png"

    def export(self, analysis: Analysis) -> bytes:
        """The map of everyone, three pixels for every two of the drawing."""
        return to_png(_everyone(analysis))


@dataclass(frozen=True, slots=True)
class Pictures:
    """Writes pictures.zip."""

    name: str = "pictures"
    filename: str = "pictures.zip"
    media_type: str = "application/zip"

    def export(self, analysis: Analysis) -> bytes:
        """Every map and persona as SVG; as PNG too until there are 30 million pixels."""
        files: dict[str, bytes] = {}
        room = float(MOST_PIXELS)
        for name, drawn in _all(analysis):
            files[f"{name}.svg"] = drawn.svg()
            room -= drawn.width * drawn.height * ZOOM**2
            if room >= 0 or len(files) == 1:
                files[f"{name}.png"] = to_png(drawn)
        return to_zip(files)


def _everyone(analysis: Analysis) -> Picture:
    for board in boards(analysis)[:1]:
        return draw_map(board)
    say = words_of(analysis.language)
    nothing = picture(400, 80, say("no evidence"), say.language)
    write(nothing.root, say("no evidence"), (32, 48), 16)
    return nothing


def _all(analysis: Analysis) -> Iterator[tuple[str, Picture]]:
    yield "journey-everyone", _everyone(analysis)
    found = index(analysis)
    for number, persona in enumerate(analysis.personas, 1):
        yield f"persona-{number:02}", draw_persona(found, persona)
    for number, board in enumerate(boards(analysis)[1:], 1):
        yield f"journey-persona-{number:02}", draw_map(board)


def to_png(drawn: Picture) -> bytes:
    """The picture in pixels, by resvg, in the font that comes along.

    Fonts of the computer are only asked for characters that this font does not have.
    """
    from resvg_py import svg_to_bytes

    text = drawn.svg().decode("utf-8")
    known = font().widths
    zoom = min(ZOOM, LARGEST_SIDE / max(drawn.width, drawn.height))
    return bytes(
        svg_to_bytes(
            svg_string=text,
            zoom=zoom,
            font_files=[str(REGULAR), str(BOLD)],
            font_family="DejaVu Sans",
            sans_serif_family="DejaVu Sans",
            skip_system_fonts=all(c in known or c.isspace() for c in text),
        )
    )
