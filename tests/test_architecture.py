"""The shape of the house: who may import whom, how long things are, what loads when."""

import ast
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from research.resources import CORPORA, TEMPLATES
from research.settings import from_environment

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for package in ("research", "api")
    for path in (ROOT / package).rglob("*.py")
    if "_bundled" not in path.parts
)

# Which groups a group of the engine may import; itself it always may. A folder is a
# group, a file is a group, and `*` stands for everything in the engine.
MAY_IMPORT: dict[str, str] = {
    "errors": "",
    "resources": "",
    "wilson": "",
    "wording": "",
    "model": "errors",
    "settings": "errors",
    "contracts": "errors model",
    "strength": "model",
    "figures": "model",
    "stages": "errors model resources",
    "lookup": "errors model",
    "codebooks": "errors model readers resources",
    "coded_examples": "codebooks errors model readers steps",
    "codings": "errors model readers",
    "adopting": "codebooks codings errors model readers relabel store studies view",
    "regroup": "model",
    "relabel": "model",
    "dial": "model",
    "outlook": "model",
    "persona_fit": "model",
    "opportunities": "model shape steps",
    "planning": "errors lookup map_notes model opportunities store studies view",
    "map_notes": "model shape",
    "flow": "model steps",
    "day": "model steps",
    "comparing": "model wilson",
    "shape": "model regroup",
    "restate": "model regroup strength wilson",
    "frozen": "model serial steps",
    "persona_shape": "frozen model shape steps",
    "persona_review": "frozen model persona_shape second_coder shape steps",
    "persona_summary": (
        "errors lookup model persona_review second_answers second_coder store studies"
    ),
    "persona_changes": "model",
    "side_by_side": "model steps",
    "reviewing": (
        "errors frozen lookup model persona_changes persona_review persona_shape shape store "
        "studies view"
    ),
    "view": "errors model persona_review persona_shape regroup relabel restate shape",
    "serial": "errors model contracts",
    "readers": "errors model contracts",
    "metrics": "errors model readers resources wilson",
    "steps": "codebooks errors model contracts dial regroup resources strength wilson wording",
    "encoders": "errors model contracts resources",
    "exporters": (
        "errors model contracts resources figures lookup outlook persona_fit serial strength "
        "wilson wording"
    ),
    "miro": "errors exporters",
    "pushing": "errors exporters miro store studies",
    "store": "errors model contracts serial",
    "training": "codebooks errors model contracts resources steps encoders",
    "preparation": "errors model contracts readers steps",
    "embedding": "errors model contracts steps encoders",
    "understanding": "model contracts stages steps embedding preparation",
    "pipeline": (
        "errors model contracts resources regroup shape stages readers steps encoders embedding "
        "preparation understanding"
    ),
    "columns_chosen": "errors model readers store view",
    "survey_columns": (
        "columns_chosen errors kpis metrics model originals readers steps store view"
    ),
    "analysing": "coded_examples errors model contracts stages readers encoders pipeline",
    "intake": "errors model contracts readers view steps store",
    "redacted": "model preparation steps",
    "traces": "",
    "selfsame": "model preparation steps",
    "forgetting": "frozen model regroup restate steps",
    "undecided": "frozen model",
    "rulings": "model steps store view",
    "originals": "errors intake kpis model preparation redacted rulings store",
    "access": (
        "access_file originals errors model preparation retention second_answers second_coder "
        "selfsame store view"
    ),
    "personal": "errors model originals preparation rulings steps store view",
    "retention": "errors model originals store studies",
    "auditing": "errors exporters model store",
    "access_file": "model serial",
    "erasure_plan": (
        "errors forgetting model originals preparation redacted selfsame store traces"
    ),
    "erasing": (
        "erasure_plan errors forgetting intake kpis model originals rulings second_answers "
        "second_coder store studies traces undecided"
    ),
    "second_coder": "errors model contracts",
    "second_answers": "errors model contracts second_coder store",
    "second_opinion": "errors model relabel second_answers second_coder store studies view",
    "running": (
        "columns_chosen errors model contracts stages readers steps encoders embedding "
        "understanding pipeline dial intake originals relabel rulings second_answers shape "
        "view store"
    ),
    "outputs": "errors",
    "terminal": "errors model serial sheet_changes",
    "studies": "*",
    "theme_names": "errors model lookup second_answers second_coder store studies",
    "guides": "stages steps",
    "kpis": "columns_chosen errors metrics model readers store view",
    "theming": "codebooks dial errors model lookup store studies view",
    "labelling": "errors model lookup relabel view store studies",
    "reopening": "errors exporters model serial",
    "exporting": (
        "comparing contracts errors exporters kpis model opportunities reopening retention store "
        "studies view"
    ),
    "sheet_changes": "model readers",
    "bringing_back": ("errors exporters exporting model readers sheet_changes store studies view"),
    "cli": "*",
    "privacy_cli": "*",
    "": "errors model contracts analysing pipeline",
}

# Third-party packages that only some files may know, and which those are.
ONLY: dict[str, str | tuple[str, ...]] = {
    "sqlalchemy": "research/store/",
    "alembic": "research/store/",
    "cryptography": "research/store/sealing.py",
    "fastapi": "api/",
    "starlette": "api/",
    "uvicorn": "api/",
    "jinja2_fragments": "api/",
    "dbos": "api/jobs.py",
    "faiss": "research/steps/neighbours.py",
    "httpx": ("research/second_coder/client.py", "research/miro/client.py"),
    "simplemma": "research/steps/lemmas.py",
    "spacy": "research/steps/tokens.py",
    "typer": ("research/cli.py", "research/privacy_cli.py", "research/terminal.py", "api/cli.py"),
    "onnxruntime": ("research/encoders/", "research/steps/"),
    "sentence_transformers": ("research/encoders/", "research/training/encoder/teacher.py"),
    "docx": (
        "research/readers/",
        "research/exporters/report_docx.py",
        "research/exporters/word.py",
    ),
    "pptx": "research/exporters/slide",
    "pypdf": "research/readers/",
    "resvg_py": "research/exporters/maps/pictures.py",
    "lxml": "research/readers/",
    "openpyxl": ("research/readers/", "research/training/sources.py"),
    "xlsxwriter": ("research/exporters/workbook.py", "research/exporters/maps/grid_files.py"),
    "typst": "research/exporters/pdf.py",
}

# What must not be loaded by merely starting: each costs a tenth of a second or more.
HEAVY = (
    "alembic",
    "dbos",
    "docx",
    "faiss",
    "fastapi",
    "graspologic_native",
    "hdbscan",
    "lingua",
    "lxml",
    "onnxruntime",
    "openpyxl",
    "pptx",
    "pypdf",
    "resvg_py",
    "sentence_transformers",
    "sklearn",
    "sknetwork",
    "spacy",
    "sqlalchemy",
    "tokenizers",
    "torch",
    "transformers",
    "typst",
    "xlsxwriter",
)

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:tmp|work|root|home)/[a-z]")
TEXT_SUFFIXES = {".py", ".md", ".toml", ".html", ".css", ".lock", ".po", ".json", ".txt", ".yml"}
OURS = ("api", "benchmarks", "docs", "research", "requirements", "templates", "tests")


def name_of(path: Path) -> str:
    """A file's module name: `research.readers.srt`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in SOURCES}


@cache
def tree_of(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every import of a file with its line, also in functions and under TYPE_CHECKING."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield node.lineno, full if full in MODULES else base


def group_of(module: str) -> str:
    """The group of an engine module: `readers` for `research.readers.srt`."""
    return module.split(".")[1] if "." in module else ""


def place(path: Path, line: int) -> str:
    """Where something is, as editors understand it."""
    return f"{path.relative_to(ROOT)}:{line}"


def nothing(wrong: Iterable[str]) -> None:
    """Hold that there is nothing wrong, or say all that is."""
    found = sorted(set(wrong))
    assert not found, "\n".join(["", *found])


def wrong_directions() -> Iterator[str]:
    """Every import between groups of the engine that its rule does not allow."""
    for path in SOURCES:
        own = name_of(path)
        if not own.startswith("research"):
            continue
        allowed = MAY_IMPORT.get(group_of(own), "")
        for line, module in imports_of(path):
            if module.split(".")[0] != "research" or allowed == "*":
                continue
            theirs = group_of(module)
            if theirs != group_of(own) and theirs not in allowed.split() and module != "research":
                yield f"{place(path, line)} imports {module}"


def test_imports_in_the_engine_point_one_way() -> None:
    nothing(wrong_directions())


def test_every_group_of_the_engine_has_its_rule() -> None:
    groups = {group_of(name) for name in MODULES if name.split(".")[0] == "research"}

    nothing(groups - set(MAY_IMPORT))


def test_the_engine_never_imports_the_web() -> None:
    wrong = [
        f"{place(path, line)} imports {module}"
        for path in SOURCES
        if path.is_relative_to(ROOT / "research")
        for line, module in imports_of(path)
        if module.split(".")[0] == "api"
    ]

    nothing(wrong)


def test_the_store_knows_nothing_of_reading_and_interpreting() -> None:
    forbidden = {"pipeline", "readers", "steps", "encoders", "exporters", "studies"}

    assert forbidden & set(MAY_IMPORT["store"].split()) == set()


def test_readers_steps_encoders_and_exporters_are_strangers() -> None:
    siblings = {"readers", "steps", "encoders", "exporters"}

    assert all(not siblings & set(MAY_IMPORT[name].split()) for name in siblings)


@pytest.mark.parametrize("package", ONLY)
def test_only_some_files_know(package: str) -> None:
    wrong = [
        f"{place(path, line)} imports {module}"
        for path in SOURCES
        if not path.relative_to(ROOT).as_posix().startswith(ONLY[package])
        for line, module in imports_of(path)
        if module.split(".")[0] == package
    ]

    nothing(wrong)


def test_no_import_is_relative() -> None:
    wrong = [
        place(path, line)
        for path in SOURCES
        for line, module in imports_of(path)
        if module.startswith(".")
    ]

    nothing(wrong)


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        name: {module for _, module in imports_of(path) if module in MODULES and module != name}
        for name, path in MODULES.items()
    }
    graph["research"] = set()  # `analyse` is loaded when first asked for
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_every_imported_package_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        normal(re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0])
        for line in project["project"]["dependencies"]
    }
    # Parts of what is declared: FastAPI is made of Starlette, Alembic brings Mako along.
    declared |= {"starlette", "pydantic"}
    providers = packages_distributions()
    wrong = [
        f"{place(path, line)} imports {module}"
        for path in SOURCES
        if "training" not in path.parts
        for line, module in imports_of(path)
        if (top := module.split(".")[0]) not in {"research", "api", *sys.stdlib_module_names}
        and not declared & {normal(name) for name in providers.get(top, [top])}
    ]

    nothing(wrong)


def normal(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_file_is_long() -> None:
    nothing(
        f"{path.relative_to(ROOT)} has {lines} lines"
        for path in SOURCES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    )


def test_no_function_is_long() -> None:
    long = [
        f"{place(path, node.lineno)} {node.name}"
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    nothing(long)


def without_docstring(path: Path) -> Iterator[str]:
    """The module itself and its public functions and classes that do not say what they are."""
    tree = tree_of(path)
    if not ast.get_docstring(tree):
        yield place(path, 1)
    for node in tree.body:
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ):
            yield f"{place(path, node.lineno)} {node.name}"


def test_every_module_and_public_name_says_what_it_is() -> None:
    nothing(line for path in SOURCES for line in without_docstring(path))


def test_no_file_of_ours_names_a_folder_of_someones_machine() -> None:
    texts = [ROOT / "Makefile", ROOT / "pyproject.toml", *ROOT.glob("*.md")]
    for folder in OURS:
        texts += [p for p in (ROOT / folder).rglob("*") if p.suffix in TEXT_SUFFIXES]
    wrong = [
        place(path, number)
        for path in texts
        if not {"vendor", "fixtures", "node_modules", "weights"} & set(path.parts)
        and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]

    nothing(wrong)


def loaded_by(code: str) -> set[str]:
    """The heavy packages that a fresh Python has loaded after some code."""
    code += f"\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_engine_loads_nothing_heavy() -> None:
    assert loaded_by("import research, research.model, research.contracts") == set()


def test_the_command_lines_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from api.cli import app\n"
        "sys.argv = ['klantbeeld', '--help']\n"
        "try:\n    app()\nexcept SystemExit as done:\n    assert not done.code\n"
    )

    assert loaded_by(code) == set()


def test_a_test_of_what_is_loaded_would_notice() -> None:
    assert loaded_by("import sqlalchemy") == {"sqlalchemy"}


def test_the_pages_and_the_data_lie_where_the_engine_looks() -> None:
    assert (TEMPLATES / "base.html").is_file()
    assert (CORPORA / "README.md").is_file()


def test_every_folder_of_data_is_described() -> None:
    described = re.findall(r"^\| `([\w/]+)/`", (CORPORA / "README.md").read_text("utf-8"), re.M)
    there = {folder.name for folder in CORPORA.iterdir() if folder.is_dir()}
    studies = [s.name for s in (CORPORA / "studies").iterdir() if not (s / "README.md").is_file()]

    assert {name.partition("/")[0] for name in described} == there
    nothing(name for name in described if not (CORPORA / name).is_dir())
    nothing(studies)


def test_a_test_cannot_reach_another_computer() -> None:
    with socket.socket() as outward, pytest.raises(AssertionError, match="network"):
        outward.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="network"):
        socket.getaddrinfo("example.org", 443)


def test_a_test_has_a_data_folder_of_its_own(tmp_path: Path) -> None:
    assert from_environment().home.is_relative_to(tmp_path)
