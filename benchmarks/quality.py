"""`make bench-quality`: the bundled studies against their truth.

The truth (gold_*.jsonl, gold_personas.json) was written with the studies, by one coder
each, and is never used for training. Printed per study: how statements were cut, kinds,
stages and valence (macro-F1), themes (adjusted mutual information, AMI) and personas
(adjusted Rand index, ARI) with the software's own number of each.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, f1_score

from research import analyse
from research.model import Analysis, Statement
from research.resources import CORPORA

_WORD = re.compile(r"\w+")
STUDIES = ("thuishaven", "planwerk")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold unit and the statement that overlaps it most."""

    gold: dict[str, str]
    statement: Statement


def gold_units(folder: Path) -> list[dict[str, str]]:
    """All labelled units of a study."""
    paths = sorted(folder.glob("gold_*.jsonl"))
    return [json.loads(line) for p in paths for line in p.read_text("utf-8").splitlines()]


def pair_up(analysis: Analysis, units: Sequence[dict[str, str]]) -> list[Pair]:
    """Each gold unit with its statement in the same file: at least half the words shared."""
    names = {source.id: source.name for source in analysis.sources}
    by_file: dict[str, list[Statement]] = {}
    for statement in analysis.statements:
        by_file.setdefault(names[statement.source], []).append(statement)
    pairs = []
    for unit in units:
        words = set(_WORD.findall(unit["quote"].lower()))
        scored = [
            (len(words & mine) / max(len(words | mine), 1), s.id, s)
            for s in by_file.get(unit["file"], [])
            if (mine := set(_WORD.findall(s.text.lower())))
        ]
        if scored and max(scored)[0] >= 0.5:
            pairs.append(Pair(unit, max(scored)[2]))
    return pairs


def report(name: str) -> dict[str, float | int | str]:
    """The figures of one study."""
    folder = CORPORA / "studies" / name
    analysis = analyse(folder / "files")
    units = gold_units(folder)
    pairs = pair_up(analysis, units)
    spoken = [p for p in pairs if p.statement.channel == "interview"]
    return {
        "study": name,
        "units": len(units),
        "matched": round(len(pairs) / len(units), 3),
        **_tagging(pairs, ""),
        **_tagging(spoken, "spoken "),
        **_themes(analysis, pairs),
        **_personas(analysis, folder),
    }


def _tagging(pairs: Sequence[Pair], prefix: str) -> dict[str, float]:
    kinds = [(p.gold["kind"], p.statement.kind) for p in pairs]
    stages = [
        (p.gold["stage"], p.statement.stages[0].stage if p.statement.stages else "unknown")
        for p in pairs
    ]
    valence = [(str(p.gold["valence"]), str(p.statement.valence)) for p in pairs]
    return {
        f"{prefix}kind F1": _f1(kinds),
        f"{prefix}stage F1": _f1(stages),
        f"{prefix}valence F1": _f1(valence),
    }


def _f1(pairs: Sequence[tuple[str, str]]) -> float:
    gold, found = zip(*pairs, strict=True)
    return round(float(f1_score(gold, found, average="macro", zero_division=0)), 3)


def _themes(analysis: Analysis, pairs: Sequence[Pair]) -> dict[str, float | int]:
    theme_of = {s: t.id for t in analysis.themes for s in t.statements}
    placed = [(p.gold["theme"], theme_of.get(p.statement.id, "none")) for p in pairs]
    themed = [(gold, found) for gold, found in placed if gold]
    gold, found = zip(*themed, strict=True)
    return {
        "themes": len(analysis.themes),
        "theme AMI": round(float(adjusted_mutual_info_score(gold, found)), 3),
        "coverage": round(analysis.coverage.share, 3),
    }


def _personas(analysis: Analysis, folder: Path) -> dict[str, float | int]:
    truth = json.loads((folder / "gold_personas.json").read_text("utf-8"))
    names = {source.id: source.name for source in analysis.sources}
    persona_of = {p: x.id for x in analysis.personas for p in x.participants}
    gold, found = [], []
    for participant in analysis.participants:
        for file in {names[s] for s in participant.sources}:
            if truth.get(file) and participant.channel == "interview":
                gold.append(truth[file])
                found.append(persona_of.get(participant.id, "none"))
    return {
        "personas": len(analysis.personas),
        "persona ARI": round(float(adjusted_rand_score(gold, found)), 3),
    }


def main() -> None:
    """Print the figures of both studies."""
    for name in STUDIES:
        print(json.dumps(report(name), indent=1))


if __name__ == "__main__":
    main()
