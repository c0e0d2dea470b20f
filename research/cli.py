"""The command line of the engine. `serve` and `demo` are added by `api.cli`.

What a command needs is imported inside it, so that `--help` answers at once.
"""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from research import __version__
from research.errors import NotFound
from research.outputs import check_folder, inputs, save
from research.terminal import Bars, Code, guarded, summary, tell, tell_preview, tell_refused

if TYPE_CHECKING:
    from research.model import Analysis

app = typer.Typer(
    name="klantbeeld",
    help=(
        "From interviews, surveys and reviews to pain points, motivations, draft personas "
        "and a journey map, each with its evidence. Nothing leaves this computer."
    ),
    epilog=(
        "Exit codes: 0 done, 1 something went wrong, 2 wrong use, 3 nothing to analyse, "
        "4 done but files were refused (with --strict), 130 stopped with Ctrl-C."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Language(StrEnum):
    """The languages that can be chosen."""

    auto = "auto"
    nl = "nl"
    en = "en"


Paths = Annotated[list[Path], typer.Argument(metavar="FILE_OR_FOLDER...", help="What to read.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the results go.")]
Chosen = Annotated[Language, typer.Option(help="The language of the study; auto finds out.")]
Stages = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Your own journey stages (JSON), or three-stages."),
]
CodebookName = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Themes to match first (JSON, CSV, REFI-QDA), or ecommerce, saas or services.",
    ),
]
ColumnsFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--columns",
        metavar="FILE",
        help="How the columns of a survey are read (JSON); can be given again.",
    ),
]
EncoderName = Annotated[
    str,
    typer.Option(
        metavar="NAME_OR_PATH",
        help="Another language model; see `klantbeeld encoders`.",
    ),
]
StudyName = Annotated[str, typer.Option(metavar="NAME", help="The study's name.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 4 when a file was refused.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no table.")]


@app.command()
def analyse(
    paths: Paths,
    out: Out,
    language: Chosen = Language.auto,
    stages: Stages = None,
    codebook: CodebookName = None,
    columns: ColumnsFiles = None,
    encoder: EncoderName = "",
    study: StudyName = "",
    strict: Strict = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Analyse files and folders and write the results.

    Writes analysis.json, report.html, pain-points.csv, themes.csv and personas.md.

    \b
    Examples:
      klantbeeld analyse interviews/ survey.xlsx --out results
      klantbeeld analyse . --out results --language nl --study "Spring panel"
      klantbeeld analyse *.vtt --out results --stages three-stages --json --quiet
    """
    with guarded(as_json):
        check_folder(out)
        analysis = _analysed(
            paths, out, language, stages, codebook, columns or [], encoder, study, quiet
        )
        written = save(out, _files(analysis))
        tell_refused(analysis.refused)
    if as_json:
        typer.echo(json.dumps(summary(analysis, written), ensure_ascii=True))
    elif not quiet:
        tell(analysis, written)
    if strict and analysis.refused:
        raise typer.Exit(Code.REFUSALS)


def _analysed(
    paths: list[Path],
    out: Path,
    language: Language,
    stages: str | None,
    codebook: str | None,
    columns: list[Path],
    encoder: str,
    study: str,
    quiet: bool,
) -> "Analysis":
    from research.analysing import analyse
    from research.exporters import BASIC

    written = frozenset(exporter.filename for exporter in BASIC)
    chosen = [part for path in paths for part in inputs(path, out, written)]
    with Bars(quiet=quiet) as bars:
        analysis = analyse(
            *chosen,
            language=language.value,
            stages=stages,
            codebook=codebook,
            columns=columns,
            encoder=encoder,
            study=study or paths[0].resolve().stem,
            progress=bars,
        )
        bars.finish()
    return analysis


def _files(analysis: "Analysis") -> dict[str, bytes]:
    """The exports to begin with, by the name of their files."""
    from research.exporters import BASIC
    from research.exporting import alone

    whole = alone(analysis)
    return {exporter.filename: exporter.export(whole) for exporter in BASIC}


@app.command()
def export(
    source: Annotated[
        str, typer.Argument(metavar="STUDY_OR_FILE", help="A study's id or name, or analysis.json.")
    ],
    out: Out,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="Which export; can be given again. Default: all.",
        ),
    ] = None,
    consent: Annotated[
        bool,
        typer.Option("--consent", help="Participants agreed to be named by pseudonym."),
    ] = False,
) -> None:
    """Write a study, or an analysis.json, in other formats; see `klantbeeld exporters`.

    \b
    Examples:
      klantbeeld export "Spring panel" --out results
      klantbeeld export results/analysis.json --out results --format pain-points-csv
    """
    from research.exporting import find_exporter, listed, written

    with guarded():
        check_folder(out)
        chosen = [find_exporter(name) for name in formats or ()]
        chosen = chosen or [e for e, card in listed() if consent or not card.consent]
        analysis = _taken(source)
        files = {
            w.plain: w.content for e in chosen for w in [written(e, analysis, consent=consent)]
        }
        paths = save(out, files)
    for path in paths:
        typer.echo(str(path))


def _taken(source: str) -> "Analysis":
    """The analysis in a file, or the view of a study."""
    from research.exporting import find_study, read_analysis, shown
    from research.settings import from_environment
    from research.store import open_store

    if source.endswith(".json") or Path(source).is_file():
        return read_analysis(Path(source))
    store = open_store(from_environment().home)
    try:
        return shown(store, find_study(store, source).id)
    finally:
        store.close()


@app.command("bring-back")
def bring_back(
    study: Annotated[str, typer.Argument(metavar="STUDY", help="A study's id or name.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The edited list, XLSX or CSV.")],
    decide: Annotated[
        bool, typer.Option("--decide", help="Make the changes, instead of only showing them.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also where somebody decided otherwise since.")
    ] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides.")] = "",
) -> None:
    """Show what an edited list of pain points would change, and with --decide change it.

    \b
    Examples:
      klantbeeld bring-back "Spring panel" pain-points.xlsx
      klantbeeld bring-back "Spring panel" pain-points.csv --decide --by Anne
    """
    from research.bringing_back import apply_changes, preview_list
    from research.exporting import find_study
    from research.readers.files import open_paths
    from research.settings import from_environment
    from research.store import open_store

    with guarded():
        store = open_store(from_environment().home)
        try:
            chosen = find_study(store, study).id
            opened = open_paths([file])
            if not opened.uploads:
                raise NotFound(f"{file}: cannot be read, or is empty.")
            preview = preview_list(store, chosen, opened.uploads[0])
            wanted = (*preview.changes, *(preview.conflicts if overwrite else ()))
            made = apply_changes(store, chosen, wanted if decide else (), by=by)
        finally:
            store.close()
    tell_preview(preview)
    typer.echo(f"{len(made)} decisions made" if decide else "Nothing decided; add --decide.")


@app.command()
def readers() -> None:
    """List what can be read, with an example of a file name."""
    from research.readers import READERS

    for reader in READERS:
        typer.echo(f"{reader.name}\t{reader.example.name}")


@app.command()
def exporters() -> None:
    """List what can be written, group by group, with what it is for."""
    from research.exporting import listed

    for exporter, card in listed():
        typer.echo(f"{exporter.name}\t{exporter.filename}\t{card.group}\t{card.purpose}")


@app.command()
def encoders() -> None:
    """List the language models that come along and those that suit other languages."""
    from research.encoders.known import KNOWN, how_to_fetch

    for known in KNOWN:
        where = "comes along" if known.bundled else how_to_fetch(known.id)
        facts = (known.languages, known.purpose, known.licence, f"{known.megabytes} MB", where)
        typer.echo("\t".join((known.id, *facts)))


@app.command()
def guide(
    language: Annotated[Language, typer.Option(help="The guide's language.")] = Language.en,
) -> None:
    """Print the interview guide that comes along, as Markdown."""
    from research.guides import as_text

    if language == Language.auto:
        raise typer.BadParameter("The guide is there in nl and en.", param_hint="--language")
    typer.echo(as_text(language.value))


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"klantbeeld {__version__}")
