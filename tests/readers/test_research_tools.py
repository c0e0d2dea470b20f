"""Transcripts of the tools of researchers: oTranscribe."""

import json
from pathlib import Path

import pytest

from research.errors import BadUpload, BrokenFile, EmptyFile, TooLarge
from research.model import Reading, Upload
from research.readers import otranscribe, read_upload

FIXTURES = Path(__file__).parent.parent / "fixtures" / "in"
Turn = tuple[str, str, str]


def turns(reading: Reading) -> list[Turn]:
    """Place, voice and text of every passage."""
    return [(p.place, p.voice, p.text) for p in reading.passages]


def otr(page: str, name: str = "gesprek.otr") -> Reading:
    """The reading of an oTranscribe file with a page."""
    held = {"text": page, "media": "call.mp3", "media-source": "", "media-time": 38.2}
    return read_upload(Upload(name, json.dumps(held).encode()))


def stamp(shown: str, held: str = "") -> str:
    """A time as oTranscribe puts it between the words."""
    return (
        f'<span class="timestamp" contenteditable="false" data-timestamp="{held or shown}">'
        f"{shown}</span>"
    )


@pytest.mark.parametrize("name", ["otranscribe.otr", "export.json", "export.txt", "export"])
def test_the_otranscribe_fixture_gives_exactly_what_was_said(name: str) -> None:
    reading = read_upload(Upload(name, (FIXTURES / "otranscribe.otr").read_bytes()))
    assert reading.reader == "otranscribe"
    assert turns(reading) == [("00:00:38", "P1", "The set-up took a week.")]


def test_times_of_otranscribe_are_seconds_or_minutes_and_may_stand_in_the_words() -> None:
    page = f"<p>{stamp('0:38')}&nbsp;Anna: Hoe?<br />{stamp('1:02:03', '3723.4')}&nbsp;Bo: Traag,"
    page += f" &amp; duur {stamp('1:02:09')} en nog <b>i</b>ets.</p>\n<p>Anna: O ja?</p>"
    assert turns(otr(page)) == [
        ("00:00:38", "Anna", "Hoe?"),
        ("01:02:03", "Bo", "Traag, & duur en nog iets."),
        ("01:02:09", "Anna", "O ja?"),
    ]


@pytest.mark.parametrize(
    "line", ["Anna {}: Hallo.", "Anna: {} Hallo.", "{} Anna: Hallo.", "Anna Wit {}</p><p>Hallo."]
)
def test_a_time_of_otranscribe_may_stand_beside_the_speaker(line: str) -> None:
    page = "".join(
        f"<p>{line.replace('Anna', name).format(stamp('1:02'))}</p>" for name in ("Anna", "Bo")
    )
    wit = " Wit" if "Wit" in line else ""
    assert turns(otr(page)) == [
        ("00:01:02", f"Anna{wit}", "Hallo."),
        ("00:01:02", f"Bo{wit}", "Hallo."),
    ]


def test_an_otranscribe_text_without_speakers_is_one_voice() -> None:
    reading = otr(f"<p>Het was traag {stamp('0:38')} en duur.</p>")
    assert [(p.voice, p.text) for p in reading.passages] == [("unnamed", "Het was traag en duur.")]
    assert reading.notes == ("no speakers are named; everything is read as one voice",)


def test_scripts_and_comments_in_an_otranscribe_page_are_no_words() -> None:
    page = "<p>Q: Hoe?<!-- x --><script>alert(1)</script></p><style>p{}</style><p>A: &lt;b&gt;.</p>"
    assert [text for _, _, text in turns(otr(page))] == ["Hoe?", "<b>."]


@pytest.mark.parametrize("content", [b"{}", b'{"text": 3}', b"geen JSON", b'{"text": "<p>Q: '])
def test_what_is_named_otr_and_is_not_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenFile, match=r"a\.otr: this is not a file of oTranscribe"):
        read_upload(Upload("a.otr", content))


@pytest.mark.parametrize("page", ["", " ", "<p></p>", "<!-- x", "<br>" * 50_000])
def test_an_otranscribe_file_without_words_is_refused(page: str) -> None:
    with pytest.raises(EmptyFile, match=r"gesprek\.otr: the transcript is empty"):
        otr(page)


def test_an_otranscribe_page_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(otranscribe, "MAX_HTML", 1000)
    with pytest.raises(TooLarge, match=r"gesprek\.otr: its text is larger"):
        otr("<p>Q: Hoe?</p>" * 100)


@pytest.mark.parametrize("page", ["<b>" * 100_000 + "Q: x", "<" * 200_000, "\x00\ud800 Q: hi"])
def test_a_hostile_otranscribe_page_is_read_or_refused(page: str) -> None:
    try:
        assert otr(page).passages
    except BadUpload as refused:
        assert refused.reason
