"""What differs between two states of a persona: versions, or what a run proposes."""

import hashlib
from dataclasses import dataclass

from research.model import Claim, Persona

UNCOUNTED = ("quote", "emotion")


@dataclass(frozen=True, slots=True)
class Recount:
    """A claim that stays while other people stand behind it."""

    claim: Claim
    people: int
    of: int


@dataclass(frozen=True, slots=True)
class Changes:
    """People and claims that come, go, and count otherwise; `names` when these differ."""

    joined: tuple[str, ...]
    left: tuple[str, ...]
    new: tuple[Claim, ...]
    gone: tuple[Claim, ...]
    reworded: tuple[tuple[Claim, Claim], ...]
    recounted: tuple[Recount, ...]
    names: tuple[str, str] = ("", "")

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        lists = (self.joined, self.left, self.new, self.gone, self.reworded, self.recounted)
        return any(lists) or self.names[0] != self.names[1]

    @property
    def mark(self) -> str:
        """A mark of these very changes, by which somebody can turn them down."""
        parts = [*self.joined, "|", *self.left, "|", *(c.key for c in self.new), "|"]
        parts += [c.key for c in self.gone]
        parts += [f"{r.claim.key} {r.people} {r.of}" for r in self.recounted]
        parts += [f"{new.key} {new.text}" for _, new in self.reworded]
        parts.append(self.names[1])
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:12]


def changes(before: Persona, after: Persona) -> Changes:
    """What `after` has that `before` had not, and the other way round."""
    old = {c.key: c for c in before.claims}
    new = {c.key: c for c in after.claims}
    off = {c.key for c in (*before.left_out, *after.left_out)}
    both = [(old[k], new[k]) for k in old if k in new]
    return Changes(
        joined=tuple(p for p in after.participants if p not in before.participants),
        left=tuple(p for p in before.participants if p not in after.participants),
        new=tuple(c for k, c in new.items() if k not in old and k not in off),
        gone=tuple(c for k, c in old.items() if k not in new and k not in off),
        reworded=tuple((a, b) for a, b in both if a.text != b.text and a.kind != "emotion"),
        recounted=tuple(
            Recount(a, b.people, b.of)
            for a, b in both
            if a.people != b.people and a.kind not in UNCOUNTED
        ),
        names=(before.name, after.name),
    )
