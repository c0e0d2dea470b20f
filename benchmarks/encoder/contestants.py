"""The encoders that are compared: a name, its size on disk, and texts to unit vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from research.contracts import Vectors
from research.encoders.static import unit
from research.training.encoder import teacher

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Contestant:
    """`load` gives the function; nothing heavy is imported before it is called."""

    name: str
    load: Callable[[], Embed]
    megabytes: float


def contestants(data: Path, threads: int = 0) -> list[Contestant]:
    """All that can run here; `data` holds the baseline's weights in embedder/baseline."""
    mine = _weights()
    full = _size(mine, "hybrid*.onnx", "*.npz", "tokenizer*.json")
    small = _size(mine, "static*.npz", "*nlen.json")
    found = [
        Contestant("ours", partial(of_folder, mine, threads), full),
        Contestant("ours, static", partial(static_of, mine), small),
    ]
    baseline = data / "embedder" / "baseline"
    if baseline.exists():
        sizes = _size(baseline, "*.onnx", "*.npz", "*.json")
        found.append(Contestant("baseline", partial(of_folder, baseline, threads), sizes))
        static = _size(baseline, "*.npz", "*nlen.json")
        found.append(Contestant("baseline, static", partial(static_of, baseline), static))
    if find_spec(teacher.PACKAGE):
        found.append(Contestant("all-MiniLM-L6-v2", minilm, _size(teacher.folder(), "**/*.*")))
    if find_spec("wordllama"):
        sizes = _size(wordllama_folder(), "weights/*", "tokenizers/*.json")
        found.append(Contestant("wordllama", wordllama, sizes))
    found.append(Contestant("char n-grams + SVD", ngrams, 0.0))
    return found


def of_folder(folder: Path, threads: int = 0) -> Embed:
    """The embedded encoder, or an earlier set of weights in the same form."""
    from research.encoders import HybridEncoder

    return HybridEncoder(folder, threads=threads).encode


def static_of(folder: Path) -> Embed:
    """Its static table, for very large sets."""
    from research.encoders import StaticEncoder

    return StaticEncoder(folder).encode


def minilm() -> Embed:
    """all-MiniLM-L6-v2 as is, by sentence-transformers."""
    from research.encoders import SentenceTransformerEncoder

    return SentenceTransformerEncoder(str(teacher.folder())).encode


def wordllama_folder() -> Path:
    """Where the package keeps its weights."""
    import wordllama as package

    return Path(package.__file__).parent


def wordllama() -> Embed:
    """WordLlama's 256 dimensions, from the files inside its package."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = wordllama_folder()
    table = load_file(folder / "weights" / "l2_supercat_256.safetensors")["embedding.weight"]
    pieces = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    pieces.no_padding()

    def embed(texts: Sequence[str]) -> Vectors:
        rows = [e.ids for e in pieces.encode_batch(list(texts), add_special_tokens=False)]
        pooled = [table[ids].astype(np.float32).mean(0) if ids else table[0] * 0 for ids in rows]
        return unit(np.array(pooled, dtype=np.float32))

    return embed


def ngrams() -> Embed:
    """Character 3- to 5-grams, TF-IDF, 256 singular vectors; fitted to the texts given."""

    def embed(texts: Sequence[str]) -> Vectors:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        words = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        matrix = words.fit_transform(texts)
        size = min(256, len(texts) - 1, matrix.shape[1] - 1)
        if size < 1:
            return np.ones((len(texts), 1), dtype=np.float32)
        made = TruncatedSVD(size, n_iter=2, random_state=0).fit_transform(matrix)
        return unit(np.asarray(made, dtype=np.float32))

    return embed


def _weights() -> Path:
    from research.resources import WEIGHTS

    return WEIGHTS


def _size(folder: Path, *patterns: str) -> float:
    files = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return sum(path.stat().st_size for path in files) / 1e6
