"""Text made safe for maps: nothing that breaks a file, and ids that stay the same."""

import hashlib
import re
import unicodedata

from research.exporters.plain import LONGEST_CELL, cut

# What XML forbids, controls, halves of pairs, and characters that turn the text around them.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
    + "|["
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
EMOJI = re.compile(
    "[\u200d\u20e3\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\ufe00-\ufe0f\U0001f000-\U0001faff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text without controls and other characters that files of maps cannot hold."""
    return UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """The text on one line, clean; `…` when nothing is left."""
    return " ".join(clean(text).split()) or "…"


def shortened(text: str, most: int) -> str:
    """At most so many characters; what is cut off shows as `…`, never half a letter."""
    if len(text) <= most:
        return text
    end = most - 1
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def without_emoji(text: str) -> str:
    """The text without emoji and pictographs; `…` when nothing is left."""
    return " ".join(EMOJI.sub("", text).split()) or "…"


def cell(text: str) -> str:
    """A cell of a spreadsheet: clean, and not longer than a cell can be."""
    return cut(clean(text).replace("\t", " "), LONGEST_CELL)


def short_id(*parts: str) -> str:
    """An id of 16 letters and digits, the same for the same parts; it begins with a letter."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return "k" + digest[:15]
