"""The uploaded bytes, as files whose paths come from ids and never from file names."""

import os
import re
import shutil
from pathlib import Path

from research.errors import NotFound
from research.store.database import Store

_ID = re.compile(r"[0-9a-f]{8,64}")


def write(store: Store, study_id: str, source_id: str, content: bytes) -> None:
    """Keep the bytes; a crash leaves the whole file or none."""
    path = _path(store, study_id, source_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read(store: Store, study_id: str, source_id: str) -> bytes:
    """The bytes as they were uploaded. Raises `NotFound`."""
    try:
        return _path(store, study_id, source_id).read_bytes()
    except FileNotFoundError as error:
        raise NotFound("The uploaded file is gone from the data folder; add it again.") from error


def remove(store: Store, study_id: str, source_id: str) -> bool:
    """Delete one upload; whether it was there."""
    path = _path(store, study_id, source_id)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def remove_study(store: Store, study_id: str) -> None:
    """Delete all uploads of a study."""
    folder = _folder(store, study_id)
    if folder.is_dir():
        shutil.rmtree(folder)


def _folder(store: Store, study_id: str) -> Path:
    return store.path / "uploads" / _checked(study_id)


def _path(store: Store, study_id: str, source_id: str) -> Path:
    return _folder(store, study_id) / _checked(source_id)


def _checked(identifier: str) -> str:
    """The id, once it is sure that it is one: it becomes part of a path."""
    if not _ID.fullmatch(identifier):
        raise NotFound(f"{identifier!r} is not an id of a study or source.")
    return identifier
