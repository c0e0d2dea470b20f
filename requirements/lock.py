"""Resolves the dependencies of pyproject.toml with pip and writes the lock files.

Each file lists what it adds to base.lock, in exact versions and without hashes: the
torch build (CPU or CUDA) differs from one package index to the next. The accelerator
libraries that a CUDA build brings along are therefore left out too.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYPROJECT = HERE.parent / "pyproject.toml"
PINNED = ("torch==2.13.0",)
ACCELERATOR = re.compile(r"nvidia-|cuda-|triton$")
HEADERS = {
    "base": "# What Klantbeeld needs to run, and hatchling to install it (`make lock`).\n"
    "# No hashes: the torch build (CPU or CUDA) differs from one package index to the next.\n",
    "test": "# What the tests need on top of base.lock (`make lock`). No hashes, as there.\n",
    "bench": "# What the benchmarks compare with, on top of base.lock (`make lock`). "
    "No hashes, as there.\n",
}


def resolve(requirements: Iterable[str]) -> set[str]:
    """Everything that pip would install for the requirements, as `name==version`."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run"]
    command += ["--ignore-installed", "--report", "-", *requirements]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = (entry["metadata"] for entry in json.loads(done.stdout)["install"])
    return {_line(str(m["name"]), str(m["version"])) for m in found}


def _line(name: str, version: str) -> str:
    """A line of a lock: the name as indexes write it, the version without its build."""
    return f"{re.sub(r'[-_.]+', '-', name).lower()}=={version.partition('+')[0]}"


def write(name: str, lines: Iterable[str]) -> None:
    """Write one lock file."""
    kept = sorted(line for line in lines if not ACCELERATOR.match(line.partition("==")[0]))
    (HERE / f"{name}.lock").write_text(HEADERS[name] + "\n".join(kept) + "\n", encoding="utf-8")


def main() -> None:
    """Write base.lock, and what each dependency group adds to it."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    needed = project["project"]["dependencies"] + project["build-system"]["requires"]
    base = resolve([*needed, *PINNED])
    write("base", base)
    for name, group in project["dependency-groups"].items():
        write(name, resolve([*group, *base]) - base)


if __name__ == "__main__":
    main()
