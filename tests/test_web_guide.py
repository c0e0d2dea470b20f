"""The page of the interview guide: who was asked what, and what was never asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from research.model import Analysis
from research.steps.guide import bundled_guide
from research.store import analyses, runs
from tests.web_sample import Site, analysis, site

ASKED = bundled_guide()[0]


@pytest.fixture
def shop(home: Path):
    made = site(home)
    analyses.save(made.store, runs.begin(made.store, made.study), with_a_question(), ())
    yield made
    made.store.close()


def with_a_question() -> Analysis:
    """The first interviewer puts the first question of the guide to the first person."""
    found = analysis()
    first, *rest = found.sources
    passages = tuple(
        replace(p, text=ASKED.text("nl")) if p.index == 0 else p for p in first.passages
    )
    return replace(found, sources=(replace(first, passages=passages), *rest))


def test_who_answered_and_who_was_never_asked(shop: Site):
    told = shop.client.get(f"/api{shop.root}/guide").json()
    assert len(told["questions"]) == len(bundled_guide())
    first = told["questions"][0]
    assert first["text"] == first["wordings"][0] == ASKED.text("nl")
    assert [a["who"]["id"] for a in first["answers"]] == ["p0"]
    source = {p.id: p.sources for p in analysis().participants}
    here = {p for p in source if source[p] == source["p0"]}
    assert {p["id"] for p in first["never"]} == set(source) - here
    assert {p["id"] for p in first["silent"]} == here - {"p0"}


def test_the_page_leads_to_the_words(shop: Site):
    page = shop.client.get(f"{shop.root}/guide").text
    assert ASKED.text("nl") in page and "Nooit gevraagd:" in page
    quote = shop.client.get(f"/api{shop.root}/guide").json()["questions"][0]["answers"][0]
    assert quote["quotes"][0]["url"] in page
