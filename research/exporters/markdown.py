"""Text of others inside Markdown: it shows as it is and can neither format nor link."""

import re
from html import escape as escape_html

_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_SPECIAL = re.compile(r"[\\`*{}\[\]#|~$@]|(?<!\w)_|_(?!\w)|(?<=www)\.|:(?=//)")
_FIRST = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")


def escape(text: str) -> str:
    """The text on one line; HTML becomes entities, Markdown's own signs a backslash."""
    line = _SPACE.sub(" ", text).strip()
    line = _SPECIAL.sub(lambda sign: "\\" + sign.group(), line)
    return escape_html(_FIRST.sub(r"\1\\", line), quote=False)
