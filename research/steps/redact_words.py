"""What redaction steps share: finds, placeholders and the bundled word lists."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from research.resources import CORPORA

# category: the word in Dutch, in English
WORDS: dict[str, tuple[str, str]] = {
    "name": ("NAAM", "NAME"),
    "email": ("E-MAIL", "EMAIL"),
    "phone": ("TELEFOON", "PHONE"),
    "account": ("REKENING", "ACCOUNT"),
    "postcode": ("POSTCODE", "POSTCODE"),
    "address": ("ADRES", "ADDRESS"),
    "number": ("NUMMER", "NUMBER"),
    "birthdate": ("GEBOORTEDATUM", "BIRTH DATE"),
    "profile": ("PROFIEL", "PROFILE"),
}
_CATEGORY = {word: category for category, pair in WORDS.items() for word in pair}
PLACEHOLDER = re.compile(rf"\[({'|'.join(map(re.escape, _CATEGORY))}) (\d{{1,9}})\]")
_DIGIT = re.compile(r"\d")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Find:
    """Personal data in a text: where it stands, what it is, and its value made comparable."""

    start: int
    end: int
    category: str
    key: str


def placeholder(category: str, number: int, language: str) -> str:
    """The placeholder as the reader of that language sees it, such as `[NAAM 1]`."""
    dutch, english = WORDS[category]
    return f"[{dutch if language == 'nl' else english} {number}]"


def numbers_in(texts: Iterable[str]) -> dict[str, int]:
    """The highest number each category already has in the texts."""
    highest: dict[str, int] = {}
    for text in texts:
        for word, number in PLACEHOLDER.findall(text) if "[" in text else ():
            category = _CATEGORY[word]
            highest[category] = max(highest.get(category, 0), int(number))
    return highest


def apart(text: str, finds: Iterable[Find]) -> list[Find]:
    """The finds that do not overlap a placeholder or an earlier find, left to right."""
    kept: list[Find] = []
    taken = bytearray(len(text))
    for mark in PLACEHOLDER.finditer(text):
        taken[mark.start() : mark.end()] = b"\1" * (mark.end() - mark.start())
    for find in finds:
        if find.start < find.end and not any(taken[find.start : find.end]):
            taken[find.start : find.end] = b"\1" * (find.end - find.start)
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)


def has_digit(text: str) -> bool:
    """Whether there is a digit in a text."""
    return _DIGIT.search(text) is not None


def words(text: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(text.split())


def plain(value: str) -> str:
    """A value made comparable: letters and digits only, in lower case."""
    return "".join(c for c in value.casefold() if c.isalnum())


@cache
def given_names() -> frozenset[str]:
    """Given names, in lower case."""
    return lower_names() | _listed("given_names.txt") | _listed("capital_names.txt")


@cache
def lower_names() -> frozenset[str]:
    """Given names that are nothing else, even without a capital."""
    return (_listed("given_names.txt") | _listed("more_given_names.txt")) - word_names()


@cache
def only_names() -> frozenset[str]:
    """Given names that are no word of Dutch or English at all, in lower case."""
    return lower_names() - _listed("capital_names.txt")


@cache
def word_names() -> frozenset[str]:
    """Names that are everyday words too."""
    return _listed("word_names.txt")


@cache
def not_names() -> frozenset[str]:
    """Capitalised words that follow an introduction and are not names."""
    return _listed("not_names.txt")


@cache
def within_names() -> frozenset[str]:
    """Those of the word names that are given names when they have a capital within a sentence."""
    return _listed("within_names.txt")


@cache
def things() -> dict[str, tuple[str, ...]]:
    """Brands and places that begin with a given name, by that name, in lower case."""
    text = (CORPORA / "names" / "things.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            first = re.split(r"[ '-]", line)[0]
            found[first] = (*found.get(first, ()), line)
    return found


def _listed(file: str) -> frozenset[str]:
    lines = (CORPORA / "names" / file).read_text(encoding="utf-8").splitlines()
    return words(" ".join(line.partition("#")[0] for line in lines))
