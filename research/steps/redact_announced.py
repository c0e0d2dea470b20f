"""Numbers and dates that are personal because of the words before them."""

import re
from collections.abc import Iterator

from research.steps.redact_words import Find, has_digit, plain

_LINK = (
    r"(?:[\s:#=,.\"“'()-]|\b(?:is|was|are|were|van|mijn|me|my|of|nr|nrs|nummer|number|no|num|ref|"
    r"met|with|dat|het|that|it|s|its|namelijk|dus|eh|ehm|uh|um|even|hoor|kijken|zijn"
    r"|ist|lautet|war|mein|meine|die|der|est|était|c|mon|ma|le|la|numéro|n°)\b){0,12}?"
)
_VALUE = (
    r"(?:(?-i:[A-Z]{1,5}[-/. ]?)|[a-z]{1,5}[-/]?)??\d[\dA-Za-z]{0,30}"
    r"(?:[-/.][\dA-Za-z]{1,20}){0,6}(?:(?:, | | - )\d[\d]{0,9}(?![\w%€,.]*\d*[a-z%]))*"
)
_STRONG = re.compile(
    r"""\b(?:
      (?:bestel|order|klant|factuur|ticket|zaak|dossier|polis|contract|lidmaatschaps|lid|boekings
        |reserverings|referentie|meld|case|incident|pakket|zending|track(?:\s*(?:&|and|en)\s*)?trace
        |abonnee|leden|pas|kaart|relatie|debiteuren|rekening|account|burgerservice|sofi|patiënt
        |paspoort|rijbewijs|serie|kenteken|aansluit|meter|retour|barcode|code)
        [\s-]?(?:nummers?|nrs?|no|code)\b\.?
      | (?:order|customer|client|invoice|ticket|case|account|booking|reservation|reference|policy
        |contract|membership|member|tracking|shipment|parcel|return|confirmation|purchase\sorder
        |incident|serial|licen[cs]e|passport|national\sinsurance|social\ssecurity|sort)
        \s(?:number|numbers|no|nr|code|id|ref)\b\.?
      | (?:bestell|kunden|auftrags|rechnungs|vorgangs|vertrags|mitglieds|buchungs|reservierungs
        |sendungs|sendungsverfolgungs|paket|tracking|konto|policen|versicherungs|personal|ausweis
        |sozialversicherungs|steuer|kundenkarten|seriennummern?|retouren|ticket|fall)
        [\s-]?(?:nummer|nr|code|id)\b\.?
      | (?:numéro|num|n°|nº|référence|réf)\.?\s(?:de\s|du\s|d['’])?(?:ma\s|mon\s|la\s|votre\s)?
        (?:commande|client|facture|dossier|contrat|suivi|colis|réservation|compte|adhérent|membre
        |ticket|sécurité\ssociale|passeport|police|retour|série|carte)\b
      | bsn | ssn | po\snumber | rma
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_WEAK = re.compile(
    r"\b(?:order|bestelling|invoice|factuur|ticket|case|booking|boeking|reservering|dossier|"
    r"reference|referentie|kenmerk|zaak|melding|parcel|pakket|customer|klant|policy|polis|"
    r"bestellung|rechnung|auftrag|buchung|reservierung|vorgang|commande|facture|réservation|colis|référence)\b",
    re.IGNORECASE,
)
_VALUE_AT = re.compile(_LINK + rf"(?P<value>{_VALUE})(?![\w])", re.IGNORECASE)
_DIRECT_AT = re.compile(
    rf"(?P<hash>[\s:(]*(?:\#|\bnr\b\.?|\bno\b\.?|\bnumber\b|\bnummer\b|n°|nº|\bnuméro\b)?[\s:]*)(?P<value>{_VALUE})(?![\w])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:%|€|euro|eur\b|pond|pounds?|dollars?|usd|gbp|uur|uren|hours?|min|dag|dagen|days?|we+k|maand"
    r"|months?|jaar|years?|keer|times|stuks|pieces|personen|people|items|producten|units|km|kg|cm|x\b|procent"
    r"|percent|stunden?|tagen?|wochen?|monaten?|jahren?|mal\b|stück|artikel|uhr|heures?|jours?|semaines?"
    r"|mois|ans?\b|fois|pièces?|articles?|sterren|stars|a\s(?:month|year|week)|per\s)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d{2}$")
_MONTHS = (
    r"jan\w*|feb\w*|maart|mrt|march|mar|apr\w*|mei|may|jun[ie]?|june|jul[iy]?|july|aug\w*|sept?\w*|"
    r"o[ck]t\w*|nov\w*|dec\w*|"
    r"jän\w*|märz|mai|dez\w*|févr?\w*|mars|avr\w*|juin|juil\w*|août|déc\w*"
)
_BIRTH = re.compile(
    r"\b(?:geboren(?:\s+(?:ben|is|op|in|te\s+\w+))*|geboortedatum|geb\.?\s?datum|geb\.|verjaardag"
    r"|date\s+of\s+birth|birth\s?date|dob|d\.o\.b\.|born(?:\s+on)?|birthday"
    r"|geburtsdatum|geburtstag|née?\s+le|date\s+de\s+naissance|anniversaire)"
    r"(?:[\s:,]|\b(?:is|was|op|on|the|mijn|my|am|ist|bin|mein|le|est|mon)\b){0,6}?"
    rf"(?P<value>\d{{1,2}}(?:st|nd|rd|th|er|e)?[-/. ]\s?(?:of\s)?(?:\d{{1,2}}|(?:{_MONTHS})\.?),?"
    rf"(?:[-/. ]+(?:(?:19|20)\d{{2}}|['’]?\d{{2}}\b))?|(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?,?"
    r"\s(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\w)",
    re.IGNORECASE,
)
_PHONE_WORDS = re.compile(
    r"\b(?:telefoonnummers?|telefoon|tel|mobiel|mobiele\s+nummer|gsm|bel\s+(?:me|mij|ons)|phone(?:\s+number)?"
    r"|mobile(?:\s+number)?|(?:call|text|ring|reach)\s+me|app\s+me|whatsapp"
    r"|telefonnummer|handynummer|handy|mobilnummer|rufen?\s+sie\s+mich(?:\s+an)?|erreichbar|téléphone"
    r"|tél|portable|appelez[- ]moi|joignable)\b\.?"
    r"(?:[\s:,]|\b(?:is|was|op|on|at|mijn|my|het|it|nummer|number|via|me|ist|unter|der|meine|est|au|mon|le)\b){0,8}?"
    r"(?P<value>\+?\d[\d\s()./-]{4,20}\d)(?!\w)",
    re.IGNORECASE,
)


def find_announced(text: str) -> Iterator[Find]:
    """Numbers after an announcing word (`ordernummer is 48 20 11`), dates of birth, phones."""
    if not has_digit(text):
        return
    for match in _BIRTH.finditer(text):
        yield _find(match, "birthdate")
    for match in _PHONE_WORDS.finditer(text):
        yield _find(match, "phone")
    yield from _numbers(text)


def _find(match: re.Match[str], category: str) -> Find:
    start, end = match.span("value")
    return Find(start, end, category, plain(match["value"]))


def _numbers(text: str) -> Iterator[Find]:
    for word in _STRONG.finditer(text):
        match = _VALUE_AT.match(text, word.end())
        if match and _digits(match["value"]) >= 3:
            yield _find(match, "number")
    for word in _WEAK.finditer(text):
        match = _DIRECT_AT.match(text, word.end())
        if match and _tells(text, match):
            yield _find(match, "number")


def _tells(text: str, match: re.Match[str]) -> bool:
    """Whether what follows a word such as `order` is a number of it, not an amount or year."""
    value = match["value"]
    if _UNIT.match(text, match.end()):
        return False
    if match["hash"].strip(" \t\n:("):
        return _digits(value) >= 2
    return _digits(value) >= 4 and not _YEAR.fullmatch(value)


def _digits(value: str) -> int:
    return sum(c.isdigit() for c in value)
