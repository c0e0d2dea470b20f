"""The team's codebook before the software's own groups: what is said of each code."""

from collections.abc import Sequence
from dataclasses import replace

from research.contracts import Vectors
from research.model import Statement
from research.steps.cluster import Group
from research.steps.coding import Book, code_of_group, coded
from research.steps.name import Label
from research.steps.similarity import unit_rows

NEW = -1
FAMILIES = 1000  # codes are no family of anything


def by_code(members: Sequence[Statement], vectors: Vectors, team: Book) -> dict[int, list[int]]:
    """The rows that belong to each code by number, and under NEW those that are left."""
    found: dict[int, list[int]] = {NEW: []}
    for row, code in enumerate(coded(members, vectors, team.codes, team.rows).tolist()):
        found.setdefault(code, []).append(row)
    return found


def with_codes(
    groups: Sequence[Group],
    labels: Sequence[Label],
    known: dict[int, list[int]],
    vectors: Vectors,
    team: Book,
    people: Sequence[str],
) -> tuple[tuple[Group, ...], tuple[Label, ...]]:
    """New groups beside those of the codebook, most people first.

    `groups` are made of the rows under NEW. One that is clearly about a code as a whole
    goes to that code.
    """
    rest = known[NEW]
    spoken = {code: list(rows) for code, rows in known.items() if code != NEW}
    found: list[tuple[Group, Label]] = []
    for group, label in zip(groups, labels, strict=True):
        moved = _moved(group, rest)
        middle = unit_rows(vectors[list(moved.rows)].mean(axis=0, keepdims=True))[0]
        code = code_of_group(middle, team.rows)
        if code == NEW:
            found.append((moved, replace(label, clear=frozenset(rest[r] for r in label.clear))))
        else:
            spoken.setdefault(code, []).extend(moved.rows)
    found += [_coded(code, rows, vectors, team) for code, rows in sorted(spoken.items())]
    found.sort(key=lambda g: (-len({people[r] for r in g[0].rows}), -len(g[0].rows), g[0].rows))
    return tuple(g for g, _ in found), tuple(label for _, label in found)


def _moved(group: Group, rest: Sequence[int]) -> Group:
    """A group of the rows that were left, by the numbers of all rows."""
    return replace(
        group,
        rows=tuple(rest[r] for r in group.rows),
        loose=frozenset(rest[r] for r in group.loose),
    )


def _coded(number: int, rows: Sequence[int], vectors: Vectors, team: Book) -> tuple[Group, Label]:
    """What is said of a code, the likest first; it returns whoever is drawn."""
    code = team.codes[number]
    likeness = {r: float(vectors[r] @ team.rows[number]) for r in rows}
    order = sorted(rows, key=lambda r: (-likeness[r], r))
    group = Group(
        number=-2 - number,
        rows=tuple(order),
        weights=tuple(round(min(max(likeness[r], 0.0), 1.0), 4) for r in order),
        loose=frozenset(),
        stability=1.0,
        family=FAMILIES + number,
    )
    text = code.definition(team.language)
    return group, Label(code.label(team.language), text, f"code:{code.id}")
