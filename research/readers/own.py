"""What Klantbeeld wrote itself: results, which are no source of new ones."""

import re

from research.errors import UnknownFormat
from research.model import Upload
from research.readers.files import extension

_ANALYSIS = re.compile(rb'"schema"\s*:\s*"https://klantbeeld\.dev/schema/analysis')
_TABLE = re.compile(rb'^(?:\xef\xbb\xbf)?"?id\b[^\n]*\bsingle_voice\b[^\n]*\bevidence_level\b')
_LABELS = re.compile(
    rb'^\s*\{"id": "[^"\n]*", "text": [^\n]*"form": "[a-z]+", "rating": [^\n]*"lang": '
)
_JSON = frozenset({".json", ".jsonl", ".ndjson", ".txt", ""})
_SIGNS = (
    (_JSON, _ANALYSIS, "an analysis that Klantbeeld wrote"),
    (frozenset({".csv", ".txt", ""}), _TABLE, "a table of results that Klantbeeld wrote"),
    (_JSON, _LABELS, "labels that were taken along from Klantbeeld"),
)


def refuse_own(upload: Upload) -> None:
    """Refuses a result of Klantbeeld by what it is; anything else may be a source."""
    ending = extension(upload.name)
    for endings, sign, what in _SIGNS:
        if ending in endings and sign.search(upload.content):
            raise UnknownFormat(
                upload.name,
                f"it is {what}: a result, not a source; add the files that it was made of",
            )
