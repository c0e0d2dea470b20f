"""Klantbeeld's engine: from what customers said to pain points, personas and journey maps."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from research.analysing import analyse

__all__ = ["__version__", "analyse"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load `analyse` when it is first asked for, so that the package itself loads at once."""
    if name != "analyse":
        raise AttributeError(f"module 'research' has no attribute {name!r}")
    from research.analysing import analyse

    return analyse
