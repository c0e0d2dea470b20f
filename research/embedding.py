"""Texts to what is read of them: each once, and what was read before not again."""

from collections.abc import Callable, Sequence

import numpy as np

from research.contracts import Encoder, Progress, VectorCache, Vectors, silent
from research.encoders import HybridEncoder, StatementReader
from research.model import Statement
from research.steps.tagger import Read, as_read


def encoders(chosen: Encoder) -> tuple[Encoder, ...]:
    """All a run embeds with: the statement network, and the chosen encoder if another."""
    embedded = HybridEncoder()
    if (chosen.id, chosen.revision) == (embedded.id, embedded.revision):
        return (StatementReader(embedded),)
    return StatementReader(embedded), chosen


def texts_of(statements: Sequence[Statement]) -> list[str]:
    """All that is read of statements: their own words, and the questions before them."""
    questions = {s.question for s in statements} - {""}
    return [*(s.text for s in statements), *sorted(questions)]


def looking(
    reader: Encoder, texts: Sequence[str], values: Vectors
) -> Callable[[Sequence[str]], Read]:
    """A function that reads texts with the statement network, each text once.

    `values` are its vectors of `texts`, which are known already.
    """
    known = dict(zip(texts, values, strict=True))

    def look(some: Sequence[str]) -> Read:
        new = [text for text in dict.fromkeys(some) if text not in known]
        if new:
            known.update(zip(new, embed(new, reader), strict=True))
        found = [known[text] for text in some]
        return as_read(np.array(found, dtype=np.float32).reshape(len(found), values.shape[1]))

    return look


def embed(
    texts: Sequence[str],
    encoder: Encoder,
    cache: VectorCache | None = None,
    progress: Progress = silent,
) -> Vectors:
    """A vector per text, shape (texts, dimensions); what the cache knows is not redone."""
    if not texts:
        return encoder.encode([])
    unique = sorted(set(texts))
    model = f"{encoder.id}@{encoder.revision}"
    known = cache.get_many(model, unique) if cache else {}
    new = [text for text in unique if text not in known]
    have = len(unique) - len(new)
    progress("embed", have, len(unique))
    if new:
        made = encoder.encode(new, lambda done: progress("embed", have + done, len(unique)))
        if cache:
            cache.put_many(model, new, made)
        known |= dict(zip(new, made, strict=True))
    progress("embed", len(unique), len(unique))
    return np.array([known[text] for text in texts], dtype=np.float32)
