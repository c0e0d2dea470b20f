"""What a study keeps of its originals, until when, and on which legal ground."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from research.model import BASES, ORIGINALS, Ground, LegalBasis, StudyPrivacy
from research.store.database import Store
from research.store.schema import grounds, privacy


def get(store: Store, study_id: str) -> StudyPrivacy:
    """The study's choices; the usual ones when nobody chose."""
    query = select(privacy).where(privacy.c.study == study_id)
    with store.engine.connect() as connection:
        row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return StudyPrivacy()
    originals = next((o for o in ORIGINALS if o == row["originals"]), ORIGINALS[0])
    ground = Ground(_basis(row["basis"]), row["consent"])
    return StudyPrivacy(originals, row["keep_until"], ground)


def put(store: Store, study_id: str, chosen: StudyPrivacy) -> None:
    """Keep the study's choices in the place of the earlier ones."""
    values = {
        "originals": chosen.originals,
        "keep_until": chosen.keep_until,
        "basis": chosen.ground.basis,
        "consent": chosen.ground.consent,
    }
    change = insert_or(privacy).values(study=study_id, **values)
    with store.engine.begin() as connection:
        connection.execute(change.on_conflict_do_update(index_elements=["study"], set_=values))


def every_date(store: Store) -> Mapping[str, str]:
    """Until when each study that has a date is kept, by study: dates as 2027-01-31."""
    query = select(privacy.c.study, privacy.c.keep_until).where(privacy.c.keep_until != "")
    with store.engine.connect() as connection:
        return {row.study: row.keep_until for row in connection.execute(query)}


def grounds_of(store: Store, study_id: str) -> Mapping[str, Ground]:
    """The legal ground of sources that have one of their own, by source."""
    query = select(grounds).where(grounds.c.study == study_id).order_by(grounds.c.source)
    with store.engine.connect() as connection:
        rows = connection.execute(query).all()
    return {row.source: Ground(_basis(row.basis), row.consent) for row in rows}


def put_ground(store: Store, study_id: str, source_id: str, ground: Ground) -> None:
    """Keep a source's own ground; an empty one lets the study's count again."""
    mine = (grounds.c.study == study_id) & (grounds.c.source == source_id)
    values = {"basis": ground.basis, "consent": ground.consent}
    with store.engine.begin() as connection:
        connection.execute(delete(grounds).where(mine))
        if ground != Ground():
            connection.execute(insert(grounds).values(study=study_id, source=source_id, **values))


def _basis(value: str) -> LegalBasis:
    return next((b for b in BASES if b == value), "")
