"""The encoders: the embedded default, its static table, any other model, and hashing."""

from pathlib import Path

from research.contracts import Encoder
from research.encoders.hashing import HashingEncoder
from research.encoders.hybrid import MODEL, HybridEncoder
from research.encoders.sentence_transformer import SentenceTransformerEncoder
from research.encoders.statements import StatementReader
from research.encoders.static import StaticEncoder

__all__ = [
    "HashingEncoder",
    "HybridEncoder",
    "SentenceTransformerEncoder",
    "StatementReader",
    "StaticEncoder",
    "load_encoder",
]


def load_encoder(name_or_path: str = "") -> Encoder:
    """The encoder of that name or path; empty is the embedded Dutch + English default.

    A folder with weights in the embedded encoder's form is read as such.
    """
    if name_or_path in ("", HybridEncoder.id):
        return HybridEncoder()
    if name_or_path == StaticEncoder.id:
        return StaticEncoder()
    if name_or_path == HashingEncoder.id:
        return HashingEncoder()
    if (Path(name_or_path) / MODEL).is_file():
        return HybridEncoder(Path(name_or_path))
    return SentenceTransformerEncoder(name_or_path)
