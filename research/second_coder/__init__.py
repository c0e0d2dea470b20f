"""A language model as a second coder, only where the user sets one up.

Any endpoint that speaks the OpenAI chat completions protocol: a local Ollama or llama.cpp
server as well as a hosted one. It gets redacted statements with the question before them,
in small batches, and labels them by the same codebook; what it says is checked, kept, and
shown beside what the software and people say. Nothing here runs unless somebody asks.
"""

from research.second_coder.agreement import Agreement, agreement, kappa
from research.second_coder.client import Reply, chat
from research.second_coder.coding import Answers, Ask, Cost, code, estimate
from research.second_coder.endpoint import endpoint_of
from research.second_coder.naming import Naming, name_messages, name_schema, propose
from research.second_coder.prompt import PROMPT, Unit, key_of, messages, schema
from research.second_coder.retelling import (
    Line,
    Retelling,
    retell,
    retelling_messages,
    retelling_schema,
)

__all__ = [
    "PROMPT",
    "Agreement",
    "Answers",
    "Ask",
    "Cost",
    "Line",
    "Naming",
    "Reply",
    "Retelling",
    "Unit",
    "agreement",
    "chat",
    "code",
    "endpoint_of",
    "estimate",
    "kappa",
    "key_of",
    "messages",
    "name_messages",
    "name_schema",
    "propose",
    "retell",
    "retelling_messages",
    "retelling_schema",
    "schema",
]
