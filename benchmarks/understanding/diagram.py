"""A reliability diagram (DeGroot and Fienberg 1983): score against share right, as SVG."""

from collections.abc import Sequence
from html import escape

SIZE, EDGE = 240, 36
Point = tuple[float, float, int]


def reliability_svg(title: str, lines: dict[str, Sequence[Point]]) -> str:
    """One line a set: (mean score, share right, statements) per tenth; the diagonal is ideal."""
    dashes = ("none", "6 3", "2 3", "9 3 2 3")
    drawn = [_axes()]
    for number, (name, points) in enumerate(lines.items()):
        dash = dashes[number % len(dashes)]
        path = " ".join(f"{_x(score):.1f},{_y(right):.1f}" for score, right, _ in points)
        line = f'<polyline points="{path}" fill="none" stroke="#115e67" stroke-width="1.6" '
        drawn.append(f'{line}stroke-dasharray="{dash}"/>')
        at = SIZE + EDGE + 14, EDGE + 16 * number
        key = f'<line x1="{at[0]}" x2="{at[0] + 26}" y1="{at[1]}" y2="{at[1]}" stroke="#115e67" '
        drawn.append(f'{key}stroke-width="1.6" stroke-dasharray="{dash}"/>')
        drawn.append(f'<text x="{at[0] + 32}" y="{at[1] + 4}">{escape(name)}</text>')
    width, height = SIZE + 2 * EDGE + 190, SIZE + 2 * EDGE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
    style = 'font-family="sans-serif" font-size="11" role="img">'
    return f"{head}{style}<title>{escape(title)}</title>{''.join(drawn)}</svg>\n"


def _axes() -> str:
    far = SIZE + EDGE
    box = f'<rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" fill="#fff" stroke="#999"/>'
    ideal = f'<line x1="{EDGE}" y1="{far}" x2="{far}" y2="{EDGE}" stroke="#bbb"/>'
    ticks = "".join(
        f'<text x="{_x(t):.0f}" y="{far + 14}" text-anchor="middle">{t:g}</text>'
        f'<text x="{EDGE - 6}" y="{_y(t) + 4:.0f}" text-anchor="end">{t:g}</text>'
        for t in (0.0, 0.5, 1.0)
    )
    below = f'<text x="{EDGE + SIZE / 2}" y="{far + 28}" text-anchor="middle">score</text>'
    above = f'<text x="{EDGE}" y="{EDGE - 10}">share right</text>'
    return box + ideal + ticks + below + above


def _x(value: float) -> float:
    return EDGE + SIZE * value


def _y(value: float) -> float:
    return EDGE + SIZE * (1 - value)
