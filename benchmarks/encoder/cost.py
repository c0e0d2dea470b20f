"""What an encoder costs: a fresh process each, one thread, statements of about 16 tokens."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.encoder.contestants import contestants

WORDS, TEXTS, TIMES = (10, 13), 600, 3
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}


def cost(name: str, data: Path) -> Iterator[tuple[str, float]]:
    """Medians over fresh processes: cold start, texts per CPU second, peak memory."""
    command = [sys.executable, "-m", "benchmarks.encoder.cost", name, "--data", str(data)]
    runs = []
    for _ in range(TIMES):
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env=os.environ | ONE_THREAD
        )
        runs.append(json.loads(done.stdout.strip().splitlines()[-1]))
    for key in ("cold start, CPU s", "texts per CPU s", "peak MB"):
        yield key, median(run[key] for run in runs)


def sentences(data: Path) -> list[str]:
    """Dutch and English sentences of about 16 tokens, from what is never trained on."""
    lines = [
        line
        for side in ("nld", "eng")
        for line in (data / "embedder" / "eval" / "ntrex" / f"ntrex.{side}")
        .read_text(encoding="utf-8")
        .splitlines()
        if WORDS[0] <= len(line.split()) <= WORDS[1]
    ]
    return (lines * (TEXTS // len(lines) + 1))[:TEXTS]


def main() -> None:
    """Measure one encoder in this process, from its start, and print what it cost."""
    import resource
    import time

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    before = time.process_time()
    texts = sentences(arguments.data)
    reading = time.process_time() - before
    chosen = next(c for c in contestants(arguments.data, threads=1) if c.name == arguments.name)
    embed = chosen.load()
    embed(texts[:1])
    ready = time.process_time()
    embed(texts)
    took = time.process_time() - ready
    found = {
        "cold start, CPU s": ready - reading,
        "texts per CPU s": len(texts) / took,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
