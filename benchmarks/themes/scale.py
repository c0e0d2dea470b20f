"""Grouping alone at scale, each in a fresh process: `python -m benchmarks.themes.scale`.

Vectors are those of a file (`--vectors`, written by the benchmark itself from the public
sets), drawn with replacement and moved a little, so that no two are the same. With
`--one NAME COUNT` this is the process that does the work.
"""

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from research.contracts import Vectors

COUNTS = (10_000, 100_000, 500_000)
PEER_MOST = 100_000
NOISE, BLOCK, SEED = 0.02, 10_000, 1


def drawn(path: Path, count: int) -> tuple[Vectors, list[str]]:
    """So many vectors with their texts, the same every time."""
    with np.load(path) as data:
        vectors, texts = data["vectors"], data["texts"]
    draw = np.random.default_rng(SEED)
    rows = draw.integers(0, len(vectors), count)
    found = np.empty((count, vectors.shape[1]), dtype=np.float32)
    for start in range(0, count, BLOCK):
        part = vectors[rows[start : start + BLOCK]].astype(np.float32)
        part += draw.normal(0, NOISE, part.shape).astype(np.float32)
        found[start : start + BLOCK] = part / np.linalg.norm(part, axis=1, keepdims=True)
    return found, [str(texts[r]) for r in rows]


def ours(vectors: Vectors, texts: list[str]) -> int:
    """The project's grouping with stability and hierarchy; how many groups."""
    from research.model import Statement
    from research.steps.cluster import group

    said = [
        Statement(f"s{i}", "b", f"p{i}", i, 0, 1, t, "", "review", "en", kind="pain")
        for i, t in enumerate(texts)
    ]
    return len(group(said, vectors, np.zeros((len(texts), 0), dtype=np.float32)).groups)


def bertopic(vectors: Vectors, texts: list[str]) -> int:
    """BERTopic with its defaults; how many topics."""
    from bertopic import BERTopic

    topics, _ = BERTopic(calculate_probabilities=False).fit_transform(texts, vectors)
    return len(set(topics) - {-1})


JOBS = {"ours": ours, "BERTopic": bertopic}


def one(name: str, count: int, path: Path) -> None:
    """Do one job, and print what it took beyond having the vectors."""
    vectors, texts = drawn(path, count)
    held = _forget_peak()
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    groups = JOBS[name](vectors, texts)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = {"groups": groups, "cpu": cpu, "wall": time.perf_counter() - start}
    print(json.dumps(told | {"peak": _memory("VmHWM"), "before": held}))


def _forget_peak() -> float:
    """Begin to measure the peak of memory anew; what is held now, in MB (Linux)."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(name: str) -> float:
    """A line of the process's own status, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def table(path: Path, peer: bool) -> Iterator[str]:
    """Ours at every size, the peer at those it can do in reasonable time."""
    yield "| statements | | groups | CPU s | wall s | peak MB |"
    yield "|---|---|---|---|---|---|"
    for count in COUNTS:
        for name in JOBS:
            if name != "ours" and (not peer or count > PEER_MOST):
                continue
            command = [sys.executable, "-m", "benchmarks.themes.scale", "--vectors", str(path)]
            command += ["--one", name, str(count)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            r = json.loads(done.stdout.strip().splitlines()[-1])
            peak = f"{r['peak']:.0f} ({r['before']:.0f} before)"
            took = f"{r['cpu']:.1f} | {r['wall']:.1f}"
            yield f"| {count} | {name} | {r['groups']} | {took} | {peak} |"


def written(folder: Path) -> Path:
    """A file with the vectors and texts of the public sets."""
    from benchmarks.themes import sets
    from research.embedding import embed
    from research.encoders import HybridEncoder, StatementReader
    from research.steps.similarity import joined
    from research.steps.tagger import as_read

    texts = [text for told in sets.large(folder / "data") for text in told.texts]
    read = as_read(embed(texts, StatementReader(HybridEncoder())))
    path = Path(tempfile.mkdtemp()) / "vectors.npz"
    rows = joined(read.themes, read.vectors).astype(np.float16)
    np.savez(path, vectors=rows, texts=np.array(texts))
    return path


def main() -> None:
    """Print the table, or do one job."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with the public sets")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--one", nargs=2)
    parser.add_argument("--alone", action="store_true", help="without the peer")
    arguments = parser.parse_args()
    if arguments.one:
        one(arguments.one[0], int(arguments.one[1]), arguments.vectors)
        return
    path = arguments.vectors or written(arguments.data)
    print(*table(path, not arguments.alone), sep="\n", flush=True)


if __name__ == "__main__":
    main()
