"""CHAT transcripts: main lines without their codes, the words as they were said."""

from pathlib import Path

import pytest

from research.errors import BadUpload, BrokenFile
from research.model import Reading, Upload
from research.readers import read_upload
from research.readers.chat_codes import Removed, without_codes

FIXTURES = Path(__file__).parent.parent / "fixtures" / "in"
HEADER = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tINV Investigator, PAR Participant\n"
Turn = tuple[str, str, str]


def turns(reading: Reading) -> list[Turn]:
    """Place, voice and text of every passage."""
    return [(p.place, p.voice, p.text) for p in reading.passages]


def chat(body: str, header: str = HEADER, name: str = "talk.cha") -> Reading:
    """The reading of a CHAT file."""
    return read_upload(Upload(name, f"{header}{body}@End\n".encode()))


@pytest.mark.parametrize("name", ["talkbank.cha", "export.txt", "export"])
def test_the_chat_fixture_gives_exactly_what_was_said(name: str) -> None:
    reading = read_upload(Upload(name, (FIXTURES / "talkbank.cha").read_bytes()))
    assert reading.reader == "chat"
    assert turns(reading) == [
        ("00:00:00", "INT", "how did it go?"),
        ("00:00:00", "P01", "the set+up took a week. and nobody told me why."),
    ]
    assert [(s.place, s.reason) for s in reading.set_aside] == [
        ("line 1", "facts about the file"),
        ("line 10", "a remark of the researcher"),
    ]
    assert reading.notes == ()


@pytest.mark.parametrize(
    ("line", "words", "codes"),
    [
        ("<I want> [//] I need it [: them] [* m] .", "I want I need it.", "<> [*] [//] [:]"),
        ("I (.) don't know xxx [=! laughs] +...", "I don't know...", "(.) +... [=!] xxx"),
        ("&-uh well &+fr frigid &=coughs (1.5) .", "uh well fr frigid.", "&+ &- &= (.)"),
        ("so: no:o &*INT:yeah (be)cause of it +/.", "so noo because of it.", "&* () +/. :"),
        ("+< yes@s:eng wug@n , right ?", "yes wug, right?", "+< @"),
        ("0is going 0 [=! cries] .", "going.", "0 [=!]"),
        ('+" who knows +..?', "who knows?", '+" +..?'),
        ("Mary ‡ ↑one °softly° ⌈now⌉ !", "Mary one softly now!", "° ↑ ‡ ⌈ ⌉"),
        ("a <b <c d> [/]> [//] d [x 3] +//?", "a b c d d?", "+//? <> [/] [//] [x]"),
        ("spa^ghetti # (g)oin(g) mm-hm .", "spaghetti going mm-hm.", "# () ^"),
        ("[- nld] ja hoor [+ exc] .", "ja hoor.", "[+] [-]"),
        ("mail sam@example.org at 10:30 .", "mail sam@example.org at 10:30.", ""),
        ("air+conditioner co-op Jean_Marie .", "air+conditioner co-op Jean_Marie.", ""),
        (
            "it cost 5 or 0.5 euro , (sub)titles too .",
            "it cost 5 or 0.5 euro, subtitles too.",
            "()",
        ),
        ("well [Sam sighs] yes [e] .", "well yes.", "[e] […]"),
        ("0 .", "", "0"),
        ("&=laughs .", "", "&="),
        ("xxx .", "", "xxx"),
    ],
)
def test_codes_go_and_words_stay(line: str, words: str, codes: str) -> None:
    removed = Removed()
    assert without_codes(line, removed).text == words
    assert set(removed.counts) == set(codes.split())


def test_what_was_removed_is_noted_with_how_often() -> None:
    reading = chat("*PAR:\tit [/] it took <a week> [//] two weeks xxx .\n*PAR:\txxx [/] yes .\n")
    assert [p.text for p in reading.passages] == ["it it took a week two weeks. yes."]
    assert reading.notes == (
        "codes of CHAT removed from the words: <> × 2, [/] × 2, xxx × 2, [//] × 1",
    )


def test_many_kinds_of_codes_are_noted_in_part() -> None:
    said = "a [/] b [//] c [*] d [?] e [!] f [=! x] g [% y] h [: z] i [x 2] ."
    (note,) = chat(f"*PAR:\t{said}\n").notes
    assert note.endswith(", …") and note.count("×") == 8


def test_times_are_those_of_the_bullets_and_hold_until_the_next() -> None:
    body = (
        "*INV:\thow was it ? \x1561250_62500\x15\n*PAR:\tslow .\n"
        '*INV:\twhy ? \x15%snd:"talk"_3700000_3701000\x15\n*PAR:\tno idea 4000_5000 indeed .\n'
    )
    assert turns(chat(body)) == [
        ("00:01:01", "Investigator (INV)", "how was it?"),
        ("00:01:01", "Participant (PAR)", "slow."),
        ("01:01:40", "Investigator (INV)", "why?"),
        ("00:00:04", "Participant (PAR)", "no idea indeed."),
    ]


def test_without_a_bullet_the_line_is_the_place() -> None:
    assert turns(chat("*PAR:\tslow\n\tand dear .\n")) == [
        ("line 5", "Participant (PAR)", "slow and dear.")
    ]


def test_voices_have_the_names_and_roles_of_the_header() -> None:
    header = "@Begin\n@Participants:\tANN Ann_de_Wit Interviewer, P01 Sam_Vale Participant,\n\tBO\n"
    body = "*ANN:\thow ?\n*P01:\tslow .\n*BO:\thm .\n*NEW:\tyes .\n"
    voices = [voice for _, voice, _ in turns(chat(body, header))]
    assert voices == ["Interviewer (Ann de Wit)", "P01", "BO", "NEW"]


def test_what_the_header_tells_of_a_person_becomes_attributes() -> None:
    header = HEADER + "@ID:\teng|corpus|PAR|34;06.02|female|control||Participant|16||\n"
    reading = chat("*INV:\thow ?\n*PAR:\tslow .\n", header)
    assert [p.attributes for p in reading.passages] == [
        (),
        (("age", "34"), ("sex", "female"), ("group", "control"), ("education", "16")),
    ]


def test_lines_that_are_not_main_lines_are_never_speech() -> None:
    body = (
        "*PAR:\tslow .\n%mor:\tadj|slow .\n%gra:\t1|0|ROOT\n\t2|1|PUNCT\n%com:\tsighs\n"
        "@Comment:\ta bus passes\n@G:\tsecond task\n@Bg\nstray words\n*PAR:\t&=laughs .\n"
    )
    reading = chat(body)
    assert [p.text for p in reading.passages] == ["slow."]
    assert [(s.text, s.reason) for s in reading.set_aside[1:]] == [
        ("sighs", "a remark of the researcher"),
        ("@Comment:\ta bus passes", "a remark of the researcher"),
        ("@G:\tsecond task", "facts about the file"),
        ("stray words", "not speech"),
        ("*PAR:\t&=laughs .", "not speech"),
    ]
    assert reading.notes[-1] == "lines of CHAT below the words not read: %gra, %mor"


@pytest.mark.parametrize("content", [b"@UTF8\n@Begin\n@End\n", b"geen chat", b"%com: x", b"*: x"])
def test_a_chat_file_without_main_lines_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenFile, match=r"a\.cha: no lines of speech"):
        read_upload(Upload("a.cha", content))


@pytest.mark.parametrize(
    "body",
    [
        "*PAR:\t" + "[" * 200_000,
        "*PAR:\t" + "<" * 200_000,
        "*PAR:\t" + "x:" * 100_000,
        "*PAR:\t" + "(a" * 100_000,
        "*PAR:\t" + "1" * 9000 + "_2",
        "\t" * 200_000 + "\n*PAR:\tx",
    ],
)
def test_hostile_lines_do_not_take_long(body: str) -> None:
    try:
        assert chat(body + "\n").passages
    except BadUpload as refused:
        assert refused.reason
