"""An analysis.json read back, so that it can be taken away in other formats.

What the file does not hold is lost: how central a statement is (all are taken as equally
so, in their order), and what a run keeps to go on from.
"""

import json
from collections.abc import Mapping

from research.errors import BrokenFile
from research.exporters.analysis_json import SCHEMA
from research.model import Analysis
from research.serial import Json, from_json

Data = dict[str, Json]


def analysis_from_json(name: str, content: bytes) -> Analysis:
    """The analysis of an analysis.json. Raises `BrokenFile` with the file's name."""
    try:
        data = json.loads(content)
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise BrokenFile(name, f"this is no analysis.json of this version ({SCHEMA})")
        found = from_json(Analysis, _whole(data))
        _checked(found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenFile(name, "this analysis.json is damaged; export it again") from error
    return found


def _whole(data: Data) -> Data:
    """The file's data in the shape of the model."""
    told = {name: value for name, value in data.items() if name not in ("schema", "passages")}
    return {
        **told,
        "about": _about(data.get("about")),
        "taxonomy": _stages(_record(data["taxonomy"])),
        "sources": _sources(data),
        "refused": [[r["name"], r["reason"]] for r in map(_record, _list(data["refused"]))],
        "participants": [_participant(_record(p)) for p in _list(data["participants"])],
        "statements": [_statement(_record(s)) for s in _list(data["statements"])],
        "themes": [_evident(_record(t)) for t in _list(data["themes"])],
        "personas": [_persona(_record(p)) for p in _list(data["personas"])],
        "maps": [_map(_record(m)) for m in _list(data["maps"])],
        "made_by": _settings(_record(data["made_by"])),
    }


def _about(data: Json) -> Data:
    return (
        {n: v for n, v in data.items() if n not in ("version", "draft")}
        if isinstance(data, dict)
        else {}
    )


def _stages(data: Data) -> Data:
    return {**data, "stages": [{**_record(s), "examples": []} for s in _list(data["stages"])]}


def _sources(data: Data) -> Json:
    """The sources, each with its passages."""
    said: dict[Json, list[Json]] = {}
    for passage in map(_record, _list(data["passages"])):
        index = int(str(passage["id"]).rpartition(":")[2])
        said.setdefault(passage["source"], []).append({**passage, "index": index})
    found = map(_record, _list(data["sources"]))
    return [{**s, "passages": said.get(s["id"], [])} for s in found]


def _participant(person: Data) -> Data:
    return {**person, "attributes": _pairs(_record(person["attributes"]))}


def _statement(statement: Data) -> Data:
    return {**statement, "passage": int(str(statement["passage"]).rpartition(":")[2])}


def _evident(claim: Data) -> Data:
    """A theme or claim with its statements as evidence."""
    return {**claim, "evidence": [{"statement": s} for s in _list(claim["statements"])]}


def _persona(persona: Data) -> Data:
    base = _record(persona["base"])
    missing = map(_record, _list(base["missing"]))
    spreads = map(_record, _list(persona["demographics"]))
    return {
        **persona,
        "base": {
            **base,
            "missing": [[m["attribute"], m["value"], m["people"]] for m in missing],
        },
        "claims": [_evident(_record(c)) for c in _list(persona["claims"])],
        "left_out": [_evident(_record(c)) for c in _list(persona.get("left_out", []))],
        "demographics": [
            {**d, "values": [[v["value"], v["people"]] for v in map(_record, _list(d["values"]))]}
            for d in spreads
        ],
    }


def _map(journey: Data) -> Data:
    cells = map(_record, _list(journey["cells"]))
    return {
        **journey,
        "cells": [
            {**c, "claims": [_evident(_record(x)) for x in _list(c["claims"])]} for c in cells
        ],
    }


def _settings(made_by: Data) -> Data:
    return {**made_by, "settings": _pairs(_record(made_by["settings"]))}


def _pairs(data: Mapping[str, Json]) -> Json:
    return [[name, value] for name, value in data.items()]


def _record(data: Json) -> Data:
    if not isinstance(data, dict):
        raise TypeError("a record was expected")
    return data


def _list(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise TypeError("a list was expected")
    return data


def _checked(analysis: Analysis) -> None:
    """Follow every reference once. Raises `KeyError` where one leads nowhere."""
    sources = {s.id: {p.index: p for p in s.passages} for s in analysis.sources}
    people = {p.id for p in analysis.participants}
    for statement in analysis.statements:
        passage = sources[statement.source][statement.passage]
        if passage.text[statement.start : statement.end] != statement.text:
            raise ValueError("a statement is not in its passage")
        if statement.participant not in people:
            raise KeyError(statement.participant)
    known = {s.id for s in analysis.statements}
    held = [t.statements for t in analysis.themes]
    held += [c.statements for p in analysis.personas for c in p.claims]
    if any(not known.issuperset(statements) for statements in held):
        raise KeyError("a statement that is not there")
