"""Times as transcripts write them, to one form: 00:01:02."""

import re

CLOCK = r"-?(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9})?"
_PARTS = re.compile(r"^(-)?(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,]\d+)?$")


def seconds(written: str) -> int | None:
    """A time in whole seconds; None when it is no time. Before zero counts as zero."""
    match = _PARTS.match(written.strip())
    if match is None:
        return None
    minus, hours, minutes, secs = match.groups()
    if int(secs) > 59 or (hours is not None and int(minutes) > 59):
        return None
    return 0 if minus else int(hours or 0) * 3600 + int(minutes) * 60 + int(secs)


def clock(total: int) -> str:
    """Seconds as hours, minutes and seconds."""
    return f"{total // 3600:02}:{total // 60 % 60:02}:{total % 60:02}"


def as_clock(written: str) -> str:
    """A written time in the one form; empty when it is no time."""
    total = seconds(written)
    return "" if total is None else clock(total)
