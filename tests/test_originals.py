"""Originals: encrypted with a key of their own, or not kept at all."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from research import originals, studies
from research.encoders.hashing import HashingEncoder
from research.errors import Conflict, KeyLost, KlantbeeldError
from research.model import Reading, Study
from research.serial import to_bytes
from research.store import Store, analyses, metrics, open_store, remains, runs, sources, uploads
from research.store.database import DATABASE, MIGRATIONS
from research.store.sealing import is_sealed, seal, unseal
from tests.builders import a_passage, an_upload

TALK = """Anne Postma: Hoe verliep de levering bij u?
Joost Hiemstra: Ik ben Joost Hiemstra. Mijn pakket lag drie dagen bij de verkeerde buren.
Anne Postma: Heeft u toen gebeld, of gemaild?
Joost Hiemstra: Gemaild, vanaf joost.hiemstra@example.com, maar er kwam nooit een antwoord.
Anne Postma: Wat had u graag anders gezien?
Joost Hiemstra: Ik wil meteen weten bij welke buren mijn pakket is afgegeven.
"""
ORIGINALS = ("Hiemstra", "joost.hiemstra@example.com", "Joost")


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    made = studies.create_study(store, "Bezorging", language="nl", encoder="hashing")
    studies.add_uploads(store, made.id, [an_upload("gesprek.txt", TALK)])
    return made


def on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def run(store: Store, study: Study) -> dict[str, str]:
    """The statements of a run, by id."""
    found = studies.analyse_study(store, study.id, encoder=HashingEncoder())
    return {s.id: s.text for s in found.statements}


# --- encrypted ---------------------------------------------------------------------


def test_no_original_stands_in_the_data_folder(store: Store, study: Study, home: Path) -> None:
    run(store, study)
    assert [o for o in ORIGINALS if o.encode() in on_disk(home)] == []
    assert {r.original for r in analyses.get_redactions(store, study.id)} >= {"Joost Hiemstra"}
    assert uploads.read(store, study.id, sources.kept(store, study.id)[0].id) == TALK.encode()


def test_the_key_is_beside_the_folder_and_its_owners_alone(store: Store, study: Study) -> None:
    assert store.key_file == store.path.with_name("home.key")
    assert stat.S_IMODE(store.key_file.stat().st_mode) == 0o600
    assert not any(store.key_file.name == path.name for path in store.path.rglob("*"))


def test_the_key_can_be_elsewhere(home: Path, tmp_path: Path) -> None:
    opened = open_store(home, tmp_path / "keys.txt")
    made = studies.create_study(opened, "A")
    studies.add_uploads(opened, made.id, [an_upload("gesprek.txt", TALK)])
    opened.close()
    assert (tmp_path / "keys.txt").is_file()
    assert not home.with_name("home.key").exists()


def test_a_lost_key_is_told_and_no_other_is_made(store: Store, study: Study) -> None:
    run(store, study)
    store.key_file.unlink()
    with pytest.raises(KeyLost, match=r"home\.key is gone.*Put the file back"):
        studies.list_intake(store, study.id)
    with pytest.raises(KeyLost, match="is gone"):
        studies.add_uploads(store, study.id, [an_upload("nieuw.txt", TALK + "x")])
    assert not store.key_file.exists()
    assert studies.get_view(store, study.id).statements


def test_another_key_or_a_broken_one_is_told(store: Store, study: Study) -> None:
    kept = store.key_file.read_bytes()
    store.key_file.write_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    with pytest.raises(KeyLost, match="is not the one"):
        studies.list_intake(store, study.id)
    store.key_file.write_text("geen sleutel")
    with pytest.raises(KeyLost, match="does not hold a key"):
        studies.list_intake(store, study.id)
    store.key_file.write_bytes(kept)
    assert studies.list_intake(store, study.id)


def test_what_is_encrypted_belongs_to_one_place(store: Store) -> None:
    sealed = seal(store, b"woorden", "reading/a/b")
    assert is_sealed(sealed) and b"woorden" not in sealed
    assert unseal(store, sealed, "reading/a/b") == b"woorden"
    assert seal(store, b"woorden", "reading/a/b") != sealed
    with pytest.raises(KeyLost):
        unseal(store, sealed, "reading/a/c")
    with pytest.raises(KeyLost):
        unseal(store, sealed[:-1] + bytes([sealed[-1] ^ 1]), "reading/a/b")


def test_a_key_file_that_cannot_be_made_is_told(home: Path, tmp_path: Path) -> None:
    opened = open_store(home, tmp_path / "nergens" / "key")
    made = studies.create_study(opened, "A")
    with pytest.raises(KeyLost, match="KLANTBEELD_KEY_FILE"):
        studies.add_uploads(opened, made.id, [an_upload("gesprek.txt", TALK)])
    opened.close()


def test_a_folder_of_an_older_version_is_encrypted_when_it_is_opened(home: Path) -> None:
    old_folder(home)
    assert b"Joost Hiemstra" in on_disk(home)
    opened = open_store(home)
    assert b"Hiemstra" not in on_disk(home)
    assert uploads.read(opened, "a" * 16, "b" * 16) == b"Joost Hiemstra: ja"
    assert sources.readings(opened, "a" * 16)[0].passages[0].voice == "Joost Hiemstra"
    assert metrics.every(opened, "a" * 16)[0].content == b"Joost Hiemstra;1"
    assert analyses.get_redactions(opened, "a" * 16) == ()
    opened.close()


def old_folder(home: Path) -> None:
    """A data folder as the version before this one left it."""
    home.mkdir()
    engine = create_engine(f"sqlite:///{home / DATABASE}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
    engine.dispose()
    reading = Reading("b" * 16, "a.txt", "text", (a_passage(0, "Ja.", "Joost Hiemstra"),))
    with sqlite3.connect(home / DATABASE) as raw:
        raw.execute("INSERT INTO studies VALUES (?, 'A', 'nl', '2026-01-01', NULL, '')", ["a" * 16])
        values = ["a" * 16, "b" * 16, to_bytes(reading)]
        raw.execute("INSERT INTO sources VALUES (?, ?, 'a.txt', 1, '0', ?)", values)
        raw.execute(
            "INSERT INTO redactions VALUES (?, ?, '[NAAM 1]', 'Joost Hiemstra', 'name')", values[:2]
        )
        raw.execute(
            "INSERT INTO metrics VALUES (1, ?, 'd', 'm.csv', ?, NULL)",
            ["a" * 16, b"Joost Hiemstra;1"],
        )
    raw.close()
    folder = home / "uploads" / ("a" * 16)
    folder.mkdir(parents=True)
    (folder / ("b" * 16)).write_bytes(b"Joost Hiemstra: ja")


# --- not at all --------------------------------------------------------------------


def opened(store: Store) -> str:
    return "".join(text.decode("utf-8", "replace") for _, text in remains.opened(store))


def test_a_study_without_originals_keeps_them_until_its_first_run(
    store: Store, study: Study, home: Path
) -> None:
    originals.set_originals(store, study.id, "none")
    assert "Joost Hiemstra" in opened(store)
    first = run(store, study)
    assert [o for o in ORIGINALS if o in opened(store) or o.encode() in on_disk(home)] == []
    assert analyses.get_redactions(store, study.id) == ()
    assert not list((home / "uploads").rglob("*/*"))
    assert run(store, study) == first


def test_originals_go_at_once_where_a_run_has_read_them(store: Store, study: Study) -> None:
    first = run(store, study)
    originals.set_originals(store, study.id, "none")
    assert [o for o in ORIGINALS if o in opened(store)] == []
    assert run(store, study) == first


def test_a_file_that_no_run_has_read_is_not_touched(store: Store, study: Study) -> None:
    originals.set_originals(store, study.id, "none")
    run(store, study)
    studies.add_uploads(store, study.id, [an_upload("later.txt", TALK.replace("drie", "vier"))])
    originals.let_go(store, study.id)
    assert opened(store).count("joost.hiemstra@example.com") == 2  # the upload and its reading
    assert sorted(r.redacted for r in sources.readings(store, study.id)) == [False, True]


def test_who_speaks_stays_as_people_decided(store: Store, study: Study) -> None:
    intake = studies.list_intake(store, study.id)[0]
    swapped = {"participant": "interviewer", "interviewer": "participant"}
    for voice in intake.voices:
        studies.set_role(store, study.id, intake.source, voice.voice, swapped[voice.role])
    first = run(store, study)
    assert all("Hoe verliep" in t or "?" in t for t in first.values())
    originals.set_originals(store, study.id, "none")
    assert run(store, study) == first
    targets = [d.target for d in studies.list_decisions(store, study.id)]
    voices = {p.voice for r in sources.readings(store, study.id) for p in r.passages}
    assert {t.partition("/")[2] for t in targets} == voices


def test_the_same_file_again_is_known_though_it_is_gone(store: Store, study: Study) -> None:
    originals.set_originals(store, study.id, "none")
    run(store, study)
    again = studies.add_uploads(store, study.id, [an_upload("gesprek.txt", TALK)])
    assert not again[0].accepted


def test_another_version_reads_no_file_that_is_not_there(
    store: Store, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals.set_originals(store, study.id, "none")
    first = run(store, study)
    monkeypatch.setattr("research.columns_chosen.__version__", "9.9")
    assert run(store, study) == first


def test_a_choice_that_there_is_not_and_one_during_a_run_are_refused(
    store: Store, study: Study
) -> None:
    with pytest.raises(KlantbeeldError, match="encrypted, none"):
        originals.set_originals(store, study.id, "plain")
    runs.begin(store, study.id)
    with pytest.raises(Conflict, match="being analysed"):
        originals.set_originals(store, study.id, "none")
    assert os.path.exists(store.key_file)
