"""Fuzzing led by coverage, with atheris; no part of the tests, as it runs until it is stopped.

    pip install atheris
    python -m tests.readers.coverage_fuzz .docx -max_total_time=600

The first argument is the ending that files get; those behind it are for libFuzzer. It starts
from the good files of that ending. What it finds belongs in `test_fuzz.py` as an example.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["research"]):
    from research.model import Upload
    from tests.readers.hostile import material, outcome


def main() -> None:
    """Fuzz the readers with files of one ending."""
    ending, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for number, good in enumerate(u for u in material() if u.name.endswith(ending)):
            (Path(folder) / str(number)).write_bytes(good.content)
        atheris.Setup(
            [sys.argv[0], folder, "-max_len=65536", "-timeout=60", *options],
            lambda content: outcome(Upload(f"bestand{ending}", content)) and None,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
