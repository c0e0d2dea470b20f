"""Files that cannot be used: each is refused by name, with the way out."""

import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from research.errors import BadUpload, BrokenFile, EmptyFile, NotFound, TooLarge, UnknownFormat
from research.model import Upload
from research.readers import files as limits
from research.readers import open_paths, read_upload

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def word() -> bytes:
    """A good Word transcript."""
    document = Document()
    document.add_paragraph("Interviewer: Hoe?")
    document.add_paragraph("Deelnemer 7: Traag.")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def excel() -> bytes:
    """A good Excel survey."""
    book = Workbook()
    book.active.append(["Wat kan beter?"])
    book.active.append(["De levering duurde drie weken"])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, part: str, text: bytes) -> bytes:
    """A zip with one part replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, text if entry.filename == part else old.read(entry))
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.vtt", "a.docx", "a.csv", "a.xlsx", "a.txt", "a.json", "a"])
@pytest.mark.parametrize("content", [b"", b"\n \n", b"\x00\x00"])
def test_an_empty_file_is_refused_as_empty(name: str, content: bytes) -> None:
    with pytest.raises(EmptyFile, match=f"{name}: the file is empty"):
        read_upload(Upload(name, content))


@pytest.mark.parametrize("name", ["foto.docx", "foto.xlsx"])
def test_an_image_with_an_office_name_is_broken_and_called_an_image(name: str) -> None:
    with pytest.raises(BrokenFile, match=f"{name}: .*PNG image"):
        read_upload(Upload(name, PNG))


@pytest.mark.parametrize(
    "name", ["foto.png", "foto", "foto.txt", "foto.csv", "foto.json", "foto.md"]
)
def test_an_image_with_another_name_is_of_no_known_format(name: str) -> None:
    with pytest.raises(UnknownFormat, match="PNG image"):
        read_upload(Upload(name, PNG))


@pytest.mark.parametrize(("make", "name"), [(word, "a.docx"), (excel, "a.xlsx")])
def test_an_office_file_cut_anywhere_is_broken(make: Callable[[], bytes], name: str) -> None:
    content = make()
    for part in range(1, 20):
        with pytest.raises(BadUpload) as refused:
            read_upload(Upload(name, content[: len(content) * part // 20]))
        assert refused.value.name == name


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_office_file_with_flipped_bytes_is_read_or_refused(name: str) -> None:
    content = word() if name == "a.docx" else excel()
    for at in range(0, len(content), max(1, len(content) // 150)):
        damaged = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        try:
            read_upload(Upload(name, damaged))
        except BadUpload as refused:
            assert refused.reason


@pytest.mark.parametrize(
    ("content", "part", "name"),
    [(word(), "word/document.xml", "a.docx"), (excel(), "xl/worksheets/sheet1.xml", "a.xlsx")],
)
@pytest.mark.parametrize("xml", [b"", b"<x>", b"geen xml", b"<?xml version='1.0'?><a/>"])
def test_an_office_file_with_broken_xml_is_refused(
    content: bytes, part: str, name: str, xml: bytes
) -> None:
    with pytest.raises(BadUpload, match=name):
        read_upload(Upload(name, repacked(content, part, xml)))


@pytest.mark.parametrize(
    ("content", "part", "name"),
    [(word(), "word/document.xml", "a.docx"), (excel(), "xl/worksheets/sheet1.xml", "a.xlsx")],
)
def test_xml_entities_are_refused_before_they_can_grow(
    content: bytes, part: str, name: str
) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
    with pytest.raises(BrokenFile, match="entities"):
        read_upload(Upload(name, repacked(content, part, bomb)))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_zip_that_would_grow_too_large_is_refused_unopened(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1000)
    content = word() if name == "a.docx" else excel()
    with pytest.raises(TooLarge, match=f"{name}: unpacked"):
        read_upload(Upload(name, content))


def test_a_file_over_the_limit_names_the_limit_and_the_way_out() -> None:
    with pytest.raises(TooLarge, match=r"opname\.vtt: .*100 MB; split it"):
        read_upload(Upload("opname.vtt", b"x" * (limits.MAX_BYTES + 1)))


def test_the_limit_can_be_set() -> None:
    with pytest.raises(TooLarge, match="limit of 1 MB"):
        read_upload(Upload("a.txt", b"A: ja\n" * 300_000), max_bytes=limits.MEGABYTE)


@pytest.mark.parametrize(
    ("name", "content", "way_out"),
    [
        ("oud.doc", b"\xd0\xcf\x11\xe0" + b"\x00\x01" * 300, "save it as .docx"),
        ("oud.xls", b"\xd0\xcf\x11\xe0" + b"\x00\x01" * 300, "save it as .xlsx or CSV"),
        ("setup.exe", b"MZ\x90\x00" + b"\x00\x01" * 300, "these are read: WebVTT"),
        ("geluid.mp3", b"ID3\x04" + b"\x00\x01" * 300, "these are read: WebVTT"),
    ],
)
def test_other_formats_are_refused_with_what_is_read_instead(
    name: str, content: bytes, way_out: str
) -> None:
    with pytest.raises(UnknownFormat, match=name) as refused:
        read_upload(Upload(name, content))
    assert way_out in refused.value.reason


def test_folders_are_walked_in_order_and_hidden_files_skipped(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "~$a.docx", "sub/c.txt", ".git/d.txt", "Thumbs.db"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    found = open_paths([tmp_path, tmp_path / "a.txt"]).uploads
    assert [upload.name for upload in found] == ["a.txt", "b.txt", "c.txt"]
    assert found[0].content == b"a.txt"


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file or folder"):
        open_paths([tmp_path / "weg"])


def test_a_file_that_cannot_be_opened_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "weg.txt")
    (tmp_path / "b.txt").write_text("P1: hallo")
    opened = open_paths([tmp_path, tmp_path / "a.txt"])
    assert [upload.name for upload in opened.uploads] == ["b.txt"]
    ((name, reason),) = opened.refused
    assert name == "a.txt"
    assert "No such file" in reason


@pytest.mark.skipif(sys.platform == "win32", reason="files with holes cost disk space there")
def test_a_file_beyond_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "groot.txt").open("wb") as file:
        file.truncate(2 * limits.MAX_BYTES)
    tracemalloc.start()
    opened = open_paths([tmp_path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [name for name, _ in opened.refused] == ["groot.txt"]
    assert "larger than the limit of 100 MB" in opened.refused[0][1]
    assert most < limits.MEGABYTE
