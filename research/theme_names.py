"""Asking a study's second coder for the name of a theme, and taking it or not."""

import os

from research.errors import NotFound
from research.lookup import find_theme
from research.model import Analysis, Decision, Endpoint, NameProposal, Theme, by_id
from research.second_answers import KEY, endpoint
from research.second_coder import Naming, chat, name_messages, name_schema, propose
from research.store import Store, name_proposals
from research.studies import get_view, rename_theme


def coder(store: Store, study_id: str) -> Endpoint:
    """Who may be asked for a name. Raises `NotFound` where nobody was set up."""
    return endpoint(store, study_id)


def what_is_sent(store: Store, study_id: str, theme_id: str) -> tuple[str, ...]:
    """Exactly what the second coder would get; nothing is sent. Raises `NotFound`."""
    endpoint(store, study_id)
    analysis = get_view(store, study_id)
    asked = _naming(analysis, find_theme(analysis, theme_id))
    return tuple(message["content"] for message in name_messages(asked))


def ask_name(store: Store, study_id: str, theme_id: str) -> NameProposal:
    """Ask the second coder for a name and keep it as a proposal. Raises `CoderFailed`.

    The theme keeps the name it has: a proposal counts when a person takes it.
    """
    where = endpoint(store, study_id)
    analysis = get_view(store, study_id)
    theme = find_theme(analysis, theme_id)
    key = os.environ.get(KEY, "")
    found = propose(
        _naming(analysis, theme),
        lambda messages: chat(where, key, messages, name_schema()),
        where.maker,
    )
    name_proposals.put(store, study_id, theme.id, found)
    return found


def proposal(store: Store, study_id: str, theme_id: str) -> NameProposal | None:
    """What the second coder proposed last for a theme, if anything."""
    return name_proposals.get(store, study_id, theme_id)


def take_name(store: Store, study_id: str, theme_id: str) -> Decision:
    """Give a theme the name that was proposed: a person's decision like any other."""
    found = proposal(store, study_id, theme_id)
    if found is None:
        raise NotFound("No name was proposed for this theme.")
    return rename_theme(store, study_id, theme_id, found.label)


def _naming(analysis: Analysis, theme: Theme) -> Naming:
    """The theme with its redacted quotes, most central first."""
    known = by_id(analysis.statements)
    quotes = tuple((s, known[s].text) for s in theme.statements if s in known)
    return Naming(theme.kind, quotes, analysis.language)
