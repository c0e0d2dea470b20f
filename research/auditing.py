"""The audit log of who saw, changed and exported what; ids and moments, never words."""

import re
from datetime import date

from research.errors import KlantbeeldError
from research.exporters.tables import to_csv
from research.model import AuditEntry
from research.store import Store, audit

ACTIONS = ("see", "change", "export", "access", "erase", "originals", "delete", "purge")
COMMAND_LINE = "command line"
MOST_SHOWN = 500
LONGEST = 200
_ID = re.compile(r"[\w.:,=+-]*(?:/[\w.:,=+-]*)*")


def record(store: Store, who: str, action: str, study: str, what: str) -> None:
    """Write down that somebody did something; `what` is an id or a path of ids."""
    kept = what if _ID.fullmatch(what) and len(what) <= LONGEST else "?"
    audit.add(store, who, action, study, kept)


def audit_log(
    store: Store,
    *,
    study: str = "",
    who: str = "",
    action: str = "",
    since: str = "",
    most: int = MOST_SHOWN,
) -> tuple[AuditEntry, ...]:
    """The entries that fit, newest first. `since` is a day (2027-01-31); `most` 0 for all."""
    if action and action not in ACTIONS:
        raise KlantbeeldError(f"Choose one of {', '.join(ACTIONS)}.")
    if since:
        _checked(since)
    chosen = (action,) if action else ()
    return audit.entries(store, study=study, who=who, actions=chosen, since=since, most=most)


def audit_csv(
    store: Store, *, study: str = "", who: str = "", action: str = "", since: str = ""
) -> bytes:
    """All entries that fit as a table."""
    found = audit_log(store, study=study, who=who, action=action, since=since, most=0)
    rows = ((e.at.isoformat(), e.who, e.action, e.study, e.what) for e in found)
    return to_csv(("at", "who", "action", "study", "what"), rows)


def _checked(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise KlantbeeldError(f"{day!r} is not a date; write it as 2027-01-31.") from error
