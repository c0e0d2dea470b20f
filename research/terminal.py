"""How the command line talks: progress and messages on stderr, results on stdout."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed
from rich.table import Table

from research.errors import BadEncoder, BadStages, KlantbeeldError, NotFound, NothingToAnalyse
from research.model import Analysis, Erasure
from research.serial import Json, to_json

if TYPE_CHECKING:
    from research.sheet_changes import Change, Preview


class Code(IntEnum):
    """What a script learns from the exit code."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    NOTHING = 3
    REFUSALS = 4
    STOPPED = 130


STEPS = {
    "read": "Reading the files",
    "prepare": "Who says what; hiding personal data",
    "embed": "Comparing what people mean",
    "classify": "Telling pain points and motivations apart",
    "themes": "Grouping statements into themes",
    "personas": "Making draft personas",
    "journey": "Drawing the journey map",
}


def errors() -> Console:
    """Where messages go."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def warn(text: str) -> None:
    """A remark that a person should see and a script may skip."""
    errors().print(f"[yellow]Warning:[/yellow] {escape(text)}")


def code_of(error: KlantbeeldError) -> Code:
    """The exit code of an error that a user can act upon."""
    if isinstance(error, NothingToAnalyse):
        return Code.NOTHING
    return Code.USAGE if isinstance(error, BadStages | BadEncoder | NotFound) else Code.FAILED


@contextmanager
def guarded(as_json: bool = False) -> Iterator[None]:
    """Turns errors into a message and an exit code."""
    try:
        yield
    except KlantbeeldError as error:
        code = code_of(error)
        if as_json:
            failure = {"status": "failed", "error": type(error).__name__, "message": str(error)}
            typer.echo(json.dumps(failure))
        errors().print(f"[red]Error:[/red] {escape(str(error))}")
        raise typer.Exit(code) from error
    except KeyboardInterrupt as error:
        errors().print("Stopped; nothing was written.")
        raise typer.Exit(Code.STOPPED) from error


class Bars:
    """A progress bar for each step, on stderr."""

    def __init__(self, *, quiet: bool = False) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Elapsed())
        self._progress = Progress(*columns, console=errors(), disable=quiet)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Bars":
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show how far a step is; the steps before it are over."""
        if step == "done":
            self.finish()
            return
        if step not in self._tasks:
            self.finish()
            self._tasks[step] = self._progress.add_task(STEPS.get(step, step), total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)

    def finish(self) -> None:
        """Everything is done."""
        for task in self._tasks.values():
            self._complete(task)

    def _complete(self, task: TaskID) -> None:
        total = next(t.total for t in self._progress.tasks if t.id == task)
        self._progress.update(task, completed=total or 0)


def summary(analysis: Analysis, written: Sequence[Path]) -> dict[str, Json]:
    """What a script wants to know of an analysis."""
    kinds = [theme.kind for theme in analysis.shown]
    return {
        "status": "done",
        "study": analysis.study,
        "language": analysis.language,
        "sources": len(analysis.sources),
        "people": len(analysis.participants),
        "statements": len(analysis.statements),
        "pain_points": kinds.count("pain"),
        "motivations": kinds.count("motivation"),
        "personas": len(analysis.personas),
        "coverage": round(analysis.coverage.share, 3),
        "refused": [{"name": name, "reason": reason} for name, reason in analysis.refused],
        "notes": list(analysis.notes),
        "files": [str(path) for path in written],
    }


def tell(analysis: Analysis, written: Sequence[Path]) -> None:
    """The result as a small table, and where the files are."""
    told = summary(analysis, written)
    table = Table(title=escape(analysis.study), title_justify="left", show_header=False)
    for name in ("people", "statements", "pain_points", "motivations", "personas"):
        table.add_row(name.replace("_", " ").capitalize(), str(told[name]))
    table.add_row("Coverage", f"{analysis.coverage.share:.0%} of pains and motivations in a theme")
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    for path in written:
        console.print(escape(str(path)))


def _since(change: "Change") -> str:
    """What became of a pain point after the list was written."""
    if change.at is None:
        return "a later run named it otherwise"
    return f"decided since by {change.by or 'somebody'}"


def tell_preview(preview: "Preview") -> None:
    """What an edited list would change, a line each; what is not taken over as warnings."""
    for change in (*preview.changes, *preview.conflicts):
        since = f" (conflict: {_since(change)})" if change.conflict else ""
        told = (f"row {change.row}", change.label, change.field, change.now, change.value + since)
        typer.echo("\t".join(told))
    for refused in preview.refused:
        warn(f"row {refused.row}, {refused.field}: not taken over, {refused.reason}")
    for row in preview.unknown:
        warn(f"row {row.row}, {row.label or row.id}: {row.reason}")


def tell_refused(refused: Sequence[tuple[str, str]]) -> None:
    """The files that were left out, each with the way out."""
    for name, reason in refused:
        warn(f"{name} was not used: {reason}")


def tell_erasure(report: Erasure, *, as_json: bool = False) -> None:
    """What went, and whether anything was found afterwards."""
    if as_json:
        told = {"status": "clean" if report.clean else "found", "report": to_json(report)}
        typer.echo(json.dumps(told, ensure_ascii=True))
        return
    table = Table(title="Erased", title_justify="left", show_header=False)
    for place, number in report.counts:
        table.add_row(escape(place), str(number))
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    console.print(
        f"Looked for {report.looked_for} pieces in {report.files} files ({report.size} bytes) and "
        f"in every value of the database; {report.shared} were left out, as others said them too."
    )
    for place, number in report.found:
        warn(f"{number} still stand in {place}")
    for study in report.elsewhere:
        warn(f"the study {study} holds words of this person too; erase them there as well")
    if not report.looked_for:
        warn("this person's words are too short or too common to be looked for: see the counts")
    elif report.clean:
        console.print("Nothing was found.")
