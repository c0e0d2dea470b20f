"""Speaker labels: which are roles or codes, and which hold somebody's name."""

import re

from research.steps.redact_words import PLACEHOLDER, given_names, not_names

_GENERIC = re.compile(
    r"""^(?:
      (?:ux[\s-]?|co-?|hoofd)?(?:interviewer|interviewster|onderzoeker|researcher|moderator|facilitator
        |gespreksleider|interviewee|ge[iï]nterviewde|participante?|deelnemer|deelneemster
        |respondente?|speaker|spreker|klant|customer|shopper|buyer|koper|user|gebruiker
        |cli[eë]nte?|proefpersoon|student|person|persoon|observer|observator|notulist|host|guest
        |gast|reviewer|recensent|bezoeker|visitor|member|lid|agent|medewerker|employee|support
        |assistant|(?:chat)?bot|system|systeem|helpdesk|klantenservice|eigenaar|owner|docent
        |teacher|investigator|pati[eë]nt|ouder|parent|man|vrouw|male|female|vraagsteller|tester|testpersoon
        |row|rij|ticket|conversation|gesprek|regel|line|record|response|id|case|spk|turn|nr|no|anoniem|anonymous|onbekend|unknown
        |naamloos|nameless|n/?a|gesprekspartner|panellid|group|groep|team|all|allen|everyone)
        (?:[\s_.\#:-]*[a-z]?\d{0,6}|[\s_-]+[a-z])
    | (?:onbekende|unknown|unidentified|anonieme?|anonymous)\s+\w+(?:\s+\d+)?
    | (?:verified|amazon|kindle|google|een|a)\s+(?:google\s+)?(?:buyer|customer|user|klant)
    | vraag | antwoord | question | answer | int | res | mod | q&a
    | [a-z]{1,2}[\s._-]?\d{1,6} | [\W_]+ | [a-z] | [\#№]?\s*\d+
    | (?=[a-f\d-]*\d)[a-f\d]{8}[a-f\d-]*
    )[\s:.]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_AFTER = re.compile(r"\s*[|/].*$|\s+[-–—]\s+.*$")
_BEFORE = re.compile(r"^.*?(?:[|/]|\s[-–—]\s)\s*")
_TITLES = re.compile(
    r"^(?:(?:mevrouw|meneer|mijnheer|dhr|mevr|mw|mrs|mr|ms|miss|dr|drs|ir|ing|prof|sir)\b\.?\s+)+",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(?:['’]s)?\s*\b(?:iphone|ipad|macbook(?:\s+(?:pro|air))?|galaxy|laptop|telefoon|phone)\b"
    r"(?:\s+(?:van|of)\b)?\s*",
    re.IGNORECASE,
)


def is_generic_label(label: str) -> bool:
    """Whether a voice is a role, code or row (`Deelnemer 7`, `P3`, `row 14`), not a name."""
    bare = label.strip()
    if not bare or PLACEHOLDER.search(bare):
        return True
    return not name_in_label(bare)


def name_in_label(label: str) -> str:
    """The personal name in a label, given name first; "" when there is none."""
    bare = PLACEHOLDER.sub(" ", label[:200]).strip()
    if _GENERIC.match(bare):
        return ""
    base = _AFTER.sub("", _BRACKETS.sub("", bare)).strip()
    if base and not _GENERIC.match(base):
        return _tidy(base)
    rest = _BRACKETS.findall(bare) + ([_BEFORE.sub("", bare)] if _AFTER.search(bare) else [])
    return next((_tidy(part) for part in rest if _nameish(part)), "")


def _nameish(part: str) -> bool:
    """Whether the words beside a role are a name: `Interviewer (Hanne)`, not `(UX)`."""
    words = [w.strip(",.") for w in part.split()]
    if not words or len(words) > 4 or any(w.lower() in not_names() for w in words):
        return False
    named = any(w.lower() in given_names() for w in words)
    return named and all(w[:1].isalpha() for w in words) and not _GENERIC.match(part.strip())


def _tidy(name: str) -> str:
    """A label's name without titles and devices, the given name first."""
    name = _TITLES.sub("", _DEVICE.sub(" ", name).strip()) or name
    last, comma, first = name.partition(",")
    swapped = f"{first.strip()} {last.strip()}" if comma and first.strip() else last
    return " ".join(swapped.split())
