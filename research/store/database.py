"""Opening the database: its settings, its migrations, and who may write."""

from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from research.errors import KlantbeeldError
from research.store.schema import VERSION

DATABASE = "klantbeeld.sqlite"
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 30_000


@dataclass(frozen=True, slots=True)
class Store:
    """An open data folder; the modules of this package read and write it.

    `key_file` holds the key of what is kept encrypted in it.
    """

    path: Path
    engine: Engine
    key_file: Path

    def wipe(self) -> None:
        """Write what was deleted through to the file, so that it is gone from the disk too."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the database file."""
        self.engine.dispose()


def open_database(home: Path, key_file: Path | None = None) -> Store:
    """The data folder, made and its tables brought up to date when needed."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise KlantbeeldError(_unusable(home, str(error.strerror))) from error
    engine = create_engine(URL.create("sqlite", database=str(home / DATABASE)))
    event.listen(engine, "connect", _prepare_connection)
    try:
        _bring_up_to_date(engine)
    except DatabaseError as error:
        engine.dispose()
        raise KlantbeeldError(_unusable(home, str(error.orig))) from error
    return Store(home, engine, key_file or beside(home))


def beside(home: Path) -> Path:
    """Where the key is when nobody chose a place: beside the data folder, not in it."""
    folder = home.resolve()
    return folder.with_name(f"{folder.name or 'klantbeeld'}.key")


def _unusable(home: Path, reason: str) -> str:
    return (
        f"The data folder {home} cannot be used ({reason}). "
        "Choose another with KLANTBEELD_HOME, or make this one writable."
    )


def _prepare_connection(connection: SqliteConnection, entry: ConnectionPoolEntry) -> None:
    """Readers never wait for a writer, writers wait for each other, references hold."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _bring_up_to_date(engine: Engine) -> None:
    """Apply the migrations that the database lacks, all or none, one process at a time."""
    with engine.connect() as connection:
        if _version(connection) == VERSION:
            return
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if _version(connection) != VERSION:
            _upgrade(connection)
        connection.commit()


def _version(connection: Connection) -> str:
    """The migration the database is at; empty for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise KlantbeeldError(
            "The database was made by a newer version of Klantbeeld. Upgrade Klantbeeld, "
            "or choose another data folder with KLANTBEELD_HOME."
        ) from error
