"""The uploaded bytes, encrypted, in files whose paths come from ids and never from names."""

import os
import re
import shutil
from pathlib import Path

from research.errors import NotFound
from research.store.database import Store
from research.store.sealing import seal, unseal

_ID = re.compile(r"[0-9a-f]{8,64}")


def write(store: Store, study_id: str, source_id: str, content: bytes) -> None:
    """Keep the bytes; a crash leaves the whole file or none."""
    path = _path(store, study_id, source_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(seal(store, content, _about(study_id, source_id)))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read(store: Store, study_id: str, source_id: str) -> bytes:
    """The bytes as they were uploaded. Raises `NotFound` and `KeyLost`."""
    try:
        content = _path(store, study_id, source_id).read_bytes()
    except FileNotFoundError as error:
        raise NotFound("The uploaded file is gone from the data folder; add it again.") from error
    return unseal(store, content, _about(study_id, source_id))


def there(store: Store, study_id: str, source_id: str) -> bool:
    """Whether the upload is kept."""
    return _path(store, study_id, source_id).exists()


def remove(store: Store, study_id: str, source_id: str) -> bool:
    """Delete one upload; whether it was there."""
    was = there(store, study_id, source_id)
    _path(store, study_id, source_id).unlink(missing_ok=True)
    return was


def remove_study(store: Store, study_id: str) -> None:
    """Delete all uploads of a study."""
    folder = _folder(store, study_id)
    if folder.is_dir():
        shutil.rmtree(folder)


def _about(study_id: str, source_id: str) -> str:
    """What ties an encrypted upload to its place."""
    return f"upload/{study_id}/{source_id}"


def _folder(store: Store, study_id: str) -> Path:
    return store.path / "uploads" / _checked(study_id)


def _path(store: Store, study_id: str, source_id: str) -> Path:
    return _folder(store, study_id) / _checked(source_id)


def _checked(identifier: str) -> str:
    """The id, once it is sure that it is one: it becomes part of a path."""
    if not _ID.fullmatch(identifier):
        raise NotFound(f"{identifier!r} is not an id of a study or source.")
    return identifier
