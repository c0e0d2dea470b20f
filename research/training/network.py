"""The networks in torch: the encoder's body, and the statement network on top of it.

Read from ONNX files (weight-only int8) in plain names, trained, and written back by
`research.training.graph`. Only real tokens pass the linear layers, so padding costs
nothing but a little attention.
"""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
SHARED = 3
PARTS = ("q", "k", "v", "o", "i", "f")
THEME_WIDTH, GIST_WIDTH, MIXED_WIDTH = 256, 96, 128
AROUND = 4  # the gists that are mixed: of the statement, the question, before and after
EPSILON = 1e-12
Weights = dict[str, NDArray[np.float32]]


def read_weights(model: onnx.ModelProto) -> Weights:
    """All weights in fp32 under plain names: `emb`, `pe`, `ls.0.q.weight` (in, out) …"""
    raw = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    plain = _plain_names(model)
    weights: Weights = {}
    for name, value in raw.items():
        if name.endswith("_q"):
            scale = raw[name.removesuffix("_q") + "_s"].astype(np.float32)
            scale = scale.reshape(-1, 1) if name == "emb_q" else scale
            weights[plain.get(name, name.removesuffix("_q"))] = value.astype(np.float32) * scale
        elif value.dtype == np.float32 and not name.endswith("_s"):
            weights[name] = value
    return weights


def _plain_names(model: onnx.ModelProto) -> dict[str, str]:
    """For a graph that torch exported: its quantised weights' plain names, by order of use."""
    found = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "DequantizeLinear"}
    used = [
        found[n.input[1]] for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in found
    ]
    names = [f"ls.{layer}.{part}.weight" for layer in range(LAYERS) for part in PARTS]
    exported = all(name.startswith("onnx::") for name in used)
    return dict(zip(used, names, strict=True)) if exported else {}


class Layer(nn.Module):
    """One transformer layer (post-norm), as in BERT, on packed tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.o, self.i, self.f = (
            nn.Linear(WIDTH, WIDTH),
            nn.Linear(WIDTH, INNER),
            nn.Linear(INNER, WIDTH),
        )
        self.n1, self.n2 = nn.LayerNorm(WIDTH, eps=EPSILON), nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (tokens of all texts, width); mask: (texts, longest), true where a token is."""
        q, k, v = (self._spread(part(x), mask) for part in (self.q, self.k, self.v))
        likeness = (q @ k.transpose(-1, -2)).float() * (WIDTH // HEADS) ** -0.5
        likeness = likeness.masked_fill(~mask[:, None, None, :], -1e4)
        mixed = likeness.softmax(-1).to(v.dtype) @ v
        texts, longest = mask.shape
        packed = mixed.transpose(1, 2).reshape(texts, longest, WIDTH)[mask]
        x = self.n1(x + self.o(packed))
        out: Tensor = self.n2(x + self.f(nn.functional.gelu(self.i(x))))
        return out

    def _spread(self, x: Tensor, mask: Tensor) -> Tensor:
        """Packed tokens as (texts, heads, longest, width of a head)."""
        texts, longest = mask.shape
        spread = x.new_zeros(texts, longest, WIDTH)
        spread[mask] = x
        return spread.view(texts, longest, HEADS, WIDTH // HEADS).transpose(1, 2)


class Body(nn.Module):
    """Token table and six layers; mean pooling."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        table = torch.tensor(weights["emb"])
        self.table = nn.Embedding(table.shape[0], table.shape[1], _weight=table, sparse=True)
        self.pe = nn.Parameter(torch.tensor(weights["pe"]), requires_grad=False)
        self.te = nn.Parameter(torch.tensor(weights["te"]).view(-1), requires_grad=False)
        self.ln = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.ls = nn.ModuleList(Layer() for _ in range(LAYERS))
        load(self, weights)

    def lower(self, ids: Sequence[Tensor], layers: int = LAYERS) -> tuple[Tensor, Tensor]:
        """Packed output of the first layers, and the mask (texts, longest)."""
        mask = mask_of(ids)
        places = torch.cat([torch.arange(len(i)) for i in ids])
        x = self.ln(self.table(torch.cat(list(ids))) + self.pe[places] + self.te)
        for layer in self.ls[:layers]:
            x = layer(x, mask)
        return x, mask

    def forward(self, ids: Sequence[Tensor]) -> Tensor:
        """Mean-pooled vectors of token ids, shape (texts, width)."""
        return pooled(*self.lower(ids))


class StatementNetwork(nn.Module):
    """Three layers on the body's third, three heads, a gist, and a projection to themes."""

    def __init__(self, weights: Weights, classes: Mapping[str, int]) -> None:
        super().__init__()
        self.ls = nn.ModuleList(Layer() for _ in range(LAYERS - SHARED))
        self.heads = nn.ModuleDict({t: nn.Linear(WIDTH, n) for t, n in classes.items()})
        self.theme = nn.Linear(WIDTH, THEME_WIDTH, bias=False)
        nn.init.orthogonal_(self.theme.weight)
        self.gist = nn.Linear(WIDTH, GIST_WIDTH)
        load(self, {renumbered(name): value for name, value in weights.items()})

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Mean-pooled vectors (texts, width) from the body's third layer, packed."""
        for layer in self.ls:
            x = layer(x, mask)
        return pooled(x, mask)


class ContextNetwork(nn.Module):
    """What a statement's surroundings add to what the network says of it alone.

    Mixes the gists of the statement, of what was asked, and of what was said before and
    after, with hints (cues, form, stars); `research.steps.context` does the same in numpy.
    """

    def __init__(self, hints: int, classes: Mapping[str, int], touchpoints: int) -> None:
        super().__init__()
        self.mix = nn.Linear(AROUND * GIST_WIDTH + hints, MIXED_WIDTH)
        self.heads = nn.ModuleDict({t: nn.Linear(MIXED_WIDTH, n) for t, n in classes.items()})
        self.touch = nn.Linear(MIXED_WIDTH, touchpoints)
        for head in self.heads.values():
            nn.init.zeros_(cast(nn.Linear, head).weight)

    def forward(self, gists: Tensor, hints: Tensor) -> Tensor:
        """The mixture, (statements, MIXED_WIDTH), of (statements, 4, GIST_WIDTH) and hints."""
        given = torch.cat([gists.flatten(1), hints], dim=1)
        given = nn.functional.dropout(given, 0.2, self.training)
        return nn.functional.gelu(self.mix(given))


def renumbered(name: str) -> str:
    """A weight's name in the statement network: its first layer is the body's fourth."""
    head, _, tail = name.partition(".")
    number, _, rest = tail.partition(".")
    return f"ls.{int(number) - SHARED}.{rest}" if head == "ls" else name


def load(network: nn.Module, weights: Weights) -> None:
    """Put in what the network has a place for; linear weights are stored (in, out)."""
    state = network.state_dict()
    linear = {f"{n}.weight" for n, m in network.named_modules() if isinstance(m, nn.Linear)}
    for name, value in weights.items():
        if name in state and name not in ("pe", "te"):
            tensor = torch.from_numpy(np.array(value))
            state[name].copy_(tensor.T if name in linear else tensor)


def mask_of(parts: Sequence[Tensor]) -> Tensor:
    """True where a token is: (texts, longest)."""
    lengths = torch.tensor([len(p) for p in parts])
    mask: Tensor = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    return mask


def pooled(x: Tensor, mask: Tensor) -> Tensor:
    """The mean over each text's tokens, in fp32: (texts, width)."""
    owner = mask.nonzero()[:, 0]
    summed = torch.zeros(len(mask), x.shape[1]).index_add_(0, owner, x.float())
    return summed / mask.sum(1, keepdim=True)
