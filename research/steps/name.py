"""Names themes in their own people's words, or in a codebook's where it clearly fits.

A label of their own is a clause or a short statement of theirs: near the middle of all
that was said, of the theme's kind, and short.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from research.contracts import Vectors
from research.model import Statement
from research.steps.apart import words_apart
from research.steps.clauses import clauses, sentence_case
from research.steps.cluster import Group
from research.steps.coding import Book, agreed
from research.steps.communities import Labels
from research.steps.phrases import listed, phrase
from research.steps.similarity import joined, unit_rows
from research.steps.tagger import KINDS, SAID, Look, Read, softmax

LOOKED_AT, WHOLE_MOST = 15, 12
BEST_LENGTH = 7
KIND_WEIGHT, LENGTH_WEIGHT, SENTENCE_WEIGHT = 0.2, 0.01, 0.05
MOST_WORDS = 3
PEOPLE_WEIGHT = 0.5  # of each doubling of the people who clearly say it
CLEAR = 0.55  # of likeness to the name: of such statements 82 in 100 are of its theme, of all 33
_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"[\[<>]")


@dataclass(frozen=True, slots=True)
class Label:
    """A theme's name and definition, where it came from, and the words that set it apart.

    `clear` are the rows whose statements say what the name says, as far as their meaning
    lies near it; the others of the group fit it loosely.
    """

    text: str
    definition: str
    made_by: str
    words: tuple[str, ...] = ()
    clear: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Option:
    """Words that could name a group: whether they are a whole sentence, and whose row."""

    sentence: bool
    row: int


@dataclass(frozen=True, slots=True)
class _Heard:
    """A group's rows (statements, dimensions), who said each (a number a statement), and the
    rows of all statements."""

    rows: Vectors
    who: Labels
    all: Vectors


class _Known:
    """What the network makes of a set of texts, read once."""

    def __init__(self, texts: Sequence[str], look: Look) -> None:
        unique = list(dict.fromkeys(texts))
        self._at = {text: i for i, text in enumerate(unique)}
        self._read = look(unique)

    def of(self, texts: Sequence[str]) -> tuple[Read, Vectors]:
        """What it makes of some of them, and where they lie."""
        read = self._read.rows([self._at[t] for t in texts])
        return read, joined(read.themes, read.vectors)


def name_groups(
    groups: Sequence[Group],
    statements: Sequence[Statement],
    rows: Vectors,
    kind: str,
    look: Look,
    book: Book,
    taken: Collection[str] = (),
) -> tuple[Label, ...]:
    """A label for each group of statements of one kind, all different, none of those `taken`.

    `rows` (statements, dimensions) say where each lies in the space of the book,
    `look` reads new texts. Where a group clearly is about a code of the book, the code's
    name is taken, else words of its own, in quotation marks.
    """
    texts = [[statements[r] for r in group.rows] for group in groups]
    middles = [unit_rows(rows[list(g.rows)].mean(axis=0, keepdims=True))[0] for g in groups]
    near = [_nearest(group, middle, rows) for group, middle in zip(groups, middles, strict=True)]
    options = [_options(order, statements, book.language) for order in near]
    known = _Known([option for found in options for option in found], look)
    words = words_apart(texts)
    used = {name.lower() for name in taken}
    found = []
    for i, group in enumerate(groups):
        own = _own(options[i], known, middles[i], kind, used, _heard(group, statements, rows))
        central = statements[group.rows[0]].text
        label = _from_book(group, rows, book, used, words[i], central)
        if label is None:
            text = f"“{sentence_case(own) or _shortened(central, used)}”"
            what = _definition(words[i], central, book.language)
            clear = _saying(own, options[i].get(own), group, rows, known)
            label = Label(text, what, "clause@2" if own else "quote@1", words[i], clear)
        used.add(label.text.strip("“”").lower())
        found.append(label)
    return tuple(found)


def _nearest(group: Group, middle: Vectors, rows: Vectors) -> list[int]:
    """The statements nearest to the middle of the group, loose ones last."""
    order = sorted(group.rows, key=lambda r: (r in group.loose, -float(rows[r] @ middle), r))
    return order[:LOOKED_AT]


def _core(group: Group) -> list[int]:
    """The rows that fit the group well; all of them where none does."""
    return [r for r in group.rows if r not in group.loose] or list(group.rows)


def _saying(
    own: str, option: _Option | None, group: Group, rows: Vectors, known: _Known
) -> frozenset[int]:
    """The rows that lie near the words chosen, or near the statement that these are of."""
    if option is None:
        return frozenset(group.rows[:1])
    spots = np.vstack([known.of([own])[1], rows[[option.row]]])
    near = (rows[list(group.rows)] @ spots.T).max(axis=1) >= CLEAR
    said = (r for r, yes in zip(group.rows, near, strict=True) if yes)
    return frozenset([option.row, *said])


def _heard(group: Group, statements: Sequence[Statement], rows: Vectors) -> _Heard:
    """Where the statements of a group lie, by row, and who said each, by number."""
    people = [statements[r].participant for r in group.rows]
    number = {who: i for i, who in enumerate(dict.fromkeys(people))}
    who = np.array([number[p] for p in people], dtype=np.intp)
    return _Heard(rows[list(group.rows)], who, rows)


def _from_book(
    group: Group,
    rows: Vectors,
    book: Book,
    used: Collection[str],
    words: tuple[str, ...],
    central: str,
) -> Label | None:
    """The name of the code that the group is clearly about, with its own words behind it."""
    number = agreed(rows[_core(group)], book.rows)
    if number < 0:
        return None
    clear = frozenset(r for r in group.rows if float(rows[r] @ book.rows[number]) >= CLEAR)
    code = book.codes[number]
    label = code.label(book.language)
    if label.lower() in used or not clear:
        return None
    what = f"{code.definition(book.language)} “{central}”"
    return Label(label, what, f"codebook:{code.id}", words, clear)


def _options(
    order: Sequence[int], statements: Sequence[Statement], language: str
) -> dict[str, _Option]:
    """Clauses and short statements that could name the group, in the language of most."""
    spoken = [r for r in order if statements[r].language == language]
    if len(spoken) * 2 < len(order):
        spoken = list(order)
    found: dict[str, _Option] = {}
    for row in spoken:
        text = statements[row].text
        offered = list(clauses(text))
        whole = " ".join(text.split()).strip(" .!")
        if len(whole.split()) <= WHOLE_MOST and not _MARKUP.search(whole):
            offered.append((whole, True))
        for clause, sentence in offered:
            before = found.get(clause, _Option(False, row))
            found[clause] = replace(before, sentence=before.sentence or sentence)
    return {o: option for o, option in found.items() if len(o) > 2 and "<" not in o}


def _own(
    options: Mapping[str, _Option],
    known: _Known,
    middle: Vectors,
    kind: str,
    used: Collection[str],
    heard: _Heard,
) -> str:
    """The option that names the group best and is free; empty when there is none.

    What more of its people clearly say comes before what lies nearer its middle.
    """
    free = [o for o in options if o.lower() not in used]
    if not free:
        return ""
    read, rows = known.of(free)
    says_kind = softmax(read.said[:, SAID["kind"]])[:, KINDS.index(kind)]
    lengths = np.abs(np.array([len(o.split()) for o in free]) - BEST_LENGTH)
    sentences = SENTENCE_WEIGHT * np.array([options[o].sentence for o in free])
    whose = heard.all[[options[o].row for o in free]]
    near = np.maximum(rows @ heard.rows.T, whose @ heard.rows.T) >= CLEAR
    people = np.array([len(np.unique(heard.who[said])) for said in near])
    scores = rows @ middle + KIND_WEIGHT * says_kind + sentences - LENGTH_WEIGHT * lengths
    scores = scores + PEOPLE_WEIGHT * np.log2(np.maximum(people, 1))
    best = min(range(len(free)), key=lambda i: (-round(float(scores[i]), 6), free[i]))
    return free[best]


def _definition(words: Sequence[str], central: str, language: str) -> str:
    """One sentence: what people speak of, and how one of them says it."""
    if len(words) < MOST_WORDS:
        return f"“{central}”"
    named = listed(list(words[:MOST_WORDS]), language)
    return phrase("speak_of", language, {"words": named, "quote": central})


def _shortened(text: str, used: Collection[str]) -> str:
    words = _TAG.sub(" ", text).split() or text.split()
    for count in range(min(8, len(words)), len(words) + 1):
        label = sentence_case(" ".join(words[:count])) + ("…" if count < len(words) else "")
        if label.lower() not in used:
            break
    return label
