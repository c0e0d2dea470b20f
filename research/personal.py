"""Looking over what was taken for personal data, before anything is made of the texts.

What is found is computed from the files as they are kept, so it is there before the first
run; what people decide is kept as decisions, which later runs and files follow.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from research.errors import Conflict, KlantbeeldError, NotFound
from research.model import Decision, DecisionAction, Reading, Redaction
from research.originals import apart_of, originals_of
from research.preparation import redact_reading
from research.rulings import ACTIONS, opened, sealed
from research.steps.redact_ruling import categories, find_missed
from research.steps.redact_words import PLACEHOLDER, plain
from research.store import Store, decisions, studies
from research.view import standing

MOST_CONTEXTS, AROUND, LONGEST = 3, 60, 200


@dataclass(frozen=True, slots=True)
class Context:
    """Where something stands: the redacted text before it, the placeholder, and after it."""

    source: str
    name: str
    place: str
    before: str
    shown: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """One value that was taken out: how often, in which files, and some of its places.

    `original` is empty until somebody asks for it.
    """

    id: str
    category: str
    times: int
    sources: tuple[tuple[str, int], ...]
    contexts: tuple[Context, ...]
    original: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision about personal data that stands; the text of what is personal is not told."""

    decision: int
    action: str
    category: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Text:
    """The redacted passages of a file, to be read for what was missed."""

    source: str
    name: str
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What was found, most often first within its kind; what people decided; the texts.

    `gone` is how many placeholders stand for what is kept no longer. `kept` tells whether
    the study keeps originals after a run.
    """

    found: tuple[Found, ...]
    judged: tuple[Judged, ...]
    texts: tuple[Text, ...]
    categories: tuple[str, ...]
    gone: int
    kept: bool


def personal_data(store: Store, study_id: str, shown: str = "") -> PersonalData:
    """What was found in a study's files; the original of one (`shown`) is told as well.

    Raises `NotFound` for an id that nothing has, and `KeyLost`.
    """
    studies.get(store, study_id)
    apart = apart_of(store, study_id)
    gathered: dict[str, list[Redaction]] = {}
    clean: list[Reading] = []
    gone = 0
    for reading in apart.readings:
        after, taken = redact_reading(reading, apart)
        clean.append(after)
        for redaction in taken:
            gathered.setdefault(_id(study_id, redaction), []).append(redaction)
        known = {r.placeholder for r in taken}
        gone += sum(mark not in known for mark, _ in _marks(after))
    if shown and shown not in gathered:
        raise NotFound("Nothing that was found has that id; it may have been given back.")
    places = _places(clean)
    found = [_found(i, taken, places) for i, taken in gathered.items()]
    order = {category: n for n, category in enumerate(categories())}
    return PersonalData(
        found=tuple(
            replace(f, original=gathered[f.id][0].original if f.id == shown else "")
            for f in sorted(found, key=lambda f: (order[f.category], -f.times, f.id))
        ),
        judged=_judged(store, study_id),
        texts=tuple(
            Text(r.source, r.name, tuple((p.place, p.text) for p in r.passages)) for r in clean
        ),
        categories=tuple(categories()),
        gone=gone,
        kept=originals_of(store, study_id) == "encrypted",
    )


def give_back(store: Store, study_id: str, found_id: str, by: str = "") -> Decision:
    """Decide that what was found is not personal: it stays, in every file. Raises `NotFound`."""
    apart = apart_of(store, study_id)
    for reading in apart.readings:
        for redaction in redact_reading(reading, apart)[1]:
            if _id(study_id, redaction) == found_id:
                category, key = redaction.category, redaction.key
                return _decide(store, study_id, "set-not-personal", category, key, by)
    raise NotFound("Nothing that was found has that id; it may have been given back.")


def give_back_kind(store: Store, study_id: str, category: str, by: str = "") -> Decision:
    """Decide that nothing of a kind is personal."""
    return _decide(store, study_id, "set-not-personal", _known(category), "", by)


def add_missed(store: Store, study_id: str, text: str, category: str, by: str = "") -> Decision:
    """Decide that a text is personal, wherever it stands as whole words, in any case.

    Raises `NotFound` where it stands nowhere, so that a slip of the pen is noticed.
    """
    wanted = " ".join(text.split())
    if len(plain(wanted)) < 2 or len(wanted) > LONGEST or PLACEHOLDER.search(wanted):
        raise KlantbeeldError("Give the words as they stand there, two letters at least.")
    apart = apart_of(store, study_id)
    ruling = replace(apart.ruling, missed=((_known(category), wanted),))
    texts = (t for r in apart.readings for t in _texts(redact_reading(r, apart)[0]))
    if not any(True for t in texts for _ in find_missed(t, ruling)):
        raise NotFound("These words stand in no file, or were taken out already.")
    return _decide(store, study_id, "set-personal", category, wanted, by)


def _decide(
    store: Store, study_id: str, action: DecisionAction, category: str, text: str, by: str
) -> Decision:
    """Write a decision down, encrypted, unless it stands already. Raises `Conflict`."""
    for decision in standing(decisions.of_study(store, study_id)):
        same = (decision.action, decision.target) == (action, category)
        if same and opened(store, study_id, decision).value == text:
            raise Conflict("This was decided already.")
    value = sealed(store, study_id, text)
    return decisions.add(store, study_id, action, category, value, (), by)


def _known(category: str) -> str:
    if category not in categories():
        raise KlantbeeldError(f"Choose one of {', '.join(categories())}.")
    return category


def _id(study_id: str, redaction: Redaction) -> str:
    """An id that tells nothing of the value to who does not have the study."""
    about = f"{study_id}|{redaction.category}|{redaction.key}"
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _texts(reading: Reading) -> Iterator[str]:
    for passage in reading.passages:
        yield from (passage.voice, passage.question, passage.text)
        yield from (value for _, value in passage.attributes)
    yield from (aside.text for aside in reading.set_aside)
    for row in reading.participants:
        yield from (value for _, value in row.attributes)


def _marks(reading: Reading) -> Iterator[tuple[str, Context]]:
    """Every placeholder in what was said, and in who said it, with what is around it."""
    heard: set[str] = set()
    for passage in reading.passages:
        if PLACEHOLDER.fullmatch(passage.voice) and passage.voice not in heard:
            heard.add(passage.voice)
            where = Context(reading.source, reading.name, passage.place, "", passage.voice, ":")
            yield passage.voice, where
        for match in PLACEHOLDER.finditer(passage.text):
            start, end = match.span()
            yield (
                match.group(),
                Context(
                    source=reading.source,
                    name=reading.name,
                    place=passage.place,
                    before=passage.text[max(0, start - AROUND) : start],
                    shown=match.group(),
                    after=passage.text[end : end + AROUND],
                ),
            )


Places = dict[tuple[str, str], list[Context]]


def _places(readings: list[Reading]) -> Places:
    """Where each placeholder of each source stands."""
    found: Places = {}
    for reading in readings:
        for mark, context in _marks(reading):
            found.setdefault((reading.source, mark), []).append(context)
    return found


def _found(found_id: str, taken: list[Redaction], places: Places) -> Found:
    contexts = [c for r in taken for c in places.get((r.source, r.placeholder), [])]
    counted = Counter(c.name for c in contexts)
    return Found(
        id=found_id,
        category=taken[0].category,
        times=len(contexts),
        sources=tuple(sorted(counted.items())),
        contexts=tuple(contexts[:MOST_CONTEXTS]),
    )


def _judged(store: Store, study_id: str) -> tuple[Judged, ...]:
    """What people decided, newest first; what is personal is told by its kind alone."""
    log = [d for d in standing(decisions.of_study(store, study_id)) if d.action in ACTIONS]
    return tuple(
        Judged(
            decision=d.id,
            action=d.action,
            category=d.target,
            text=opened(store, study_id, d).value if d.action == "set-not-personal" else "",
            by=d.by,
        )
        for d in reversed(log)
    )
