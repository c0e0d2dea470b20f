"""REFI-QDA projects: each source inside is a file of its own, and nothing else gets in."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from research.errors import BadUpload, BrokenFile, EmptyFile, TooLarge, UnknownFormat
from research.model import Upload
from research.readers import READERS, read_upload
from research.readers import refi as limits
from research.readers.archive import unpacked
from research.readers.refi import open_project
from tests.projects import project, text_source

FIXTURES = Path(__file__).parents[1] / "fixtures"
TALK = "Interviewer: Hoe ging het?\nDeelnemer {}: De bezorgdatum veranderde {} keer.\n"
TWO = text_source("Anna", "internal://A.txt") + text_source("Bo", "internal://B.txt")
TEXTS: dict[str, str | bytes] = {
    "sources/A.txt": TALK.format(1, "drie"),
    "sources/B.txt": TALK.format(2, "vier"),
}


def files(*uploads: Upload) -> list[Upload]:
    """The files in projects; a refusal is raised."""
    found = []
    for part in unpacked(uploads):
        if isinstance(part, BadUpload):
            raise part
        found.append(part)
    return found


def refusals(upload: Upload) -> list[tuple[str, str]]:
    """What in a project was refused, with the reason."""
    return [(p.name, p.reason) for p in unpacked([upload]) if isinstance(p, BadUpload)]


def test_the_minimal_project_gives_its_interview_with_both_voices() -> None:
    upload = Upload("minimal.qdpx", (FIXTURES / "minimal.qdpx").read_bytes())
    (file,) = files(upload)
    assert file.name == "minimal.qdpx/P1 interview.txt"
    assert [(p.voice, p.place, p.text) for p in read_upload(file).passages] == [
        ("Interviewer", "line 1", "How did it go?"),
        ("P1", "line 2", "The set-up took a week 😬 and nobody told me why."),
    ]


def test_each_source_is_a_file_with_its_own_voices() -> None:
    readings = [read_upload(file) for file in files(project(TWO, TEXTS))]
    assert [(r.name, r.passages[1].voice, r.passages[1].text) for r in readings] == [
        ("studie.qdpx/Anna.txt", "Deelnemer 1", "De bezorgdatum veranderde drie keer."),
        ("studie.qdpx/Bo.txt", "Deelnemer 2", "De bezorgdatum veranderde vier keer."),
    ]
    assert readings[0].source != readings[1].source


@pytest.mark.parametrize(
    ("qde", "folder", "path"),
    [
        ("project.qde", "sources/", "internal://A.txt"),
        ("Mijn studie.qde", "Sources/", "internal://a.TXT"),
        ("project.qde", "sources/", "A.txt"),
        ("project.qde", "sources/", "sources/A.txt"),
        ("project.qde", "sources/", "internal:\\\\A.txt"),
        ("project.qde", "", "internal://A.txt"),
    ],
)
def test_the_habits_of_other_programs_are_read(qde: str, folder: str, path: str) -> None:
    upload = project(text_source("Anna", path), {f"{folder}A.txt": TALK}, qde=qde)
    assert files(upload)[0].content == TALK.encode()


def test_a_project_called_zip_or_in_a_zip_is_a_project_too() -> None:
    inner = project(TWO, TEXTS)
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("map/studie.qdpx", inner.content)
    named = [f.name for f in files(Upload("alles.zip", content.getvalue()))]
    assert named == ["alles.zip/map/studie.qdpx/Anna.txt", "alles.zip/map/studie.qdpx/Bo.txt"]
    assert len(files(Upload("studie.zip", inner.content))) == 2


def test_text_in_the_xml_itself_is_read() -> None:
    source = (
        '<TextSource guid="3" name="Anna"><PlainTextContent>'
        "Interviewer: Hoe?\nP1: Traag &amp; duur.</PlainTextContent></TextSource>"
    )
    assert files(project(source, {}))[0].content == b"Interviewer: Hoe?\nP1: Traag & duur."


def test_without_plain_text_the_word_document_is_read() -> None:
    document, content = Document(), BytesIO()
    document.add_paragraph("Interviewer: Hoe?")
    document.add_paragraph("Deelnemer 7: Traag.")
    document.save(content)
    source = '<TextSource guid="3" name="Anna.docx" plainTextPath="internal://A.txt" {}/>'.format(
        'richTextPath="internal://A.docx"'
    )
    upload = project(source, {"sources/A.txt": "\n", "sources/A.docx": content.getvalue()})
    (file,) = files(upload)
    assert file.name == "studie.qdpx/Anna.docx"
    assert [p.voice for p in read_upload(file).passages] == ["Interviewer", "Deelnemer 7"]


def test_transcripts_of_sound_and_texts_of_pdf_are_read() -> None:
    sources = (
        '<AudioSource guid="1" name="Anna" path="internal://a.mp3">'
        '<Transcript guid="2" plainTextPath="internal://A.txt"/></AudioSource>'
        '<PDFSource guid="3" name="Bo" path="internal://b.pdf">'
        '<Representation guid="4" plainTextPath="internal://B.txt"/></PDFSource>'
    )
    named = [(f.name, f.content) for f in files(project(sources, TEXTS))]
    assert named == [
        ("studie.qdpx/Anna.txt", str(TEXTS["sources/A.txt"]).encode()),
        ("studie.qdpx/Bo.txt", str(TEXTS["sources/B.txt"]).encode()),
    ]


def test_sources_of_one_name_and_names_with_a_path_are_told_apart() -> None:
    sources = "".join(
        text_source(name, "internal://A.txt") for name in ("a", "A", "../../etc/passwd", "")
    )
    assert [f.name for f in files(project(sources, TEXTS))] == [
        "studie.qdpx/a.txt",
        "studie.qdpx/A (2).txt",
        "studie.qdpx/etc passwd.txt",
        "studie.qdpx/A (3).txt",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "internal://../../../etc/passwd",
        "internal:///etc/passwd",
        "internal://project.qde",
        "internal://",
        "sources/",
    ],
)
def test_a_path_that_leads_out_of_the_sources_finds_nothing(path: str) -> None:
    (refused,) = refusals(project(text_source("Anna", path), TEXTS))
    assert refused == (
        "studie.qdpx/Anna",
        "its text is not in the project; export it again with the sources inside",
    )


@pytest.mark.parametrize(
    "path", ["absolute:///etc/passwd", "relative:///a.txt", "file:///etc/passwd", "C:\\a.txt"]
)
def test_a_file_outside_the_project_is_never_opened(path: str) -> None:
    (refused,) = refusals(project(text_source("Anna", path), TEXTS))
    assert refused[1].startswith("its text lies outside the project")


def test_pictures_and_sound_without_a_transcript_are_refused_and_stop_no_other() -> None:
    other = '<PictureSource guid="8" name="foto"/><VideoSource guid="9" name="film" path="x.mp4"/>'
    upload = project(TWO + other, TEXTS)
    assert refusals(upload) == [
        ("studie.qdpx/foto", "a picture in a project; only text is read"),
        (
            "studie.qdpx/film",
            "a sound or video source without a transcript; export it again with its transcript",
        ),
    ]
    assert sum(isinstance(part, Upload) for part in unpacked([upload])) == 2


def test_a_project_without_sources_is_empty() -> None:
    with pytest.raises(EmptyFile, match=r"studie\.qdpx: the project holds no sources"):
        files(project("", {}))


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE Project [<!ENTITY a "b">]><Project>&a;</Project>',
        '<!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>',
        '<!DOCTYPE P [<!ENTITY % x SYSTEM "http://192.0.2.1/"> %x;]><Project/>',
    ],
)
def test_entities_are_refused(xml: str) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("project.qde", xml)
    with pytest.raises(BrokenFile, match="XML entities"):
        files(Upload("studie.qdpx", content.getvalue()))


@pytest.mark.parametrize("xml", ["", "<Project>", "<Other/>", "\x00", "<Project/>" * 2])
def test_broken_xml_is_refused(xml: str) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("project.qde", xml)
    with pytest.raises(BadUpload) as refused:
        files(Upload("studie.qdpx", content.getvalue()))
    assert refused.value.name == "studie.qdpx"


def test_a_zip_without_a_project_and_what_is_no_zip_are_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("sources/project.qde", "<Project/>")
    with pytest.raises(BrokenFile, match=r"no project\.qde in it"):
        files(Upload("studie.qdpx", content.getvalue()))
    with pytest.raises(BrokenFile, match="PNG image"):
        files(Upload("studie.qdpx", b"\x89PNG\r\n\x1a\n1234"))
    with pytest.raises(EmptyFile):
        files(Upload("studie.qdpx", b""))


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    bomb = b"a" * (8 * 1024 * 1024)
    (refused,) = refusals(project(text_source("Anna", "internal://A.txt"), {"sources/A.txt": bomb}))
    assert "200 times" in refused[1]
    xml = project("x" * len(bomb), {})
    with pytest.raises(TooLarge):
        files(xml)


def test_a_source_beyond_the_limit_is_refused_by_its_name() -> None:
    upload = project(TWO, TEXTS | {"sources/A.txt": "Anna: " + "abcdefg" * 100})
    parts = list(unpacked([upload], max_bytes=2_000_000))
    assert all(isinstance(part, Upload) for part in parts)
    text = bytes(range(256)) * 8_000
    upload = project(TWO, TEXTS | {"sources/A.txt": text})
    first, _ = unpacked([upload], max_bytes=1_000_000)
    assert isinstance(first, TooLarge)
    assert first.name == "studie.qdpx/Anna"


@pytest.mark.parametrize("part", range(1, 20))
def test_a_project_cut_anywhere_is_refused_by_its_name(part: int) -> None:
    content = project(TWO, TEXTS).content
    (refused,) = refusals(Upload("studie.qdpx", content[: len(content) * part // 20]))
    assert refused[0] == "studie.qdpx"


def test_flipped_bytes_never_crash() -> None:
    content = project(TWO, TEXTS).content
    for at in range(0, len(content), 7):
        damaged = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        for name in ("studie.qdpx", "studie.zip"):
            list(unpacked([Upload(name, damaged)]))


def test_no_single_reader_takes_a_whole_project_for_something_else() -> None:
    upload = project(TWO, TEXTS)
    assert not [reader.name for reader in READERS if reader.recognises(upload)]
    with pytest.raises(UnknownFormat):
        read_upload(upload)


def test_selections_are_kept_with_their_codes_as_written() -> None:
    upload = Upload("minimal.qdpx", (FIXTURES / "minimal.qdpx").read_bytes())
    (source,) = open_project(upload).sources
    assert source.selections == (
        limits.Selection(
            32, 56, ("40dd593f-f512-5150-951c-1d43e106d9bf",), "The set-up took a week 😬"
        ),
    )
