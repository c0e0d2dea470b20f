"""The embedded encoder: Dutch and English, offline, on onnxruntime without torch.

MiniLM's six layers (Wang et al. 2020), extended with Dutch word pieces by multilingual
distillation (Reimers and Gurevych 2020) and tuned so that statements of one theme lie
together whoever says them (supervised contrast, Khosla et al. 2020). English text goes
through MiniLM's own word pieces, Dutch text through the new ones, and the vector of the
static table is blended in. How it was made: research/training/encoder; from what:
weights/NOTICE.txt.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.encoders.static import (
    TABLE,
    Pieces,
    StaticEncoder,
    digest,
    open_tokenizer,
    split,
    unit,
)
from research.resources import WEIGHTS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL = "hybrid_minilm_nlen_int8.onnx"
TOKENIZERS = ("tokenizer_nlen.json", "tokenizer_minilm_en.json")
WINDOW, WIDTH = 128, 384
TOKENS_PER_BATCH = 1024
BLEND_EN, BLEND_NL = 0.3, 0.5
CLS, SEP = 101, 102

Further = Callable[[NDArray[np.float32], NDArray[np.int64]], Vectors]


@dataclass(frozen=True, slots=True)
class Windows:
    """Texts cut into windows of token ids; `owner` is each window's text.

    `static` is what the static table says of each text, scaled as it is blended in.
    """

    ids: list[list[int]]
    owner: NDArray[np.intp]
    static: Vectors


class HybridEncoder:
    """The embedded default encoder, 384 dimensions."""

    id = "klantbeeld-hybrid-nl-en"

    def __init__(self, folder: Path = WEIGHTS, *, threads: int = 0) -> None:
        """`threads` 0 lets onnxruntime choose."""
        self._folder = folder
        self._threads = threads
        self._bilingual = StaticEncoder(folder)

    @property
    def threads(self) -> int:
        """How many threads onnxruntime may use; 0 lets it choose."""
        return self._threads

    @cached_property
    def revision(self) -> str:
        """First 12 hex digits of the SHA-256 of the weights."""
        return digest(self._folder, MODEL, TABLE, *TOKENIZERS)

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of shape (texts, 384); long texts are windowed and averaged."""
        return self.read(texts, None, 0, tick)[1]

    def read(
        self,
        texts: Sequence[str],
        further: Further | None,
        width: int,
        tick: Callable[[int], None] | None = None,
    ) -> tuple[Vectors, Vectors]:
        """What `further` makes of the lower layers, shape (texts, width), and the vectors.

        Windows of a long text are averaged by their length.
        """
        cut = self.windows(texts)
        pooled = np.zeros((len(texts), width + WIDTH), dtype=np.float32)
        weight = np.zeros((len(texts), 1), dtype=np.float32)
        told = _by_text(tick, len(texts), len(cut.ids))
        for rows, values in self._batches(cut.ids, further, told):
            lengths = np.array([[len(cut.ids[i]) - 2] for i in rows], dtype=np.float32) + 1e-6
            np.add.at(pooled, cut.owner[rows], values * lengths)
            np.add.at(weight, cut.owner[rows], lengths)
        pooled /= np.maximum(weight, 1e-9)
        return pooled[:, :width], unit(unit(pooled[:, width:]) + cut.static)

    def windows(self, texts: Sequence[str]) -> Windows:
        """Token ids in windows of at most WINDOW, nothing cut off."""
        pieces = self._bilingual.pieces(texts)
        dutch = self._bilingual.dutch(pieces)
        ids: list[list[int]] = []
        owner: list[int] = []
        for text, tokens in enumerate(self._tokens(texts, pieces, dutch)):
            for at in range(0, max(len(tokens), 1), WINDOW - 2):
                ids.append([CLS, *tokens[at : at + WINDOW - 2], SEP])
                owner.append(text)
        blend = np.where(dutch, BLEND_NL, BLEND_EN)[:, None].astype(np.float32)
        static = blend * self._bilingual.lifted(pieces)
        return Windows(ids, np.array(owner, dtype=np.intp), static)

    def _tokens(
        self, texts: Sequence[str], pieces: Pieces, dutch: NDArray[np.bool_]
    ) -> Iterator[list[int]]:
        english = iter(
            split(self._english, [t for t, nl in zip(texts, dutch, strict=True) if not nl])
        )
        rows = self._bilingual.rows
        for own, nl in zip(pieces, dutch, strict=True):
            yield rows[own].tolist() if nl else next(english)

    def _batches(
        self,
        windows: list[list[int]],
        further: Further | None,
        tick: Callable[[int], None] | None,
    ) -> Iterator[tuple[NDArray[np.intp], Vectors]]:
        """Windows of like length run together: rows and their values."""
        order = sorted(range(len(windows)), key=lambda i: (len(windows[i]), i))
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and len(windows[order[end]]) * (end + 1 - start) <= (
                TOKENS_PER_BATCH
            ):
                end += 1
            rows = np.array(order[start:end], dtype=np.intp)
            yield rows, self._run([windows[i] for i in rows], further)
            start = end
            if tick:
                tick(start)

    def _run(self, batch: list[list[int]], further: Further | None) -> Vectors:
        ids, mask = padded(batch)
        given = {"ids": ids, "mask": mask}
        if further is None:
            return np.asarray(self._session.run(["emb"], given)[0], dtype=np.float32)
        own, hidden = self._session.run(["emb", "hidden"], given)
        return np.hstack([further(hidden, mask), own]).astype(np.float32)

    @cached_property
    def _session(self) -> "InferenceSession":
        return open_session(self._folder / MODEL, self._threads)

    @cached_property
    def _english(self) -> "Tokenizer":
        return open_tokenizer(self._folder / TOKENIZERS[1])


def padded(batch: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids with zeros behind, and the mask of what is real: (batch, longest)."""
    width = max(len(ids) for ids in batch)
    ids = np.zeros((len(batch), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, tokens in enumerate(batch):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return ids, mask


def open_session(path: Path, threads: int = 0) -> "InferenceSession":
    """A network on the CPU whose idle threads do not spin."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _by_text(
    tick: Callable[[int], None] | None, texts: int, windows: int
) -> Callable[[int], None] | None:
    """A tick that is told of windows and tells of texts."""
    return (lambda done: tick(done * texts // windows)) if tick else None
