"""analysis.json: the whole analysis, for every other program. See docs/analysis.md."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass

from research.exporters.index import speakers
from research.exporters.provenance import is_draft
from research.model import (
    Analysis,
    Attributes,
    Cell,
    Claim,
    Coverage,
    JourneyMap,
    Participant,
    Passage,
    Persona,
    Source,
    Stage,
    Statement,
    Theme,
)
from research.serial import Json, to_json

SCHEMA = "https://klantbeeld.dev/schema/analysis-1.json"
DIGITS = 6


@dataclass(frozen=True, slots=True)
class AnalysisJson:
    """Writes analysis.json."""

    name: str = "analysis-json"
    filename: str = "analysis.json"
    media_type: str = "application/json"

    def export(self, analysis: Analysis) -> bytes:
        """Sorted keys, one space of indent, UTF-8; half a surrogate pair is escaped."""
        data = _rounded(document(analysis))
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
        return (text + "\n").encode("utf-8", "backslashreplace")


def document(analysis: Analysis) -> dict[str, Json]:
    """The analysis as plain data, in the shape of the schema."""
    order = {s.id: at for at, s in enumerate(_sources(analysis))}
    return {
        "schema": SCHEMA,
        "study": analysis.study,
        "language": analysis.language,
        "about": _about(analysis),
        "taxonomy": {
            "id": analysis.taxonomy.id,
            "stages": [_stage(s) for s in analysis.taxonomy.stages],
        },
        "sources": [_source(s) for s in _sources(analysis)],
        "refused": [{"name": n, "reason": r} for n, r in sorted(analysis.refused)],
        "speakers": [_but(s, ()) for s in speakers(analysis)],
        "passages": [_passage(s, p) for s in _sources(analysis) for p in s.passages],
        "participants": [_participant(p) for p in sorted(analysis.participants, key=_by_label)],
        "statements": [
            _statement(s)
            for s in sorted(
                analysis.statements, key=lambda s: (order[s.source], s.passage, s.start, s.id)
            )
        ],
        "themes": [_theme(t) for t in analysis.themes],
        "personas": [_persona(p) for p in analysis.personas],
        "unplaced": [*sorted(analysis.unplaced)],
        "outside": [*sorted(analysis.outside)],
        "maps": [_map(m) for m in analysis.maps],
        "coverage": _coverage(analysis.coverage),
        "saturation": to_json(analysis.saturation),
        "made_by": {
            **_but(analysis.made_by, ("settings",)),
            "settings": _attributes(analysis.made_by.settings),
        },
        "notes": to_json(analysis.notes),
        "to_check": to_json(analysis.to_check),
        "learned_from": to_json(analysis.learned_from),
    }


def _about(analysis: Analysis) -> dict[str, Json]:
    """How it was made: the study's name now, the day of the run, its version, who reviewed."""
    return {
        **_but(analysis.about, ("plans", "trends", "kpis")),
        "version": analysis.about.version,
        "draft": is_draft(analysis),
    }


def _sources(analysis: Analysis) -> list[Source]:
    return sorted(analysis.sources, key=lambda s: (s.name, s.id))


def _by_label(participant: Participant) -> tuple[int, str, str]:
    """Deelnemer 2 before Deelnemer 10."""
    return len(participant.label), participant.label, participant.id


def passage_id(source: str, index: int) -> str:
    """The id by which a statement points at its passage."""
    return f"{source}:{index}"


def _but(value: object, without: Iterable[str]) -> dict[str, Json]:
    """A value's fields as data, without some of them."""
    data = to_json(value)
    assert isinstance(data, dict)
    return {name: part for name, part in data.items() if name not in without}


def _attributes(attributes: Attributes) -> Json:
    return dict(attributes)


def _stage(stage: Stage) -> Json:
    return _but(stage, ("examples",))


def _source(source: Source) -> Json:
    return {**_but(source, ("passages",)), "passages": len(source.passages)}


def _passage(source: Source, passage: Passage) -> Json:
    return {
        **_but(passage, ("index", "attributes", "rating")),
        "id": passage_id(source.id, passage.index),
        "source": source.id,
        "rating": _finite(passage.rating),
    }


def _participant(participant: Participant) -> Json:
    return {
        **_but(participant, ("attributes",)),
        "attributes": _attributes(participant.attributes),
        "sources": [*sorted(participant.sources)],
    }


def _statement(statement: Statement) -> Json:
    stages = sorted(statement.stages, key=lambda tag: (-tag.score, tag.stage))
    return {
        **_but(statement, ("rating",)),
        "passage": passage_id(statement.source, statement.passage),
        "stages": [to_json(tag) for tag in stages],
        "rating": _finite(statement.rating),
    }


def _theme(theme: Theme) -> Json:
    return {
        **_but(theme, ("evidence",)),
        "statements": list(theme.statements),
        "people": theme.people,
        "single_voice": theme.single_voice,
    }


def _persona(persona: Persona) -> Json:
    return {
        **_but(persona, ("base", "claims", "demographics", "left_out")),
        "base": {
            **_but(persona.base, ("missing",)),
            "missing": [
                {"attribute": name, "value": value, "people": people}
                for name, value, people in persona.base.missing
            ],
        },
        "claims": [_claim(c) for c in persona.claims],
        "left_out": [_claim(c) for c in persona.left_out],
        "demographics": [
            {
                "attribute": d.attribute,
                "known": d.known,
                "values": [{"value": value, "people": people} for value, people in d.values],
            }
            for d in persona.demographics
        ],
    }


def _claim(claim: Claim) -> Json:
    return {**_but(claim, ("evidence",)), "statements": list(claim.statements)}


def _map(journey: JourneyMap) -> Json:
    return {**_but(journey, ("cells",)), "cells": [_cell(c) for c in journey.cells]}


def _cell(cell: Cell) -> Json:
    return {**_but(cell, ("claims",)), "claims": [_claim(c) for c in cell.claims]}


def _coverage(coverage: Coverage) -> Json:
    return {**_but(coverage, ()), "share": coverage.share}


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _rounded(data: Json) -> Json:
    """The data with as many digits as mean something."""
    if isinstance(data, float):
        return round(data, DIGITS) + 0.0
    if isinstance(data, list):
        return [_rounded(part) for part in data]
    if isinstance(data, dict):
        return {name: _rounded(part) for name, part in data.items()}
    return data
