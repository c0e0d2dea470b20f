"""What every export says of itself: how it was made, who looked at it, whether it is a draft."""

from research.exporters.index import Index
from research.model import Analysis

Rows = tuple[tuple[str, str], ...]


def is_draft(analysis: Analysis) -> bool:
    """Whether people have not accepted the personas yet, and with them the maps."""
    return not analysis.personas or any(
        p.status != "accepted" or p.changed for p in analysis.personas
    )


def name_of(analysis: Analysis) -> str:
    """The study's name as people call it now."""
    return analysis.about.study or analysis.study


def status_of(found: Index) -> str:
    """The draft mark, or that people accepted it, in the language of the study."""
    say = found.words
    if not is_draft(found.analysis):
        return say("Accepted by people")
    return say("DRAFT: proposed by software, not accepted by people yet")


def provenance(found: Index) -> Rows:
    """What an export says of itself, as names and values; what is not known is left out."""
    say, analysis, about = found.words, found.analysis, found.analysis.about
    accepted = sum(p.status == "accepted" for p in analysis.personas)
    rows = (
        (say("Study"), name_of(analysis)),
        (say("Status"), status_of(found)),
        (
            say("Personas accepted"),
            f"{accepted} {say('of')} {len(analysis.personas)}" if analysis.personas else "",
        ),
        (say("Made by"), analysis.made_by.software),
        (say("Date of the analysis"), about.date),
        (say("Version"), about.version),
        (say("Reviewed by"), ", ".join(about.reviewers) or say("nobody yet")),
        (say("People"), str(found.of)),
        (say("Files"), str(len(analysis.sources))),
        (say("Statements"), str(len(analysis.statements))),
        (say("Language"), analysis.language),
        (say("Legal basis"), say(about.basis) if about.basis else ""),
        (say("Kept until"), about.keep_until),
    )
    return tuple(row for row in rows if row[1])


def line(found: Index) -> str:
    """The same on one line, for a footer."""
    about, say = found.analysis.about, found.words
    reviewed = ", ".join(about.reviewers)
    parts = (
        name_of(found.analysis),
        found.analysis.made_by.software,
        " ".join(part for part in (about.date, about.version) if part),
        f"{say('reviewed by')} {reviewed}" if reviewed else say("reviewed by nobody yet"),
    )
    return " · ".join(part for part in parts if part)
