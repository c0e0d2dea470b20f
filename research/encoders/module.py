"""The embedded encoder as a module of sentence-transformers.

`SentenceTransformer("research/encoders/weights", trust_remote_code=True)` loads it by the
folder's modules.json; versions of sentence-transformers from 6 on ask for that word
before they import any class that is not their own. `as_sentence_transformer()` needs
no such word. The vectors are those of `HybridEncoder`.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from research.encoders.hybrid import WIDTH, HybridEncoder
from research.resources import WEIGHTS

CONFIG = ("modules.json", "config_sentence_transformers.json")


class EmbeddedModule(InputModule):
    """Texts in, `sentence_embedding` out; runs on onnxruntime, on the CPU."""

    save_in_root = True

    def __init__(self, folder: Path = WEIGHTS) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library has no types here
        self._folder = folder
        self._encoder = HybridEncoder(folder)

    @property
    def max_seq_length(self) -> None:
        """No limit: long texts are windowed and averaged."""
        return None

    def get_embedding_dimension(self) -> int:
        """384."""
        return WIDTH

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """The texts as they are: cutting and padding are the encoder's."""
        return {"texts": [f"{prompt or ''}{text}" for text in inputs]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, shape (texts, 384), rows of unit length."""
        vectors = self._encoder.encode(features["texts"])
        return features | {"sentence_embedding": torch.from_numpy(vectors)}

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copy the weights; sentence-transformers writes the rest."""
        for path in sorted(self._folder.iterdir()):
            target = Path(output_path) / path.name
            if path.is_file() and path.name not in CONFIG and path.resolve() != target.resolve():
                shutil.copyfile(path, target)

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **__: Any) -> "EmbeddedModule":
        """From a folder with the weights."""
        return cls(Path(model_name_or_path))


def as_sentence_transformer(folder: Path = WEIGHTS) -> SentenceTransformer:
    """The embedded encoder as a `SentenceTransformer`."""
    return SentenceTransformer(modules=[EmbeddedModule(folder)], device="cpu")
