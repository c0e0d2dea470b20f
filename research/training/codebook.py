"""Writes where the bundled codebooks lie: `python -m research.training.codebook`.

Run it after the statement network or the codebook has changed; a test compares.
"""

from collections.abc import Sequence

import numpy as np

from research.codebooks import BUNDLED
from research.encoders import HybridEncoder, StatementReader
from research.steps import shelf
from research.steps.codebook import DESCRIBED, bundled, computed, digest
from research.steps.tagger import Read, as_read


def main() -> None:
    """Describe the bundled codebook with the shipped network and keep it."""
    reader = StatementReader(HybridEncoder())
    rows = computed(bundled(), lambda texts: as_read(reader.encode(texts)))

    def look(texts: Sequence[str]) -> Read:
        return as_read(reader.encode(list(texts)))

    names = (shelf.GENERAL, *BUNDLED)
    rows_of = {name: shelf.computed(name, look).astype(np.float16) for name in names}
    digests = {f"digest {name}": np.array(shelf.digest(name)) for name in names}
    np.savez_compressed(shelf.DESCRIBED, allow_pickle=False, **rows_of, **digests)
    np.savez_compressed(
        DESCRIBED, allow_pickle=False, digest=np.array(digest()), rows=rows.astype(np.float16)
    )


if __name__ == "__main__":
    main()
