"""The commands about privacy: what the study keeps of one person, and what goes.

What a command needs is imported inside it, so that `--help` answers at once.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from research.cli import AsJson, app
from research.errors import Conflict, NotFound
from research.serial import to_json
from research.settings import from_environment
from research.terminal import guarded, tell_erasure

if TYPE_CHECKING:
    from research.model import Study
    from research.store import Store

StudyWanted = Annotated[str, typer.Argument(metavar="STUDY", help="The study's name or id.")]
PersonWanted = Annotated[
    str, typer.Argument(metavar="PARTICIPANT", help="The participant's label or id.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")]


@app.command()
def erase(
    study: StudyWanted, participant: PersonWanted, yes: Yes = False, as_json: AsJson = False
) -> None:
    """Erase a participant from a study and show the proof.

    \b
    Examples:
      klantbeeld erase "Spring panel" "Respondent 14"
      klantbeeld erase "Spring panel" P3 --yes --json
    """
    with guarded(as_json), _store() as store:
        from research.auditing import COMMAND_LINE, record
        from research.erasing import erase_participant
        from research.lookup import find_participant_named
        from research.studies import get_view

        chosen = _study(store, study)
        person = find_participant_named(get_view(store, chosen.id), participant)
        if not yes and not typer.confirm(
            f"Erase everything of {person.label} from {chosen.name}? This cannot be undone."
        ):
            raise typer.Exit(1)
        report = erase_participant(store, chosen.id, person.id)
        record(store, COMMAND_LINE, "erase", chosen.id, f"participants/{person.id}")
        tell_erasure(report, as_json=as_json)
        if not report.clean:
            raise typer.Exit(1)


@app.command()
def access(
    study: StudyWanted,
    participant: PersonWanted,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The zip to write.")],
) -> None:
    """Write everything on one participant to a zip: JSON, and a page to read.

    \b
    Examples:
      klantbeeld access "Spring panel" P3 --out p3.zip
    """
    with guarded(), _store() as store:
        from research.access import access_file
        from research.auditing import COMMAND_LINE, record
        from research.lookup import find_participant_named
        from research.outputs import check_folder, save
        from research.studies import get_view

        chosen = _study(store, study)
        check_folder(out.absolute().parent)
        person = find_participant_named(get_view(store, chosen.id), participant)
        content = access_file(store, chosen.id, person.id)
        record(store, COMMAND_LINE, "access", chosen.id, f"participants/{person.id}")
        for path in save(out.absolute().parent, {out.name: content}):
            typer.echo(str(path))


@app.command()
def purge(as_json: AsJson = False) -> None:
    """Delete studies past their date, and what is too old in the audit log.

    The server does so when it starts.

    \b
    Examples:
      klantbeeld purge
    """
    with guarded(as_json), _store() as store:
        from research import retention

        done = retention.purge(store, audit_days=from_environment().audit_days)
        if as_json:
            typer.echo(json.dumps(to_json(done)))
            return
        typer.echo(f"Studies deleted: {', '.join(done.studies) or 'none'}")
        typer.echo(f"Entries of the audit log deleted: {done.audit_entries}")
        typer.echo(f"Files whose originals were deleted: {done.originals}")


@app.command()
def audit(
    study: Annotated[str, typer.Option(help="Only this study: name or id.")] = "",
    since: Annotated[str, typer.Option(metavar="DAY", help="Only since 2027-01-31.")] = "",
) -> None:
    """Print the audit log as CSV: who saw, changed and exported what.

    \b
    Examples:
      klantbeeld audit > audit.csv
      klantbeeld audit --study "Spring panel" --since 2026-11-01
    """
    with guarded(), _store() as store:
        from research.auditing import audit_csv

        wanted = _study(store, study).id if study else ""
        typer.echo(audit_csv(store, study=wanted, since=since), nl=False)


@contextmanager
def _store() -> "Iterator[Store]":
    """The data folder of this computer."""
    from research.store import open_store

    settings = from_environment()
    store = open_store(settings.home, settings.key_file)
    try:
        yield store
    finally:
        store.close()


def _study(store: "Store", wanted: str) -> "Study":
    """The study of that id or name. Raises `NotFound`, and `Conflict` when several have it."""
    from research.studies import list_studies

    known = list_studies(store)
    found = [s for s in known if wanted in (s.id, s.name)]
    if len(found) > 1:
        raise Conflict(f"Several studies are called {wanted!r}; give the id of one.")
    if not found:
        names = ", ".join(f"{s.name} ({s.id})" for s in known) or "none"
        raise NotFound(f"There is no study {wanted!r}. Studies here: {names}.")
    return found[0]
