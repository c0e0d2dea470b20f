"""A journey map as a picture: stages across, rows down, with shares, quotes and feelings."""

from research.exporters.maps.board import Board, Item, Square
from research.exporters.maps.files import Element
from research.exporters.maps.fonts import wrap
from research.exporters.maps.layout import COLOURS
from research.exporters.maps.svg import (
    FAINT,
    INK,
    MUTED,
    PAPER,
    Block,
    Picture,
    box,
    chips,
    dot,
    padded,
    picture,
    shape,
    share,
    stack,
    stroke,
    words,
    write,
)
from research.wording import number

MARGIN, LABEL, COLUMN, GAP = 32, 142, 276, 10
HEAD, STAGES = 96, 52
CURVE = 156
STAGE_COLOURS = ("#1F5A7A", "#2B6F8E")
BAD, MIXED, GOOD = "#C8503F", "#C59A2C", "#3F8F5B"


def draw_map(board: Board) -> Picture:
    """The whole map; as high as what stands in it."""
    bands = [(row, name, _band(board, row)) for row, name in board.rows]
    width = 2 * MARGIN + LABEL + COLUMN * max(1, len(board.stages))
    height = MARGIN + HEAD + STAGES + sum(high for _, _, (high, _) in bands) + 44
    drawn = picture(width, height, board.heading, board.words.language)
    _head(drawn, board)
    _stages(drawn.root, board, MARGIN + HEAD)
    y = MARGIN + HEAD + STAGES
    for n, (row, name, (high, cells)) in enumerate(bands):
        fill = "#F7F9FB" if n % 2 == 0 else PAPER
        box(drawn.root, (MARGIN, y, width - 2 * MARGIN, high), fill=fill)
        box(drawn.root, (MARGIN, y + 8, 4, high - 16), fill=COLOURS[row][1], round=2)
        words(name, LABEL - 26, 12, bold=True).draw(drawn.root, MARGIN + 14, y + 12)
        if row == "emotion":
            _curve(drawn.root, board, y)
        for column, block in enumerate(cells):
            block.draw(drawn.root, MARGIN + LABEL + column * COLUMN + GAP // 2, y + GAP)
        y += high
    foot = wrap(board.made_by, 10, width - 2 * MARGIN, most=1)[0]
    write(drawn.root, foot, (MARGIN, height - 18), 10, colour=MUTED)
    return drawn


def _head(drawn: Picture, board: Board) -> None:
    say, root = board.words, drawn.root
    room = drawn.width - 2 * MARGIN
    title = wrap(board.title, 24, room - 180, bold=True, most=1)[0]
    kicker = wrap(f"{say('Customer journey')} · {board.study}", 12, room - 180, most=1)[0]
    write(root, kicker, (MARGIN, MARGIN + 12), 12, colour=MUTED)
    write(root, title, (MARGIN, MARGIN + 44), 24, bold=True)
    told = say("{k} of {n} people").format(k=board.people, n=board.of)
    write(root, told, (MARGIN, MARGIN + 68), 13, colour=MUTED)
    if board.draft:
        pill(root, say("draft"), drawn.width - MARGIN, MARGIN)


def pill(root: Element, text: str, right: int, top: int) -> None:
    """A mark in the corner that ends at `right`, such as that it is a draft."""
    box(root, (right - 110, top, 110, 26), fill="#FFF6DA", edge="#C59A2C", round=13)
    write(root, text.upper(), (right - 55, top + 17), 11, bold=True, anchor="middle")


def _stages(root: Element, board: Board, y: int) -> None:
    """The stages as arrows that lead into each other."""
    for n, (_, name) in enumerate(board.stages):
        x, tip = MARGIN + LABEL + n * COLUMN, 16
        right, low = x + COLUMN - 4, y + STAGES - 12
        middle = (y + low) / 2
        points = [(x, y), (right - tip, y), (right, middle), (right - tip, low), (x, low)]
        if n:
            points.append((x + tip - 4, middle))
        shape(root, points, fill=STAGE_COLOURS[n % 2])
        shown = wrap(name, 14, COLUMN - 60, bold=True, most=1)[0]
        at = (x + COLUMN / 2, middle + 5)
        write(root, shown, at, 14, colour=PAPER, bold=True, anchor="middle")


def _band(board: Board, row: str) -> tuple[int, list[Block]]:
    """The height of a row and its cells."""
    cells = [_cell(board, board.at(row, stage)) for stage, _ in board.stages]
    if row == "emotion":
        return CURVE, [Block(0, lambda parent, x, y: None) if c.height == 0 else c for c in cells]
    return max([c.height for c in cells] + [24]) + 2 * GAP, cells


def _cell(board: Board, square: Square) -> Block:
    room = COLUMN - GAP - 4
    if square.row == "emotion" and square.mean is not None:
        return stack(())
    if not square.items:
        return _nothing(board, room)
    if square.row == "touchpoints":
        told = [f"{i.text} {i.people}/{i.of}" for i in square.items]
        return chips(told, room, *COLOURS[square.row])
    return stack([_item(board, i, room) for i in square.items], gap=8)


def _nothing(board: Board, room: int) -> Block:
    def draw(parent: Element, x: int, y: int) -> None:
        box(parent, (x, y, room, 26), fill="none", edge=FAINT, round=6, dashed=True)
        write(parent, board.words("no evidence"), (x + 12, y + 17), 11, colour=MUTED)

    return Block(26, draw)


def _item(board: Board, item: Item, width: int) -> Block:
    """A label with its share and a quote; words that are the label are not said twice."""
    fill, edge = COLOURS[item.row]
    room = width - 26
    told = item.told(board.words)
    quote = next((q for q in item.quotes), None)
    if quote and quote.text == item.text:
        who = ", ".join(p for p in (quote.who, quote.source, quote.place) if p)
        parts = [words(f"“{item.text}”", room, 12, most=6), words(who, room, 10, colour=MUTED)]
        return padded(stack(parts, gap=3), width, fill, edge)
    parts = [words(item.text, room, 12, bold=True, most=5)]
    if told:
        parts.append(share(item.people, item.of, room, edge, told))
    if quote and item.row != "opportunities":
        text = f"“{quote.text}” {quote.who}"
        parts.append(words(text, room, 11, colour="#3D4856", most=4))
    return padded(stack(parts, gap=3), width, fill, edge)


def _curve(root: Element, board: Board, y: int) -> None:
    """The mean feeling of each stage with its spread; a line only between known neighbours."""
    left, right = MARGIN + LABEL, MARGIN + LABEL + COLUMN * len(board.stages)
    middle, reach = y + 66, 44
    stroke(root, (left, middle, right - 8, middle), colour=FAINT, dashed=True)
    for value in (1, 0, -1):
        told = number(value, board.words.language, digits=0, signed=True)
        beside = (left - 10, middle - value * reach + 4)
        write(root, told, beside, 10, colour=MUTED, anchor="end")
    before: tuple[float, float] | None = None
    marks = []
    for n, (stage, _) in enumerate(board.stages):
        square = board.at("emotion", stage)
        if square.mean is None:
            before = None
            continue
        at = (left + (n + 0.5) * COLUMN, middle - square.mean * reach)
        if before:
            stroke(root, (*before, *at), colour="#8A94A3", width=2)
        before = at
        marks.append((at, square))
    for at, square in marks:
        _mark(root, board, square, at, middle, reach, y)


def _mark(
    root: Element,
    board: Board,
    square: Square,
    at: tuple[float, float],
    middle: float,
    reach: float,
    y: int,
) -> None:
    mean, spread = square.mean or 0.0, square.spread or 0.0
    high = middle - min(1.0, mean + spread) * reach
    low = middle - max(-1.0, mean - spread) * reach
    stroke(root, (at[0], high, at[0], low), colour="#B5BDC8", width=6)
    colour = BAD if mean <= -0.25 else GOOD if mean >= 0.25 else MIXED
    dot(root, at, 9, fill=colour)
    told = number(mean, board.words.language, signed=True)
    write(root, told, (at[0] + 12, high - 6), 13, colour=INK, bold=True)
    n = board.words("{n} statements of {k} people").format(n=square.count, k=square.people)
    write(root, n, (at[0], y + CURVE - 12), 10, colour=MUTED, anchor="middle")
