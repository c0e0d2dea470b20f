"""A persona's summary in other words: a person's, or proposed by the study's second coder."""

import os

from research.errors import Conflict, KlantbeeldError, NotFound
from research.lookup import find_persona
from research.model import Analysis, Decision, Endpoint, Persona, SummaryProposal
from research.persona_review import retelling_of
from research.second_answers import KEY, endpoint
from research.second_coder import chat, retell, retelling_messages, retelling_schema
from research.store import Store, decisions, summary_proposals
from research.studies import get_view

LONGEST_SUMMARY = 1000


def coder(store: Store, study_id: str) -> Endpoint:
    """Who may be asked for other words. Raises `NotFound` where nobody was set up."""
    return endpoint(store, study_id)


def what_is_sent(analysis: Analysis, persona_id: str) -> tuple[str, ...]:
    """Exactly what the second coder would get; nothing is sent. Raises `NotFound`."""
    asked = retelling_of(analysis.language, find_persona(analysis, persona_id))
    return tuple(message["content"] for message in retelling_messages(asked))


def ask_summary(store: Store, study_id: str, persona_id: str) -> SummaryProposal:
    """Ask the second coder for other words and keep them as a proposal. Raises `CoderFailed`.

    The summary stays as it is: a proposal counts when a person takes it.
    """
    where = endpoint(store, study_id)
    analysis = get_view(store, study_id)
    persona = find_persona(analysis, persona_id)
    asked = retelling_of(analysis.language, persona)
    if not asked.lines:
        raise Conflict("This persona has no lines to tell its summary from.")
    key = os.environ.get(KEY, "")
    found = retell(
        asked, lambda messages: chat(where, key, messages, retelling_schema()), where.maker
    )
    summary_proposals.put(store, study_id, persona.id, found)
    return found


def proposal(
    store: Store, study_id: str, persona: Persona, language: str
) -> SummaryProposal | None:
    """What the second coder proposed last; nothing once the lines are others than it was given."""
    found = summary_proposals.get(store, study_id, persona.id)
    fits = found is not None and found.mark == retelling_of(language, persona).mark
    return found if fits else None


def take_summary(store: Store, study_id: str, persona_id: str, by: str = "") -> Decision:
    """Use the words that were proposed, as long as the lines stay as they are."""
    analysis = get_view(store, study_id)
    persona = _open(analysis, persona_id)
    found = proposal(store, study_id, persona, analysis.language)
    if found is None:
        raise NotFound("No summary was proposed for this persona as it is now.")
    target = f"{persona.id}/{found.mark}/{found.maker}"
    people = persona.participants
    return decisions.add(store, study_id, "set-summary", target, found.text, people, by)


def write_summary(
    store: Store, study_id: str, persona_id: str, text: str, by: str = ""
) -> Decision:
    """Write the summary oneself; empty: the software's own again."""
    persona = _open(get_view(store, study_id), persona_id)
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(words) > LONGEST_SUMMARY:
        raise KlantbeeldError(f"Use at most {LONGEST_SUMMARY} characters.")
    people = persona.participants
    return decisions.add(store, study_id, "set-summary", persona.id, words, people, by)


def _open(analysis: Analysis, persona_id: str) -> Persona:
    persona = find_persona(analysis, persona_id)
    if persona.locked:
        raise Conflict("This persona is locked; open it first.")
    return persona
