"""The command line: what it writes, what it says, and which code it ends with."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
import typer
from builders import INTERVIEW_TEXT
from jsonschema import Draft202012Validator
from test_schema import DOCS, dangling
from typer.testing import CliRunner, Result

from api.cli import Sample, _demo_study, app, is_loopback, listen
from research import __version__
from research.encoders.known import KNOWN
from research.errors import (
    BadEncoder,
    BadStages,
    Conflict,
    KlantbeeldError,
    NotFound,
    NothingToAnalyse,
)
from research.exporters import BASIC, EXPORTERS
from research.outputs import check_folder, inputs, save
from research.readers import READERS
from research.settings import from_environment
from research.steps.guide import bundled_guide
from research.store import open_store
from research.studies import list_intake, list_studies
from research.terminal import Code, code_of, guarded

FILES = {exporter.filename for exporter in BASIC}
COMMAND = (sys.executable, "-c", "from api.cli import app; app()")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def interview(tmp_path: Path) -> Path:
    file = tmp_path / "interviews" / "gesprek.txt"
    file.parent.mkdir()
    file.write_text(INTERVIEW_TEXT, encoding="utf-8")
    return file


# --- analyse -----------------------------------------------------------------------


SURVEY = "Datum;Team;Waarom koos u ons?\n" + "".join(
    f"2026-01-{n:02};{('Noord', 'Zuid')[n % 2]};Om de prijs en de levering van dag {n}\n"
    for n in range(1, 13)
)


def test_columns_of_a_survey_are_read_as_their_file_says(tmp_path: Path) -> None:
    survey, columns = tmp_path / "enquete.csv", tmp_path / "columns.json"
    survey.write_text(SURVEY, encoding="utf-8")
    told = {"Datum": "date", "Team": "ignore", "Waarom koos u ons?": "open"}
    roles = [{"column": name, "role": role} for name, role in told.items()]
    columns.write_text(
        json.dumps({"format": "klantbeeld columns", "version": 1, "columns": roles}), "utf-8"
    )
    out = tmp_path / "out"
    result = run("analyse", survey, "--out", out, "--columns", columns)
    assert result.exit_code == 0, result.output
    chosen = (out / "analysis.json").read_text("utf-8")
    assert "the columns are read as people chose" in json.loads(chosen)["sources"][0]["notes"]
    run("analyse", survey, "--out", tmp_path / "guessed")
    guessed = (tmp_path / "guessed" / "analysis.json").read_text("utf-8")
    assert '"Team"' in guessed and '"Team"' not in chosen


def test_columns_that_no_survey_has_are_told(interview: Path, tmp_path: Path) -> None:
    columns = tmp_path / "columns.json"
    one = {"column": "Waarom?", "role": "open"}
    columns.write_text(
        json.dumps({"format": "klantbeeld columns", "version": 1, "columns": [one]}), "utf-8"
    )
    result = run("analyse", interview, "--out", tmp_path / "out", "--columns", columns)
    assert result.exit_code == 1
    assert "has the columns that were given (Waarom?)" in result.output
    missing = run("analyse", interview, "--out", tmp_path / "out", "--columns", tmp_path / "no")
    assert missing.exit_code == 1 and "No such file" in missing.output


def test_a_folder_becomes_the_five_files(interview: Path, tmp_path: Path) -> None:
    result = run("analyse", interview.parent, "--out", tmp_path / "out", "--study", "Proef")
    assert result.exit_code == 0, result.output
    assert {p.name for p in (tmp_path / "out").iterdir()} == FILES
    analysis = json.loads((tmp_path / "out" / "analysis.json").read_bytes())
    assert analysis["study"] == "Proef"
    assert analysis["statements"]


def test_a_script_gets_one_line_of_json_and_nothing_else(interview: Path, tmp_path: Path) -> None:
    result = run("analyse", interview, "--out", tmp_path / "out", "--json")
    (line,) = result.stdout.splitlines()
    told = json.loads(line)
    assert told["status"] == "done"
    assert told["people"] == 1
    assert [Path(f).name for f in told["files"]] == [e.filename for e in BASIC]


def test_quiet_says_nothing_when_all_is_well(interview: Path, tmp_path: Path) -> None:
    result = run("analyse", interview, "--out", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_the_same_files_give_the_same_bytes_again(interview: Path, tmp_path: Path) -> None:
    arguments = ("analyse", interview.parent, "--out", interview.parent, "--quiet")
    assert run(*arguments).exit_code == 0
    first = {name: (interview.parent / name).read_bytes() for name in FILES}
    assert run(*arguments).exit_code == 0
    assert {name: (interview.parent / name).read_bytes() for name in FILES} == first


def test_a_refused_file_is_named_and_the_rest_goes_on(interview: Path, tmp_path: Path) -> None:
    (interview.parent / "foto.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    result = run("analyse", interview.parent, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "foto.docx was not used" in result.stderr
    assert (tmp_path / "out" / "report.html").exists()


def test_strict_ends_with_4_when_a_file_was_refused(interview: Path, tmp_path: Path) -> None:
    (interview.parent / "leeg.txt").write_bytes(b"")
    result = run("analyse", interview.parent, "--out", tmp_path / "out", "--strict", "--json")
    assert result.exit_code == Code.REFUSALS
    assert [r["name"] for r in json.loads(result.stdout)["refused"]] == ["leeg.txt"]


def test_nothing_to_analyse_ends_with_3_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "leeg.txt").write_bytes(b"")
    result = run("analyse", tmp_path / "leeg.txt", "--out", tmp_path / "out", "--json")
    assert result.exit_code == Code.NOTHING
    assert json.loads(result.stdout)["error"] == "NothingToAnalyse"
    assert "Error:" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere", "--out", "out"),
        ("{file}", "--out", "out", "--language", "fr"),
        ("{file}", "--out", "out", "--stages", "nowhere.json"),
        ("{file}",),
        (),
    ],
)
def test_wrong_use_ends_with_2(
    interview: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("analyse", *(a.format(file=interview) for a in arguments))
    assert result.exit_code == Code.USAGE
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_said_before_the_work(
    interview: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    result = run("analyse", interview, "--out", tmp_path / "file" / "out")
    assert result.exit_code == Code.FAILED
    assert "choose another with --out" in result.stderr


def test_markup_in_a_message_is_shown_as_it_is(tmp_path: Path) -> None:
    result = run("analyse", tmp_path / "[red]x[/]", "--out", tmp_path / "out")
    assert "[red]x[/]" in result.stderr


# --- files written -----------------------------------------------------------------


def test_files_appear_together_and_leave_no_traces(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"old")
    written = save(tmp_path, {"a": b"1", "b": b"2"})
    assert [p.read_bytes() for p in written] == [b"1", b"2"]
    assert {p.name for p in tmp_path.iterdir()} == {"a", "b"}


def test_when_one_file_cannot_be_written_the_old_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(KlantbeeldError):
        save(tmp_path, {"a": b"new", "no/such/folder": b"2"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert {p.name for p in tmp_path.iterdir()} == {"a"}


def test_earlier_results_are_not_read_as_research(tmp_path: Path) -> None:
    out = tmp_path / "results"
    out.mkdir()
    (out / "themes.csv").write_text("x")
    (out / "extra.txt").write_text("x")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "talk.txt").write_text("x")
    found = inputs(tmp_path, out, frozenset({"themes.csv"}))
    assert [p.relative_to(tmp_path).as_posix() for p in found] == [
        "results/extra.txt",
        "talk.txt",
    ]
    assert list(inputs(out, tmp_path / "elsewhere", frozenset())) == [out]


def test_a_new_folder_is_fine_and_a_file_is_not(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")
    (tmp_path / "file").write_text("x")
    with pytest.raises(KlantbeeldError, match="--out"):
        check_folder(tmp_path / "file")


# --- codes and lists ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NothingToAnalyse("x"), 3),
        (BadStages("x"), 2),
        (BadEncoder("x"), 2),
        (NotFound("x"), 2),
        (Conflict("x"), 1),
    ],
)
def test_each_error_has_its_code(error: KlantbeeldError, code: int) -> None:
    assert code_of(error) == code


def test_ctrl_c_ends_with_130(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, guarded():
        raise KeyboardInterrupt
    assert ended.value.exit_code == 130
    assert "Stopped" in capsys.readouterr().err


def test_what_can_be_read_and_written_is_listed() -> None:
    assert len(run("readers").stdout.splitlines()) == len(READERS)
    written = {line.split("\t")[1] for line in run("exporters").stdout.splitlines()}
    assert written == {exporter.filename for exporter in EXPORTERS}


def test_language_models_are_listed_with_the_way_to_fetch_them() -> None:
    lines = [line.split("\t") for line in run("encoders").stdout.splitlines()]
    assert [line[0] for line in lines] == [known.id for known in KNOWN]
    assert {line[-1] for line in lines if "/" not in line[0]} == {"comes along"}
    assert all(line[-1].startswith("hf download") for line in lines if "/" in line[0])


def test_the_version_is_the_packages() -> None:
    assert run("version").stdout == f"klantbeeld {__version__}\n"


@pytest.mark.parametrize("command", ["analyse", "serve", "demo"])
def test_help_has_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"klantbeeld {command}" in result.stdout


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from api.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'sqlalchemy', 'fastapi', 'jinja2', 'spacy', 'uvicorn', 'onnxruntime'}\n"
        "print('loaded', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"


# --- demo and serve ----------------------------------------------------------------


def test_the_demo_writes_its_files_and_keeps_one_study(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("demo", "--study", "planwerk", "--no-serve", "--out", out)
    assert result.exit_code == 0, result.output
    assert {p.name for p in out.iterdir()} == FILES
    analysis = json.loads((out / "analysis.json").read_bytes())
    schema = json.loads((DOCS / "analysis.schema.json").read_bytes())
    assert list(Draft202012Validator(schema).iter_errors(analysis)) == []
    assert dangling(analysis) == []
    store = open_store(from_environment().home)
    again = _demo_study(store, Sample.planwerk)
    intake = list_intake(store, again.id)
    studies = list_studies(store)
    store.close()
    assert [study.name for study in studies] == ["Planwerk (demo)"]
    assert [i.name for i in intake if not i.accepted] == []


def test_a_taken_port_is_an_error_only_when_it_was_asked_for() -> None:
    with listen("127.0.0.1", 18765, exact=False) as first:
        taken = first.getsockname()[1]
        with listen("127.0.0.1", taken, exact=False) as second:
            assert second.getsockname()[1] > taken
        with pytest.raises(KlantbeeldError, match="--port"):
            listen("127.0.0.1", taken, exact=True)


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("x.nl", False)],
)
def test_only_loopback_addresses_are_private(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_the_server_answers_and_ends_cleanly_on_ctrl_c(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = (*COMMAND, "serve", "--no-browser", "--port", str(port))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        with urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            assert answer.status == 200
        time.sleep(0.2)
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=60)
    assert server.returncode == 0, complaints
    assert "Traceback" not in complaints


@pytest.mark.parametrize("language, first", [("nl", "1. Waarom "), ("en", "1. What made ")])
def test_the_guide_is_printed_with_every_question_and_what_to_go_on_with(
    language: str, first: str
) -> None:
    told = run("guide", "--language", language)
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    numbered = [line for line in lines if line[:1].isdigit()]
    assert numbered[0].startswith(first)
    assert numbered == [f"{n}. {q.text(language)}" for n, q in enumerate(bundled_guide(), 1)]
    assert all(f"   - {probe}" in lines for q in bundled_guide() for probe in q.probes(language))


def test_a_guide_has_one_language_and_auto_is_none() -> None:
    told = run("guide", "--language", "auto")
    assert told.exit_code == 2
    assert "nl and en" in told.stderr
