"""ELAN's annotations (`.eaf`): every tier of its own is a voice, all of them in order of time."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from research.errors import BrokenFile, TooLarge
from research.model import Reading, Upload
from research.readers.files import DAMAGE, MEGABYTE, broken, extension
from research.readers.labels import is_known_label
from research.readers.spoken import place_of, reading_of
from research.readers.text import clean
from research.readers.turns import Turn

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_XML = 25 * MEGABYTE
_KIND = "an ELAN file (.eaf)"
_ROOT = "ANNOTATION_DOCUMENT"
_MILLISECONDS = 1000
_TIME = re.compile(r"^[0-9]{1,10}$")
_EXAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT FORMAT="3.0" VERSION="3.0">
<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="250"/>
<TIME_SLOT TIME_SLOT_ID="ts2"/><TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="1500"/></TIME_ORDER>
<TIER TIER_ID="Deelnemer 7" LINGUISTIC_TYPE_REF="default-lt"><ANNOTATION>
<ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts3">
<ANNOTATION_VALUE>Traag.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="Interviewer" LINGUISTIC_TYPE_REF="default-lt"><ANNOTATION>
<ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
<ANNOTATION_VALUE>Hoe ging het?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>
</ANNOTATION_DOCUMENT>
"""


class Elan:
    """Reads `.eaf` files."""

    name = "elan"
    example = Upload("voorbeeld.eaf", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.eaf`, or begins as an annotation document."""
        head = upload.content[:2000].replace(b"\x00", b"")
        return extension(upload.name) == ".eaf" or f"<{_ROOT}".encode() in head

    def read(self, upload: Upload) -> Reading:
        """The words of every tier that hangs on no other, in order of time."""
        root = _parsed(upload)
        tiers = root.findall("TIER")
        own = [tier for tier in tiers if not _hangs(tier)]
        lists = _coded_types(root)
        spoken = [tier for tier in own if tier.get("LINGUISTIC_TYPE_REF") not in lists]
        coded = [tier for tier in own if tier.get("LINGUISTIC_TYPE_REF") in lists]
        notes = [
            *_note("tiers that hang on another not read", filter(_hangs, tiers)),
            *_note("tiers with codes from a list not read", coded),
        ]
        return reading_of(upload, self.name, _in_order(spoken, _slots(root)), notes)


def _parsed(upload: Upload) -> "Element":
    """The root of the document; or the refusal."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(upload.content) > MAX_XML:
        raise TooLarge(
            upload.name,
            f"{_KIND} of more than {MAX_XML // MEGABYTE} MB is not read; "
            "export the tiers as text or subtitles",
        )
    try:
        root: Element = fromstring(upload.content, forbid_dtd=True)
    except DefusedXmlException as error:
        reason = "the file holds XML entities, which ELAN never writes; save it in ELAN again"
        raise BrokenFile(upload.name, reason) from error
    except DAMAGE as error:
        raise broken(upload, _KIND) from error
    if root.tag != _ROOT:
        raise broken(upload, _KIND)
    return root


def _hangs(tier: "Element") -> bool:
    """Whether a tier says something about another: a gloss, a translation."""
    return bool(tier.get("PARENT_REF"))


def _coded_types(root: "Element") -> frozenset[str | None]:
    """The types of tiers that are filled from a list, such as gestures."""
    types = root.findall("LINGUISTIC_TYPE")
    coded = (t for t in types if t.get("CONTROLLED_VOCABULARY_REF"))
    return frozenset(t.get("LINGUISTIC_TYPE_ID") for t in coded)


def _note(what: str, tiers: "Iterable[Element]") -> list[str]:
    """The remark on tiers with words that are not read, by type: their names may be people's."""
    worded = (tier for tier in tiers if any(text for text, _ in _values(tier)))
    types = sorted({clean(tier.get("LINGUISTIC_TYPE_REF") or "?") for tier in worded})
    return [f"{what}: {', '.join(types)}"] if types else []


def _name(tier: "Element") -> str:
    """What a tier is called."""
    return " ".join(clean(tier.get("TIER_ID") or "tier").split())


def _slots(root: "Element") -> Mapping[str, int]:
    """The milliseconds of every time slot; one without a time has that of the slot before."""
    found: dict[str, int] = {}
    last = 0
    for slot in root.iterfind("TIME_ORDER/TIME_SLOT"):
        written = slot.get("TIME_VALUE") or ""
        last = int(written) if _TIME.match(written) else last
        found[slot.get("TIME_SLOT_ID") or ""] = last
    return found


def _values(tier: "Element") -> Iterator[tuple[str, str]]:
    """The words of every annotation of a tier and the slot in which it starts."""
    for annotation in tier.iterfind("ANNOTATION/*"):
        text = clean(annotation.findtext("ANNOTATION_VALUE") or "").strip()
        yield text, annotation.get("TIME_SLOT_REF1") or ""


def _in_order(tiers: "list[Element]", slots: Mapping[str, int]) -> list[Turn]:
    """The turns of all tiers by time; at the same time, as the tiers stand in the file."""
    found: list[tuple[int, int, str, str]] = []
    for rank, tier in enumerate(tiers):
        voice = _voice(tier)
        found += [(slots.get(slot, 0), rank, voice, text) for text, slot in _values(tier) if text]
    found.sort(key=lambda said: said[:2])
    return [
        Turn(voice, text, place_of(time / _MILLISECONDS, number))
        for number, (time, _, voice, text) in enumerate(found, start=1)
    ]


def _voice(tier: "Element") -> str:
    """Who speaks on a tier: its name where that is a role or code, else its participant."""
    name = _name(tier)
    participant = " ".join(clean(tier.get("PARTICIPANT") or "").split())
    return name if is_known_label(name) else participant or name
