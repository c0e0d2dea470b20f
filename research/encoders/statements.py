"""The statement network: all that is read of a text in one pass, in one vector.

Three more layers, tuned on statements labelled for this project (see
research/training/statement_model.py), run on the embedded encoder's third layer beside
its own upper half. The vector holds the logits of kind, stage and valence (14 numbers),
a unit vector in the space of themes (256), a gist that is mixed with those of the texts
around it (96, research/steps/context.py), and the encoder's own vector (384).
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.encoders.hybrid import HybridEncoder, open_session
from research.encoders.static import digest
from research.resources import WEIGHTS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

STATEMENTS = "statements_int8.onnx"
SAID, THEME, GIST = 14, 256, 96


class StatementReader:
    """Reads statements with the network that ships with the project."""

    id = "klantbeeld-statements"

    def __init__(self, encoder: HybridEncoder, folder: Path = WEIGHTS) -> None:
        self._encoder = encoder
        self._folder = folder

    @cached_property
    def revision(self) -> str:
        """The revision of the encoder and of the network on top of it."""
        return f"{self._encoder.revision}-{digest(self._folder, STATEMENTS)}"

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """Logits, theme vectors, gists and the encoder's vectors side by side: (texts, 750).

        What is read of a long text is the mean over its windows.
        """
        read, vectors = self._encoder.read(texts, self._further, SAID + THEME + GIST, tick)
        return np.hstack([read, vectors])

    def _further(self, hidden: NDArray[np.float32], mask: NDArray[np.int64]) -> Vectors:
        found = self._session.run(["said", "theme", "gist"], {"hidden": hidden, "mask": mask})
        return np.hstack(found).astype(np.float32)

    @cached_property
    def _session(self) -> "InferenceSession":
        return open_session(self._folder / STATEMENTS, self._encoder.threads)
