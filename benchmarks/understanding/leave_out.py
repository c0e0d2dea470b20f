"""Real statements, leave sources out: `python -m benchmarks.understanding.leave_out --data FOLDER`.

The recipe is trained anew without some sources and measured on those. Unlike the weights
that ship, it may learn from the other sources whatever their licence, since nothing of it
is kept. Sources are left out in three groups and the training is shorter (STEPS), because
a whole training for each of eleven sources takes hours: the figures are a floor.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch

from benchmarks.understanding import measures, sets
from benchmarks.understanding.ours import Models, everything
from research.encoders.hybrid import MODEL
from research.encoders.statements import STATEMENTS
from research.resources import WEIGHTS
from research.steps.context import CONTEXT, TOUCHPOINTS
from research.steps.tagger import TASKS, load_tagger
from research.training.batches import SEED
from research.training.examples import UNKNOWN, Example, authored, halves, public, table
from research.training.graph import statement_graph
from research.training.lessons import lessons
from research.training.network import Body, ContextNetwork, StatementNetwork, read_weights
from research.training.statement_model import THREADS, save_context, tune
from research.training.tagger import Design, design, fit, weights_of

STEPS = 600
GROUPS = (
    ("bol-reviews-nl", "serdif", "jupyter-2015", "airbnb-nl"),
    ("semeval16-nl-train", "airline-tweets", "water-alaska", "nhs-fft"),
    ("app-reviews-4label", "interviews-vrijwilligers-nl", "gebruikersonderzoeken-nl"),
)


def trained(examples: list[Example], folder: Path) -> Models:
    """The network, its context and the regression, trained on the examples."""
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    learned = lessons([*examples, *halves(examples)])
    weights = read_weights(onnx.load(WEIGHTS / MODEL))
    classes = {task: len(found) for task, found in learned.classes.items()}
    network = StatementNetwork(weights, classes)
    context = ContextNetwork(learned.hints.shape[1], classes, len(TOUCHPOINTS))
    tune(network, context, Body(weights), learned, STEPS, times=1)
    onnx.save(statement_graph(network), folder / STATEMENTS)
    save_context(context, learned, folder / CONTEXT)
    _regression(examples, folder / "tagger.npz")
    return Models(folder, folder / "tagger.npz")


def _regression(examples: list[Example], path: Path) -> None:
    """The regression, with the temperatures of the one that ships."""
    made = design(examples)
    usual = load_tagger()
    stored: dict[str, object] = {"name": np.array("left out"), "idf": made.idf}
    for task in TASKS:
        known = np.array([e.labels[task] != UNKNOWN for e in examples])
        told = [e for e in examples if e.labels[task] != UNKNOWN]
        mine = Design(made.matrix[known], made.width, made.idf)
        head = fit(mine.matrix, np.array([e.labels[task] for e in told]), weights_of(told))
        stored |= {
            f"{task}_classes": np.array(head.classes),
            f"{task}_dense": head.weights[: made.width],
            f"{task}_hashed": head.weights[made.width :],
            f"{task}_bias": head.bias,
            f"{task}_temperature": np.array(usual.temperature[task]),
        }
    np.savez(path, allow_pickle=False, **stored)  # type: ignore[arg-type]  # arrays by name


def left_out(data: Path, group: Sequence[str]) -> list[sets.Told]:
    """The sources of a group, as they are measured."""
    found = sets.real(data / "data", data / "labels" / "dev.tsv")
    return [one for one in found if one.name in group]


def main() -> None:
    """Train and measure, group by group; then all sources together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    own = authored()
    gold: dict[str, list[str]] = {task: [] for task in TASKS}
    ours: dict[str, list[str]] = {task: [] for task in TASKS}
    print("| left out | statements | kind | stage | valence |\n|---|---|---|---|---|", flush=True)
    for group in GROUPS:
        names = sets.ALL - set(group)
        others = table(data / "labels" / "dev.tsv", names) + public(data / "data", names)
        with TemporaryDirectory() as folder:
            models = trained(own + others, Path(folder))
            for told in left_out(data, group):
                found = everything(models, told)
                cells = []
                for task in TASKS:
                    gold[task] += told.gold(task)
                    ours[task] += found[task].labels
                    cells.append(f"{measures.macro_f1(told.gold(task), found[task].labels):.3f}")
                print(f"| {told.name} | {len(told.examples)} | {' | '.join(cells)} |", flush=True)
    whole = (f"{measures.macro_f1(gold[task], ours[task]):.3f}" for task in TASKS)
    print(f"| all together | {len(gold['kind'])} | {' | '.join(whole)} |")


if __name__ == "__main__":
    main()
