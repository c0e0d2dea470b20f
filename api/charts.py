"""Geometry of the small charts, in the coordinates of their SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from research.model import SaturationPoint

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 14, 40


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    value: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The saturation curve: a line, its points and the marks on both axes."""

    line: str
    points: tuple[tuple[float, float], ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def curve(points: Sequence[SaturationPoint]) -> Curve | None:
    """Themes heard against participants; nothing to draw below two points."""
    if len(points) < 2:
        return None
    most_people = max(p.participants for p in points)
    most_themes = max(1.0, *(p.themes for p in points))

    def x(people: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * people / most_people, 1)

    def y(themes: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * themes / most_themes, 1)

    placed = tuple((x(p.participants), y(p.themes)) for p in points)
    return Curve(
        line=" ".join(f"{across},{up}" for across, up in placed),
        points=placed,
        across=tuple(Tick(x(v), v) for v in ticks(most_people)),
        up=tuple(Tick(y(v), v) for v in ticks(int(most_themes))),
    )


def ticks(most: int) -> tuple[int, ...]:
    """Round numbers from 0 up to at most `most`, about five of them."""
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)
    step = next((s for s in steps if most / s <= 6), most)
    return tuple(range(0, most + 1, step))


def shade(part: int, whole: int) -> int:
    """How dark a cell of a heat map is: 0 for nothing, else 1 to 5."""
    return 0 if part <= 0 or whole <= 0 else min(5, 1 + (5 * part - 1) // whole)
