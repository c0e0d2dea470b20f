"""Statements to the themes of a team's codebook, before anything is grouped.

A code lies where its names, its definitions and its examples lie on average. A statement
belongs to a code that it is like enough and clearly liker than to the next; what the
codebook leaves is for new themes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from research.contracts import Vectors
from research.model import Code, CodeKind, Statement
from research.steps.communities import Labels
from research.steps.similarity import unit_rows
from research.steps.tagger import KINDS, SAID, Look

LIKE, LEAD = 0.42, 0.04
LIKE_BARE = 0.36  # for a code without examples, which says less of itself
FEWEST_PEOPLE = 2
GROUP_LIKE, GROUP_LEAD = 0.6, 0.05
SAME_CODE = 0.75
SURE, SURE_LEAD = 0.78, 0.02
TOLD, TOLD_LEAD, TOLD_VOTES = 0.68, 0.04, 0.25
Place = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Book:
    """Codes, where each lies (rows of unit length), and the language their names are told in."""

    codes: tuple[Code, ...]
    rows: Vectors
    language: str

    def of_kind(self, kind: str) -> "Book":
        """The codes of a kind alone."""
        mine = [i for i, code in enumerate(self.codes) if code.kind == kind]
        return Book(tuple(self.codes[i] for i in mine), self.rows[mine], self.language)


NO_BOOK = Book((), np.zeros((0, 0), dtype=np.float32), "")


def placed(codes: Sequence[Code], place: Place) -> Vectors:
    """Where each code lies: shape (codes, dimensions), rows of unit length.

    `place` gives texts their rows in the space of the statements' vectors.
    """
    texts = [_texts(code) for code in codes]
    flat = list(dict.fromkeys(t for part in texts for t in part))
    if not flat:
        return np.zeros((0, 0), dtype=np.float32)
    row = {text: i for i, text in enumerate(flat)}
    rows = place(flat)
    return unit_rows(np.array([rows[[row[t] for t in part]].mean(axis=0) for part in texts]))


def _texts(code: Code) -> list[str]:
    """Names and definitions in both languages, and examples, each once."""
    told = (code.label_nl, code.label_en, code.definition_nl, code.definition_en, *code.examples)
    return list(dict.fromkeys(t for t in told if t))


def coded(
    statements: Sequence[Statement], vectors: Vectors, codes: Sequence[Code], rows: Vectors
) -> Labels:
    """The code of each statement by number, -1 where none fits; shape (statements,).

    `rows` are the codes' (`placed`). Codes that fewer than two people speak of are dropped.
    """
    if not len(statements) or not codes:
        return np.full(len(statements), -1, dtype=np.intp)
    likeness = vectors @ rows.T
    bars = np.array([LIKE if code.examples else LIKE_BARE for code in codes])
    best = likeness.argmax(axis=1)
    top = likeness[np.arange(len(best)), best]
    found = np.where((top >= bars[best]) & (top - _second(likeness) >= LEAD), best, -1)
    return _spoken_of(found.astype(np.intp), statements)


def _second(likeness: Vectors) -> Vectors:
    """The next best likeness of each row; far below any when there is one column."""
    if likeness.shape[1] < 2:
        return np.full(len(likeness), -1.0, dtype=np.float32)
    return np.asarray(np.partition(likeness, -2, axis=1)[:, -2], dtype=np.float32)


def _spoken_of(found: Labels, statements: Sequence[Statement]) -> Labels:
    people: dict[int, set[str]] = {}
    for label, statement in zip(found.tolist(), statements, strict=True):
        people.setdefault(label, set()).add(statement.participant)
    few = [label for label, who in people.items() if len(who) < FEWEST_PEOPLE]
    return np.where(np.isin(found, few), -1, found).astype(np.intp)


def code_of_group(middle: Vectors, rows: Vectors) -> int:
    """The code that a whole group is about, by its middle; -1 when none is clearly."""
    return clearly(middle, rows, GROUP_LIKE, GROUP_LEAD)


def clearly(middle: Vectors, rows: Vectors, like: float, least: float) -> int:
    """The row that is as like as asked and leads by at least so much; -1 when none is."""
    if not len(rows):
        return -1
    likeness = rows @ middle
    order = np.argsort(-likeness, kind="stable")
    lead = likeness[order[0]] - likeness[order[1]] if len(order) > 1 else 1.0
    return int(order[0]) if likeness[order[0]] >= like and lead >= least else -1


def agreed(rows: Vectors, book: Vectors) -> int:
    """The code that a group speaks of, by its middle and by its statements; -1 for none.

    `rows` are the group's statements, `book` the codes. Codes that say nearly the same do
    not compete. The middle must be like it and liker than to all others, and a share of
    the statements must be nearest to it or its like; a middle that is very like it does.
    """
    if not len(book) or not len(rows):
        return -1
    likeness = book @ unit_rows(rows.mean(axis=0, keepdims=True))[0]
    best = int(np.argsort(-likeness, kind="stable")[0])
    same = book @ book[best] >= SAME_CODE
    rest = likeness[~same]
    lead = float(likeness[best] - rest.max()) if len(rest) else 1.0
    votes = float(same[(rows @ book.T).argmax(axis=1)].mean())
    sure = likeness[best] >= SURE and lead >= SURE_LEAD
    told = likeness[best] >= TOLD and lead >= TOLD_LEAD and votes >= TOLD_VOTES
    return best if sure or told else -1


def with_kinds(codes: Sequence[Code], look: Look) -> tuple[Code, ...]:
    """The codes, those without a kind given the likelier one by their own words."""
    bare = [code for code in codes if not code.kind]
    if not bare:
        return tuple(codes)
    said = look([f"{c.label_nl}. {c.definition_nl}" for c in bare]).said[:, SAID["kind"]]
    wishes = said[:, KINDS.index("motivation")] > said[:, KINDS.index("pain")]
    kinds: dict[str, CodeKind] = {
        c.id: "motivation" if w else "pain" for c, w in zip(bare, wishes, strict=True)
    }
    return tuple(replace(c, kind=kinds[c.id]) if c.id in kinds else c for c in codes)
