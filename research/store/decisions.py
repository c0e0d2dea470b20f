"""What people decided, in the order they decided it. Nothing is ever changed here."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import RowMapping, insert, select

from research.model import Decision, DecisionAction
from research.serial import from_json, many_from_bytes, to_bytes
from research.store.database import Store
from research.store.schema import decisions


def add(
    store: Store,
    study_id: str,
    action: DecisionAction,
    target: str,
    value: str,
    anchors: Sequence[str] = (),
    by: str = "",
) -> Decision:
    """Write a decision down."""
    at = datetime.now(UTC)
    with store.engine.begin() as connection:
        written = connection.execute(
            insert(decisions).values(
                study=study_id,
                action=action,
                target=target,
                value=value,
                anchors=to_bytes(tuple(anchors)),
                by=by,
                at=at.isoformat(),
            )
        )
        key = written.inserted_primary_key
    return Decision(int(key[0]) if key else 0, action, target, value, tuple(anchors), by, at)


def of_study(store: Store, study_id: str) -> tuple[Decision, ...]:
    """All decisions of a study, oldest first."""
    query = select(decisions).where(decisions.c.study == study_id).order_by(decisions.c.id)
    with store.engine.connect() as connection:
        return tuple(_decision(row) for row in connection.execute(query).mappings())


def _decision(row: RowMapping) -> Decision:
    return from_json(
        Decision,
        {
            "id": row["id"],
            "action": row["action"],
            "target": row["target"],
            "value": row["value"],
            "anchors": list(many_from_bytes(str, row["anchors"])),
            "by": row["by"],
            "at": row["at"],
        },
    )
