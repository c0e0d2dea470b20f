"""Until when a study is kept, on which legal ground, and deleting what is past its date."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from research.errors import KeyLost, KlantbeeldError, NotFound
from research.model import BASES, Ground, StudyPrivacy
from research.originals import let_go
from research.store import Store, audit, privacy, remains, sources, studies
from research.studies import delete_study

NEAR_DAYS = 30  # from so many days before the last one, the pages remind
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge deleted: studies past their date (ids), entries of the audit log, and of
    how many files the originals, in studies that keep none."""

    studies: tuple[str, ...]
    audit_entries: int
    originals: int


def get_privacy(store: Store, study_id: str) -> StudyPrivacy:
    """What a study keeps, until when, and why it may. Raises `NotFound`."""
    studies.get(store, study_id)
    return privacy.get(store, study_id)


def set_keep_until(store: Store, study_id: str, day: str) -> StudyPrivacy:
    """Decide the last day that a study is kept (2027-01-31); empty for no date."""
    if day:
        _date(day)
    changed = replace(get_privacy(store, study_id), keep_until=day)
    privacy.put(store, study_id, changed)
    return changed


def set_ground(
    store: Store, study_id: str, basis: str, consent: str, source_id: str = ""
) -> Ground:
    """Say on which legal basis a study's data are used, and how people consented or were told;
    of one source where that is another than the study's. Raises `NotFound`."""
    study = get_privacy(store, study_id)
    found = next((b for b in BASES if b == basis), None)
    if found is None:
        raise KlantbeeldError(f"Choose one of {', '.join(b for b in BASES if b)}, or none.")
    ground = Ground(found, consent.strip()[:LONGEST])
    if not source_id:
        privacy.put(store, study_id, replace(study, ground=ground))
        return ground
    if all(source.id != source_id for source in sources.kept(store, study_id)):
        raise NotFound("This file is not in the study; it may have been removed.")
    privacy.put_ground(store, study_id, source_id, ground)
    return ground


def grounds_of(store: Store, study_id: str) -> Mapping[str, Ground]:
    """The ground of each source: its own, else the study's, by source."""
    usual = get_privacy(store, study_id).ground
    own = privacy.grounds_of(store, study_id)
    return {s.id: own.get(s.id, usual) for s in sources.kept(store, study_id)}


def days_left(chosen: StudyPrivacy, today: date) -> int | None:
    """How many days a study is still kept after today; None without a date."""
    return (_date(chosen.keep_until) - today).days if chosen.keep_until else None


def purge(store: Store, *, audit_days: int, now: datetime | None = None) -> Purged:
    """Delete studies whose last day is over, and entries of the audit log that are too old."""
    moment = now or datetime.now(UTC)
    today = moment.astimezone().date()
    over = sorted(s for s, day in privacy.every_date(store).items() if _date(day) < today)
    for study_id in over:
        delete_study(store, study_id)
        audit.add(store, "", "purge", study_id, "study")
    gone = sum(_let_go(store, study.id) for study in studies.every(store))
    entries = audit.purge(store, moment - timedelta(days=audit_days))
    if over or gone or entries:
        remains.compact(store)
    return Purged(tuple(over), entries, gone)


def _let_go(store: Store, study_id: str) -> int:
    """What a run that was cut off could not let go; nothing where the key is lost."""
    try:
        return let_go(store, study_id)
    except KeyLost:
        return 0


def _date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise KlantbeeldError(f"{day!r} is not a date; write it as 2027-01-31.") from error
