"""The few sentences the software writes itself, in Dutch and English."""

from collections.abc import Mapping

from research.wording import touchpoint_name

__all__ = ["how_might_we", "listed", "phrase", "touchpoint_name"]

_PHRASES: dict[str, dict[str, str]] = {
    "nl": {
        "speak_of": "Wie dit noemt, spreekt over {words}: “{quote}”",
        "count": "{people} van de {of} deelnemers",
        "signal": "een signaal, nog geen persona (minder dan 5 mensen)",
        "provisional": "voorlopig (5 tot 8 mensen)",
        "wants": "Wil: {themes}.",
        "troubled": "Loopt aan tegen: {themes}.",
        "weighs": "Weegt mee: {words}.",
        "through": "Noemt vooral: {touchpoints}.",
        "group": "Groep {number}",
        "prevent": "Hoe kunnen we dit voorkomen: {label}?",
        "negative": "overwegend negatief",
        "balanced": "gemengd of neutraal",
        "positive": "overwegend positief",
    },
    "en": {
        "speak_of": "Those who raise this speak of {words}: “{quote}”",
        "count": "{people} of {of} participants",
        "signal": "a signal, not a persona yet (fewer than 5 people)",
        "provisional": "provisional (5 to 8 people)",
        "wants": "Wants: {themes}.",
        "troubled": "Runs into: {themes}.",
        "weighs": "Weighs: {words}.",
        "through": "Mentions most: {touchpoints}.",
        "group": "Group {number}",
        "prevent": "How might we prevent this: {label}?",
        "negative": "mostly negative",
        "balanced": "mixed or neutral",
        "positive": "mostly positive",
    },
}


def phrase(key: str, language: str, values: Mapping[str, str | int]) -> str:
    """The phrase of that key in a language, English unless Dutch, filled in."""
    table = _PHRASES["nl" if language == "nl" else "en"]
    return table[key].format_map(dict(values))


def how_might_we(label: str, language: str) -> str:
    """A pain as a question to work on; a quoted name stays a quote."""
    return phrase("prevent", language, {"label": label[:1].lower() + label[1:]})


def listed(words: list[str], language: str) -> str:
    """Words as a list with a final and."""
    if len(words) < 2:
        return "".join(words)
    joint = " en " if language == "nl" else " and "
    return "; ".join(words[:-1]) + joint + words[-1]
