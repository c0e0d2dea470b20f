"""Training makes weights that the project reads, the same ones each time."""

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from research.encoders import HybridEncoder, StatementReader
from research.encoders.hybrid import MODEL
from research.encoders.statements import STATEMENTS
from research.model import KINDS
from research.resources import CORPORA, WEIGHTS
from research.steps.context import CONTEXT, TOUCHPOINTS, load_context
from research.steps.features import Asked
from research.steps.tagger import TASKS, VECTOR, as_read, load_tagger
from research.training.examples import (
    PERMISSIVE,
    PUBLIC,
    Example,
    authored,
    in_context,
    public,
    training_files,
)
from research.training.sources import SOURCES
from research.training.tagger import train
from tests.steps.studies import encoder

if TYPE_CHECKING:
    from research.training.network import Body, ContextNetwork, StatementNetwork, Weights

ROOT = Path(__file__).parent.parent
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
    alone = np.stack([read.gists, *[np.zeros_like(read.gists)] * 3], axis=1)
    scores = tagger.scores(asked, read, load_context()(alone, asked))
    for task in TASKS:
        assert scores[task].shape == (len(examples), len(tagger.classes[task]))
        said = [tagger.classes[task][i] for i in scores[task].argmax(axis=1)]
        right = np.mean([a == e.labels[task] for a, e in zip(said, examples, strict=True)])
        assert right > 0.8, task


def themed() -> list[Example]:
    """Some statements of four themes, some of none, and a talk of some in a row."""
    found: list[Example] = []
    for word in ("levering", "prijs", "app", "hulp"):
        for i in range(4):
            labels = {"kind": KINDS[i], "stage": f"s{i}", "valence": str(i % 3 - 1)}
            asked = Asked(f"De {word} is {i} keer anders.", "", "survey")
            found.append(Example(asked, "a", labels, theme=f"a|{word}"))
    for i in range(24):
        labels = {"kind": KINDS[i % 5], "stage": f"s{i % 6}", "valence": str(i % 3 - 1)}
        asked = Asked(f"Zomaar een zin nummer {i}.", "En toen?", "review", 4.0)
        touched = ("app",) if i % 2 else None
        talk, group = ("", "plain:b") if i < 12 else ("b:1", "public:b")
        found.append(Example(asked, group, labels, talk=talk, touchpoints=touched))
    return in_context(found)


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
def tuned(steps: int, time: int = 1) -> "tuple[StatementNetwork, ContextNetwork]":
    """Both networks after so many steps on a few examples, the first or second time."""
    network = fresh()
    from research.training.lessons import lessons
    from research.training.network import ContextNetwork
    from research.training.statement_model import tune

    learned = lessons(themed())
    context = ContextNetwork(learned.hints.shape[1], CLASSES, len(TOUCHPOINTS))
    tune(network, context, body(), learned, steps)
    return network, context


def test_tuning_changes_the_statement_network_and_not_the_body():
    before = {name: value.clone() for name, value in body().state_dict().items()}
    from_here, after = fresh().state_dict(), tuned(2)[0].state_dict()
    assert all(value.equal(before[name]) for name, value in body().state_dict().items())
    changed = [name for name in after if not after[name].equal(from_here[name])]
    assert any(name.startswith("ls.0.") for name in changed)
    assert any(name.startswith("heads.") for name in changed)


def test_a_rerun_gives_the_same_weights():
    for first, again in zip(tuned(2), tuned(2, 2), strict=True):
        values = again.state_dict()
        assert all(value.equal(values[name]) for name, value in first.state_dict().items())


def test_settling_changes_the_context_and_not_the_network():
    network, context = tuned(2)
    from copy import deepcopy

    from research.training.lessons import hidden_of, lessons
    from research.training.statement_model import settle
    from research.training.tuner import Tuner

    learned = lessons(themed())
    network, context = deepcopy(network), deepcopy(context)
    before = [deepcopy(model.state_dict()) for model in (network, context)]
    settle(network, context, Tuner(network, context, hidden_of(body(), learned), learned, 1), 2)
    assert all(value.equal(before[0][name]) for name, value in network.state_dict().items())
    assert any(not value.equal(before[1][name]) for name, value in context.state_dict().items())
    assert all(weight.requires_grad for weight in network.parameters())


def test_the_context_that_is_written_says_what_was_trained(tmp_path: Path):
    _, context = tuned(2)
    import torch

    from research.training.lessons import lessons
    from research.training.statement_model import save_context

    learned = lessons(themed())
    save_context(context, learned, tmp_path / CONTEXT)
    asked = [e.asked for e in learned.examples]
    gists = np.random.default_rng(1).normal(size=(len(asked), 4, 96)).astype(np.float32)
    found = load_context(tmp_path / CONTEXT)(gists, asked)
    with torch.no_grad():
        mixed = context.eval()(torch.from_numpy(gists), learned.hints)
        assert np.abs(found.mixture - mixed.numpy()).max() < 0.02
        kinds = context.heads["kind"](mixed).numpy()
    assert np.abs(found.logits["kind"] - kinds).max() < 0.02
    assert found.touch.min() >= 0 and found.touch.max() <= 1


def test_a_statement_in_a_talk_knows_its_neighbours():
    told = [e for e in authored() if e.talk]
    first, second = next((a, b) for a, b in pairwise(told) if a.talk == b.talk)
    assert first.asked.after == second.asked.text and second.asked.before == first.asked.text
    starts = [b for a, b in pairwise(told) if a.talk != b.talk]
    assert starts and all(not e.asked.before for e in starts)


def test_a_task_without_a_label_is_masked():
    from research.training.examples import UNKNOWN
    from research.training.lessons import IGNORED, lessons

    some = themed()
    some[0] = replace(some[0], labels=some[0].labels | {"kind": UNKNOWN})
    learned = lessons(some)
    assert int(learned.gold["kind"][0]) == IGNORED
    assert UNKNOWN not in learned.classes["kind"]


def test_labels_of_public_statements_fit_their_words():
    data = ROOT.parent / "shared" / "data"
    if not data.exists():
        pytest.skip("the public data sets are not on this machine")
    names = sorted(s.name for s in SOURCES)
    found = public(data, names)
    labelled = {e.group.split(":", 1)[1] for e in found}
    assert labelled == {p.stem for p in PUBLIC.glob("*.tsv")}
    assert {e.labels["kind"] for e in found} == set(KINDS)


def test_labels_of_public_statements_hold_no_words_of_theirs():
    rows = [line for p in PUBLIC.glob("*.tsv") for line in p.read_text("utf-8").splitlines()]
    assert rows
    assert all(len(row.split("\t")) == 8 for row in rows)


def test_only_sources_that_allow_it_are_trained_on():
    allowed = {"MIT", "CC0-1.0", "CC-BY-4.0"}
    assert {s.licence for s in SOURCES if s.trains} <= allowed
    assert {s.name for s in SOURCES if s.trains} == PERMISSIVE


TEXTS = ["De levering was te laat.", "I love how easy it is.", "Ja."]


def test_the_statement_network_that_is_written_says_what_was_trained(tmp_path: Path):
    network = fresh().eval()
    import onnx
    import torch

    from research.training.graph import statement_graph
    from research.training.lessons import shared_layers
    from research.training.tuner import through

    onnx.save(statement_graph(network), tmp_path / STATEMENTS)
    said = StatementReader(encoder(), tmp_path).encode(TEXTS)[:, :VECTOR]
    with torch.no_grad():
        pooled = through(network, [p.float() for p in shared_layers(body(), TEXTS)])
        heads = [network.heads[task](pooled) for task in TASKS]
        theme = torch.nn.functional.normalize(network.theme(pooled))
        gist = network.gist(pooled).tanh()
    assert np.abs(said - np.hstack([*heads, theme, gist])).max() < 0.06


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


@pytest.mark.parametrize("module", ["tagger", "codebook", "statement_model", "bank"])
def test_a_training_command_that_is_told_of_exists(module: str):
    source = (Path(__file__).parent.parent / "research" / "training" / f"{module}.py").read_text()
    told = f"python -m research.training.{module}" in source.split('"""')[1]
    assert told == ('if __name__ == "__main__":' in source)
