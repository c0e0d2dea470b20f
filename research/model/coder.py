"""A second coder: where it lives, and what it says of a statement."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible service. Prices are per million tokens, 0 when unknown or free.

    `url` is the base address that `/chat/completions` is added to.
    """

    url: str
    model: str
    price_in: float = 0.0
    price_out: float = 0.0

    @property
    def host(self) -> str:
        """The machine that gets the text."""
        return urlsplit(self.url).hostname or ""

    @property
    def local(self) -> bool:
        """Whether that is this machine."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def maker(self) -> str:
        """What labels it made are signed with."""
        return f"{self.model}@{self.host}"


@dataclass(frozen=True, slots=True)
class Labels:
    """What a coder says of a statement, by the codebook."""

    kind: str
    stage: str
    valence: int


@dataclass(frozen=True, slots=True)
class NameProposal:
    """A name for a theme that a second coder proposed: who it was, and the statements
    that it says the name rests on."""

    label: str
    definition: str
    maker: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryProposal:
    """A persona's summary in a second coder's words: who it was, the keys of the claims that
    it says it rests on, and a mark of what it was given."""

    text: str
    maker: str
    claims: tuple[str, ...]
    mark: str
