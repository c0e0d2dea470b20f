"""The page with the columns of a survey, and its twin below /api."""

import re
from html import unescape
from pathlib import Path

import pytest
import web_sample
from test_web_pages import read
from web_sample import HOSTILE, Site

from research.model import Upload
from research.readers.chosen import from_file
from research.store import sources

SURVEY = f'Respondent;Datum;E-mailadres;"{HOSTILE}";Team;Waarom koos u ons?\n' + "".join(
    f"R{n};2026-01-{n:02};kees.{n}@example.org;x{n % 2};{('Noord', 'Zuid')[n % 2]};"
    f"Om de prijs van dag {n}, mail kees{n}@example.org\n"
    for n in range(1, 13)
)


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


def add(site: Site, text: str = SURVEY, name: str = "enquete.csv") -> str:
    """Add a survey; the address of its columns."""
    answer = site.client.post(f"/api{site.root}/files", files={"files": (name, text.encode())})
    assert answer.status_code == 201, answer.text
    return f"{site.root}/sources/{answer.json()[0]['source']}/columns"


def form(site: Site, where: str) -> dict[str, list[str]]:
    """What the form of the page sends when nothing is changed."""
    text = site.client.get(where).text
    names = re.findall(r'name="column" value="([^"]*)"', text)
    roles = re.findall(r'<option value="(\w+)" selected>', text)
    assert len(names) == len(roles) > 0
    return {"column": [unescape(n) for n in names], "role": roles}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_tells_every_column_why_and_shows_no_personal_data(
    site: Site, language: str
) -> None:
    text = site.client.get(add(site), headers={"accept-language": language}).text
    links = read(text)

    assert f'<html lang="{language}">' in text and text.count("<h1") == 1
    assert len(links.ids) == len(set(links.ids)) and links.styled == 0
    assert "example.org" not in text and HOSTILE not in text
    assert "Noord" in text and "Om de prijs van dag 1" in text
    assert text.count("<select") == 6


def test_saving_the_form_reads_the_file_again_and_is_in_the_log(site: Site) -> None:
    where = add(site)
    fields = form(site, where)
    assert fields["role"] == ["respondent", "date", "ignore", "attribute", "attribute", "open"]
    fields["role"][4] = "ignore"

    answer = site.client.post(where, data=fields)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{site.root}/files#file-")
    (reading,) = sources.readings(site.store, site.study)
    assert all(name != "Team" for p in reading.passages for name, _ in p.attributes)
    assert form(site, where) == fields
    assert "Kolommen van een enquête" in site.client.get(f"{site.root}/decisions").text
    files = site.client.get(f"{site.root}/files").text
    assert where in files and "de kolommen worden gelezen zoals mensen kozen" in files


def test_the_twin_tells_the_same_and_takes_a_choice(site: Site) -> None:
    where = add(site)
    told = site.client.get(f"/api{where}").json()
    columns = told["survey"]["columns"]
    assert told["head"]["id"] == site.study and len(columns) == 6
    assert "example.org" not in repr(told)

    roles = [[c["name"], "open" if c["name"] == "Team" else c["role"]] for c in columns]
    assert site.client.post(f"/api{where}", json={"roles": roles}).status_code == 204

    after = site.client.get(f"/api{where}").json()["survey"]
    assert after["chosen"] and [[c["name"], c["role"]] for c in after["columns"]] == roles


def test_the_file_to_download_is_the_choice(site: Site) -> None:
    where = add(site)
    fields = form(site, where)

    answer = site.client.get(f"/api{where}/file")

    assert "attachment" in answer.headers["content-disposition"]
    roles = from_file(Upload("columns.json", answer.content)).roles
    assert roles == tuple(zip(fields["column"], fields["role"], strict=True))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_choice_that_gives_nothing_is_refused_with_the_reason(site: Site, language: str) -> None:
    where = add(site)
    fields = form(site, where) | {"role": ["ignore"] * 6}

    answer = site.client.post(where, data=fields, headers={"accept-language": language})

    assert answer.status_code == 422
    told = {"nl": "geen kolom bevat antwoorden", "en": "no column holds answers"}
    assert told[language] in answer.text
    assert site.client.post(where, data={}).status_code == 400
    assert site.client.post(f"/api{where}", json={"roles": [["a", "b"]]}).status_code == 422


def test_a_survey_with_very_many_columns_can_be_chosen(site: Site) -> None:
    names = [f"Vraag {n}" for n in range(1, 1201)]
    row = ";".join(["3"] * 1199)
    text = ";".join(names) + "".join(f"\n{row};Om de prijs van dag {n}" for n in range(1, 9))
    where = add(site, text)

    assert site.client.post(where, data=form(site, where)).status_code == 303
