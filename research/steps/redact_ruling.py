"""What people decided about redaction: what is not personal after all, and what was missed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from research.steps.redact_words import WORDS, Find, placeholder, plain


@dataclass(frozen=True, slots=True)
class Ruling:
    """`missed` are categories and texts to take out wherever they stand, in any case; `kept`
    are values (category and comparable form) that stay, `kinds` categories that stay whole."""

    missed: tuple[tuple[str, str], ...] = ()
    kept: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    kinds: frozenset[str] = field(default_factory=frozenset)

    def allows(self, category: str, key: str) -> bool:
        """Whether what redaction found is to be taken out."""
        return category not in self.kinds and (category, key) not in self.kept


NOTHING = Ruling()


def find_missed(text: str, ruling: Ruling) -> Iterator[Find]:
    """Where what people added stands, the longest first; they go before all that is found."""
    for category, missed in sorted(ruling.missed, key=lambda pair: (-len(pair[1]), pair)):
        for match in _pattern(missed).finditer(text):
            yield Find(match.start(), match.end(), category, plain(missed) or missed)


def without_missed(value: str, ruling: Ruling, language: str) -> str:
    """A value outside the passages, such as an attribute, without what people added."""
    for category, missed in sorted(ruling.missed, key=lambda pair: (-len(pair[1]), pair)):
        shown = placeholder(category, 0, language).replace(" 0]", "]")
        value = shown.join(_pattern(missed).split(value))
    return value


def categories() -> Sequence[str]:
    """The kinds of personal data there are."""
    return tuple(WORDS)


def _pattern(text: str) -> re.Pattern[str]:
    """The text as whole words, with whatever spaces between them."""
    words = r"\s+".join(map(re.escape, text.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
