"""Labelled statements to learn from, with what was asked, said before and said after.

Read are corpora/labels/train, the labels of corpora/labels/public whose words lie in a
data folder and whose licence permits it, and a table of labelled public statements.
corpora/labels/development and test are for measuring, and never read here; neither are
the studies under corpora/studies.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from research.resources import CORPORA
from research.steps.features import Asked
from research.steps.tagger import TASKS
from research.training.sources import SOURCES, PublicSource

LABELS = CORPORA / "labels"
PUBLIC = LABELS / "public"
UNKNOWN = "?"  # a label that nobody gave: its task is masked
# Statements that say outright what they mean: they count more, and are drawn more often.
PLAIN = ("plain", "opposites", "short", "public")
FORMS = {s.name: s.form for s in SOURCES}
PERMISSIVE = frozenset(s.name for s in SOURCES if s.trains)
HALVED_FROM, HALF_LEAST = 16, 5
_BREAK = re.compile(r"(?<=[.!?,;:…])\s+")
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled statement; `group` keeps a domain or source within one fold.

    `theme` is `domain|theme` or empty; `talk` names the interview it belongs to, in the
    order in which things were said, or is empty. `touchpoints` is None where nobody
    looked for them.
    """

    asked: Asked
    group: str
    labels: dict[str, str]
    theme: str = ""
    talk: str = ""
    touchpoints: tuple[str, ...] | None = None
    lang: str = ""

    @property
    def plain(self) -> bool:
        """Whether it says outright what it means."""
        return self.group.startswith(PLAIN)


def training_files() -> list[Path]:
    """The files of labelled training statements, in a fixed order."""
    return sorted((LABELS / "train").rglob("*.jsonl"))


def authored(files: Iterable[Path] | None = None) -> list[Example]:
    """The statements written for this project, each with its neighbours in its talk."""
    found: list[Example] = []
    for path in training_files() if files is None else files:
        lines = path.read_text(encoding="utf-8").splitlines()
        found += in_context([_example(json.loads(line), path) for line in lines])
    return found


def _example(row: Row, path: Path) -> Example:
    rating = row.get("rating")
    question = str(row.get("question") or "")
    asked = Asked(
        str(row["text"]),
        question,
        str(row["form"]),
        rating=float(str(rating)) if rating is not None else None,
    )
    given = row.get("touchpoints")
    who = row.get("participant")
    return Example(
        asked,
        f"{path.stem}:{row['domain']}",
        {task: str(row[task]) for task in TASKS},
        theme=f"{row['domain']}|{row['theme']}" if row.get("theme") else "",
        talk=f"{path.stem}:{who}" if who else "",
        touchpoints=tuple(map(str, given)) if isinstance(given, list) else None,
        lang=str(row.get("lang") or ""),
    )


def in_context(examples: Sequence[Example]) -> list[Example]:
    """The examples, each told what the same person said just before and after."""
    told = []
    for at, example in enumerate(examples):
        before = examples[at - 1] if at else example
        after = examples[at + 1] if at + 1 < len(examples) else example
        near = [n.asked.text if _follows(example, n) else "" for n in (before, after)]
        told.append(replace(example, asked=replace(example.asked, before=near[0], after=near[1])))
    return told


def _follows(one: Example, other: Example) -> bool:
    return one is not other and bool(one.talk) and one.talk == other.talk


def table(path: Path, sources: Iterable[str] = PERMISSIVE) -> list[Example]:
    """Labelled public statements from a table with their words (tab-separated)."""
    wanted = set(sources)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Example(
            Asked(row["text"], "", FORMS.get(row["source"], "survey")),
            f"public:{row['source']}",
            {task: row[task] for task in TASKS},
        )
        for row in rows
        if row["source"] in wanted
    ]


def public(data: Path, sources: Iterable[str] = PERMISSIVE) -> list[Example]:
    """The labelled passages of public data sets that lie in `data`.

    Raises `ValueError` when the words are not those that were labelled.
    """
    wanted = set(sources)
    return [example for source in SOURCES if source.name in wanted for example in _of(source, data)]


def _of(source: PublicSource, data: Path) -> Iterator[Example]:
    path = PUBLIC / f"{source.name}.tsv"
    if not path.exists():
        return
    passages = {found.locator: found for found in source.passages(data)}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        found = passages[row["locator"]]
        text = found.text[int(row["start"]) : int(row["end"])]
        if hashlib.sha256(text.encode()).hexdigest()[:12] != row["sha"]:
            raise ValueError(f"{source.name} {row['locator']}: not the words that were labelled")
        asked = Asked(" ".join(text.split()), found.question, source.form, rating=found.rating)
        yield Example(
            asked,
            f"public:{source.name}",
            {task: row[task] for task in TASKS},
            touchpoints=_listed(row["touchpoints"]),
        )


def _listed(cell: str) -> tuple[str, ...] | None:
    """Touchpoints from a cell: separated by commas; None where nobody looked."""
    return None if cell == UNKNOWN else tuple(t for t in cell.split(",") if t)


def halves(examples: Sequence[Example]) -> list[Example]:
    """The two halves of each long statement, cut at a mark near the middle, as it is labelled.

    In transcripts statements are cut into short ones, which mean less on their own. Each
    half is the other's neighbour.
    """
    found = []
    for example in examples:
        text = example.asked.text
        cuts = [match.span() for match in _BREAK.finditer(text)]
        if len(text.split()) < HALVED_FROM or not cuts:
            continue
        end, start = min(cuts, key=lambda cut: (abs(cut[0] - len(text) / 2), cut))
        first, second = text[:end], text[start:]
        told = example.asked
        parts = (
            replace(told, text=first, after=second),
            replace(told, text=second, before=first),
        )
        found += [
            replace(example, asked=part, talk="")
            for part in parts
            if len(part.text.split()) >= HALF_LEAST
        ]
    return found
