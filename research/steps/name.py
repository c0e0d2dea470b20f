"""Names themes in their own people's words, or in the codebook's where it clearly fits.

A label is a clause from the theme's statements: near the theme's middle, of the
theme's kind, and made of words that set the theme apart from the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from research.contracts import Vectors
from research.model import Statement
from research.steps.clauses import clauses, sentence_case
from research.steps.cluster import Group
from research.steps.codebook import Entry, best_entry
from research.steps.features import Asked
from research.steps.tagger import load_tagger, softmax

LOOKED_AT = 12
BEST_LENGTH = 5
KIND_WEIGHT, WORDS_WEIGHT, LENGTH_WEIGHT = 0.35, 0.25, 0.03
Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Book:
    """A codebook, how well each statement fits its entries, and the language of names."""

    entries: tuple[Entry, ...]
    scores: Vectors
    language: str


@dataclass(frozen=True, slots=True)
class Label:
    """A theme's name and definition, its language and where it came from."""

    text: str
    definition: str
    made_by: str


def name_groups(
    groups: Sequence[Group],
    statements: Sequence[Statement],
    kind: str,
    embed: Embed,
    book: Book,
) -> tuple[Label, ...]:
    """A label for each group of statements of one kind, all different.

    `embed` gives vectors of the embedded encoder for new texts. Where a group clearly
    shares an entry of the codebook, the entry's name is taken, else a clause of its own
    words, in quotation marks.
    """
    texts = [[statements[r] for r in group.rows] for group in groups]
    options = [_options(members, group) for members, group in zip(texts, groups, strict=True)]
    flat = [clause for found in options for clause in found]
    central = [s.text for members in texts for s in members[:LOOKED_AT]]
    known = dict(zip([*flat, *central], embed([*flat, *central]), strict=True))
    words = _distinctive(texts)
    used: set[str] = set()
    return tuple(
        _from_book(group, book, used) or _label(members, found, known, words[i], kind, used)
        for i, (group, members, found) in enumerate(zip(groups, texts, options, strict=True))
    )


def _from_book(group: Group, book: Book, used: set[str]) -> Label | None:
    entry = best_entry(book.scores[list(group.rows)]) if book.scores.size else None
    if entry is None:
        return None
    found = book.entries[entry]
    label = found.label(book.language)
    if label.lower() in used:
        return None
    used.add(label.lower())
    return Label(label, found.definition(book.language), f"codebook:{found.id}")


def _options(members: Sequence[Statement], group: Group) -> list[str]:
    close = [m for m, row in zip(members, group.rows, strict=True) if row not in group.loose]
    looked_at = (close or list(members))[:LOOKED_AT]
    language = _main_language(members)
    spoken = [m for m in looked_at if m.language == language] or looked_at
    return list(dict.fromkeys(clause for m in spoken for clause in clauses(m.text)))


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
    options: Sequence[str],
    known: dict[str, Vectors],
    words: dict[str, float],
    kind: str,
    used: set[str],
) -> Label:
    middle = np.sum([known[m.text] for m in members[:LOOKED_AT]], axis=0)
    middle = middle / max(float(np.linalg.norm(middle)), 1e-9)
    scores = _scores(options, np.array([known[o] for o in options]), middle, words, kind)
    ranked = sorted(range(len(options)), key=lambda i: (-scores[i], options[i]))
    for i in ranked:
        if options[i].lower() not in used:
            used.add(options[i].lower())
            return Label(f"“{sentence_case(options[i])}”", _definition(members), "clause@1")
    return Label(f"“{_shortened(members[0].text, used)}”", _definition(members), "quote@1")


def _scores(
    options: Sequence[str],
    vectors: Vectors,
    middle: Vectors,
    words: dict[str, float],
    kind: str,
) -> list[float]:
    if not options:
        return []
    tagger = load_tagger()
    logits = tagger.scores([Asked(o, "", "interview") for o in options], vectors)["kind"]
    says_kind = softmax(logits)[:, tagger.classes["kind"].index(kind)]
    top = max(words.values(), default=1.0) or 1.0
    scores = []
    for i, option in enumerate(options):
        content = _content(option)
        apart = sum(words.get(w, 0.0) for w in content) / (top * max(len(content), 1))
        length = abs(len(option.split()) - BEST_LENGTH)
        scores.append(
            float(vectors[i] @ middle)
            + KIND_WEIGHT * float(says_kind[i])
            + WORDS_WEIGHT * apart
            - LENGTH_WEIGHT * length
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
