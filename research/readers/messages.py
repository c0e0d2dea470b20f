"""Messages of customers to a help desk: their own words, without markup, quotes and signatures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from research.model import Attributes, Passage, Reading, SetAside, Upload
from research.readers.dates import iso_date
from research.readers.files import source_id
from research.readers.nonanswers import NON_ANSWER, is_non_answer
from research.readers.text import clean

AGENT = "an agent's reply"
INTERNAL = "an internal note"
AUTOMATIC = "written by a bot or the system"
NOBODY = "it does not say who wrote it"
QUOTED = "quoted from an earlier message"
SIGNATURE = "a signature"

_WROTE = re.compile(
    r"^(?:on|op|am|le)\s.{5,140}\s(?:wrote|schreef|schrieb|a écrit)\b.{0,100}:?\s*$", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"^\W*[-_]{2,}\s*(?:original message|oorspronkelijk bericht|forwarded message"
    r"|doorgestuurd bericht)\b|^##-\s.*-##",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\W*(?:from|van|von)\W*:\s*\S", re.IGNORECASE)
_SENT = re.compile(r"^\W*(?:sent|verzonden|date|datum|gesendet|to|aan)\W*:\s*\S", re.IGNORECASE)
_DEVICE = re.compile(
    r"^\W*(?:sent from (?:my|outlook|mail|yahoo)|get outlook for|verstuurd vanaf|verzonden vanaf"
    r"|outlook voor .{1,20} downloaden)\b.{0,80}$",
    re.IGNORECASE,
)
_DASHES = re.compile(r"^--\s*$")
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "pre", "hr")
)
_UNSEEN = frozenset(("script", "style", "head", "title"))


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `reason` tells why it is not the customer's words, empty when it is.

    `when` is a date as written, or seconds since 1970.
    """

    voice: str
    text: str
    place: str
    subject: str = ""
    when: str = ""
    reason: str = ""
    rating: float | None = None
    attributes: Attributes = ()


def to_reading(
    upload: Upload, reader: str, messages: Iterable[Message], notes: Sequence[str]
) -> Reading:
    """The customers' own words as passages, and all else set aside with the reason."""
    passages: list[Passage] = []
    aside: list[SetAside] = []
    for message in messages:
        if message.reason:
            aside.append(SetAside(message.place, message.text, message.reason))
            continue
        own, cut = own_words(message.text)
        aside += [SetAside(message.place, text, reason) for text, reason in cut]
        if not own and cut:
            continue
        if is_non_answer(own):
            aside.append(SetAside(message.place, own or message.text, NON_ANSWER))
        else:
            passages.append(_passage(message, own, len(passages)))
    return Reading(
        source=source_id(upload.content),
        name=upload.name,
        reader=reader,
        passages=tuple(passages),
        set_aside=tuple(a for a in aside if a.text),
        notes=tuple(notes),
    )


def _passage(message: Message, text: str, index: int) -> Passage:
    return Passage(
        index=index,
        text=text,
        voice=message.voice,
        channel="ticket",
        place=message.place,
        question=" ".join(message.subject.split()),
        rating=message.rating,
        date=iso_date(message.when),
        attributes=message.attributes,
    )


def own_words(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What was written anew in a message, and what was cut with the reason."""
    lines = [line.rstrip() for line in text.replace("\xa0", " ").split("\n")]
    kept: list[str] = []
    cut: dict[str, list[str]] = {}
    for number, line in enumerate(lines):
        ends = _ends(lines, number)
        if ends:
            cut.setdefault(ends, []).extend(lines[number:])
            break
        reason = _reason(lines, number)
        if reason:
            cut.setdefault(reason, []).append(line)
        elif line.strip():
            kept.append(line.strip())
    return "\n".join(kept), [(_tidy(found), reason) for reason, found in cut.items()]


def _tidy(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if line.strip())


def _ends(lines: Sequence[str], number: int) -> str:
    """Why nothing from this line on is the writer's own; empty when it may be."""
    line = lines[number]
    if _DASHES.match(line):
        return SIGNATURE
    if _ORIGINAL.match(line):
        return QUOTED
    following = [later for later in lines[number + 1 :] if later.strip()][:3]
    if _FROM.match(line) and any(map(_SENT.match, following)):
        return QUOTED
    if _is_heading(lines, number) and not any(f.lstrip().startswith(">") for f in following):
        return QUOTED
    return ""


def _reason(lines: Sequence[str], number: int) -> str:
    """Why one line is not the writer's own; empty when it is."""
    line = lines[number]
    if line.lstrip().startswith(">") or _is_heading(lines, number):
        return QUOTED
    broken = number > 0 and _is_broken_heading(lines[number - 1], line)
    if broken:
        return QUOTED
    return SIGNATURE if _DEVICE.match(line) else ""


def _is_heading(lines: Sequence[str], number: int) -> bool:
    """Whether a line such as `On 3 March, Anna wrote:` begins here, perhaps over two lines."""
    after = lines[number + 1] if number + 1 < len(lines) else ""
    whole = bool(_WROTE.match(lines[number])) and lines[number].rstrip().endswith(":")
    return whole or _is_broken_heading(lines[number], after)


def _is_broken_heading(first: str, second: str) -> bool:
    if not second.strip() or not second.rstrip().endswith(":") or first.rstrip().endswith(":"):
        return False
    return len(first) < 120 and bool(_WROTE.match(f"{first.strip()} {second.strip()}"))


class _Plain(HTMLParser):
    """Collects the words of HTML; what is quoted begins with `>` as in a plain message."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, list[str]]] = [(0, [])]
        self.quoted = 0
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; a quotation and what is not shown are remembered."""
        self.unseen += tag in _UNSEEN
        self.quoted += tag == "blockquote"
        if tag in _BLOCKS or tag == "blockquote":
            self.lines.append((self.quoted, []))

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        self.unseen = max(0, self.unseen - (tag in _UNSEEN))
        self.quoted = max(0, self.quoted - (tag == "blockquote"))
        if (tag in _BLOCKS and tag != "br") or tag == "blockquote":
            self.lines.append((self.quoted, []))

    def handle_data(self, data: str) -> None:
        """Words, unless they are not shown."""
        if not self.unseen:
            self.lines[-1][1].append(data)


def plain_text(html: str) -> str:
    """HTML as plain text, a line a block; entities resolved, tags gone."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return clean("\n".join(_written(parser.lines)))


def _written(lines: Iterable[tuple[int, list[str]]]) -> Iterator[str]:
    for quoted, parts in lines:
        words = " ".join("".join(parts).split())
        if words:
            yield f"> {words}" if quoted else words


def text_of(value: object) -> str:
    """A JSON value as text; nothing for a list, an object or null."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean(str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def fields_of(value: object) -> dict[str, object]:
    """A JSON object, or an empty one where it is something else."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[dict[str, object]]:
    """The objects of a JSON list."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
