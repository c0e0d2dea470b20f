"""Writes networks as ONNX graphs: weights as int8 with a scale per output, fp32 inside.

`encoder_graph` gives `emb`, the mean-pooled vector of unit length (texts, 384), and
`hidden`, the third layer's output; `statement_graph` takes `hidden` and gives `said`
(logits side by side), `theme` (unit vectors) and `gist` (what the context mixes).
"""

from typing import Any, cast

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from research.training.network import (
    EPSILON,
    HEADS,
    LAYERS,
    PARTS,
    SHARED,
    WIDTH,
    Body,
    Layer,
    StatementNetwork,
)

OPSET, IR_VERSION = 20, 9
POSITIONS = 128
Array = NDArray[np.generic]
Values = list[onnx.ValueInfoProto]


def quantise(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights (in, out) as int8 with a scale per output column."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-8).astype(np.float32) / 127.0
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


class Graph:
    """Nodes and initializers in the making."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._given: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: list[str], name: str, **attributes: Any) -> str:
        """A node with one output, which has the node's name."""
        self._nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def give(self, name: str, value: Array) -> str:
        """A constant."""
        self._given.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def linear(self, x: str, name: str, layer: nn.Linear) -> str:
        """x times int8 weights, plus bias."""
        codes, scale = quantise(layer.weight.detach().numpy().T)
        inputs = [self.give(f"{name}.weight_q", codes), self.give(f"{name}.weight_s", scale)]
        weight = self.add("DequantizeLinear", inputs, f"{name}.w", axis=1)
        y = self.add("MatMul", [x, weight], f"{name}.y")
        if layer.bias is None:
            return y
        return self.add("Add", [y, self.give(f"{name}.bias", _array(layer.bias))], f"{name}.out")

    def norm(self, x: str, name: str, layer: nn.LayerNorm) -> str:
        """Layer normalisation over the width."""
        given = [
            self.give(f"{name}.weight", _array(layer.weight)),
            self.give(f"{name}.bias", _array(layer.bias)),
        ]
        return self.add("LayerNormalization", [x, *given], f"{name}.out", axis=-1, epsilon=EPSILON)

    def model(
        self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """The checked model."""
        graph = helper.make_graph(self._nodes, "klantbeeld", inputs, outputs, self._given)
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        return model


def encoder_graph(body: Body) -> onnx.ModelProto:
    """The encoder: `ids` and `mask` (texts, tokens) to `emb` and `hidden`."""
    graph = Graph()
    x = _embedded(graph, body)
    hide = _hide(graph)
    for number in range(LAYERS):
        name = "hidden" if number == SHARED - 1 else ""
        x = _layer(graph, x, hide, f"ls.{number}", cast(Layer, body.ls[number]), name)
    mean = _mean(graph, x)
    graph.add("LpNormalization", [mean], "emb", axis=-1, p=2)
    outputs = [_info("emb", ["texts", WIDTH]), _info("hidden", ["texts", "tokens", WIDTH])]
    return graph.model([_tokens("ids"), _tokens("mask")], outputs)


def statement_graph(network: StatementNetwork) -> onnx.ModelProto:
    """The statement network: `hidden` and `mask` to `said`, `theme` and `gist`."""
    graph = Graph()
    hide = _hide(graph)
    x = "hidden"
    for number, layer in enumerate(network.ls):
        x = _layer(graph, x, hide, f"ls.{number}", cast(Layer, layer))
    mean = _mean(graph, x)
    heads = {task: cast(nn.Linear, head) for task, head in network.heads.items()}
    logits = [graph.linear(mean, f"heads.{task}", head) for task, head in heads.items()]
    graph.add("Concat", logits, "said", axis=-1)
    theme = graph.linear(mean, "theme", network.theme)
    graph.add("LpNormalization", [theme], "theme", axis=-1, p=2)
    graph.add("Tanh", [graph.linear(mean, "gist.linear", network.gist)], "gist")
    classes = sum(head.out_features for head in heads.values())
    outputs = [
        _info("said", ["texts", classes]),
        _info("theme", ["texts", len(network.theme.weight)]),
        _info("gist", ["texts", len(network.gist.weight)]),
    ]
    inputs = [_info("hidden", ["texts", "tokens", WIDTH]), _tokens("mask")]
    return graph.model(inputs, outputs)


def _embedded(graph: Graph, body: Body) -> str:
    """Rows of the token table, dequantised where they are used, with their positions."""
    codes, scale = quantise(body.table.weight.detach().numpy().T)
    rows = graph.add("Gather", [graph.give("emb_q", codes.T), "ids"], "rows")
    scales = graph.add("Gather", [graph.give("emb_s", scale[:, None]), "ids"], "scales")
    as_float = graph.add("Cast", [rows], "rows.f", to=TensorProto.FLOAT)
    tokens = graph.add("Mul", [as_float, scales], "tokens")
    at = [graph.give(f"axis{i}", np.array([i], dtype=np.int64)) for i in range(2)]
    two = graph.give("two", np.array([2], dtype=np.int64))
    shape = graph.add("Shape", ["ids"], "shape")
    length = graph.add("Slice", [shape, at[1], two], "length")
    graph.give("pe", _array(body.pe)[:POSITIONS])
    places = graph.add("Slice", ["pe", at[0], length, at[0]], "places")
    placed = graph.add("Add", [tokens, places], "placed")
    typed = graph.add("Add", [placed, graph.give("te", _array(body.te))], "typed")
    return graph.norm(typed, "ln", body.ln)


def _hide(graph: Graph) -> str:
    """What is added to attention so that padding is not seen: (texts, 1, 1, tokens)."""
    graph.give("middle", np.array([1, 2], dtype=np.int64))
    wide = graph.add("Unsqueeze", ["mask", "middle"], "mask.wide")
    seen = graph.add("Cast", [wide], "mask.seen", to=TensorProto.FLOAT)
    hidden = graph.add(
        "Sub", [graph.give("one", np.array([1.0], dtype=np.float32)), seen], "mask.hidden"
    )
    return graph.add(
        "Mul", [hidden, graph.give("far", np.array([-1e4], dtype=np.float32))], "mask.added"
    )


def _layer(graph: Graph, x: str, hide: str, name: str, layer: Layer, output: str = "") -> str:
    """One transformer layer; `output` renames what comes out."""
    q, k, v, o, i, f = (getattr(layer, part) for part in PARTS)
    parts = [_heads(graph, graph.linear(x, f"{name}.{p}", m), f"{name}.{p}", p == "k")
             for p, m in (("q", q), ("k", k), ("v", v))]  # fmt: skip
    likeness = graph.add("MatMul", parts[:2], f"{name}.likeness")
    root = graph.give(f"{name}.root", np.array([(WIDTH // HEADS) ** -0.5], dtype=np.float32))
    scaled = graph.add("Mul", [likeness, root], f"{name}.scaled")
    shown = graph.add("Add", [scaled, hide], f"{name}.shown")
    share = graph.add("Softmax", [shown], f"{name}.share", axis=-1)
    mixed = graph.add("MatMul", [share, parts[2]], f"{name}.mixed")
    turned = graph.add("Transpose", [mixed], f"{name}.turned", perm=[0, 2, 1, 3])
    flat = graph.give(f"{name}.flat", np.array([0, 0, WIDTH], dtype=np.int64))
    joined = graph.add("Reshape", [turned, flat], f"{name}.joined")
    attended = graph.add("Add", [x, graph.linear(joined, f"{name}.o", o)], f"{name}.attended")
    x = graph.norm(attended, f"{name}.n1", layer.n1)
    inner = graph.add("Gelu", [graph.linear(x, f"{name}.i", i)], f"{name}.inner")
    added = graph.add("Add", [x, graph.linear(inner, f"{name}.f", f)], f"{name}.added")
    out = graph.norm(added, f"{name}.n2", layer.n2)
    return graph.add("Identity", [out], output) if output else out


def _heads(graph: Graph, x: str, name: str, turned: bool) -> str:
    """(texts, tokens, width) as (texts, heads, tokens, width of a head), or turned for keys."""
    shape = np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64)
    split = graph.add("Reshape", [x, graph.give(f"{name}.shape", shape)], f"{name}.split")
    return graph.add(
        "Transpose", [split], f"{name}.heads", perm=[0, 2, 3, 1] if turned else [0, 2, 1, 3]
    )


def _mean(graph: Graph, x: str) -> str:
    """The mean over real tokens: (texts, width)."""
    axis = graph.give("axis", np.array([2], dtype=np.int64))
    wide = graph.add("Unsqueeze", ["mask", axis], "mean.wide")
    weight = graph.add("Cast", [wide], "mean.weight", to=TensorProto.FLOAT)
    tokens = graph.give("mean.axis", np.array([1], dtype=np.int64))
    summed = graph.add("ReduceSum", [graph.add("Mul", [x, weight], "mean.kept"), tokens],
                       "mean.sum", keepdims=0)  # fmt: skip
    count = graph.add("ReduceSum", [weight, tokens], "mean.count", keepdims=0)
    return graph.add("Div", [summed, count], "mean")


def _array(tensor: Tensor) -> NDArray[np.float32]:
    return np.asarray(tensor.detach().numpy(), dtype=np.float32)


def _info(name: str, shape: list[str | int]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _tokens(name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
