"""The student: what is read of the starting weights, and a text as the student sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from research.encoders.hybrid import MODEL, SEP, HybridEncoder
from research.encoders.static import ENGLISH_ROWS, TABLE, StaticEncoder
from research.training.network import Body, Weights, read_weights

UNKNOWN = 100
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Texts:
    """Token ids of texts, and the static vectors as they are blended in."""

    ids: list[Tensor]
    static: Tensor


def texts_of(encoder: HybridEncoder, texts: Sequence[str]) -> Texts:
    """The first window of each text, at most LONGEST tokens."""
    cut = encoder.windows(texts)
    starts = np.searchsorted(cut.owner, np.arange(len(texts)))
    windows = [cut.ids[i] for i in starts]
    short = [[*w[: LONGEST - 1], SEP] if len(w) > LONGEST else w for w in windows]
    return Texts([torch.tensor(w) for w in short], torch.from_numpy(cut.static))


def vectors(body: Body, ids: Sequence[Tensor], static: Tensor) -> Tensor:
    """The blended unit vectors, as the encoder gives them: (texts, 384)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        made = body(ids)
    unit: Tensor = nn.functional.normalize(nn.functional.normalize(made) + static)
    return unit


def encode(body: Body, given: Texts, batch: int = 64) -> Tensor:
    """Vectors of many texts, without gradients."""
    order = sorted(range(len(given.ids)), key=lambda i: (len(given.ids[i]), i))
    made = torch.zeros(len(order), given.static.shape[1])
    with torch.no_grad():
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            made[rows] = vectors(body, [given.ids[i] for i in rows], given.static[rows])
    return made


def seen_in_dutch(static: StaticEncoder, texts: Sequence[str], pieces: int) -> NDArray[np.bool_]:
    """Which word pieces occur in Dutch texts at all."""
    seen = np.zeros(pieces, dtype=bool)
    for ids in static.pieces(texts):
        seen[ids] = True
    return seen


def pruned(folder: Path, dutch: Sequence[str]) -> tuple[Weights, dict[str, NDArray[np.generic]]]:
    """Weights without the rows that `dutch` does not need, and the static table beside them.

    A piece that is not seen takes MiniLM's own row where it is an English piece, and
    otherwise MiniLM's unknown; the static table keeps every piece.
    """
    weights = read_weights(onnx.load(folder / MODEL))
    with np.load(folder / TABLE) as data:
        table: dict[str, NDArray[np.generic]] = {name: data[name] for name in data.files}
    bilingual = Tokenizer.from_file(str(folder / "tokenizer_nlen.json")).get_vocab()
    english = Tokenizer.from_file(str(folder / "tokenizer_minilm_en.json")).get_vocab()
    before = StaticEncoder(folder)
    seen = seen_in_dutch(before, dutch, len(table["q"])) & (before.rows >= ENGLISH_ROWS)
    rows = np.full(len(seen), UNKNOWN, dtype=np.int32)
    for piece, at in bilingual.items():
        rows[at] = english.get(piece, UNKNOWN)
    rows[seen] = ENGLISH_ROWS + np.arange(int(seen.sum()))
    kept = np.concatenate([np.arange(ENGLISH_ROWS), before.rows[seen]])
    weights["emb"] = weights["emb"][kept]
    return weights, table | {"rows": rows}
