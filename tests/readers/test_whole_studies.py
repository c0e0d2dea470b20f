"""Whole folders: the bundled studies, and other people's files where they are at hand.

`KLANTBEELD_TEST_FILES` may name a folder with real exports; nothing in it is kept.
"""

import os
from pathlib import Path

import pytest

from research.errors import BadUpload
from research.readers import open_paths, read_upload
from research.resources import CORPORA
from research.steps.roles import guess_roles

STUDIES = sorted((CORPORA / "studies").glob("*/files"))
OTHERS = os.environ.get("KLANTBEELD_TEST_FILES", "")
FORMATS = (".vtt", ".srt", ".txt", ".md", ".docx", ".csv", ".tsv", ".xlsx", ".json", ".jsonl")


@pytest.mark.parametrize("folder", STUDIES, ids=lambda folder: folder.parent.name)
def test_every_file_of_a_bundled_study_is_read(folder: Path) -> None:
    readings = [read_upload(upload) for upload in open_paths([folder]).uploads]
    assert len({reading.reader for reading in readings}) >= 5
    assert sum(len(reading.participants) for reading in readings) >= 8


@pytest.mark.parametrize("folder", STUDIES, ids=lambda folder: folder.parent.name)
def test_every_interview_of_a_bundled_study_has_one_interviewer(folder: Path) -> None:
    readings = [read_upload(upload) for upload in open_paths([folder]).uploads]
    asking = [s.source for s in guess_roles(readings, {}) if s.role == "interviewer"]
    interviews = [r.source for r in readings if any(p.channel == "interview" for p in r.passages)]
    assert sorted(asking) == sorted(interviews)


@pytest.mark.skipif(not OTHERS, reason="KLANTBEELD_TEST_FILES names no folder of real exports")
def test_real_exports_are_read_or_refused_with_a_reason() -> None:
    paths = [p for p in sorted(Path(OTHERS).rglob("*")) if p.suffix in FORMATS]
    for upload in open_paths(paths).uploads:
        try:
            reading = read_upload(upload)
        except BadUpload as refused:
            assert refused.name == upload.name and refused.reason
        else:
            assert [p.index for p in reading.passages] == list(range(len(reading.passages)))


@pytest.mark.skipif(not OTHERS, reason="KLANTBEELD_TEST_FILES names no folder of real exports")
def test_one_interview_in_several_formats_gives_the_same_words() -> None:
    for subtitles in sorted(Path(OTHERS).rglob("*.vtt")):
        for twin in (subtitles.with_suffix(ending) for ending in (".srt", ".tsv", ".json")):
            if twin.exists():
                first, second = map(read_upload, open_paths([subtitles, twin]).uploads)
                assert [p.text for p in first.passages] == [p.text for p in second.passages]
