"""Stage taxonomies: the bundled ones, and a study's own file."""

import json
import re
from functools import cache
from pathlib import Path

from research.errors import BadStages
from research.model import Stage, StageTaxonomy
from research.resources import CORPORA

BUILT_IN = ("awareness", "consideration", "purchase", "service", "loyalty")
BUNDLED = ("five-stages", "three-stages")
_Raw = dict[str, object]


def load_taxonomy(path_or_name: str | Path = "five-stages") -> StageTaxonomy:
    """A bundled taxonomy by name, or one from a JSON file. Raises `BadStages`."""
    if str(path_or_name) in BUNDLED:
        return _bundled(str(path_or_name))
    path = Path(path_or_name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadStages(f"{path.name}: cannot be read as a text file ({error})") from error
    return parse_taxonomy(text, path.stem, path.name)


def parse_taxonomy(text: str, name: str, file: str = "") -> StageTaxonomy:
    """A taxonomy from JSON: {"stages": […]}, a list of stages, or a list of names.

    `touchpoints` beside `stages` are the study's own: {"name": ["word", …]}.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadStages(f"{file or name}: not JSON ({error})") from error
    items = raw.get("stages") if isinstance(raw, dict) else raw
    if not isinstance(items, list) or not items:
        raise BadStages(f"{file or name}: give a list of stages, see corpora/stages/README.md")
    identity = str(raw.get("id", name)) if isinstance(raw, dict) else name
    stages = tuple(_stage(item, file or name) for item in items)
    if len({s.id for s in stages}) != len(stages):
        raise BadStages(f"{file or name}: two stages have the same id or name")
    return StageTaxonomy(identity, stages, _touchpoints(raw, file or name))


@cache
def _bundled(name: str) -> StageTaxonomy:
    text = (CORPORA / "stages" / f"{name}.json").read_text(encoding="utf-8")
    return parse_taxonomy(text, name)


def _stage(item: object, file: str) -> Stage:
    raw: _Raw = {"id": item} if isinstance(item, str) else item if isinstance(item, dict) else {}
    name_nl, name_en = _pair(raw.get("name"))
    identity = str(raw.get("id") or name_en or name_nl).strip()
    if not identity:
        raise BadStages(f"{file}: a stage has neither an id nor a name")
    definition_nl, definition_en = _pair(raw.get("definition"))
    return Stage(
        id=re.sub(r"\s+", "-", identity.lower()),
        name_nl=name_nl or identity,
        name_en=name_en or identity,
        definition_nl=definition_nl,
        definition_en=definition_en,
        like=_like(raw, identity, file),
        touchpoints=_words(raw.get("touchpoints")),
        kpis=_words(raw.get("kpis")),
        examples=_words(raw.get("examples")),
    )


def _touchpoints(raw: object, file: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    given = raw.get("touchpoints", {}) if isinstance(raw, dict) else {}
    if not isinstance(given, dict) or not all(isinstance(w, list) for w in given.values()):
        raise BadStages(f'{file}: give touchpoints as {{"name": ["word", "other word"]}}')
    return tuple((str(name), _words(words)) for name, words in given.items())


def _like(raw: _Raw, identity: str, file: str) -> tuple[str, ...]:
    given = raw.get("like")
    like = (given,) if isinstance(given, str) else _words(given)
    unknown = [stage for stage in like if stage not in BUILT_IN]
    if unknown:
        raise BadStages(f"{file}: `like` of {identity} may hold {', '.join(BUILT_IN)}")
    return like or ((identity.lower(),) if identity.lower() in BUILT_IN else ())


def _pair(value: object) -> tuple[str, str]:
    """A text given once, or per language: (Dutch, English)."""
    if isinstance(value, dict):
        dutch, english = str(value.get("nl", "")), str(value.get("en", ""))
        return dutch or english, english or dutch
    return (str(value), str(value)) if value else ("", "")


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list | tuple) else ()


DEFAULT_TAXONOMY = load_taxonomy()
