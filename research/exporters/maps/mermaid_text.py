"""Text that means nothing to Mermaid, by rules that were run against Mermaid 11."""

from collections.abc import Callable, Iterable

from research.exporters.maps.text import line, shortened

# Mermaid refuses diagrams of more than 50,000 characters.
LONGEST_FILE = 48_000
LONGEST = 120
SWAPS = str.maketrans(
    {":": "：", ";": ",", "#": "№", '"': "'", "<": "‹", ">": "›", "`": "'", "%": "％", "\\": "/"}
)
KEYWORDS = ("title", "section", "acctitle", "accdescr", "journey", "timeline", "click", "end")


def plain(text: str) -> str:
    """A name in a journey or a timeline; a word that Mermaid takes for its own is kept apart."""
    safe = shortened(line(line(text).translate(SWAPS)), LONGEST)
    safe = safe.replace("{", "(").replace("}", ")")
    first = safe.split(maxsplit=1)[0].lower()
    return "· " + safe if first.startswith(KEYWORDS) or first.startswith("-") else safe


def actor(text: str) -> str:
    """Somebody in a journey: a comma would make two of them."""
    return plain(text).replace(",", " ").replace("  ", " ")


def quoted(text: str) -> str:
    """The text between the quotation marks of a node."""
    return plain(text).replace("[", "(").replace("]", ")")


def cut(lines: Iterable[str], note: Callable[[int], str]) -> bytes:
    """As many lines as Mermaid takes; when some are left out, the last one says how many."""
    kept: list[str] = []
    size, left = 0, 0
    for text in lines:
        size += len(text) + 1
        if size <= LONGEST_FILE and not left:
            kept.append(text)
        else:
            left += 1
    if left:
        kept.append(note(left))
    return ("\n".join(kept) + "\n").encode("utf-8")
