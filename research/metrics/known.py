"""The bundled metrics, and the stage of a study that a metric belongs to."""

import json
from dataclasses import dataclass
from functools import cache

from research.model import Stage, StageTaxonomy
from research.readers.table import key
from research.resources import CORPORA


@dataclass(frozen=True, slots=True)
class Known:
    """A metric that comes with the project; `names` are all it is called, as keys."""

    id: str
    name_nl: str
    name_en: str
    stage: str
    unit: str
    up: bool | None
    adds: bool
    names: frozenset[str]

    def name(self, language: str) -> str:
        """What it is called in a language (`nl`, or anything else for English)."""
        return self.name_nl if language == "nl" else self.name_en


@dataclass(frozen=True, slots=True)
class Placed:
    """The stage of a metric, empty when it is not known, and why (one phrase)."""

    stage: str
    reason: str


@cache
def every() -> dict[str, Known]:
    """The bundled metrics by id."""
    path = CORPORA / "kpis" / "kpis.json"
    raw = json.loads(path.read_text(encoding="utf-8"))["kpis"]
    return {
        k["id"]: Known(
            id=k["id"],
            name_nl=k["name"]["nl"],
            name_en=k["name"]["en"],
            stage=k["stage"],
            unit=k["unit"],
            up=k["up"],
            adds=k["adds"],
            names=frozenset(map(key, (k["id"], *k["name"].values(), *k["also"]))),
        )
        for k in raw
    }


@cache
def find(name: str) -> Known | None:
    """The bundled metric of that name; units and remarks in brackets do not count."""
    bare = name.partition("(")[0] or name
    wanted = {key(name), key(bare), key(bare.replace("%", ""))}
    return next((k for k in every().values() if wanted & k.names), None)


def place(name: str, taxonomy: StageTaxonomy) -> Placed:
    """The stage of a study in which a metric is shown.

    A stage that lists the metric among its measures comes first, then the stage that
    takes the signals of the metric's usual one.
    """
    known = find(name)
    names = known.names if known else frozenset({key(name)})
    for stage in taxonomy.stages:
        if any(key(listed) in names for listed in stage.kpis):
            return Placed(stage.id, "the stages of this study list it there")
    if known is None:
        return Placed("", "its name is not one that is known")
    stage_id = next((s.id for s in taxonomy.stages if known.stage in (*s.like, s.id)), "")
    return Placed(
        stage_id, "usual for this metric" if stage_id else "no stage is like its usual one"
    )


def stage_named(text: str, taxonomy: StageTaxonomy) -> str:
    """The stage that a cell of a table names; empty when the study has none like it."""
    wanted = key(text)
    if not wanted:
        return ""
    exact = (s.id for s in taxonomy.stages if wanted in _names(s))
    like = (s.id for s in taxonomy.stages if wanted in map(key, s.like))
    return next(exact, "") or next(like, "")


def _names(stage: Stage) -> set[str]:
    return {key(stage.id), key(stage.name_nl), key(stage.name_en)}
