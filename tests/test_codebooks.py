"""Codebooks from files of several programs, hostile ones included, and the bundled ones."""

import json
from pathlib import Path

import pytest

from research.codebooks import BUNDLED, MOST, bundled, load_codebook, of_analysis, parse_codebook
from research.errors import BadCodebook
from research.steps.codebook import bundled as general
from tests.builders import an_analysis
from tests.projects import PRICE, SLOW, coded, project, text_source

REFI = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Example 1.0">
 <Codes>
  <Code guid="1" name="Pijnpunten" isCodable="false">
   <Code guid="2" name="Bezorging komt te laat" isCodable="true" color="#ff0000">
    <Description>Het pakket komt later dan beloofd.</Description>
   </Code>
   <Code guid="3" name="Retour kost geld" isCodable="true"/>
  </Code>
  <Code guid="4" name="Drijfveren" isCodable="true">
   <Code guid="5" name="Wil zekerheid" isCodable="true"/>
  </Code>
  <Code guid="6" name="Overig" isCodable="true"/>
 </Codes>
 <Sets/>
</CodeBook>"""


def test_a_refi_codebook_gives_its_codes_with_the_kind_of_those_above():
    book = parse_codebook(REFI.encode(), "team.qdc")
    assert (book.id, book.name) == ("team", "team")
    assert [(c.id, c.kind) for c in book.codes] == [
        ("2", "pain"),
        ("3", "pain"),
        ("4", "motivation"),
        ("5", "motivation"),
        ("6", ""),
    ]
    assert book.codes[0].definition("nl") == "Het pakket komt later dan beloofd."


def test_a_codebook_of_another_program_is_read_and_a_set_tells_the_kind():
    path = Path(__file__).parent / "fixtures" / "minimal.qdc"
    (code,) = load_codebook(path).codes
    assert (code.label("en"), code.kind) == ("Pain: slow set-up", "pain")
    bare = path.read_text(encoding="utf-8").replace("Pain: slow", "Slow").encode()
    (code,) = parse_codebook(bare, "sets.qdc").codes
    assert (code.label("en"), code.kind) == ("Slow set-up", "pain")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_the_encodings_that_spreadsheets_write(encoding: str):
    text = "Naam;Omschrijving\nPrivé één keer gevraagd;Moest zijn privénummer geven\n"
    (code,) = parse_codebook(text.encode(encoding), "codes.csv").codes
    assert code.label("nl") == "Privé één keer gevraagd"


def test_two_themes_of_one_name_are_refused_by_their_name():
    with pytest.raises(BadCodebook, match="'Te laat'"):
        parse_codebook(b'["Te laat", "Te duur", "Te laat"]', "codes.json")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_gives_its_lines(delimiter: str):
    lines = [
        ["Naam", "Omschrijving", "Soort", "Voorbeelden"],
        ["Te laat", "Komt te laat", "pijnpunt", "Het kwam pas dinsdag.|Drie dagen te laat."],
        ["Zekerheid", "", "behoefte", ""],
    ]
    text = "\n".join(delimiter.join(line) for line in lines)
    late, sure = parse_codebook(text.encode("utf-8-sig"), "codes.csv").codes
    assert (late.label("nl"), late.label("en"), late.kind) == ("Te laat", "Te laat", "pain")
    assert late.examples == ("Het kwam pas dinsdag.", "Drie dagen te laat.")
    assert (sure.kind, sure.definition("en"), sure.examples) == ("motivation", "", ())


def test_json_may_be_full_or_a_list_of_names():
    full = {
        "themes": [
            {
                "id": "late",
                "kind": "pain",
                "label_nl": "Te laat",
                "label_en": "Too late",
                "examples_nl": ["Het kwam pas dinsdag."],
                "examples_en": ["It came a week late."],
                "cues": ["bezorging"],
            }
        ]
    }
    (code,) = parse_codebook(json.dumps(full).encode(), "a.json").codes
    assert (code.label("nl"), code.label("en")) == ("Te laat", "Too late")
    assert code.examples == ("Het kwam pas dinsdag.", "It came a week late.")
    names = parse_codebook(b'["Te laat", "Te duur"]', "b.json").codes
    assert [c.id for c in names] == ["Te laat", "Te duur"]


BILLION = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<CodeBook><Codes><Code guid="1" name="&b;"/></Codes></CodeBook>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{}",
        b"[]",
        b"[1, 2, 2]",
        b'[{"label": ""}]',
        b"<CodeBook><Codes/></CodeBook>",
        b"<CodeBook><Codes>",
        BILLION.encode(),
        b"[" * 100_000,
        json.dumps([f"thema {i}" for i in range(MOST + 1)]).encode(),
        b"alleen een regel",
        b"\x00\x01\x02",
    ],
)
def test_what_is_no_codebook_is_refused_by_name(content: bytes):
    with pytest.raises(BadCodebook, match=r"codes\.txt"):
        parse_codebook(content, "codes.txt")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(BadCodebook, match="gone"):
        load_codebook(tmp_path / "gone.json")


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_codebook_is_whole(name: str):
    book = load_codebook(name)
    assert book is bundled(name)
    assert 60 <= len(book.codes) <= 100
    labels = [c.label(tongue).lower() for c in book.codes for tongue in ("nl", "en")]
    assert len(set(labels)) == len(labels)
    for code in book.codes:
        assert code.kind in ("pain", "motivation")
        assert code.definition("nl") and code.definition("en") and code.stage
        assert len(code.examples) >= 4 and len(set(code.examples)) == len(code.examples)
        assert len(code.cues) >= 5


def test_an_earlier_study_is_a_codebook_with_its_quotes():
    analysis = an_analysis()
    book = of_analysis(analysis)
    assert [c.label("nl") for c in book.codes] == [t.label for t in analysis.themes]
    assert book.codes[0].examples[0] == analysis.statements[0].text


def test_the_general_codebook_names_themes_and_is_not_among_them():
    assert "general" not in BUNDLED and len(general()) > 200


def test_a_project_gives_its_codes_with_coded_passages_as_examples():
    text = "Interviewer: Hoe?\nMarieke Jansen: Inloggen is traag 😬, zegt Marieke. Altijd.\n"
    slow = text.index("Inloggen"), text.index(" Altijd")
    inside = coded(*slow, SLOW) + coded(slow[0], slow[0] + 8, SLOW, PRICE) + coded(*slow, SLOW)
    upload = project(text_source("Anna", "A.txt", inside), {"sources/A.txt": text})
    book = parse_codebook(upload.content, upload.name)
    assert [(c.label("nl"), c.kind, c.definition("nl"), c.examples) for c in book.codes] == [
        (
            "Pijnpunt: traag inloggen",
            "pain",
            "Inloggen duurt te lang.",
            ("Inloggen", "Inloggen is traag 😬, zegt [NAAM]."),
        ),
        ("Behoefte: vaste prijs", "motivation", "", ("Inloggen",)),
    ]


def test_the_minimal_project_is_a_codebook_with_an_example():
    book = load_codebook(Path(__file__).parent / "fixtures" / "minimal.qdpx")
    (code,) = book.codes
    assert (code.label("en"), code.kind) == ("Pain: slow set-up", "pain")
    assert code.definition("en") == "Set-up takes longer than expected."
    assert code.examples == ("The set-up took a week 😬",)


@pytest.mark.parametrize("codes", ["", "<CodeBook><Codes/></CodeBook>"])
def test_a_project_without_codes_is_no_codebook(codes: str):
    upload = project(text_source("Anna", "A.txt"), {"sources/A.txt": "Anna: ja"}, codes=codes)
    with pytest.raises(BadCodebook, match=r"studie\.qdpx: there are no themes in it"):
        parse_codebook(upload.content, upload.name)


def test_a_damaged_project_is_refused_as_a_codebook():
    with pytest.raises(BadCodebook, match="damaged"):
        parse_codebook(b"PK\x03\x04 broken", "studie.qdpx")
