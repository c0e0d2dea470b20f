"""Personal data found, per type and language, beside the pattern recognisers of Presidio.

The texts (`texts/*.txt`) are written for this and marked; see the README there. A marked
value counts as found when every letter and digit of it is covered by what was found, of
whatever type; what was found counts as right when it touches a marked value.
"""

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from research.model import Passage, Reading
from research.steps.redact import redact

TEXTS = Path(__file__).parent / "texts"
PEER = Path(__file__).parent / "presidio_peer.py"
LANGUAGES = ("nl", "en")
SPLITS = ("dev", "names", "test")
_MARKED = re.compile(r"\{(\w+)\|([^{}]*)\}")
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z \-]*(?: \d+)?\]")
Span = tuple[int, int]
Finder = Callable[[str, str], list[Span]]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the personal data in it: type, start and end."""

    text: str
    values: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How much of a type was found, and overall how much of what was found is right."""

    found: dict[str, tuple[int, int]]
    right: int
    claimed: int

    def recall(self) -> tuple[int, int]:
        """Values found, and values there are."""
        return sum(f for f, _ in self.found.values()), sum(n for _, n in self.found.values())


def marked(language: str, split: str) -> list[Marked]:
    """The texts of a language and split; `names` are development texts about names alone."""
    folder = TEXTS / "development" if split == "names" else TEXTS
    path = folder / f"{language}.{split}.txt"
    return [_parsed(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _parsed(line: str) -> Marked:
    """A text without its marks, and where they were."""
    values = []
    text = ""
    at = 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        values.append((match.group(1), len(text), len(text) + len(match.group(2))))
        text += match.group(2)
        at = match.end()
    return Marked(text + line[at:], tuple(values))


def ours(text: str, language: str) -> list[Span]:
    """What our redaction replaces in a text that stands by itself."""
    passage = Passage(0, text, "participant", "interview", language=language)
    reading = Reading(source="s", name="a.txt", reader="bench", passages=(passage,))
    (after,) = redact(reading, (), language)[0].passages
    kept = _PLACEHOLDER.split(after.text)
    match = re.fullmatch("(.+?)".join(map(re.escape, kept)), text, re.DOTALL)
    if match is None:
        raise AssertionError(f"cannot be aligned: {after.text}")
    return [match.span(n) for n in range(1, len(kept))]


def presidio(python: str) -> Finder:
    """Presidio's pattern recognisers, asked in the environment of another Python."""
    texts = [
        (language, one.text)
        for language in LANGUAGES
        for split in SPLITS
        for one in marked(language, split)
    ]
    done = subprocess.run(
        [python, str(PEER)], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    found = {
        (language, text): [(start, end) for start, end in spans]
        for (language, text), spans in zip(texts, json.loads(done.stdout), strict=True)
    }
    return lambda text, language: found[language, text]


def scored(texts: Sequence[Marked], language: str, finder: Finder) -> Score:
    """The counts of one finder on some texts."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    right = claimed = 0
    for one in texts:
        spans = finder(one.text, language)
        covered = {i for start, end in spans for i in range(start, end)}
        for kind, start, end in one.values:
            letters = [i for i in range(start, end) if one.text[i].isalnum()]
            found[kind][0] += all(i in covered for i in letters)
            found[kind][1] += 1
        claimed += len(spans)
        right += sum(_touches(span, one.values) for span in spans)
    return Score({k: (v[0], v[1]) for k, v in sorted(found.items())}, right, claimed)


def _touches(span: Span, values: Iterable[tuple[str, int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for _, start, end in values)


def table(split: str, peer: str = "") -> str:
    """Recall per type and precision, for each language and finder, as a Markdown table.

    `peer` is a Python that has Presidio; without one only our own figures are given.
    """
    finders: dict[str, Finder] = {"ours": ours}
    if peer:
        finders["Presidio, patterns"] = presidio(peer)
    columns = [(language, name) for language in LANGUAGES for name in finders]
    scores = {
        (language, name): scored(marked(language, split), language, finders[name])
        for language, name in columns
    }
    kinds = sorted({kind for score in scores.values() for kind in score.found})
    lines = ["| | " + " | ".join(f"{lang}, {name}" for lang, name in columns) + " |"]
    lines.append("|---|" + "---|" * len(columns))
    for kind in kinds:
        lines.append(_line(kind, [scores[c].found.get(kind, (0, 0)) for c in columns]))
    lines.append(_line("**recall**", [scores[c].recall() for c in columns]))
    lines.append(_line("**precision**", [(scores[c].right, scores[c].claimed) for c in columns]))
    return "\n".join(lines)


def _line(name: str, counts: Sequence[tuple[int, int]]) -> str:
    cells = [f"{part / whole:.2f} ({part}/{whole})" if whole else "–" for part, whole in counts]
    return f"| {name} | {' | '.join(cells)} |"


def missed(split: str) -> str:
    """What was not found and what was found wrongly; for the development texts only."""
    lines = []
    for language in LANGUAGES:
        for one in marked(language, split):
            spans = ours(one.text, language)
            covered = {i for start, end in spans for i in range(start, end)}
            for kind, start, end in one.values:
                if not all(i in covered for i in range(start, end) if one.text[i].isalnum()):
                    lines.append(f"missed {kind}: {one.text[start:end]} | {one.text}")
            for span in spans:
                if not _touches(span, one.values):
                    lines.append(f"wrong: {one.text[span[0] : span[1]]} | {one.text}")
    return "\n".join(lines)
