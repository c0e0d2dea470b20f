"""What is written down about privacy: proof of an erasure."""

from dataclasses import dataclass
from datetime import datetime

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """The report of erasing a participant. It tells how much, never who or what.

    `counts` is what went, by place. Afterwards `looked_for` pieces of the person's words and
    values were looked for in `files` files of `size` bytes and in every value of the
    database; `found` is where any still stood, with how many. `shared` pieces were not looked
    for, as others said them too; `elsewhere` are other studies that hold some of them.
    """

    at: datetime
    by: str
    counts: Counts
    looked_for: int
    shared: int
    files: int
    size: int
    found: Counts = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.found
