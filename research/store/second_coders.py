"""A study's second coder, and the answers it gave."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, insert, select, update

from research.model import CODER_MODES, CoderMode, Endpoint, Labels
from research.store.database import Store
from research.store.schema import second_coders, second_labels

AT_ONCE = 500


def get(store: Store, study_id: str) -> Endpoint | None:
    """Where the study's second coder lives; None when nobody set one up."""
    query = select(second_coders).where(second_coders.c.study == study_id)
    with store.engine.connect() as connection:
        row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    return Endpoint(row["url"], row["model"], row["price_in"], row["price_out"])


def put(store: Store, study_id: str, endpoint: Endpoint) -> None:
    """Set the second coder up, in the place of an earlier one; nothing is asked yet."""
    remove(store, study_id)
    with store.engine.begin() as connection:
        connection.execute(
            insert(second_coders).values(
                study=study_id,
                url=endpoint.url,
                model=endpoint.model,
                price_in=endpoint.price_in,
                price_out=endpoint.price_out,
                mode="off",
            )
        )


def remove(store: Store, study_id: str) -> None:
    """Take the second coder away; what it answered is kept."""
    with store.engine.begin() as connection:
        connection.execute(delete(second_coders).where(second_coders.c.study == study_id))


def mode(store: Store, study_id: str) -> CoderMode:
    """What the second coder may do in the next run."""
    query = select(second_coders.c.mode).where(second_coders.c.study == study_id)
    with store.engine.connect() as connection:
        found = connection.scalar(query)
    return next((m for m in CODER_MODES if m == found), "off")


def set_mode(store: Store, study_id: str, wanted: CoderMode) -> None:
    """Decide what the second coder may do."""
    mine = second_coders.c.study == study_id
    with store.engine.begin() as connection:
        connection.execute(update(second_coders).where(mine).values(mode=wanted))


class StudyAnswers:
    """What one coder answered in one study, by key."""

    def __init__(self, store: Store, study_id: str, maker: str) -> None:
        self._store, self._study, self._maker = store, study_id, maker

    def get(self, keys: Sequence[str]) -> dict[str, Labels]:
        """The answers that are known."""
        table = second_labels.c
        mine = (table.study == self._study) & (table.maker == self._maker)
        found = {}
        with self._store.engine.connect() as connection:
            for start in range(0, len(keys), AT_ONCE):
                some = table.key.in_(keys[start : start + AT_ONCE])
                for row in connection.execute(select(second_labels).where(mine & some)).mappings():
                    found[row["key"]] = Labels(row["kind"], row["stage"], row["valence"])
        return found

    def put(self, answers: Mapping[str, Labels]) -> None:
        """Keep answers."""
        rows = [
            {
                "study": self._study,
                "maker": self._maker,
                "key": key,
                "kind": labels.kind,
                "stage": labels.stage,
                "valence": labels.valence,
            }
            for key, labels in sorted(answers.items())
        ]
        if rows:
            with self._store.engine.begin() as connection:
                connection.execute(insert(second_labels).prefix_with("OR REPLACE"), rows)


def every_answer(
    store: Store, study_id: str, keys: Sequence[str]
) -> tuple[tuple[str, str, Labels], ...]:
    """What every coder answered under these keys: who, the key, the labels; in that order."""
    found = []
    with store.engine.connect() as connection:
        for start in range(0, len(keys), AT_ONCE):
            some = second_labels.c.key.in_(keys[start : start + AT_ONCE])
            query = select(second_labels).where(some & (second_labels.c.study == study_id))
            for row in connection.execute(query).mappings():
                labels = Labels(row["kind"], row["stage"], row["valence"])
                found.append((row["maker"], row["key"], labels))
    return tuple(sorted(found, key=lambda one: one[:2]))


def forget_answers(store: Store, study_id: str, keys: Collection[str]) -> int:
    """Delete what any coder answered under these keys; how many answers."""
    gone = 0
    listed = sorted(keys)
    with store.engine.begin() as connection:
        for start in range(0, len(listed), AT_ONCE):
            some = second_labels.c.key.in_(listed[start : start + AT_ONCE])
            mine = (second_labels.c.study == study_id) & some
            gone += connection.execute(delete(second_labels).where(mine)).rowcount
    return gone
