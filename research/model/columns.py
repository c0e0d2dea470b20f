"""What people decided that the columns of a survey hold."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

ColumnRole = Literal["respondent", "date", "attribute", "open", "nps", "csat", "language", "ignore"]
COLUMN_ROLES: tuple[ColumnRole, ...] = (
    "respondent",
    "date",
    "attribute",
    "open",
    "nps",
    "csat",
    "language",
    "ignore",
)


@dataclass(frozen=True, slots=True)
class ColumnsMapping:
    """How the columns of a survey are read, by their names, in the order of the header.

    `respondent` is who answered, `date` when, `attribute` a fact about who answered, `open`
    an answer in own words, `nps` and `csat` scores (attributes too), `language` the language
    of the answers; what is to `ignore` is not read.
    """

    roles: tuple[tuple[str, ColumnRole], ...]

    @property
    def fingerprint(self) -> str:
        """What tells tables with the same columns, in any order, from all others."""
        return header_fingerprint(name for name, _ in self.roles)


def header_fingerprint(names: Iterable[str]) -> str:
    """A digest of the names of columns, in any order: 16 hexadecimal digits."""
    text = "\n".join(sorted(names))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names on one line each, the second of two that are the same with a number."""
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    found = []
    for name in (" ".join(n.split()) for n in names):
        unique = name
        while unique in taken:
            seen[name] += 1
            unique = f"{name} ({seen[name] + 1})"
        taken.add(unique)
        found.append(unique)
    return tuple(found)
