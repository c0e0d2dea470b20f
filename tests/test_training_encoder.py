"""The encoder's training: what goes in, what is left out, and that a rerun gives the same."""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.encoder.themes import SETS, held_out
from research.resources import WEIGHTS
from research.training.examples import training_files

pytest.importorskip("onnx", reason="training needs onnx, which is not installed")

from research.encoders.hybrid import MODEL, HybridEncoder
from research.encoders.static import ENGLISH_ROWS, TABLE, StaticEncoder
from research.training.encoder.pairs import Pair, chosen, clean, evaluation_sentences, own
from research.training.encoder.student import UNKNOWN, pruned
from research.training.encoder.teacher import checked


def test_no_training_reads_what_is_held_out():
    assert all("train" in path.parts for path in training_files())
    trained = {
        " ".join(json.loads(line)["text"].lower().split())
        for path in training_files()
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    told = [told for name in SETS for told in held_out(name)]
    assert len(told) > 1500
    assert not [t.text for t in told if " ".join(t.text.lower().split()) in trained]


def test_held_out_domains_are_not_trained_on():
    trained = {
        json.loads(line)["domain"]
        for path in training_files()
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert not trained & {told.domain for name in SETS for told in held_out(name)}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder as training takes it, with a few pairs and our own weights to start from."""
    rows = ["source\ten\tnl"]
    rows += [f"tatoeba\tThe {n} dogs bark.\tDe {n} honden blaffen hard." for n in range(90)]
    rows += [f"docs\tChoose option {n} here.\tKies hier optie {n} uit." for n in range(30)]
    rows += ["docs\tThe same side\tThe same side", "docs\tA man sings.\tEen man zingt."]
    with gzip.open(tmp_path / "pairs.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "sts.csv").write_text('"Een man zingt!",Iets anders,3.0\n', "utf-8")
    (tmp_path / "baseline").mkdir()
    for name in (MODEL, TABLE, "tokenizer_nlen.json", "tokenizer_minilm_en.json"):
        (tmp_path / "baseline" / name).symlink_to(WEIGHTS / name)
    return tmp_path


def test_what_is_evaluation_sentences_is_not_trained_on(data: Path):
    banned = evaluation_sentences(data / "eval")
    assert "een man zingt" in banned
    assert not clean(Pair("A man sings.", "Een man zingt."), banned)
    pairs = chosen(data / "pairs.tsv.gz", banned, seed=1)
    assert Pair("A man sings.", "Een man zingt.") not in pairs
    assert Pair("The same side", "The same side") not in pairs
    assert Pair("The 3 dogs bark.", "De 3 honden blaffen hard.") in pairs


def test_our_own_pairs_have_two_sides_that_differ():
    pairs = own()
    assert len(pairs) > 1000
    assert len({pair.nl for pair in pairs}) == len(pairs)
    assert all(clean(pair, set()) for pair in pairs if len(pair.nl.split()) < 30)


def test_a_teacher_that_is_another_model_is_refused(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"not the model")
    with pytest.raises(ValueError, match="SHA-256"):
        checked(tmp_path)


def test_pruning_keeps_the_rows_that_dutch_needs_and_sends_the_rest_to_english(data: Path):
    texts = ["De honden blaffen hard.", "Kies hier."]
    weights, table = pruned(data / "baseline", texts)
    before = StaticEncoder(data / "baseline")
    pieces = sorted({piece for ids in before.pieces(texts) for piece in ids})
    own_rows = [p for p in pieces if before.rows[p] >= ENGLISH_ROWS]
    rows = table["rows"]
    assert len(weights["emb"]) == ENGLISH_ROWS + len(own_rows)
    assert [int(rows[p]) for p in own_rows] == list(range(ENGLISH_ROWS, len(weights["emb"])))
    rest = np.delete(rows, own_rows)
    assert (rest < ENGLISH_ROWS).all()
    assert (rest == UNKNOWN).any()


@pytest.fixture
def torch_as_it_was() -> Iterator[None]:
    """Puts torch's threads and determinism back."""
    import torch

    threads = torch.get_num_threads()
    torch.use_deterministic_algorithms(True)
    yield
    torch.use_deterministic_algorithms(False)
    torch.set_num_threads(threads)


def train_once(data: Path, out: Path) -> dict[str, bytes]:
    """A run of three steps with our own encoder as the teacher, and the weights it wrote."""
    import torch

    from research.training.encoder.__main__ import Size, inputs, record, train
    from research.training.encoder.tuning import Plan

    def teach(texts: Sequence[str]) -> torch.Tensor:
        return torch.from_numpy(HybridEncoder().encode(texts))

    out.mkdir()
    plan, size = Plan(steps=3, warm=1), Size(700, 2)
    train(data, out, plan=plan, size=size, teacher=teach, files=training_files()[:1])
    record(out, inputs(data), plan, size)
    return {name: (out / name).read_bytes() for name in (MODEL, TABLE)}


@pytest.mark.usefixtures("torch_as_it_was")
def test_a_rerun_gives_the_same_weights_and_records_what_went_in(data: Path, tmp_path: Path):
    first = train_once(data, tmp_path / "one")
    assert first == train_once(data, tmp_path / "two")
    record = json.loads((tmp_path / "one" / "training.json").read_text("utf-8"))
    assert record["plan"]["steps"] == 3
    assert set(record["weights"]) == {MODEL, TABLE}
    assert "pairs.tsv.gz" in record["inputs"]
    texts = ["De honden blaffen.", "The dogs bark."]
    made = HybridEncoder(tmp_path / "one").encode(texts)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert np.abs(made - HybridEncoder().encode(texts)).max() > 1e-4


def test_too_few_pairs_are_refused_before_anything_is_read(capsys: pytest.CaptureFixture[str]):
    from research.training.encoder.__main__ import main

    with pytest.raises(SystemExit):
        main(["--data", "nowhere", "--pairs", "10"])
    assert "at least 512 pairs" in capsys.readouterr().err


def test_a_batch_holds_themes_of_few_domains_and_several_statements_of_each():
    from research.training.encoder.groups import DOMAINS, STATEMENTS, THEMES, Groups

    groups = Groups(3, training_files()[:1])
    drawn = groups.next()
    assert len(set(drawn.domain.tolist())) == DOMAINS
    assert len(set(drawn.theme.tolist())) == DOMAINS * THEMES
    assert len(drawn.rows) == len(set(drawn.rows)) == DOMAINS * THEMES * STATEMENTS


def test_the_contrast_is_least_where_themes_lie_together_and_ignores_other_domains():
    import torch

    from research.training.encoder.groups import Drawn, contrast

    theme, domain = torch.tensor([1, 1, 2, 2, 9, 9]), torch.tensor([0, 0, 0, 0, 5, 5])
    drawn = Drawn([0, 1, 2, 3, 4, 5], theme, domain)
    axes = torch.eye(6)
    together, mixed = axes[[0, 0, 1, 1, 0, 0]], axes[[0, 1, 0, 1, 0, 0]]
    assert contrast(together, drawn, 0.1) < 0.01 < contrast(mixed, drawn, 0.1)


def test_minilms_own_rows_stay_as_they_are():
    import torch

    from research.training.encoder.tuning import keep_english_rows
    from research.training.network import Body, read_weights

    onnx = pytest.importorskip("onnx", reason="training needs onnx")
    body = Body(read_weights(onnx.load(WEIGHTS / MODEL)))
    ids = [torch.tensor([101, 2000, ENGLISH_ROWS + 5, 102])]
    torch.autograd.backward(body(ids).sum())
    keep_english_rows(body)
    gradient = body.table.weight.grad
    assert gradient is not None
    assert gradient.coalesce().indices()[0].tolist() == [ENGLISH_ROWS + 5]


def test_the_shipped_weights_are_those_of_the_record():
    from hashlib import sha256

    record = json.loads((WEIGHTS / "training.json").read_text("utf-8"))
    for name, digest in record["weights"].items():
        assert sha256((WEIGHTS / name).read_bytes()).hexdigest() == digest, name


def test_the_encoder_is_small_enough():
    assert (WEIGHTS / MODEL).stat().st_size < 45e6
    assert (WEIGHTS / TABLE).stat().st_size < 12e6
