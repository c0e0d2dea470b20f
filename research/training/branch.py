"""Writes the tuned layers back: a branch in the encoder's own ONNX graph.

The branch forks after the shared layers and ends in two outputs, `said` (the logits of
kind, stage and valence, side by side) and `theme` (unit vectors in the space of themes).
Its weights are int8 with a scale per output, as the rest of the graph.
"""

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from research.training.network import (
    LAYERS,
    PARTS,
    SHARED,
    StatementNetwork,
    linear_initializers,
    linear_names,
)

FORK = f"/n2_{SHARED - 1}/LayerNormalization_output_0"
POOLED = "/Div_12_output_0"
TASKS = ("kind", "stage", "valence")
OUTPUTS = ("said", "theme")


def add_branch(model: onnx.ModelProto, network: StatementNetwork) -> onnx.ModelProto:
    """The model with the branch added; its own output stays what it was."""
    graph = model.graph
    names = _own_weights(model, network)
    _clone(graph, names)
    _heads(graph, network)
    onnx.checker.check_model(model)
    return model


def without_branch(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model as it was before a branch was added."""
    graph = model.graph
    nodes = [n for n in graph.node if not any(_in_branch(o) for o in n.output)]
    weights = [i for i in graph.initializer if not i.name.startswith("branch.")]
    outputs = [o for o in graph.output if o.name not in OUTPUTS]
    for field, kept in ((graph.node, nodes), (graph.initializer, weights), (graph.output, outputs)):
        del field[:]
        field.extend(kept)
    return model


def _in_branch(name: str) -> bool:
    return name.startswith("branch") or name in OUTPUTS


def _own_weights(model: onnx.ModelProto, network: StatementNetwork) -> dict[str, str]:
    """New initialisers for the tuned layers, and how old tensor names become new ones."""
    graph = model.graph
    state = {k: v.detach().numpy() for k, v in network.state_dict().items()}
    names: dict[str, str] = {}
    tuned = {f"ls.{layer}." for layer in range(SHARED, LAYERS)}
    for initializer in list(graph.initializer):
        if any(initializer.name.startswith(prefix) for prefix in tuned):
            names[initializer.name] = f"branch.{initializer.name}"
            value = state[initializer.name].astype(np.float32)
            graph.initializer.append(numpy_helper.from_array(value, names[initializer.name]))
    quantised = dict(zip(linear_names(), linear_initializers(model), strict=True))
    for name in linear_names()[SHARED * len(PARTS) :]:
        old = quantised[name].removesuffix("_q")
        values, scale = quantise(state[f"{name}.weight"].T)
        graph.initializer.append(numpy_helper.from_array(values, f"branch.{name}_q"))
        graph.initializer.append(numpy_helper.from_array(scale, f"branch.{name}_s"))
        node = helper.make_node(
            "DequantizeLinear",
            [f"branch.{name}_q", f"branch.{name}_s"],
            [f"branch.{name}"],
            axis=1,
        )
        graph.node.append(node)
        names[f"{old}_f"] = f"branch.{name}"
    return names


def quantise(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights (in, out) as int8 with a scale per output column."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-8).astype(np.float32) / 127.0
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def _clone(graph: onnx.GraphProto, names: dict[str, str]) -> None:
    """Copy every node between the fork and the pooled vector, with new weights."""
    inside = {FORK}
    renamed = dict(names)
    for node in list(graph.node):
        if not inside.intersection(node.input):
            continue
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        copy.name = f"branch{node.name}"
        copy.input[:] = [renamed.get(i, i) for i in node.input]
        copy.output[:] = [f"branch{o}" for o in node.output]
        renamed |= {o: f"branch{o}" for o in node.output}
        inside.update(node.output)
        graph.node.append(copy)
        if POOLED in node.output:
            return


def _heads(graph: onnx.GraphProto, network: StatementNetwork) -> None:
    state = {k: v.detach().numpy() for k, v in network.heads.state_dict().items()}
    weights = np.concatenate([state[f"{task}.weight"] for task in TASKS]).T
    bias = np.concatenate([state[f"{task}.bias"] for task in TASKS])
    theme = network.theme.weight.detach().numpy().T
    for name, value in (("said.weight", weights), ("said.bias", bias), ("theme.weight", theme)):
        array = np.ascontiguousarray(value, dtype=np.float32)
        graph.initializer.append(numpy_helper.from_array(array, f"branch.{name}"))
    pooled = f"branch{POOLED}"
    graph.node.extend(
        [
            helper.make_node("Gemm", [pooled, "branch.said.weight", "branch.said.bias"], ["said"]),
            helper.make_node("MatMul", [pooled, "branch.theme.weight"], ["branch.theme"]),
            helper.make_node("LpNormalization", ["branch.theme"], ["theme"], axis=-1, p=2),
        ]
    )
    for name, width in (("said", weights.shape[1]), ("theme", theme.shape[1])):
        shape = ["batch", width]
        graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape))
