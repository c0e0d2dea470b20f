"""What the file of an export is called: study, what it is, date and version."""

import re
import unicodedata
from pathlib import PurePath

from research.model import About

LONGEST = 60
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


def plain_name(filename: str, about: About) -> str:
    """The file's name in letters that every system takes: `webshop-report-2026-03-31-v3.12.html`.

    What is not known is left out; a study without a Latin letter in its name is `study`.
    """
    slug = _slug(about.study) if about.study else ""
    return _joined(slug, filename, about)


def full_name(filename: str, about: About) -> str:
    """The same with the study's name as it is written, but for what no file name may hold."""
    name = " ".join(_UNSAFE.sub(" ", about.study).split())
    kept = "".join(c for c in name if not unicodedata.category(c).startswith("C"))
    return _joined(kept[:LONGEST].strip(" ."), filename, about)


def _joined(study: str, filename: str, about: About) -> str:
    path = PurePath(filename)
    parts = (study, path.stem, about.date, about.version)
    return "-".join(part for part in parts if part) + path.suffix


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    ascii_only = letters.encode("ascii", "ignore").decode("ascii")
    return _NOT_PLAIN.sub("-", ascii_only).strip("-")[:LONGEST].strip("-") or "study"
