"""What people decided, in the order they decided it. Nothing is changed here but to erase."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import RowMapping, delete, insert, select, update

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
    content: str = "",
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
                content=content,
            )
        )
        key = written.inserted_primary_key
    number = int(key[0]) if key else 0
    return Decision(number, action, target, value, tuple(anchors), by, at, content)


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
            "content": row["content"],
        },
    )


def rewrite(
    store: Store, study_id: str, change: Callable[[Decision], Decision | None]
) -> tuple[int, int]:
    """Change decisions, or delete those that become None: for erasing. How many of each."""
    gone = changed = 0
    known = of_study(store, study_id)
    with store.engine.begin() as connection:
        for before in known:
            after = change(before)
            mine = decisions.c.id == before.id
            if after is None:
                connection.execute(delete(decisions).where(mine))
                gone += 1
            elif after != before:
                values = {"target": after.target, "value": after.value, "content": after.content}
                anchors = to_bytes(after.anchors)
                connection.execute(update(decisions).where(mine).values(anchors=anchors, **values))
                changed += 1
    return changed, gone


def forget_content(store: Store, study_id: str, kept: Callable[[str], str]) -> None:
    """Keep no more of what decisions hold than `kept` leaves of it: for erasing."""
    mine = (decisions.c.study == study_id) & (decisions.c.content != "")
    with store.engine.begin() as connection:
        for row in connection.execute(select(decisions.c.id, decisions.c.content).where(mine)):
            change = update(decisions).where(decisions.c.id == row.id)
            connection.execute(change.values(content=kept(row.content)))
