"""The columns of a study's surveys as people chose them, and files read by them anew."""

import json
from collections.abc import Sequence
from hashlib import sha256

from research import __version__
from research.errors import BadUpload
from research.model import COLUMN_ROLES, ColumnsMapping, Decision, Upload
from research.readers import read_upload, reader_for
from research.readers.chosen import as_file, mapping_for
from research.readers.grid import grid_or_error
from research.readers.table import table_of
from research.store import Store, decisions, sources, uploads
from research.view import standing


def mappings_of(store: Store, study_id: str) -> tuple[ColumnsMapping, ...]:
    """What people decided, one mapping for each form: the last that stands."""
    log = standing(decisions.of_study(store, study_id))
    last = {d.target: d for d in log if d.action == "set-columns"}
    return tuple(_mapping(decision) for _, decision in sorted(last.items()))


def as_value(mapping: ColumnsMapping) -> str:
    """A mapping as a decision keeps it."""
    return json.dumps(mapping.roles, ensure_ascii=False)


def _mapping(decision: Decision) -> ColumnsMapping:
    """The mapping that a decision keeps; a role that is not known here ignores the column."""
    return ColumnsMapping(
        tuple(
            (str(name), next((r for r in COLUMN_ROLES if r == role), "ignore"))
            for name, role in json.loads(decision.value)
        )
    )


def version_for(upload: Upload, mappings: Sequence[ColumnsMapping]) -> str:
    """What a reading of the file is stamped with: the software, and the columns if chosen."""
    mapping = _mapping_for(upload, mappings) if mappings else None
    if mapping is None:
        return __version__
    return f"{__version__}+columns.{sha256(as_file(mapping)).hexdigest()[:12]}"


def _mapping_for(upload: Upload, mappings: Sequence[ColumnsMapping]) -> ColumnsMapping | None:
    try:
        survey = reader_for(upload).name == "survey"
        return mapping_for(table_of(upload), mappings) if survey else None
    except BadUpload:
        return None
    finally:
        grid_or_error.cache_clear()


def read_again(store: Store, study_id: str, kept: sources.Kept) -> int:
    """Read a source again if other software or other columns read it; how many passages then.

    A file that cannot be read so, or that is not kept as it came, keeps what was read in it.
    """
    mappings = mappings_of(store, study_id)
    if kept.software == __version__ and not mappings:
        return 0
    if not uploads.there(store, study_id, kept.id):
        return 0
    upload = Upload(kept.name, uploads.read(store, study_id, kept.id))
    version = version_for(upload, mappings)
    if kept.software == version:
        return 0
    try:
        reading = read_upload(upload, max_bytes=len(upload.content), columns=mappings)
    except BadUpload:
        return 0
    sources.update_reading(store, study_id, reading, version)
    return len(reading.passages)


def read_all_again(store: Store, study_id: str) -> int:
    """Read every source again of which the columns were chosen otherwise; how many."""
    return sum(read_again(store, study_id, kept) > 0 for kept in sources.kept(store, study_id))
