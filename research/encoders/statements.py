"""The statement network: all that is read of a text in one pass, in one vector.

The embedded encoder's upper layers, tuned on statements labelled for this project (see
research/training/statement_model.py), run beside the encoder itself on shared lower
layers. The vector holds the logits of kind, stage and valence (14 numbers), a unit
vector in the space of themes (256), and the encoder's own vector (384).
"""

from collections.abc import Callable, Sequence

import numpy as np

from research.contracts import Vectors
from research.encoders.hybrid import HybridEncoder


class StatementReader:
    """Reads statements with the network that ships with the project."""

    id = "klantbeeld-statements"

    def __init__(self, encoder: HybridEncoder) -> None:
        self._encoder = encoder

    @property
    def revision(self) -> str:
        """The revision of the weights, which are the encoder's."""
        return self._encoder.revision

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """Logits, theme vectors and the encoder's vectors side by side: (texts, 654)."""
        read, vectors = self._encoder.read(texts, ("said", "theme"), tick)
        return np.hstack([read, vectors])
