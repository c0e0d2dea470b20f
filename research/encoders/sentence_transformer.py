"""Any sentence-transformers model, by hub name or local path."""

from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from research.contracts import Vectors
from research.errors import BadEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32


class SentenceTransformerEncoder:
    """A sentence-transformers model (Reimers and Gurevych 2019)."""

    def __init__(self, name_or_path: str) -> None:
        self._where = name_or_path
        path = Path(name_or_path)
        self.id = path.resolve().name if path.exists() else name_or_path

    @cached_property
    def revision(self) -> str:
        """The model's commit on the hub, or a hash of a folder's files."""
        config = getattr(self._model[0], "auto_model", None)
        commit = getattr(getattr(config, "config", None), "_commit_hash", None)
        return str(commit or _hash_of(Path(self._where)))

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of shape (texts, dimensions), one text after another in fixed batches."""
        parts: list[Vectors] = []
        for start in range(0, len(texts), BATCH):
            part = self._model.encode(
                list(texts[start : start + BATCH]),
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
            parts.append(np.asarray(part, dtype=np.float32))
            if tick:
                tick(min(start + BATCH, len(texts)))
        if not parts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        return np.concatenate(parts)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self._where, device="cpu")
        except (OSError, ValueError) as error:
            raise BadEncoder(_advice(self._where, error)) from error


def _hash_of(folder: Path) -> str:
    """First 12 hex digits of the SHA-256 of a model folder's files, names included."""
    digest = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        with path.open("rb") as file:
            digest.update(file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _advice(name: str, error: Exception) -> str:
    if Path(name).exists():
        return f"{name}: not a sentence-transformers model folder ({error})"
    return (
        f"{name}: not on this machine, and it could not be fetched. Fetch it once on a machine "
        f"with internet (huggingface-cli download {name}) and give the folder's path instead."
    )
