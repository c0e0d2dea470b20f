"""Talks to an OpenAI-compatible service: one question, one answer, and what may go wrong."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from research.errors import CoderFailed
from research.model import Endpoint

if TYPE_CHECKING:
    from httpx import Response

TIMEOUT, TRIES, LONGEST_WAIT = 120.0, 4, 30.0
LARGEST = 2**20
AGAIN = (408, 409, 429, 500, 502, 503, 504, 529)
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, and how many tokens went in and out (0 when it does not say)."""

    text: str
    tokens_in: int
    tokens_out: int


def chat(
    endpoint: Endpoint,
    key: str,
    messages: Sequence[Mapping[str, str]],
    response_format: Mapping[str, object],
    *,
    sleep: Sleep = time.sleep,
) -> Reply:
    """Ask once; a busy or failing service is asked again after a pause.

    A service that does not know `response_format` is asked without it. Raises
    `CoderFailed` that names the host and what to do.
    """
    body: dict[str, object] = {
        "model": endpoint.model,
        "messages": [dict(m) for m in messages],
        "temperature": 0,
        "response_format": dict(response_format),
    }
    for attempt in range(TRIES):
        answer = _post(endpoint, key, body)
        if answer.status_code == 400 and "response_format" in body:
            del body["response_format"]
            answer = _post(endpoint, key, body)
        if answer.status_code not in AGAIN or attempt == TRIES - 1:
            break
        sleep(_pause(answer.headers.get("retry-after", ""), attempt))
    if answer.status_code != 200:
        raise CoderFailed(_refused(endpoint, answer.status_code))
    return _reply(endpoint, answer.content)


def _post(endpoint: Endpoint, key: str, body: Mapping[str, object]) -> "Response":
    import httpx

    headers = {"authorization": f"Bearer {key}"} if key else {}
    try:
        return httpx.post(
            f"{endpoint.url}/chat/completions",
            json=body,
            headers=headers,
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=False,
        )
    except httpx.TimeoutException as error:
        raise CoderFailed(
            f"{endpoint.host} did not answer within {TIMEOUT:.0f} seconds. What was answered "
            "before is kept; try again later or choose a smaller model."
        ) from error
    except httpx.HTTPError as error:
        raise CoderFailed(
            f"{endpoint.host} cannot be reached ({type(error).__name__}). "
            "Check the address, and that the service runs."
        ) from error


def _pause(retry_after: str, attempt: int) -> float:
    """How long to wait: as the service asks, else a second, two, four."""
    asked = float(retry_after) if retry_after.isdigit() else float(2**attempt)
    return min(asked, LONGEST_WAIT)


def _refused(endpoint: Endpoint, status: int) -> str:
    ways_out = {
        401: "the key is missing or wrong; set KLANTBEELD_CODER_KEY before starting",
        403: "the key may not use this model",
        404: f"it does not know the address or the model {endpoint.model}",
        429: "it is too busy, or the account's limit is reached; go on later",
    }
    usual = "it is failing; go on later" if status >= 500 else "it did not take the question"
    return f"{endpoint.host} answered {status}: {ways_out.get(status, usual)}."


def _reply(endpoint: Endpoint, content: bytes) -> Reply:
    problem = CoderFailed(
        f"{endpoint.host} did not answer as the OpenAI protocol says. "
        "Check that the address ends in the API's base, often /v1."
    )
    if len(content) > LARGEST:
        raise problem
    try:
        data = json.loads(content)
        text = data["choices"][0]["message"]["content"]
        used = data.get("usage") or {}
        tokens = (int(used.get(f"{part}_tokens") or 0) for part in ("prompt", "completion"))
        return Reply(str(text or ""), *tokens)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise problem from error
