"""What people decided about personal data, from the decisions that still stand."""

import json
from dataclasses import replace

from research.model import Decision
from research.steps.redact_ruling import Ruling
from research.store import Store, analyses, decisions, sealing
from research.view import standing

ACTIONS = ("set-personal", "set-not-personal")


def ruling_of(store: Store, study_id: str) -> Ruling:
    """What is personal in a study and what is not, as people decided. Raises `KeyLost`."""
    log = [d for d in standing(decisions.of_study(store, study_id)) if d.action in ACTIONS]
    told = [(d.action, d.target, opened(store, study_id, d).value) for d in log]
    return Ruling(
        missed=tuple(dict.fromkeys((c, v) for a, c, v in told if a == "set-personal")),
        kept=frozenset((c, v) for a, c, v in told if a == "set-not-personal" and v),
        kinds=frozenset(c for a, c, v in told if a == "set-not-personal" and not v),
    )


def forget_missed(store: Store, study_id: str) -> int:
    """Delete earlier analyses that still show what people added since; how many."""
    missed = [text for _, text in ruling_of(store, study_id).missed]
    if not missed:
        return 0
    forms = [json.dumps(text)[1:-1].lower().encode("ascii") for text in missed]
    return analyses.forget_earlier(
        store, study_id, lambda content: any(form in content.lower() for form in forms)
    )


def sealed(store: Store, study_id: str, text: str) -> str:
    """A text as a decision about personal data keeps it: encrypted; empty stays empty."""
    return sealing.seal_text(store, text, _about(study_id)) if text else ""


def opened(store: Store, study_id: str, decision: Decision) -> Decision:
    """The decision with its text to be read, where that is encrypted. Raises `KeyLost`."""
    if decision.action not in ACTIONS or not decision.value:
        return decision
    return replace(decision, value=sealing.unseal_text(store, decision.value, _about(study_id)))


def _about(study_id: str) -> str:
    """What ties an encrypted text to its place."""
    return f"personal/{study_id}"
