"""Talks to Miro: items in batches, waiting when it asks for that, and what may go wrong."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from research.errors import KlantbeeldError, PushFailed
from research.miro.items import MiroItem, batches

if TYPE_CHECKING:
    from httpx import Response

ADDRESS = "https://api.miro.com"
HOST = "api.miro.com"
TIMEOUT, TRIES, LONGEST_WAIT = 30.0, 5, 60.0
BOARD_ID = re.compile(r"[A-Za-z0-9_\-]{1,64}=?")
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many items now stand on a board."""

    board: str
    items: int


def board_id_of(text: str) -> str:
    """The id of a board, from the id or the board's address. Raises `KlantbeeldError`."""
    found = re.search(r"/board/([^/?#]+)", text)
    board = (found[1] if found else text).strip()
    if not BOARD_ID.fullmatch(board):
        raise KlantbeeldError("Give the address of the board, such as miro.com/app/board/uXjV…=/")
    return board


def push(
    found: Sequence[MiroItem],
    board: str,
    token: str,
    *,
    address: str = ADDRESS,
    sleep: Sleep = time.sleep,
) -> Pushed:
    """Put items on a board, 20 at once; a request that Miro is too busy for is repeated.

    Only that: another failure may have left the items on the board. Raises `PushFailed`,
    which says how many items stand there already and what to do.
    """
    placed = 0
    for batch in batches(found):
        answer = _until_taken(batch, board, token, address, placed, sleep)
        if answer.status_code not in (200, 201):
            raise PushFailed(_refused(address, answer.status_code, placed))
        placed += len(batch)
    return Pushed(board, placed)


def _until_taken(
    batch: Sequence[MiroItem], board: str, token: str, address: str, placed: int, sleep: Sleep
) -> "Response":
    for attempt in range(TRIES):
        answer = _post(batch, board, token, address, placed)
        if answer.status_code != 429 or attempt == TRIES - 1:
            break
        sleep(_pause(answer.headers.get("retry-after", ""), attempt))
    return answer


def _post(
    batch: Sequence[MiroItem], board: str, token: str, address: str, placed: int
) -> "Response":
    import httpx

    try:
        return httpx.post(
            f"{address}/v2/boards/{quote(board, safe='')}/items/bulk",
            json=[item.body() for item in batch],
            headers={"authorization": f"Bearer {token}"},
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=False,
        )
    except httpx.HTTPError as error:
        host = urlsplit(address).hostname
        reason = f"{host} cannot be reached ({type(error).__name__})"
        raise PushFailed(f"{reason}. {_left(placed)} Look at the board first.") from error


def _pause(retry_after: str, attempt: int) -> float:
    """How long to wait: as Miro asks, else a second, two, four."""
    asked = float(retry_after) if retry_after.isdigit() else float(2**attempt)
    return min(asked, LONGEST_WAIT)


def _refused(address: str, status: int, placed: int) -> str:
    ways_out = {
        401: "the token is wrong or has expired; make a new one",
        403: "the token may not write on this board; it needs boards:write",
        404: "it does not know this board, or the token may not see it",
        429: "it is too busy, or the account's limit is reached; go on later",
    }
    usual = "it is failing; look at the board before you try again"
    told = ways_out.get(status, usual if status >= 500 else "it did not take the items")
    return f"{urlsplit(address).hostname} answered {status}: {told}. {_left(placed)}"


def _left(placed: int) -> str:
    return f"{placed} items stand on the board already." if placed else "Nothing was placed."
