"""Opening the data folder; what an older version kept in plain text is encrypted then."""

from pathlib import Path

from research.store import metrics, remains, sources
from research.store.database import Store, open_database


def open_store(home: Path, key_file: Path | None = None) -> Store:
    """The data folder, made and brought up to date when needed.

    `key_file` is where the key of encrypted originals is; beside the folder by default.
    """
    store = open_database(home, key_file)
    if sources.seal_plain(store) + metrics.seal_plain(store):
        remains.compact(store)
    return store
