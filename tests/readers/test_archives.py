"""Zip archives: each file inside accepted or refused by its own name."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from research import analyse
from research.errors import BadUpload
from research.model import Upload
from research.readers import archive, open_paths, read_upload
from research.readers.archive import unpacked

TALK = b"Interviewer: Hoe ging het?\nDeelnemer 7: De bezorgdatum veranderde drie keer.\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def zipped(files: Mapping[str, bytes], name: str = "onderzoek.zip") -> Upload:
    """A zip of files."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for file, held in files.items():
            made.writestr(file, held)
    return Upload(name, content.getvalue())


def word() -> bytes:
    """A Word transcript."""
    document = Document()
    document.add_paragraph("Interviewer: Hoe ging het?")
    document.add_paragraph("Deelnemer 8: Traag.")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def excel() -> bytes:
    """An Excel survey."""
    book = Workbook()
    book.active.append(["Wat kan beter?"])
    book.active.append(["De levering duurde drie weken"])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def names(*uploads: Upload, max_bytes: int = archive.MAX_BYTES) -> list[str]:
    """The names of what can be read."""
    parts = unpacked(uploads, max_bytes=max_bytes)
    return [part.name for part in parts if isinstance(part, Upload)]


def refused(*uploads: Upload, max_bytes: int = archive.MAX_BYTES) -> list[tuple[str, str]]:
    """The names and reasons of what is refused."""
    parts = unpacked(uploads, max_bytes=max_bytes)
    return [(part.name, part.reason) for part in parts if isinstance(part, BadUpload)]


def test_the_files_in_a_zip_are_called_after_it_and_their_folders() -> None:
    given = zipped({"week 1/anna.docx": word(), "a.txt": TALK, "week 1/enquête.xlsx": excel()})
    parts = [part for part in unpacked([given]) if isinstance(part, Upload)]
    assert [part.name for part in parts] == [
        "onderzoek.zip/a.txt",
        "onderzoek.zip/week 1/anna.docx",
        "onderzoek.zip/week 1/enquête.xlsx",
    ]
    readings = [read_upload(part) for part in parts]
    assert [(r.name, r.reader) for r in readings] == [
        ("onderzoek.zip/a.txt", "transcript-text"),
        ("onderzoek.zip/week 1/anna.docx", "docx"),
        ("onderzoek.zip/week 1/enquête.xlsx", "survey"),
    ]
    assert [p.text for r in readings for p in r.passages] == [
        "Hoe ging het?",
        "De bezorgdatum veranderde drie keer.",
        "Hoe ging het?",
        "Traag.",
        "De levering duurde drie weken",
    ]


def test_documents_that_are_zips_inside_stay_whole() -> None:
    given = [Upload("a.docx", word()), Upload("b.xlsx", excel()), Upload("c", word())]
    renamed = Upload("d.zip", word())
    assert names(*given, renamed) == ["a.docx", "b.xlsx", "c", "d.zip"]
    assert read_upload(renamed).reader == "docx"


def test_hidden_files_and_what_systems_leave_behind_are_passed_over() -> None:
    given = zipped(
        {
            "__MACOSX/._a.txt": b"x",
            ".DS_Store": b"x",
            "map/.verborgen/b.txt": TALK,
            "~$a.docx": b"x",
            "Thumbs.db": b"x",
            "map/": b"",
            "map/a.txt": TALK,
        }
    )
    assert names(given) == ["onderzoek.zip/map/a.txt"]
    assert refused(given) == []


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("../../etc/passwd.txt", "onderzoek.zip/etc/passwd.txt"),
        ("/abs/a.txt", "onderzoek.zip/abs/a.txt"),
        ("C:\\Users\\ans\\a.txt", "onderzoek.zip/Users/ans/a.txt"),
        ("map\\..\\a.txt", "onderzoek.zip/map/a.txt"),
        ("a\n\u202eb.txt", "onderzoek.zip/a\ufffd\ufffdb.txt"),
        ("map/ a.txt ", "onderzoek.zip/map/a.txt"),
    ],
)
def test_a_name_never_leads_out_of_the_zip(inside: str, shown: str) -> None:
    assert names(zipped({inside: TALK})) == [shown]


def test_a_long_name_keeps_its_zip_and_its_ending() -> None:
    (name,) = names(zipped({f"{'m' * 150}/{'n' * 150}.txt": TALK}))
    assert len(name) == 200
    assert name.startswith("onderzoek.zip/mmm") and name.endswith("nnn.txt")


def test_names_of_macos_come_out_with_their_accents() -> None:
    given = zipped({"enqueXte.txt": TALK})
    raw = given.content.replace(b"enqueXte", "enqu\u00eate".encode())
    assert names(Upload(given.name, raw)) == ["onderzoek.zip/enquête.txt"]


def test_each_file_that_cannot_be_used_is_refused_by_name() -> None:
    inner = zipped({"a.txt": TALK}).content
    given = zipped({"a.txt": TALK, "dieper/nog.zip": inner, "groot.txt": b"x" * 3000})
    assert names(given, max_bytes=2000) == ["onderzoek.zip/a.txt"]
    assert refused(given, max_bytes=2000) == [
        (
            "onderzoek.zip/dieper/nog.zip",
            "it is a zip inside a zip; unpack it and add the files inside",
        ),
        (
            "onderzoek.zip/groot.txt",
            "the file is larger than the limit of 0 MB; split it, or leave out what is not text "
            "(sound, images)",
        ),
    ]


def test_a_file_that_unpacks_to_far_more_than_its_size_is_refused_unopened() -> None:
    given = zipped({"bom.txt": bytes(20_000_000), "a.txt": TALK})
    assert names(given) == ["onderzoek.zip/a.txt"]
    assert refused(given) == [
        (
            "onderzoek.zip/bom.txt",
            "it is packed more than 200 times smaller than it is; "
            "unpack it and add the files inside",
        )
    ]


def test_a_zip_that_is_too_much_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    given = zipped({f"{n}.txt": TALK for n in range(4)})
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    assert refused(given) == [
        ("onderzoek.zip", "the zip holds more than 3 files; split it over several")
    ]
    monkeypatch.setattr(archive, "MAX_FILES", 4)
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100)
    ((name, reason),) = refused(given)
    assert name == "onderzoek.zip" and reason.startswith("unpacked, the zip is larger than")
    assert refused(given, max_bytes=10)[0][1].startswith("the file is larger than the limit")


def test_a_locked_zip_is_refused_with_the_way_out() -> None:
    content = bytearray(zipped({"a.txt": TALK}).content)
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refused(Upload("geheim.zip", bytes(content))) == [
        (
            "geheim.zip/a.txt",
            "the zip is locked with a password; unpack it and add the files inside",
        )
    ]


def test_a_link_in_a_zip_is_not_followed() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert refused(Upload("onderzoek.zip", content.getvalue())) == [
        ("onderzoek.zip/link.txt", "it is a link to another file; add that file itself")
    ]


@pytest.mark.parametrize("content", [b"geen zip", b"PK\x03\x04 kapot", PNG, b"PK\x05\x06"])
def test_what_only_seems_a_zip_is_refused(content: bytes) -> None:
    ((name, reason),) = refused(Upload("a.zip", content))
    assert name == "a.zip"
    assert reason == "a zip file that is damaged or cut off; pack the files again and retry"


@pytest.mark.parametrize("files", [{}, {".DS_Store": b"x"}])
def test_an_empty_zip_is_refused(files: dict[str, bytes]) -> None:
    assert refused(zipped(files)) == [("onderzoek.zip", "the zip holds no files; pack them again")]


def test_a_zip_with_flipped_bytes_is_unpacked_or_refused() -> None:
    content = zipped({"a.txt": TALK, "map/b.docx": word()}).content
    for at in range(0, len(content), max(1, len(content) // 200)):
        damaged = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        for part in unpacked([Upload("a.zip", damaged)]):
            assert part.name.startswith("a.zip")


def test_the_command_line_and_notebooks_read_what_is_in_a_zip(tmp_path: Path) -> None:
    given = zipped({"map/a.txt": TALK, "foto.png": PNG, "deelnemers.csv": (
        b"deelnemer,bestand,regio\nDeelnemer 7,a.txt,Noord\nDeelnemer 9,c.txt,Zuid\n"
    )})  # fmt: skip
    (tmp_path / given.name).write_bytes(given.content)
    assert len(open_paths([tmp_path]).uploads) == 1
    analysis = analyse(tmp_path, encoder="hashing", language="nl")
    assert [s.name for s in analysis.sources if s.passages] == ["onderzoek.zip/map/a.txt"]
    assert [name for name, _ in analysis.refused] == ["onderzoek.zip/foto.png"]
    assert any(("regio", "Noord") in p.attributes for p in analysis.participants)
