"""Who may talk to the server: its own host names, its own pages, bodies of a sane size."""

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
FRESH, FOREVER = "private, no-cache", "public, max-age=31536000, immutable"


def host_name(host: str) -> str:
    """The name in a Host header, without its port; `[::1]` keeps its brackets."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that another site's page made this request."""
    origin = headers.get("origin")
    if origin is not None:
        return origin.partition("://")[2].lower() != headers.get("host", "").lower()
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


class Guard:
    """Refuses strange hosts, foreign origins and oversized bodies; sets the safety headers."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], limit: int) -> None:
        self.app = app
        self.hosts = frozenset((*LOOPBACK, *(f"[{h}]" if ":" in h else h for h in hosts)))
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it before anything reads it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        kept = FOREVER if "v=" in str(scope.get("query_string", b"")) else FRESH
        cache = kept if str(scope["path"]).startswith("/static/") else FRESH

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(MutableHeaders(scope=message), cache)
            await send(message)

        refusal = self._refusal(str(scope["method"]), Headers(scope=scope))
        await (refusal or self.app)(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        """The answer to a request that goes no further, if it should not."""
        if host_name(headers.get("host", "")) not in self.hosts:
            return PlainTextResponse("This server does not answer to that host name.", 400)
        if method in SAFE_METHODS:
            return None
        if from_elsewhere(headers):
            return PlainTextResponse("Another site may not change anything here.", 403)
        return self._too_large(headers)

    def _too_large(self, headers: Headers) -> PlainTextResponse | None:
        """The answer to a body that is too large, or whose size is not told."""
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers and not length:
            return PlainTextResponse("Say how long the body is (Content-Length).", 411)
        if length.isdigit() and int(length) > self.limit:
            return PlainTextResponse(
                f"That is more than {self.limit // 2**20} MB at once: send fewer files.", 413
            )
        return None


def _protect(headers: MutableHeaders, cache: str) -> None:
    """Set the safety headers that a response does not set itself."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("cache-control", cache)
