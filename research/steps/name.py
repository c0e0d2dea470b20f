"""Names themes in their own people's words, or in the codebook's where it clearly fits.

A label is a clause from the theme's statements: near the theme's middle, of the
theme's kind, and made of words that set the theme apart from the others.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from research.contracts import Vectors
from research.model import Code, Statement
from research.steps.clauses import clauses, sentence_case
from research.steps.cluster import Group
from research.steps.codebook import TO_NAME, best_entry
from research.steps.tagger import KINDS, SAID, Look, Read, softmax

LOOKED_AT = 8
BEST_LENGTH = 5
KIND_WEIGHT, WORDS_WEIGHT, WHOLE_WEIGHT, LENGTH_WEIGHT = 0.35, 0.25, 0.15, 0.03


@dataclass(frozen=True, slots=True)
class Book:
    """A codebook, how well each statement fits its entries, and the language of names."""

    entries: tuple[Code, ...]
    scores: Vectors
    language: str


@dataclass(frozen=True, slots=True)
class Label:
    """A theme's name and definition, its language and where it came from."""

    text: str
    definition: str
    made_by: str


class _Known:
    """What the network makes of a set of texts, read once."""

    def __init__(self, texts: Sequence[str], look: Look) -> None:
        unique = list(dict.fromkeys(texts))
        self._at = {text: i for i, text in enumerate(unique)}
        self._read = look(unique)

    def of(self, texts: Sequence[str]) -> Read:
        """What it makes of some of them."""
        return self._read.rows([self._at[t] for t in texts])


def name_groups(
    groups: Sequence[Group],
    statements: Sequence[Statement],
    kind: str,
    look: Look,
    book: Book,
    taken: Collection[str] = (),
) -> tuple[Label, ...]:
    """A label for each group of statements of one kind, all different, none of those `taken`.

    `look` reads new texts. Where a group clearly
    shares an entry of the codebook, the entry's name is taken, else a clause of its own
    words, in quotation marks.
    """
    texts = [[statements[r] for r in group.rows] for group in groups]
    options = [_options(members, group) for members, group in zip(texts, groups, strict=True)]
    flat = [clause for found in options for clause in found]
    central = [s.text for members in texts for s in members[:LOOKED_AT]]
    known = _Known([*flat, *central], look)
    words = _distinctive(texts)
    used = {name.lower() for name in taken}
    return tuple(
        _from_book(_label(members, found, known, words[i], kind, used), group, book, used)
        for i, (group, members, found) in enumerate(zip(groups, texts, options, strict=True))
    )


def _from_book(own: Label, group: Group, book: Book, used: set[str]) -> Label:
    """The codebook's name where the group shares an entry, with its own words behind it."""
    entry = best_entry(book.scores[list(group.rows)], TO_NAME) if book.scores.size else None
    if entry is None:
        return own
    found = book.entries[entry]
    label = found.label(book.language)
    if label.lower() in used:
        return own
    used.add(label.lower())
    definition = f"{found.definition(book.language)} {own.text}"
    return Label(label, definition, f"codebook:{found.id}")


def _options(members: Sequence[Statement], group: Group) -> dict[str, bool]:
    """Clauses that could name the group, and which of them are whole sentences."""
    close = [m for m, row in zip(members, group.rows, strict=True) if row not in group.loose]
    looked_at = (close or list(members))[:LOOKED_AT]
    language = _main_language(members)
    spoken = [m for m in looked_at if m.language == language] or looked_at
    found: dict[str, bool] = {}
    for clause, whole in (c for m in spoken for c in clauses(m.text)):
        found[clause] = found.get(clause, False) or whole
    return found


def _main_language(members: Sequence[Statement]) -> str:
    counts: dict[str, int] = {}
    for member in members:
        counts[member.language] = counts.get(member.language, 0) + 1
    return max(sorted(counts), key=lambda language: counts[language])


def _distinctive(texts: Sequence[Sequence[Statement]]) -> list[dict[str, float]]:
    """How strongly each word belongs to each group: people who use it × rarity elsewhere."""
    used_by: list[dict[str, set[str]]] = []
    groups_with: dict[str, int] = {}
    for members in texts:
        people: dict[str, set[str]] = {}
        for member in members:
            for word in _content(member.text):
                people.setdefault(word, set()).add(member.participant)
        used_by.append(people)
        for word in people:
            groups_with[word] = groups_with.get(word, 0) + 1
    total = len(texts) + 1
    return [
        {w: log(1 + len(p)) * log(total / groups_with[w]) for w, p in people.items()}
        for people in used_by
    ]


def _content(text: str) -> list[str]:
    return [w for w in text.lower().split() if len(w) > 3 and w.isalpha()]


def _label(
    members: Sequence[Statement],
    options: Mapping[str, bool],
    known: "_Known",
    words: dict[str, float],
    kind: str,
    used: set[str],
) -> Label:
    middle = known.of([m.text for m in members[:LOOKED_AT]]).themes.sum(axis=0)
    middle = middle / max(float(np.linalg.norm(middle)), 1e-9)
    scores = _scores(options, known.of(list(options)), middle, words, kind)
    for option in sorted(options, key=lambda o: (-scores[o], o)):
        if option.lower() not in used:
            used.add(option.lower())
            return Label(f"“{sentence_case(option)}”", _definition(members), "clause@1")
    return Label(f"“{_shortened(members[0].text, used)}”", _definition(members), "quote@1")


def _scores(
    options: Mapping[str, bool],
    read: Read,
    middle: Vectors,
    words: dict[str, float],
    kind: str,
) -> dict[str, float]:
    """How well each clause would name the group."""
    if not options:
        return {}
    says_kind = softmax(read.said[:, SAID["kind"]])[:, KINDS.index(kind)]
    top = max(words.values(), default=1.0) or 1.0
    scores = {}
    for i, (option, whole) in enumerate(options.items()):
        content = _content(option)
        apart = sum(words.get(w, 0.0) for w in content) / (top * max(len(content), 1))
        scores[option] = (
            float(read.themes[i] @ middle)
            + KIND_WEIGHT * float(says_kind[i])
            + WORDS_WEIGHT * apart
            + WHOLE_WEIGHT * whole
            - LENGTH_WEIGHT * abs(len(option.split()) - BEST_LENGTH)
        )
    return scores


def _definition(members: Sequence[Statement]) -> str:
    return f"“{members[0].text}”"


def _shortened(text: str, used: set[str]) -> str:
    words = text.split()
    for count in range(min(8, len(words)), len(words) + 1):
        label = sentence_case(" ".join(words[:count])) + ("…" if count < len(words) else "")
        if label.lower() not in used:
            break
    used.add(label.lower())
    return label
