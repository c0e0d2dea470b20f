"""Personal data with a form of its own: addresses on the net, phones, accounts, numbers."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from research.steps.redact_words import Find, has_digit, plain

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_EMAIL = re.compile(r"[^\W_][\w.+%-]{0,80}@(?:[^\W_][\w-]{0,62}\.){1,5}[^\W\d_]{2,24}")
_SPOKEN_EMAIL = re.compile(
    r"\b[\w.-]{2,40}\s(?:at|ät|apenstaartje|aapstaartje|klammeraffe|arobase)\s[\w-]{2,40}\s(?:dot|punt|punkt|point)\s"
    r"(?:com|nl|be|net|org|eu|uk|co|de|fr|at|ch)\b",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"(?:https?://)?(?:[\w-]{1,20}\.)?(?:linkedin\.com/in|(?:twitter|x|instagram|facebook|github|"
    r"pinterest|youtube|threads|tiktok)\.(?:com|net)|t\.me|wa\.me)/@?[\w.%-]{2,60}/?"
    r"|https?://[\w.-]{3,80}/(?:@|~|u/|users?/|profile/)[\w.%-]{2,60}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@./])@[^\W\d_][\w.]{1,30}(?<![.])")

_IBAN = re.compile(r"(?<![^\W_])([A-Za-z]{2})[ .-]?\d{2}(?=[ .-]?[A-Za-z0-9])")
_IBAN_LENGTH = {
    **{"NO": 15, "BE": 16, "DK": 18, "FI": 18, "NL": 18, "SI": 19, "AT": 20, "LU": 20, "EE": 20},
    **{"LT": 20, "CH": 21, "LI": 21, "HR": 21, "LV": 21, "BG": 22, "DE": 22, "GB": 22, "IE": 22},
    **{"RS": 22, "ES": 24, "RO": 24, "SE": 24, "SK": 24, "CZ": 24, "PT": 25, "IS": 26, "TR": 26},
    **{"FR": 27, "GR": 27, "IT": 27, "MC": 27, "CY": 28, "HU": 28, "PL": 28, "UA": 29, "MT": 31},
}
_IBAN_SHAPE = re.compile(r"NL\d\d[A-Z]{4}\d{10}|BE\d{14}|DE\d{20}|GB\d\d[A-Z]{4}\d{14}")
_CARD = re.compile(r"(?<![\w])[3-6]\d{3}(?:[ -]?\d{2,6}){2,4}(?![\w])")
_BSN = re.compile(r"(?<![\w.,-])\d{9}(?![\w-])|(?<![\w.,-])\d{3}[ .]\d{3}[ .]\d{3}(?![\w-])")
_BSN_CONTEXT = re.compile(
    r"bsn|burgerservice|sofinummer|digid|paspoort|identiteit|belastingdienst|gemeente",
    re.IGNORECASE,
)
_INSURANCE = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?(?:\d{2} ?){3}[A-D](?!\w)")
# A French social security number: sex, year, month, place and a key of two digits.
_NIR = re.compile(r"(?<![\w.-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?![\w-])")

_PHONE = re.compile(
    r"(?<![\w.,€$£])(?:\+|00|0|\(\+?0[\d ]{0,5}\)|\([2-9]\d{2}\))"
    r"[\d \u00a0\t()./-]{5,22}\d(?![\w%])"
)
_GROUP_END = re.compile(r"\d(?!\d)")
_AMERICAN = re.compile(r"(?<![\w.-])[2-9]\d{2}[ .-][2-9]\d{2}[ .-]\d{4}(?![\w-])")
_DATE = re.compile(
    r"^\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}$|^(?:19|20)\d{2}[-/.]\d{2}[-/.]\d{2}$"
)
# A code of capitals and six or more digits (PW-2025-00418) is an order or invoice.
_CODE = re.compile(r"(?<![\w-])[A-Z]{1,5}-(?=(?:\d-?){6})\d{2,}(?:-\d{2,}){0,3}(?![\w-])")
_REGIONS = ("NL", "BE", "GB", "US", "DE", "FR", "AT", "CH")
_LIKELY = ("NL", "BE", "GB", "US")  # where a possible but unassigned number counts too


def find_values(text: str) -> Iterator[Find]:
    """Everything that shows by its own form; earlier finds take precedence."""
    if "@" in text:
        yield from _matches(_EMAIL, text, "email")
    yield from _matches(_SPOKEN_EMAIL, text, "email")
    if "/" in text:
        yield from _matches(_PROFILE, text, "profile")
    if "@" in text:
        yield from _matches(_HANDLE, text, "profile")
    if has_digit(text):
        yield from _ibans(text)
        yield from _cards(text)
        yield from _citizen_numbers(text)
        yield from _matches(_CODE, text, "number")


def _matches(pattern: re.Pattern[str], text: str, category: str) -> Iterator[Find]:
    for match in pattern.finditer(text):
        yield Find(match.start(), match.end(), category, plain(match.group()))


def _ibans(text: str) -> Iterator[Find]:
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTH.get(match[1].upper(), 0)
        end = _take(text, match.start(), length)
        if end and _is_iban(text[match.start() : end]):
            yield Find(match.start(), end, "account", plain(text[match.start() : end]))


def _take(text: str, start: int, count: int) -> int:
    """Where `count` letters or digits from `start` end, single separators between; else 0."""
    position, left = start, count
    while left and position < len(text):
        if text[position].isascii() and text[position].isalnum():
            left -= 1
        elif text[position] not in " .-\u00a0" or not text[position - 1].isalnum():
            return 0
        position += 1
    ends = position == len(text) or not text[position].isalnum()
    return position if count and not left and ends else 0


def _is_iban(value: str) -> bool:
    """Whether the checksum (ISO 13616) holds, or the form is one that nothing else has."""
    compact = plain(value).upper()
    digits = "".join(str(int(c, 36)) for c in compact[4:] + compact[:4])
    return bool(_IBAN_SHAPE.fullmatch(compact)) or int(digits) % 97 == 1


def _cards(text: str) -> Iterator[Find]:
    for match in _CARD.finditer(text):
        digits = plain(match.group())
        if 13 <= len(digits) <= 19 and _luhn(digits):
            yield Find(match.start(), match.end(), "account", digits)


def _luhn(digits: str) -> bool:
    """The checksum of payment cards."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _citizen_numbers(text: str) -> Iterator[Find]:
    yield from _matches(_INSURANCE, text, "number")
    for match in _NIR.finditer(text):
        digits = plain(match.group())
        if int(digits[:13]) % 97 == 97 - int(digits[13:]):
            yield Find(match.start(), match.end(), "number", digits)
    if not _BSN_CONTEXT.search(text):
        return
    for match in _BSN.finditer(text):
        around = text[max(0, match.start() - 60) : match.end() + 30]
        if _eleven(plain(match.group())) and _BSN_CONTEXT.search(around):
            yield Find(match.start(), match.end(), "number", plain(match.group()))


def _eleven(digits: str) -> bool:
    """The checksum of Dutch citizen numbers (elfproef)."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0


def find_phones(text: str) -> Iterator[Find]:
    """Phone numbers in any usual notation; possible but unassigned ones too."""
    for pattern in (_PHONE, _AMERICAN):
        position = 0
        while match := pattern.search(text, position):
            found = _longest_phone(text, match)
            yield from found
            position = found[0].end if found else _next_group(match)


def _longest_phone(text: str, match: re.Match[str]) -> list[Find]:
    """The phone number at the start of a run of digits, the longest that is one."""
    ends = [match.start() + m.end() for m in _GROUP_END.finditer(match.group())]
    for known in (_assigned, _possible):
        for end in reversed(ends):
            number = _phone(text[match.start() : end], known)
            if number:
                return [Find(match.start(), end, "phone", number)]
    return []


def _next_group(match: re.Match[str]) -> int:
    """Where to look on after a run of digits that does not start with a phone number."""
    first = _GROUP_END.search(match.group())
    return match.start() + first.end() if first else match.end()


def _phone(value: str, known: "Callable[[PhoneNumber, str], bool]") -> str:
    """The number in international notation, "" when no region knows it."""
    import phonenumbers as library

    digits = re.sub(r"\D", "", value)
    if _DATE.match(value.strip()) or not 7 <= len(digits) <= 15 or len(set(digits)) == 1:
        return ""
    for region in _REGIONS:
        try:
            number = library.parse(value.replace("(0)", ""), region)
        except library.NumberParseException:
            continue
        if known(number, region):
            return library.format_number(number, library.PhoneNumberFormat.E164)
    return ""


def _assigned(number: "PhoneNumber", region: str) -> bool:
    """Whether such numbers are given out."""
    import phonenumbers as library

    return library.is_valid_number(number)


def _possible(number: "PhoneNumber", region: str) -> bool:
    """Whether the length is right, for numbers that are kept free, as in 07700 900123."""
    import phonenumbers as library

    long = len(str(number.national_number)) >= 8
    return long and region in _LIKELY and library.is_possible_number(number)
