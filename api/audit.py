"""Writes down who saw, changed and exported what, after each request that did."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.deps import who
from research.auditing import record
from research.store import Store

_STUDY = re.compile(r"(?:/api)?/studies/(?P<study>[0-9a-f]{8,64})(?P<rest>/.*)?")
# The end of an address tells what was done; the first that fits counts.
_DONE: tuple[tuple[str, str, str], ...] = (
    ("POST", r".*/erase", "erase"),
    ("DELETE", r"/participants/[^/]+", "erase"),
    ("GET", r".*/access", "access"),
    ("GET", r"/downloads/.+", "export"),
    ("GET", r".*\.csv", "export"),
    ("GET", r".*/labels", "export"),
    ("GET", r"/personal-data/.+", "originals"),
    ("POST", r"/delete", "delete"),
    ("DELETE", r"", "delete"),
    ("GET", r".*", "see"),
    ("POST", r".*", "change"),
    ("PUT", r".*", "change"),
    ("PATCH", r".*", "change"),
    ("DELETE", r".*", "change"),
)
_PATTERNS = tuple((method, re.compile(end), action) for method, end, action in _DONE)
_WATCHED = re.compile(r"/runs(?:/.*)?")  # a page that looks every second whether a run is done


def action_of(method: str, path: str) -> tuple[str, str, str] | None:
    """What a request does: the action, the study, and which of its things by id; None when
    it is about no study."""
    found = _STUDY.fullmatch(path)
    if not found:
        return None
    rest = found["rest"] or ""
    if method == "GET" and _WATCHED.fullmatch(rest):
        return None
    for verb, end, action in _PATTERNS:
        if verb == method and end.fullmatch(rest):
            return action, found["study"], rest.strip("/")
    return None


class AuditLog:
    """Middleware that keeps the log; what failed or was refused was not done."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self.app = app
        self.store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, and write down what it did."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        await self.app(scope, receive, noted)
        done = action_of(str(scope["method"]), str(scope["path"]))
        if done is not None and status < 400:
            await run_in_threadpool(record, self.store, who(Request(scope)), *done)
