"""Transcripts of the tools of researchers: oTranscribe and ELAN."""

import json
from pathlib import Path

import pytest

from research.errors import BadUpload, BrokenFile, EmptyFile, TooLarge
from research.model import Reading, Upload
from research.readers import elan, otranscribe, read_upload

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


def eaf(slots: dict[str, str], *tiers: str, name: str = "gesprek.eaf", head: str = "") -> Reading:
    """The reading of an ELAN document with some time slots and tiers."""
    order = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{slot}" TIME_VALUE="{time}"/>'
        if time
        else f'<TIME_SLOT TIME_SLOT_ID="{slot}"/>'
        for slot, time in slots.items()
    )
    types = '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="default-lt"/>'
    types += '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="list" CONTROLLED_VOCABULARY_REF="gestures"/>'
    body = f"<TIME_ORDER>{order}</TIME_ORDER>{''.join(tiers)}{types}"
    xml = f"{head}<ANNOTATION_DOCUMENT>{body}</ANNOTATION_DOCUMENT>"
    return read_upload(Upload(name, xml.encode()))


def tier(attributes: str, *said: tuple[str, str]) -> str:
    """A tier with annotations: the slot in which each starts, and its words."""
    annotations = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="{slot}" TIME_SLOT_REF2="{slot}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        for slot, text in said
    )
    return f"<TIER {attributes}>{annotations}</TIER>"


@pytest.mark.parametrize("name", ["elan.eaf", "export.xml", "export.txt", "export"])
def test_the_elan_fixture_gives_exactly_what_was_said(name: str) -> None:
    reading = read_upload(Upload(name, (FIXTURES / "elan.eaf").read_bytes()))
    assert reading.reader == "elan"
    assert turns(reading) == [("00:00:00", "P1", "The set-up took a week.")]


def test_tiers_of_elan_that_overlap_are_in_order_of_time() -> None:
    reading = eaf(
        {"t1": "500", "t2": "61000", "t3": "62500", "t4": "3700000"},
        tier('TIER_ID="a" PARTICIPANT="Sam Vale"', ("t2", "Traag, en"), ("t4", "duur &amp; ver.")),
        tier('TIER_ID="Interviewer"', ("t1", "Hoe ging het?"), ("t3", "Hm.")),
    )
    assert turns(reading) == [
        ("00:00:00", "Interviewer", "Hoe ging het?"),
        ("00:01:01", "Sam Vale", "Traag, en"),
        ("00:01:02", "Interviewer", "Hm."),
        ("01:01:40", "Sam Vale", "duur & ver."),
    ]


def test_a_slot_of_elan_without_a_time_has_that_of_the_slot_before() -> None:
    reading = eaf(
        {"t1": "9000", "t2": "", "t3": "veel", "t4": "9" * 5000},
        tier('TIER_ID="P1"', ("t1", "Een."), ("t3", "Drie."), ("t4", "Vier.")),
        tier('TIER_ID="P2"', ("t2", "Twee."), ("weg", "Nul.")),
    )
    assert turns(reading) == [
        ("00:00:00", "P2", "Nul."),
        ("00:00:09", "P1", "Een. Drie. Vier."),
        ("00:00:09", "P2", "Twee."),
    ]


def test_glosses_and_codes_of_elan_are_no_speech_and_are_named() -> None:
    reading = eaf(
        {"t1": "0"},
        tier('TIER_ID="P1" LINGUISTIC_TYPE_REF="default-lt"', ("t1", "Traag.")),
        tier('TIER_ID="Sam" PARENT_REF="P1" LINGUISTIC_TYPE_REF="english"', ("t1", "Slow.")),
        tier('TIER_ID="gloss" PARENT_REF="P1"'),
        tier('TIER_ID="hands" LINGUISTIC_TYPE_REF="list"', ("t1", "points")),
    )
    assert [p.text for p in reading.passages] == ["Traag."]
    assert reading.notes == (
        "tiers that hang on another not read: english",
        "tiers with codes from a list not read: list",
    )


def test_elan_in_another_encoding_is_read() -> None:
    xml = '<?xml version="1.0" encoding="{}"?><ANNOTATION_DOCUMENT><TIME_ORDER/>'
    xml += tier('TIER_ID="P1"', ("t1", "Één café.")) + "</ANNOTATION_DOCUMENT>"
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        reading = read_upload(Upload("a.eaf", xml.format(encoding).encode(encoding)))
        assert turns(reading) == [("00:00:00", "P1", "Één café.")]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_entities_in_elan_are_refused_before_they_grow_or_fetch(head: str) -> None:
    with pytest.raises(BrokenFile, match=r"gesprek\.eaf: the file holds XML entities"):
        eaf({"t1": "0"}, tier('TIER_ID="P1"', ("t1", "Traag.")), head=head)


@pytest.mark.parametrize(
    "content",
    [b"geen xml", b"<ANNOTATION_DOCUMENT>", b"<a/>", b"\x89PNG\r\n", b"<x>" * 100_000],
)
def test_what_is_named_eaf_and_is_not_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenFile, match=r"a\.eaf: an ELAN file \(\.eaf\) that is damaged"):
        read_upload(Upload("a.eaf", content))


def test_an_elan_file_without_words_or_beyond_the_limit_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(EmptyFile, match="nobody says anything in it"):
        eaf({"t1": "0"}, tier('TIER_ID="default"'))
    monkeypatch.setattr(elan, "MAX_XML", 100)
    with pytest.raises(TooLarge, match=r"gesprek\.eaf: an ELAN file .* is not read"):
        eaf({"t1": "0"}, tier('TIER_ID="P1"', ("t1", "Traag.")))
