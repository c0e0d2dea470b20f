"""Pages of a document to lines of text: repeated headers and footers, hyphens at line ends."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from research.model import SetAside
from research.readers.documents import wide_head
from research.readers.labels import is_known_label, looks_like_name
from research.readers.times import CLOCK
from research.readers.words import words

REPEATED = "a header, footer or page number"

_EDGE = 3
_SHARE = 0.4
_FEW = 4
_LINE_WORDS = 5
_MOST = 0.6
_NUMBERED = re.compile(r"^(\d{1,5})(?:\s+(\S.*))?$")
_WHITE = 1.4
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
     "\ufb05": "st", "\ufb06": "st"}
)  # fmt: skip
_DIGITS = re.compile(r"\d+")
_TIME = re.compile(CLOCK)
_NUMBER = re.compile(
    r"^[-–—\s|]*(?:(?:pagina|page|blz|pag|p)\.?\s*)?(\d{1,4})"
    r"(?:\s*(?:/|van|of|von)\s*\d{1,4})?[-–—\s|]*$",
    re.IGNORECASE,
)
_SOFT = "\u00ad"
_BROKEN = re.compile(r"([^\W\d_][\w'’]*(?:-[^\W\d_]+)*)[-\u2010\u00ad]$")
_GOES_ON = re.compile(r"^([^\W_]+)(\S*)\s*")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HYPHENATES = 0.03
_JOINING = frozenset(words("en of and or und oder tot to noch nor maar dus but so"))
_OWN_HYPHEN = frozenset(
    words(
        """
        ex niet non self anti co oud semi twenty thirty forty fifty sixty seventy eighty ninety
        """
    )
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line on a page, and how high it stands."""

    text: str
    height: float


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines with the page of each, and what was left out of the pages."""

    lines: tuple[str, ...]
    pages: tuple[int, ...]
    aside: tuple[SetAside, ...]


def lines_of(pages: Sequence[Sequence[Placed]]) -> Lines:
    """The lines of all pages, without what the pages repeat and with words made whole."""
    aside: list[SetAside] = []
    pages = _without_overlap([_without_line_numbers(page) for page in pages], aside)
    repeated = _repeated(pages)
    lines: list[str] = []
    numbers: list[int] = []
    for number, page in enumerate(pages, start=1):
        out = _furniture(page, number, len(pages), repeated)
        kept = _spaced([line for i, line in enumerate(page) if i not in out])
        lines += kept
        numbers += [number] * len(kept)
        aside += [SetAside(f"page {number}", page[i].text, REPEATED) for i in sorted(out)]
    return Lines(tuple(_whole_words(lines)), tuple(numbers), tuple(aside))


def _without_line_numbers(page: Sequence[Placed]) -> list[Placed]:
    """A page without the numbers that count its lines or paragraphs in the margin."""
    found = [_NUMBERED.match(line.text) for line in page]
    alone = [match for match in found if match and not match.group(2)]
    before = [match for match in found if match and match.group(2)]
    drop_alone = len(alone) >= _FEW and _counts_up(alone)
    drop_before = len(before) >= max(_FEW, _MOST * len(page)) and _counts_up(before)
    kept: list[Placed] = []
    for line, match in zip(page, found, strict=True):
        if match is None:
            kept.append(line)
        elif match.group(2):
            kept.append(replace(line, text=match.group(2)) if drop_before else line)
        elif not drop_alone:
            kept.append(line)
    return kept


def _without_overlap(
    pages: Sequence[Sequence[Placed]], aside: list[SetAside]
) -> list[list[Placed]]:
    """The pages without lines that already stand at the foot of the page before."""
    kept: list[list[Placed]] = [list(page) for page in pages[:1]]
    for number, (before, page) in enumerate(pairwise(pages), start=1):
        foot = _nearest(before, top=False)
        again = {
            line
            for line in _nearest(page, top=True)
            if line in foot and len(line.split()) >= _LINE_WORDS
        }
        kept.append([line for line in page if line.text not in again])
        reason = f"the same as page {number}"
        same = [line.text for line in page if line.text in again]
        aside += [SetAside(f"page {number + 1}", text, reason) for text in same]
    return kept


def _nearest(page: Sequence[Placed], *, top: bool) -> frozenset[str]:
    """The words of the lines in the upper or lower half that stand nearest to its edge."""
    order = sorted(page, key=lambda line: -line.height if top else line.height)
    return frozenset(line.text for line in order[: min(2 * _EDGE, (len(order) + 1) // 2)])


def _counts_up(numbers: Sequence[re.Match[str]]) -> bool:
    """Whether numbers go up by the same step, nearly always."""
    values = [int(match.group(1)) for match in numbers]
    steps = Counter(after - before for before, after in pairwise(values))
    step, times = steps.most_common(1)[0]
    return step in (1, 5, 10) and times >= _MOST * sum(steps.values())


def _spaced(page: Sequence[Placed]) -> list[str]:
    """The lines of a page, with an empty one where the page leaves more white than usual."""
    steps = [above.height - here.height for above, here in pairwise(page)]
    usual = median([step for step in steps if step > 0] or [0.0])
    lines = [wide_head(line.text.translate(_LIGATURES)) for line in page[:1]]
    for step, line in zip(steps, page[1:], strict=True):
        if step > _WHITE * usual:
            lines.append("")
        lines.append(wide_head(line.text.translate(_LIGATURES)))
    return lines


def _edges(page: Sequence[Placed]) -> tuple[list[int], list[int]]:
    """Which lines stand highest and lowest on a page, from the outside in."""
    order = sorted(range(len(page)), key=lambda i: -page[i].height)
    return order[:_EDGE], order[::-1][:_EDGE]


def _repeated(pages: Sequence[Sequence[Placed]]) -> frozenset[str]:
    """The lines at the edges of many pages: the same words, or the same with a page's number.

    What begins with a speaker's label is one only when nearly all pages have it.
    """
    same: Counter[str] = Counter()
    counted: Counter[tuple[str, int, int]] = Counter()
    for number, page in enumerate(pages):
        top, bottom = _edges(page)
        lines = {page[i].text for i in (*top, *bottom)}
        same.update(lines)
        counted.update({key for line in lines for key in _counting(line, number)})
    enough, sure = max(2.0, _SHARE * len(pages)), max(3.0, 2 * _SHARE * len(pages))
    templates = {template for (template, _, _), n in counted.items() if n >= enough}
    return frozenset(templates) | {
        line
        for line, n in same.items()
        if n >= (sure if _speaks(line) else enough) and not line.endswith(":")
    }


def _counting(line: str, number: int) -> Iterable[tuple[str, int, int]]:
    """The line with gaps for its numbers, and how far each is ahead of the page's number."""
    if _TIME.search(line) or _speaks(line):
        return
    for position, digits in enumerate(_DIGITS.findall(line)):
        if len(digits) <= 4:
            yield _template(line), position, int(digits) - number


def _speaks(line: str) -> bool:
    """Whether a line begins with what may be a speaker: `Deelnemer 7:`, `Anna:`."""
    label, colon, words = line.partition(":")
    return bool(colon) and (not words.strip() or is_known_label(label) or looks_like_name(label))


def _template(line: str) -> str:
    """A line with gaps for its numbers."""
    return _DIGITS.sub("\x00", line)


def _furniture(
    page: Sequence[Placed], number: int, of: int, repeated: frozenset[str]
) -> frozenset[int]:
    """Which lines of a page are what pages repeat, or its number."""
    out: list[int] = []
    for edge in _edges(page):
        for i in edge:
            line = page[i].text
            match = _NUMBER.match(line) if of == 1 else None
            alone = match is not None and int(match.group(1)) == number
            if not alone and line not in repeated and _template(line) not in repeated:
                break
            out.append(i)
    return frozenset(out)


def _whole_words(lines: Sequence[str]) -> list[str]:
    """The lines with words made whole that a hyphen breaks off at the end of a line."""
    known = Counter(_WORD.findall("\n".join(lines).lower()))
    whole = list(lines)
    broken = sum(1 for line in lines if _BROKEN.search(line))
    hyphenates = broken >= max(2.0, _HYPHENATES * sum(1 for line in lines if line))
    for here in range(len(whole) - 1):
        following = next((i for i in range(here + 1, len(whole)) if whole[i]), here)
        start, rest = _BROKEN.search(whole[here]), _GOES_ON.match(whole[following])
        if start is None or rest is None or following == here:
            continue
        soft = whole[here].endswith(_SOFT)
        word = _joined(start.group(1), rest.group(1), known, sure=soft, hyphenates=hyphenates)
        if word:
            whole[here] = whole[here][: start.start()] + word + rest.group(2)
            whole[following] = whole[following][rest.end() :]
    return [line.replace(_SOFT, "") for line in whole]


def _joined(start: str, rest: str, known: Counter[str], *, sure: bool, hyphenates: bool) -> str:
    """The word that stands over two lines; empty when the hyphen ends a word of its own.

    The hyphen stays where the document writes the word with one, where the word asks for
    one, and in a document that hardly ever breaks words off.
    """
    one, two = f"{start}{rest}", f"{start}-{rest}"
    if sure:
        return one
    if rest[0].isdigit():
        return two
    if not rest[0].islower() or rest in _JOINING:
        return ""
    if known[one.lower()] != known[two.lower()]:
        return one if known[one.lower()] > known[two.lower()] else two
    first = start.lower().rpartition("-")[2]
    own = first in _OWN_HYPHEN or start.isupper() or len(first) == 1
    return one if hyphenates and not own else two
