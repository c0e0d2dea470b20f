"""What transcription software adds of its own: recognised, so that it never counts as speech."""

import re

SOFTWARE = "added by transcription software"
NOT_SPEECH = "not speech"

_SOFTWARE = re.compile(
    r"""^\W*(?:
      transcribed\ by\ https?://otter\.ai
    | transcription\ (?:ended|started)\b.{0,40}
    | this\ editable\ transcript\ was\ computer\ generated\b.*
    | .{1,60}\ (?:started|stopped)\ transcription
    | .{1,60}\ heeft\ de\ transcriptie\ (?:gestart|gestopt|beëindigd)
    | ondertitel(?:d|s|ing)\ (?:door|ingediend\ door|by)\b.{0,60}
    | subtitles?\ (?:by|created\ by)\b.{0,60}
    | removed\ an?\ .{1,30}\ reaction\ from\ ".*"
    | reacted\ to\ ".*"\ with\ .{1,20}
    | tv\ gelderland\ \d{4}
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_BRACKETED = re.compile(r"^\s*(?:\[[^\]\[]*\]|\([^()]*\)|♪[^♪]*♪?|\*[^*]+\*)[\s.]*$")


def reason_to_drop(line: str) -> str:
    """Why a line is not what a person said; empty when it may be."""
    if _SOFTWARE.match(line):
        return SOFTWARE
    return NOT_SPEECH if _BRACKETED.match(line) else ""
