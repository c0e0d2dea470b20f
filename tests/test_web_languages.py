"""Statements in a language that the encoder was not made for, on the pages and their twins."""

from dataclasses import replace

import pytest
import web_sample
from web_sample import Site

from api.words import LANGUAGE
from research.encoders.known import BUNDLED, MADE_FOR, suits
from research.steps.language import CANDIDATES
from research.store import analyses, runs

SECOND = web_sample.analysis().statements[1].id
SOURCE = "/sources/0000000000000000"
MARK = "geen taal van het taalmodel van dit onderzoek"


def spoken(home, encoder: str) -> Site:
    """The sample, run again with an encoder: its second statement is German."""
    site = web_sample.site(home)
    made = web_sample.analysis()
    statements = tuple(replace(s, language="de") if s.id == SECOND else s for s in made.statements)
    made = replace(made, statements=statements, made_by=replace(made.made_by, encoder=encoder))
    analyses.save(site.store, runs.begin(site.store, site.study), made, ())
    return site


def shown(site: Site, path: str, language: str = "nl") -> str:
    answer = site.client.get(f"{site.root}{path}", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("path", [SOURCE, f"/statements/{SECOND}", "/participants/p0"])
def test_a_statement_in_another_language_is_marked_with_its_name(home, path: str) -> None:
    site = spoken(home, BUNDLED[0].id)
    page = shown(site, path)
    assert page.count(MARK) == 1
    assert "Duits<span" in page
    assert "German<span" in shown(site, path, "en")


def test_the_transcript_tells_a_screen_reader_which_language_it_hears(home) -> None:
    page = shown(spoken(home, BUNDLED[0].id), SOURCE)
    assert f'id="s-{SECOND}" class="k-motivation" lang="de"' in page


def test_the_twins_tell_which_statements_are_foreign(home) -> None:
    site = spoken(home, BUNDLED[0].id)
    told = site.client.get(f"/api{site.root}{SOURCE}").json()
    pieces = [p for turn in told["turns"] for p in turn["pieces"] if p["statement"]]
    assert [p["statement"] for p in pieces if p["foreign"]] == [SECOND]
    labelled = site.client.get(f"/api{site.root}/statements/{SECOND}").json()["labelled"]
    assert labelled["quote"]["foreign"]


def test_with_a_model_that_somebody_chose_nothing_is_marked(home) -> None:
    site = spoken(home, "models/multilingual-e5-small")
    assert MARK not in shown(site, SOURCE)


def test_the_bundled_encoders_suit_dutch_and_english_alone() -> None:
    for known in BUNDLED:
        fit = {t for t in CANDIDATES if suits(known.id, t)}
        assert fit == set(MADE_FOR)
        assert suits(known.id, "")
    assert suits("intfloat/multilingual-e5-small", "de")


@pytest.mark.parametrize("language", CANDIDATES)
def test_every_language_that_is_told_has_a_name(language: str) -> None:
    assert language in LANGUAGE
