"""Names of people: where they are introduced, greeted or titled."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from research.steps.redact_words import (
    PLACEHOLDER,
    given_names,
    lower_names,
    not_names,
    plain,
    word_names,
    words,
)

_PARTICLES = words(
    "van von de den der des het 't ’t ter ten te la le el di da du del bin al y op in"
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OWN_S = re.compile(r"['’]s$")

# What stands before a name; what the name must then be, `introduced` says.
_SURE = re.compile(
    r"\b(?:(?:mijn|m['’]?n)\s+naam\s+is|(?:ik|ze|zij|hij|die)\s+heet(?:te)?"
    r"|(?:je|u)\s+spreekt\s+(?:hier\s+)?met|spreekt\s+u\s+met"
    r"|(?:my|his|her)\s+name(?:\s+is|\s+was|['’]s)|i\s*(?:am|['’]m)\s+called"
    r"|mein\s+name\s+ist|(?:ich|er|sie|der|die)\s+hei(?:ß|ss)[et]|sie\s+sprechen\s+mit"
    r"|je\s+m['’]appelle|(?:il|elle)\s+s['’]appelle|mon\s+nom\s+est"
    r"|naam\s*:|vorname\s*:|nachname\s*:|nom\s*:|prénom\s*:)[\s,]+(?:eh[m]?[\s,]+)?",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:ik\s+ben|i\s+am|i['’]?m|call\s+me|noem\s+me|noem\s+mij)\s+", re.IGNORECASE
)
# In German every noun has a capital: after these only a known given name counts.
_KNOWN = re.compile(
    r"\b(?:ich\s+bin|hier\s+ist|hier\s+spricht|je\s+suis|moi\s+c['’]est|ici"
    r"|(?:mein|unser|sein|ihr)(?:e[mnrs]?)?\s+(?:mann|frau|sohn|tochter|kollegen?|kollegin"
    r"|nachbarn?|nachbarin|schwester|bruder|mutter|vater|freund(?:in)?|chef(?:in)?|oma|opa|tante"
    r"|onkel|cousine?|partner(?:in)?))[ ,]+(?:die\s+|der\s+)?",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:hi|hello|hey|hiya|hoi|hallo|hai|hey|dag|thanks(?:\s+(?:a\s+lot|so\s+much|again))?"
    r"|thank\s+you(?:\s+(?:so|very)\s+much)?|cheers|bedankt|dank\s?je(?:\s?wel)?|dank\s?u(?:\s?wel)?"
    r"|dear|beste|lieve|welkom|welcome|sorry|go+d(?:e\s?)?(?:morgen|middag|avond)"
    r"|good\s+(?:morning|afternoon|evening)|morning|this\s+is|it['’]s|dit\s+is"
    r"|guten\s+(?:tag|morgen|abend)|moin|servus|grüezi|liebe[rn]?|danke(?:\s+schön)?|vielen\s+dank"
    r"|grüße|grüsse|gruß|lg|bonjour|bonsoir|salut|coucou|merci(?:\s+beaucoup)?|ch(?:er|ère)|bienvenue"
    r"|cordialement|bises|groet(?:en|jes)?|mvg|regards|liefs)[ \t,!]+(?:met\s+)?",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:[Mm]evrouw|[Mm]eneer|[Mm]ijnheer|[Dd]hr|[Mm]evr|[Mm]w|M(?:r|rs|s|iss)|[Dd]r|[Pp]rof|Herrn?"
    r"|(?<!ine )(?<!iner )Frau|Mme|Mlle|[Mm]adame|[Mm]onsieur|[Mm]ademoiselle|M(?=\.))\.?\s+"
)
_HERE = re.compile(r"\s+(?:here|hier|speaking|aan\s+de\s+(?:lijn|telefoon))\b", re.IGNORECASE)
_OPENING = re.compile(r"^\W*(?:\w+[,!.]?\s+){0,2}?(?:met\s+)?(?=[^\W\d_a-z])")
_PAUSE = {"", ",", ".", "!", "?", "\n", ";", ":"}
_FOLLOWS = re.compile(
    r"\s*(?:[,.!?;:…]|$|-|–)|\s+(?:en|and|uit|from|van|of|hier|here|dus|so|und|aus|et|de)\b"
)


Accepts = Callable[[str, str, int], bool]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody: the given name and the rest of the name, either may be missing."""

    first: str
    last: str = ""

    @property
    def full(self) -> str:
        """The name as one text."""
        return f"{self.first} {self.last}".strip()


def person(name: str, titled: bool = False) -> Person:
    """A name taken apart; after a title a single name is a surname."""
    parts = name.split()
    if titled and (len(parts) == 1 or parts[0].lower() in _PARTICLES):
        return Person("", name)
    return Person(parts[0], " ".join(parts[1:])) if parts else Person("")


def merged(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each person once, under the fullest name they are given."""
    known: dict[str, Person] = {}
    for someone in sorted(people, key=lambda p: not (p.first and p.last)):
        names = _names_of(someone)
        if names and names[0] not in known:
            for name in names:
                known.setdefault(name, someone)
    return tuple(dict.fromkeys(known.values()))


def _names_of(someone: Person) -> list[str]:
    """What someone can be called, the fullest first."""
    surname = someone.last.split()[-1] if someone.last else ""
    called = (someone.full, someone.first, someone.last, surname)
    return list(dict.fromkeys(plain(name) for name in called if plain(name)))


def introduced(text: str) -> Iterator[Person]:
    """The people whom a text names in a place where only a name stands."""
    text = PLACEHOLDER.sub("…", text)
    for match in _SURE.finditer(text):
        yield from _taken(text, match.end(), _any_name)
    for match in _SELF.finditer(text):
        yield from _taken(text, match.end(), _self_name)
    for match in _KNOWN.finditer(text):
        yield from _taken(text, match.end(), _given)
    for match in _GREETING.finditer(text):
        yield from _taken(text, match.end(), _greeted)
    for match in _TITLE.finditer(text):
        for name, _ in names_at(text, match.end(), titled=True):
            yield person(name, titled=True)
    opening = _OPENING.match(text[:200])
    if opening:
        yield from _taken(text, opening.end(), _here)


def names_at(text: str, start: int, titled: bool = False) -> Iterator[tuple[str, int]]:
    """The capitalised name at a place and where it ends; none when there is no name."""
    taken: list[tuple[int, str]] = []
    position = start
    pending: list[tuple[int, str]] = []
    while match := _NAME_WORD.match(text, position):
        word = _OWN_S.sub("", match.group())
        end = match.start() + len(word)
        if word[0].isupper() and _may_be_name(word):
            taken += [*pending, (end, word)]
            pending = []
        elif word.lower() in _PARTICLES and (taken or titled):
            pending.append((end, word))
        else:
            break
        if len(taken) + len(pending) >= 5 or text[end : end + 1] != " ":
            break
        position = end + 1
    if taken:
        yield " ".join(word for _, word in taken), taken[-1][0]


def _may_be_name(word: str) -> bool:
    return word.lower() not in not_names() and not (word.isupper() and len(word) in (2, 3))


def _taken(text: str, start: int, accepts: Accepts) -> Iterator[Person]:
    """The person at a place, when the kind of place accepts the name."""
    for name, end in names_at(text, start):
        if accepts(text, name, end):
            yield person(name)
            again = re.compile(rf",\s+(?={re.escape(name.split()[0])}\s)").match(text, end)
            if again:
                yield from (person(full) for full, _ in names_at(text, again.end()))
        return
    match = _NAME_WORD.match(text, start)
    if match and accepts in (_any_name, _self_name) and _clear_name(text, match):
        yield person(match.group())


def _clear_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word without capital is a given name, nothing else, and then a pause."""
    word = match.group().lower()
    return word in lower_names() and bool(_FOLLOWS.match(text, match.end()))


def _any_name(text: str, name: str, end: int) -> bool:
    """After "my name is": whatever is capitalised."""
    return True


def _self_name(text: str, name: str, end: int) -> bool:
    """After "I'm": a known given name, or capitalised words and then a pause."""
    known = name.split()[0].lower() in given_names()
    plain_case = all(w[1:].islower() or "-" in w for w in name.split() if w[0].isupper())
    return known or (plain_case and bool(_FOLLOWS.match(text, end)))


def _given(text: str, name: str, end: int) -> bool:
    """After "ich bin": a known given name that is nothing else, or one with a pause after it."""
    first = name.split()[0].lower()
    clear = first not in word_names() or bool(_FOLLOWS.match(text, end))
    return first in given_names() and clear


def _greeted(text: str, name: str, end: int) -> bool:
    """After "hoi": a given name, and a pause after it when it is a word too."""
    first = name.split()[0].lower()
    clear = first not in word_names() or text[end : end + 1] in _PAUSE
    return first in given_names() and (clear or bool(_HERE.match(text, end)))


def _here(text: str, name: str, end: int) -> bool:
    """Before "here" at the start of a turn: a given name."""
    return name.split()[0].lower() in given_names() and bool(_HERE.match(text, end))
