"""Summaries of personas that a study's second coder proposed, beside the names of themes."""

from sqlalchemy import delete, insert, select

from research.model import SummaryProposal
from research.serial import from_bytes, to_bytes
from research.store.database import Store
from research.store.schema import name_proposals as proposals


def get(store: Store, study_id: str, persona_id: str) -> SummaryProposal | None:
    """What was proposed last for a persona, if anything."""
    mine = (proposals.c.study == study_id) & (proposals.c.theme == _key(persona_id))
    with store.engine.connect() as connection:
        content = connection.scalar(select(proposals.c.proposal).where(mine))
    return None if content is None else from_bytes(SummaryProposal, content)


def put(store: Store, study_id: str, persona_id: str, proposal: SummaryProposal) -> None:
    """Keep a proposal in the place of an earlier one."""
    mine = (proposals.c.study == study_id) & (proposals.c.theme == _key(persona_id))
    values = {"study": study_id, "theme": _key(persona_id), "proposal": to_bytes(proposal)}
    with store.engine.begin() as connection:
        connection.execute(delete(proposals).where(mine))
        connection.execute(insert(proposals).values(**values))


def _key(persona_id: str) -> str:
    """A key that no theme has."""
    return f"summary/{persona_id}"
