"""The pages of measures: adding a table, its columns, scores, and the row of the map."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import web_sample
from web_sample import HOSTILE, Site

from api.numbers import amount, period
from research import studies
from research.model import Cell, Upload
from research.store import analyses, runs

TABLE = (
    "Fase;Metric;Waarde;Periode;Doel\n"
    "Aankoop;Conversieratio;2,4%;mrt 2026;3%\n"
    "Aankoop;Conversieratio;2,1%;feb 2026;3%\n"
    f';"{HOSTILE}";7;mrt 2026;\n'
    ";Rust;veel;mrt 2026;\n"
)
SURVEY = "Tijdstempel;NPS (0-10);Waarom?\n" + "".join(
    f"2026-01-{d:02};{d % 11};Omdat het op dag {d} zo ging\n" for d in range(1, 29)
)


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


def add(site: Site, text: str = TABLE, name: str = "maart.csv") -> str:
    """Add a table through the form; the address of its columns."""
    answer = site.client.post(f"{site.root}/kpis", files={"file": (name, text.encode())})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_table_counts_after_its_columns_were_looked_at(site: Site) -> None:
    where = add(site)
    assert "Conversiepercentage" not in site.client.get(f"{site.root}/kpis").text
    columns = words(site.client.get(where).text)
    assert '<option value="Waarde" selected>' in columns
    assert "1 cel terzijde gelegd" in columns and "“veel”. geen getal" in columns
    site.client.post(where)
    page = words(site.client.get(f"{site.root}/kpis").text)
    assert "<b>2,4%</b>" in page and "<b>niet gehaald</b>" in page
    assert "omhoog, van 2,1% in feb 2026: beter" in page
    assert "uit maart.csv" in page


def test_text_of_a_table_shows_as_text(site: Site) -> None:
    where = add(site)
    site.client.post(where)
    for page in (where, f"{site.root}/kpis"):
        text = site.client.get(page).text
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text


def test_the_columns_can_be_chosen_and_looked_at_before_they_count(site: Site) -> None:
    where = add(site, "naam,a,b\nNPS,31,40\n", "eigen.csv")
    asked = {"layout": "rows", "metric": "naam", "value": "b", "when": "2026-Q1", "decimal": "."}
    told = site.client.get(f"/api{where}", params=asked).json()
    assert [(f["metric"], f["value"], f["period"]) for f in told["figures"]] == [
        ("NPS", 40, "2026-Q1")
    ]
    assert site.client.get(f"/api{where}").json()["used"] is False
    site.client.post(where, data=asked | {"name": ["NPS"], "to": ["loyalty"]})
    stages = site.client.get(f"/api{site.root}/kpis").json()["stages"]
    assert [s["stage"] for s in stages if s["measures"]] == ["loyalty"]


def test_columns_that_give_nothing_are_told_on_the_page_and_do_not_count(site: Site) -> None:
    where = add(site)
    asked = {"layout": "rows", "metric": "Waarde", "value": "Metric"}
    assert "kies andere" in site.client.get(where, params=asked).text
    assert site.client.post(where, data=asked).status_code == 422
    assert site.client.get(f"/api{where}").json()["used"] is False


def test_a_program_can_do_what_the_forms_do(site: Site) -> None:
    api = f"/api{site.root}/kpis"
    added = site.client.post(api, files={"file": ("m.csv", TABLE.encode())})
    assert added.status_code == 201
    one = f"{api}/{added.json()['id']}"
    mapping = site.client.get(one).json()["mapping"]
    assert site.client.post(one, json=mapping).status_code == 204
    assert [t["figures"] for t in site.client.get(api).json()["tables"]] == [3]
    assert site.client.delete(one).status_code == 204
    assert site.client.delete(one).status_code == 404
    assert site.client.get(api).json()["tables"] == []


def test_a_table_can_be_removed(site: Site) -> None:
    where = add(site)
    site.client.post(where)
    assert site.client.post(f"{where}/remove").headers["location"] == f"{site.root}/kpis"
    assert "maart.csv" not in site.client.get(f"{site.root}/kpis").text


def test_a_file_that_is_no_table_is_refused_in_the_language_of_the_page(site: Site) -> None:
    answer = site.client.post(f"{site.root}/kpis", files={"file": ("leeg.csv", b"")})
    assert answer.status_code == 422
    assert "leeg.csv: het bestand is leeg" in answer.text
    large = site.client.post(f"{site.root}/kpis", files={"file": ("x.csv", b"a,b\n" * 1_300_000)})
    assert large.status_code == 413


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_of_a_table_and_a_score_are_whole(site: Site, language: str) -> None:
    studies.add_uploads(site.store, site.study, [Upload("enquete.csv", SURVEY.encode())])
    where = add(site)
    site.client.post(where)
    stages = site.client.get(f"/api{site.root}/kpis").json()["stages"]
    scores = [m["url"] for s in stages for m in s["measures"] if m["url"]]
    for page in (where, f"{site.root}/kpis", *scores):
        text = site.client.get(page, headers={"accept-language": language}).text
        ids = re.findall(r' id="([^"]+)"', text)
        named = re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]+)"', text)
        assert text.count("<h1") == 1
        assert len(ids) == len(set(ids))
        assert set(named) <= set(ids)
        assert not re.search(r" style=|<style| on[a-z]+=", text)


def test_a_stage_without_measures_says_so_and_what_to_measure(site: Site) -> None:
    page = site.client.get(f"{site.root}/kpis", headers={"accept-language": "en"}).text
    assert page.count("no evidence") == 5


def test_a_score_leads_to_its_people_and_says_that_they_are_few(site: Site) -> None:
    studies.add_uploads(site.store, site.study, [Upload("enquete.csv", SURVEY.encode())])
    page = words(site.client.get(f"{site.root}/kpis").text)
    assert "n = 28, 95%-interval" in page
    assert "Minder dan 30 antwoorden" in page
    (url,) = {
        m["url"]
        for s in site.client.get(f"/api{site.root}/kpis").json()["stages"]
        for m in s["measures"]
    }
    told = site.client.get(f"/api{url}").json()
    assert [g["people"] for g in told["groups"]] == [4, 4, 20]
    assert site.client.get(url).status_code == 200
    assert site.client.get(f"{site.root}/scores/gone").status_code == 404


def test_what_people_wrote_stands_under_the_side_they_are_on(site: Site) -> None:
    studies.add_uploads(site.store, site.study, [Upload("enquete.csv", SURVEY.encode())])
    analysis = studies.analyse_study(site.store, site.study)
    (score,) = site.client.get(f"/api{site.root}/kpis").json()["stages"][3]["measures"]
    told = site.client.get(f"/api{score['url']}").json()
    places = {s.id: s.place for s in analysis.statements}
    for group, values in zip(told["groups"], ((9, 10), (7, 8), range(7)), strict=True):
        for quote in group["quotes"]:
            assert int(places[quote["id"]].split()[-1]) % 11 in values
        assert group["wrote"] == len({q["participant"] for q in group["quotes"]})


def test_a_score_is_moved_left_out_and_brought_back(site: Site) -> None:
    studies.add_uploads(site.store, site.study, [Upload("enquete.csv", SURVEY.encode())])

    def shown() -> list[str]:
        stages = site.client.get(f"/api{site.root}/kpis").json()["stages"]
        return [s["stage"] for s in stages if s["measures"]]

    (score,) = site.client.get(f"/api{site.root}/kpis").json()["stages"][3]["measures"]
    url = score["url"]
    site.client.post(url, data={"stage": "loyalty"})
    assert shown() == ["loyalty"]
    assert site.client.post(f"/api{url}", json={"stage": "-"}).status_code == 204
    assert shown() == []
    assert f'href="{url}"' in site.client.get(f"{site.root}/kpis").text
    assert "Weggelaten" in site.client.get(f"{site.root}/decisions").text
    last = site.client.get(f"/api{site.root}/decisions").json()["decisions"][0]["id"]
    site.client.post(f"{site.root}/decisions/{last}/undo")
    assert shown() == ["loyalty"]
    assert site.client.post(url, data={"stage": "nowhere"}).status_code == 400


def test_the_map_shows_the_measures_of_a_stage_and_their_source(site: Site) -> None:
    whole = web_sample.analysis()
    rows = tuple(Cell(stage, "kpis") for stage in web_sample.STAGES.ids)
    maps = tuple(replace(m, cells=(*m.cells, *rows)) for m in whole.maps)
    run = runs.begin(site.store, site.study)
    analyses.save(site.store, run, replace(whole, maps=maps), ())
    site.client.post(add(site))
    page = words(site.client.get(f"{site.root}/journey").text)
    assert "<b>Conversiepercentage: 2,4%</b>" in page
    assert "uit maart.csv" in page and "Van iedereen" not in page
    assert "Van iedereen" in site.client.get(f"{site.root}/journey?persona=a").text


def test_figures_are_written_as_the_language_does() -> None:
    assert amount(2.44, "%", "nl") == "2,44%"
    assert amount(66.666, "%", "en") == "66.7%"
    assert amount(1234.5, "", "nl") == "1.234,5"
    assert amount(89.5, "EUR", "nl") == "€\xa089,50"
    assert amount(14400, "s", "nl") == "4 u"
    assert amount(205, "s", "en") == "3 min 25 s"
    assert amount(0.4, "s", "en") == "0.4 s"
    assert period("2026-03", "nl") == "mrt 2026"
    assert period("2026-Q1", "nl") == "K1 2026"
    assert period("2026-W05", "en") == "week 5, 2026"
    assert period("2026-01-01/2026-01-14", "nl") == "1 jan 2026 – 14 jan 2026"
    assert period("2026", "en") == "2026"
