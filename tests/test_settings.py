"""Settings: defaults, the environment, and what a wrong value is told."""

from dataclasses import fields
from pathlib import Path

import pytest

from research.errors import KlantbeeldError
from research.settings import Settings, from_environment, helps


def test_every_setting_has_a_default_and_a_help():
    assert Settings() == from_environment({})
    assert set(helps()) == {f"KLANTBEELD_{f.name.upper()}" for f in fields(Settings)}
    assert all(text.endswith(".") for text in helps().values())


def test_the_default_listens_to_this_computer_only():
    assert Settings().host == "127.0.0.1"
    assert Settings().port == 8765
    assert Settings().home.name == "klantbeeld"


def test_the_environment_sets_everything(tmp_path: Path):
    environ = {
        "KLANTBEELD_HOME": str(tmp_path),
        "KLANTBEELD_HOST": "0.0.0.0",
        "KLANTBEELD_PORT": "9000",
        "KLANTBEELD_MAX_UPLOAD_MB": "5",
        "KLANTBEELD_LANGUAGE": "NL",
        "KLANTBEELD_KEY_FILE": str(tmp_path / "key"),
        "KLANTBEELD_AUDIT_DAYS": "90",
    }
    made = Settings(tmp_path, "0.0.0.0", 9000, 5, "nl", tmp_path / "key", 90)
    assert from_environment(environ) == made


def test_a_home_with_a_tilde_is_the_users_own():
    assert from_environment({"KLANTBEELD_HOME": "~/x"}).home == Path.home() / "x"


@pytest.mark.parametrize("text", ["0", "70000", "-1", "8.5", "acht", "٣"])
def test_a_port_that_is_no_port_names_the_setting(text: str):
    with pytest.raises(KlantbeeldError, match="KLANTBEELD_PORT must be a whole number"):
        from_environment({"KLANTBEELD_PORT": text})


def test_an_unknown_language_is_refused():
    with pytest.raises(KlantbeeldError, match="auto, nl or en"):
        from_environment({"KLANTBEELD_LANGUAGE": "de"})
