"""All that can be plugged in: readers, exporters and encoders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from research.model import Analysis, Reading, Upload

Vectors = NDArray[np.float32]


class Progress(Protocol):
    """Told how far a step is; raises `Cancelled` when the user has stopped the run."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


def silent(step: str, done: int, total: int) -> None:
    """A progress that tells nobody."""


class Reader(Protocol):
    """One input format."""

    @property
    def name(self) -> str:
        """Short id, such as `webvtt`."""

    @property
    def example(self) -> Upload:
        """A tiny file of the format, which the contract tests read."""

    def recognises(self, upload: Upload) -> bool:
        """Whether the file looks like this format, from its name and first bytes."""

    def read(self, upload: Upload) -> Reading:
        """Everything in the file. Raises `BadUpload` with the way out."""


class Exporter(Protocol):
    """One output format."""

    @property
    def name(self) -> str:
        """Short id, such as `pain-points-csv`."""

    @property
    def filename(self) -> str:
        """The file's name, such as `pain-points.csv`."""

    @property
    def media_type(self) -> str:
        """Its MIME type."""

    def export(self, analysis: Analysis) -> bytes:
        """The file's bytes; the same analysis gives the same bytes."""


Group = Literal["lists", "documents", "maps", "tools"]


@dataclass(frozen=True, slots=True)
class Card:
    """What the user and the documentation are told of an export.

    `purpose` is what it is for, in a line. `carries` and `limits` are what it holds and what
    it leaves out; `checked` is with what other software it was opened. `consent`: it names
    participants by pseudonym, and is made only when somebody says that they agreed.
    """

    group: Group
    purpose: str
    carries: str
    limits: str
    checked: str
    consent: bool = False


class Encoder(Protocol):
    """Text to vectors of unit length."""

    @property
    def id(self) -> str:
        """The model's name."""

    @property
    def revision(self) -> str:
        """Which version of the model: a hash or a hub revision."""

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """An array of shape (texts, dimensions), rows of unit length.

        A text's vector does not depend on its neighbours. `tick` is told how many
        texts are done so far.
        """


class VectorCache(Protocol):
    """Vectors that were computed before, by model and text."""

    def get_many(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The known vectors (shape: dimensions) by text; unknown texts are absent."""

    def put_many(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors of the texts, row by row."""
