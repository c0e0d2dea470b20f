"""A journey map on a board of Miro, put there with the user's own token."""

from research.miro.client import HOST, Pushed, board_id_of, push
from research.miro.items import MiroItem, batches, items

__all__ = ["HOST", "MiroItem", "Pushed", "batches", "board_id_of", "items", "push"]
