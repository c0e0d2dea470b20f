"""How fast files are read and in how much memory, each job in a process of its own."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

from research.model import Upload
from research.readers import open_paths, read_upload
from research.readers.files import MEGABYTE, extension
from research.readers.in_parts import read_in_parts
from research.resources import CORPORA

TRANSCRIPTS = 500
GIGABYTE = 1024 * MEGABYTE
_WORDS = [
    "de",
    "bezorging",
    "duurde",
    "veel",
    "te",
    "lang",
    "en",
    "niemand",
    "nam",
    "de",
    "telefoon",
    "op",
    "terwijl",
    "het",
    "pakket",
    "al",
    "weken",
    "onderweg",
    "was",
    "maar",
    "de",
    "kleur",
    "is",
    "mooier",
    "dan",
    "op",
    "de",
    "foto",
    "en",
    "de",
    "kast",
    "staat",
    "stevig",
]


def interviews() -> list[Upload]:
    """The bundled interviews."""
    folders = [CORPORA / "studies" / name / "files" for name in ("thuishaven", "planwerk")]
    found = open_paths(folders).uploads
    return [u for u in found if extension(u.name) in (".vtt", ".srt", ".txt", ".docx")]


def transcripts() -> dict[str, float]:
    """500 transcripts read one after another: seconds, megabytes, passages, by format."""
    some = interviews()
    spent: dict[str, float] = defaultdict(float)
    files: dict[str, int] = defaultdict(int)
    passages = size = 0
    begin = time.perf_counter()
    for number in range(TRANSCRIPTS):
        upload = some[number % len(some)]
        start = time.perf_counter()
        passages += len(read_upload(upload).passages)
        spent[extension(upload.name)] += time.perf_counter() - start
        files[extension(upload.name)] += 1
        size += len(upload.content)
    told = {f"ms a file, {e}": 1000 * spent[e] / files[e] for e in sorted(spent)}
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "MB": size / MEGABYTE, "passages": passages, **told}


def reviews(path: Path) -> dict[str, float]:
    """A file of reviews read in parts: seconds, megabytes, reviews."""
    begin = time.perf_counter()
    count = sum(len(reading.passages) for reading in read_in_parts(path))
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "MB": path.stat().st_size / MEGABYTE, "passages": count}


def write_reviews(path: Path, size: int) -> None:
    """A CSV of made-up reviews of about that many bytes, the same each time."""
    random = Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Review Id,Rating,Title,Review,Date,Author\r\n")
        for number in range(10**9):
            words = " ".join(random.choices(_WORDS, k=random.randint(20, 120)))
            row = (
                f'{number},{number % 5 + 1},Titel {number},"{words}, zei ik.",2026-01-15,P{number}'
            )
            file.write(row + "\r\n")
            if number % 1000 == 0 and file.tell() >= size:
                break


def table(gigabytes: float) -> str:
    """Both jobs as a Markdown table, with the most memory that each took."""
    lines = ["| job | files or MB | seconds | a second | most memory |", "|---|---|---|---|---|"]
    told = _apart("transcripts")
    rate = TRANSCRIPTS / told["seconds"]
    lines.append(
        f"| {TRANSCRIPTS} transcripts | {told['MB']:.1f} MB | {told['seconds']:.1f} | "
        f"{rate:.0f} files | {told['memory']:.0f} MB |"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reviews.csv"
        write_reviews(path, int(gigabytes * GIGABYTE))
        large = _apart("reviews", str(path))
    lines.append(
        f"| {large['passages']:,.0f} reviews in one CSV | {large['MB']:.0f} MB | "
        f"{large['seconds']:.0f} | {large['MB'] / large['seconds']:.1f} MB | "
        f"{large['memory']:.0f} MB |"
    )
    lines += ["", *_by_format(told)]
    return "\n".join(lines)


def _by_format(told: dict[str, float]) -> Iterator[str]:
    yield "| format | ms a transcript |"
    yield "|---|---|"
    for name, value in told.items():
        if name.startswith("ms a file, "):
            yield f"| `{name.removeprefix('ms a file, ')}` | {value:.1f} |"


def _apart(*job: str) -> dict[str, float]:
    """What a job tells, run in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.intake.reading", *job]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    result = transcripts() if sys.argv[1] == "transcripts" else reviews(Path(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**result, "memory": peak}))
