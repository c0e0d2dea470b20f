"""Spoiled, cut and hostile files: only a refusal that names the file, never anything else.

`KLANTBEELD_FUZZ` sets how many spoiled files are tried of each good one, and lets chance
choose them; without it they are few and the same each time.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from research.errors import BadUpload, EmptyFile
from research.model import Reading, Upload
from tests.projects import project, text_source
from tests.readers.hostile import ENDINGS, made_of, material, outcome, parts_of, spoiled_file

LONG = int(os.environ.get("KLANTBEELD_FUZZ", "0"))
FEW = settings(
    max_examples=LONG or 8,
    derandomize=not LONG,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MANY = settings(FEW, max_examples=20 * LONG or 120)
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
HUNG = 60  # seconds of CPU: far beyond what a file of some kilobytes may ever take


@pytest.fixture(autouse=True)
def watchdog() -> Iterator[None]:
    """Ends a test in which a reader hangs."""

    def stop(*_: object) -> None:
        raise AssertionError("a reader hangs")

    if LONG or not hasattr(signal, "SIGPROF"):
        yield
        return
    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, HUNG)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)


def check(upload: Upload) -> None:
    """What must hold of any file, however bad."""
    for result in outcome(upload):
        if isinstance(result, BadUpload):
            assert result.name.startswith(upload.name) and result.reason
            continue
        _check_reading(result)


def _check_reading(reading: Reading) -> None:
    assert [p.index for p in reading.passages] == list(range(len(reading.passages)))
    for passage in reading.passages:
        assert passage.text.strip() and passage.voice and "\x00" not in passage.text
        (passage.text + passage.voice + passage.place).encode()
        (passage.question + repr(passage.attributes)).encode()
    for aside in reading.set_aside:
        (aside.text + aside.reason).encode()


@pytest.mark.parametrize(
    "good", material(), ids=lambda upload: f"{upload.name}-{len(upload.content)}"
)
def test_a_spoiled_file_is_read_or_refused_by_name(good: Upload) -> None:
    @FEW
    @given(spoiled_file(good))
    def run(upload: Upload) -> None:
        check(upload)

    run()


@pytest.mark.parametrize(
    "good", material(), ids=lambda upload: f"{upload.name}-{len(upload.content)}"
)
def test_a_good_file_under_another_name_is_read_or_refused(good: Upload) -> None:
    for ending in ENDINGS:
        check(Upload(f"bestand{ending}", good.content))


@MANY
@given(st.binary(max_size=300), st.sampled_from(ENDINGS))
def test_any_bytes_are_read_or_refused(content: bytes, ending: str) -> None:
    check(Upload(f"bestand{ending}", content))


@MANY
@given(st.text(max_size=300), st.sampled_from(ENDINGS), st.sampled_from(["utf-8", "utf-16"]))
def test_any_text_is_read_or_refused(text: str, ending: str, encoding: str) -> None:
    check(Upload(f"bestand{ending}", text.encode(encoding, "replace")))


DEEP = 20_000
DEEP_FILES = {
    "a.json": b'{"a":' * DEEP,
    "b.json": b'{"data":[' + b'{"attributes":' * 400 + b'{"body":"x"}' + b"}" * 400 + b"]}",
    "c.jsonl": b"[" * DEEP + b"\n" + b'{"x":' * DEEP,
    "a.html": b"<div>" * DEEP + b"P1: ja",
    "a.eaf": b"<ANNOTATION_DOCUMENT>" + b"<TIER>" * DEEP,
    "a.rtf": b"{\\rtf1 " + b"{" * DEEP + b"P1: ja",
    "a.md": b"> " * DEEP + b"**P1:** ja\n" + b"* " * DEEP,
    "a.vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + b"<v A><i>" * DEEP,
    "a.otr": b'{"text":"' + b"<p>" * DEEP + b'","media":""}',
    "a.cha": b"@UTF8\n@Begin\n*P01:\t" + b"[<" * DEEP + b"\n@End\n",
    "a.pdf": b"%PDF-1.4\n1 0 obj\n" + b"<</A" * DEEP + b"\nendobj\ntrailer<</Root 1 0 R>>",
}


@pytest.mark.parametrize("name", DEEP_FILES)
def test_what_nests_without_end_is_read_or_refused(name: str) -> None:
    check(Upload(name, DEEP_FILES[name]))


MONOTONES = (
    *("-", "_", "a\n", "\n", "> a\n", "<!--", "<a", "</", "<![CDATA[", '<a b="', "&#", "<?", "<p>"),
    *("'", "From: x\n", "a ", "1:", "[0:00]", "(", "A: ", "A  0:00\n", "<v ", "**", "* ", "| a "),
    *("\t", "*P01:\t", "\x15", "[//] ", "<a> [/] ", "On aaaaaa wrote\n"),
)


@pytest.mark.parametrize("piece", MONOTONES)
def test_one_thing_over_and_over_is_read_or_refused_in_time(piece: str) -> None:
    text = (piece * 8_000)[:8_000]
    who = {"author": {"type": "user", "name": "A"}}
    talk = {"type": "conversation", "id": "1", "source": {"body": text, **who}}
    ticket = {"id": 1, "subject": "x", "description": text, "status": "open", "tags": []}
    for name, content in (
        ("gesprek.json", json.dumps({**talk, "conversation_parts": {}})),
        ("ticket.json", json.dumps(ticket)),
        ("a.otr", json.dumps({"text": text, "media": "a.mp3"})),
        ("a.txt", f"P1: ja\nP2: nee\n{text}"),
        ("a.md", f"P1: ja\nP2: nee\n{text}"),
        ("a.html", f"<p>P1: ja</p><p>P2: nee</p>{text}"),
        ("a.cha", f"@UTF8\n@Begin\n*P01:\t{text}\n@End\n"),
        ("a.vtt", f"WEBVTT\n\n00:00.000 --> 00:01.000\n{text}"),
    ):
        check(Upload(name, content.encode()))


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "hahaha">'
    + "".join(
        f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


def xml_files() -> Iterator[Upload]:
    """Every format with XML in it, with entities that grow or name a file."""
    for good in material():
        ending = Path(good.name).suffix
        if ending == ".eaf":
            yield Upload(good.name, _with_entities(good.content))
        elif ending in (".docx", ".xlsx", ".odt", ".ods", ".qdpx"):
            parts = parts_of(good.content)
            for name in parts:
                if name.endswith((".xml", ".rels", ".qde")) and not name.startswith("META-INF"):
                    spoiled = _with_entities(parts[name])
                    yield Upload(good.name, made_of({**parts, name: spoiled}))


def _with_entities(xml: bytes | str) -> bytes:
    text = xml if isinstance(xml, str) else xml.decode()
    body = text.partition("?>")[2] if text.lstrip("\ufeff").startswith("<?xml") else text
    return (ENTITIES + body.replace("</", "&i;&f;</", 3)).encode()


@pytest.mark.parametrize("upload", tuple(xml_files()), ids=lambda u: f"{u.name}-{len(u.content)}")
def test_xml_entities_never_grow_and_never_name_a_file(upload: Upload) -> None:
    for result in outcome(upload):
        assert isinstance(result, BadUpload), result
        assert "hahaha" not in repr(result) and "root:" not in repr(result)


ESCAPES = ("../geheim.txt", "/{}/geheim.txt", "..\\geheim.txt", "C:\\geheim.txt", "a/../../x.txt")


@pytest.mark.parametrize("path", ESCAPES)
def test_no_path_in_a_zip_leads_out_of_it(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "geheim.txt").write_text("P1: GEHEIM")
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    path = path.format(str(tmp_path).strip("/"))
    zipped = Upload("a.zip", made_of({path: "P1: in de zip"}))
    xml = [f"{scheme}{path}" for scheme in ("", "internal://", "relative:///", "absolute:///")]
    sources = "".join(text_source(f"P{n}", where) for n, where in enumerate(xml))
    found = [*outcome(zipped), *outcome(project(sources, {"sources/A.txt": "P1: ja"}))]
    assert len(found) == 1 + len(xml)
    assert "GEHEIM" not in repr(found)
    for result in found:
        assert ".." not in result.name.split("/")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["geheim.txt", "hier"]


BOMBS = """
import resource
from tests.readers.hostile import made_of, material, outcome, parts_of
from research.model import Upload
from research.errors import BadUpload

for upload in material():
    outcome(upload)  # loads the libraries, which are no part of the limit
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 600_000_000,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
zeros = b"0" * 60_000_000
docx = next(u for u in material() if u.name == "gesprek.docx")
sheet = (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData>' + b'<row><c r="ZZZ1"><v>1</v></c></row>' * 100_000 + b'</sheetData></worksheet>')
xlsx = next(u for u in material() if u.name == "enquete.xlsx")
qdpx = next(u for u in material() if u.name == "minimal.qdpx")
for upload in (
    Upload("a.csv", b"a" + b"," * 4_900 + b"b\\n" + b"ja\\n" * 200_000),
    Upload("b.csv", b"," * 40_000_000),
    Upload("a.zip", made_of({"a.txt": zeros, "b.txt": zeros})),
    Upload("a.docx", made_of({**parts_of(docx.content), "word/document.xml": zeros})),
    Upload("a.xlsx", made_of({**parts_of(xlsx.content), "xl/worksheets/sheet1.xml": sheet})),
    Upload("a.qdpx", made_of({**parts_of(qdpx.content), "project.qde": zeros})),
):
    (result,) = set(map(type, outcome(upload)))
    assert issubclass(result, BadUpload), (upload.name, result)
print("refused")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits on memory are those of Linux")
def test_what_would_fill_the_memory_is_refused_within_limits() -> None:
    run = [sys.executable, "-c", BOMBS]
    root = Path(__file__).parents[2]
    done = subprocess.run(run, capture_output=True, text=True, cwd=root, check=False)
    assert done.stdout.strip() == "refused", done.stderr[-2000:]


def test_nothing_at_all_is_refused_as_empty() -> None:
    for ending in ENDINGS:
        assert [type(r) for r in outcome(Upload(f"a{ending}", b""))] == [EmptyFile]
