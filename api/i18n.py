"""The language of the pages: which one a visitor wants, and its catalogue."""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import Request

LANGUAGES = ("nl", "en")
DEFAULT = "nl"
COOKIE = "klantbeeld-language"
LOCALE = Path(__file__).resolve().parent / "locale"


@cache
def catalogue(language: str) -> GNUTranslations:
    """The translations of a language, compiled from its .po file."""
    with (LOCALE / language / "LC_MESSAGES" / "klantbeeld.po").open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


def language_of(request: Request) -> str:
    """The cookie's language, else the browser's first that we speak, else Dutch."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> str:
    """The best of our languages for an Accept-Language header."""
    wanted = sorted((_weighed(part) for part in header.split(",")), key=lambda w: -w[1])
    spoken = [code for code, weight in wanted if code in LANGUAGES and weight > 0]
    return spoken[0] if spoken else DEFAULT


def _weighed(part: str) -> tuple[str, float]:
    """A language code of an Accept-Language header and its weight."""
    code, _, quality = part.partition(";q=")
    try:
        weight = float(quality) if quality else 1.0
    except ValueError:
        weight = 0.0
    return code.strip().lower().partition("-")[0], weight
