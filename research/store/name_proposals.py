"""Names of themes that a study's second coder proposed."""

from collections.abc import Callable

from sqlalchemy import delete, insert, select

from research.model import NameProposal
from research.serial import from_bytes, to_bytes
from research.store.database import Store
from research.store.schema import name_proposals


def get(store: Store, study_id: str, theme_id: str) -> NameProposal | None:
    """What was proposed last for a theme, if anything."""
    mine = (name_proposals.c.study == study_id) & (name_proposals.c.theme == theme_id)
    with store.engine.connect() as connection:
        content = connection.scalar(select(name_proposals.c.proposal).where(mine))
    return None if content is None else from_bytes(NameProposal, content)


def put(store: Store, study_id: str, theme_id: str, proposal: NameProposal) -> None:
    """Keep a proposal in the place of an earlier one."""
    mine = (name_proposals.c.study == study_id) & (name_proposals.c.theme == theme_id)
    values = {"study": study_id, "theme": theme_id, "proposal": to_bytes(proposal)}
    with store.engine.begin() as connection:
        connection.execute(delete(name_proposals).where(mine))
        connection.execute(insert(name_proposals).values(**values))


def forget(store: Store, study_id: str, rests_on: Callable[[bytes], bool]) -> int:
    """Delete what was proposed, for themes and personas, on what is to be forgotten; how many.

    `rests_on` gets a proposal as its bytes, which hold its words and the ids of statements.
    """
    gone = 0
    with store.engine.begin() as connection:
        mine = name_proposals.c.study == study_id
        for row in connection.execute(select(name_proposals).where(mine)).all():
            if rests_on(row.proposal):
                this = mine & (name_proposals.c.theme == row.theme)
                gone += connection.execute(delete(name_proposals).where(this)).rowcount
    return gone
