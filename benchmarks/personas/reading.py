"""A planted study as the contestants get it: read by the software, or by its writer's labels."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from benchmarks.personas.contestants import Given
from benchmarks.personas.planted import Line, Planted
from research import pipeline
from research.contracts import Encoder
from research.encoders import load_encoder
from research.model import KINDS, Evidence, Statement, Theme
from research.preparation import Material
from research.stages import DEFAULT_TAXONOMY
from research.steps.people import eligible
from research.steps.themes import Meaning, find_themes
from research.understanding import Heard, understand


def material_of(study: Planted) -> Material:
    """The study's files, read and cut as in a run."""
    readings, refused = pipeline.read(study.uploads())
    return pipeline.prepare(readings, refused)


@cache
def _encoder() -> Encoder:
    return load_encoder()


def understood(material: Material) -> Heard:
    """Its statements, read and labelled as in a run."""
    return understand(material, taxonomy=DEFAULT_TAXONOMY, encoder=_encoder())


def heard(study: Planted) -> Given:
    """What the software makes of the files, under the people's planted names."""
    material = material_of(study)
    told = understood(material)
    meaning = pipeline.meaning_of(told)
    themes, _ = find_themes(meaning, DEFAULT_TAXONOMY.ids, told.look, material.language)
    names = {s.id: s.name.removesuffix(".txt") for s in material.sources}
    who = {p.id: names[p.sources[0]] for p in material.participants}
    people = eligible(material.participants, themes)
    return _renamed(people, meaning, themes, who, study.personas)


def _renamed(
    people: Sequence[str],
    meaning: Meaning,
    themes: Sequence[Theme],
    who: dict[str, str],
    personas: int,
) -> Given:
    """The same with the planted names of people, in their order."""
    said = tuple(replace(s, participant=who[s.participant]) for s in meaning.statements)
    named = tuple(
        replace(t, participants=tuple(sorted(who[p] for p in t.participants))) for t in themes
    )
    meant = replace(meaning, statements=said)
    return Given(tuple(sorted(who[p] for p in people)), meant, named, personas)


def by_labels(study: Planted) -> Given:
    """Statements as they were written, with the kinds and themes that were meant."""
    statements = tuple(_statement(i, line) for i, line in enumerate(study.lines))
    told = understood(Material("nl", (), (), (), (), statements, (), ()))
    meaning = pipeline.meaning_of(told)
    said = {s.id: line for s, line in zip(statements, study.lines, strict=True)}
    kept = tuple(_relabelled(s, said[s.id]) for s in meaning.statements)
    themes = tuple(_theme(name, [s for s in kept if said[s.id].theme == name])
                   for name in sorted({line.theme for line in study.lines} - {""}))  # fmt: skip
    people = tuple(sorted(study.persona_of))
    return Given(people, replace(meaning, statements=kept), themes, study.personas)


def _statement(number: int, line: Line) -> Statement:
    return Statement(
        id=f"{line.participant}-{number:04}",
        source=line.participant,
        participant=line.participant,
        passage=line.turn,
        start=0,
        end=len(line.text),
        text=line.text,
        place="",
        channel="interview",
        language="nl",
        question=line.question,
    )


def _relabelled(statement: Statement, line: Line) -> Statement:
    kind = next(k for k in KINDS if k == line.kind)
    return replace(statement, kind=kind, valence=line.valence)


def _theme(name: str, members: Sequence[Statement]) -> Theme:
    kind = "motivation" if members[0].kind == "motivation" else "pain"
    return Theme(
        id=f"{kind}-{name}",
        kind=kind,
        label=name,
        definition="",
        evidence=tuple(Evidence(s.id) for s in members),
        participants=tuple(sorted({s.participant for s in members})),
        sources=tuple(sorted({s.source for s in members})),
        quotes=(),
        stage_profile=(),
        valence=float(np.mean([s.valence for s in members])),
        stability=1.0,
        family="",
        nearest="",
    )
