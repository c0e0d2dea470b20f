"""Where people live: postcodes and street addresses: Dutch, Belgian, British, German
and French."""

import re
from collections.abc import Iterator

from research.steps.redact_words import Find, has_digit, plain, words

_DUTCH_CODE = re.compile(
    r"(?<![\w.,/€-])[1-9]\d{3}(?:[ \u00a0]?(?!SA|SD|SS)[A-Z]{2}|(?!sa|sd|ss)[a-z]{2})(?!\w)"
)
_NOT_LETTERS = words(
    """EN OF IN OP TO OR AT IS DE ET AN AS BY IF IT ME MY NO ON SO UP WE DO GO HE BE AM PM NA ZO JA
    TE ER AL DE DIE HET KG KM CM MM GB MB TB KB HZ PX PK NL EU UK US DM ML KW KV VA XL ST ND RD TH
    PT EM MS NM CC"""
)
_PLACE_NEXT = re.compile(r"[ ,]+[^\W\d_a-z]\w")
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL "
    "LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM "
    "SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_BRITISH_CODE = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_AREAS.split(), key=lambda a: (-len(a), a)))})"
    r"\d[A-Z\d]? ?\d(?!GB|TB)[ABD-HJLNP-UW-Z]{2}(?!\w)"
)
_BELGIAN_CODE = re.compile(r"(?:\bB-|\bpostcode(?:\s+is|:)?\s+)([1-9]\d{3})(?!\w)", re.IGNORECASE)

# Five digits are a postcode where something says so: a word, a country, the street before it.
_FIVE = re.compile(
    r"(?:\b(?:PLZ|Postleitzahl|code\s+postal|CP)(?:\s+(?:ist|est))?[\s:]+|\b[DF]-"
    r"|\[(?:ADRES|ADDRESS)\s\d+\],?\s+)(?P<value>\d{5})(?!\w)"
    r"|\b(?:in|aus|nach)\s(?P<german>\d{2}(?!000)\d{3})\s(?=[^\W\d_a-z][^\W\d_A-Z])"
    r"|\b(?:à|sur|habite)\s(?P<french>\d{5})\s(?=[^\W\d_a-z][^\W\d_A-Z])"
)

_NUMBER = (
    r"\d{1,4}(?!\d)(?:[ -]?[a-zA-Z](?!\w)|[ -]?(?:bis|hs|huis|rood|zwart)\b)?"
    r"(?:[-/]\d{1,3}(?!\d))?(?:[-/][a-zA-Z](?!\w))?(?:\s(?:bus|bte)\s\w{1,4})?"
)
_UNIT = (
    r"(?!\s?(?:%|€|euro|uur|uren|dag|week|weken|maand|jaar|min|km|keer|x\b|stuks|personen|m2|meter"
    r"|kilometer|uhr|stunden?|tagen?|wochen?|monaten?|mal\b|stück|hours?|days?|times|people|pm\b|am\b|[.,:]\d|of\s\d|t/m|tot\s\d))"
)
_ENDINGS = (
    "straat|straatje|laan|weg|plein|pleintje|gracht|kade|dijk|hof|hofje|pad|singel|dreef|steeg|"
    "plantsoen|baan|park|dam|markt|wal|haven|ring|lei|vest|oord|akker|kamp|erf|burg|stede|horst|"
    "donk|meent|rak|sluis|brug|poort|veste|steenweg|boulevard|allee|"
    "straße|strasse|str\\.|gasse|platz|ufer|chaussee|damm"
)
_STREET = re.compile(
    rf"(?P<kind>{_ENDINGS})\s(?:nr\.?\s|nummer\s)?{_NUMBER}{_UNIT}(?!\w)", re.IGNORECASE
)
_NAME_WORD = re.compile(r"[^\W_][\w'’.-]*|['’]t")
_BACK = 80  # characters before a street's ending that may hold the rest of its name
_LAAN_VAN = re.compile(
    rf"\b(?:Laan|Plein|Weg|Hof|Park|Kade|Burgemeester|Baan)\s(?:(?:van|der|den|de|het|’t|'t|op|aan)\s)+"
    rf"[^\W\d_a-z]\w+(?:[ -][^\W\d_a-z]\w+){{0,2}}\s{_NUMBER}{_UNIT}(?!\w)"
)
_BEFORE_CODE = re.compile(
    rf"\b[^\W\d_a-z][^\W\d_A-Z][\w'’.-]*(?:\s[\w'’.-]+){{0,3}}?\s{_NUMBER}(?=[\s,]+[1-9]\d{{3}}\s?[A-Z]{{2}}\b)"
)
_SURE_KINDS = words(
    "straat straatje laan plein gracht kade singel plantsoen steenweg straße strasse"
)
_NOT_STREETS = words(
    """onderweg halverwege
    terugweg heenweg snelweg uitweg omweg middenweg wegweg supermarkt
    arbeidsmarkt woningmarkt huizenmarkt rommelmarkt weg hof pad baan park dam markt wal haven ring
    lei vest oord akker kamp erf burg brug sluis poort straat laan plein gracht kade dijk singel
    rotonde loopbaan renbaan landingsbaan ijsbaan zwembad speelpark pretpark wagenpark vakantiepark
    bungalowpark themapark amsterdam rotterdam zaandam volendam schiedam edam monnickendam
    leiding opleiding website notering tilburg middelburg limburg luxemburg hamburg
    arbeitsplatz parkplatz sitzplatz stellplatz spielplatz platz gasse straße
    strasse str. ufer damm """
)
_SMALL = words("van de der den het 't ’t ter ten te aan op in en la le du des")
_NOT_FIRST = words(
    """ik we wij je u hij zij ze op in aan bij naar van de het een mijn onze ons en of maar dus want
    toen nu vandaag adres woon wonen woont is was te ich wir sie er es wohne wohnen
    der die das den dem mein meine adresse nach bei zum zur vom"""
)
_TYPES = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Crescent|Terrace|Place|Square|Sq|"
    "Gardens|Grove|Way|Row|Mews|Hill|Boulevard|Blvd|Parade|Walk|Green|View|Rise|Wharf|Quay"
)
_BRITISH = re.compile(
    rf"(?:\b(?:Flat|Apartment|Apt|Unit)\.?\s\w{{1,4}},?\s)?(?<![\w.,:€$£-])\d{{1,4}}[a-zA-Z]?,?\s"
    rf"(?:[A-Z][\w'’-]+\s){{1,4}}?(?:{_TYPES})\b(?!\s[A-Z][a-z]+\s(?:Street|Road|Lane)\b)"
)
_FRENCH = re.compile(
    r"(?<![\w.,:€$£-])\d{1,4}(?:\s?(?:bis|ter|quater)\b)?,?\s"
    r"(?i:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai|cours|route|square|passage)\s"
    r"(?:(?:de|du|des|la|le|les|au|aux)\s|[dl]['’])*"
    r"[^\W\d_a-z][\w'’]+(?:[ -](?:(?:de|du|des|la)[ -])?[^\W\d_a-z][\w'’]+){0,3}"
)
_SAID = re.compile(
    r"\b(?:live|living|lives|address\sis|based|moved)\s(?:at|to|on)?\s?"
    r"(?P<value>\d{1,4}[a-z]?\s(?:[a-z][\w'’-]+\s){1,3}?"
    r"(?:street|road|avenue|lane|drive|close|court|crescent|terrace|square|gardens|grove))\b",
    re.IGNORECASE,
)


def find_places(text: str) -> Iterator[Find]:
    """Postcodes and street addresses."""
    if not has_digit(text):
        return
    for pattern in (_LAAN_VAN, _BEFORE_CODE, _BRITISH, _FRENCH):
        for match in pattern.finditer(text):
            yield Find(match.start(), match.end(), "address", plain(match.group()))
    for match in _SAID.finditer(text):
        yield Find(*match.span("value"), "address", plain(match["value"]))
    yield from _streets(text)
    yield from _codes(text)


def _codes(text: str) -> Iterator[Find]:
    for match in _DUTCH_CODE.finditer(text):
        if _is_dutch_code(text, match):
            yield Find(match.start(), match.end(), "postcode", plain(match.group()))
    for match in _BRITISH_CODE.finditer(text):
        yield Find(match.start(), match.end(), "postcode", plain(match.group()))
    for match in _BELGIAN_CODE.finditer(text):
        yield Find(match.start(1), match.end(1), "postcode", match[1])
    for match in _FIVE.finditer(text):
        yield Find(*match.span(match.lastgroup or 0), "postcode", match[match.lastgroup or 0])


def _is_dutch_code(text: str, match: re.Match[str]) -> bool:
    """Whether the two letters are part of a postcode, not a word or a unit."""
    if match.group()[-2:].upper() not in _NOT_LETTERS:
        return True
    return match.group()[-2:].isupper() and bool(_PLACE_NEXT.match(text, match.end()))


def _streets(text: str) -> Iterator[Find]:
    for match in _STREET.finditer(text):
        start = _street_start(text, match)
        if start >= 0:
            yield Find(start, match.end(), "address", plain(text[start : match.end()]))


def _street_start(text: str, match: re.Match[str]) -> int:
    """Where the street's name begins, -1 when it is not a street."""
    offset = max(0, match.start() - _BACK)
    name = text[offset : match.end("kind")]
    parts = [(offset + m.start(), m.group()) for m in _NAME_WORD.finditer(name)]
    last = parts[-1][1]
    first = _first_word(parts)
    if first == len(parts) - 1 and last.lower() in _NOT_STREETS:
        return -1
    sure = match["kind"].lower() in _SURE_KINDS and len(last) > len(match["kind"]) + 2
    return parts[first][0] if last[0].isupper() or sure else -1


def _first_word(parts: list[tuple[int, str]]) -> int:
    """The first of the words before a street's ending that belong to its name."""
    first = len(parts) - 1
    for index in range(first - 1, max(first - 5, -1), -1):
        start, word = parts[index]
        touching = parts[index + 1][0] == start + len(word) + 1
        if not touching or (not word[0].isupper() and word not in _SMALL):
            break
        if word[0].isupper() and word.lower() not in _NOT_FIRST:
            first = index
    return first
