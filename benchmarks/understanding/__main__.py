"""`make bench-understanding`: prints the tables of docs/quality.md as Markdown."""

import argparse
import json
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.understanding import coders, cutting, measures, peers, sets, team
from benchmarks.understanding.diagram import reliability_svg
from benchmarks.understanding.ours import Models, bare, everything, said
from benchmarks.understanding.sets import Told
from research.encoders import HybridEncoder, StatementReader
from research.steps import classify, tagger, touchpoints

TASKS = ("kind", "stage", "valence")
SPEED_TEXTS = 600
# Its touchpoints were coded by somebody who had not seen the vocabulary, nor it them.
TOUCHED = sets.LABELS / "train" / "tagger" / "short_en.jsonl"


def scores(models: Models, told: Sequence[Told]) -> Iterator[str]:
    """Per set and task: macro-F1, calibration, coverage at 90 %, and the sure ones."""
    yield "| set | statements | task | macro-F1 | ECE | coverage at 90 % | score ≥ .8: right (n) |"
    yield "|---|---|---|---|---|---|---|"
    for one in told:
        found = everything(models, one)
        for task in TASKS:
            gold, out = one.gold(task), found[task]
            sure, count = measures.certain(gold, out)
            yield (
                f"| {one.name} | {len(gold)} | {task} | {measures.macro_f1(gold, out.labels):.3f} "
                f"| {measures.calibration_error(gold, out):.3f} "
                f"| {measures.coverage(gold, out):.2f} | {sure:.2f} ({count}) |"
            )


def near_stages(models: Models, told: Told) -> str:
    """How often the stage is right or next to it."""
    order = ("awareness", "consideration", "purchase", "service", "loyalty")
    found = everything(models, told)["stage"].labels
    pairs = [(g, f) for g, f in zip(told.gold("stage"), found, strict=True) if g in order]
    near = [f in order and abs(order.index(g) - order.index(f)) <= 1 for g, f in pairs]
    return f"{told.name}: stage right or one beside it: {sum(near) / len(near):.2f}"


def ablation(models: Models, told: Told) -> Iterator[str]:
    """Macro-F1 with an ingredient left out, and of each peer."""
    yield f"| {told.name} | kind | stage | valence |"
    yield "|---|---|---|---|"
    gold = {task: told.gold(task) for task in TASKS}

    def row(name: str, labels: dict[str, list[str]]) -> str:
        cells = [
            f"{measures.macro_f1(gold[t], labels[t]):.3f}" if t in labels else "" for t in TASKS
        ]
        return f"| {name} | {' | '.join(cells)} |"

    def ours(name: str, statements: Sequence[object] = ()) -> str:
        understood = models.understand(statements or told.statements)  # type: ignore[arg-type]  # either is statements
        return row(name, {t: said(understood, t).labels for t in TASKS})

    yield ours("all")
    yield ours("without question, stars and neighbours", bare(told.statements))
    for name, share in (("network alone", 1.0), ("regression alone", 0.0)):
        usual, tagger.NETWORK_SHARE = tagger.NETWORK_SHARE, share
        yield ours(name)
        tagger.NETWORK_SHARE = usual
    usual, classify.AGREEMENT = classify.AGREEMENT, 0.0
    yield ours("kind and feeling need not agree")
    classify.AGREEMENT = usual
    yield row("peer: nearest prototype", {t: peers.prototypes(told, t) for t in ("kind", "stage")})
    yield row("peer: lexicons", {"valence": peers.lexicon(told)})
    yield row("peer: majority", {t: peers.majority(gold[t]) for t in TASKS})


def confusions(models: Models, told: Told) -> Iterator[str]:
    """Gold in rows, ours in columns."""
    found = everything(models, told)
    for task in ("kind", "stage"):
        table = measures.confusion(told.gold(task), found[task].labels)
        yield f"| {told.name}: {task} | {' | '.join(table)} |"
        yield "|---" * (len(table) + 1) + "|"
        for name, counts in table.items():
            yield f"| {name} | {' | '.join(map(str, counts.values()))} |"
        yield ""


def reliability(models: Models, told: Told) -> Iterator[str]:
    """Score against share right, by tenth."""
    found = everything(models, told)["kind"]
    yield f"| {told.name}: score of kind | right | statements |"
    yield "|---|---|---|"
    for score, right, count in measures.reliability(told.gold("kind"), found):
        yield f"| {score:.2f} | {right:.2f} | {count} |"


def kinds_of(models: Models, told: Told) -> list[tuple[float, float, int]]:
    """Score of the kind against share right, by tenth."""
    return measures.reliability(told.gold("kind"), everything(models, told)["kind"])


def touched(told: Told) -> str:
    """Touchpoints by the vocabulary."""
    rows = [i for i, e in enumerate(told.examples) if e.touchpoints is not None]
    words = touchpoints.bundled_vocabulary()
    found = [touchpoints.touchpoints(told.statements[i], words) for i in rows]
    micro, macro = measures.touch_f1([told.examples[i].touchpoints or () for i in rows], found)
    return f"| {told.name} | {len(rows)} | {micro:.3f} | {macro:.3f} |"


def corrected(models: Models, told: Sequence[Told]) -> Iterator[str]:
    """After 0, 30, 60 and 120 corrections."""
    yield "| study | order | " + " | ".join(map(str, team.COUNTS)) + " |"
    yield "|---|---|" + "---|" * len(team.COUNTS)
    for one in told:
        for name, found in (
            ("proposed", team.simulate(models, one, "proposed")),
            ("random", team.random_orders(models, one)),
        ):
            yield (
                f"| {one.name} | {name} | " + " | ".join(f"{v:.3f}" for v in found.values()) + " |"
            )


def cut() -> Iterator[str]:
    """How turns are cut into statements."""
    yield "| turns of | turns | boundaries P | R | F1 | exact statements | of one point |"
    yield "|---|---|---|---|---|---|---|"
    for path in sorted((sets.LABELS / "test").glob("*.jsonl")):
        found = cutting.cutting(list(cutting.turns(path)))
        yield (
            f"| {path.stem} | {found.turns} | {found.precision:.3f} | {found.recall:.3f} "
            f"| {found.f1:.3f} | {found.exact:.3f} | {found.one_point:.3f} |"
        )


def speed(told: Told) -> str:
    """Statements read a second of CPU, network and encoder, one thread."""
    texts = [s.text for s in told.statements][:SPEED_TEXTS]
    reader = StatementReader(HybridEncoder(threads=1))
    reader.encode(texts[:20])
    start = time.process_time()
    reader.encode(texts)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{len(texts) / spent:.0f} statements per CPU-second, one thread; peak {peak:.0f} MB"


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with data/ and labels/dev.tsv")
    parser.add_argument("--diagram", type=Path, help="where the reliability diagram goes (SVG)")
    arguments = parser.parse_args()
    data = arguments.data
    models = Models()
    unseen, developed = sets.unseen(), sets.development()
    wholes = [sets.of_file(p) for p in sorted((sets.LABELS / "test").glob("*.jsonl"))]
    found = sets.real(data / "data", data / "labels" / "dev.tsv") if data else []
    strange = [one for one in found if one.name not in sets.TRAINED]
    by_language = [
        sets.pooled(f"real, never trained on, {lang}", mine)
        for lang in ("nl", "en")
        if (mine := [s for s in strange if s.statements[0].language == lang])
    ]
    apart = [part for one in developed for part in sets.parts(one)]
    measured = [*unseen, *developed, *apart, *by_language, *strange]
    print("\n".join(scores(models, measured)), "\n")
    whole = sets.pooled("test", wholes) if wholes else developed[0]
    for part in [u for u in unseen if "interview" in u.name] or developed[:1]:
        print(near_stages(models, part))
    for tables in (ablation, confusions, reliability):
        print("\n" + "\n".join(tables(models, whole)))
    if arguments.diagram:
        drawn = {one.name: kinds_of(models, one) for one in [*developed, *by_language]}
        svg = reliability_svg("How often a kind is right, by its score", drawn)
        arguments.diagram.write_text(svg, encoding="utf-8")
    print("\n| touchpoints | statements | micro-F1 | macro-F1 |\n|---|---|---|---|")
    print("\n".join(touched(one) for one in [*wholes, sets.of_file(TOUCHED)]))
    print("\n" + "\n".join(corrected(models, [*wholes, *developed])))
    print("\n" + "\n".join(cut()))
    print("\n" + "\n".join(coders.agreements()))
    print("\n" + speed(whole))
    print(json.dumps({"statements": len(whole.examples)}))


if __name__ == "__main__":
    main()
