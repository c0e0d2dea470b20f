"""`make bench-personas`: prints the tables of docs/quality.md on personas as Markdown.

Planted studies are read as files: statements are cut, labelled and themed by the software
alone. "Their labels" gives the same grouping the kinds and themes that the writers meant.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import numpy as np

from benchmarks.personas import checks, survey
from benchmarks.personas.contestants import CONTESTANTS, Given, Labels
from benchmarks.personas.planted import Planted, studies
from benchmarks.personas.reading import by_labels, heard


@dataclass(frozen=True, slots=True)
class Score:
    """How a contestant did on one study; `strangers` is the share of people who fit no
    persona and were left out of all groups, None where there are none."""

    ari: float
    groups: int
    unplaced: float
    strangers: float | None


def score(study: Planted, given: Given, labels: Labels) -> Score:
    """ARI over people with a persona, whoever is in no group being one of their own."""
    from sklearn.metrics import adjusted_rand_score

    alone = np.where(labels < 0, len(labels) + np.arange(len(labels)), labels)
    gold = [study.persona_of[p] for p in given.people]
    mine = [i for i, persona in enumerate(gold) if persona]
    odd = [i for i, persona in enumerate(gold) if not persona]
    return Score(
        ari=float(adjusted_rand_score([gold[i] for i in mine], alone[mine])),
        groups=len(set(labels.tolist()) - {-1}),
        unplaced=float((labels[mine] < 0).mean()),
        strangers=float((labels[odd] < 0).mean()) if odd else None,
    )


def table(part: str) -> Iterator[str]:
    """A row for each study and contestant, then the medians."""
    yield f"| {part}: study (people; personas) | | ARI | personas | unplaced | outsider left out |"
    yield "|---|---|---|---|---|---|"
    found: dict[str, list[tuple[Planted, Score]]] = {}
    for study in studies(part):
        for about, given in (("", heard(study)), (", their labels", by_labels(study))):
            for name, contestant in CONTESTANTS.items():
                one = score(study, given, contestant(given))
                found.setdefault(f"{name}{about}", []).append((study, one))
                title = f"{study.name} ({len(given.people)}; {study.personas})"
                yield f"| {title} | {name}{about} | {_cells(one)} |"
    for name, scores in found.items():
        yield f"| **all** | {name} | {_summary(scores)} |"


def _cells(one: Score) -> str:
    odd = "" if one.strangers is None else f"{one.strangers:.0%}"
    return f"{one.ari:.2f} | {one.groups} | {one.unplaced:.0%} | {odd}"


def _summary(scores: Sequence[tuple[Planted, Score]]) -> str:
    right = mean(one.groups == study.personas for study, one in scores)
    odd = [one.strangers for _, one in scores if one.strangers is not None]
    return (
        f"median {median(one.ari for _, one in scores):.2f}, "
        f"mean {mean(one.ari for _, one in scores):.2f} | right in {right:.0%} "
        f"| {mean(one.unplaced for _, one in scores):.0%} | {f'{mean(odd):.0%}' if odd else ''}"
    )


def main() -> None:
    """Print the tables that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with the public sets, for the survey")
    parser.add_argument("--parts", nargs="*", default=["development", "test", "survey", "checks"])
    arguments = parser.parse_args()
    for part in arguments.parts:
        if part == "survey":
            lines = survey.table(arguments.data) if arguments.data else iter(())
        elif part == "checks":
            lines = checks.table()
        else:
            lines = table(part)
        for line in lines:
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
