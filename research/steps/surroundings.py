"""What stands around each statement: what was asked, what was said before and after."""

from collections.abc import Sequence

import numpy as np

from research.contracts import Vectors
from research.model import Statement
from research.steps.features import Asked
from research.steps.tagger import Look, Read


def in_context(statements: Sequence[Statement]) -> list[Asked]:
    """The statements with their question, form and stars; in interviews with neighbours.

    A neighbour is what the same person said just before or after in the same source,
    in whichever order the statements are given.
    """
    order = sorted(
        range(len(statements)),
        key=lambda i: (
            statements[i].source,
            statements[i].participant,
            statements[i].passage,
            statements[i].start,
        ),
    )
    place = {row: at for at, row in enumerate(order)}

    def near(row: int, step: int) -> str:
        at = place[row] + step
        if not 0 <= at < len(order):
            return ""
        here, there = statements[row], statements[order[at]]
        same = (here.source, here.participant) == (there.source, there.participant)
        return there.text if same and here.channel == "interview" else ""

    return [
        Asked(s.text, s.question, _form(s), s.rating, near(i, -1), near(i, 1))
        for i, s in enumerate(statements)
    ]


def _form(statement: Statement) -> str:
    """The kind of source as the weights know it: a ticket is written as a review is."""
    return "review" if statement.channel == "ticket" else statement.channel


def around(asked: Sequence[Asked], read: Read, look: Look) -> Vectors:
    """Gists of each text and of what stands around it: shape (texts, 4, width).

    Own, question, before, after; zeros where nothing stands. `read` is what was read of
    the texts, `look` reads others.
    """
    places = [(a.question, a.before, a.after) for a in asked]
    texts = sorted({text for place in places for text in place} - {""})
    gists = look(texts).gists if texts else np.zeros((0, read.gists.shape[1]), np.float32)
    known = dict(zip(texts, gists, strict=True))
    none = np.zeros(read.gists.shape[1], dtype=np.float32)
    others = [[known.get(text, none) for text in place] for place in places]
    shape = (len(asked), 3, read.gists.shape[1])
    near = np.array(others, dtype=np.float32).reshape(shape)
    return np.concatenate([read.gists[:, None], near], axis=1)
