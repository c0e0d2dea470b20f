"""The statement network: what a text says and which theme it lies near, in one vector.

The embedded encoder's upper layers, tuned on statements labelled for this project (see
research/training/statement_model.py). Its vector holds the logits of kind, stage and
valence (14 numbers) and behind them a unit vector in the space of themes (256).
"""

from collections.abc import Callable, Sequence

from research.contracts import Vectors
from research.encoders.hybrid import HybridEncoder

SAID = 14


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
        """Logits and theme vectors side by side, shape (texts, 270)."""
        return self._encoder.read(texts, ("said", "theme"), tick)
