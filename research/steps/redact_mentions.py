"""Where known names and numbers return in a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from research.steps.redact_people import Person
from research.steps.redact_words import WORD, Find, lower_names, plain, word_names

_GAP = re.compile(r"[\s'’._-]{1,3}")
_VERB = re.compile(
    r"\s(?:said|says|told|asked|came|was|is|had|has|and|zei|zegt|vroeg|kwam|heeft|en|belde|from|van"
    r"|sagte|sagt|meinte|fragte|hat|und|war|et|dit|était|est)\b"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a person is named, as lower-case words, and how it must be written."""

    words: tuple[str, ...]
    key: str
    case: str  # any: in any case; last: capital on the last word; careful: and mid-sentence


Forms = dict[str, dict[tuple[str, ...], Form]]
_FEW = 40  # forms that are looked for as they are before a text is taken apart
_LONGEST = 10  # words of a form


def forms(people: Iterable[Person], whole_only: bool = False) -> Forms:
    """The ways in which people are named, by their first word."""
    return gathered(form for someone in people for form in _forms(someone, whole_only))


def gathered(found: Iterable[Form]) -> Forms:
    """Forms by their first word and then by all their words; the first of equals counts."""
    known: Forms = {}
    for form in found:
        known.setdefault(form.words[0], {}).setdefault(form.words, form)
    return known


def _forms(someone: Person, whole_only: bool) -> Iterator[Form]:
    key = plain(someone.full)
    whole = _split(someone.full)
    if len(whole) > 1:
        yield Form(whole, key, "any" if someone.first else "last")
    if whole_only and len(whole) > 1:
        return
    for part in (someone.first, someone.last):
        pieces = _split(part)
        if pieces and len("".join(pieces)) > 1:
            yield Form(pieces, key, _case(pieces))
            if part == someone.first and not pieces[-1].endswith("s"):
                yield Form((*pieces[:-1], pieces[-1] + "s"), key, "careful")


def _split(name: str) -> tuple[str, ...]:
    return tuple(w.lower() for w in WORD.findall(name))


def _case(pieces: tuple[str, ...]) -> str:
    """How a name alone must be written to count: the more it is a word, the stricter."""
    word = pieces[-1]
    if len(pieces) == 1 and word in word_names():
        return "careful"
    unmistakable = word in lower_names() and len(word) >= 4
    digits = any(c.isdigit() for c in word)
    return "any" if unmistakable or digits else "last"


def mentions(text: str, known: Forms, category: str = "name") -> Iterator[Find]:
    """Where the known forms stand in a text, the longest at each place."""
    if not known or (len(known) <= _FEW and not _any_within(text.lower(), known)):
        return
    found = list(WORD.finditer(text))
    for index, match in enumerate(found):
        same = known.get(match.group().lower())
        for form, part in _matches(found, index, same) if same else ():
            if _together(text, part) and _cased(text, part, form.case):
                yield Find(match.start(), part[-1].end(), category, form.key)
                break


def _any_within(text: str, known: Forms) -> bool:
    return any(first in text for first in known)


def _matches(
    found: Sequence[re.Match[str]], index: int, same: dict[tuple[str, ...], Form]
) -> Iterator[tuple[Form, Sequence[re.Match[str]]]]:
    """The forms whose words stand at a place, longest first."""
    for length in range(min(_LONGEST, len(found) - index), 0, -1):
        part = found[index : index + length]
        form = same.get(tuple(m.group().lower() for m in part))
        if form:
            yield form, part


def _together(text: str, part: Sequence[re.Match[str]]) -> bool:
    return all(_GAP.fullmatch(text, a.end(), b.start()) for a, b in pairwise(part))


def _cased(text: str, part: Sequence[re.Match[str]], case: str) -> bool:
    last = part[-1].group()
    if case == "any":
        return True
    if not last[0].isupper():
        return False
    return case != "careful" or (last[1:].islower() and _inside(text, part))


def _inside(text: str, part: Sequence[re.Match[str]]) -> bool:
    """Whether a capital there means a name: not at a sentence's start, or set off."""
    before = text[max(0, part[0].start() - 3) : part[0].start()].rstrip(" \t\"'“‘(")
    after = text[part[-1].end() : part[-1].end() + 2]
    if _VERB.match(text, part[-1].end()):
        return True
    begins = not before or before[-1] in ".!?:;…\n-–"
    return not begins or after[:1] in {",", "!"} or after in {"'s", "’s"}
