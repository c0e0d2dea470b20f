"""Training makes weights that the project reads, the same ones each time."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from research.encoders import HybridEncoder, StatementReader
from research.encoders.hybrid import MODEL
from research.encoders.statements import STATEMENTS
from research.model import KINDS
from research.resources import CORPORA, WEIGHTS
from research.steps.features import Asked
from research.steps.tagger import TASKS, VECTOR, as_read, load_tagger
from research.training.tagger import Example, authored, train, training_files
from tests.steps.studies import encoder

if TYPE_CHECKING:
    from research.training.network import Body, StatementNetwork, Weights

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
    for i in range(24):
        labels = {"kind": KINDS[i % 5], "stage": f"s{i % 6}", "valence": str(i % 3 - 1)}
        found.append(Example(Asked(f"Zomaar een zin nummer {i}.", "", "review"), "b", labels))
        theme_of.append(-1)
    return found, [["levering"], ["prijs"], ["app"], ["hulp"]], theme_of


def loaded() -> "Weights":
    """The encoder's weights, as training reads them."""
    onnx = pytest.importorskip("onnx", reason="training needs onnx, which is not installed")
    from research.training.network import read_weights

    return read_weights(onnx.load(WEIGHTS / MODEL))


def fresh() -> "StatementNetwork":
    """The statement network as training begins with it."""
    weights = loaded()
    import torch

    from research.training.network import StatementNetwork
    from research.training.statement_model import SEED

    torch.manual_seed(SEED)
    return StatementNetwork(weights, CLASSES)


@cache
def body() -> "Body":
    """The encoder's body in torch."""
    weights = loaded()
    from research.training.network import Body

    return Body(weights)


@cache
def tuned(steps: int, time: int = 1) -> "StatementNetwork":
    """The network after so many steps on a few examples, the first or second time."""
    network = fresh()
    from research.training.statement_model import Book, tune

    found, texts, theme_of = themed()
    tune(network, body(), found, Book(texts, theme_of), steps)
    return network


def test_tuning_changes_the_statement_network_and_not_the_body():
    before = {name: value.clone() for name, value in body().state_dict().items()}
    from_here, after = fresh().state_dict(), tuned(2).state_dict()
    assert all(value.equal(before[name]) for name, value in body().state_dict().items())
    changed = [name for name in after if not after[name].equal(from_here[name])]
    assert any(name.startswith("ls.0.") for name in changed)
    assert any(name.startswith("heads.") for name in changed)


def test_a_rerun_gives_the_same_weights():
    first, again = tuned(2).state_dict(), tuned(2, 2).state_dict()
    assert all(value.equal(again[name]) for name, value in first.items())


TEXTS = ["De levering was te laat.", "I love how easy it is.", "Ja."]


def test_the_statement_network_that_is_written_says_what_was_trained(tmp_path: Path):
    network = fresh().eval()
    import onnx
    import torch

    from research.training.graph import statement_graph
    from research.training.statement_model import shared_layers, through

    onnx.save(statement_graph(network), tmp_path / STATEMENTS)
    said = StatementReader(encoder(), tmp_path).encode(TEXTS)[:, :VECTOR]
    with torch.no_grad():
        pooled = through(network, shared_layers(body(), TEXTS))
        heads = [network.heads[task](pooled) for task in TASKS]
        theme = torch.nn.functional.normalize(network.theme(pooled))
    assert np.abs(said - np.hstack([*heads, theme])).max() < 0.05


def test_the_encoder_that_is_written_gives_the_vectors_that_were_trained(tmp_path: Path):
    network = body()
    import onnx
    import torch

    from research.training.graph import encoder_graph

    onnx.save(encoder_graph(network), tmp_path / MODEL)
    for path in sorted(WEIGHTS.iterdir()):
        if path.name != MODEL:
            (tmp_path / path.name).symlink_to(path)
    ids = [torch.tensor(i) for i in encoder().windows(TEXTS).ids]
    with torch.no_grad():
        own = torch.nn.functional.normalize(network(ids)).numpy()
    static = encoder().windows(TEXTS).static
    made = own + static
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    assert np.abs(HybridEncoder(tmp_path).encode(TEXTS) - made).max() < 0.02


@pytest.mark.parametrize("module", ["tagger", "codebook", "statement_model"])
def test_a_training_command_that_is_told_of_exists(module: str):
    source = (Path(__file__).parent.parent / "research" / "training" / f"{module}.py").read_text()
    told = f"python -m research.training.{module}" in source.split('"""')[1]
    assert told == ('if __name__ == "__main__":' in source)
