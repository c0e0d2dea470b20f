"""The steps in order, from files to an analysis; the only file that knows them all."""

from collections.abc import Mapping, Sequence

from research import __version__
from research.contracts import Encoder, Progress, VectorCache, Vectors, silent
from research.embedding import embed
from research.encoders import load_encoder
from research.encoders.known import BUNDLED, advice
from research.errors import BadUpload
from research.model import (
    Analysis,
    Codebook,
    ColumnsMapping,
    MadeBy,
    Persona,
    Reading,
    Role,
    StageTaxonomy,
    Statement,
    Theme,
    Upload,
)
from research.preparation import KNOWN_LANGUAGES, Material, prepare
from research.readers import read_upload
from research.regroup import coverage_of
from research.shape import shape
from research.stages import DEFAULT_TAXONOMY
from research.steps.codebook import bundled, likeness
from research.steps.coding import NO_BOOK, Book, placed, with_kinds
from research.steps.follow import follow
from research.steps.identity import keep_persona_ids, keep_theme_ids
from research.steps.journey import draw_maps
from research.steps.people import Grouping, eligible, gather
from research.steps.personas import Study, draft_personas
from research.steps.saturation import saturation
from research.steps.similarity import joined
from research.steps.themes import Meaning, candidates, find_themes
from research.understanding import NOTHING, Heard, Told, understand

__all__ = ["Material", "analyse", "interpret", "meaning_of", "prepare", "read"]
STEPS = ("classify", "themes", "personas", "journey", "done")


def analyse(
    uploads: Sequence[Upload],
    *,
    study: str = "study",
    language: str = "auto",
    taxonomy: StageTaxonomy | None = None,
    codebook: Codebook | None = None,
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
        codebook=codebook,
        encoder=chosen,
        previous=previous,
        cache=cache,
        progress=progress,
    )


def read(
    uploads: Sequence[Upload],
    progress: Progress = silent,
    *,
    columns: Sequence[ColumnsMapping] = (),
) -> tuple[tuple[Reading, ...], tuple[tuple[str, str], ...]]:
    """What the readers find, and the files that were refused with the reason.

    `columns` are the columns of surveys as people chose them.
    """
    readings: list[Reading] = []
    refused: list[tuple[str, str]] = []
    for done, upload in enumerate(uploads):
        progress("read", done, len(uploads))
        try:
            readings.append(read_upload(upload, columns=columns))
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
    codebook: Codebook | None = None,
    previous: Analysis | None = None,
    told: Told = NOTHING,
    cache: VectorCache | None = None,
    progress: Progress = silent,
) -> Analysis:
    """Kinds, stages, themes, personas and maps.

    `codebook` is matched before anything is grouped. `cache` may hold the vectors already;
    `told` is what people and a second coder said of statements and themes.
    """
    tell = _Steps(progress, STEPS, begun=1)
    heard = understand(
        material, taxonomy=taxonomy, encoder=encoder, told=told, cache=cache, progress=progress
    )
    tell()
    statements, meaning = heard.statements, meaning_of(heard)
    language, look = material.language, heard.look
    team = _team(codebook, heard, encoder, cache, language)
    found, trees = find_themes(meaning, taxonomy.ids, look, language, told.dial, team)
    proposed = keep_theme_ids(found, previous)
    themes = _decided(proposed, meaning, told)
    tell()
    whole = _whole(material, statements, themes, taxonomy)
    people = _people(whole, meaning)
    personas = keep_persona_ids(draft_personas(whole, people), previous)
    tell()
    maps = draw_maps(whole, personas)
    tell()
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
        unplaced=_in_none(material, personas),
        outside=tuple(people.people[i] for i in people.outside),
        maps=maps,
        coverage=coverage_of(statements, themes),
        saturation=saturation(themes),
        made_by=_made_by(encoder, heard.tagger, taxonomy, language, codebook),
        notes=(*material.notes, *_advice(material, encoder)),
        to_check=heard.to_check,
        learned_from=_learned_from(statements, told),
        decided=told.decided,
        proposed=proposed if told.decisions else (),
        trees=trees,
        candidates=candidates(meaning, themes),
    )


def _whole(
    material: Material,
    statements: tuple[Statement, ...],
    themes: Sequence[Theme],
    taxonomy: StageTaxonomy,
) -> Study:
    """What personas and maps are made from: themes that somebody hid are left out."""
    shown = tuple(t for t in themes if not t.hidden)
    return Study(material.language, material.participants, statements, shown, taxonomy.ids)


def _people(whole: Study, meaning: Meaning) -> Grouping:
    """The people who said enough, in groups."""
    return gather(eligible(whole.participants, whole.themes), meaning, whole.themes)


def _in_none(material: Material, personas: Sequence[Persona]) -> tuple[str, ...]:
    """The participants who are in no persona."""
    described = {p for persona in personas for p in persona.participants}
    return tuple(p.id for p in material.participants if p.id not in described)


def _learned_from(statements: Sequence[Statement], told: Told) -> tuple[str, ...]:
    """The statements that people judged, as far as they are there."""
    judged = {*told.corrections, *_placed(told)}
    return tuple(s.id for s in statements if s.id in judged)


def meaning_of(heard: Heard) -> Meaning:
    """What themes are made from."""
    book = likeness(bundled(), heard.statements, heard.read.themes, heard.look)
    rows = joined(heard.read.themes, heard.vectors)
    named = joined(heard.read.themes, heard.read.vectors)
    return Meaning(heard.statements, rows, heard.built_in, book, named)


def _team(
    codebook: Codebook | None,
    heard: Heard,
    encoder: Encoder,
    cache: VectorCache | None,
    language: str,
) -> Book:
    """The study's codebook, each code where its words lie and of the kind that they say."""
    if codebook is None:
        return NO_BOOK

    def place(texts: Sequence[str]) -> Vectors:
        return joined(heard.look(texts).themes, embed(list(texts), encoder, cache))

    codes = with_kinds(codebook.codes, heard.look)
    return Book(codes, placed(codes, place), language)


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


def _made_by(
    encoder: Encoder, tagger: str, taxonomy: StageTaxonomy, language: str, codebook: Codebook | None
) -> MadeBy:
    return MadeBy(
        software=f"klantbeeld {__version__}",
        encoder=encoder.id,
        encoder_revision=encoder.revision,
        tagger=tagger,
        settings=(
            ("language", language),
            ("stages", taxonomy.id),
            *((("codebook", codebook.name),) if codebook else ()),
        ),
    )
