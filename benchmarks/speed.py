"""`make bench`: whole jobs in fresh processes, beside BERTopic in the same run.

Texts: the labelled training statements of this project, or a file with a text a line
(`--texts`), such as the queries of Banking77. The peer runs where it is installed
(`pip install -r requirements/bench.lock`); without it only our own figures are printed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from research.resources import CORPORA

SIZES = (150, 3000, 13000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a job took: seconds, CPU seconds, peak MB."""

    wall: float
    cpu: float
    memory: float
    groups: int


def bundled_texts() -> list[str]:
    """The training statements written for this project, in a fixed mixed order."""
    files = sorted((CORPORA / "labels" / "train").rglob("*.jsonl"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [" ".join(json.loads(line)["text"].split()) for line in lines]
    step = 7
    return [text for start in range(step) for text in texts[start::step]]


def measure(job: str, texts: Path, count: int, times: int) -> Cost:
    """The median cost of a job over several fresh processes."""
    runs = []
    for _ in range(times):
        command = [sys.executable, "-m", "benchmarks.job", job, str(texts), str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout.strip().splitlines()[-1]))
    return Cost(
        wall=median(r["wall"] for r in runs),
        cpu=median(r["cpu"] for r in runs),
        memory=median(r["memory"] for r in runs),
        groups=int(median(r["groups"] for r in runs)),
    )


def measure_demo(times: int) -> Cost:
    """The Dutch demo study from files to all five outputs, in fresh processes."""
    files = CORPORA / "studies" / "thuishaven" / "files"
    costs = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as out:
            call = "from api.cli import app; app()"
            command = [sys.executable, "-c", call, "analyse", str(files), "--out", f"{out}/made"]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True, env=dict(os.environ))
            assert (Path(out) / "made" / "report.html").exists()
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        costs.append(Cost(time.perf_counter() - start, cpu, after.ru_maxrss / 1024, 0))
    return sorted(costs, key=lambda c: c.cpu)[len(costs) // 2]


def row(label: str, ours: Cost, peer: Cost | None) -> str:
    """One line of the table: ours, the peer, and the ratios."""
    mine = f"{ours.wall:6.1f} s {ours.cpu:6.1f} s {ours.memory:6.0f} MB {ours.groups:5d}"
    if peer is None:
        return f"{label:12} | {mine} | not installed or too few texts"
    theirs = f"{peer.wall:6.1f} s {peer.cpu:6.1f} s {peer.memory:6.0f} MB {peer.groups:5d}"
    ratios = f"{peer.wall / ours.wall:5.1f} {peer.cpu / ours.cpu:5.1f}"
    return f"{label:12} | {mine} | {theirs} | {ratios} {peer.memory / ours.memory:5.1f}"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="a file with one text a line")
    parser.add_argument("--times", type=int, default=3, help="runs of which the median counts")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    arguments = parser.parse_args()
    texts = (
        arguments.texts.read_text(encoding="utf-8").splitlines()
        if arguments.texts
        else bundled_texts()
    )
    print("texts        | ours: wall, CPU, peak, groups | BERTopic | peer / ours: wall CPU peak")
    demo = measure_demo(arguments.times)
    took = f"{demo.wall:6.1f} s {demo.cpu:6.1f} s {demo.memory:6.0f} MB"
    print(f"demo study   | {took} |", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.txt"
        path.write_text("\n".join(texts), encoding="utf-8")
        for size in arguments.sizes:
            if len(texts) < size:
                print(f"{size:12} | only {len(texts)} texts here; give more with --texts")
                continue
            ours = measure("ours", path, size, arguments.times)
            peer = None
            if find_spec("bertopic"):
                peer = measure("bertopic", path, size, arguments.times)
            print(row(f"{size}", ours, peer), flush=True)


if __name__ == "__main__":
    main()
