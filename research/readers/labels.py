"""Speaker labels: what looks like a name or a role before a colon, and what only seems to."""

import re
from collections import Counter
from collections.abc import Iterable

from research.readers.words import words

LONGEST_LABEL = 60

_KNOWN = re.compile(
    r"""^(?:
      (?:ux[\s-]?)?(?:interviewer|onderzoeker|researcher|moderator|facilitator|gespreksleider
        |interviewee|ge[iï]nterviewde|participant|deelnemer|deelneemster|respondent|speaker|spreker
        |klant|customer|user|gebruiker|client|cli[eë]nt|proefpersoon|student|person|persoon
        |observator|observer|notulist|vraagsteller|host|guest|gast)
        (?:[\s_-]*[a-z]?\d{0,3}|[\s_-]+[a-z])
    | vraag | antwoord | question | answer | unknown\ speaker | onbekende\ spreker
    | speaker[_\s]*\d{1,3} | [PRDSTK][\s._-]?\d{1,3} | INT | RES | MOD | [IRQAVPDSM]
    )(?:\s*\([^()]{1,40}\))?$""",
    re.IGNORECASE | re.VERBOSE,
)
_CASED = re.compile(r"^[a-z]$")
_PARTICLES = frozenset(
    words("de den der van von ter te ten 't \u2019t la le el di da du bin al y e of zu op in")
)
_DEVICE = re.compile(r"\b(?:iphone|ipad|macbook|galaxy|laptop|telefoon)\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"^(?:[^\W\d_]|\d)[\w'\u2019.\-]*$")
_NEVER = frozenset(
    words(
        """
        http https datum date duur duration locatie location plaats place onderwerp
        subject project titel title tijd time opname recording bestand file aanwezig
        aanwezigen attendees deelnemers participants agenda summary samenvatting
        transcript transcriptie versie version status bron source taal language let op nb
        ps p.s methode method doel goal type kanaal channel link url e-mail email tel
        telefoon start end einde bevindingen bevinding problemen citaten citaat positief
        negatief inzicht inzichten conclusie conclusies resultaat resultaten aanbeveling
        aanbevelingen findings finding problems quotes quote positive negative insight
        insights conclusion results recommendation recommendations voordelen nadelen pros
        cons fase phase stap step
    """
    )
) | {"let op"}
_REMARKS = frozenset(
    words(
        """
        note notes notitie notities noot observatie observation opmerking
        onderzoekersnotitie memo
    """
    )
) | {"researcher note", "note taker note"}


def is_known_label(label: str) -> bool:
    """Whether the label is a role or code that transcripts use, such as `Deelnemer 7`."""
    bare = label.strip()
    return bool(_KNOWN.match(bare)) and not _CASED.match(bare)


def is_remark(label: str) -> bool:
    """Whether the label opens a remark of the researcher, not a turn."""
    return label.strip().lower() in _REMARKS


def is_metadata(label: str) -> bool:
    """Whether the label names a fact about the file, such as `Datum`."""
    return label.strip().lower() in _NEVER


def looks_like_name(label: str) -> bool:
    """Whether every word begins with a capital, particles such as `van der` apart.

    What somebody's device is called (`sam's iPhone`) is as good as a name.
    """
    words = re.sub(r"\s*[|(].*$", "", label).replace(",", " ").split()
    if not 1 <= len(words) <= 6 or len(label) > LONGEST_LABEL:
        return False
    if _DEVICE.search(label):
        return True
    named = [w for w in words if w.lower() not in _PARTICLES]
    return bool(named) and all(_NAME_WORD.match(w) and not w[0].islower() for w in named)


def accepted(candidates: Iterable[str], lines: int) -> frozenset[str]:
    """The labels that are speakers, judged over the whole file.

    `candidates` holds what stands before a colon, once for each line; `lines` is how
    many lines with words there are.
    """
    counts = Counter(candidates)
    plausible = {c for c in counts if is_known_label(c) or looks_like_name(c)}
    dense = sum(counts[c] for c in plausible) >= 0.5 * max(lines, 1)
    sure = any(n >= 2 and _is_speaker(c, n, dense=False) for c, n in counts.items())
    return frozenset(
        c for c, n in counts.items() if _is_speaker(c, n, dense or (sure and " " in c))
    )


def _is_speaker(label: str, times: int, dense: bool) -> bool:
    """Whether one label is a speaker, given how often it stands there."""
    if is_metadata(label) or is_remark(label) or label.strip().isdigit():
        return False
    if is_known_label(label):
        return True
    if looks_like_name(label):
        return times >= 2 or dense
    return times >= 3 and len(label.split()) <= 3 and label[0].isalnum() and not label.isdigit()
