"""What becomes of people's decisions when a participant is erased."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from research.frozen import sparing
from research.model import Decision

NO_NAME = "…"
# Decisions that shape what others said too: they stay, under no name.
SHAPING = ("split-theme", "split-persona", "pin-theme")


@dataclass(frozen=True, slots=True)
class Undecided:
    """Tells for each decision, oldest first, what is left of it; None when nothing is.

    `statements` with their `words`, and `voices` (as `source/voice`), are the person's;
    `renamed` is what voices of sources that others share are called now; `holds` tells
    whether a text quotes the person.
    """

    participant: str
    statements: frozenset[str]
    voices: Collection[str]
    renamed: Mapping[str, str]
    words: Sequence[str]
    holds: Callable[[str], bool]
    gone: set[str] = field(default_factory=set)

    def __call__(self, decision: Decision) -> Decision | None:
        """The decision without the person."""
        left = self._left(decision)
        if left is None:
            self.gone.add(str(decision.id))
        return left

    def _left(self, decision: Decision) -> Decision | None:
        if self._is_about(decision):
            return None
        anchors = tuple(
            a for a in decision.anchors if a not in self.statements and a != self.participant
        )
        if decision.anchors and not anchors:
            return None
        value = decision.value
        if self.holds(value):
            if decision.action not in SHAPING:
                return None
            value = NO_NAME
        target = decision.target
        if decision.action == "set-role":
            target = self.renamed.get(target, target)
        return replace(
            decision, target=target, value=value, anchors=anchors, content=self._kept(decision)
        )

    def _is_about(self, decision: Decision) -> bool:
        """Whether the decision is of this person alone, or of a decision that is gone."""
        target = decision.target
        if decision.action in ("undo", "settle-comment"):
            return target in self.gone
        if decision.action == "set-role":
            return target in self.voices
        return target in self.statements or target == self.participant

    def _kept(self, decision: Decision) -> str:
        if not decision.content:
            return ""
        gone = self.statements.__contains__
        content = sparing(decision.content, gone, self.words, {self.participant})
        return "" if self.holds(content) else content
