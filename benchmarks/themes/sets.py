"""Texts that people put in groups: six public sets, small samples of them, our own domains."""

import csv
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.encoder.grouping import banking, semeval
from research.resources import CORPORA

HELD_OUT = CORPORA / "labels" / "development"
SMALL = (30, 60, 150, 400)
SAMPLES = 10
CLASSES = (8, 12)
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Grouped:
    """Texts with the group that people gave each, who said it, and their language."""

    name: str
    texts: tuple[str, ...]
    groups: tuple[str, ...]
    people: tuple[str, ...] = ()
    language: str = "en"

    def some(self, name: str, rows: Sequence[int]) -> "Grouped":
        """Some of the rows, under another name."""
        people = tuple(self.people[r] for r in rows) if self.people else ()
        texts, groups = (tuple(part[r] for r in rows) for part in (self.texts, self.groups))
        return Grouped(name, texts, groups, people, self.language)


def large(folder: Path) -> Iterator[Grouped]:
    """The six public sets, each text once; `folder` is the shared data."""
    files = [banking(folder / "banking77" / f"{part}.csv") for part in ("train", "test")]
    yield _once("Banking77", [pair for f in files for pair in zip(*f, strict=True)])
    yield _once("CLINC150", _clinc(folder / "clinc150" / "data_full.json"))
    yield _once("airline complaints", _airline(folder / "airline-tweets" / "Tweets.csv"))
    yield _once("NHS answers", _nhs(folder / "nhs-fft" / "v6framework_230831.csv"))
    reviews = folder / "semeval16-absa"
    dutch = semeval(reviews / "restaurants_dutch_train.xml")
    yield _once("SemEval-16 nl", zip(*dutch, strict=True), "nl")
    english = semeval(reviews / "ABSA16_Restaurants_Train_SB1_v2.xml")
    yield _once("SemEval-16 en", zip(*english, strict=True))


def _once(
    name: str, pairs: Iterator[tuple[str, str]] | list[tuple[str, str]], lang: str = "en"
) -> Grouped:
    kept = dict((" ".join(text.split()), group) for text, group in pairs if text.strip())
    return Grouped(name, tuple(kept), tuple(kept.values()), (), lang)


def _clinc(path: Path) -> list[tuple[str, str]]:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return [(text, intent) for part in ("train", "val", "test") for text, intent in raw[part]]


def _airline(path: Path) -> list[tuple[str, str]]:
    """Complaints with the reason that people gave; "Can't Tell" says none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["negativereason"] not in ("", "Can't Tell")]
    counts = Counter(r["negativereason"] for r in rows)
    return [(r["text"], r["negativereason"]) for r in rows if counts[r["negativereason"]] >= FEWEST]


def _nhs(path: Path) -> list[tuple[str, str]]:
    """Patients' answers that the analysts gave exactly one theme."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        names, *rows = csv.reader(file)
    found = []
    for row in rows:
        given = [names[i] for i in range(11, len(names)) if row[i] == "1"]
        if len(given) == 1:
            found.append((row[8], given[0]))
    return found


def small(sets: Sequence[Grouped]) -> Iterator[tuple[int, Grouped]]:
    """Ten samples of each size of the first three sets: 8 to 12 groups of uneven size."""
    for size in SMALL:
        for whole in sets[:3]:
            for sample in range(SAMPLES):
                draw = random.Random(f"{whole.name} {size} {sample}")
                yield size, whole.some(f"{whole.name} {size}/{sample}", _rows(whole, size, draw))


def _rows(whole: Grouped, size: int, draw: random.Random) -> list[int]:
    counts = Counter(whole.groups)
    names = sorted(counts)
    chosen = draw.sample(names, min(draw.randint(*CLASSES), len(names)))
    weights = [draw.expovariate(1) + 0.3 for _ in chosen]
    by_group = {n: [i for i, g in enumerate(whole.groups) if g == n] for n in chosen}
    rows: list[int] = []
    for name, weight in zip(chosen, weights, strict=True):
        want = max(2, round(size * weight / sum(weights)))
        rows += draw.sample(by_group[name], min(want, len(by_group[name])))
    draw.shuffle(rows)
    return rows[:size]


def domains() -> Iterator[tuple[str, Grouped]]:
    """Held-out pains and motivations of this project with a theme, by file and domain."""
    for file in ("authored", "themes", "interviews"):
        lines = (HELD_OUT / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [
            r for r in map(json.loads, lines) if r["theme"] and r["kind"] in ("pain", "motivation")
        ]
        for domain in sorted({r["domain"] for r in rows}):
            for kind in ("pain", "motivation"):
                mine = [r for r in rows if r["domain"] == domain and r["kind"] == kind]
                if len(mine) >= FEWEST:
                    yield file, _told(f"{domain}: {kind}", mine)


def _told(name: str, rows: Sequence[dict[str, str]]) -> Grouped:
    return Grouped(
        name,
        tuple(r["text"] for r in rows),
        tuple(r["theme"] for r in rows),
        tuple(r.get("participant") or f"p{i}" for i, r in enumerate(rows)),
        "",
    )
