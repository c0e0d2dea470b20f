"""The documentation tells the truth: its examples run and what it names exists."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from research.exporters import EXPORTERS
from research.readers import READERS
from research.readers.formats import as_markdown
from research.settings import helps

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("corpora/*.md")])
PRIVACY = ("erase", "access", "purge", "audit")
REFERENCE = ROOT / "docs" / "reference.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced code of one language on a page."""
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [code for name, code in found if name == language]


def shell_lines(page: Path) -> Iterator[list[str]]:
    """The words of each shell line on a page, without comments and NAME=value before it."""
    for code in blocks(page, "sh"):
        for line in code.splitlines():
            words = re.sub(r"^(\s*[A-Z_]+=\S+)+", "", line.partition("#")[0]).split()
            if words:
                yield words


@cache
def help_of(*command: str) -> str:
    """What `--help` says of the command line or one of its commands."""
    from api.cli import app

    result = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    assert result.exit_code == 0, result.output
    return result.output


def named(page: Path) -> set[tuple[str, str]]:
    """Each command of ours that a page names, with each of its options."""
    found = set()
    for words in shell_lines(page):
        if words[0].endswith("klantbeeld") and len(words) > 1 and not words[1].startswith("-"):
            found |= {(words[1], "")} | {(words[1], w) for w in words[2:] if w.startswith("--")}
    return found


@pytest.mark.parametrize("number", range(len(blocks(README, "python"))))
def test_the_readmes_python_runs(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(blocks(README, "python")[number], str(README), "exec"), {"__name__": "readme"})

    assert capsys.readouterr().out.strip()


def test_the_readme_has_an_example_to_run() -> None:
    assert blocks(README, "python")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_named_on_a_page_exists(page: Path) -> None:
    for command, option in sorted(named(page)):
        assert re.search(rf"\b{command}\b", help_of())
        assert option in help_of(command)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_make_target_named_on_a_page_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    named_targets = {words[1] for words in shell_lines(page) if words[0] == "make"}
    named_targets |= set(re.findall(r"`make ([a-z-]+)", text))

    assert named_targets - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    local = [t.partition("#")[0] for t in targets if "://" not in t and not t.startswith("#")]

    assert [t for t in local if not (page.parent / t).exists()] == []


def test_the_reference_names_every_setting() -> None:
    text = REFERENCE.read_text(encoding="utf-8")

    assert [name for name in helps() if f"`{name}`" not in text] == []


def test_the_reference_names_every_reader_and_exporter() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    names = [reader.name for reader in READERS]
    names += [exporter.name for exporter in EXPORTERS]
    names += [exporter.filename for exporter in EXPORTERS]

    assert [name for name in names if f"`{name}`" not in text] == []


def test_the_reference_names_every_command_and_option() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    options = {
        option
        for command in ("analyse", "export", "bring-back", "serve", "demo", *PRIVACY)
        for option in re.findall(r"--[a-z][a-z-]+", help_of(command))
    } - {"--help"}

    assert sorted(o for o in options if f"`{o}" not in text) == []


def test_the_table_of_formats_is_what_the_readers_say() -> None:
    assert as_markdown() in REFERENCE.read_text(encoding="utf-8"), "run `make formats`"
