"""Exports into maps: whatever stands in a label, other software can open the file."""

import csv
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import networkx
import pytest
from builders import an_analysis
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree, html
from map_samples import EVIL, told_by, with_maps
from openpyxl import load_workbook
from test_maps_refi import codebook, selections

from api.map_purposes import MAP_EXPORT
from research.contracts import Exporter
from research.exporters.maps import MAP_EXPORTERS, pictures
from research.exporters.maps.board import Board, boards
from research.exporters.maps.canvas import Canvas
from research.exporters.maps.cards import MAP_CARDS
from research.exporters.maps.drawio import DrawIo
from research.exporters.maps.excalidraw import Excalidraw
from research.exporters.maps.fonts import font, wrap
from research.exporters.maps.graphml import GraphMl
from research.exporters.maps.grid_files import GridHtml, GridTsv, GridXlsx
from research.exporters.maps.lucid import LARGEST, Lucid
from research.exporters.maps.map_svg import draw_map
from research.exporters.maps.mermaid import MermaidJourney, MermaidMindmap, MermaidTimeline, score
from research.exporters.maps.mermaid_text import LONGEST_FILE
from research.exporters.maps.outlines import FreeMind, Opml
from research.exporters.maps.pictures import MapPng, MapSvg, Pictures
from research.exporters.maps.plantuml import PlantUml
from research.exporters.maps.text import (
    EMOJI,
    cell,
    clean,
    line,
    short_id,
    shortened,
    without_emoji,
)
from research.exporters.maps.work_items import GitLabCsv, JiraCsv, LinearCsv
from research.model import About, Analysis, Coverage, Kpi, Plan

CANVAS_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "edges": {"type": "array", "maxItems": 0},
        "nodes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "type", "x", "y", "width", "height"],
                "properties": {
                    "type": {"enum": ["text", "group"]},
                    "x": {"type": "integer"},
                    "y": {"type": "integer"},
                    "width": {"type": "integer", "minimum": 1},
                    "height": {"type": "integer", "minimum": 1},
                    "color": {"pattern": "^#[0-9A-F]{6}$"},
                },
                "allOf": [
                    {
                        "if": {"properties": {"type": {"const": "text"}}},
                        "then": {"required": ["text"]},
                        "else": {"required": ["label"]},
                    }
                ],
            },
        },
    },
}


def bare() -> Analysis:
    """A study of which nothing came."""
    return replace(
        an_analysis(),
        participants=(),
        statements=(),
        themes=(),
        personas=(),
        unplaced=(),
        maps=(),
        saturation=(),
        coverage=Coverage(0, 0, 0, 0, (), 0),
    )


def unique(ids: Iterable[str]) -> None:
    found = list(ids)
    assert len(found) == len(set(found))
    assert all(found)


# --- what other software makes of a file -------------------------------------------


def opens_as_svg(content: bytes) -> None:
    root = etree.fromstring(content)
    width, height = float(root.get("width")), float(root.get("height"))
    for text in root.iter("{*}text"):
        size, bold = float(text.get("font-size")), text.get("font-weight") == "bold"
        long = font(bold=bold).width(text.text or "", size)
        left = float(text.get("x")) - {"middle": long / 2, "end": long}.get(
            text.get("text-anchor"), 0
        )
        assert size >= 10
        assert left >= 0 and left + long <= width and size <= float(text.get("y")) <= height


def opens_as_png(content: bytes) -> None:
    """The size in the header fits the pixels."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, colours = struct.unpack(">IIBB", content[16:26])
    at, pixels = 8, b""
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        pixels += content[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    channels = {2: 3, 6: 4}[colours]
    assert len(zlib.decompress(pixels)) == height * (1 + width * channels * depth // 8)


def opens_as_pictures(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            {"svg": opens_as_svg, "png": opens_as_png}[name[-3:]](archive.read(name))


def opens_as_tsv(content: bytes) -> None:
    rows = list(csv.reader(StringIO(content.decode("utf-8"), newline=""), "excel-tab"))
    assert len({len(row) for row in rows}) <= 1
    for text in (c for row in rows for c in row):
        assert not text.startswith(("=", "+", "-", "@")) and "\t" not in text


def opens_as_table(content: bytes) -> None:
    root = html.fromstring(content.decode("utf-8"))
    assert {e.tag for e in root.iter()} <= {"meta", "table", "tr", "td", "br", "div", "html",
                                            "head", "body", "tbody"}  # fmt: skip
    assert len({len(row) for row in root.iter("tr")}) <= 1


def opens_as_workbook(content: bytes) -> None:
    book = load_workbook(BytesIO(content))
    for row in (r for sheet in book for r in sheet.iter_rows()):
        assert all(c.value is None or c.data_type in ("s", "inlineStr") for c in row)


def opens_as_drawio(content: bytes) -> None:
    root = ElementTree.fromstring(content)
    unique(d.get("id") for d in root.iter("diagram"))
    for diagram in root.iter("diagram"):
        cells = list(diagram.iter("mxCell"))
        ids = [c.get("id") for c in cells if c.get("id")]
        ids += [o.get("id") for o in diagram.iter("object")]
        unique(ids)
        assert {c.get("parent") for c in cells if c.get("id") != "0"} <= set(ids)
        assert all(c.find("mxGeometry") is not None for c in cells if c.get("vertex"))
        for label in (o.get("label") for o in diagram.iter("object")):
            assert not re.findall(r"<(?!br>)", label)


def opens_as_lucid(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        text = archive.read("document.json")
    assert len(text) <= 2_000_000
    document = json.loads(text)
    assert document["version"] == 1 and document["pages"]
    shapes = [s for page in document["pages"] for s in page["shapes"]]
    ids = [p["id"] for p in document["pages"]] + [s["id"] for s in shapes]
    unique(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9\-_.~]{1,36}", i) for i in ids)
    for shape in shapes:
        assert {"type", "boundingBox", "style"} <= set(shape)
        if shape["type"] == "swimLanes":
            assert sum(lane["width"] for lane in shape["lanes"]) == shape["boundingBox"]["w"]
    assert "{{=" not in text.decode("utf-8")
    assert not EMOJI.search(text.decode("utf-8"))
    assert not re.search(r"<(?!/?span)", text.decode("utf-8"))


def opens_as_excalidraw(content: bytes) -> None:
    drawing = json.loads(content)
    assert drawing["type"] == "excalidraw" and isinstance(drawing["appState"], dict)
    elements = {e["id"]: e for e in drawing["elements"]}
    assert len(elements) == len(drawing["elements"])
    for element in elements.values():
        assert element["frameId"] is None or elements[element["frameId"]]["type"] == "frame"
        for bound in element["boundElements"]:
            assert elements[bound["id"]]["containerId"] == element["id"]


def opens_as_canvas(content: bytes) -> None:
    canvas = json.loads(content)
    Draft202012Validator(CANVAS_SCHEMA).validate(canvas)
    unique(n["id"] for n in canvas["nodes"])


def opens_as_journey(content: bytes) -> None:
    first, *lines = content.decode("utf-8").splitlines()
    assert first == "journey"
    for text in lines:
        if text.startswith("      "):
            assert re.fullmatch(r"      [^:;#]+: [1-5](: [^:;#]+)?", text)
            assert not re.match(r"\s*(title|section)\b", text, re.IGNORECASE)
        else:
            assert re.fullmatch(r"    (title|section) [^:;#]+", text)


def opens_as_mindmap(content: bytes) -> None:
    first, root, *lines = content.decode("utf-8").splitlines()
    assert first == "mindmap"
    assert re.fullmatch(r'  root\["[^"\[\]{}]+"\]', root)
    assert all(re.fullmatch(r'    (  ){0,2}k\w{15}\["[^"\[\]{}]+"\]', text) for text in lines)


def opens_as_timeline(content: bytes) -> None:
    first, *lines = content.decode("utf-8").splitlines()
    assert first == "timeline"
    for text in lines:
        if text.startswith("      "):
            assert re.fullmatch(r"      [^:;#]+( : [^:;#]+)+", text)
        else:
            assert re.fullmatch(r"    (title|section) [^:;#]+", text)


def opens_as_plantuml(content: bytes) -> None:
    first, *lines, last = content.decode("utf-8").splitlines()
    assert (first, last) == ("@startmindmap", "@endmindmap")
    assert all(re.fullmatch(r"\*{1,4}(\[#[0-9A-F]{6}\])? [^*<>@!\[\]~]+", text) for text in lines)
    assert [text for text in lines if text.startswith("* ")] == lines[:1]


def opens_as_graphml(content: bytes) -> None:
    graph = networkx.read_graphml(BytesIO(content))
    assert all(data["label"] and data["kind"] for _, data in graph.nodes(data=True))
    assert all(data["weight"] > 0 for _, _, data in graph.edges(data=True))


def opens_as_opml(content: bytes) -> None:
    root = ElementTree.fromstring(content)
    assert root.tag == "opml" and root.find("head/title") is not None
    outlines = list(root.iter("outline"))
    assert outlines and all(o.get("text") for o in outlines)


def opens_as_freemind(content: bytes) -> None:
    root = ElementTree.fromstring(content)
    assert [child.tag for child in root] == ["node"]
    unique(n.get("ID") for n in root.iter("node"))
    assert all(n.get("TEXT") and not n.get("ID")[0].isdigit() for n in root.iter("node"))


def opens_as_csv(content: bytes) -> None:
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert all(len(c) <= 32_768 for row in rows for c in row)
    assert not any(c.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for c in row)


def opens_as_codebook(content: bytes) -> None:
    codebook(content)


def opens_as_project(content: bytes) -> None:
    selections(content)


OPENS: dict[str, Callable[[bytes], None]] = {
    "journey-svg": opens_as_svg,
    "journey-png": opens_as_png,
    "pictures": opens_as_pictures,
    "grid-tsv": opens_as_tsv,
    "grid-html": opens_as_table,
    "grid-xlsx": opens_as_workbook,
    "drawio": opens_as_drawio,
    "lucid": opens_as_lucid,
    "excalidraw": opens_as_excalidraw,
    "json-canvas": opens_as_canvas,
    "mermaid-journey": opens_as_journey,
    "mermaid-mindmap": opens_as_mindmap,
    "mermaid-timeline": opens_as_timeline,
    "plantuml": opens_as_plantuml,
    "graphml": opens_as_graphml,
    "opml": opens_as_opml,
    "freemind": opens_as_freemind,
    "qdc": opens_as_codebook,
    "qdpx": opens_as_project,
    "taguette-codebook": opens_as_csv,
    "taguette-highlights": opens_as_csv,
    "linear-csv": opens_as_csv,
    "jira-csv": opens_as_csv,
    "gitlab-csv": opens_as_csv,
}
# Slower: fewer texts are tried.
IN_PIXELS: dict[str, Exporter] = {e.name: e for e in (MapPng(), Pictures())}
PIECES = (
    *EVIL.split(),
    "title x",
    "section",
    "\x00",
    "\x0b",
    "\ud83d",
    "\ufffe",
    "\n",
    "\t=x",
    "e\u0301",
    "\u200f",
    "👩‍👩‍👧",
    "{{{==}}",
    "a" * 300,
    "-- ",
    " ",
    "",
)
LABELS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
    st.text(st.characters(), max_size=40),
)


# --- every exporter ----------------------------------------------------------------


def test_every_exporter_into_maps_is_opened_by_something_else() -> None:
    assert {exporter.name for exporter in MAP_EXPORTERS} == set(OPENS)
    unique(exporter.filename for exporter in MAP_EXPORTERS)


def test_every_exporter_into_maps_says_what_it_is_for_and_what_it_was_checked_with() -> None:
    assert {exporter.name for exporter in MAP_EXPORTERS} == set(MAP_CARDS)
    for card in MAP_CARDS.values():
        assert all((card.purpose, card.carries, card.limits, card.checked))
    assert {name: card.purpose for name, card in MAP_CARDS.items()} == MAP_EXPORT


@pytest.mark.parametrize("exporter", MAP_EXPORTERS, ids=lambda e: e.name)
class TestEveryExporter:
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(text=LABELS)
    def test_whatever_stands_in_a_label_the_file_opens(self, exporter: Exporter, text: str) -> None:
        if exporter.name not in IN_PIXELS:
            OPENS[exporter.name](exporter.export(told_by(text)))

    def test_an_empty_study_opens_too(self, exporter: Exporter) -> None:
        OPENS[exporter.name](exporter.export(bare()))

    def test_the_order_of_what_has_no_order_changes_nothing(self, exporter: Exporter) -> None:
        full = with_maps()
        turned = replace(
            full,
            sources=full.sources[::-1],
            participants=full.participants[::-1],
            statements=full.statements[::-1],
            themes=full.themes[::-1],
            speakers=full.speakers[::-1],
        )
        assert exporter.export(turned) == exporter.export(full)


@pytest.mark.parametrize("exporter", IN_PIXELS.values(), ids=lambda e: e.name)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=LABELS)
def test_whatever_stands_in_a_label_the_pixels_are_there(exporter: Exporter, text: str) -> None:
    OPENS[exporter.name](exporter.export(told_by(text)))


def inside(content: bytes) -> bytes:
    """A file, or all that is in it when it is an archive."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_name_that_redaction_missed_in_a_label_is_in_no_archive_either() -> None:
    full = with_maps()
    named = replace(full, speakers=tuple(replace(s, voice="Annelies") for s in full.speakers))
    for exporter in MAP_EXPORTERS:
        assert b"Annelies" not in inside(exporter.export(named)), exporter.name


# --- the board ---------------------------------------------------------------------


def everyone(analysis: Analysis) -> Board:
    return boards(analysis)[0]


def test_a_board_has_every_row_and_stage_and_says_where_there_is_no_evidence() -> None:
    whole, persona = boards(with_maps())
    assert [row for row, _ in whole.rows][-1] == "kpis"
    assert [name for _, name in whole.stages] == ["Aankoop", "Na"]
    assert whole.at("pain points", "purchase").empty
    assert whole.at("kpis", "service").level == "none"
    assert (whole.title, persona.title) == ("Iedereen", "De nachecker")


def test_maps_are_drafts_until_their_personas_are_accepted() -> None:
    full = with_maps()
    accepted = tuple(replace(p, status="accepted") for p in full.personas)
    assert [b.draft for b in boards(full)] == [True, True]
    assert [b.draft for b in boards(replace(full, personas=accepted))] == [False, False]


def test_measures_stand_in_their_stage_without_people() -> None:
    kpi = Kpi("service", "NPS", "", 12.0, "", "2026-03", None, None, "", True, "k.csv", "import")
    full = replace(with_maps(), about=About(kpis=(kpi,)))
    (measure,) = everyone(full).at("kpis", "service").items
    assert (measure.text, measure.brief) == ("NPS 12 (2026-03)", "NPS 12 (2026-03)")
    assert everyone(full).at("kpis", "purchase").empty
    for exporter in MAP_EXPORTERS:
        if exporter.name not in IN_PIXELS:
            OPENS[exporter.name](exporter.export(full))
    assert "NPS 12 (2026-03)" in GridTsv().export(full).decode("utf-8")


def test_an_item_says_how_many_people_and_quotes_each_of_them_once() -> None:
    item = everyone(with_maps()).at("pain points", "service").items[0]
    assert (item.people, item.of, item.theme) == (2, 3, "theme-1")
    assert [q.who for q in item.quotes] == ["Deelnemer 1", "Respondent 1"]
    assert item.quotes[1].full == (
        "“Geen idee wanneer het pakket komt.” (Respondent 1, enquête.csv, rij 2)"
    )
    assert item.feeling == -1.0


def test_the_feeling_of_a_stage_has_its_spread_and_its_numbers() -> None:
    square = everyone(with_maps()).at("emotion", "service")
    assert (square.mean, square.spread, square.count, square.people) == (-0.6, 0.4, 5, 3)


def test_items_with_the_same_words_keep_ids_of_their_own() -> None:
    ids = [i.id for s in everyone(told_by("zelfde")).squares for i in s.items]
    unique(ids)


# --- single formats ----------------------------------------------------------------


def test_notes_in_drawio_carry_their_evidence() -> None:
    root = ElementTree.fromstring(DrawIo().export(with_maps()))
    note = next(o for o in root.iter("object") if o.get("theme") == "theme-1")
    assert (note.get("people"), note.get("of"), note.get("stage")) == ("2", "3", "service")
    assert note.get("quote1").startswith("“Ik wist niet wanneer het kwam.”")
    assert note.find("mxCell").get("parent") != "1"


def test_html_shows_as_text_in_drawio() -> None:
    content = DrawIo().export(with_maps(label="<b>vet</b> & meer")).decode("utf-8")
    assert "&amp;lt;b&amp;gt;vet&amp;lt;/b&amp;gt; &amp;amp; meer" in content


def test_lucid_leaves_pages_out_that_do_not_fit_and_says_so() -> None:
    full = with_maps(label="woord " * 40)
    many = tuple(replace(full.personas[0], id=f"p{n}") for n in range(400))
    maps = (full.maps[0], *(replace(full.maps[1], persona=p.id) for p in many))
    content = Lucid().export(replace(full, personas=many, maps=maps))
    opens_as_lucid(content)
    with ZipFile(BytesIO(content)) as archive:
        text = archive.read("document.json")
    pages = json.loads(text)["pages"]
    assert LARGEST / 2 < len(text) < LARGEST + 2_000
    assert f"{402 - len(pages)} kaarten" in pages[-1]["title"]


def test_stickies_in_excalidraw_keep_the_text_as_it_was() -> None:
    drawing = json.loads(Excalidraw().export(with_maps()))
    note = next(e for e in drawing["elements"] if e.get("customData", {}).get("theme") == "theme-1")
    text = next(e for e in drawing["elements"] if e.get("containerId") == note["id"])
    assert note["customData"]["people"] == 2
    assert "2 van de 3 mensen" in text["originalText"]


def test_markdown_in_a_label_shows_as_text_in_a_canvas() -> None:
    canvas = json.loads(Canvas().export(with_maps(label="[x](javascript:1) *vet*")))
    texts = " ".join(n.get("text", "") for n in canvas["nodes"])
    assert "\\[x\\](javascript" in texts and "\\*vet\\*" in texts


@pytest.mark.parametrize(
    ("feeling", "told"), [(None, 3), (-1.0, 1), (1.0, 5), (-0.3, 2), (0.1, 3), (-7.0, 1)]
)
def test_a_feeling_becomes_a_score_of_one_to_five(feeling: float | None, told: int) -> None:
    assert score(feeling) == told


def pasted(content: bytes) -> dict[str, list[str]]:
    rows = csv.reader(StringIO(content.decode("utf-8"), newline=""), "excel-tab")
    return {row[0]: row[1:] for row in rows}


def test_the_grid_has_a_column_for_each_stage_and_an_item_a_line() -> None:
    found = pasted(GridTsv().export(with_maps()))
    assert found["Rij"] == ["Aankoop", "Na"]
    assert found["Knelpunten"] == [
        "geen bewijs",
        "Onduidelijk wanneer het komt (2/3)\nKoerier belt niet aan (1/3)",
    ]
    assert found["Gevoel"][1] == "gemiddeld −0,60 (spreiding 0,40), 5 uitspraken van 3 mensen"
    assert found["Bewijs"] == ["geen bewijs", "goed onderbouwd"]
    assert "“Ik wist niet wanneer het kwam.” Deelnemer 1" in found["Citaten"][1]


def test_the_workbook_has_a_sheet_for_each_map_and_runs_no_formula() -> None:
    book = load_workbook(BytesIO(GridXlsx().export(with_maps(label="=1+1"))))
    assert book.sheetnames == ["1 Iedereen", "2 De nachecker"]
    sheet = book["1 Iedereen"]
    assert sheet["C7"].value.startswith("=1+1 (2/3)") and sheet["C7"].data_type == "s"


def test_a_table_to_paste_shows_html_as_text_and_breaks_lines() -> None:
    text = GridHtml().export(with_maps(label="<b>x</b>")).decode("utf-8")
    assert "<td>&lt;b&gt;x&lt;/b&gt; (2/3)<br>&lt;b&gt;x&lt;/b&gt; (1/3)</td>" in text


def test_a_picture_says_k_of_n_quotes_and_where_there_is_no_evidence() -> None:
    root = etree.fromstring(MapSvg().export(with_maps()))
    texts = [t.text for t in root.iter("{*}text")]
    assert {"Iedereen", "Aankoop", "Na", "Onduidelijk wanneer het komt"} <= set(texts)
    assert texts.count("2 van de 3 mensen") == 4
    assert "geen bewijs" in texts and "CONCEPT" in texts
    assert (
        root.get("lang") == "nl" and root.find("{*}title").text == "Bezorging: Iedereen (concept)"
    )


def test_a_feeling_nobody_has_is_no_point_and_no_line() -> None:
    def drawn(analysis: Analysis) -> tuple[int, int]:
        root = draw_map(everyone(analysis)).root
        return len(root.findall("circle")), len(root.findall("line"))

    full = with_maps()
    cells = tuple(
        replace(c, mean=0.5, spread=0.1, count=1, people=1)
        if (c.row, c.stage) == ("emotion", "purchase")
        else c
        for c in full.maps[0].cells
    )
    both = replace(full, maps=(replace(full.maps[0], cells=cells), *full.maps[1:]))
    assert drawn(full) == (1, 2)
    assert drawn(both) == (2, 4)


def test_the_archive_holds_every_map_and_persona_twice() -> None:
    with ZipFile(BytesIO(Pictures().export(with_maps()))) as archive:
        assert archive.namelist() == [
            f"{name}.{kind}"
            for name in ("journey-everyone", "persona-01", "journey-persona-01")
            for kind in ("svg", "png")
        ]
        card = etree.fromstring(archive.read("persona-01.svg"))
    texts = [t.text for t in card.iter("{*}text")]
    assert {"De nachecker", "CONCEPT", "2 van de 3 mensen · opkomend"} <= set(texts)
    assert "25-34" in " ".join(texts)


def test_an_archive_of_many_maps_holds_the_later_ones_as_svg_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1)
    with ZipFile(BytesIO(Pictures().export(with_maps()))) as archive:
        assert archive.namelist() == [
            "journey-everyone.svg",
            "journey-everyone.png",
            "persona-01.svg",
            "journey-persona-01.svg",
        ]


def test_letters_that_the_font_lacks_are_asked_of_the_computer() -> None:
    plain, other = MapPng().export(told_by("x")), MapPng().export(told_by("中文"))
    opens_as_png(other)
    assert plain != other


def test_a_colon_in_a_task_changes_neither_its_name_nor_its_score() -> None:
    text = MermaidJourney().export(with_maps(label="Tijd: 10 min: 3: Ik")).decode("utf-8")
    assert "      Tijd： 10 min： 3： Ik: 1: De nachecker\n" in text


def test_a_mindmap_has_a_node_for_every_theme() -> None:
    text = MermaidMindmap().export(with_maps(label="Kosten (hoog)")).decode("utf-8")
    assert text.count('["Kosten (hoog) (') == 3


def test_a_mindmap_that_mermaid_would_refuse_is_cut_and_says_so() -> None:
    full = with_maps()
    many = tuple(replace(full.themes[0], id=f"t{n:04}", label="woord " * 20) for n in range(900))
    text = MermaidMindmap().export(replace(full, themes=many)).decode("utf-8")
    assert LONGEST_FILE - 500 < len(text) < 50_000
    assert "regels zijn weggelaten" in text.splitlines()[-1]


def test_a_period_in_a_timeline_keeps_its_events() -> None:
    text = MermaidTimeline().export(with_maps(label="Zoek #1 : x")).decode("utf-8")
    assert "      Knelpunten : Zoek №1 ： x : Zoek №1 ： x\n" in text


def test_a_network_ties_personas_to_themes_and_statements_to_what_they_support() -> None:
    graph = networkx.read_graphml(BytesIO(GraphMl().export(with_maps())))
    edges = [(graph.nodes[a]["kind"], graph.nodes[b]["kind"], d["relation"], d["weight"])
             for a, b, d in graph.edges(data=True)]  # fmt: skip
    assert ("persona", "pain", "has", 2.0) in edges
    assert ("statement", "pain", "supports", 1.0) in edges
    assert ("pain", "stage", "raised in", 2.0) in edges
    assert ("stage", "stage", "next", 1.0) in edges


def test_an_outline_leads_from_stages_to_quotes() -> None:
    root = ElementTree.fromstring(Opml().export(with_maps()))
    theme = next(o for o in root.iter("outline") if o.get("id") == "theme-1")
    assert theme.get("text") == "Onduidelijk wanneer het komt (2/3)"
    assert theme[0].get("text").startswith("“Ik wist niet wanneer het kwam.”")


def test_freemind_folds_the_quotes() -> None:
    root = ElementTree.fromstring(FreeMind().export(with_maps()))
    node = next(n for n in root.iter("node") if n.get("TEXT", "").startswith("Onduidelijk"))
    assert node.get("FOLDED") == "true" and len(node.findall("node")) == 2


def test_plantuml_colours_pains_and_motivations_apart() -> None:
    text = PlantUml().export(with_maps()).decode("utf-8")
    assert "****[#FDE7E4] Onduidelijk wanneer het komt (2∕3)" in text
    assert "****[#E5F3E3] Weten waar ik aan toe ben (1∕3)" in text


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


def test_every_pain_point_is_an_item_with_people_stage_and_quotes() -> None:
    first, second = table(LinearCsv().export(with_maps()))
    assert (first["Title"], second["Title"]) == (
        "Onduidelijk wanneer het komt",
        "Koerier belt niet aan",
    )
    assert first["Labels"] == "Knelpunt, Na, opkomend"
    assert (first["Priority"], first["Status"]) == ("No priority", "Backlog")
    assert "Fase: Na. 2 van de 3 mensen (opkomend)." in first["Description"]
    assert "> “Ik wist niet wanneer het kwam.” (Deelnemer 1, gesprek.txt" in first["Description"]
    assert first["Description"].endswith("Id: theme-1")


def test_an_item_says_what_the_team_plans() -> None:
    plan = Plan("theme-1", "Hoe kan het beter?", 0.5, 0.3, "Sam", "planned", "", "Een tijdvak")
    (first, _) = table(LinearCsv().export(replace(with_maps(), about=About(plans=(plan,)))))
    assert "Kans: Hoe kan het beter?" in first["Description"]
    assert "Wat er moet veranderen: Een tijdvak\n\nEigenaar: Sam" in first["Description"]


def test_labels_in_jira_have_a_column_each_and_no_spaces() -> None:
    content = JiraCsv().export(with_maps(label="x"))
    header, row, *_ = csv.reader(StringIO(content.decode("utf-8"), newline=""))
    assert header == ["Summary", "Description", "Issue Type", "Labels", "Labels", "Labels"]
    assert row[3:] == ["Knelpunt", "Na", "opkomend"]


def test_gitlab_carries_nothing_out_and_calls_nobody() -> None:
    full = with_maps(label="naam")
    evil = tuple(replace(t, definition="/close @all") for t in full.themes)
    (first, *_) = table(GitLabCsv().export(replace(full, themes=evil)))
    assert list(first) == ["title", "description"]
    assert not re.search(r"^\s*/", first["description"], re.MULTILINE)
    assert "@all" not in first["description"]


# --- text --------------------------------------------------------------------------


def test_text_is_cut_between_letters_and_never_before_an_accent() -> None:
    assert shortened("e\u0301" * 5, 6) == "e\u0301e\u0301…"
    assert shortened("kort", 4) == "kort"
    assert len(cell("x" * 40_000)) == 32_767


def test_letters_of_every_script_stay_and_what_turns_text_round_goes() -> None:
    assert clean("עברית\u202e e\u0301 中文 👍\x00\ud83d") == "עברית e\u0301 中文 👍"
    assert line("\n \x00") == "…"
    assert without_emoji("top 👍🏽 ⏰ é") == "top é"


def test_ids_are_the_same_for_the_same_parts() -> None:
    assert short_id("a", "b") == short_id("a", "b") != short_id("ab")


def test_lines_are_no_wider_than_asked_and_lose_no_word() -> None:
    text = "Bezorgmoment schuift steeds op en onderbreekmijnietwantditiseenheellangwoord"
    lines = wrap(text, 12, 120)
    assert all(font().width(part, 12) <= 120 for part in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrap(text, 12, 120, most=2)[-1].endswith("…")


def test_a_wider_letter_measures_wider() -> None:
    assert font().width("W", 10) > font().width("i", 10) > font().width("\u0301", 10) == 0
    assert font(bold=True).width("Woord", 10) > font().width("Woord", 10)
