"""The store: migrations, uploads on disk, vectors, runs, and what goes when a study goes."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text

from research.errors import Cancelled, Conflict, KlantbeeldError, NotFound
from research.model import (
    Codebook,
    Endpoint,
    Erasure,
    Ground,
    Labels,
    MetricsMapping,
    MetricsTable,
    NameProposal,
    Reading,
    Redaction,
    Study,
    StudyPrivacy,
)
from research.store import (
    Store,
    analyses,
    codebooks,
    decisions,
    erasures,
    metrics,
    name_proposals,
    open_store,
    privacy,
    runs,
    second_coders,
    sources,
    studies,
    uploads,
)
from research.store.database import DATABASE, MIGRATIONS
from research.store.schema import VERSION, metadata
from research.store.vectors import StudyVectors, digest
from tests.builders import MOMENT, a_passage, a_taxonomy, an_analysis

STUDY, OTHER = "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"
SOURCE = "0123456789abcdef"


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    for study_id in (STUDY, OTHER):
        studies.add(opened, Study(study_id, study_id[0], "nl", MOMENT, a_taxonomy(), "hashing"))
    yield opened
    opened.close()


def a_reading(source: str = SOURCE) -> Reading:
    return Reading(source, "gesprek.txt", "transcript-text", (a_passage(0, "Ja, lastig."),))


def counts(store: Store) -> dict[str, int]:
    with store.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


# --- the database ------------------------------------------------------------------


def test_a_new_folder_is_made_for_its_owner_only(store: Store):
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o700


def test_the_migrations_make_exactly_the_tables_of_the_schema(store: Store):
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_version_is_that_of_the_last_migration(store: Store):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == VERSION
    with store.engine.connect() as connection:
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    assert version == VERSION


def test_every_connection_keeps_the_rules(store: Store):
    with store.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA busy_timeout")) == 30_000


def test_opening_again_keeps_what_is_there(store: Store):
    again = open_store(store.path)
    assert [s.id for s in studies.every(again)] == [STUDY, OTHER]
    assert studies.get(again, STUDY).taxonomy == a_taxonomy()
    again.close()


def test_several_may_open_a_new_folder_at_once(tmp_path: Path):
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_store(tmp_path / "fresh"), range(4)))
    for each in opened:
        assert studies.every(each) == ()
        each.close()


def test_a_folder_with_odd_characters_works(tmp_path: Path):
    opened = open_store(tmp_path / "é 100% ?#;")
    assert studies.every(opened) == ()
    opened.close()
    assert (tmp_path / "é 100% ?#;" / DATABASE).is_file()


def test_a_file_that_is_no_database_is_told_with_the_way_out(tmp_path: Path):
    (tmp_path / DATABASE).write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(KlantbeeldError, match="KLANTBEELD_HOME"):
        open_store(tmp_path)


def test_a_folder_that_cannot_be_made_is_told_with_the_way_out(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KlantbeeldError, match="KLANTBEELD_HOME"):
        open_store(tmp_path / "file" / "home")


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path):
    open_store(tmp_path).close()
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(KlantbeeldError, match="newer version"):
        open_store(tmp_path)


# --- uploads -----------------------------------------------------------------------


def test_an_upload_comes_back_byte_for_byte(store: Store):
    content = bytes(range(256)) * 10
    uploads.write(store, STUDY, SOURCE, content)
    assert uploads.read(store, STUDY, SOURCE) == content
    assert [p.name for p in (store.path / "uploads" / STUDY).iterdir()] == [SOURCE]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", ".", "a b", "ABC", "é"])
def test_only_ids_become_paths(store: Store, name: str):
    with pytest.raises(NotFound, match="not an id"):
        uploads.write(store, STUDY, name, b"x")
    with pytest.raises(NotFound, match="not an id"):
        uploads.read(store, name, SOURCE)


def test_a_lost_upload_is_told(store: Store):
    with pytest.raises(NotFound, match="add it again"):
        uploads.read(store, STUDY, SOURCE)


def test_a_source_keeps_its_reading_and_its_bytes(store: Store):
    sources.add(store, STUDY, a_reading(), b"bytes", "1")
    assert sources.readings(store, STUDY) == (a_reading(),)
    assert uploads.read(store, STUDY, SOURCE) == b"bytes"
    assert [s.id for s in sources.kept(store, STUDY)] == [SOURCE]
    assert sources.readings(store, OTHER) == ()


def test_a_note_on_a_refused_file_is_replaced_by_the_next(store: Store):
    sources.note(store, STUDY, sources.Arrival("a.txt", reason="empty"))
    sources.note(store, STUDY, sources.Arrival("a.txt", reason="still empty"))
    assert [a.reason for a in sources.arrivals(store, STUDY)] == ["still empty"]


# --- vectors -----------------------------------------------------------------------


def test_a_vector_comes_back_as_it_was(store: Store):
    cache = StudyVectors(store, STUDY)
    values = np.array([[0.1, 0.2], [0.3, 0.4]], dtype=np.float32)
    cache.put_many("m@1", ["een", "\ud800"], values)
    found = cache.get_many("m@1", ["\ud800", "een", "onbekend"])
    assert set(found) == {"een", "\ud800"}
    assert np.array_equal(found["een"], values[0])
    assert found["een"].dtype == np.float32


def test_another_model_has_its_own_vectors(store: Store):
    cache = StudyVectors(store, STUDY)
    cache.put_many("m@1", ["een"], np.ones((1, 2), dtype=np.float32))
    assert cache.get_many("m@2", ["een"]) == {}


def test_more_texts_than_one_query_takes(store: Store):
    cache = StudyVectors(store, STUDY)
    texts = [f"tekst {i}" for i in range(1203)]
    values = np.arange(1203 * 2, dtype=np.float32).reshape(1203, 2)
    cache.put_many("m@1", texts, values)
    found = cache.get_many("m@1", texts)
    assert [found[t][0] for t in texts] == [v[0] for v in values]


def test_a_vector_is_shared_and_goes_with_the_last_study_that_uses_it(store: Store):
    one, other = StudyVectors(store, STUDY), StudyVectors(store, OTHER)
    one.put_many("m@1", ["samen", "alleen"], np.ones((2, 2), dtype=np.float32))
    assert set(other.get_many("m@1", ["samen"])) == {"samen"}
    studies.remove(store, STUDY)
    assert counts(store)["vectors"] == 1
    assert set(other.get_many("m@1", ["samen", "alleen"])) == {"samen"}
    studies.remove(store, OTHER)
    assert counts(store)["vectors"] == 0


def test_vectors_of_texts_that_are_gone_are_forgotten(store: Store):
    cache = StudyVectors(store, STUDY)
    cache.put_many("m@1", ["blijft", "weg"], np.ones((2, 2), dtype=np.float32))
    cache.keep_only(["blijft"])
    assert set(cache.get_many("m@1", ["blijft", "weg"])) == {"blijft"}
    assert counts(store)["vectors"] == 1


def test_the_database_knows_texts_by_their_hash_only(store: Store):
    StudyVectors(store, STUDY).put_many("m@1", ["geheim"], np.ones((1, 2), dtype=np.float32))
    with store.engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM vectors")).one()
    assert row.digest == digest("geheim")
    assert "geheim" not in str(row)


# --- runs --------------------------------------------------------------------------


def test_a_study_has_one_run_at_a_time(store: Store):
    runs.begin(store, STUDY)
    with pytest.raises(Conflict, match="analysed already"):
        runs.begin(store, STUDY)
    assert runs.begin(store, OTHER).status == "queued"


def test_of_many_that_start_at_once_one_wins(store: Store):
    def attempt(_: int) -> bool:
        try:
            return bool(runs.begin(store, STUDY))
        except Conflict:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_a_run_of_no_study_is_not_found(store: Store):
    with pytest.raises(NotFound, match="no study"):
        runs.begin(store, "cccccccccccccccc")


def test_progress_is_written_until_the_run_ends(store: Store):
    run = runs.begin(store, STUDY)
    assert runs.advance(store, run.id, "embed", 3, 10)
    now = runs.get(store, run.id)
    assert (now.status, now.step, now.done, now.total) == ("running", "embed", 3, 10)
    assert runs.end(store, run.id, "cancelled", "stop")
    assert not runs.advance(store, run.id, "embed", 4, 10)
    assert not runs.end(store, run.id, "failed", "too late")
    assert (runs.get(store, run.id).status, runs.get(store, run.id).message) == (
        "cancelled",
        "stop",
    )


def test_a_result_is_kept_and_the_run_closed_together(store: Store):
    run = runs.begin(store, STUDY)
    found = (Redaction("s", "[NAAM 1]", "Jan Jansen", "name"),)
    runs.keep_material(store, run.id, an_analysis(), ["a"])
    analyses.save(store, run, an_analysis(), found)
    assert runs.get(store, run.id).status == "done"
    assert analyses.latest(store, STUDY) == an_analysis()
    assert analyses.get_redactions(store, STUDY) == found
    assert counts(store)["materials"] == 0


def test_a_result_of_a_cancelled_run_is_not_kept(store: Store):
    run = runs.begin(store, STUDY)
    runs.end(store, run.id, "cancelled")
    with pytest.raises(Cancelled):
        analyses.save(store, run, an_analysis(), (Redaction("s", "[NAAM 1]", "Jan", "name"),))
    assert analyses.newest(store, STUDY) is None
    assert analyses.get_redactions(store, STUDY) == ()


def test_a_few_analyses_are_kept_and_the_newest_is_shown(store: Store):
    for number in range(6):
        run = runs.begin(store, STUDY)
        analyses.save(store, run, an_analysis(f"{number}"), ())
    assert analyses.latest(store, STUDY).study == "5"
    assert counts(store)["analyses"] == analyses.KEPT


def test_the_newest_result_is_decoded_once(store: Store):
    analyses.save(store, runs.begin(store, STUDY), an_analysis("een"), ())
    assert analyses.latest(store, STUDY) is analyses.latest(store, STUDY)
    analyses.save(store, runs.begin(store, STUDY), an_analysis("twee"), ())
    assert analyses.latest(store, STUDY).study == "twee"


def test_the_results_of_two_data_folders_are_not_confused(store: Store, tmp_path: Path):
    other = open_store(tmp_path / "andere")
    studies.add(other, studies.get(store, STUDY))
    for place, name in ((store, "een"), (other, "twee")):
        analyses.save(place, runs.begin(place, STUDY), an_analysis(name), ())
    assert [analyses.latest(place, STUDY).study for place in (store, other)] == ["een", "twee"]
    other.close()


def test_before_the_first_run_there_is_no_result(store: Store):
    with pytest.raises(NotFound, match="run the analysis"):
        analyses.latest(store, STUDY)


def on_disk(store: Store) -> str:
    """All bytes of the data folder, as text."""
    files = (path for path in store.path.rglob("*") if path.is_file())
    return "".join(path.read_bytes().decode("latin-1") for path in files)


# --- what goes ---------------------------------------------------------------------


def fill(store: Store, study_id: str) -> None:
    """One of everything."""
    sources.add(store, study_id, a_reading(), b"bytes", "1")
    sources.note(store, study_id, sources.Arrival("leeg.txt", reason="empty"))
    decisions.add(store, study_id, "rename-theme", "theme-1", "Naam", ("a",))
    StudyVectors(store, study_id).put_many("m", [study_id], np.ones((1, 2), dtype=np.float32))
    analyses.save(
        store,
        runs.begin(store, study_id),
        an_analysis(),
        (Redaction(SOURCE, "[NAAM 1]", "Jan Jansen", "name"),),
    )
    endpoint = Endpoint("http://localhost:1/v1", "m")
    second_coders.put(store, study_id, endpoint)
    labels = {"key": Labels("pain", "service", -1)}
    second_coders.StudyAnswers(store, study_id, endpoint.maker).put(labels)
    name_proposals.put(store, study_id, "t", NameProposal("A b", "C.", "m@h", ()))
    codebooks.put(store, study_id, Codebook("c", "C", ()))
    metrics.put(store, study_id, MetricsTable("0" * 16, "ga4.csv", b"x"))
    erasures.add(store, study_id, Erasure(MOMENT, "Ans", (("statements", 2),), 3, 0, 4, 5))
    privacy.put(store, study_id, StudyPrivacy("none", "2027-01-31", Ground("consent", "Ja.")))
    privacy.put_ground(store, study_id, SOURCE, Ground("contract", ""))
    runs.keep_material(store, runs.begin(store, study_id).id, an_analysis(), ["a"])


def test_deleting_a_study_leaves_nothing_of_it(store: Store):
    before = counts(store)
    fill(store, STUDY)
    whole = {"studies", "key_marks", "audit"}
    assert all(counts(store)[name] > before[name] for name in before if name not in whole)
    studies.remove(store, STUDY)
    assert counts(store) == before | {"studies": 1, "key_marks": 1}
    assert list((store.path / "uploads").iterdir()) == []


def test_a_table_of_metrics_is_kept_with_its_mapping_and_replaced_by_the_same_bytes(store: Store):
    first = MetricsTable("1" * 16, "b.csv", b"one")
    later = MetricsTable("0" * 16, "a.csv", b"two", MetricsMapping("rows", "kpi", "waarde"))
    metrics.put(store, STUDY, first)
    metrics.put(store, STUDY, later)
    assert metrics.every(store, STUDY) == (first, later)
    mapped = MetricsTable(first.id, "c.csv", b"one", MetricsMapping("columns", metrics=("x",)))
    metrics.put(store, STUDY, mapped)
    assert metrics.every(store, STUDY) == (mapped, later)
    assert metrics.remove(store, STUDY, later.id)
    assert not metrics.remove(store, STUDY, later.id)
    assert metrics.every(store, OTHER) == ()


def test_deleting_a_study_leaves_the_others(store: Store):
    fill(store, OTHER)
    before = counts(store)
    fill(store, STUDY)
    studies.remove(store, STUDY)
    assert counts(store) == before | {"studies": 1}
    assert uploads.read(store, OTHER, SOURCE) == b"bytes"


def test_what_is_deleted_is_wiped_from_the_file(store: Store):
    fill(store, STUDY)
    decisions.add(store, STUDY, "comment", "x", "Jan Jansen")
    assert "Jan Jansen" in on_disk(store)
    studies.remove(store, STUDY)
    assert "Jan Jansen" not in on_disk(store)


def test_removing_a_source_takes_the_results_that_quote_it(store: Store):
    fill(store, STUDY)
    kept = an_analysis().sources[0].id
    sources.add(store, STUDY, a_reading(kept), b"more", "1")
    sources.remove(store, STUDY, SOURCE)
    assert analyses.newest(store, STUDY) == an_analysis()
    sources.remove(store, STUDY, kept)
    assert analyses.newest(store, STUDY) is None
    assert analyses.get_redactions(store, STUDY) == ()
    assert sources.readings(store, STUDY) == ()
