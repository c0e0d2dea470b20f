"""People whom nobody introduces: known given names in a sentence, roles, sign-offs, initials."""

import re
from collections.abc import Iterator

from research.steps.redact_people import Person, names_at, person
from research.steps.redact_words import (
    PLACEHOLDER,
    given_names,
    not_names,
    only_names,
    plain,
    things,
    within_names,
    word_names,
    words,
)

_CAPITAL = re.compile(r"(?<![\w@#/.’'-])[^\W\d_a-z][^\W\d_]+(?![\w@/]|\.\w)")
_LOWER = re.compile(r"(?<![\w@#/.’'-])[a-zà-ÿ]{4,}(?![\w@/’'-]|\.\w)")
_SMALL = re.compile(r"[a-zà-ÿ]{4,}")
_BEFORE = re.compile(r"([^\W\d_]+\.?)[ ,\t\"“‘'(]*$")
_NEXT = re.compile(r"[ -]([^\W\d_]+)")
_TITLED_THINGS = words(  # what makes a thing of the name after it
    """the a an de het een hotel café cafe restaurant sint st st. saint station merk brand model
    villa camping bar lake storm hurricane orkaan king queen prince princess koning koningin
    prins prinses keizer paus pope san santa santo los port fort mount new nieuw nieuwe type
    versie in te winkel film boek book movie series"""
)
_THINGS_AFTER = words(  # what makes a thing of the name before it
    """huis house museum academie academy ziekenhuis hospital kliniek clinic school college
    university universiteit stichting foundation straat street road avenue laan lane plein
    square line station airport theater theatre park tower bridge brug centrum centre center
    makelaars makelaardij installaties installatie lodge airways airlines beach county test bv
    ltd inc app website webshop kast bookcase drawer ladekast tafel stoel chair lamp collectie
    collection serie series model edition editie bank sofa matras mattress jeans shoes schoenen
    perfume parfum"""
)
_WITHIN_BEFORE = re.compile(
    r"\b(?:told|asked|thank|thanked|emailed|texted|phoned|(?:spoke|spoken|talked|speaking)\s(?:to|with)"
    r"|chat\swith|bedank(?:t|ten)?|vroeg(?:\saan)?|tegen|(?:gesproken|sprak|gebeld|gepraat)\smet)\s$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\s(?:(?:zei|zegt|vertelde|belde|vroeg|appte|mailde|beloofde|hielp|said|says|told|texted|emailed"
    r"|promised|explained|helped|rang)\b|(?:van|from|at|on|in)\s(?:(?:de|the|jullie|your|uw)\s)?(?:front\s)?"
    r"(?:balie|klantenservice|helpdesk|receptie|administratie|bezorging|technische\sdienst|support|customer"
    r"\s(?:service|care|support)|help\s?desk|desk|reception|accounts|billing)\b)",
    re.IGNORECASE,
)
_ROLES = words(
    """collega monteur bezorger verkoper verkoopster medewerker medewerkster makelaar
    installateur adviseur adviseuse docent docente dokter huisarts tandarts kapper kapster
    receptionist receptioniste chauffeur postbode contactpersoon begeleider begeleidster
    accountmanager directeur directrice teamleider leidinggevende assistent assistente
    secretaresse buurman buurvrouw vertegenwoordiger huisgenoot huisgenote zoon zoontje dochter
    dochtertje moeder vader broer broertje zus zusje kleinzoon kleindochter schoonmoeder
    schoonvader schoonzoon schoondochter schoonzus zwager stiefzoon stiefdochter stiefmoeder
    stiefvader nichtje neefje nicht neef man vrouw vriend vriendin verloofde echtgenoot
    echtgenote oma opa tante oom baas chef colleague engineer technician fitter driver salesman
    saleswoman rep agent adviser advisor assistant receptionist director supervisor manager
    flatmate housemate neighbour neighbor nurse plumber teacher doctor gp son daughter mother
    father grandson granddaughter grandmother grandfather stepson stepdaughter law gran granny
    grandma grandad husband wife friend brother sister mum mom dad fiancé fiancée boyfriend
    girlfriend partner boss mate niece nephew cousin aunt uncle nan
    mari femme fils fille collègue voisin voisine sœur soeur frère mère père ami amie copain copine
    compagnon compagne patron patronne"""
)
_SOMEBODY = words(
    """jongen meisje dame heer meneer mevrouw persoon werknemer lad lass lady girl boy woman guy
    person employee gast"""
)
_CALLING = words("heet heette genaamd geheten called named")
_WHOSE = re.compile(
    r"\b(?:(?P<mine>mijn|m['’]n|onze|ons|haar|zijn|je|jouw|uw|my|our|his|her|your|their|mon|ma|notre)|de|een|the|an?)"
    r"\s(?:[a-zà-ÿ-]+[\s-]){0,2}$",
    re.IGNORECASE,
)
_SET_APART = (", ", " (")
_BESIDE = (" ", *_SET_APART)
_NAMES_ME = re.compile(
    r"(?:noemt (?:iedereen )?me|calls me|een zekere|a certain):? $", re.IGNORECASE
)
_FIELD = re.compile(
    r"(?:(?:^|[\n.;|])\s*(?:naam|name|klant|customer|contactpersoon|contact|agent|behandelaar"
    r"|melder|getekend|ondertekend|signed)|toegewezen\saan|assigned\sto|behandeld\sdoor|handled\sby)"
    r"\s?:\s+",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^|[\n.,!?] *)(?:(?:met\s)?(?:vriendelijke|hartelijke|warme|lieve)\s(?:groet(?:en|jes)?)"
    r"|groet(?:en|jes)?|gr\.?|mvg|m\.v\.g\.|liefs|(?:kind|best|warm)?\s?(?:regards|wishes)|best|cheers|love"
    r"|sincerely|yours(?:\ssincerely|\sfaithfully)?|(?:many\s)?thanks)(?:,\s*|\s*\n\s*|\s)",
    re.IGNORECASE,
)
_CLOSING = 90  # characters of a greeting and the name below it
_ENDS = re.compile(r"[\s.!x]*(?:\n|$)")
_INITIAL = re.compile(r"\b[A-Z]\.\s?[\w'’]")
_ABBREVIATED = words("US UK EU DC NY LA NHS PS BV NV AM PM TV IT")
_INITIALS = re.compile(
    r"(?:^|(?<=[\n,:(])\s?|\b(?:bij|van|door|groet|mevrouw|meneer|mw\.?|dhr\.?|by|from"
    r"|mrs?\.?|ms\.?|miss|regards|signed|en|and),?\s)(?P<initials>(?:[A-Z]\.\s?){1,4})"
)
_SEVERAL_INITIALS = re.compile(r"(?<![\w.])(?P<initials>(?:[A-Z]\.\s?){2,4})")


def named(text: str) -> Iterator[Person]:
    """The people whom a text names without introducing them."""
    text = PLACEHOLDER.sub("…", text)
    thing = 0
    for match in _CAPITAL.finditer(text):
        thing = max(thing, _thing_end(text, match))
        if match.start() < thing or _starts_plainly(text, match):
            continue
        before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
        if _is_given(text, match, before) or _is_placed(text, match, before):
            yield from (person(name) for name, _ in names_at(text, match.start()))
    yield from _in_fields(text)
    yield from _with_initials(text)
    if not only_names().isdisjoint(_SMALL.findall(text)):
        yield from (person(word) for word in _LOWER.findall(text) if word in only_names())


def _starts_plainly(text: str, match: re.Match[str]) -> bool:
    """Whether a word that is no given name has its capital from the start of a sentence."""
    start = match.start()
    begins = start == 0 or text[max(0, start - 2) : start - 1] in (".", "!", "?")
    word = match.group().lower()
    return begins and word not in given_names() and word not in within_names()


def _is_given(text: str, match: re.Match[str], before: re.Match[str] | None) -> bool:
    """Whether a capitalised word is somebody's given name where it stands."""
    word = match.group().lower()
    if word not in given_names() and word not in within_names():
        return False
    if word in not_names() or match.group().isupper():
        return False
    previous = before.group(1) if before else ""
    if previous.lower() in _TITLED_THINGS:
        return False
    if word not in word_names():
        return True
    if _SAYS.match(text, match.end()) and match.group()[1:].islower():
        return True
    if word not in within_names():
        return False
    return bool(_WITHIN_BEFORE.search(text[max(0, match.start() - 30) : match.start()])) or _within(
        text, match, previous
    )


def _thing_end(text: str, match: re.Match[str]) -> int:
    """Where the name of a brand or place ends that begins with a word; 0 when none does."""
    word = match.group().casefold()
    known = things().get(word, ())
    rest = text[match.start() : match.start() + 40].casefold().replace("’", "'") if known else ""
    for thing in known:
        if rest.startswith(thing) and not rest[len(thing) : len(thing) + 1].isalpha():
            return match.start() + len(thing)
    following = _NEXT.match(text, match.end())
    if following and following.group(1).lower() in _THINGS_AFTER:
        return following.end()
    return 0


def _within(text: str, match: re.Match[str], previous: str) -> bool:
    """Whether a word has its capital within a sentence that is not all in capitals."""
    if not previous.islower() or previous.endswith(".") or not match.group()[1:].islower():
        return False
    return text[max(0, match.start() - 9) : match.start()].rstrip(" \t(")[-1:].isalpha() or (
        text[max(0, match.start() - 2) : match.start()] == ", "
    )


def _is_placed(text: str, match: re.Match[str], before: re.Match[str] | None) -> bool:
    """Whether a word stands where a name does: beside a role, after "called"."""
    if not before or not match.group()[1:].islower():
        return False
    last = before.group(1).lower()
    ahead = text[max(0, before.start() - 40) : before.start()]
    between = text[before.end(1) : match.start()]
    if last in _ROLES:
        whose = _WHOSE.search(ahead)
        return bool(whose and (whose["mine"] or between in _SET_APART) and between in _BESIDE)
    if last in _SOMEBODY:
        return between in _SET_APART
    if last in _CALLING:
        return any(w.lower() in _ROLES or w.lower() in _SOMEBODY for w in ahead.split()[-2:])
    return bool(_NAMES_ME.search(text, max(0, match.start() - 24), match.start()))


def _in_fields(text: str) -> Iterator[Person]:
    """After `Name:`, and below a letter: whatever is written as names are."""
    for match in _FIELD.finditer(text) if ":" in text else ():
        yield from (person(name) for name, _ in names_at(text, match.end()) if _ordinary(name))
    for match in _SIGNED.finditer(text, 0 if "\n" in text else max(0, len(text) - _CLOSING)):
        for name, end in names_at(text, match.end()):
            if _ENDS.match(text, end) and _ordinary(name):
                yield person(name)


def _ordinary(name: str) -> bool:
    return name.split()[0][1:].islower()


def _with_initials(text: str) -> Iterator[Person]:
    """`J. de Vries`: initials where a name may stand, and a surname."""
    if not _INITIAL.search(text):
        return
    for pattern in (_INITIALS, _SEVERAL_INITIALS):
        for match in pattern.finditer(text):
            initials = match["initials"].strip()
            if plain(initials).upper() not in _ABBREVIATED:
                for name, _ in names_at(text, match.end(), titled=True):
                    yield Person(initials, name)
