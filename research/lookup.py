"""From a claim to its quote, and from a quote to what was said around it."""

from dataclasses import dataclass

from research.errors import NotFound
from research.model import Analysis, Participant, Passage, Persona, Source, Statement, Theme

NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """A statement in its passage, with the passages just before and after it.

    The quote is `passage.text[statement.start:statement.end]`.
    """

    statement: Statement
    source: Source
    passage: Passage
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]
    participant: Participant


def quote_context(analysis: Analysis, statement_id: str) -> QuoteContext:
    """The statement with everything a reader needs to judge it."""
    statement = find_statement(analysis, statement_id)
    source = find_source(analysis, statement.source)
    passage = next(p for p in source.passages if p.index == statement.passage)
    around = [p for p in source.passages if _belongs(p, passage)]
    at = around.index(passage)
    return QuoteContext(
        statement=statement,
        source=source,
        passage=passage,
        before=tuple(around[max(0, at - NEIGHBOURS) : at]),
        after=tuple(around[at + 1 : at + 1 + NEIGHBOURS]),
        participant=find_participant(analysis, statement.participant),
    )


def _belongs(other: Passage, passage: Passage) -> bool:
    """Whether a passage is of the same conversation: rows of a table are other people's."""
    return passage.channel == "interview" or other.voice == passage.voice


def find_statement(analysis: Analysis, statement_id: str) -> Statement:
    """The statement of that id."""
    for statement in analysis.statements:
        if statement.id == statement_id:
            return statement
    raise NotFound(f"This study has no statement {statement_id!r}; it may be of an earlier run.")


def find_source(analysis: Analysis, source_id: str) -> Source:
    """The source of that id."""
    for source in analysis.sources:
        if source.id == source_id:
            return source
    raise NotFound(f"This study has no source {source_id!r}; it may have been removed.")


def find_participant(analysis: Analysis, participant_id: str) -> Participant:
    """The participant of that id."""
    for participant in analysis.participants:
        if participant.id == participant_id:
            return participant
    raise NotFound(f"This study has no participant {participant_id!r}.")


def find_participant_named(analysis: Analysis, wanted: str) -> Participant:
    """The participant of that label or id."""
    for participant in analysis.participants:
        if wanted in (participant.label, participant.id):
            return participant
    raise NotFound(f"This study has no participant {wanted!r}.")


def find_theme(analysis: Analysis, theme_id: str) -> Theme:
    """The theme of that id."""
    for theme in analysis.themes:
        if theme.id == theme_id:
            return theme
    raise NotFound(f"This study has no theme {theme_id!r}; it may be of an earlier run.")


def find_persona(analysis: Analysis, persona_id: str) -> Persona:
    """The persona of that id."""
    for persona in analysis.personas:
        if persona.id == persona_id:
            return persona
    raise NotFound(f"This study has no persona {persona_id!r}; it may be of an earlier run.")
