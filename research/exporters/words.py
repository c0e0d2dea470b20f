"""The language of the exports: their words in Dutch and English, and how numbers look."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from research import wording
from research.model import Persona
from research.resources import TEMPLATES

CODES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "pain": "Pain point",
        "motivation": "Motivation",
        "praise": "Praise",
        "context": "Context",
        "none": "Not used",
    },
    "role": {"participant": "Participant", "interviewer": "Interviewer", "unknown": "Not known"},
    "channel": {
        "interview": "interviews",
        "survey": "survey",
        "review": "reviews",
        "ticket": "tickets",
    },
    "size": {
        "signal": "Signal: fewer than 5 people",
        "provisional": "Provisional: 5 to 8 people",
        "persona": "More than 8 people",
    },
    "claim": {
        "goal": "Goals",
        "motivation": "Motivations",
        "pain": "Pain points",
        "behaviour": "Behaviour and context",
        "criterion": "Decision criteria",
        "trigger": "Triggers",
        "channel": "Channels",
        "touchpoint": "Touchpoints",
        "emotion": "Emotions",
        "praise": "What pleases",
        "quote": "In their own words",
    },
    "trend": {"new": "New", "grown": "Grown", "shrunk": "Shrunk", "same": "The same"},
    "progress": {
        "open": "Open",
        "planned": "Planned",
        "doing": "Being worked on",
        "done": "Done",
        "dropped": "Dropped",
    },
    "effort": {"small": "Little work", "medium": "Some work", "large": "Much work"},
    "row": {
        "goals": "Customer goal",
        "actions": "Actions",
        "touchpoints": "Touchpoints",
        "thoughts": "Thoughts",
        "emotion": "Emotion",
        "pain points": "Pain points",
        "motivations": "Motivations",
        "praise": "What pleases",
        "opportunities": "Opportunities",
        "kpis": "Measures",
    },
}


OPEN_REASONS = {
    "the same as": "the same as an earlier one",
    "not a real answer": "not a real answer",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Says our own texts in one language; the text itself is its English form."""

    language: str
    known: Mapping[str, str]

    def __call__(self, text: str) -> str:
        """The text in this language."""
        return self.known.get(text, text)

    def count(self, number: int, one: str, more: str) -> str:
        """`1 person`, `2 people`."""
        return f"{number} {self(one if number == 1 else more)}"

    def code(self, family: str, code: str) -> str:
        """The name of a code; an unknown code reads as words."""
        text = CODES[family].get(code)
        return self(text) if text else self(code.replace("_", " ").replace("-", " ").capitalize())

    def place(self, place: str) -> str:
        """A place in a file: `row 14` becomes `rij 14`; a time stays as it is."""
        name, space, rest = place.partition(" ")
        return self(name) + space + rest

    def reason(self, reason: str) -> str:
        """Why something was set aside, also when the reason ends in a place or a value."""
        for start in OPEN_REASONS:
            if reason.startswith(start + " "):
                return f"{self(start)} {self.place(reason.removeprefix(start + ' '))}"
        return self(reason)

    def percent(self, share: float) -> str:
        """A share as a whole percentage."""
        return f"{share * 100:.0f}%"

    def range(self, low: float, high: float) -> str:
        """An interval of shares: `20–45%`."""
        return f"{low * 100:.0f}–{high * 100:.0f}%"

    def decimal(self, number: float) -> str:
        """A number with one decimal, written as the language does."""
        return wording.number(number, self.language, digits=1)

    def number(self, number: float, digits: int) -> str:
        """A number with so many decimals, written as the language does."""
        return wording.number(number, self.language, digits=digits)

    def touchpoint(self, touchpoint: str) -> str:
        """A touchpoint's name."""
        return wording.touchpoint_name(touchpoint, self.language)


def standing(say: Words, persona: Persona) -> str:
    """How far the review of a persona is: its status, version, and whether it changed since."""
    told = [say(persona.status)]
    if persona.version:
        told.append(f"{say('version')} {persona.version}")
    if persona.changed:
        told.append(say("changed since it was approved"))
    return ", ".join(told)


def words_of(language: str) -> Words:
    """The words for a study in some language: Dutch, or else English."""
    return Words("nl", dutch()) if language == "nl" else Words("en", {})


@cache
def dutch() -> Mapping[str, str]:
    """English text to Dutch text."""
    content = (TEMPLATES / "exports" / "nl.json").read_text(encoding="utf-8")
    known: dict[str, str] = json.loads(content)
    return known
