"""Tunes the statement network: `python -m research.training.statement_model`.

One body, several tasks: kind, stage and valence by cross-entropy, of a statement alone and
with what stands around it, touchpoints by binary cross-entropy, and themes by supervised
contrast (Khosla et al. 2020): a statement lies near other statements of its theme and
near the theme's name and definition in the codebook, in either language, and far from
the other themes of its own domain. A task that an example has no label for is masked.
Weights of the last steps are averaged (Polyak and Juditsky 1992), and so are those of
several tunings that begin alike and draw other batches (Wortsman et al. 2022); what mixes
in the surroundings is then settled on the averaged network. Steps, seeds and learning
rate are fixed: a rerun on the same kind of device gives the same weights.
"""

import argparse
import copy
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from research.encoders.hybrid import MODEL
from research.encoders.statements import STATEMENTS
from research.resources import WEIGHTS
from research.steps.context import CONTEXT, TOUCHPOINTS
from research.training.batches import SEED
from research.training.given import add_arguments, given
from research.training.graph import statement_graph
from research.training.lessons import Lessons, hidden_of, lessons
from research.training.network import Body, ContextNetwork, StatementNetwork, read_weights
from research.training.tuner import Tuner

STEPS, WARM, AVERAGED = 1400, 60, 0.99
TUNINGS = 8
SETTLING, SETTLED = 500, 100  # steps, and how far its seed is from the first
RATE, HEAD_RATE = 1e-4, 1e-3
THREADS = 2
Weighted = dict[str, Tensor]


def tune(
    network: StatementNetwork,
    context: ContextNetwork,
    body: Body,
    learned: Lessons,
    steps: int = STEPS,
    times: int = TUNINGS,
) -> None:
    """Train both in place, several times from where they are, and leave the average."""
    hidden = hidden_of(body, learned)
    begun = [copy.deepcopy(model.state_dict()) for model in (network, context)]
    found: list[list[Weighted]] = [[], []]
    for time in range(times):
        for model, state in zip((network, context), begun, strict=True):
            model.load_state_dict(state)
        torch.manual_seed(SEED + time)
        tune_once(network, context, Tuner(network, context, hidden, learned, SEED + time), steps)
        for model, ended in zip((network, context), found, strict=True):
            ended.append(copy.deepcopy(model.state_dict()))
    for model, ended in zip((network, context), found, strict=True):
        model.load_state_dict(average_of(ended))
    tuner = Tuner(network, context, hidden, learned, SEED + SETTLED)
    settle(network, context, tuner, min(steps, SETTLING))


def settle(network: StatementNetwork, context: ContextNetwork, tuner: Tuner, steps: int) -> None:
    """Train the context alone, at half its rate, on a network that stays as it is."""
    for weight in network.parameters():
        weight.requires_grad_(False)
    rates = [{"params": [*context.parameters()], "lr": HEAD_RATE / 2}]
    _climb((context,), tuner, rates, steps)
    for weight in network.parameters():
        weight.requires_grad_(True)


def average_of(states: Sequence[Weighted]) -> Weighted:
    """The mean of the weights of networks that began alike (Wortsman et al. 2022)."""
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]
    }


def tune_once(network: StatementNetwork, context: ContextNetwork, tuner: Tuner, steps: int) -> None:
    """Train both in place, and leave the average of the last steps."""
    _climb((network, context), tuner, _groups(network, context), steps)


def _climb(
    models: tuple[nn.Module, ...], tuner: Tuner, rates: list[dict[str, object]], steps: int
) -> None:
    optimiser = torch.optim.AdamW(rates, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: _rate(s, steps))
    averages = [_average(model) for model in models]
    weights = [weight for model in models for weight in model.parameters()]
    for model in models:
        model.train()
    for step in range(steps):
        loss = tuner.loss()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        schedule.step()
        for average, model in zip(averages, models, strict=True):
            average.update_parameters(model)
        if step % 50 == 0:
            print(f"step {step} loss {loss.item():.3f}", flush=True)
    for average, model in zip(averages, models, strict=True):
        model.load_state_dict(average.module.state_dict())
        model.eval()


def _average(model: nn.Module) -> AveragedModel:
    decay = get_ema_multi_avg_fn(AVERAGED)  # type: ignore[no-untyped-call]  # nor here
    return AveragedModel(model, multi_avg_fn=decay)


def _groups(network: StatementNetwork, context: ContextNetwork) -> list[dict[str, object]]:
    heads = [*network.heads.parameters(), *network.theme.parameters()]
    heads += [*network.gist.parameters(), *context.parameters()]
    return [{"params": [*network.ls.parameters()], "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]


def _rate(step: int, steps: int) -> float:
    return min((step + 1) / WARM, max(0.0, (steps - step) / max(steps - WARM, 1)))


def save_context(context: ContextNetwork, learned: Lessons, path: Path) -> None:
    """Write the context network as numpy arrays, with the classes it tells apart."""
    arrays = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in sorted(context.state_dict().items())
    }
    names = {f"classes.{task}": np.array(found) for task, found in learned.classes.items()}
    np.savez_compressed(path, allow_pickle=False, **arrays, **names)


def main() -> None:
    """Tune on the training statements and write the statement network and its context."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--times", type=int, default=TUNINGS, help="tunings that are averaged")
    parser.add_argument("--device", default="cpu", help="cpu, or cuda where there is one")
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    torch.set_default_device(arguments.device)
    learned = lessons(given(arguments))
    print(f"{len(learned.examples)} examples", flush=True)
    weights = read_weights(onnx.load(WEIGHTS / MODEL))
    classes = {task: len(found) for task, found in learned.classes.items()}
    network = StatementNetwork(weights, classes)
    context = ContextNetwork(learned.hints.shape[1], classes, len(TOUCHPOINTS))
    tune(network, context, Body(weights), learned, arguments.steps, arguments.times)
    network.cpu()
    context.cpu()
    onnx.save(statement_graph(network), arguments.out / STATEMENTS)
    save_context(context, learned, arguments.out / CONTEXT)


if __name__ == "__main__":
    main()
