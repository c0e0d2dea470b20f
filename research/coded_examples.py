"""A codebook from a file, with the coded passages of a project as examples, redacted.

What people said in a project passes the same redaction as what they say in a study: the
speakers and whoever is introduced in a source are known in all of its passages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from research.codebooks import BUNDLED, LONGEST, MOST_EXAMPLES, bundled, parse_codebook
from research.errors import BadCodebook, BadUpload
from research.model import Codebook, Passage, Reading, Upload
from research.readers import read_upload
from research.readers.refi import Project, guid, is_project, open_project
from research.readers.refi_text import Coded, coded_parts
from research.steps.language import with_languages
from research.steps.redact import redact

_NUMBER = re.compile(r"(?<=\w) \d+(?=\])")


def load_codebook(path_or_name: str | Path) -> Codebook:
    """A bundled codebook by name, or one from a file. Raises `BadCodebook`."""
    if str(path_or_name) in BUNDLED:
        return bundled(str(path_or_name))
    path = Path(path_or_name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadCodebook(f"{path.name}: cannot be read ({error.strerror})") from error
    return read_codebook(content, path.name)


def read_codebook(content: bytes, name: str) -> Codebook:
    """A codebook from a file's bytes; that of a project has examples. Raises `BadCodebook`."""
    book = parse_codebook(content, name)
    upload = Upload(name, content)
    if not is_project(upload):
        return book
    try:
        examples = _examples(open_project(upload))
    except BadUpload as error:
        raise BadCodebook(f"{name}: {error.reason}") from error
    codes = (
        replace(code, examples=tuple(examples.get(guid(code.id), ()))[:MOST_EXAMPLES])
        for code in book.codes
    )
    return replace(book, codes=tuple(codes))


def _examples(project: Project) -> dict[str, dict[str, None]]:
    """The coded passages by the id of their code, each once, without personal data."""
    found: dict[str, dict[str, None]] = {}
    for source in project.sources:
        parts = coded_parts(source)
        if not parts or not isinstance(source.file, Upload):
            continue
        for part, text in zip(parts, _redacted(parts, source.file), strict=True):
            for code in part.codes:
                found.setdefault(code, {}).setdefault(text[:LONGEST])
    return found


def _redacted(parts: Sequence[Coded], file: Upload) -> list[str]:
    """The texts of coded passages with placeholders, which count nothing here."""
    around = _passages(file)
    said = _as_passages((" ".join(part.text.split()) for part in parts), len(around))
    whole = Reading(source="", name=file.name, reader="refi", passages=(*around, *said))
    (whole,) = with_languages((whole,))
    redacted, _ = redact(whole, (), lambda passage: passage.language)
    return [_NUMBER.sub("", p.text) for p in redacted.passages[len(around) :]]


def _passages(file: Upload) -> tuple[Passage, ...]:
    """What is said in a source, which tells who its people are."""
    try:
        return read_upload(file).passages
    except BadUpload:
        return ()


def _as_passages(texts: Iterable[str], start: int) -> tuple[Passage, ...]:
    """Texts as turns of a talk, numbered on from others."""
    return tuple(
        Passage(index=start + n, text=text, voice="unnamed", channel="interview")
        for n, text in enumerate(texts)
    )
