"""The command line with the web: the engine's commands, `serve` and `demo`.

What a command needs is imported inside it, so that `--help` answers at once.
"""

import errno
import os
import socket
import sys
import webbrowser
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from research import privacy_cli
from research.cli import app
from research.errors import KlantbeeldError
from research.outputs import check_folder, save
from research.settings import Settings, from_environment
from research.terminal import Bars, guarded, tell, tell_refused, warn

if TYPE_CHECKING:
    from research.model import Analysis, Study
    from research.store import Store

__all__ = ["app", "privacy_cli"]

PORTS_TRIED = 50

HostOption = Annotated[
    str | None,
    typer.Option(help="Address to listen on.", show_default="127.0.0.1: this computer only"),
]
PortOption = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help="Port.", show_default="the first free one from 8765"),
]
NoBrowserOption = Annotated[bool, typer.Option("--no-browser", help="Open no browser.")]


class Sample(StrEnum):
    """The studies that come along."""

    thuishaven = "thuishaven"
    planwerk = "planwerk"


@app.command()
def serve(
    host: HostOption = None, port: PortOption = None, no_browser: NoBrowserOption = False
) -> None:
    """Serve the pages on this computer.

    \b
    Examples:
      klantbeeld serve
      klantbeeld serve --port 9000 --no-browser
    """
    with guarded():
        settings = _settings(host)
        _serve(settings, port, browser=not no_browser)


@app.command()
def demo(
    study: Annotated[Sample, typer.Option(help="Which bundled study.")] = Sample.thuishaven,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the files go.", show_default="the data folder"),
    ] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only write the files.")] = False,
    host: HostOption = None,
    port: PortOption = None,
    no_browser: NoBrowserOption = False,
) -> None:
    """Analyse a bundled study, write its results and serve them.

    \b
    Examples:
      klantbeeld demo
      klantbeeld demo --study planwerk --out results --no-serve
    """
    with guarded():
        settings = _settings(host)
        folder = out or settings.home / "demo" / study.value
        check_folder(folder)
        study_id = _demonstrate(settings, study, folder)
        if not no_serve:
            _serve(settings, port, browser=not no_browser, page=f"/studies/{study_id}")


def _settings(host: str | None) -> Settings:
    settings = from_environment()
    return replace(settings, host=host) if host else settings


# --- the bundled study -------------------------------------------------------------


def _demonstrate(settings: Settings, sample: Sample, folder: Path) -> str:
    """Analyse a bundled study in the store, write the results, and give the study's id."""
    from research.exporters import BASIC
    from research.exporting import shown
    from research.store import open_store

    store = open_store(settings.home, settings.key_file)
    try:
        study = _demo_study(store, sample)
        analysis = _analysed(store, study.id)
        whole = shown(store, study.id)
        files = {e.filename: e.export(whole) for e in BASIC}
    finally:
        store.close()
    written = save(folder, files)
    tell_refused(analysis.refused)
    tell(analysis, written)
    return study.id


def _demo_study(store: "Store", sample: Sample) -> "Study":
    """The study with the bundled files, made at the first demo and used again later."""
    from research.readers.files import open_paths, source_id
    from research.resources import CORPORA
    from research.studies import add_uploads, create_study, list_intake, list_studies

    name = f"{sample.value.capitalize()} (demo)"
    earlier = (study for study in list_studies(store) if study.name == name)
    study = next(earlier, None) or create_study(store, name)
    known = {intake.source for intake in list_intake(store, study.id) if intake.accepted}
    uploads = open_paths([CORPORA / "studies" / sample.value / "files"]).uploads
    add_uploads(store, study.id, [u for u in uploads if source_id(u.content) not in known])
    return study


def _analysed(store: "Store", study_id: str) -> "Analysis":
    """Analyse here and now; a demo that was cut off earlier does not stand in the way."""
    from research.studies import analyse_study, cancel_run, list_runs

    for run in list_runs(store, study_id):
        if run.ended is None:
            cancel_run(store, run.id)
    with Bars() as bars:
        analysis = analyse_study(store, study_id, bars)
        bars.finish()
    return analysis


# --- the server --------------------------------------------------------------------


def _serve(settings: Settings, port: int | None, *, browser: bool, page: str = "/") -> None:
    """Serve until Ctrl-C, which is how a server ends."""
    import uvicorn

    from api.app import create_app

    listener = listen(settings.host, port or settings.port, exact=port is not None)
    with listener:
        settings = replace(settings, port=listener.getsockname()[1])
        address = f"http://{_written(settings.host)}:{settings.port}"
        if not is_loopback(settings.host):
            warn(f"{address} can be reached by everyone on your network, without a password.")
        config = uvicorn.Config(
            create_app(settings), log_level="warning", proxy_headers=False, server_header=False
        )
        typer.echo(f"Klantbeeld is at {address}{page} (stop with Ctrl-C)")
        if browser and has_screen():
            Thread(target=webbrowser.open, args=(address + page,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int, *, exact: bool) -> socket.socket:
    """A listening socket on the port, or on the next free one unless exactly it is wanted."""
    for candidate in range(port, port + 1 if exact else min(port + PORTS_TRIED, 65536)):
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                reason = error.strerror or str(error)
                raise KlantbeeldError(f"Cannot listen on {host}: {reason}.") from error
    raise KlantbeeldError(f"Port {port} is in use; choose another with --port.")


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach the address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _written(host: str) -> str:
    """The host as an address has it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def has_screen() -> bool:
    """Whether a browser would open where the user sees it, not inside the terminal."""
    if sys.platform in ("darwin", "win32"):
        return sys.stdout.isatty()
    return sys.stdout.isatty() and any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
