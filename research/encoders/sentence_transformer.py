"""Any sentence-transformers model, by hub name or local path."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from research.contracts import Vectors
from research.encoders.known import how_to_fetch, prompt_of
from research.errors import BadEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32
LONGEST = 1_000_000
READING = "windows-1"


class SentenceTransformerEncoder:
    """A sentence-transformers model (Reimers and Gurevych 2019)."""

    def __init__(self, name_or_path: str) -> None:
        self._where = name_or_path
        path = Path(name_or_path)
        self.id = path.resolve().name if path.exists() else name_or_path
        self._prompt = prompt_of(self.id)

    @cached_property
    def revision(self) -> str:
        """The model's commit on the hub, or a hash of a folder's files, and how it is read."""
        config = getattr(getattr(self._model[0], "auto_model", None), "config", None)
        commit = getattr(config, "_commit_hash", None)
        card = getattr(self._model.model_card_data, "base_model_revision", None)
        folder = Path(self._where)
        known = _hash_of(folder) if folder.is_dir() else commit or card or "unknown"
        return f"{known}-{READING}"

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of shape (texts, dimensions); a long text is windowed and averaged."""
        width = self._model.get_embedding_dimension() or 0
        made = np.zeros((len(texts), width), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            part = texts[start : start + BATCH]
            made[start : start + len(part)] = self._batch(part)
            if tick:
                tick(start + len(part))
        return made

    def _batch(self, texts: Sequence[str]) -> Vectors:
        """Windows of some texts, averaged by their length and scaled to length one."""
        cut = [self.windows(text) for text in texts]
        found = self._model.encode(
            [window for windows in cut for window in windows],
            prompt=self._prompt or None,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        vectors = np.asarray(found, dtype=np.float32)
        weight = np.array([len(w) for windows in cut for w in windows], dtype=np.float32)
        starts = np.cumsum([0, *(len(windows) for windows in cut)])[:-1]
        summed = np.add.reduceat(vectors * np.maximum(weight, 1.0)[:, None], starts, axis=0)
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        return np.asarray(summed / np.maximum(lengths, 1e-9), dtype=np.float32)

    def windows(self, text: str) -> list[str]:
        """The text in parts that the model reads whole; one part if it is short enough.

        A part that is too long is halved at a space, so no part is cut by the model.
        """
        limit = self._limit
        if limit is None or self._count(text) <= limit or len(text) < 2:
            return [text]
        middle = text.rfind(" ", 1, len(text) // 2 + 1)
        at = middle if middle > 0 else len(text) // 2
        return [*self.windows(text[:at]), *self.windows(text[at:])]

    def _count(self, text: str) -> int:
        """Tokens of a text, without what the model adds."""
        return len(self._model.tokenizer(text, add_special_tokens=False)["input_ids"])

    @cached_property
    def _limit(self) -> int | None:
        """The tokens of text that the model reads at once; None where it reads any length."""
        most = getattr(self._model, "max_seq_length", None)
        tokenizer = getattr(self._model, "tokenizer", None)
        added = getattr(tokenizer, "num_special_tokens_to_add", None)
        if not most or most > LONGEST or added is None:
            return None
        return max(int(most) - int(added()) - self._count(self._prompt), 1)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self._where, device="cpu")
        except (OSError, ValueError) as error:
            raise BadEncoder(_advice(self._where, error)) from error


def _hash_of(folder: Path) -> str:
    """First 12 hex digits of the SHA-256 of a model folder's files, names included.

    Hidden files, such as the marks that a download leaves, do not count.
    """
    digest = sha256()
    for path in sorted(_shown(folder)):
        digest.update(str(path.relative_to(folder)).encode())
        with path.open("rb") as file:
            digest.update(file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _shown(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts):
            yield path


def _advice(name: str, error: Exception) -> str:
    if Path(name).exists():
        return f"{name}: not a sentence-transformers model folder ({error})"
    return (
        f"{name}: not on this machine, and it could not be fetched. Fetch it once on a machine "
        f"with internet ({how_to_fetch(name)}) and give the folder's path instead. ({error})"
    )
