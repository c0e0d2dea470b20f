"""From files to an analysis in one call, for notebooks and the command line."""

from collections.abc import Sequence
from pathlib import Path

from research import pipeline
from research.coded_examples import load_codebook
from research.contracts import Progress, silent
from research.encoders import load_encoder
from research.errors import BadUpload, KlantbeeldError
from research.model import Analysis, ColumnsMapping, Reading, Upload
from research.readers.archive import unpacked
from research.readers.chosen import AS_CHOSEN, from_file
from research.readers.files import open_paths
from research.stages import DEFAULT_TAXONOMY, load_taxonomy


def analyse(
    *paths: str | Path,
    language: str = "auto",
    stages: str | Path | None = None,
    codebook: str | Path | None = None,
    columns: Sequence[str | Path] = (),
    encoder: str = "",
    study: str = "",
    progress: Progress = silent,
) -> Analysis:
    """Analyse files and folders. Nothing is kept, and nothing leaves the machine.

    `codebook` is a file, or the name of one that comes along: its themes are matched first.
    `columns` are files that say how the columns of surveys are read, one for each form.
    """
    chosen = [Path(path) for path in paths]
    taxonomy = DEFAULT_TAXONOMY if stages is None else load_taxonomy(stages)
    known = None if codebook is None else load_codebook(codebook)
    model = load_encoder(encoder)
    forms = [_columns(Path(path)) for path in columns]
    opened = open_paths(chosen)
    parts = tuple(unpacked(opened.uploads))
    uploads = [p for p in parts if isinstance(p, Upload)]
    readings, refused = pipeline.read(uploads, progress, columns=forms)
    _check_used(forms, readings)
    packed = [(p.name, p.reason) for p in parts if isinstance(p, BadUpload)]
    material = pipeline.prepare(readings, (*opened.refused, *packed, *refused), language=language)
    return pipeline.interpret(
        material,
        study=study or (chosen[0].resolve().stem if chosen else "study"),
        taxonomy=taxonomy,
        codebook=known,
        encoder=model,
        progress=progress,
    )


def _columns(path: Path) -> ColumnsMapping:
    """The columns of a survey in a file. Raises `KlantbeeldError`."""
    try:
        return from_file(Upload(path.name, path.read_bytes()))
    except OSError as error:
        raise KlantbeeldError(f"{path}: {error.strerror or error}") from None


def _check_used(forms: Sequence[ColumnsMapping], readings: Sequence[Reading]) -> None:
    """Raises when columns were given and no survey has them, which else nobody would see."""
    if forms and not any(AS_CHOSEN in reading.notes for reading in readings):
        names = ", ".join(name for name, _ in forms[0].roles[:6])
        raise KlantbeeldError(
            f"None of the surveys that could be read has the columns that were given ({names}); "
            "look at them again on the survey's page."
        )
