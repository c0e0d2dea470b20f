"""The encoders: the embedded default, any sentence-transformers model, and hashing."""

from research.contracts import Encoder
from research.encoders.hashing import HashingEncoder
from research.encoders.hybrid import HybridEncoder
from research.encoders.sentence_transformer import SentenceTransformerEncoder
from research.encoders.statements import StatementReader

__all__ = [
    "HashingEncoder",
    "HybridEncoder",
    "SentenceTransformerEncoder",
    "StatementReader",
    "load_encoder",
]


def load_encoder(name_or_path: str = "") -> Encoder:
    """The encoder of that name or path; empty is the embedded Dutch + English default."""
    if name_or_path in ("", HybridEncoder.id):
        return HybridEncoder()
    if name_or_path == HashingEncoder.id:
        return HashingEncoder()
    return SentenceTransformerEncoder(name_or_path)
