"""What holds for every test: no network but this computer, and a data folder of its own."""

import ipaddress
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.chat_server import servers

LOOPBACK_NAMES = frozenset({"", "localhost", "testserver"})


class NetworkUsed(AssertionError):
    """A test tried to reach another computer."""


def is_here(host: object) -> bool:
    """Whether an address stays on this computer."""
    number = as_number(host)
    return number.is_loopback or number.is_unspecified if number else is_ours(host)


def is_ours(host: object) -> bool:
    """Whether a name is one of this computer's, or no name at all."""
    name = host.decode() if isinstance(host, bytes) else host
    return not isinstance(name, str) or name in LOOPBACK_NAMES


def as_number(host: object) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host is written as, if it is not a name."""
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return None


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook, so that no library can go round it."""
    if event == "socket.getaddrinfo":
        host = None if as_number(arguments[0]) else arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    else:
        return
    if not is_here(host):
        raise NetworkUsed(f"tests may not use the network: {host}")


def pytest_configure() -> None:
    """Close the network, in this process and for model hubs in the ones it starts."""
    sys.addaudithook(refuse_network)
    settings.register_profile("no clock", deadline=None)
    settings.load_profile("no clock")
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ[name] = "1"


@pytest.fixture(autouse=True, scope="session")
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for whatever starts before a test does."""
    home = tmp_path_factory.mktemp("home")
    os.environ["KLANTBEELD_HOME"] = str(home)
    return home


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own data folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("KLANTBEELD_HOME", str(folder))
    return folder


@pytest.fixture
def serve():
    """Starts stand-ins for a language model, which say what they are given, and stops them."""
    yield from servers()
