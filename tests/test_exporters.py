"""What every exporter keeps to, and what each of them is for."""

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from urllib.parse import quote

import pytest
from builders import an_analysis

from research.contracts import Exporter
from research.exporters import BASIC, EXPORTERS
from research.exporters.analysis_json import AnalysisJson
from research.exporters.cards import CARDS
from research.exporters.markdown import escape
from research.exporters.pain_points_csv import PainPointsCsv
from research.exporters.personas_md import PersonasMd
from research.exporters.report_html import ReportHtml
from research.exporters.tables import guard, to_csv
from research.exporters.themes_csv import ThemesCsv
from research.exporters.words import CODES, dutch, words_of
from research.figures import curve, ticks
from research.model import (
    PERSONA_STATUSES,
    Analysis,
    Coverage,
    SaturationPoint,
    Statement,
)
from research.resources import TEMPLATES
from research.wilson import interval
from research.wording import number

EVIL = (
    '<script>alert(1)</script> <img src=x onerror="alert(2)"> [link](javascript:alert(3)) {{7*7}}'
)
VOID = frozenset(("meta", "link", "br", "img", "line", "circle", "polyline", "input", "hr"))


class Page(HTMLParser):
    """A page's ids, links, tags and texts; complains about tags that do not match."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marks: dict[str, str] = {}
        self.headings: list[int] = []
        self._open: list[str] = []
        self._mark = ""
        self.feed(content.decode("utf-8"))
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes += attrs
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found["href"]))
        if tag == "mark" and "id" in found:
            self._mark = str(found["id"])
            self.marks[self._mark] = ""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag
        if tag == "mark":
            self._mark = ""

    def handle_data(self, data: str) -> None:
        if self._mark:
            self.marks[self._mark] += data


def report(analysis: Analysis) -> Page:
    return Page(ReportHtml().export(analysis))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def bare() -> Analysis:
    """One file, of which nothing came."""
    full = an_analysis()
    return replace(
        full,
        participants=(),
        statements=(),
        themes=(),
        personas=(),
        unplaced=(),
        maps=(),
        saturation=(),
        coverage=Coverage(0, 0, 0, 0, (), 0),
    )


def hostile(text: str = EVIL) -> Analysis:
    """An analysis in which everything that comes from files or people is the text."""
    full = an_analysis(text)
    sources = tuple(
        replace(
            source,
            name=text,
            notes=(text,),
            passages=tuple(replace(p, text=text, question=text, place=text) for p in s.passages),
            set_aside=tuple(replace(a, text=text, place=text, reason=text) for a in s.set_aside),
        )
        for source in full.sources
        for s in (source,)
    )

    def said(statement: Statement) -> Statement:
        return replace(statement, text=text, start=0, end=len(text), place=text, question=text)

    return replace(
        full,
        sources=sources,
        refused=((text, text),),
        participants=tuple(
            replace(p, label=text, attributes=((text, text),)) for p in full.participants
        ),
        statements=tuple(said(s) for s in full.statements),
        themes=tuple(replace(t, label=text, definition=text) for t in full.themes),
        personas=tuple(
            replace(
                p,
                name=text,
                summary=text,
                claims=tuple(replace(c, text=text, kind=text) for c in p.claims),
                demographics=tuple(
                    replace(d, attribute=text, values=((text, 1),)) for d in p.demographics
                ),
            )
            for p in full.personas
        ),
        notes=(text,),
    )


# --- every exporter ----------------------------------------------------------------


def test_the_five_files_to_begin_with_come_first() -> None:
    assert [exporter.filename for exporter in EXPORTERS[:5]] == [
        "analysis.json",
        "report.html",
        "pain-points.csv",
        "themes.csv",
        "personas.md",
    ]
    assert len({exporter.name for exporter in EXPORTERS}) == len(EXPORTERS)


def test_every_exporter_has_a_card_and_every_card_an_exporter() -> None:
    assert {exporter.name for exporter in EXPORTERS} == set(CARDS)
    assert all(getattr(c, f) for c in CARDS.values() for f in ("purpose", "carries", "limits"))


@pytest.mark.parametrize("exporter", BASIC, ids=lambda e: e.name)
class TestEveryExporter:
    def test_the_same_analysis_gives_the_same_bytes(self, exporter: Exporter) -> None:
        assert exporter.export(an_analysis()) == exporter.export(an_analysis())

    def test_the_bytes_are_utf_8_and_keep_every_letter(self, exporter: Exporter) -> None:
        full = an_analysis("Größe & prijs „één” 👍")
        themes = tuple(replace(t, label="Café ’s ochtends 👍") for t in full.themes)
        personas = tuple(replace(p, name="Café ’s ochtends 👍") for p in full.personas)
        text = exporter.export(replace(full, themes=themes, personas=personas)).decode("utf-8")
        assert "Café ’s ochtends 👍" in text

    def test_an_analysis_of_nothing_is_written_too(self, exporter: Exporter) -> None:
        assert exporter.export(bare())

    def test_half_a_surrogate_pair_and_control_characters_do_no_harm(
        self, exporter: Exporter
    ) -> None:
        content = exporter.export(hostile("kapot \ud83d teken \x00\x0b einde"))
        assert "einde" in content.decode("utf-8")

    def test_no_placeholder_is_resolved(self, exporter: Exporter) -> None:
        content = exporter.export(hostile("[NAAM 1] belde")).decode("utf-8")
        assert "NAAM 1" in content


def test_a_name_that_redaction_missed_in_a_label_reaches_no_export() -> None:
    full = an_analysis()
    named = tuple(replace(s, voice="Annelies Bakker") for s in full.speakers)
    for exporter in EXPORTERS:
        assert b"Annelies" not in exporter.export(replace(full, speakers=named))


# --- analysis.json -----------------------------------------------------------------


def test_json_is_canonical() -> None:
    content = AnalysisJson().export(an_analysis()).decode("utf-8")
    data = json.loads(content)
    assert list(data) == sorted(data)
    assert content.endswith("}\n")
    assert not any(line.endswith(" ") for line in content.splitlines())


def test_json_does_not_depend_on_the_order_of_what_has_no_order() -> None:
    full = an_analysis()
    turned = replace(
        full,
        sources=full.sources[::-1],
        participants=full.participants[::-1],
        statements=full.statements[::-1],
        refused=full.refused[::-1],
        speakers=full.speakers[::-1],
    )
    assert AnalysisJson().export(turned) == AnalysisJson().export(full)


def test_json_gives_half_a_surrogate_pair_back_as_it_was() -> None:
    data = json.loads(AnalysisJson().export(hostile("kapot \ud83d")))
    assert data["study"] == "kapot \ud83d"


def test_json_lists_a_statements_stages_by_score() -> None:
    full = an_analysis()
    tag = full.statements[0].stages[0]
    both = (replace(tag, stage="purchase", score=0.1), replace(tag, score=0.9))
    changed = replace(full, statements=(replace(full.statements[0], stages=both),))
    (statement,) = json.loads(AnalysisJson().export(changed))["statements"]
    assert [s["stage"] for s in statement["stages"]] == ["service", "purchase"]


def test_a_rating_that_is_no_number_becomes_null() -> None:
    full = an_analysis()
    odd = replace(full.statements[0], rating=float("nan"))
    data = json.loads(AnalysisJson().export(replace(full, statements=(odd,))))
    assert data["statements"][0]["rating"] is None


# --- tables ------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_run_as_a_formula_is_guarded(start: str) -> None:
    assert guard(start + "1+1") == "'" + start + "1+1"
    assert guard("a" + start) == "a" + start


def test_our_own_numbers_stay_numbers() -> None:
    assert guard(-0.5) == "-0.5"


def test_tables_have_a_byte_order_mark_crlf_and_quotes_everywhere() -> None:
    assert to_csv(("a", "b"), [(1, 'zeg "ja"')]) == (b'\xef\xbb\xbf"a","b"\r\n"1","zeg ""ja"""\r\n')


def test_a_line_break_in_a_quote_stays_in_its_cell() -> None:
    (row, *_) = rows(PainPointsCsv().export(hostile('eerst\nen toen, "ja"')))
    assert row["label"] == 'eerst\nen toen, "ja"'


def test_pain_points_are_listed_with_most_people_first() -> None:
    found = rows(PainPointsCsv().export(an_analysis()))
    assert [row["id"] for row in found] == ["theme-1", "theme-2"]
    first = found[0]
    assert (first["people"], first["of"], first["stage_name"]) == ("2", "3", "Na")
    assert (first["single_voice"], first["evidence_level"]) == ("no", "emerging")
    assert first["personas"] == "De nachecker"
    assert first["quote_1"] == "Ik wist niet wanneer het kwam."
    assert first["participant_2"] == "Respondent 1"
    assert first["source_2"] == "enquête.csv, rij 2"
    assert first["quote_3"] == ""
    assert found[1]["single_voice"] == "yes"


def test_a_person_is_quoted_once_for_a_pain_point() -> None:
    full = an_analysis()
    mine = tuple(s.id for s in full.statements if s.participant == "p1")
    talkative = replace(full.themes[0], quotes=mine)
    (row, *_) = rows(PainPointsCsv().export(replace(full, themes=(talkative,))))
    assert (row["participant_1"], row["participant_2"]) == ("Deelnemer 1", "")


def test_themes_have_a_column_for_each_stage() -> None:
    found = rows(ThemesCsv().export(an_analysis()))
    assert [row["kind"] for row in found] == ["pain", "pain", "motivation"]
    assert found[0]["people_service"] == "2"
    assert found[0]["people_purchase"] == "0"
    assert found[0]["main_stage"] == "service"


# --- personas.md -------------------------------------------------------------------


def test_a_persona_says_who_stands_behind_each_claim() -> None:
    text = PersonasMd().export(an_analysis()).decode("utf-8")
    assert "## De nachecker" in text
    assert "**Onduidelijk wanneer het komt**: 2 van 3 (20–90%), opkomend" in text
    assert "“Ik wist niet wanneer het kwam.” (Deelnemer 1; gesprek.txt, regel 2)" in text
    assert text.rstrip().endswith("Respondent 2")


def test_a_persona_is_marked_as_a_draft_until_someone_accepts_it() -> None:
    full = an_analysis()
    accepted = tuple(replace(p, status="accepted") for p in full.personas)
    assert b"CONCEPT" in PersonasMd().export(full)
    assert b"CONCEPT" not in PersonasMd().export(replace(full, personas=accepted))


def test_text_of_others_neither_formats_nor_links_in_markdown() -> None:
    text = PersonasMd().export(hostile()).decode("utf-8")
    assert "<" not in text.replace("\n> ", "").replace("  > ", "")
    assert "\\[link\\](" in text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("# kop", "\\# kop"),
        ("- punt", "\\- punt"),
        ("1. eerst", "1\\. eerst"),
        ("25-34", "25-34"),
        ("*vet* en _schuin_", "\\*vet\\* en \\_schuin\\_"),
        ("twee\n\n# regels", "twee \\# regels"),
        ("<b> & co", "&lt;b&gt; &amp; co"),
        ("https://x.nl", "https\\://x.nl"),
        ("Gewoon. Een zin, met (haakjes)!", "Gewoon. Een zin, met (haakjes)!"),
    ],
)
def test_markdown_is_escaped_where_it_means_something(text: str, safe: str) -> None:
    assert escape(text) == safe


# --- report.html -------------------------------------------------------------------


def test_every_claim_leads_to_its_words_in_the_same_file() -> None:
    full = an_analysis()
    page = report(full)
    targets = [link[1:] for link in page.links]
    assert all(link.startswith("#") for link in page.links)
    assert set(targets) <= set(page.ids)
    for persona in full.personas:
        for claim in persona.claims:
            assert {f"s-{s}" for s in claim.statements} <= set(targets)
    for theme in full.themes:
        assert {f"s-{s}" for s in theme.statements} <= set(targets)


def test_every_statement_is_marked_with_exactly_its_words() -> None:
    full = an_analysis()
    assert report(full).marks == {f"s-{s.id}": s.text for s in full.statements}


def test_statements_that_overlap_or_touch_are_both_there() -> None:
    full = an_analysis()
    first = full.statements[0]
    inside = replace(first, id="inside", start=3, end=10, text=first.text[3:10])
    page = report(replace(full, statements=(*full.statements, inside)))
    assert {f"s-{first.id}", "s-inside"} <= set(page.marks)


def test_ids_are_unique() -> None:
    ids = report(an_analysis()).ids
    assert len(ids) == len(set(ids))


def test_the_report_needs_nothing_else() -> None:
    page = report(an_analysis())
    assert not {"script", "link", "img", "iframe", "form", "object"} & set(page.tags)
    assert not any(name.startswith("on") or name == "src" for name, _ in page.attributes)
    assert b"url(" not in ReportHtml().export(an_analysis())


def test_html_in_files_shows_as_text() -> None:
    page = report(hostile())
    content = ReportHtml().export(hostile()).decode("utf-8")
    assert not {"script", "img"} & set(page.tags)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "{{7*7}}" in content
    assert set(page.marks.values()) <= {EVIL, ""}


def test_headings_skip_no_level() -> None:
    levels = report(an_analysis()).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_draft_has_a_watermark_and_an_accepted_persona_has_none() -> None:
    full = an_analysis()
    accepted = tuple(replace(p, status="accepted") for p in full.personas)
    assert b'class="watermark"' in ReportHtml().export(full)
    assert b'class="watermark"' not in ReportHtml().export(replace(full, personas=accepted))


def test_an_empty_cell_of_the_map_says_so() -> None:
    assert "geen bewijs" in ReportHtml().export(an_analysis()).decode("utf-8")


def test_what_is_not_in_a_theme_yet_is_listed_with_its_way_in_the_report() -> None:
    full = an_analysis()
    left = next(s for s in full.statements if s.kind == "pain")
    coverage = replace(full.coverage, unplaced=(left.id,))
    text = ReportHtml().export(replace(full, coverage=coverage)).decode("utf-8")
    listed = text[text.index('id="outside-pain"') :].partition("</details>")[0]
    assert "Nog niet in een thema" in listed
    assert f'href="#s-{quote(left.id)}"' in listed


def test_a_statement_that_fits_loosely_stands_once_in_its_theme_and_is_marked() -> None:
    full = an_analysis()
    theme = full.themes[0]
    loose = replace(theme, loose=theme.statements[-1:], quotes=theme.statements[:1])
    changed = replace(full, themes=(loose, *full.themes[1:]))
    text = ReportHtml().export(changed).decode("utf-8")
    article = text[text.index(f'id="t-{theme.id}"') :].partition("</article>")[0]
    assert "Past losjes" in article
    assert all(article.count(f'"#s-{quote(i)}"') == 1 for i in theme.statements)


def test_what_was_refused_or_set_aside_is_listed_with_the_reason() -> None:
    text = ReportHtml().export(an_analysis()).decode("utf-8")
    assert "foto.docx" in text
    assert "n.v.t." in text


@pytest.mark.parametrize(("language", "title"), [("nl", "Samenvatting"), ("en", "Summary")])
def test_the_report_speaks_the_language_of_the_study(language: str, title: str) -> None:
    text = ReportHtml().export(replace(an_analysis(), language=language)).decode("utf-8")
    assert f'<html lang="{language}">' in text
    assert f"<h2>{title}</h2>" in text


def test_a_study_in_another_language_is_reported_in_english() -> None:
    text = ReportHtml().export(replace(an_analysis(), language="de")).decode("utf-8")
    assert '<html lang="en">' in text


# --- words and figures -------------------------------------------------------------


def our_texts() -> set[str]:
    """Every text that the templates and exporters say themselves."""
    texts = {text for family in CODES.values() for text in family.values()}
    texts |= {*PERSONA_STATUSES, "qualitative draft", "statistical draft", "row", "line"}
    texts |= {"strong", "emerging", "anecdotal", "assumption"}
    code = TEMPLATES.parent.joinpath("research", "exporters").glob("*.py")
    for file in (*(TEMPLATES / "exports").rglob("*.html"), *code):
        content = file.read_text(encoding="utf-8")
        texts |= {m[2] for m in re.finditer(r"""(?:\b_|say)\(\s*(["'])(.+?)\1\s*\)""", content)}
        for m in re.finditer(r"""\.count\([^"']*"([^"]*)", "([^"]*)"\)""", content):
            texts |= {m[1], m[2]}
    return texts


def test_everything_the_exports_say_has_dutch_words() -> None:
    assert our_texts() - dutch().keys() == set()


def test_dutch_keeps_the_places_to_fill_in() -> None:
    for english, other in dutch().items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", other))


def test_a_reason_that_ends_in_a_place_is_said_in_dutch() -> None:
    assert words_of("nl").reason("the same as row 3") == "hetzelfde als rij 3"
    assert words_of("nl").reason("an unknown reason") == "an unknown reason"


def test_a_code_nobody_knows_reads_as_words() -> None:
    assert words_of("en").code("row", "back_stage") == "Back stage"


def test_numbers_are_written_as_the_language_does() -> None:
    assert words_of("nl").decimal(-0.25) == "−0,2"
    assert words_of("en").decimal(-0.04) == "0.0"


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [(-1 / 3, "nl", "−0,33"), (-1 / 3, "en", "−0.33"), (-0.001, "nl", "0,00"), (2, "nl", "2,00")],
)
def test_a_number_has_the_comma_and_the_minus_of_its_language(
    value: float, language: str, written: str
) -> None:
    assert number(value, language) == written


def test_a_sign_is_written_when_it_is_asked_for() -> None:
    assert number(0.5, "nl", signed=True) == "+0,50"
    assert number(0.0, "nl", signed=True) == "0,00"


def test_the_curve_stays_within_its_frame() -> None:
    points = tuple(SaturationPoint(n, n**0.5, 0.1) for n in range(1, 30))
    drawn = curve(points)
    assert drawn is not None
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in drawn.points)
    assert curve(points[:1]) is None


@pytest.mark.parametrize("most", [0, 1, 6, 7, 149, 13_000, 10**7])
def test_an_axis_has_a_handful_of_round_marks(most: int) -> None:
    marks = ticks(most)
    assert 1 <= len(marks) <= 7
    assert marks[0] == 0
    assert marks[-1] <= most


def test_the_wilson_interval_is_the_known_one() -> None:
    low, high = interval(7, 10)
    assert (round(low, 3), round(high, 3)) == (0.397, 0.892)
    assert interval(0, 10)[0] == 0.0
    assert interval(10, 10)[1] == 1.0
    assert interval(0, 0) == (0.0, 1.0)
