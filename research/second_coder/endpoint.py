"""Checks where a second coder lives before anything is sent there."""

from urllib.parse import urlsplit

from research.errors import BadEndpoint
from research.model import Endpoint


def endpoint_of(url: str, model: str, price_in: float = 0.0, price_out: float = 0.0) -> Endpoint:
    """A checked endpoint. Raises `BadEndpoint` with what to change."""
    address = url.strip().rstrip("/").removesuffix("/chat/completions")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadEndpoint("Give the address in full, such as http://localhost:11434/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadEndpoint("Leave keys out of the address; a key goes in KLANTBEELD_CODER_KEY.")
    name = model.strip()
    if not name or len(name) > 200 or not name.isprintable():
        raise BadEndpoint("Give the model's name, such as llama3.1.")
    if not (0 <= price_in < 10_000 and 0 <= price_out < 10_000):
        raise BadEndpoint("A price is an amount per million tokens, 0 when it is free.")
    found = Endpoint(address, name, price_in, price_out)
    if parts.scheme == "http" and not found.local:
        raise BadEndpoint(
            "Text would travel unencrypted to another machine: use https, or a server here."
        )
    return found
