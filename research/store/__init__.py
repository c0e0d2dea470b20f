"""The store: one SQLite database and the uploads beside it, in one folder."""

from research.store.database import Store
from research.store.opening import open_store

__all__ = ["Store", "open_store"]
