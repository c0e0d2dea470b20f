"""What can be set, with default and help, declared once and read at the edge."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from platformdirs import user_data_dir

from research.errors import KlantbeeldError

PREFIX = "KLANTBEELD_"


def default_home() -> Path:
    """The data folder when nobody chose one."""
    return Path(user_data_dir("klantbeeld", appauthor=False))


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, each also an environment variable such as KLANTBEELD_PORT."""

    home: Path = field(
        default_factory=default_home,
        metadata={"help": "Folder for the database and the uploads."},
    )
    host: str = field(
        default="127.0.0.1",
        metadata={"help": "Address to listen on; the default is this computer only."},
    )
    port: int = field(
        default=8765,
        metadata={"help": "Port to listen on."},
    )
    max_upload_mb: int = field(
        default=100,
        metadata={"help": "Largest file that is accepted, in megabytes."},
    )
    language: str = field(
        default="auto",
        metadata={"help": "Language of new studies: auto, nl or en."},
    )
    key_file: Path | None = field(
        default=None,
        metadata={"help": "File with the key of encrypted originals; beside the data folder."},
    )
    audit_days: int = field(
        default=730,
        metadata={"help": "How many days the audit log is kept; at least 31."},
    )


def helps() -> dict[str, str]:
    """The help of each setting, by its environment variable."""
    return {PREFIX + f.name.upper(): str(f.metadata["help"]) for f in fields(Settings)}


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment gives them, with defaults for the rest."""
    usual = Settings()
    home = environ.get(PREFIX + "HOME", "")
    key = environ.get(PREFIX + "KEY_FILE", "")
    return Settings(
        home=Path(home).expanduser() if home else usual.home,
        host=environ.get(PREFIX + "HOST", "") or usual.host,
        port=_number(environ, "PORT", usual.port, largest=65535),
        max_upload_mb=_number(environ, "MAX_UPLOAD_MB", usual.max_upload_mb, largest=10_000),
        language=_language(environ, usual.language),
        key_file=Path(key).expanduser() if key else None,
        audit_days=_number(environ, "AUDIT_DAYS", usual.audit_days, smallest=31, largest=36_500),
    )


def _number(
    environ: Mapping[str, str], name: str, usual: int, *, smallest: int = 1, largest: int
) -> int:
    text = environ.get(PREFIX + name, "").strip()
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or not smallest <= int(text) <= largest:
        raise KlantbeeldError(
            f"{PREFIX}{name} must be a whole number from {smallest} to {largest}, not {text!r}."
        )
    return int(text)


def _language(environ: Mapping[str, str], usual: str) -> str:
    text = environ.get(PREFIX + "LANGUAGE", "").strip().lower() or usual
    if text not in ("auto", "nl", "en"):
        raise KlantbeeldError(f"{PREFIX}LANGUAGE must be auto, nl or en, not {text!r}.")
    return text
