"""What somebody leaves behind in bytes: pieces of their words, and values that name them.

A piece is a whole short text, or `WINDOW` words in a row of a longer one, every `STEP`
words: so whatever is left of `WINDOW + STEP - 1` words or more holds a whole piece. What
others said too, or what is kept of others, proves nothing and is not looked for; how much
that was is told.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WINDOW, STEP = 6, 3
FEWEST_WORDS, FEWEST_LETTERS = 3, 12
SHORTEST = 5  # bytes from which a value does not stand in other bytes by chance
_WORD = re.compile(r"\S+")
_SOLID = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Traces:
    """What to look for: `pieces` anywhere, `values` as whole words; `shared` is how many
    were left out because others said them too."""

    pieces: tuple[str, ...]
    values: tuple[str, ...]
    shared: int = 0

    def __len__(self) -> int:
        return len(self.pieces) + len(self.values)

    def within(self, text: str) -> bool:
        """Whether a text holds any of them."""
        return any(p in text for p in self.pieces) or any(_stands(v, text) for v in self.values)

    def in_bytes(self, content: bytes, *, loose: bool = True) -> int:
        """How many of them stand in bytes, as they are or written in JSON or HTML.

        In bytes that are no text (not `loose`), short values are not looked for.
        """
        found = sum(any(form in content for form in _forms(piece)) for piece in self.pieces)
        for value in self.values:
            if loose or len(value.encode()) >= SHORTEST:
                found += any(_stands_in(form, content) for form in _forms(value))
        return found


def traces_of(texts: Iterable[str], values: Iterable[str], others: str) -> Traces:
    """The traces of somebody's texts and values; `others` is all that is kept of others."""
    pieces = sorted({piece for text in texts for piece in pieces_of(text)})
    named = sorted({v.strip() for v in values if len(_SOLID.findall(v)) > 1})
    left = [p for p in pieces if p not in others]
    own = [v for v in named if not _stands(v, others)]
    return Traces(tuple(left), tuple(own), len(pieces) + len(named) - len(left) - len(own))


def pieces_of(text: str) -> Iterator[str]:
    """The pieces of a text that are long enough to be somebody's own."""
    words = [match.span() for match in _WORD.finditer(text)]
    if len(words) <= WINDOW:
        whole = text.strip()
        if len(words) >= FEWEST_WORDS and len(whole) >= FEWEST_LETTERS:
            yield whole
        return
    starts = [*range(0, len(words) - WINDOW, STEP), len(words) - WINDOW]
    for start in starts:
        yield text[words[start][0] : words[start + WINDOW - 1][1]]


def _forms(text: str) -> set[bytes]:
    """The ways in which a text is written in what we keep and export."""
    escaped = json.dumps(text, ensure_ascii=True)[1:-1]
    return {t.encode("utf-8", "surrogatepass") for t in (text, escaped, html.escape(text))}


def _stands(value: str, text: str) -> bool:
    """Whether a value stands in a text as whole words, in whatever case."""
    if value.casefold() not in text.casefold():
        return False
    return bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE))


def _stands_in(value: bytes, content: bytes) -> bool:
    return value in content and bool(
        re.search(rb"(?<![A-Za-z0-9])" + re.escape(value) + rb"(?![A-Za-z0-9])", content)
    )
