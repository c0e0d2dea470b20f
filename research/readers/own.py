"""What Klantbeeld wrote itself: results, which are no source of new ones."""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from research.errors import UnknownFormat
from research.model import Upload
from research.readers.files import extension

_BOM = rb"^(?:\xef\xbb\xbf)?"
_ANALYSIS = re.compile(rb'"schema"\s*:\s*"https://klantbeeld\.dev/schema/analysis')
_TABLE = re.compile(
    _BOM + rb'(?:"?id\b[^\n]*\bsingle_voice\b[^\n]*\bevidence_level\b'
    rb'|"?id"?,"?stage"?,"?stage_name"?,"?touchpoints"?,'
    rb'|"?persona_id"?,"?persona"?,"?review"?,"?participant"?,"?fits"?)'
)
_GRID = re.compile(_BOM + rb"(?:Rij|Row)\t[^\n]*\n(?:Doel van de klant|Customer goal)\t")
_ITEMS = re.compile(rb'"Title","Description","Priority","Status","Labels"[\s\S]*\n\nId: [a-z]+-')
_CODES = re.compile(
    _BOM + rb'(?:"?tag"?,"?description"?\r?\n|"?id"?,"?document"?,"?tag"?,"?content"?\r?\n)'
)
_LABELS = re.compile(
    rb'^\s*\{"id": "[^"\n]*", "text": [^\n]*"form": "[a-z]+", "rating": [^\n]*"lang": '
)
_SIGNED = re.compile(rb"\A[^\n]{0,200}\n?[^\n]{0,300} \xc2\xb7 klantbeeld \d")
_AUTHOR = re.compile(rb"/Author\s*\(klantbeeld \d")
_CREATOR = re.compile(rb"<dc:creator>klantbeeld\b", re.IGNORECASE)
_CORE, _MOST = "docProps/core.xml", 100_000
_TABLE_OF = "a table of results that Klantbeeld wrote"
_JSON = frozenset({".json", ".jsonl", ".ndjson", ".txt", ""})
_CSV = frozenset({".csv", ".tsv", ".txt", ""})
_SIGNS = (
    (_JSON, _ANALYSIS, "an analysis that Klantbeeld wrote"),
    (_CSV, _TABLE, _TABLE_OF),
    (_CSV, _GRID, _TABLE_OF),
    (_CSV, _ITEMS, _TABLE_OF),
    (_CSV, _CODES, "a table of codes or coded passages, as Taguette has them"),
    (_JSON, _LABELS, "labels that were taken along from Klantbeeld"),
    (frozenset({".txt", ".md", ""}), _SIGNED, "a document that Klantbeeld wrote"),
    (frozenset({".pdf"}), _AUTHOR, "a document that Klantbeeld wrote"),
)
_OFFICE = frozenset({".docx", ".xlsx", ".pptx"})


def refuse_own(upload: Upload) -> None:
    """Refuses a result of Klantbeeld by what it is; anything else may be a source."""
    ending = extension(upload.name)
    for endings, sign, what in _SIGNS:
        if ending in endings and sign.search(upload.content):
            raise _refused(upload.name, what)
    if ending in _OFFICE and _CREATOR.search(_core(upload.content)):
        raise _refused(upload.name, "a document that Klantbeeld wrote")


def _refused(name: str, what: str) -> UnknownFormat:
    return UnknownFormat(
        name, f"it is {what}: a result, not a source; add the files that it was made of"
    )


def _core(content: bytes) -> bytes:
    """What an Office file says of its maker; nothing when it does not say it plainly."""
    try:
        with ZipFile(BytesIO(content)) as archive, archive.open(_CORE) as part:
            return part.read(_MOST)
    except (BadZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError, zlib.error):
        return b""
