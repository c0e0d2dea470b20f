"""A persona as a card: who, on what base, what they want and what is in their way."""

from collections.abc import Sequence

from research.exporters import provenance
from research.exporters.index import Index
from research.exporters.maps.board import said
from research.exporters.maps.files import Element
from research.exporters.maps.fonts import wrap
from research.exporters.maps.map_svg import MARGIN, pill
from research.exporters.maps.svg import (
    FAINT,
    MUTED,
    PAPER,
    Block,
    Picture,
    box,
    chips,
    picture,
    share,
    stack,
    words,
    write,
)
from research.exporters.maps.text import line, shortened
from research.model import Claim, Distribution, Persona

WIDTH, SIDE, GAP = 900, 250, 28
MOST = 4
MAIN = ("pain", "motivation", "goal", "criterion", "trigger", "behaviour", "praise")
CHIPS = ("channel", "touchpoint")
COLOURS = {"pain": "#C8604F", "motivation": "#5F9A58", "goal": "#5B87C5", "praise": "#C59A2C"}
OTHER = "#8492A6"


def draw_persona(found: Index, persona: Persona) -> Picture:
    """The card of a persona; as high as what stands on it."""
    room = WIDTH - 2 * MARGIN
    head = _head(found, persona, room)
    side, main = _side(found, persona), _main(found, persona, room - SIDE - GAP)
    body = max(side.height, main.height)
    height = MARGIN + head.height + 20 + body + 56
    drawn = picture(WIDTH, height, line(persona.name), found.words.language)
    box(drawn.root, (8, 8, WIDTH - 16, height - 16), fill=PAPER, edge=FAINT, round=12)
    box(drawn.root, (8, 8, WIDTH - 16, 8), fill="#1F5A7A", round=4)
    head.draw(drawn.root, MARGIN, MARGIN)
    if persona.status != "accepted" or persona.changed:
        pill(drawn.root, found.words("draft"), WIDTH - MARGIN, MARGIN)
    y = MARGIN + head.height + 20
    side.draw(drawn.root, MARGIN, y)
    main.draw(drawn.root, MARGIN + SIDE + GAP, y)
    foot = wrap(line(provenance.line(found)), 10, room, most=1)[0]
    write(drawn.root, foot, (MARGIN, height - 26), 10, colour=MUTED)
    return drawn


def _head(found: Index, persona: Persona, room: int) -> Block:
    say, base = found.words, persona.base
    people = say("{k} of {n} people").format(k=base.people, n=base.of)
    facts = (people, say.code("size", persona.size), say(persona.kind))
    parts = [
        words(shortened(line(persona.name), 160), room - 140, 24, bold=True, most=3),
        words(" · ".join(facts), room - 140, 12, colour=MUTED, most=2),
    ]
    if persona.summary:
        parts.append(words(shortened(line(persona.summary), 500), room, 13, most=5))
    return stack(parts, gap=6)


def _side(found: Index, persona: Persona) -> Block:
    """A quote, then how people are spread, and where they are met."""
    parts: list[Block] = []
    quote = next((c for c in persona.claims if c.kind == "quote" and c.statements), None)
    quoted = [i for i in (quote.statements if quote else ()) if i in found.statements][:1]
    for statement in found.quotes(quoted):
        told = [
            words(f"“{shortened(line(statement.text), 260)}”", SIDE - 24, 14, most=9),
            words(line(statement.who), SIDE - 24, 11, colour=MUTED),
        ]
        parts.append(_panel(stack(told, gap=6), SIDE, "#E4EEFB"))
    parts += [_spread(d) for d in persona.demographics[:3] if d.known]
    for kind in CHIPS:
        claims = [c for c in persona.claims if c.kind == kind][:6]
        if claims:
            told_by = [f"{line(c.text)} {c.people}/{c.of}" for c in claims]
            parts.append(_titled(found, kind, [chips(told_by, SIDE, "#EEF3F7", "#C6D2DE")]))
    return stack(parts, gap=18)


def _panel(block: Block, width: int, fill: str) -> Block:
    def draw(parent: Element, x: int, y: int) -> None:
        box(parent, (x, y, width, block.height + 24), fill=fill, round=8)
        block.draw(parent, x + 12, y + 12)

    return Block(block.height + 24, draw)


def _spread(spread: Distribution) -> Block:
    """An attribute that was collected, with how many people have each value."""
    title = words(shortened(line(spread.attribute), 60), SIDE, 12, bold=True, most=2)
    rows = []
    for value, people in spread.values[:MOST]:
        told = wrap(f"{people} · {line(value)}", 10, SIDE * 0.58 - 12, most=1)[0]
        rows.append(share(people, spread.known, SIDE, "#5B87C5", told))
    return stack([title, *rows], gap=2)


def _main(found: Index, persona: Persona, room: int) -> Block:
    parts = []
    for kind in MAIN:
        claims = [c for c in persona.claims if c.kind == kind][:MOST]
        if claims:
            colour = COLOURS.get(kind, OTHER)
            lines = [_claim(found, c, room, colour) for c in claims]
            parts.append(_titled(found, kind, lines))
    return stack(parts, gap=18)


def _claim(found: Index, claim: Claim, room: int, colour: str) -> Block:
    people = found.words("{k} of {n} people").format(k=claim.people, n=claim.of)
    told = f"{people} · {found.words(claim.strength)}"
    text = words(shortened(line(claim.text), 240), room, 12, bold=True, most=3)
    parts = [text, share(claim.people, claim.of, room * 0.6, colour, told)]
    known = [i for i in claim.statements if i in found.statements]
    for quote in map(said, found.voices(known, 1)):
        if quote.text != line(claim.text):
            parts.append(words(quote.full, room, 11, colour="#3D4856", most=2))
    return stack(parts)


def _titled(found: Index, kind: str, lines: Sequence[Block]) -> Block:
    title = words(found.words.code("claim", kind), 400, 13, bold=True)
    return stack([title, stack(lines, gap=12)], gap=8)
