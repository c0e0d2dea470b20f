"""Writes the codebook's place in the space of themes: `python -m research.training.codebook`.

Run it after the statement network or the codebook has changed; a test compares.
"""

import numpy as np

from research.encoders import HybridEncoder, StatementReader
from research.steps.codebook import DESCRIBED, bundled, computed, digest
from research.steps.tagger import as_read


def main() -> None:
    """Describe the bundled codebook with the shipped network and keep it."""
    reader = StatementReader(HybridEncoder())
    rows = computed(bundled(), lambda texts: as_read(reader.encode(texts)))
    np.savez_compressed(
        DESCRIBED, allow_pickle=False, digest=np.array(digest()), rows=rows.astype(np.float16)
    )


if __name__ == "__main__":
    main()
