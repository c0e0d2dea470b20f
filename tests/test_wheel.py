"""The wheel, installed in a clean environment, finds its pages and its data."""

import json
import os
import site
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SURVEY = """Tijdstempel,Wat ging er mis bij je bestelling?,Waarom koos je voor ons?
2026-01-05 10:02:11,De bezorging kwam drie dagen te laat.,Ik wil eerst weten wat het kost.
2026-01-05 11:40:52,De bezorger kwam weer te laat en niemand belde.,De reviews waren eerlijk.
2026-01-06 09:15:30,Ik moest een account maken om te betalen.,Ik zoek iets dat lang meegaat.
"""
WHERE = """
import json, research, api
from research.resources import CORPORA, TEMPLATES
print(json.dumps([research.__file__, api.__file__, str(CORPORA), str(TEMPLATES)]))
"""


def call(command: list[str], cwd: Path) -> str:
    """What a command prints; its complaint when it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=clean_environment())
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def clean_environment() -> dict[str, str]:
    """The environment without what would point Python at the checkout."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is published."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    call([*build, str(ROOT)], folder)
    return next(folder.glob("klantbeeld-*.whl"))


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; what it depends on is borrowed from this one."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    call([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder.parent)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    call([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], folder.parent)
    own = next((folder / "lib").glob("python3.*/site-packages"))
    borrowed = "\n".join(site.getsitepackages())
    (own / "borrowed.pth").write_text(borrowed + "\n", encoding="utf-8")
    return folder / "bin"


def test_nothing_is_taken_from_the_checkout(clean: Path, tmp_path: Path) -> None:
    places = json.loads(call([str(clean / "python"), "-c", WHERE], tmp_path))

    assert [p for p in places if not Path(p).is_relative_to(clean.parent)] == []
    assert all(Path(p).exists() for p in places)


def test_the_installed_command_analyses_a_file(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "survey.csv").write_text(SURVEY, encoding="utf-8")

    call([str(clean / "klantbeeld"), "analyse", "survey.csv", "--out", "results"], tmp_path)

    analysis = json.loads((tmp_path / "results" / "analysis.json").read_text(encoding="utf-8"))
    assert len(analysis["participants"]) == 3
    assert "te laat" in (tmp_path / "results" / "report.html").read_text(encoding="utf-8")


def test_the_installed_pages_are_complete(clean: Path, tmp_path: Path) -> None:
    code = (
        "from fastapi.testclient import TestClient\n"
        "from api.app import create_app\n"
        "from research.settings import from_environment\n"
        "with TestClient(create_app(from_environment()), base_url='http://127.0.0.1') as web:\n"
        "    home = web.get('/')\n"
        "    style = web.get('/static/vendor/pico.min.css')\n"
        "assert (home.status_code, style.status_code) == (200, 200), (home.text, style.text)\n"
        "print('complete')\n"
    )

    assert call([str(clean / "python"), "-c", code], tmp_path).strip() == "complete"
