"""Training makes weights that the project reads, the same ones each time."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from research.encoders import HybridEncoder, StatementReader
from research.model import KINDS
from research.resources import CORPORA, WEIGHTS
from research.steps.features import Asked
from research.steps.tagger import TASKS, VECTOR, as_read, load_tagger
from research.training.tagger import Example, authored, train, training_files
from tests.steps.studies import encoder

if TYPE_CHECKING:
    from onnx import ModelProto

    from research.training.network import StatementNetwork

GRAPH = WEIGHTS / "hybrid_minilm_nlen_int8.onnx"
CLASSES = {"kind": 5, "stage": 6, "valence": 3}


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """A training statement of each kind and of each stage in a quarter of the domains."""
    found: dict[tuple[str, str], Example] = {}
    for example in authored():
        for task in ("kind", "stage"):
            found.setdefault((example.group, example.labels[task]), example)
    groups = sorted({group for group, _ in found})[::4]
    return list({e.asked.text: e for (group, _), e in found.items() if group in groups}.values())


def test_training_never_reads_the_studies_it_is_tested_on():
    studies = CORPORA / "studies"
    assert training_files()
    assert not any(path.is_relative_to(studies) for path in training_files())
    tested = "\n".join(p.read_text("utf-8") for p in sorted(studies.rglob("gold_*.jsonl")))
    texts = [e.asked.text for e in authored()]
    assert not [text for text in texts if len(text) > 40 and text in tested]


def test_training_labels_are_the_models_words():
    found = authored()
    assert {e.labels["kind"] for e in found} == set(KINDS)
    assert {e.labels["valence"] for e in found} == {"-1", "0", "1"}
    assert {e.asked.form for e in found} >= {"interview", "survey", "review"}


def test_the_taggers_training_gives_weights_that_are_read_and_fit(
    tmp_path: Path, examples: list[Example]
):
    path = tmp_path / "tagger.npz"
    report = train(examples, path)
    tagger = load_tagger(path)
    assert set(report) == set(TASKS)
    assert tagger.classes == load_tagger().classes
    asked = [e.asked for e in examples]
    texts = [a.text for a in asked]
    read = as_read(StatementReader(encoder()).encode(texts))
    scores = tagger.scores(asked, read)
    for task in TASKS:
        assert scores[task].shape == (len(examples), len(tagger.classes[task]))
        said = [tagger.classes[task][i] for i in scores[task].argmax(axis=1)]
        right = np.mean([a == e.labels[task] for a, e in zip(said, examples, strict=True)])
        assert right > 0.8, task


def themed() -> tuple[list[Example], list[list[str]], list[int]]:
    """Some statements of four themes and some of none, and a small codebook."""
    found: list[Example] = []
    theme_of: list[int] = []
    for number, word in enumerate(("levering", "prijs", "app", "hulp")):
        for i in range(4):
            labels = {"kind": KINDS[i], "stage": f"s{i}", "valence": str(i % 3 - 1)}
            asked = Asked(f"De {word} is {i} keer anders.", "", "survey")
            found.append(Example(asked, "a", labels))
            theme_of.append(number)
    for i in range(16):
        labels = {"kind": KINDS[i % 5], "stage": f"s{i % 6}", "valence": str(i % 3 - 1)}
        found.append(Example(Asked(f"Zomaar een zin nummer {i}.", "", "review"), "b", labels))
        theme_of.append(-1)
    return found, [["levering"], ["prijs"], ["app"], ["hulp"]], theme_of


def loaded() -> "ModelProto":
    """The encoder's graph."""
    onnx = pytest.importorskip("onnx", reason="training needs onnx, which is not installed")
    model: ModelProto = onnx.load(GRAPH)
    return model


def fresh() -> "StatementNetwork":
    """The network as training begins with it."""
    model = loaded()
    import torch

    from research.training.network import StatementNetwork, read_weights
    from research.training.statement_model import SEED

    torch.manual_seed(SEED)
    return StatementNetwork(read_weights(model), CLASSES)


@cache
def tuned(steps: int, time: int = 1) -> "StatementNetwork":
    """The network after so many steps on a few examples, the first or second time."""
    network = fresh()
    from research.training.statement_model import Book, tune

    found, texts, theme_of = themed()
    tune(network, found, Book(texts, theme_of), steps)
    return network


def test_tuning_changes_the_upper_layers_and_the_heads_only():
    from_here = fresh().state_dict()
    after = tuned(2).state_dict()
    from research.training.network import SHARED

    lower = {"table.", "pe", "te", "ln.", *(f"ls.{layer}." for layer in range(SHARED))}
    for name, value in after.items():
        if name.startswith(tuple(lower)):
            assert value.equal(from_here[name]), name
    upper = [n for n in after if n.startswith(f"ls.{SHARED}.") and n.endswith("weight")]
    assert any(not after[n].equal(from_here[n]) for n in upper)


def test_a_rerun_gives_the_same_weights():
    first, again = tuned(2).state_dict(), tuned(2, 2).state_dict()
    assert all(value.equal(again[name]) for name, value in first.items())


def written(folder: Path, network: "StatementNetwork") -> HybridEncoder:
    """An encoder with the network written back as a branch."""
    import onnx

    from research.training.branch import add_branch, without_branch

    onnx.save(add_branch(without_branch(loaded()), network), folder / GRAPH.name)
    for path in sorted(WEIGHTS.iterdir()):
        if path.name != GRAPH.name:
            (folder / path.name).symlink_to(path)
    return HybridEncoder(folder)


def said_by(network: "StatementNetwork", texts: Sequence[str]) -> np.ndarray:
    """What the network in torch makes of texts, in the order of the branch's outputs."""
    from research.training.statement_model import apply

    found = apply(network, list(texts))
    return np.hstack([found[name] for name in (*TASKS, "theme")])


def test_what_is_written_back_says_what_was_trained_and_leaves_the_encoder_alone(tmp_path: Path):
    network = fresh().eval()
    texts = ["De levering was te laat.", "I love how easy it is.", "Ja."]
    encoder_with = written(tmp_path, network)
    assert np.abs(encoder_with.encode(texts) - encoder().encode(texts)).max() < 1e-5
    branch = StatementReader(encoder_with).encode(texts)[:, :VECTOR]
    assert np.abs(branch - said_by(network, texts)).max() < 0.05


@pytest.mark.parametrize("module", ["tagger", "codebook", "statement_model"])
def test_a_training_command_that_is_told_of_exists(module: str):
    source = (Path(__file__).parent.parent / "research" / "training" / f"{module}.py").read_text()
    told = f"python -m research.training.{module}" in source.split('"""')[1]
    assert told == ('if __name__ == "__main__":' in source)
