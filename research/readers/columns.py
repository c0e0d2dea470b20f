"""What a column of a survey holds: open answers, closed ones, personal data, machine data."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from research.readers.dates import is_date
from research.readers.nonanswers import is_non_answer
from research.readers.table import Column, Table, key
from research.readers.words import words

ColumnKind = Literal[
    "open", "closed", "nps", "personal", "technical", "id", "date", "language", "empty"
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a column holds, and why that was concluded (one phrase)."""

    kind: ColumnKind
    reason: str


_PERSONAL = re.compile(
    r"""\b(?:e-?mail(?:adres|address)?|ip(?:[\s-]?ad+res+)?|ipaddr|ipaddress
    |(?:phone|telephone|mobile|mobiel)\ (?:number|nummer)|telefoonnummer
    |first\ ?name|last\ ?name|full\ ?name|your\ name|nickname
    |voornaam|achternaam|naam|uw\ naam|je\ naam|username|user\ name|gebruikersnaam|display\ ?name
    |author|auteur|reviewer\ ?name|recipient\w*|latitude|longitude|location\w*|locatie|address|adres
    |street|straat|postcode|postal\ code|zip(?:\ code)?|woonplaats|city|stad|birth\ ?date|birthday
    |date\ of\ birth|geboortedatum|_?submitted_by|custom\ data\ \d|iban|bsn|user\ id)\b
    |^(?:your\ |uw\ |je\ )?(?:name|phone|telephone|mobile|telefoon|mobiel)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LANGUAGE = frozenset({"userlanguage", "startlanguage", "begintaal", "language", "taal"})
_DATE = words(
    "submitdate recordeddate completiontime submitdateutc submittedat timestamp tijdstempel "
    "submissiontime datumverstuurd datesubmitted enddate voltooiingstijd tijdvanvoltooien datum "
    "date datestamp startdate starttime begintijd createdat createtime"
)
_ID = frozenset(
    words(
        """
        respondentid responseid respondent response participant participantid
        participantcode deelnemer deelnemernummer deelnemercode respondentnummer
        respondentcode responsid uuid resultid
    """
    )
)
_BARE_ID = frozenset({"id", "", "no", "nr", "nummer", "#", "index"})
_TECHNICAL = frozenset(
    words(
        """
        startdate enddate starttime status progress durationinseconds duration finished
        externalreference externaldatareference distributionchannel responsetype
        stagedateutc startdateutc networkid tags ending collectorid lastpage laatstepagina
        seed token refurl verwijzerurl interviewtime lastmodifiedtime totalpoints
        quizfeedback surveyid formbricksid formbricksidinternal source url useragentos
        useragentdevice useragentbrowser uuid validationstatus notes index submissiontime
        startdatum datumlaatsteactie begintijd tijdvanlaatstewijziging timestarted
        hiddensource referer useragent version
    """
    )
)
_TECHNICAL_START = ("points - ", "feedback - ", "punten - ", "grouptime", "_")
_TECHNICAL_END = (" - option id", "_nps_group", " - group", " - topics", " - parent topics")
_MACHINE = re.compile(r"^\w*time$|totaaltijd|^(?:groep|vraag) ?tijd\b|[ _]id$|^\w+\bid$")
_WHO = re.compile(
    r"\b(?:participant|respondent|deelnemer)(?:[\s_]*(?:number|nummer|code|id))\b", re.IGNORECASE
)
_NPS = re.compile(r"recommend|aanbeve|aanraden|empfehl|\bnps\b", re.IGNORECASE)
_OPEN_CUE = re.compile(
    r"""\bwhy\b|waarom|hardest|toelicht|licht\ toe|explain|describe|beschrijf|opmerking|comment
    |suggest|\btips?\b|verbeter|improve|feedback|anything\ else|nog\ iets|please\ specify|open-ended
    |pain\ point|frustrat|\bmis(?:t|ging|sing)\b|\bbeter\b|\bbetter\b|warum|what\ made|wat\ ging
    |wat\ vond|wat\ heeft|hoe\ kan|how\ can|\[other\]|\banders\b|\bother\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE_CUE = re.compile(
    r"""\b(?:role|rol|functie|beroep|occupation|job\ title|industry|branche|sector|age|leeftijd\w*
    |gender|geslacht|education|opleiding\w*|country|land|region|regio|provincie|province|segment
    |company\ size|how\ often|hoe\ vaak|which|welke?|how\ long|hoe\ lang|how\ likely
    |hoe\ waarschijnlijk|product|plan|abonnement|afdeling|department)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SCALE = re.compile(
    r"""(?:zeer|heel|helemaal|erg|een\ beetje|enigszins|very|somewhat|strongly|slightly|extremely
    |not\ at\ all|mostly)?\ *(?:\w*tevreden|\w*satisfied|(?:mee\ )?(?:on)?eens|(?:dis)?agree
    |neutra(?:a)?l|vaak|soms|nooit|altijd|zelden|often|sometimes|never|always|rarely|(?:un)?likely
    |good|bad|goed|slecht|yes|no|ja|nee|\w*important|\w*belangrijk).{0,25}""",
    re.IGNORECASE | re.VERBOSE,
)
_WHOLE = re.compile(r"^[0-9]{1,2}$")
_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?\s*%?$")
_JOINED = re.compile(r";(?=\S|$)")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_IP = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$")
_PHONE = re.compile(r"^\+?\d[\d\s().-]{8,}$")
_URL = re.compile(r"^https?://", re.IGNORECASE)


def judge(table: Table) -> tuple[Judgement, ...]:
    """What every column of a table holds."""
    names = {column.name for column in table.columns}
    return tuple(
        Judgement("technical", "an option of a column that holds them all")
        if column.option and column.question in names
        else judge_column(column, table.values(column))
        for column in table.columns
    )


def judge_column(column: Column, values: Sequence[str]) -> Judgement:
    """What one column holds: by its name first, then by its values."""
    said = [value for value in values if value and not is_non_answer(value)]
    return _by_name(column, said) or _by_values(column, said)


def _by_name(column: Column, said: Sequence[str]) -> Judgement | None:
    """The judgement that the name alone allows."""
    names = {key(column.name), key(column.question)}
    title = column.title.lower()
    numbered = bool(_WHO.search(title)) and _typical_words(said) <= 1
    if names & _ID or numbered or (names & _BARE_ID and _are_codes(said)):
        return Judgement("id", "its name says who answered")
    if names & _LANGUAGE:
        return Judgement("language", "its name says language")
    if names & _TECHNICAL and not names & set(_DATE):
        return Judgement("technical", "its name is one that survey tools add")
    if names & set(_DATE) and _share(said, is_date) >= 0.5:
        return Judgement("date", "its name and values are dates")
    if names & (_BARE_ID | set(_DATE)) or _is_machine_name(column.name.lower(), title):
        return Judgement("technical", "its name is one that survey tools add")
    asked = column.option or title.endswith("]") or len(title.split()) > 8
    if not asked and _PERSONAL.search(title) and _typical_words(said) <= 8:
        return Judgement("personal", "its name says personal data")
    return None


def _is_machine_name(name: str, title: str) -> bool:
    """Whether a name is made by a survey tool, such as `Points - Question 1`."""
    ends = title.endswith(_TECHNICAL_END) or name.endswith(_TECHNICAL_END)
    return name.startswith(_TECHNICAL_START) or ends or bool(_MACHINE.search(name))


def _by_values(column: Column, said: Sequence[str]) -> Judgement:
    """The judgement that the answers give."""
    if not said:
        return Judgement("empty", "nobody answered")
    if _share(said, _is_personal) >= 0.5:
        return Judgement("personal", "its values look like personal data")
    if _share(said, _URL.match) >= 0.5:
        return Judgement("technical", "its values are web addresses")
    if _share(said, _NUMBER.match) >= 0.8:
        return _numbers(column, said)
    if _share(said, is_date) >= 0.8:
        return Judgement("technical", "its values are dates")
    if column.option and len(set(said)) == 1:
        return Judgement("closed", "an option that was ticked")
    return _by_words(column, said)


def _numbers(column: Column, said: Sequence[str]) -> Judgement:
    """Whether numbers are a Net Promoter Score or any other."""
    whole = all(_WHOLE.match(value) and int(value) <= 10 for value in said)
    if whole and _NPS.search(column.title):
        return Judgement("nps", "0 to 10 and asks about recommending")
    return Judgement("closed", "its values are numbers")


def _by_words(column: Column, said: Sequence[str]) -> Judgement:
    """Open or closed, by how long and how different the answers are."""
    words, longest = _typical_words(said), max(len(value.split()) for value in said)
    different = len({value.lower() for value in said}) / len(said)
    if _is_choice(said):
        return Judgement("closed", "several choices in a cell")
    if longest <= 6 and _share(said, _SCALE.fullmatch) >= 0.8:
        return Judgement("closed", "answers from a scale")
    if _ATTRIBUTE_CUE.search(column.title) and not _OPEN_CUE.search(column.title) and words < 7:
        return Judgement("closed", "asks for a characteristic, answers are short")
    if different >= 0.5 and words >= 3:
        return Judgement("open", "answers are long and differ")
    if different >= 0.3 and longest >= 10:
        return Judgement("open", "some answers are sentences")
    if _OPEN_CUE.search(column.title) and different >= 0.5 and words >= 2:
        return Judgement("open", "asks openly and answers differ")
    return Judgement("closed", "answers are short or the same few")


def _is_choice(said: Sequence[str]) -> bool:
    """Whether cells hold several options with semicolons between."""
    if _share(said, _JOINED.search) < 0.3:
        return False
    parts = [part.strip() for value in said for part in value.split(";") if part.strip()]
    if not parts or median(len(part.split()) for part in parts) > 6:
        return False
    return max(Counter(parts).values()) > 1 or len(said) < 5


def _are_codes(said: Sequence[str]) -> bool:
    """Whether values are codes such as R07 or long tokens: one word each, not bare numbers."""
    return bool(said) and all(" " not in v and not v.isdigit() for v in said)


def _is_personal(value: str) -> bool:
    """Whether a cell is an e-mail address, an IP address or a telephone number."""
    if is_date(value):
        return False
    return any(p.match(value) for p in (_EMAIL, _IP)) or (
        bool(_PHONE.match(value))
        and sum(c.isdigit() for c in value) in range(9, 14)
        and (value[0] in "+0" or " " in value)
    )


def _typical_words(said: Sequence[str]) -> float:
    """How many words the middle answer has."""
    return float(median(len(value.split()) for value in said)) if said else 0.0


def _share(values: Sequence[str], test: Callable[[str], object]) -> float:
    """How many of the values pass a test."""
    return sum(1 for value in values if test(value)) / max(len(values), 1)
