"""JSON files as one value, parsed once however many readers look at it."""

import json
from functools import lru_cache

from research.errors import BadUpload
from research.model import Upload
from research.readers.text import decode, looks_like_text

Json = object
Members = dict[str, Json]
_MARKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def parse(text: str) -> Json | None:
    """The JSON value of a text; None when it is none."""
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


@lru_cache(maxsize=1)
def json_of(upload: Upload) -> Json | None:
    """The one JSON value that a file is; None when it is none. Kept until the next file."""
    if upload.content[:200].lstrip(_MARKS)[:1] not in (b"{", b"["):
        return None
    if not looks_like_text(upload.content):
        return None
    try:
        return parse(decode(upload).text)
    except BadUpload:
        return None


def members(value: Json) -> Members:
    """The members of a JSON object; none of anything else."""
    return value if isinstance(value, dict) else {}


def objects(value: Json) -> list[Members]:
    """The JSON objects in a list, in order; none of anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
