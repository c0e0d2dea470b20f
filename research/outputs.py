"""Files written for the user: all of them whole, or none."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from research.errors import KlantbeeldError

HIDDEN = (".", "~$")


def check_folder(folder: Path) -> None:
    """Refuses a place where no folder can be, before any work is done."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise KlantbeeldError(_unusable(folder, f"{there} cannot be written to"))


def save(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files into the folder; each appears only when all of them are complete."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".klantbeeld-") as waiting:
            for name, content in files.items():
                Path(waiting, name).write_bytes(content)
            for name in files:
                os.replace(Path(waiting, name), folder / name)
    except OSError as error:
        raise KlantbeeldError(_unusable(folder, error.strerror or str(error))) from error
    return tuple(folder / name for name in files)


def inputs(path: Path, folder: Path, written: frozenset[str]) -> Iterator[Path]:
    """What to read at a path, so that results written there earlier are not read as research."""
    if not path.is_dir() or not folder.resolve().is_relative_to(path.resolve()):
        yield path
        return
    here = path.resolve() == folder.resolve()
    for child in sorted(path.iterdir()):
        if child.name.startswith(HIDDEN) or (here and child.name in written):
            continue
        yield from inputs(child, folder, written)


def _unusable(folder: Path, reason: str) -> str:
    return f"{folder}: the results cannot be written here ({reason}); choose another with --out"
