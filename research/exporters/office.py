"""Word and PowerPoint files that are the same bytes for the same contents."""

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Protocol

from research.exporters.index import Index
from research.exporters.plain import one_line
from research.exporters.provenance import line, name_of, status_of
from research.exporters.workbook import moment

FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class Properties(Protocol):
    """What both libraries call a document's core properties."""

    title: str
    author: str
    last_modified_by: str
    comments: str
    content_status: str
    language: str
    revision: int
    created: datetime
    modified: datetime


def describe(properties: Properties, found: Index) -> None:
    """Say in a document's properties how it was made; its date is that of the run."""
    software = found.analysis.made_by.software
    day = moment(found.analysis.about.date).replace(tzinfo=None)
    properties.title = one_line(name_of(found.analysis))[:255]
    properties.author = properties.last_modified_by = one_line(software)[:255]
    properties.comments = one_line(line(found))[:255]
    properties.content_status = status_of(found)
    properties.language = found.words.language
    properties.revision = 1
    properties.created = properties.modified = day


def settled(content: bytes) -> bytes:
    """The zip file with one fixed date for all its parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(out, "w") as written:
        for entry in given.infolist():
            told = zipfile.ZipInfo(entry.filename, FIRST_DAY)
            told.compress_type = zipfile.ZIP_DEFLATED
            told.external_attr = 0o600 << 16
            written.writestr(told, given.read(entry.filename))
    return out.getvalue()
