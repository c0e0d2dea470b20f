"""What stands around a statement, mixed into what is read of it alone.

The statement network reads each text by itself. Here the gists of a statement, of the
question before it and of what the same person said just before and after are mixed, with
cues, the form of the source and the stars, by one hidden layer in numpy. So "Omdat ze te
laat waren" after "Waarom bent u overgestapt?" is about leaving. Trained with the network
(research/training/statement_model.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from research.contracts import Vectors
from research.resources import WEIGHTS
from research.steps.features import Asked, hints

CONTEXT = "context.npz"
# The order of the outputs; names as in corpora/touchpoints.
TOUCHPOINTS = (
    "search engine", "social media", "online ads", "radio/tv", "magazines", "word of mouth",
    "reviews", "blogs", "newsletter", "e-mail", "product page", "web shop", "website", "app",
    "marketplace", "physical shop", "checkout", "payment", "order confirmation", "delivery",
    "packaging", "returns", "customer service by phone", "chatbot", "chat", "whatsapp",
    "customer service", "FAQ", "community", "loyalty programme", "product",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mixed:
    """What the surroundings add: logits per task, touchpoints' probabilities, the mixture.

    `logits[task]` (statements, classes) are added to those of the network alone;
    `touch` (statements, touchpoints); `mixture` (statements, 128) is what they were made
    of, and what a study's corrections are learned on.
    """

    logits: dict[str, Vectors]
    touch: Vectors
    mixture: Vectors


@dataclass(frozen=True, slots=True)
class Context:
    """The weights of the mixture and of its heads."""

    mix: tuple[Vectors, Vectors]
    heads: dict[str, tuple[Vectors, Vectors]]
    touch: tuple[Vectors, Vectors]
    classes: dict[str, tuple[str, ...]]

    def __call__(self, gists: Vectors, asked: Sequence[Asked]) -> Mixed:
        """Mix gists of shape (statements, 4, width): own, question, before, after."""
        given = np.hstack([gists.reshape(len(asked), -1), hints(asked)])
        mixture = gelu(_linear(given, self.mix))
        logits = {task: _linear(mixture, head) for task, head in self.heads.items()}
        touch = 1.0 / (1.0 + np.exp(-_linear(mixture, self.touch)))
        return Mixed(logits, np.asarray(touch, dtype=np.float32), mixture)


def gelu(x: Vectors) -> Vectors:
    """Gaussian error linear unit, exact (Hendrycks and Gimpel 2016)."""
    from scipy.special import erf

    return np.asarray(0.5 * x * (1.0 + erf(x / np.sqrt(2.0))), dtype=np.float32)


def _linear(x: Vectors, layer: tuple[Vectors, Vectors]) -> Vectors:
    weight, bias = layer
    return np.asarray(x @ weight.T + bias, dtype=np.float32)


@cache
def load_context(path: Path = WEIGHTS / CONTEXT) -> Context:
    """The mixture that ships with the project."""
    with np.load(path) as data:
        named = {name: data[name] for name in data.files}

    def layer(name: str) -> tuple[Vectors, Vectors]:
        pair = named[f"{name}.weight"], named[f"{name}.bias"]
        return pair[0].astype(np.float32), pair[1].astype(np.float32)

    marks = [name.removeprefix("classes.") for name in named if name.startswith("classes.")]
    return Context(
        mix=layer("mix"),
        heads={task: layer(f"heads.{task}") for task in marks},
        touch=layer("touch"),
        classes={task: tuple(str(c) for c in named[f"classes.{task}"]) for task in marks},
    )
