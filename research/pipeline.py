"""The steps in order, from files to an analysis; the only file that knows them all."""

from collections.abc import Mapping, Sequence

from research import __version__
from research.contracts import Encoder, Progress, VectorCache, silent
from research.encoders import load_encoder
from research.encoders.known import BUNDLED, advice
from research.errors import BadUpload
from research.model import (
    Analysis,
    MadeBy,
    Reading,
    Role,
    StageTaxonomy,
    Theme,
    Upload,
)
from research.preparation import KNOWN_LANGUAGES, Material, prepare
from research.readers import read_upload
from research.regroup import coverage_of
from research.shape import shape
from research.stages import DEFAULT_TAXONOMY
from research.steps.codebook import bundled, likeness
from research.steps.coverage import saturation
from research.steps.follow import follow
from research.steps.identity import keep_persona_ids, keep_theme_ids
from research.steps.journey import draw_maps
from research.steps.people import eligible, gather, profiles
from research.steps.personas import Study, draft_personas
from research.steps.similarity import joined
from research.steps.themes import Meaning, find_themes
from research.understanding import NOTHING, Told, understand

__all__ = ["Material", "analyse", "interpret", "prepare", "read"]
STEPS = ("classify", "themes", "personas", "journey", "done")


def analyse(
    uploads: Sequence[Upload],
    *,
    study: str = "study",
    language: str = "auto",
    taxonomy: StageTaxonomy | None = None,
    encoder: Encoder | None = None,
    roles: Mapping[str, Role] | None = None,
    previous: Analysis | None = None,
    cache: VectorCache | None = None,
    progress: Progress = silent,
) -> Analysis:
    """Files to analysis in one go. Raises `NothingToAnalyse` when nobody says anything."""
    chosen = encoder or load_encoder()
    readings, refused = read(uploads, progress)
    material = prepare(readings, refused, language=language, roles=roles or {})
    return interpret(
        material,
        study=study,
        taxonomy=taxonomy or DEFAULT_TAXONOMY,
        encoder=chosen,
        previous=previous,
        cache=cache,
        progress=progress,
    )


def read(
    uploads: Sequence[Upload], progress: Progress = silent
) -> tuple[tuple[Reading, ...], tuple[tuple[str, str], ...]]:
    """What the readers find, and the files that were refused with the reason."""
    readings: list[Reading] = []
    refused: list[tuple[str, str]] = []
    for done, upload in enumerate(uploads):
        progress("read", done, len(uploads))
        try:
            readings.append(read_upload(upload))
        except BadUpload as error:
            refused.append((error.name, error.reason))
    progress("read", len(uploads), len(uploads))
    return tuple(readings), tuple(sorted(refused))


def interpret(
    material: Material,
    *,
    study: str,
    taxonomy: StageTaxonomy,
    encoder: Encoder,
    previous: Analysis | None = None,
    told: Told = NOTHING,
    cache: VectorCache | None = None,
    progress: Progress = silent,
) -> Analysis:
    """Kinds, stages, themes, personas and maps.

    `cache` may hold the vectors already; `told` are the labels that people and a second
    coder gave to statements.
    """
    tell = _Steps(progress, STEPS, begun=1)
    heard = understand(
        material, taxonomy=taxonomy, encoder=encoder, told=told, cache=cache, progress=progress
    )
    read, look, statements = heard.read, heard.look, heard.statements
    tell()
    book = likeness(bundled(), statements, read.themes, look)
    meaning = Meaning(statements, joined(read.themes, heard.vectors), heard.built_in, book)
    found, trees = find_themes(meaning, taxonomy.ids, look, material.language, told.dial)
    proposed = keep_theme_ids(found, previous)
    themes = _decided(proposed, meaning, told)
    tell()
    visible = tuple(t for t in themes if not t.hidden)
    whole = Study(material.language, material.participants, statements, visible, taxonomy.ids)
    rows = eligible(material.participants, visible)
    grouping = gather(rows, profiles(rows, meaning, visible))
    personas = keep_persona_ids(draft_personas(whole, grouping), previous)
    tell()
    maps = draw_maps(whole, personas)
    tell()
    placed = {p for persona in personas for p in persona.participants}
    return Analysis(
        study=study,
        language=material.language,
        taxonomy=taxonomy,
        sources=material.sources,
        refused=material.refused,
        speakers=material.speakers,
        participants=material.participants,
        statements=statements,
        themes=themes,
        personas=personas,
        unplaced=tuple(p.id for p in material.participants if p.id not in placed),
        maps=maps,
        coverage=coverage_of(statements, themes),
        saturation=saturation(themes),
        made_by=_made_by(encoder, heard.tagger, taxonomy, material.language),
        notes=(*material.notes, *_advice(material, encoder)),
        to_check=heard.to_check,
        learned_from=tuple(s.id for s in statements if s.id in {*told.corrections, *_placed(told)}),
        decided=tuple(d.id for d in told.decisions),
        proposed=proposed if told.decisions else (),
        trees=trees,
    )


def _placed(told: Told) -> frozenset[str]:
    """The statements that people put in a theme, or out of one, one by one."""
    moved = {d.target for d in told.decisions if d.action == "set-theme"}
    apart = {s for d in told.decisions if d.action == "split-theme" for s in d.anchors}
    return frozenset(moved | apart)


def _decided(proposed: tuple[Theme, ...], meaning: Meaning, told: Told) -> tuple[Theme, ...]:
    """The themes as people decided them, and what says nearly the same goes along."""
    if not told.decisions:
        return proposed
    themes = shape(proposed, meaning.statements, told.decisions)
    fixed = {s for d in told.decisions for s in d.anchors if d.action != "set-theme"}
    return follow(themes, meaning.statements, meaning.vectors, _placed(told), fixed)


def _advice(material: Material, encoder: Encoder) -> tuple[str, ...]:
    """Which models suit the study, where the bundled one was not made for its language."""
    other = any(s.language not in (*KNOWN_LANGUAGES, "") for s in material.statements)
    bundled = encoder.id in {known.id for known in BUNDLED}
    return (advice(),) if other and bundled else ()


class _Steps:
    """Tells the progress which of the named steps begins, one call after another."""

    def __init__(self, progress: Progress, names: Sequence[str], *, begun: int) -> None:
        self._progress = progress
        self._names = names
        self._at = begun

    def __call__(self) -> None:
        self._progress(self._names[self._at], self._at + 1, len(self._names))
        self._at += 1


def _made_by(encoder: Encoder, tagger: str, taxonomy: StageTaxonomy, language: str) -> MadeBy:
    return MadeBy(
        software=f"klantbeeld {__version__}",
        encoder=encoder.id,
        encoder_revision=encoder.revision,
        tagger=tagger,
        settings=(("language", language), ("stages", taxonomy.id)),
    )
