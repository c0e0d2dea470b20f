"""The steps in order, from files to an analysis; the only file that knows them all."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from research import __version__
from research.contracts import Encoder, Progress, VectorCache, Vectors, silent
from research.encoders import HybridEncoder, StatementReader, load_encoder
from research.encoders.known import BUNDLED, advice
from research.errors import BadUpload
from research.model import (
    Analysis,
    MadeBy,
    Reading,
    Role,
    StageTaxonomy,
    Statement,
    Upload,
)
from research.preparation import KNOWN_LANGUAGES, Material, prepare
from research.readers import read_upload
from research.stages import DEFAULT_TAXONOMY
from research.steps.classify import Understood, classify
from research.steps.codebook import bundled, likeness
from research.steps.coverage import measure, saturation
from research.steps.identity import keep_persona_ids, keep_theme_ids
from research.steps.journey import draw_maps
from research.steps.journey_stages import describe, shares_of, tag_stages
from research.steps.people import eligible, gather, profiles
from research.steps.personas import Study, draft_personas
from research.steps.similarity import joined
from research.steps.tagger import Read, as_read
from research.steps.themes import Meaning, find_themes

__all__ = ["Material", "analyse", "embed", "interpret", "prepare", "read"]
BUILT_IN = ("awareness", "consideration", "purchase", "service", "loyalty")


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


def encoders(chosen: Encoder) -> tuple[Encoder, ...]:
    """All a run embeds with: the statement network, and the chosen encoder if another."""
    embedded = HybridEncoder()
    if (chosen.id, chosen.revision) == (embedded.id, embedded.revision):
        return (StatementReader(embedded),)
    return StatementReader(embedded), chosen


def looking(
    reader: Encoder, texts: Sequence[str], values: Vectors
) -> Callable[[Sequence[str]], Read]:
    """A function that reads texts with the statement network, each text once.

    `values` are its vectors of `texts`, which are known already.
    """
    known = dict(zip(texts, values, strict=True))

    def look(some: Sequence[str]) -> Read:
        new = [text for text in dict.fromkeys(some) if text not in known]
        if new:
            known.update(zip(new, embed(new, reader), strict=True))
        found = [known[text] for text in some]
        return as_read(np.array(found, dtype=np.float32).reshape(len(found), values.shape[1]))

    return look


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


def embed(
    texts: Sequence[str],
    encoder: Encoder,
    cache: VectorCache | None = None,
    progress: Progress = silent,
) -> Vectors:
    """A vector per text, shape (texts, dimensions); what the cache knows is not redone."""
    if not texts:
        return encoder.encode([])
    unique = sorted(set(texts))
    model = f"{encoder.id}@{encoder.revision}"
    known = cache.get_many(model, unique) if cache else {}
    new = [text for text in unique if text not in known]
    have = len(unique) - len(new)
    progress("embed", have, len(unique))
    if new:
        made = encoder.encode(new, lambda done: progress("embed", have + done, len(unique)))
        if cache:
            cache.put_many(model, new, made)
        known |= dict(zip(new, made, strict=True))
    progress("embed", len(unique), len(unique))
    return np.array([known[text] for text in texts], dtype=np.float32)


def interpret(
    material: Material,
    *,
    study: str,
    taxonomy: StageTaxonomy,
    encoder: Encoder,
    previous: Analysis | None = None,
    cache: VectorCache | None = None,
    progress: Progress = silent,
) -> Analysis:
    """Kinds, stages, themes, personas and maps.

    `cache` may hold the vectors already (see `encoders`).
    """
    tell = _Steps(progress, ("classify", "themes", "personas", "journey", "done"))
    texts = [s.text for s in material.statements]
    reader, *others = encoders(encoder)
    values = embed(texts, reader, cache, progress)
    read = as_read(values)
    vectors = embed(texts, encoder, cache, progress) if others else read.vectors
    tell()
    understood = classify(material.statements, read)
    look = looking(reader, texts, values)
    statements = _with_stages(understood, taxonomy, look)
    tell()
    book = likeness(bundled(), statements, read.themes, look)
    meaning = Meaning(statements, joined(read.themes, vectors), _built_in(understood), book)
    themes = find_themes(meaning, taxonomy.ids, look, material.language)
    themes = keep_theme_ids(themes, previous)
    tell()
    whole = Study(material.language, material.participants, statements, themes, taxonomy.ids)
    rows = eligible(material.participants, themes)
    grouping = gather(rows, profiles(rows, meaning, themes))
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
        coverage=measure(statements, themes),
        saturation=saturation(themes),
        made_by=_made_by(encoder, understood, taxonomy, material.language),
        notes=(*material.notes, *_advice(material, encoder)),
    )


def _advice(material: Material, encoder: Encoder) -> tuple[str, ...]:
    """Which models suit the study, where the bundled one was not made for its language."""
    other = any(s.language not in (*KNOWN_LANGUAGES, "") for s in material.statements)
    bundled = encoder.id in {known.id for known in BUNDLED}
    return (advice(),) if other and bundled else ()


class _Steps:
    """Tells the progress which of the named steps begins, one call after another."""

    def __init__(self, progress: Progress, names: Sequence[str]) -> None:
        self._progress = progress
        self._names = names
        self._at = 0

    def __call__(self) -> None:
        self._progress(self._names[self._at], self._at + 1, len(self._names))
        self._at += 1


def _with_stages(
    understood: Understood, taxonomy: StageTaxonomy, look: Callable[[Sequence[str]], Read]
) -> tuple[Statement, ...]:
    described = [describe(s) for s in (*taxonomy.stages, *DEFAULT_TAXONOMY.stages)]
    needed = any(not s.like for s in taxonomy.stages)
    vectors = look(described).vectors if needed else np.zeros((len(described), 1), np.float32)
    count = len(taxonomy.stages)
    shares = shares_of(taxonomy, vectors[:count], vectors[count:])
    return tag_stages(
        understood.statements, understood.stages, understood.stage_classes, taxonomy, shares
    )


def _built_in(understood: Understood) -> Vectors:
    columns = [understood.stage_classes.index(name) for name in BUILT_IN]
    return np.asarray(understood.stages[:, columns], dtype=np.float32)


def _made_by(
    encoder: Encoder, understood: Understood, taxonomy: StageTaxonomy, language: str
) -> MadeBy:
    return MadeBy(
        software=f"klantbeeld {__version__}",
        encoder=encoder.id,
        encoder_revision=encoder.revision,
        tagger=understood.tagger,
        settings=(("language", language), ("stages", taxonomy.id)),
    )
