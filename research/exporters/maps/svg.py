"""Drawing in SVG: boxes, lines and text that fits, in fonts that every computer has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from research.exporters.maps.files import Element, child, to_xml
from research.exporters.maps.fonts import FAMILY, font, wrap

INK, MUTED, FAINT, PAPER = "#1F2A37", "#5B6675", "#D5DBE3", "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its size in pixels."""

    root: Element
    width: int
    height: int

    def svg(self) -> bytes:
        """The drawing as a file."""
        return to_xml(self.root)


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a known height that can be drawn at a place: parent, x and y."""

    height: int
    draw: Callable[[Element, int, int], None]


def picture(width: int, height: int, title: str, language: str) -> Picture:
    """An empty white drawing with its title for screen readers."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(width),
            "height": str(height),
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "aria-labelledby": "title",
            "lang": language,
            "font-family": FAMILY,
        },
    )
    child(root, "title", {"id": "title"}, title)
    box(root, (0, 0, width, height), fill=PAPER)
    return Picture(root, width, height)


def box(
    parent: Element,
    place: tuple[float, float, float, float],
    *,
    fill: str,
    edge: str = "",
    round: float = 0,
    dashed: bool = False,
) -> None:
    """A rectangle: x, y, width and height."""
    told = {k: _n(v) for k, v in zip(("x", "y", "width", "height"), place, strict=True)}
    told |= {"fill": fill} | ({"stroke": edge} if edge else {})
    told |= {"rx": _n(round)} if round else {}
    child(parent, "rect", told | ({"stroke-dasharray": "4 4"} if dashed else {}))


def shape(parent: Element, points: Sequence[tuple[float, float]], *, fill: str) -> None:
    """A shape with straight sides."""
    told = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    child(parent, "polygon", {"points": told, "fill": fill})


def stroke(
    parent: Element,
    ends: tuple[float, float, float, float],
    *,
    colour: str,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A line from x1, y1 to x2, y2."""
    told = {k: _n(v) for k, v in zip(("x1", "y1", "x2", "y2"), ends, strict=True)}
    told |= {"stroke": colour, "stroke-width": _n(width), "stroke-linecap": "round"}
    child(parent, "line", told | ({"stroke-dasharray": "4 5"} if dashed else {}))


def dot(parent: Element, at: tuple[float, float], radius: float, *, fill: str) -> None:
    """A round dot with a white edge."""
    told = {"cx": _n(at[0]), "cy": _n(at[1]), "r": _n(radius), "fill": fill}
    child(parent, "circle", told | {"stroke": PAPER, "stroke-width": "2"})


def write(
    parent: Element,
    text: str,
    at: tuple[float, float],
    size: float,
    *,
    colour: str = INK,
    bold: bool = False,
    anchor: str = "start",
) -> None:
    """One line of text on its base line; `anchor` is start, middle or end."""
    told = {"x": _n(at[0]), "y": _n(at[1]), "font-size": _n(size), "fill": colour}
    told |= {"font-weight": "bold"} if bold else {}
    told |= {"text-anchor": anchor} if anchor != "start" else {}
    child(parent, "text", told, text)


def words(
    text: str,
    width: float,
    size: float = 12,
    *,
    colour: str = INK,
    bold: bool = False,
    most: int = 99,
) -> Block:
    """A paragraph that fits a width, at most so many lines high."""
    lines = wrap(text, size, width, bold=bold, most=most)
    leading = round(size * 1.38)

    def draw(parent: Element, x: int, y: int) -> None:
        for number, part in enumerate(lines):
            at = (x, y + size + number * leading)
            write(parent, part, at, size, colour=colour, bold=bold)

    return Block(len(lines) * leading, draw)


def share(people: int, of: int, width: float, colour: str, told: str) -> Block:
    """A bar that shows k of n, with the numbers behind it."""
    long = width * 0.42

    def draw(parent: Element, x: int, y: int) -> None:
        part = min(1.0, people / of) if of else 0.0
        box(parent, (x, y + 5, long, 6), fill="#FFFFFF", edge=FAINT, round=3)
        if part:
            box(parent, (x, y + 5, max(6.0, long * part), 6), fill=colour, round=3)
        write(parent, told, (x + long + 8, y + 12), 10, colour=MUTED)

    return Block(18, draw)


def stack(blocks: Sequence[Block], gap: int = 0) -> Block:
    """Blocks below each other."""

    def draw(parent: Element, x: int, y: int) -> None:
        for block in blocks:
            block.draw(parent, x, y)
            y += block.height + gap

    return Block(sum(b.height for b in blocks) + gap * max(0, len(blocks) - 1), draw)


def padded(block: Block, width: int, fill: str, edge: str, *, pad: int = 10) -> Block:
    """A block in a rounded box with a bar of colour at its left."""

    def draw(parent: Element, x: int, y: int) -> None:
        box(parent, (x, y, width, block.height + 2 * pad), fill=fill, round=6)
        box(parent, (x, y, 4, block.height + 2 * pad), fill=edge, round=2)
        block.draw(parent, x + pad + 4, y + pad)

    return Block(block.height + 2 * pad, draw)


def chips(texts: Sequence[str], width: int, fill: str, edge: str) -> Block:
    """Short texts in pills, as many on a line as fit."""
    placed: list[tuple[int, int, int, str]] = []
    x, y = 0, 0
    for text in texts:
        shown = wrap(text, 11, width - 24, most=1)[0]
        long = round(font().width(shown, 11)) + 20
        if x and x + long > width:
            x, y = 0, y + 28
        placed.append((x, y, long, shown))
        x += long + 6

    def draw(parent: Element, left: int, top: int) -> None:
        for at, down, long, text in placed:
            box(parent, (left + at, top + down, long, 22), fill=fill, edge=edge, round=11)
            write(parent, text, (left + at + 10, top + down + 15), 11)

    return Block(y + 22 if texts else 0, draw)


def _n(value: float) -> str:
    """A number with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
