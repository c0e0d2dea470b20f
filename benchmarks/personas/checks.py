"""What must hold of every persona: exact quotes, the same bytes in any order, erasure."""

import random
from collections.abc import Iterator

from benchmarks.personas.planted import Planted, studies
from research import pipeline
from research.encoders import load_encoder
from research.model import Analysis, Upload
from research.serial import analysis_to_bytes


def analysed(uploads: list[Upload]) -> Analysis:
    """An analysis of files."""
    return pipeline.analyse(uploads, study="bench", encoder=load_encoder())


def exact(analysis: Analysis) -> tuple[int, int]:
    """How many claims lead to quotes that stand so in their source, and how many there are."""
    passages = {(s.id, p.index): p.text for s in analysis.sources for p in s.passages}
    said = {s.id: s for s in analysis.statements}
    claims = [c for p in analysis.personas for c in p.claims]
    good = 0
    for claim in claims:
        quotes = [said[s] for s in claim.statements if s in said]
        fits = [passages[q.source, q.passage][q.start : q.end] == q.text for q in quotes]
        good += bool(fits) and all(fits) and len(fits) == len(claim.evidence)
    return good, len(claims)


def shuffled(study: Planted, first: Analysis) -> bool:
    """Whether the files in another order give the same bytes."""
    uploads = study.uploads()
    random.Random(1).shuffle(uploads)
    return analysis_to_bytes(analysed(uploads)) == analysis_to_bytes(first)


def erased(study: Planted, first: Analysis) -> bool:
    """Whether nothing of a person is left when their file is taken away."""
    gone = sorted(study.persona_of)[0]
    left = analysed([u for u in study.uploads() if u.name != f"{gone}.txt"])
    names = {s.name: s.id for s in first.sources}
    mine = {s.id for s in first.statements if s.source == names[f"{gone}.txt"]}
    told = {s for p in left.personas for c in p.claims for s in (*c.statements, *c.counter)}
    told |= {s for m in left.maps for c in m.cells for s in c.statements}
    return bool(mine) and not mine & told


def table() -> Iterator[str]:
    """A row for each study."""
    yield "| study | claims with exact quotes | same bytes shuffled | a person erased |"
    yield "|---|---|---|---|"
    for part in ("development", "test"):
        for study in studies(part):
            first = analysed(study.uploads())
            good, of = exact(first)
            same, gone = shuffled(study, first), erased(study, first)
            told = " | ".join("yes" if value else "**no**" for value in (same, gone))
            yield f"| {study.name} | {good} of {of} | {told} |"
