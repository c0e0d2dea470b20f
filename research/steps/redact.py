"""Personal data out of the text, placeholders in: `Marieke` becomes `[NAAM 1]`.

Names are those of speaker labels, of people who are introduced, greeted or titled, and known
given names where a sentence leaves no other reading; everything else shows by its own form or by
the word before it. No trained model is needed. What a placeholder stands for is handed back apart,
for the store alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from research.model import Passage, Reading, Redaction, SetAside, Speaker
from research.steps.redact_announced import find_announced
from research.steps.redact_labels import is_generic_label, name_in_label
from research.steps.redact_mentions import Form, Forms, forms, gathered, mentions
from research.steps.redact_named import named
from research.steps.redact_people import Person, introduced, merged, person
from research.steps.redact_places import find_places
from research.steps.redact_ruling import NOTHING, Ruling, find_missed
from research.steps.redact_values import find_phones, find_values
from research.steps.redact_words import WORD, Find, apart, has_digit, numbers_in, placeholder, plain

__all__ = ["is_generic_label", "redact"]

_ROUNDS = 6  # a value can hide another one beside it; more rounds than that never happen

LanguageOf = Callable[[Passage], str]


def redact(
    reading: Reading,
    speakers: Sequence[Speaker],
    language: LanguageOf | str,
    ruling: Ruling = NOTHING,
) -> tuple[Reading, tuple[Redaction, ...]]:
    """The reading with placeholders for personal data, and what they stand for.

    `speakers` adds voices that hold names; `language` is that of the placeholders, for
    all or by passage; `ruling` is what people decided. Redacting twice changes nothing more.
    """
    tongue = _tongue(language)
    work = _Work(reading, speakers, ruling)
    passages = tuple(work.passage(p, tongue(p)) for p in reading.passages)
    usual = tongue(reading.passages[0]) if reading.passages else "en"
    set_aside = tuple(work.aside(s, usual) for s in reading.set_aside)
    return replace(reading, passages=passages, set_aside=set_aside), tuple(work.ledger.entries)


def _tongue(language: LanguageOf | str) -> LanguageOf:
    return (lambda passage: language) if isinstance(language, str) else language


@dataclass
class _Ledger:
    """Which value has which number, and the redactions made so far."""

    source: str
    highest: dict[str, int]
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    entries: list[Redaction] = field(default_factory=list)
    _made: set[str] = field(default_factory=set)

    def placeholder(self, category: str, key: str, original: str, language: str) -> str:
        """The placeholder of a value; the same value always has the same number."""
        number = self.numbers.get((category, key))
        if number is None:
            number = self.numbers[category, key] = self.highest.get(category, 0) + 1
            self.highest[category] = number
        shown = placeholder(category, number, language)
        if shown not in self._made:
            self._made.add(shown)
            self.entries.append(Redaction(self.source, shown, original, category, key))
        return shown


class _Work:
    """One reading's people, announced values and ledger."""

    def __init__(self, reading: Reading, speakers: Sequence[Speaker], ruling: Ruling) -> None:
        self.ruling = ruling
        texts = [t for p in reading.passages for t in (p.voice, p.question, p.text)]
        texts += [s.text for s in reading.set_aside]
        self.ledger = _Ledger(reading.source, numbers_in(texts))
        own = [s.voice for s in speakers if s.source == reading.source]
        self.groups = _people(reading, own)
        self.everyone = {k: p for group in self.groups.values() for k, p in group.items()}
        self.known = {group: forms(people.values()) for group, people in self.groups.items()}
        self.shared = forms(self.everyone.values(), whole_only=True)
        self.announced = _announced(texts)

    def passage(self, passage: Passage, language: str) -> Passage:
        """The passage with placeholders in voice, question, text and attributes."""
        group = _group(passage)
        return replace(
            passage,
            voice=self._voice(passage.voice, group, language),
            question=self._text(passage.question, group, language),
            text=self._text(passage.text, group, language),
            attributes=tuple((k, self._text(v, group, language)) for k, v in passage.attributes),
        )

    def aside(self, aside: SetAside, language: str) -> SetAside:
        """What was set aside, with placeholders."""
        return replace(aside, text=self._text(aside.text, "", language))

    def _voice(self, voice: str, group: str, language: str) -> str:
        name = "" if is_generic_label(voice) else name_in_label(voice)
        if not name:
            return voice
        found = list(mentions(name, self.known.get(group, {})))
        key = found[0].key if found else plain(name)
        if not self.ruling.allows("name", key):
            return voice
        return self.ledger.placeholder("name", key, self._full(key, name), language)

    def _text(self, text: str, group: str, language: str) -> str:
        """The text with placeholders; looked at again while a value may hide another one."""
        for _ in range(_ROUNDS):
            missed = list(find_missed(text, self.ruling))
            possible = [*missed, *self._finds(text, group)]
            found = apart(text, possible)
            finds = [f for f in found if f in missed or self._personal(f)]
            if not finds:
                break
            text = self._replaced(text, finds, language)
            if all(f.category == "name" for f in possible) and not missed:
                break
        return text

    def _replaced(self, text: str, finds: Iterable[Find], language: str) -> str:
        pieces: list[str] = []
        position = 0
        for find in finds:
            original = text[find.start : find.end]
            if find.category == "name":
                original = self._full(find.key, original)
            shown = self.ledger.placeholder(find.category, find.key, original, language)
            pieces += [text[position : find.start], shown]
            position = find.end
        return "".join([*pieces, text[position:]])

    def _finds(self, text: str, group: str) -> Iterator[Find]:
        yield from find_values(text)
        yield from find_announced(text)
        yield from mentions(text, self.announced, "number")
        yield from find_places(text)
        if has_digit(text):
            yield from find_phones(text)
        yield from mentions(text, self.known.get(group, {}))
        yield from mentions(text, self.shared)

    def _personal(self, find: Find) -> bool:
        return self.ruling.allows(find.category, find.key)

    def _full(self, key: str, seen: str) -> str:
        known = self.everyone.get(key)
        return known.full if known else seen


def _group(passage: Passage) -> str:
    """Whose names count for a passage: the whole talk's, or one respondent's own."""
    if passage.channel == "interview":
        return ""
    generic = passage.channel == "review" and is_generic_label(passage.voice)
    return f"#{passage.index}" if generic else passage.voice


def _people(reading: Reading, voices: Iterable[str]) -> dict[str, dict[str, Person]]:
    """The people of each group, by their key."""
    found: dict[str, list[Person]] = {"": []}
    labels = dict.fromkeys(voices)
    for passage in reading.passages:
        group = found.setdefault(_group(passage), [])
        group += _labelled(passage.voice)
        asked = passage.channel in ("interview", "ticket")
        texts = (passage.question, passage.text) if asked else (passage.text,)
        group += [someone for text in texts for someone in _told(text)]
        labels.pop(passage.voice, None)
    found[""] += [someone for label in labels for someone in _labelled(label)]
    found[""] += [someone for s in reading.set_aside for someone in _told(s.text)]
    return {g: {plain(p.full): p for p in merged(people)} for g, people in found.items()}


def _told(text: str) -> Iterator[Person]:
    """The people whom a text names."""
    yield from introduced(text)
    yield from named(text)


def _labelled(voice: str) -> list[Person]:
    name = "" if is_generic_label(voice) else name_in_label(voice)
    return [person(name)] if name else []


def _announced(texts: Iterable[str]) -> Forms:
    """The announced numbers of a reading, to find them where nothing announces them."""
    return gathered(
        Form(tuple(w.lower() for w in WORD.findall(text[find.start : find.end])), find.key, "any")
        for text in texts
        for find in find_announced(text)
        if find.category == "number" and sum(c.isdigit() for c in find.key) >= 5
    )
