"""Codebooks: the bundled ones, a file (JSON, CSV, REFI-QDA), or the themes of a study.

REFI-QDA codebooks (.qdc, version 1.0 of the exchange standard, 2019) come from NVivo,
ATLAS.ti, MAXQDA and others: codes nest, and a code's kind is taken from its name, those
above it, or a set it is in. In a whole project (.qdpx) the coded passages are examples.
"""

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from research.errors import BadCodebook, BadUpload
from research.model import Analysis, Code, Codebook, CodeKind, Upload
from research.readers.refi import Project, guid, is_project, open_project
from research.readers.refi_text import coded_parts, names_in
from research.readers.text import decode
from research.resources import CORPORA

BUNDLED = ("ecommerce", "saas", "services")
MOST, LONGEST, MOST_EXAMPLES = 1000, 2000, 12
ELSEWHERE = "give themes as JSON, CSV or a REFI-QDA codebook, see corpora/codebooks/README.md"
_PAIN = re.compile(
    r"\b(?:pains?|pain points?|pijn\w*|knelpunt\w*|problem\w*|problee?m\w*|frustrat\w*)\b"
)
_MOTIVE = re.compile(
    r"\b(?:motiv\w*|motief|motieven|needs?|behoeft\w*|wens\w*|wish\w*|goals?|doel\w*|drivers?|drijfver\w*)\b"
)
_COLUMNS = {
    "label": ("label", "name", "naam", "code", "theme", "thema"),
    "definition": ("definition", "description", "definitie", "omschrijving", "beschrijving"),
    "kind": ("kind", "type", "soort"),
    "examples": ("examples", "example", "voorbeelden", "voorbeeld"),
    "id": ("id", "guid"),
}


def load_codebook(path_or_name: str | Path) -> Codebook:
    """A bundled codebook by name, or one from a file. Raises `BadCodebook`."""
    if str(path_or_name) in BUNDLED:
        return bundled(str(path_or_name))
    path = Path(path_or_name)
    try:
        return parse_codebook(path.read_bytes(), path.name)
    except OSError as error:
        raise BadCodebook(f"{path.name}: cannot be read ({error.strerror})") from error


def parse_codebook(content: bytes, name: str) -> Codebook:
    """A codebook from a file's bytes; what it is shows from its beginning."""
    if is_project(Upload(name, content)):
        return _checked(Path(name).stem, Path(name).stem, _project(content, name), name)
    if content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return _checked(Path(name).stem, Path(name).stem, _refi(content, name), name)
    try:
        text = decode(Upload(name, content)).text.strip("\n ")
    except BadUpload as error:
        raise BadCodebook(f"{name}: {error.reason}") from error
    codes = _json(text, name) if text.startswith(("{", "[")) else _table(text, name)
    return _checked(Path(name).stem, Path(name).stem, codes, name)


@cache
def bundled(name: str) -> Codebook:
    """A starting codebook that comes with the project."""
    path = CORPORA / "codebooks" / f"{name}.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    return _checked(name, str(raw["name"]), _json(json.dumps(raw), path.name), path.name)


def of_analysis(analysis: Analysis) -> Codebook:
    """The themes of an earlier study, with their quotes as examples."""
    words = {s.id: s.text for s in analysis.statements}
    codes = [
        Code(
            id=theme.id,
            kind=theme.kind,
            stage="",
            label_nl=theme.label,
            label_en=theme.label,
            definition_nl=theme.definition,
            definition_en=theme.definition,
            examples=tuple(words[s] for s in theme.statements[:MOST_EXAMPLES]),
        )
        for theme in analysis.shown
    ]
    return _checked("study", analysis.study, codes, analysis.study)


def _checked(identity: str, name: str, codes: Iterable[Code], file: str) -> Codebook:
    found = tuple(codes)
    if not found:
        raise BadCodebook(f"{file}: there are no themes in it; {ELSEWHERE}")
    if len(found) > MOST:
        raise BadCodebook(f"{file}: more than {MOST} themes; leave some out")
    counts = Counter(c.id for c in found)
    if twice := next((c for c in found if counts[c.id] > 1), None):
        raise BadCodebook(f"{file}: two themes are called {twice.label_nl!r}; leave one out")
    return Codebook(identity, name, found)


def _json(text: str, file: str) -> list[Code]:
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadCodebook(f"{file}: not JSON ({error})") from error
    items = raw.get("themes", raw.get("codes")) if isinstance(raw, dict) else raw
    if not isinstance(items, list):
        raise BadCodebook(f"{file}: {ELSEWHERE}")
    return [_code({"label": i} if isinstance(i, str) else i, file) for i in items]


def _table(text: str, file: str) -> list[Code]:
    """A table with a line a theme: label, and definition, kind and examples (by `|`)."""
    try:
        dialect = csv.Sniffer().sniff(text[:4000], ";,\t")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = list(csv.DictReader(io.StringIO(text), dialect=dialect))
    except csv.Error as error:
        raise BadCodebook(f"{file}: not a table ({error})") from error
    return [_code(_renamed(row), file) for row in rows]


def _renamed(row: Mapping[str | None, object]) -> dict[str, object]:
    """A line by our own names of its columns."""
    given = {str(k).strip().lower(): v for k, v in row.items() if k is not None}
    found: dict[str, object] = {}
    for ours, names in _COLUMNS.items():
        value = next((given[n] for n in names if given.get(n)), "")
        found[ours] = value.split("|") if ours == "examples" and isinstance(value, str) else value
    return {**given, **found}


def _code(raw: object, file: str) -> Code:
    if not isinstance(raw, dict):
        raise BadCodebook(f"{file}: {ELSEWHERE}")
    nl, en = (_text(raw.get(f"label_{tongue}")) for tongue in ("nl", "en"))
    label = _text(raw.get("label"))
    first = nl or en or label
    if not first:
        raise BadCodebook(f"{file}: a theme has no label; {ELSEWHERE}")
    what = _text(raw.get("definition"))
    what_nl, what_en = (_text(raw.get(f"definition_{tongue}")) for tongue in ("nl", "en"))
    examples = [
        e for key in ("examples", "examples_nl", "examples_en") for e in _listed(raw.get(key))
    ]
    return Code(
        id=_text(raw.get("id")) or first,
        kind=_kind(_text(raw.get("kind"))),
        stage=_text(raw.get("stage")),
        label_nl=nl or label or en,
        label_en=en or label or nl,
        definition_nl=what_nl or what or what_en,
        definition_en=what_en or what or what_nl,
        cues=tuple(_listed(raw.get("cues"))),
        examples=tuple(examples[:MOST_EXAMPLES]),
    )


def _kind(text: str) -> CodeKind:
    said = text.lower()
    if _PAIN.search(said):
        return "pain"
    return "motivation" if _MOTIVE.search(said) else ""


def _text(value: object) -> str:
    return " ".join(str(value).split())[:LONGEST] if isinstance(value, str | int | float) else ""


def _listed(value: object) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value]
    return [text for item in items if (text := _text(item))]


def _refi(content: bytes, file: str) -> list[Code]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BadCodebook(f"{file}: not a REFI-QDA codebook ({error or 'unsafe XML'})") from error
    return _refi_codes(root)


def _project(content: bytes, file: str) -> list[Code]:
    """The codes of a project, with passages that people coded with them as examples."""
    try:
        project = open_project(Upload(file, content))
    except BadUpload as error:
        raise BadCodebook(f"{file}: {error.reason}") from error
    examples = _examples(project)
    return [
        replace(code, examples=tuple(examples.get(guid(code.id), ()))[:MOST_EXAMPLES])
        for code in _refi_codes(project.root)
    ]


def _examples(project: Project) -> dict[str, dict[str, None]]:
    """The coded passages by the id of their code, each once, without names of speakers."""
    found: dict[str, dict[str, None]] = {}
    for source in project.sources:
        parts = coded_parts(source)
        names = names_in(source.file) if parts and isinstance(source.file, Upload) else None
        for part in parts:
            text = _text(names.sub("[NAAM]", part.text) if names else part.text)
            for code in part.codes:
                found.setdefault(code, {}).setdefault(text)
    return found


def _refi_codes(root: Element) -> list[Code]:
    """The codes of a codebook or project, each with its kind."""
    sets = {
        member.get("guid") or member.get("targetGUID"): _kind(_text(group.get("name")))
        for group in root.iter()
        if group.tag.endswith("}Set")
        for member in group
        if member.tag.endswith("MemberCode")
    }
    found = _codes(root, ())
    return [replace(c, kind=c.kind or sets.get(c.id, "")) for c in found]


def _codes(parent: Element, above: tuple[str, ...]) -> Iterator[Code]:
    """The codes below an element that hold no others, or that may be used themselves."""
    for element in parent:
        tag = element.tag.rpartition("}")[2]
        name = _text(element.get("name"))
        if tag != "Code":
            yield from _codes(element, above) if tag in ("CodeBook", "Codes") else ()
            continue
        if name and element.get("isCodable", "true").lower() != "false":
            yield _refi_code(element, name, above)
        yield from _codes(element, (*above, name))


def _refi_code(element: Element, name: str, above: tuple[str, ...]) -> Code:
    description = next((_text(e.text) for e in element if e.tag.endswith("Description")), "")
    kinds = (_kind(part) for part in (name, *reversed(above)))
    return Code(
        id=_text(element.get("guid")) or name,
        kind=next((k for k in kinds if k), ""),
        stage="",
        label_nl=name,
        label_en=name,
        definition_nl=description,
        definition_en=description,
    )
