"""Tables read part by part: the same as read at once, and no part too large."""

from pathlib import Path

import pytest

from research.errors import BadUpload, BrokenFile, EmptyFile
from research.model import Upload
from research.readers import in_parts, read_upload
from research.readers.in_parts import parts_of, read_in_parts

HEADER = "Review Id;Rating;Title;Review;Author\r\n"
ROW = (
    '{};{};"Titel; {}";"De bezorging van pakket {}\r\n'
    'duurde ""drie"" weken, voor mij te lang.";P{}\r\n'
)


def written(path: Path, encoding: str, rows: int = 60) -> Path:
    """A table of reviews, each over two lines."""
    text = HEADER + "".join(ROW.format(n, n % 5 + 1, n, n, n) for n in range(rows))
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_parts_hold_what_the_whole_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    path = written(tmp_path / "reviews.csv", encoding)
    monkeypatch.setattr(in_parts, "PART", 1000)
    monkeypatch.setattr(in_parts, "_HEAD", 500)
    whole = read_upload(Upload(path.name, path.read_bytes()))
    parts = list(read_in_parts(path))
    assert len(parts) > 4
    assert [(p.text, p.rating) for r in parts for p in r.passages] == [
        (p.text, p.rating) for p in whole.passages
    ]
    assert parts[2].name == "reviews.csv (part 3)"
    assert len({part.source for part in parts}) == len(parts)


def test_old_encodings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("review,rating\nTe laat geleverd, één week té laat,1\n".encode("cp1252"))
    assert "één" in "".join(upload.content.decode() for upload in parts_of(path))


def test_a_header_of_three_rows_stands_above_every_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fixture = (Path(__file__).parents[1] / "fixtures" / "in" / "qualtrics.csv").read_text()
    *head, last = fixture.rstrip("\n").split("\n")
    path = tmp_path / "qualtrics.csv"
    rows = [last.replace("Set-up was slow", f"Set-up took {n} long days") for n in range(30)]
    path.write_text("\n".join([*head, *rows]) + "\n")
    monkeypatch.setattr(in_parts, "PART", 600)
    monkeypatch.setattr(in_parts, "_HEAD", 1500)
    first, *others = (read_upload(upload) for upload in parts_of(path))
    assert len(others) > 2
    assert {p.question for r in others for p in r.passages} == {p.question for p in first.passages}


def test_a_quotation_mark_that_never_closes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_parts, "LONGEST_RECORD", 1000)
    path = tmp_path / "a.csv"
    path.write_text('review,rating\n"te laat,1\n' + "goed,5\n" * 500)
    with pytest.raises(BrokenFile, match="quotation marks"):
        list(read_in_parts(path))


@pytest.mark.parametrize("text", ["", "\n\n", "review,rating\n"])
def test_a_table_without_words_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(EmptyFile, match=r"a\.csv"):
        list(read_in_parts(path))


def test_figures_are_no_reviews_in_parts_either(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sessions,rate\n" + "12,0.4\n" * 50)
    with pytest.raises(BadUpload, match=r"a\.csv"):
        list(read_in_parts(path))
