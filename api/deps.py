"""What a route may ask for: the parts of the application, and the page's language."""

from dataclasses import dataclass
from typing import Annotated, Protocol, cast
from urllib.parse import unquote

from fastapi import Depends, Request

from api.i18n import language_of
from research.model import Run
from research.settings import Settings
from research.store import Store


class Runner(Protocol):
    """Runs analyses in the background."""

    def start(self, study_id: str) -> Run:
        """Begin a run of a study. Raises `Conflict` when one is busy."""

    def cancel(self, run_id: str) -> None:
        """Ask a run to stop at its next step."""

    def launch(self) -> None:
        """Go on with the runs that were cut off."""

    def close(self) -> None:
        """Stop cleanly."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application is put together from."""

    settings: Settings
    store: Store
    runner: Runner


def get_parts(request: Request) -> Parts:
    """The parts that `create_app` put together."""
    return cast(Parts, request.app.state.parts)


def get_store(request: Request) -> Store:
    """The store."""
    return get_parts(request).store


def get_runner(request: Request) -> Runner:
    """What runs analyses."""
    return get_parts(request).runner


def get_settings(request: Request) -> Settings:
    """The settings the server started with."""
    return get_parts(request).settings


StoreDep = Annotated[Store, Depends(get_store)]
RunnerDep = Annotated[Runner, Depends(get_runner)]
SettingsDep = Annotated[Settings, Depends(get_settings)]
NAME = "klantbeeld-name"
LONGEST_NAME = 80


def who(request: Request) -> str:
    """The name under which somebody decides: what they said (a cookie), or a program's header."""
    told = request.headers.get("x-decided-by") or unquote(request.cookies.get(NAME, ""))
    return "".join(c for c in told if c.isprintable()).strip()[:LONGEST_NAME]


WhoDep = Annotated[str, Depends(who)]
LanguageDep = Annotated[str, Depends(language_of)]
