"""What codes are called on a page: kinds, roles, strengths, statuses, rows of a map."""

from collections.abc import Mapping
from datetime import datetime

from babel.core import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent


def N_(text: str) -> str:
    """Mark a text for the catalogue; it is translated where it is shown."""
    return text


KIND = {
    "pain": N_("Pain point"),
    "motivation": N_("Motivation"),
    "praise": N_("Praise"),
    "context": N_("Context"),
    "none": N_("Not used"),
}
ROLE = {
    "participant": N_("Participant"),
    "interviewer": N_("Interviewer"),
    "unknown": N_("Not known"),
}
CHANNEL = {"interview": N_("interview"), "survey": N_("survey"), "review": N_("review")}
STRENGTH = {
    "strong": N_("strong"),
    "emerging": N_("emerging"),
    "anecdotal": N_("anecdotal"),
    "assumption": N_("assumption"),
}
SIZE = {
    "signal": N_("Signal: fewer than 5 people"),
    "provisional": N_("Provisional: 5 to 8 people"),
    "persona": N_("Persona: more than 8 people"),
}
STATUS = {
    "draft": N_("Draft"),
    "in review": N_("In review"),
    "changes asked": N_("Changes asked"),
    "accepted": N_("Approved"),
}
PERSONA_KIND = {
    "qualitative draft": N_("Qualitative draft"),
    "statistical draft": N_("Statistical draft"),
}
RUN = {
    "queued": N_("Waiting"),
    "running": N_("Running"),
    "done": N_("Finished"),
    "failed": N_("Failed"),
    "cancelled": N_("Cancelled"),
}
STEP = {
    "read": N_("Reading the files"),
    "prepare": N_("Finding who says what, hiding personal data"),
    "embed": N_("Comparing what people mean"),
    "second coder": N_("Asking the second coder"),
    "classify": N_("Telling pain points and motivations apart"),
    "themes": N_("Grouping statements into themes"),
    "personas": N_("Making draft personas"),
    "journey": N_("Drawing the journey map"),
    "done": N_("Keeping the results"),
}
CLAIM = {
    "goal": N_("Goals"),
    "motivation": N_("Motivations"),
    "pain": N_("Pain points"),
    "behaviour": N_("Behaviour and context"),
    "criterion": N_("Decision criteria"),
    "trigger": N_("Triggers"),
    "channel": N_("Channels"),
    "touchpoint": N_("Touchpoints"),
    "emotion": N_("Emotions"),
    "praise": N_("What pleases"),
    "quote": N_("In their own words"),
    "action": N_("Actions"),
    "opportunity": N_("Opportunities"),
}
ROW = {
    "goals": N_("Customer goals"),
    "actions": N_("Actions"),
    "touchpoints": N_("Touchpoints"),
    "thoughts": N_("Thoughts"),
    "emotion": N_("Emotion"),
    "pain points": N_("Pain points"),
    "motivations": N_("Motivations"),
    "opportunities": N_("Opportunities"),
    "kpis": N_("Measures"),
}
LEVEL = {
    "none": N_("no evidence"),
    "assumption": N_("assumption"),
    "internal": N_("internal"),
    "validated": N_("validated"),
}
VALENCE = {"-1": N_("negative"), "0": N_("neutral"), "1": N_("positive")}
ACTION = {
    "set-role": N_("Role of a voice"),
    "rename-theme": N_("Name of a theme"),
    "merge-themes": N_("Two themes made one"),
    "split-theme": N_("A theme of its own"),
    "hide-theme": N_("A theme hidden"),
    "pin-theme": N_("A theme that stays"),
    "set-theme-kind": N_("Kind of a theme"),
    "set-dial": N_("Fewer or more themes"),
    "rename-persona": N_("Name of a persona"),
    "persona-status": N_("Status of a persona"),
    "set-kind": N_("Kind of a statement"),
    "set-stage": N_("Stage of a statement"),
    "set-valence": N_("Feeling of a statement"),
    "set-theme": N_("Theme of a statement"),
    "undo": N_("Undone"),
}
CODEBOOK = (N_("Web shops and marketplaces"), N_("Software and apps"), N_("Services with people"))
CODER_MODE = {
    "off": N_("Ask nothing"),
    "opinion": N_("Ask for a second opinion"),
    "labels": N_("Ask, and let its labels count where nobody judged"),
}
LANGUAGE = {
    "auto": N_("Find out from the files"),
    "nl": N_("Dutch"),
    "en": N_("English"),
}
DICTIONARY: Mapping[str, Mapping[str, str]] = {
    "kind": KIND,
    "role": ROLE,
    "channel": CHANNEL,
    "strength": STRENGTH,
    "size": SIZE,
    "status": STATUS,
    "persona kind": PERSONA_KIND,
    "run": RUN,
    "step": STEP,
    "claim": CLAIM,
    "row": ROW,
    "level": LEVEL,
    "valence": VALENCE,
    "action": ACTION,
    "language": LANGUAGE,
    "coder mode": CODER_MODE,
}


def english(family: str, code: str) -> str:
    """The English name of a code; an unknown code reads as words."""
    known = DICTIONARY[family].get(code)
    return known or code.replace("-", " ").replace("_", " ").capitalize()


def percent(share: float, language: str) -> str:
    """A share as a whole percentage, written as the language does."""
    return format_percent(share, locale=Locale(language))


def decimal(number: float, language: str) -> str:
    """A number with at most one decimal, written as the language does."""
    return format_decimal(number, format="#,##0.#", locale=Locale(language))


def moment(when: datetime, language: str) -> str:
    """A date and time, written as the language does."""
    return format_datetime(when, "d MMMM yyyy, HH:mm", locale=Locale(language))
