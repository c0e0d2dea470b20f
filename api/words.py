"""What codes are called on a page: kinds, roles, strengths, statuses, rows of a map."""

from collections.abc import Mapping


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
CHANNEL = {
    "interview": N_("interview"),
    "survey": N_("survey"),
    "review": N_("review"),
    "ticket": N_("ticket"),
}
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
METHOD = {
    "interviews@1": N_("Grouped by how alike people are in what they raise"),
    "survey@1": N_("Latent classes of the themes that people raise"),
    "people": N_("Grouped by people"),
}
CLAIM_STATUS = {
    "draft": N_("Not reviewed"),
    "changes asked": N_("Changes asked"),
    "accepted": N_("Approved"),
    "left out": N_("Left out"),
}
CLAIM_STEP = {
    "draft": N_("Put it back"),
    "changes asked": N_("Ask for changes"),
    "accepted": N_("Approve"),
    "left out": N_("Leave it out"),
}
EVIDENCE = {
    "none": N_("No evidence"),
    "assumption": N_("Assumption"),
    "internal": N_("Some evidence"),
    "validated": N_("Well supported"),
}
PROGRESS = {
    "open": N_("Open"),
    "planned": N_("Planned"),
    "doing": N_("Being worked on"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}
EFFORT = {"small": N_("Little work"), "medium": N_("Some work"), "large": N_("Much work")}
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
    "behaviour": N_("Behaviour"),
    "context": N_("Context"),
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
    "frontstage": N_("Frontstage: what customers see us do"),
    "backstage": N_("Backstage: what they do not see"),
    "support": N_("Support: systems and partners"),
}
LEVEL = {
    "none": N_("no evidence"),
    "assumption": N_("assumption"),
    "internal": N_("internal"),
    "validated": N_("validated"),
}
MOMENT = {
    "morning": N_("Morning"),
    "working hours": N_("At work, by day"),
    "on the way": N_("On the way"),
    "evening": N_("Evening"),
    "night": N_("Night"),
    "weekend": N_("Weekend"),
}
VALENCE = {"-1": N_("negative"), "0": N_("neutral"), "1": N_("positive")}
ACTION = {
    "set-role": N_("Role of a voice"),
    "rename-theme": N_("Name of a theme"),
    "merge-themes": N_("Two themes made one"),
    "split-theme": N_("A theme of its own"),
    "set-owner": N_("Who works on a pain point"),
    "set-progress": N_("How far the work on a pain point is"),
    "set-effort": N_("How much work a pain point is"),
    "set-change": N_("What is wanted instead of a pain point"),
    "set-header": N_("What a map is about"),
    "set-cell": N_("A cell of the service blueprint"),
    "set-weight": N_("How much a stage counts"),
    "set-personal": N_("Personal data added"),
    "set-not-personal": N_("Not personal data"),
    "hide-theme": N_("A theme hidden"),
    "pin-theme": N_("A theme that stays"),
    "set-theme-kind": N_("Kind of a theme"),
    "set-dial": N_("Fewer or more themes"),
    "rename-persona": N_("Name of a persona"),
    "persona-status": N_("Status of a persona"),
    "merge-personas": N_("Two personas made one"),
    "split-persona": N_("A persona of its own"),
    "move-person": N_("A person in another persona"),
    "lock-persona": N_("A persona locked or opened"),
    "renew-persona": N_("Changes to a persona taken over"),
    "keep-persona": N_("Changes to a persona turned down"),
    "claim-status": N_("Status of a line"),
    "edit-claim": N_("Wording of a line"),
    "add-assumption": N_("An assumption"),
    "set-summary": N_("Summary of a persona"),
    "comment": N_("A comment"),
    "settle-comment": N_("A comment settled"),
    "set-kind": N_("Kind of a statement"),
    "set-stage": N_("Stage of a statement"),
    "set-valence": N_("Feeling of a statement"),
    "set-theme": N_("Theme of a statement"),
    "set-score": N_("Stage of a score"),
    "set-columns": N_("Columns of a survey"),
    "undo": N_("Undone"),
}
CODEBOOK = (N_("Web shops and marketplaces"), N_("Software and apps"), N_("Services with people"))
CODER_MODE = {
    "off": N_("Ask nothing"),
    "opinion": N_("Ask for a second opinion"),
    "labels": N_("Ask, and let its labels count where nobody judged"),
}
LAYOUT = {
    "rows": N_("A row for each figure: metric, value, period"),
    "columns": N_("A column for each metric"),
    "periods": N_("A row for each metric, a column for each period"),
}
COLUMN_ROLE = {
    "respondent": N_("Who answered"),
    "date": N_("Date"),
    "attribute": N_("A fact about who answered"),
    "open": N_("Open answer"),
    "nps": N_("NPS, from 0 to 10"),
    "csat": N_("Satisfaction (CSAT)"),
    "language": N_("Language of the answers"),
    "ignore": N_("Ignore"),
}
SIDE = {
    "promoters": N_("Promoters: 9 or 10"),
    "passives": N_("In between: 7 or 8"),
    "detractors": N_("Detractors: 0 to 6"),
    "satisfied": N_("Satisfied: the two highest boxes"),
    "between": N_("In between"),
    "dissatisfied": N_("Dissatisfied: below the middle"),
}
LANGUAGE = {
    "auto": N_("Find out from the files"),
    "nl": N_("Dutch"),
    "en": N_("English"),
    "de": N_("German"),
    "fr": N_("French"),
    "es": N_("Spanish"),
    "it": N_("Italian"),
    "pt": N_("Portuguese"),
    "pl": N_("Polish"),
    "da": N_("Danish"),
    "sv": N_("Swedish"),
    "nb": N_("Norwegian"),
    "tr": N_("Turkish"),
    "": N_("Language not known"),
}
DICTIONARY: Mapping[str, Mapping[str, str]] = {
    "kind": KIND,
    "role": ROLE,
    "method": METHOD,
    "evidence": EVIDENCE,
    "progress": PROGRESS,
    "effort": EFFORT,
    "channel": CHANNEL,
    "strength": STRENGTH,
    "size": SIZE,
    "status": STATUS,
    "claim status": CLAIM_STATUS,
    "claim step": CLAIM_STEP,
    "persona kind": PERSONA_KIND,
    "run": RUN,
    "step": STEP,
    "claim": CLAIM,
    "row": ROW,
    "level": LEVEL,
    "valence": VALENCE,
    "moment": MOMENT,
    "action": ACTION,
    "language": LANGUAGE,
    "layout": LAYOUT,
    "column role": COLUMN_ROLE,
    "side": SIDE,
    "coder mode": CODER_MODE,
}


def english(family: str, code: str) -> str:
    """The English name of a code; an unknown code reads as words."""
    known = DICTIONARY[family].get(code)
    return known or code.replace("-", " ").replace("_", " ").capitalize()
