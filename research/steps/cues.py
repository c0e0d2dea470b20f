"""Word patterns that hint at kind, stage and touchpoint, counted per text."""

import json
import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from research.contracts import Vectors
from research.resources import CORPORA


@cache
def patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The cue list of that name (kind, stage, question, touchpoint): (cue, pattern)."""
    raw: dict[str, list[str] | str] = json.loads(
        (CORPORA / "cues" / f"{name}.json").read_text(encoding="utf-8")
    )
    return tuple(
        (cue, re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)"))
        for cue, words in raw.items()
        if isinstance(words, list)
    )


def count(name: str, texts: Sequence[str]) -> Vectors:
    """How often each cue occurs, at most three times: shape (texts, cues)."""
    cues = patterns(name)
    lowered = [text.lower() for text in texts]
    found = [[min(len(pattern.findall(text)), 3) for _, pattern in cues] for text in lowered]
    return np.array(found, dtype=np.float32).reshape(len(texts), len(cues))


def mentions(name: str, text: str) -> tuple[str, ...]:
    """The cues of a list that occur in a text, in the list's order."""
    lowered = text.lower()
    return tuple(cue for cue, pattern in patterns(name) if pattern.search(lowered))
