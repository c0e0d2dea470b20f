"""Geometry of the charts of pages and report, in the coordinates of their SVG."""

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
    """The saturation curve: its points and the marks on both axes."""

    points: tuple[tuple[float, float], ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM

    @property
    def line(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


def curve(points: Sequence[SaturationPoint]) -> Curve | None:
    """Themes heard against participants; nothing to draw below two points."""
    if len(points) < 2:
        return None
    people = max(p.participants for p in points)
    themes = max(1.0, *(p.themes for p in points))

    def x(count: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * count / max(1, people), 1)

    def y(count: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * count / themes, 1)

    return Curve(
        points=tuple((x(p.participants), y(p.themes)) for p in points),
        across=tuple(Tick(x(v), v) for v in ticks(people)),
        up=tuple(Tick(y(v), v) for v in ticks(int(themes))),
    )


def ticks(most: int) -> tuple[int, ...]:
    """Round numbers from 0 up to at most `most`, about five of them."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most / step <= 6:
                return tuple(range(0, most + 1, step))
        size *= 10


def shade(part: int, whole: int) -> int:
    """How dark a cell is: 0 for nothing, else 1 to 5."""
    return 0 if part <= 0 or whole <= 0 else min(5, 1 + (5 * part - 1) // whole)


def across(mean: float) -> float:
    """Where a valence from -1 to 1 stands on a scale from 0 to 100."""
    return round(min(100.0, max(0.0, (mean + 1) * 50)), 1)
