"""From files to an analysis in one call, for notebooks and the command line."""

from pathlib import Path

from research import pipeline
from research.codebooks import load_codebook
from research.contracts import Progress, silent
from research.encoders import load_encoder
from research.errors import BadUpload
from research.model import Analysis, Upload
from research.readers.archive import unpacked
from research.readers.files import open_paths
from research.stages import DEFAULT_TAXONOMY, load_taxonomy


def analyse(
    *paths: str | Path,
    language: str = "auto",
    stages: str | Path | None = None,
    codebook: str | Path | None = None,
    encoder: str = "",
    study: str = "",
    progress: Progress = silent,
) -> Analysis:
    """Analyse files and folders. Nothing is kept, and nothing leaves the machine.

    `codebook` is a file, or the name of one that comes along: its themes are matched first.
    """
    chosen = [Path(path) for path in paths]
    taxonomy = DEFAULT_TAXONOMY if stages is None else load_taxonomy(stages)
    known = None if codebook is None else load_codebook(codebook)
    model = load_encoder(encoder)
    opened = open_paths(chosen)
    parts = tuple(unpacked(opened.uploads))
    readings, refused = pipeline.read([p for p in parts if isinstance(p, Upload)], progress)
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
