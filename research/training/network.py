"""The statement network: the embedded encoder's body, its upper half tuned, with heads.

Read from the encoder's ONNX file (weight-only int8), trained in torch, and written
back into the same graph as a branch: the token table and the lower layers are shared,
and onnxruntime computes only the outputs it is asked for.
"""

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
SHARED = 3
PARTS = ("q", "k", "v", "o", "i", "f")
THEME_WIDTH = 256
Weights = dict[str, NDArray[np.float32]]


def read_weights(model: onnx.ModelProto) -> Weights:
    """All weights in fp32 under plain names: `emb`, `pe`, `ls.0.q.weight` (in, out) …"""
    raw = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    scales = dict(raw)
    weights: Weights = {
        name: value.astype(np.float32)
        for name, value in raw.items()
        if value.dtype == np.float32 and not name.endswith("_s")
    }
    weights["emb"] = raw["emb_q"].astype(np.float32) * scales["emb_s"].reshape(-1, 1)
    for name, quantised in zip(linear_names(), linear_initializers(model), strict=True):
        scale = scales[quantised.removesuffix("_q") + "_s"]
        weights[f"{name}.weight"] = raw[quantised].astype(np.float32) * scale
    return weights


def linear_names() -> list[str]:
    """The linear layers in the order in which the graph applies them."""
    return [f"ls.{layer}.{part}" for layer in range(LAYERS) for part in PARTS]


def linear_initializers(model: onnx.ModelProto) -> list[str]:
    """The quantised weights in the graph's order (q, k, v, o, i, f per layer)."""
    found = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "DequantizeLinear"}
    order: dict[str, str] = {}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in found:
            order[node.output[0].strip("/").split("/")[0]] = found[node.input[1]]
    suffix = ["" if layer == 0 else f"_{layer}" for layer in range(LAYERS)]
    return [order[f"{part}{tail}"] for tail in suffix for part in PARTS]


class Layer(nn.Module):
    """One transformer layer (post-norm), as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.o, self.i, self.f = (
            nn.Linear(WIDTH, WIDTH),
            nn.Linear(WIDTH, INNER),
            nn.Linear(INNER, WIDTH),
        )
        self.n1, self.n2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, tokens, width); mask: (batch, 1, 1, tokens), true where text is."""
        q, k, v = (self._split(part(x)) for part in (self.q, self.k, self.v))
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        batch, _, tokens, _ = mixed.shape
        x = self.n1(x + self.drop(self.o(mixed.transpose(1, 2).reshape(batch, tokens, WIDTH))))
        inner = nn.functional.gelu(self.i(x))
        out: Tensor = self.n2(x + self.drop(self.f(inner)))
        return out

    def _split(self, x: Tensor) -> Tensor:
        batch, tokens, _ = x.shape
        return x.view(batch, tokens, HEADS, WIDTH // HEADS).transpose(1, 2)


class StatementNetwork(nn.Module):
    """Pooled body, three heads and a projection into the space of themes."""

    def __init__(self, weights: Weights, classes: dict[str, int]) -> None:
        super().__init__()
        table = torch.from_numpy(weights["emb"])
        self.table = nn.Embedding(table.shape[0], table.shape[1], _weight=table, _freeze=True)
        self.pe = nn.Parameter(torch.from_numpy(weights["pe"].copy()), requires_grad=False)
        self.te = nn.Parameter(torch.from_numpy(weights["te"].copy()).view(-1), requires_grad=False)
        self.ln = nn.LayerNorm(WIDTH, eps=1e-12)
        self.ls = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = nn.ModuleDict({t: nn.Linear(WIDTH, n) for t, n in classes.items()})
        self.theme = nn.Linear(WIDTH, THEME_WIDTH, bias=False)
        nn.init.orthogonal_(self.theme.weight)
        self._load(weights)

    def _load(self, weights: Weights) -> None:
        state = self.state_dict()
        for name, value in weights.items():
            if name in state and name not in ("pe", "te"):
                tensor = torch.from_numpy(np.ascontiguousarray(value))
                turned = name.endswith(".weight") and value.ndim == 2
                state[name].copy_(tensor.T if turned else tensor)

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The shared layers' output (batch, tokens, width); ids and mask: (batch, tokens)."""
        x = self.ln(self.table(ids) + self.pe[: ids.shape[1]] + self.te)
        seen = mask[:, None, None, :].bool()
        for layer in self.ls[:SHARED]:
            x = layer(x, seen)
        shared: Tensor = x
        return shared

    def upper(self, x: Tensor, mask: Tensor) -> Tensor:
        """Mean-pooled vectors (batch, width) from the shared layers' output."""
        seen = mask[:, None, None, :].bool()
        for layer in self.ls[SHARED:]:
            x = layer(x, seen)
        weight = mask[:, :, None].to(x.dtype)
        pooled: Tensor = (x * weight).sum(1) / weight.sum(1)
        return pooled
