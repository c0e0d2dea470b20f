"""Where bundled data lies: in the checkout, or inside an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent

CORPORA = ROOT / "corpora"
TEMPLATES = ROOT / "templates"
WEIGHTS = _PACKAGE / "encoders" / "weights"
