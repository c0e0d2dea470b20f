"""Passages into meaning units: one point each, exactly as it stands in the text.

A sentence is a unit. A fragment ("Ja.", "Nou ja, precies.") stays with its neighbour, and
a long sentence that makes two points at a strong turn ("…, maar …", "; ") becomes two.
"""

import re
from collections.abc import Iterator, Sequence

from research.model import Passage, Statement
from research.steps.sentences import Span, lines, sentences, trimmed

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORT = 2  # words up to which a sentence is a fragment, whatever it says
_SMALL_TALK = 6  # words up to which a sentence of nothing but fillers is one
_LONG = 30  # words above which a sentence is split at a strong turn
_TOO_LONG = 45  # words above which it is split at any clause
_ENDLESS = 90  # words above which it is cut between words, for want of anything better
_HALF = 6  # words that each part keeps
_TITLE = 14  # words that a review's title has at most

_STRONG = re.compile(
    r"[;,]?\s+[–—-]\s+|;\s+|,\s+(?=(?:maar|but|terwijl|whereas|although|hoewel|en\s+toen|en\s+daarna"
    r"|and\s+then|and\s+afterwards|aber|während|obwohl|und\s+dann|mais|alors\s+que|bien\s+que"
    r"|et\s+puis|et\s+ensuite)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,:]\s+(?=(?:so|dus|and|en|because|want|omdat|which|waardoor|then|dan|or|of|plus|where|waar"
    r"|und|weil|denn|deshalb|sodass|et|parce\s+que|donc|puisque)\b)"
    r"|\s+(?=(?:maar|but|dus|so|want|because|omdat|en\s+toen|en\s+dan|and\s+then|aber"
    r"|weil|und\s+dann|mais|parce\s+que|et\s+puis)\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,:]\s+")
_GAP = re.compile(r"\s+")
_FILLER_WORDS = """
    ja jawel jazeker nee nou nou tja hè he hé joh zeg kijk precies klopt inderdaad oké oke ok okay
    goed prima zeker misschien ongeveer natuurlijk tuurlijk eigenlijk gewoon dus en maar of wel ook
    eh ehm uh uhm hm hmm mm mmm mhm ah oh o ach aha haha zo echt dat dit is het klopt weet je ik
    denk geen idee even kijken wacht ga door nog eens heel erg absoluut soms helaas
    yes yeah yep yup no nope nah well right sure exactly correct indeed definitely absolutely really
    okay alright all maybe perhaps probably so and but or um umm erm er oh ah wow mm-hm uh-huh
    true i mean you know see think guess that's it's that it is was what of course fair enough
    let me go on hang wait there hello hi hoi hallo dank wel bedankt thanks thank sorry quite
    nein doch genau stimmt richtig naja klar ähm äh hmm eigentlich natürlich vielleicht leider danke
    absolut ich weiß nicht gut eben
    oui non bon ben bah euh voilà d'accord exactement merci bonjour alors donc c'est ça enfin bref
    peut-être bien sûr effectivement tout à fait je ne sais pas
"""
_FILLERS = frozenset(_FILLER_WORDS.split())


def segment(
    passage: Passage, source: str, participant: str, language: str = ""
) -> tuple[Statement, ...]:
    """The statements of a passage; `language` counts when the passage has none."""
    tongue = passage.language or language
    return tuple(
        Statement(
            id=f"{source}-{passage.index}-{start}",
            source=source,
            participant=participant,
            passage=passage.index,
            start=start,
            end=end,
            text=passage.text[start:end],
            place=passage.place,
            channel=passage.channel,
            language=tongue,
            question=passage.question,
            rating=passage.rating,
            date=passage.date,
        )
        for start, end in units(passage, tongue)
    )


def units(passage: Passage, language: str) -> list[Span]:
    """Where the meaning units of a passage stand, in characters, left to right."""
    text = passage.text
    rows = lines(text)
    title = _title(text, rows) if passage.channel == "review" else 0
    found = [] if _told_again(text, rows[:title], rows[title:]) else rows[:title]
    parts = [
        [u for s in sentences(text, row, language) for u in _split(text, s)] for row in rows[title:]
    ]
    if passage.channel == "interview":
        return _joined(text, [span for part in parts for span in part])
    return found + [span for part in parts for span in _joined(text, part)]


def _title(text: str, rows: Sequence[Span]) -> int:
    """How many lines are a review's title: 1 when a short line stands above the rest."""
    return int(len(rows) > 1 and _count(text, rows[0]) <= _TITLE)


def _told_again(text: str, title: Sequence[Span], rest: Sequence[Span]) -> bool:
    """Whether the review's text holds its title again."""
    said = " ".join(text[a:b].casefold() for a, b in rest)
    return any(text[a:b].casefold().rstrip(" .!…") in said for a, b in title)


# --- fragments ---------------------------------------------------------------------


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans with fragments joined to a neighbour.

    A filler or a question opens what follows; any other fragment closes what precedes.
    """
    joined: list[Span] = []
    opening = -1
    for start, end in spans:
        if opening < 0 and joined and _closes(text, start, end):
            joined[-1] = (joined[-1][0], end)
        elif _fragment(text, start, end):
            opening = start if opening < 0 else opening
        else:
            joined.append((start if opening < 0 else opening, end))
            opening = -1
    if opening >= 0:
        first = joined.pop()[0] if joined else opening
        joined.append((first, spans[-1][1]))
    return joined


def _fragment(text: str, start: int, end: int) -> bool:
    """Whether a sentence says too little to stand alone."""
    said = [w.lower() for w in _WORD.findall(text, start, end)]
    return len(said) <= _SHORT or (len(said) <= _SMALL_TALK and _filler(said))


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a fragment belongs to the sentence before it: `Drie keer.`, not `Ja.`"""
    said = [w.lower() for w in _WORD.findall(text, start, end)]
    return len(said) <= _SHORT and not _filler(said) and text[end - 1] not in "?:"


def _filler(said: Sequence[str]) -> bool:
    return all(w in _FILLERS for w in said)


# --- long sentences ----------------------------------------------------------------


def _split(text: str, span: Span) -> Iterator[Span]:
    """A sentence, in parts when it is long and turns."""
    cut = _cut(text, span)
    if cut:
        yield from _split(text, trimmed(text, span[0], cut[0]))
        yield from _split(text, trimmed(text, cut[1], span[1]))
    else:
        yield span


def _cut(text: str, span: Span) -> Span | None:
    """Where a long sentence is best parted: the end of one part and the start of the next."""
    count = _count(text, span)
    for pattern, above in (
        (_STRONG, _LONG),
        (_CLAUSE, _TOO_LONG),
        (_COMMA, _TOO_LONG),
        (_GAP, _ENDLESS),
    ):
        if count > above:
            cuts = [c for c in _candidates(text, span, pattern, count)]
            if cuts:
                return min(cuts)[1]
    return None


def _candidates(
    text: str, span: Span, pattern: re.Pattern[str], count: int
) -> Iterator[tuple[int, Span]]:
    """The possible cuts, each with how far it lies from the middle, in words."""
    seen = 0
    position = span[0]
    for match in pattern.finditer(text, *span):
        seen += len(_WORD.findall(text, position, match.start()))
        position = match.start()
        if _HALF <= seen <= count - _HALF:
            yield abs(2 * seen - count), (match.start(), match.end())


def _count(text: str, span: Span) -> int:
    return len(_WORD.findall(text, *span))
