"""Putting a journey map on a board elsewhere: what would be sent, and sending it."""

from collections.abc import Sequence
from dataclasses import dataclass

from research.errors import KlantbeeldError, NotFound
from research.exporters.maps.board import Board, boards
from research.miro import HOST, Pushed, batches, board_id_of, items, push
from research.store import Store
from research.studies import get_view

SHOWN = 5


@dataclass(frozen=True, slots=True)
class PushPlan:
    """What would go to whom: so many items in so many requests, and the first of them.

    `maps` are those that can be chosen: the persona (empty: everyone) and its name.
    Nothing has been sent.
    """

    host: str
    persona: str
    maps: tuple[tuple[str, str], ...]
    items: int
    requests: int
    example: tuple[str, ...]


def plan_push(store: Store, study_id: str, persona: str = "") -> PushPlan:
    """What a push of a map means. Raises `NotFound`."""
    every = boards(get_view(store, study_id))
    made = items(_chosen(every, persona))
    return PushPlan(
        host=HOST,
        persona=persona,
        maps=tuple((b.persona, b.title) for b in every),
        items=len(made),
        requests=len(batches(made)),
        example=tuple(i.content for i in made if i.kind == "sticky_note")[:SHOWN],
    )


def push_map(
    store: Store, study_id: str, persona: str, board: str, token: str, *, agreed: bool
) -> Pushed:
    """Put a map on the user's own board; redacted text only, and the token is kept nowhere.

    Raises `KlantbeeldError` unless the user agreed, `PushFailed` when Miro refuses.
    """
    if not agreed:
        raise KlantbeeldError(f"Say first that the map may go to {HOST}.")
    key = token.strip()
    if not key or not key.isascii() or not key.isprintable():
        raise KlantbeeldError("Give the token of your Miro app; it is kept nowhere.")
    made = items(_chosen(boards(get_view(store, study_id)), persona))
    return push(made, board_id_of(board), key)


def _chosen(every: Sequence[Board], persona: str) -> Board:
    found = next((b for b in every if b.persona == persona), None)
    if found is None:
        raise NotFound("This study has no journey map for that persona.")
    return found
