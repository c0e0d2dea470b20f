"""Codes statements with a second coder: in batches, checked, kept, and resumable."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from research.contracts import Progress, silent
from research.model import KINDS, Endpoint, Labels
from research.second_coder.client import Reply
from research.second_coder.prompt import STAGES, SYSTEM, VALENCES, Unit, key_of

BATCH = 10
CHARACTERS_A_TOKEN = 3.5
ANSWER_TOKENS, STATEMENT_TOKENS = 28, 16
SECONDS_A_BATCH = 6.0
Ask = Callable[[Sequence[Unit]], Reply]


@dataclass(frozen=True, slots=True)
class Cost:
    """What coding takes, estimated: statements to ask, tokens, money, seconds.

    Money is in the currency of the endpoint's prices; tokens are counted as characters
    by 3.5 and seconds as six a batch, so both are rough.
    """

    statements: int
    known: int
    tokens_in: int
    tokens_out: int
    money: float
    seconds: int


class Answers(Protocol):
    """Where answers are kept, by key."""

    def get(self, keys: Sequence[str]) -> Mapping[str, Labels]:
        """The answers that are known."""

    def put(self, answers: Mapping[str, Labels]) -> None:
        """Keep answers."""


def estimate(endpoint: Endpoint, units: Sequence[Unit], known: Sequence[str]) -> Cost:
    """What it will take to code the units whose answers are not known yet."""
    have = set(known)
    new = {key_of(u): u for u in units if key_of(u) not in have}
    batches = -(-len(new) // BATCH)
    told = sum(len(u.text) + len(u.question) for u in new.values()) / CHARACTERS_A_TOKEN
    tokens_in = round(batches * len(SYSTEM) / CHARACTERS_A_TOKEN + told)
    tokens_in += len(new) * STATEMENT_TOKENS
    tokens_out = len(new) * ANSWER_TOKENS
    money = (tokens_in * endpoint.price_in + tokens_out * endpoint.price_out) / 1e6
    return Cost(
        statements=len(new),
        known=len(units) - sum(key_of(u) in new for u in units),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        money=round(money, 4),
        seconds=round(batches * SECONDS_A_BATCH),
    )


def code(
    units: Sequence[Unit], ask: Ask, answers: Answers, progress: Progress = silent
) -> dict[str, Labels]:
    """The answers by key. What was answered before is not asked again.

    An answer that is not as it was asked for is refused: its statements are asked again
    one by one, and left out when that fails too. Answers are kept batch by batch, so that
    an interrupted coding goes on where it was.
    """
    wanted = {key_of(unit): unit for unit in units}
    known = dict(answers.get(sorted(wanted)))
    new = [key for key in sorted(wanted) if key not in known]
    progress("second coder", len(known), len(wanted))
    for start in range(0, len(new), BATCH):
        keys = new[start : start + BATCH]
        found = dict(_batch(keys, wanted, ask))
        answers.put(found)
        known |= found
        progress("second coder", len(wanted) - len(new) + start + len(keys), len(wanted))
    return known


def _batch(
    keys: Sequence[str], wanted: Mapping[str, Unit], ask: Ask
) -> Iterator[tuple[str, Labels]]:
    found = parse(ask([wanted[k] for k in keys]).text, len(keys))
    for number, key in enumerate(keys, 1):
        labels = found.get(number)
        if labels is None and len(keys) > 1:
            labels = parse(ask([wanted[key]]).text, 1).get(1)
        if labels is not None:
            yield key, labels


def parse(text: str, count: int) -> dict[int, Labels]:
    """The valid labels in an answer, by the statement's number.

    Fences around JSON are forgiven; a label outside the codebook, a number that was not
    asked or that comes twice is not.
    """
    try:
        data = json.loads(unfenced(text))
        rows = data["labels"]
        numbers = [row["n"] for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    found = {}
    for row, number in zip(rows, numbers, strict=True):
        legal = _legal(row) and type(number) is int and 1 <= number <= count
        if legal and numbers.count(number) == 1:
            found[number] = Labels(row["kind"], row["stage"], row["valence"])
    return found


def _legal(row: Mapping[str, object]) -> bool:
    valence = row.get("valence")
    return (
        row.get("kind") in KINDS
        and row.get("stage") in STAGES
        and type(valence) is int
        and valence in VALENCES
    )


def unfenced(text: str) -> str:
    """What stands between the first and the last brace."""
    first, last = text.find("{"), text.rfind("}")
    return text[first : last + 1] if 0 <= first < last else text
