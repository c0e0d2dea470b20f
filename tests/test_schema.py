"""analysis.json against its schema, and the references that a schema cannot check."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import an_analysis
from jsonschema import Draft202012Validator

from research.exporters.analysis_json import SCHEMA, AnalysisJson
from research.model import Analysis

NAMES = ("sources", "passages", "participants", "statements", "themes", "personas")
DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((DOCS / "analysis.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def document() -> Any:
    return exported(an_analysis())


def exported(analysis: Analysis) -> Any:
    return json.loads(AnalysisJson().export(analysis))


def problems(schema: Any, document: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


def claims(document: Any) -> list[Any]:
    """Every claim of the personas and the maps."""
    cells = [cell for journey in document["maps"] for cell in journey["cells"]]
    return [claim for part in (*document["personas"], *cells) for claim in part["claims"]]


def references(document: Any) -> dict[str, list[str]]:
    """The ids that an analysis.json refers to, by the list they should be in."""
    cells = [cell for journey in document["maps"] for cell in journey["cells"]]
    themes, said = document["themes"], document["statements"]
    told = claims(document)
    tags = [tag for part in said for tag in part["stages"]]
    shares = [share for theme in themes for share in theme["stage_profile"]]
    lists = ("statements", "quotes", "loose", "counter")
    return {
        "sources": [p["source"] for p in (*document["passages"], *said)]
        + [source for part in (*document["participants"], *themes) for source in part["sources"]],
        "passages": [s["passage"] for s in said],
        "participants": document["unplaced"]
        + [s["participant"] for s in said]
        + [p for part in (*themes, *document["personas"]) for p in part["participants"]]
        + [p for persona in document["personas"] for p in persona["misfits"]],
        "statements": document["coverage"]["unplaced"]
        + [s for theme in themes for name in lists for s in theme[name]]
        + [s for claim in told for s in (*claim["statements"], *claim["counter"])]
        + [s for cell in cells for s in cell["statements"]],
        "themes": [c["theme"] for c in told if c["theme"]]
        + [t["nearest"] for t in themes if t["nearest"]],
        "personas": [m["persona"] for m in document["maps"] if m["persona"]],
        "stages": [part["stage"] for part in (*tags, *shares, *cells)]
        + [c["stage"] for c in told if c["stage"]],
    }


def dangling(document: Any) -> list[str]:
    """References that lead nowhere."""
    known = {name: {entry["id"] for entry in document.get(name, ())} for name in NAMES}
    known["stages"] = {stage["id"] for stage in document["taxonomy"]["stages"]}
    return [
        f"{name}: {one}"
        for name, ones in references(document).items()
        for one in ones
        if one not in known[name]
    ]


def test_the_schema_is_a_valid_schema(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA


def test_an_export_keeps_to_the_schema(schema: Any, document: Any) -> None:
    assert problems(schema, document) == []


def test_an_empty_analysis_keeps_to_the_schema(schema: Any) -> None:
    full = an_analysis()
    empty = replace(
        full,
        sources=(),
        refused=(),
        speakers=(),
        participants=(),
        statements=(),
        themes=(),
        personas=(),
        unplaced=(),
        maps=(),
        saturation=(),
        notes=(),
        coverage=replace(
            full.coverage, statements=0, pains_and_motivations=0, in_theme=0, staged=0
        ),
    )
    assert problems(schema, exported(empty)) == []


def test_every_reference_leads_somewhere(document: Any) -> None:
    assert dangling(document) == []


def test_a_reference_that_leads_nowhere_is_found(document: Any) -> None:
    document["themes"][0]["statements"].append("gone")
    document["maps"][0]["cells"][0]["stage"] = "gone"
    assert dangling(document) == ["statements: gone", "stages: gone"]


def test_every_statement_can_be_checked_from_the_file_alone(document: Any) -> None:
    passages = {p["id"]: p["text"] for p in document["passages"]}
    assert document["statements"]
    for statement in document["statements"]:
        text = passages[statement["passage"]]
        assert text[statement["start"] : statement["end"]] == statement["text"]


def test_a_source_tells_how_many_passages_it_has(document: Any) -> None:
    for source in document["sources"]:
        mine = [p for p in document["passages"] if p["source"] == source["id"]]
        assert source["passages"] == len(mine)


BREAKS = {
    "no study": lambda d: d.pop("study"),
    "another version": lambda d: d.update(schema="https://klantbeeld.dev/schema/analysis-2.json"),
    "an unknown key": lambda d: d.update(extra=1),
    "a kind that does not exist": lambda d: d["statements"][0].update(kind="complaint"),
    "a passage that is a number": lambda d: d["statements"][0].update(passage=3),
    "an end before anything": lambda d: d["statements"][0].update(end=0),
    "people as a list": lambda d: d["themes"][0].update(people=["p1"]),
    "a theme without evidence": lambda d: d["themes"][0].update(statements=[]),
    "a claim without evidence": lambda d: d["personas"][0]["claims"][0].update(statements=[]),
    "a share above one": lambda d: d["coverage"].update(share=1.5),
    "a made-up strength": lambda d: d["personas"][0]["claims"][0].update(strength="sure"),
    "a made-up status": lambda d: d["personas"][0].update(status="final"),
    "a cell without a level": lambda d: d["maps"][0]["cells"][0].pop("evidence_level"),
    "a real name beside the label": lambda d: d["participants"][0].update(name="Anna"),
    "settings that are a list": lambda d: d["made_by"].update(settings=[]),
}


@pytest.mark.parametrize("broken", BREAKS, ids=str)
def test_a_broken_export_does_not_pass(schema: Any, document: Any, broken: str) -> None:
    changed = deepcopy(document)
    BREAKS[broken](changed)
    assert problems(schema, changed)


def test_the_page_about_the_file_names_every_part(schema: Any) -> None:
    page = (DOCS / "analysis.md").read_text(encoding="utf-8")
    missing = [key for key in schema["properties"] if f"`{key}`" not in page]
    assert missing == []
