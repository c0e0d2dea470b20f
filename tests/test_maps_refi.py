"""Exports for software of qualitative research: REFI-QDA and Taguette."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid5
from zipfile import ZipFile

import pytest
from builders import a_theme, an_analysis
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from map_samples import told_by, with_maps

from research.codebooks import parse_codebook
from research.codings import codings_of
from research.errors import KlantbeeldError
from research.exporters.maps.qda_texts import plain
from research.exporters.maps.qdc import Qdc
from research.exporters.maps.qdpx import Qdpx
from research.exporters.maps.refi import SPACE, code_guid, guid
from research.exporters.maps.taguette import TaguetteCodebook, TaguetteHighlights
from research.model import Analysis, StageTaxonomy, Statement, Upload
from research.readers.refi import open_project

SCHEMAS = Path(__file__).parent / "fixtures" / "refi"
PIECES = ("😬", "é", "e\u0301", "\r\n", "\r", "\n", "\x0b", "\ud83d", "👩\u200d👧", "woord")
PROJECT = "{urn:QDA-XML:project:1.0}"


def project(content: bytes) -> tuple[etree._Element, dict[str, str]]:
    """The project, which its schema allows, and its texts by the path it gives them."""
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert names[0] == "project.qde"
        assert all(n.startswith("sources/") and n.count("/") == 1 for n in names[1:])
        root = etree.fromstring(archive.read("project.qde"))
        read = {
            n.replace("sources/", "internal://"): archive.read(n).decode("utf-8") for n in names[1:]
        }
    etree.XMLSchema(etree.parse(SCHEMAS / "Project.xsd")).assertValid(root)
    return root, read


def selections(content: bytes) -> list[str]:
    """What each selection stands for, read from the texts as other software does."""
    root, read = project(content)
    found = []
    for source in root.iter(PROJECT + "TextSource"):
        text = read[source.get("plainTextPath")]
        for selection in source.iter(PROJECT + "PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            found.append(text[start:end])
    return found


def codebook(content: bytes) -> etree._Element:
    root = etree.fromstring(content)
    etree.XMLSchema(etree.parse(SCHEMAS / "Codebook.xsd")).assertValid(root)
    return root


def test_a_codebook_has_stages_that_hold_themes_and_sets_of_both_kinds() -> None:
    root = codebook(Qdc().export(with_maps()))
    stages = root.findall("{*}Codes/{*}Code")
    assert [(s.get("name"), s.get("isCodable")) for s in stages] == [
        ("Aankoop", "false"),
        ("Na", "false"),
    ]
    assert [c.get("name") for c in stages[1].findall("{*}Code")] == [
        "Onduidelijk wanneer het komt",
        "Koerier belt niet aan",
        "Weten waar ik aan toe ben",
    ]
    assert [s.get("name") for s in root.iter("{*}Set")] == ["Knelpunten", "Drijfveren"]
    members = {m.get("guid") for m in root.iter("{*}MemberCode")}
    assert members <= {c.get("guid") for c in root.iter("{*}Code")}


def test_our_own_reader_of_codebooks_reads_it_back() -> None:
    book = parse_codebook(Qdc().export(with_maps()), "codebook.qdc")
    assert [(c.label("nl"), c.kind) for c in book.codes] == [
        ("Onduidelijk wanneer het komt", "pain"),
        ("Koerier belt niet aan", "pain"),
        ("Weten waar ik aan toe ben", "motivation"),
    ]


def test_an_empty_codebook_is_refused_with_the_reason() -> None:
    nothing = replace(an_analysis(), themes=(), taxonomy=StageTaxonomy("none", ()))
    with pytest.raises(KlantbeeldError, match="would be empty"):
        Qdc().export(nothing)
    project(Qdpx().export(nothing))


def test_ids_are_the_same_in_every_export_and_after_a_rename() -> None:
    full = with_maps()
    renamed = replace(full, themes=tuple(replace(t, label="Anders") for t in full.themes))

    def ids(analysis: Analysis) -> list[str]:
        return [c.get("guid") for c in codebook(Qdc().export(analysis)).iter("{*}Code")]

    assert ids(full) == ids(renamed)
    assert guid("a", "b") != guid("ab")
    assert guid("a", "é") == str(uuid5(SPACE, "a\x1fé")).upper()


def test_a_project_has_cases_variables_sets_and_a_coding_for_each_theme() -> None:
    root, _ = project(Qdpx().export(with_maps()))
    names = {v.get("guid"): v.get("name") for v in root.iter(PROJECT + "Variable")}
    cases = {c.get("name"): c for c in root.iter(PROJECT + "Case")}
    assert list(cases) == ["Deelnemer 1", "Respondent 1", "Respondent 2"]
    values = {
        names[v[0].get("targetGUID")]: v[1].text
        for v in cases["Deelnemer 1"].findall(PROJECT + "VariableValue")
    }
    assert values == {"Persona": "De nachecker", "Kanaal": "interviews", "leeftijd": "25-34"}
    chosen = {s.get("guid") for s in root.iter(PROJECT + "PlainTextSelection")}
    mine = {r.get("targetGUID") for r in cases["Deelnemer 1"].findall(PROJECT + "SelectionRef")}
    assert len(mine) == 3 and mine < chosen
    sets = [s.get("name") for s in root.iter(PROJECT + "Set")]
    assert sets == ["Knelpunten", "Drijfveren", "Persona: De nachecker"]
    assert len(list(root.iter(PROJECT + "Coding"))) == 4


def test_every_reference_in_a_project_leads_somewhere() -> None:
    root, read = project(Qdpx().export(with_maps()))
    ids = [e.get("guid") for e in root.iter() if e.get("guid")]
    assert len(ids) == len(set(ids))
    assert {e.get("targetGUID") for e in root.iter() if e.get("targetGUID")} <= set(ids)
    paths = [s.get("plainTextPath") for s in root.iter(PROJECT + "TextSource")]
    assert sorted(paths) == sorted(read)
    assert not any(s.get("richTextPath") for s in root.iter(PROJECT + "TextSource"))


def test_a_selection_is_exactly_the_words_of_its_statement() -> None:
    full = with_maps()
    coded = {i for t in full.themes for i in t.statements}
    assert sorted(selections(Qdpx().export(full))) == sorted(
        s.text for s in full.statements if s.id in coded
    )


def cut_at(text: str, cuts: list[tuple[int, int]]) -> Analysis:
    """The small study with one passage, of which these stretches are the only theme."""
    full = with_maps()
    source = full.sources[0]
    passage = replace(source.passages[1], text=text)
    base = full.statements[0]
    said: tuple[Statement, ...] = tuple(
        replace(base, id=f"s{n}", start=start, end=end, text=text[start:end], passage=1)
        for n, (start, end) in enumerate(cuts)
    )
    turned = replace(source, passages=(source.passages[0], passage))
    theme = a_theme("theme-1", "Thema", said)
    return replace(full, sources=(turned,), statements=said, themes=(theme,), maps=(), personas=())


@st.composite
def texts_with_cuts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    pieces = st.sampled_from(
        ["😬", "é", "e\u0301", "\r\n", "\r", "\n", "\x0b", "\ud83d", "👩‍👧", "woord"]
    )
    text = "".join(draw(st.lists(st.one_of(pieces, st.text(max_size=5)), min_size=1, max_size=12)))
    text = text or "x"
    starts = draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=5))
    return text, [(start, draw(st.integers(start + 1, len(text)))) for start in starts]


@settings(max_examples=60, deadline=None)
@given(found=texts_with_cuts())
def test_selections_survive_emoji_line_ends_and_everything_else(
    found: tuple[str, list[tuple[int, int]]],
) -> None:
    text, cuts = found
    told = selections(Qdpx().export(cut_at(text, cuts)))
    assert sorted(told) == sorted(plain(text)[start:end] for start, end in cuts)


def read_back(content: bytes) -> list[tuple[str, str]]:
    """What our own reader of projects finds: each code with the words it was given to."""
    project = open_project(Upload("study.qdpx", content))
    return sorted((coding.code, coding.text) for coding in codings_of(project))


def test_our_own_reader_of_projects_finds_the_same_codings() -> None:
    full = with_maps()
    said = {s.id: s.text for s in full.statements}
    assert read_back(Qdpx().export(full)) == sorted(
        (code_guid(theme.id).lower(), said[i]) for theme in full.themes for i in theme.statements
    )


@settings(max_examples=30, deadline=None)
@given(found=texts_with_cuts())
def test_codings_read_back_are_the_words_that_went_out(
    found: tuple[str, list[tuple[int, int]]],
) -> None:
    text, cuts = found
    told = [words for _, words in read_back(Qdpx().export(cut_at(text, cuts)))]
    assert letters(told) == letters(plain(text)[start:end] for start, end in cuts)


def letters(texts: Iterable[str]) -> list[str]:
    """The letters and digits of each text that has any: our reader leaves controls out."""
    return sorted(filter(None, ("".join(c for c in t if c.isalnum()) for t in texts)))


def test_a_text_is_as_long_as_the_passage_it_was() -> None:
    assert plain("a\r\nb\rc\x00\ud83d😬") == "a \nb\nc \ufffd😬"


def test_files_of_the_same_name_are_told_apart() -> None:
    root, _ = project(Qdpx().export(told_by("zelfde")))
    assert [s.get("name") for s in root.iter(PROJECT + "TextSource")] == ["zelfde", "zelfde (2)"]


def test_a_codebook_for_taguette_has_one_column_that_names_tags() -> None:
    content = TaguetteCodebook().export(with_maps(label="Te duur. Echt"))
    rows = list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))
    assert list(rows[0]) == ["tag", "description"]
    assert [r["tag"] for r in rows] == [
        "Na.Te duur Echt",
        "Na.Te duur Echt (2)",
        "Na.Te duur Echt (3)",
    ]


def test_highlights_have_a_row_for_each_tag_as_taguette_writes_them() -> None:
    content = TaguetteHighlights().export(with_maps())
    rows = list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))
    assert list(rows[0]) == ["id", "document", "tag", "content"]
    assert {
        "id": "1",
        "document": "enquête.csv",
        "tag": "Na.Onduidelijk wanneer het komt",
        "content": "Geen idee wanneer het pakket komt.",
    } in rows
