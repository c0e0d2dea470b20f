"""The embedded encoder: Dutch and English, offline, on onnxruntime without torch.

MiniLM's six layers (Wang et al. 2020) with 48,000 Dutch and bilingual word pieces
added by multilingual distillation (Reimers and Gurevych 2020). English text goes
through MiniLM's own word pieces, Dutch text through the new ones, and a static
token table is blended in. The weights' origin is in weights/NOTICE.txt.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.resources import WEIGHTS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WINDOW = 128
TOKENS_PER_BATCH = 1024
BLEND_EN, BLEND_NL = 0.3, 0.5
WIDTHS = {"emb": 384, "said": 14, "theme": 256}
CLS, SEP, FIRST_DUTCH_PIECE = 101, 102, 30522


def unit(vectors: Vectors) -> Vectors:
    """The rows scaled to length one; a zero row stays zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


class HybridEncoder:
    """The embedded default encoder, 384 dimensions."""

    id = "klantbeeld-hybrid-nl-en"

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def revision(self) -> str:
        """First 12 hex digits of the SHA-256 of the weights."""
        return _revision(self._folder)

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of shape (texts, 384); long texts are windowed and averaged."""
        return self.read(texts, (), tick)[1]

    def read(
        self,
        texts: Sequence[str],
        outputs: tuple[str, ...],
        tick: Callable[[int], None] | None = None,
    ) -> tuple[Vectors, Vectors]:
        """Other outputs of the network side by side, and the vectors, in one pass.

        Windows of a long text are averaged by their length.
        """
        pieces, dutch = self._pieces(texts)
        pooled = self._pooled(texts, pieces, dutch, (*outputs, "emb"), tick)
        others, own = pooled[:, : -WIDTHS["emb"]], pooled[:, -WIDTHS["emb"] :]
        blend = np.where(dutch, BLEND_NL, BLEND_EN)[:, None].astype(np.float32)
        return others, unit(unit(own) + blend * self._static(pieces))

    def _pieces(self, texts: Sequence[str]) -> tuple[list[list[int]], NDArray[np.bool_]]:
        pieces = _pieces(self._bilingual, texts)
        return pieces, np.array([self._is_dutch(ids) for ids in pieces], dtype=bool)

    def _pooled(
        self,
        texts: Sequence[str],
        pieces: list[list[int]],
        dutch: NDArray[np.bool_],
        outputs: tuple[str, ...],
        tick: Callable[[int], None] | None,
    ) -> Vectors:
        """The network's outputs per text: windows averaged by their length."""
        windows, owner = self._windows(texts, pieces, dutch)
        width = sum(WIDTHS[name] for name in outputs)
        pooled = np.zeros((len(texts), width), dtype=np.float32)
        weight = np.zeros((len(texts), 1), dtype=np.float32)
        told = _by_text(tick, len(texts), len(windows))
        for rows, vectors in self._batches(windows, outputs, told):
            lengths = _lengths(windows, rows)
            np.add.at(pooled, owner[rows], vectors * lengths)
            np.add.at(weight, owner[rows], lengths)
        return np.asarray(pooled / np.maximum(weight, 1e-9), dtype=np.float32)

    def first_windows(self, texts: Sequence[str], most: int = WINDOW) -> list[list[int]]:
        """The token ids of each text's first window, at most `most` of them."""
        windows, owner = self._windows(texts, *self._pieces(texts))
        starts = np.searchsorted(owner, np.arange(len(texts)))
        return [
            [*windows[i][: most - 1], SEP] if len(windows[i]) > most else windows[i] for i in starts
        ]

    def _windows(
        self, texts: Sequence[str], pieces: list[list[int]], dutch: NDArray[np.bool_]
    ) -> tuple[list[list[int]], NDArray[np.intp]]:
        """Token ids in windows of at most WINDOW, and the text each belongs to."""
        english = _pieces(self._english, texts)
        windows: list[list[int]] = []
        owner: list[int] = []
        for i, (nl, en) in enumerate(zip(pieces, english, strict=True)):
            ids = [FIRST_DUTCH_PIECE + t for t in nl] if dutch[i] else en
            for at in range(0, max(len(ids), 1), WINDOW - 2):
                windows.append([CLS, *ids[at : at + WINDOW - 2], SEP])
                owner.append(i)
        return windows, np.array(owner, dtype=np.intp)

    def _batches(
        self,
        windows: list[list[int]],
        outputs: tuple[str, ...],
        tick: Callable[[int], None] | None,
    ) -> list[tuple[NDArray[np.intp], Vectors]]:
        """Windows of like length run together: rows and their vectors."""
        order = sorted(range(len(windows)), key=lambda i: (len(windows[i]), i))
        results: list[tuple[NDArray[np.intp], Vectors]] = []
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and len(windows[order[end]]) * (end + 1 - start) <= (
                TOKENS_PER_BATCH
            ):
                end += 1
            rows = np.array(order[start:end], dtype=np.intp)
            results.append((rows, self._run([windows[i] for i in rows], outputs)))
            start = end
            if tick:
                tick(start)
        return results

    def _run(self, batch: list[list[int]], outputs: tuple[str, ...]) -> Vectors:
        width = max(len(ids) for ids in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        found = self._session.run(list(outputs), {"ids": ids, "mask": mask})
        return np.hstack(found).astype(np.float32)

    def _is_dutch(self, ids: list[int]) -> bool:
        """Unigram language identification: the sum of the pieces' log odds."""
        return bool(ids) and float(self._table["lid"][ids].sum()) > 0

    def _static(self, pieces: list[list[int]]) -> Vectors:
        table, scale = self._table["q"], self._table["scale"]
        summed = np.zeros((len(pieces), table.shape[1]), dtype=np.float32)
        for row, ids in enumerate(pieces):
            if ids:
                summed[row] = (table[ids] * scale[ids][:, None]).sum(0)
        return unit(summed @ self._table["lift"].T)

    @cached_property
    def _table(self) -> dict[str, NDArray[np.float32]]:
        with np.load(self._folder / "static_nlen_256_int8.npz") as data:
            table: dict[str, NDArray[np.float32]] = {"q": data["q"]}
            for name in ("scale", "lift", "lid"):
                table[name] = data[name].astype(np.float32)
        return table

    @cached_property
    def _session(self) -> "InferenceSession":
        return _open_session(self._folder / "hybrid_minilm_nlen_int8.onnx")

    @cached_property
    def _bilingual(self) -> "Tokenizer":
        return _open_tokenizer(self._folder / "tokenizer_nlen.json")

    @cached_property
    def _english(self) -> "Tokenizer":
        return _open_tokenizer(self._folder / "tokenizer_minilm_en.json")


def _by_text(
    tick: Callable[[int], None] | None, texts: int, windows: int
) -> Callable[[int], None] | None:
    """A tick that is told of windows and tells of texts."""
    return (lambda done: tick(done * texts // windows)) if tick else None


def _pieces(tokenizer: "Tokenizer", texts: Sequence[str]) -> list[list[int]]:
    encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [e.ids for e in encoded]


def _lengths(windows: list[list[int]], rows: NDArray[np.intp]) -> Vectors:
    return np.array([[len(windows[i]) - 2] for i in rows], dtype=np.float32) + 1e-6


def _open_session(path: Path) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _open_tokenizer(path: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@cache
def _revision(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.onnx")) + sorted(folder.glob("*.npz")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
