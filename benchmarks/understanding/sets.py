"""The labelled statements that understanding is measured on, as the product sees them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from research.model import Channel, Statement
from research.resources import CORPORA
from research.training.examples import Example, authored, public, table
from research.training.sources import SOURCES

LABELS = CORPORA / "labels"
CHANNELS: dict[str, Channel] = {
    "interview": "interview",
    "survey": "survey",
    "review": "review",
    "message": "review",
}
ALL = frozenset(s.name for s in SOURCES) | {
    "serdif",
    "airline-tweets",
    "interviews-vrijwilligers-nl",
}
LANGUAGES = {s.name: s.lang for s in SOURCES} | {
    "serdif": "en",
    "airline-tweets": "en",
    "interviews-vrijwilligers-nl": "nl",
}
# Sources that the shipped weights learned from: a figure on them says little.
TRAINED = frozenset(s.name for s in SOURCES if s.trains)


@dataclass(frozen=True, slots=True)
class Told:
    """Labelled statements of one kind of source: gold labels beside what a study would hold."""

    name: str
    examples: tuple[Example, ...]
    statements: tuple[Statement, ...]

    def gold(self, task: str) -> list[str]:
        """The labels of a task, in order."""
        return [e.labels[task] for e in self.examples]

    def only(self, name: str, rows: Iterable[int]) -> "Told":
        """Some of them under another name."""
        at = list(rows)
        some = tuple(self.examples[i] for i in at), tuple(self.statements[i] for i in at)
        return Told(name, *some)


def told(name: str, examples: Sequence[Example], languages: Sequence[str]) -> Told:
    """The examples as statements of a study; those of a talk follow each other."""
    people = {e.talk: f"p{i}" for i, e in enumerate(reversed(examples)) if e.talk}
    found = [
        Statement(
            id=f"{name}-{i}",
            source=e.talk or f"{name}-{i}",
            participant=people.get(e.talk, f"q{i}"),
            passage=i,
            start=0,
            end=len(e.asked.text),
            text=e.asked.text,
            place="",
            channel=CHANNELS[e.asked.form],
            language=languages[i],
            question=e.asked.question,
            rating=e.asked.rating,
        )
        for i, e in enumerate(examples)
    ]
    return Told(name, tuple(examples), tuple(found))


def of_file(path: Path) -> Told:
    """A file of labelled statements."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return told(path.stem, authored([path]), [str(row["lang"]) for row in rows])


def development() -> list[Told]:
    """Domains that were in view while limits were set."""
    return [of_file(LABELS / "development" / f"{n}.jsonl") for n in ("interviews", "authored")]


def unseen() -> list[Told]:
    """The test part by language and form: nobody looked at it while anything was built."""
    found = []
    for path in sorted((LABELS / "test").glob("*.jsonl")):
        whole = of_file(path)
        forms = [e.asked.form for e in whole.examples]
        found += [
            whole.only(f"{path.stem} {form}", [i for i, f in enumerate(forms) if f == form])
            for form in ("interview", "survey", "review", "message")
        ]
    return found


def real(data: Path, labels: Path) -> list[Told]:
    """Real statements by source, each with its language."""
    examples = table(labels, ALL) + public(data, ALL)
    names = [e.group.split(":", 1)[1] for e in examples]
    return [
        told(name, mine, [LANGUAGES[name]] * len(mine))
        for name in sorted(set(names))
        if (mine := [e for e, n in zip(examples, names, strict=True) if n == name])
    ]


def parts(told: Told) -> list[Told]:
    """A set by language, and by form where there are several."""
    found = []
    languages = [s.language for s in told.statements]
    forms = [e.asked.form for e in told.examples]
    for name, values in (("language", languages), ("form", forms)):
        if name == "language" or len(set(forms)) > 1:
            for value in sorted(set(values)):
                rows = [i for i, v in enumerate(values) if v == value]
                found.append(told.only(f"{told.name}, {value}", rows))
    return found


def pooled(name: str, sets: Sequence[Told]) -> Told:
    """Several sets as one; statements keep apart what was apart."""
    examples = tuple(e for one in sets for e in one.examples)
    statements = tuple(
        replace(s, id=f"{one.name}-{s.id}", source=f"{one.name}-{s.source}")
        for one in sets
        for s in one.statements
    )
    return Told(name, examples, statements)
