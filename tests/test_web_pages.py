"""The pages of a study that has results."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import web_sample
from web_sample import HOSTILE, Site

from research.encoders.known import MULTILINGUAL
from research.readers.formats import formats

PAGES = (
    "",
    "/files",
    "/themes",
    "/themes/t0",
    "/themes/t3",
    "/themes/t0/split",
    "/dial",
    "/dial?turn=-2",
    "/codebook",
    "/compare",
    "/personas",
    "/personas/a",
    "/personas/a/versions",
    "/side-by-side",
    "/side-by-side?persona=b",
    "/fit",
    "/fit?yes=t0&no=t1",
    "/fit?participant=p0",
    "/journey",
    "/journey?persona=b",
    "/journey?state=future",
    "/journey?state=blueprint",
    "/journey?state=day",
    "/journey?persona=b&state=blueprint",
    "/kpis",
    "/opportunities",
    "/participants",
    "/guide",
    "/participants/p0",
    "/sources",
    "/sources/0000000000000000",
    "/checking",
    "/statements/0000000000000000-1-0",
    "/second-coder",
    "/downloads",
    "/paste",
    "/miro",
    "/paste?persona=b",
    "/sheet",
    "/decisions",
    "/privacy",
    "/audit",
    "/personal-data",
)


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


class Links(HTMLParser):
    """Collects the addresses of links and forms, and the ids, of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ids: list[str] = []
        self.scripts: list[str] = []
        self.styled = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.found.add(told["href"])
        if tag == "script":
            self.scripts.append(told.get("src", "inline"))
        self.styled += "style" in told or tag == "style" or any(n.startswith("on") for n in told)
        self.ids += [told["id"]] if "id" in told else []


def read(text: str) -> Links:
    links = Links()
    links.feed(text)
    return links


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_renders_in_both_languages(site: Site, page: str, language: str) -> None:
    answer = site.client.get(site.root + page, headers={"accept-language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_table_of_formats_has_a_line_for_every_reader(site: Site, language: str) -> None:
    shown = site.client.get("/formats", headers={"accept-language": language})
    told = site.client.get("/api/formats").json()["rows"]
    assert [row["reader"] for row in told] == [row.reader for row in formats()]
    assert all(f'<th scope="row">{row["reader"]}</th>' in shown.text for row in told)
    assert 'href="/formats"' in site.client.get(f"{site.root}/files").text
    assert 'lang="en"' not in shown.text.partition("<table")[2].partition("</table>")[0]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_unique_ids_and_nothing_inline(site: Site, page: str) -> None:
    links = read(site.client.get(site.root + page).text)
    assert len(links.ids) == len(set(links.ids))
    assert links.styled == 0
    assert all(src.startswith("/static/") for src in links.scripts)


def test_every_link_of_every_page_leads_somewhere(site: Site) -> None:
    seen, waiting = set(), {"/", "/about", "/formats", site.root}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = site.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        if answer.headers["content-type"].startswith("text/html") and "/downloads/" not in address:
            found = {link.partition("#")[0] for link in read(answer.text).found}
            waiting |= {link for link in found if link.startswith("/")} - seen
    assert len(seen) > 60


@pytest.mark.parametrize("page", ["/sources/0000000000000000", "/participants/p0"])
def test_markup_in_a_transcript_shows_as_text(site: Site, page: str) -> None:
    text = site.client.get(site.root + page).text
    assert HOSTILE not in text
    assert "&lt;script&gt;window.hacked = true&lt;/script&gt;" in text


def test_a_quote_leads_to_its_place_in_its_source(site: Site) -> None:
    answer = site.client.get(f"{site.root}/quotes/0000000000000000-1-0")
    place, _, anchor = answer.headers["location"].partition("#")
    assert answer.status_code == 303
    assert f'id="{anchor}"' in site.client.get(place).text


def test_every_claim_of_a_persona_links_to_quotes(site: Site) -> None:
    text = site.client.get(f"{site.root}/personas/a").text
    claims = text.split('<div class="claim" id=')[1:]
    assert len(claims) == 5
    assert all(f'href="{site.root}/quotes/' in claim for claim in claims)


def test_people_come_before_quotes_on_a_theme(site: Site) -> None:
    text = site.client.get(f"{site.root}/themes").text
    theme = text[text.index("Pakket zoekraken") - 600 :]
    assert theme.index("van 9 personen") < theme.index("<blockquote")


def test_what_is_not_in_a_theme_yet_is_counted_and_listed_with_its_way(site: Site) -> None:
    assert f'href="{site.root}/themes#outside"' in site.client.get(site.root).text
    page = site.client.get(f"{site.root}/themes").text
    section = page[page.index('id="outside"') :]
    assert "Nog niet in een thema" in section
    assert f'href="{site.root}/quotes/' in section


def test_a_theme_of_one_person_says_so(site: Site) -> None:
    assert "één stem" in site.client.get(f"{site.root}/themes/t3").text
    assert "één stem" not in site.client.get(f"{site.root}/themes/t0").text


def test_counter_evidence_is_listed(site: Site) -> None:
    text = site.client.get(f"{site.root}/themes/t0").text
    against = text[text.index("Wat ertegen spreekt") :]
    assert "De bezorger belde netjes aan" in against


def test_an_empty_cell_of_the_map_says_that_there_is_no_evidence(site: Site) -> None:
    text = site.client.get(f"{site.root}/journey").text
    curve, table = text.split("<tbody>")
    assert table.count("geen bewijs") == 16
    assert "Gevoel langs de reis" in curve and "geen bewijs" in curve
    assert "gemiddeld −0,4, spreiding 0,6, n = 12" in re.sub(r"\s+", " ", text)


def test_a_draft_persona_is_marked_until_it_is_accepted(site: Site) -> None:
    page = f"{site.root}/personas/a"
    assert 'data-watermark="Concept"' in site.client.get(page).text
    assert 'watermark"' in site.client.get(page).text
    site.client.post(page, data={"status": "accepted"})
    assert 'watermark"' not in site.client.get(page).text.replace("data-watermark", "")


def test_a_renamed_theme_keeps_its_name_until_that_is_undone(site: Site) -> None:
    answer = site.client.post(f"{site.root}/themes/t0/name", data={"name": "Zoek pakket"})
    assert answer.headers["location"] == f"{site.root}/themes/t0"
    assert "Zoek pakket" in site.client.get(f"{site.root}/themes").text
    log = site.client.post(f"{site.root}/decisions/1/undo", headers={"hx-request": "true"})
    assert log.text.lstrip().startswith('<div id="log">')
    assert "Zoek pakket" not in site.client.get(f"{site.root}/themes").text


def test_a_name_may_hold_markup_and_still_shows_as_text(site: Site) -> None:
    site.client.post(f"{site.root}/personas/a", data={"name": HOSTILE})
    for page in ("", "/personas", "/personas/a", "/journey", "/decisions", "/participants"):
        assert HOSTILE not in site.client.get(site.root + page).text


def test_an_unknown_page_is_told_as_such(site: Site) -> None:
    for page in ("/studies/nope", f"{site.root}/themes/nope", "/nowhere"):
        answer = site.client.get(page)
        assert answer.status_code == 404
        assert "Niet gevonden" in answer.text


def test_a_study_without_results_begins_with_its_files(site: Site) -> None:
    made = site.client.post("/studies", data={"name": "Nieuw"})
    root = made.headers["location"].removesuffix("/files")
    assert site.client.get(root).headers["location"] == f"{root}/files"
    assert site.client.get(f"{root}/themes").status_code == 404


def test_a_study_with_three_stages_has_three_columns(site: Site) -> None:
    made = site.client.post("/studies", data={"name": "Drie", "stages": "three-stages"})
    study = made.headers["location"].split("/")[2]
    head = site.client.get(f"/api/studies/{study}/files").json()["head"]
    assert len(head["taxonomy"]["stages"]) == 3


def test_a_stage_file_that_is_none_is_refused_with_the_reason(site: Site) -> None:
    answer = site.client.post(
        "/studies",
        data={"name": "Eigen", "stages": "own"},
        files={"stage_file": ("fasen.json", b"{nope", "application/json")},
    )
    assert answer.status_code == 422
    assert "not JSON" in answer.text


def test_a_new_study_may_choose_from_the_known_language_models(site: Site) -> None:
    page = site.client.get("/").text
    assert all(f'<option value="{known.id}">' in page for known in MULTILINGUAL)


def test_a_deleted_study_is_gone(site: Site) -> None:
    assert site.client.post(f"{site.root}/delete").headers["location"] == "/"
    assert site.client.get(site.root).status_code == 404


def test_the_dial_shows_what_it_would_give_and_remembers_what_was_chosen(site: Site) -> None:
    page = site.client.get(f"{site.root}/dial?turn=-4").text
    assert 'aria-current="true">-4</a>' in page
    assert "9 personen" in page and "nu 2" in page
    answer = site.client.post(f"{site.root}/dial", data={"turn": "-4"})
    assert answer.headers["location"] == f"{site.root}/dial"
    assert 'aria-current="true">-4</a>' in site.client.get(f"{site.root}/dial").text
    assert site.client.post(f"{site.root}/dial", data={"turn": "40"}).status_code == 400
    told = site.client.get(f"/api{site.root}/dial?turn=2").json()
    assert (told["chosen"], told["turn"]) == (-4, 2)
    assert site.client.post(f"/api{site.root}/dial", json={"turn": 0}).status_code == 204


def test_a_codebook_is_taken_shown_and_taken_away(site: Site) -> None:
    address = f"{site.root}/codebook"
    own = f"label;kind\n{HOSTILE};pain\nWil zekerheid;behoefte\n".encode()
    answer = site.client.post(address, files={"file": ("codes.csv", own, "text/csv")})
    assert answer.headers["location"] == address
    page = site.client.get(address).text
    assert "Wil zekerheid" in page and "<script>window" not in page
    assert site.client.post(address, data={"take": "saas"}).status_code == 303
    assert len(site.client.get(f"/api{address}").json()["codes"]) == 84
    assert site.client.post(address, data={"take": "nope"}).status_code == 422
    wrong = {"file": ("codes.json", b"{", "application/json")}
    assert "codes.json" in site.client.post(address, files=wrong).text
    assert site.client.post(address, data={"take": ""}).status_code == 303
    assert site.client.get(f"/api{address}").json()["codes"] == []
    mine = {"take": f"study:{site.study}"}
    assert site.client.post(f"/api{address}", json=mine).status_code == 204
    assert len(site.client.get(f"/api{address}").json()["codes"]) == 4


def test_comparisons_count_people_and_say_when_there_is_nothing(site: Site) -> None:
    page = site.client.get(f"{site.root}/compare").text
    assert "geen eerdere analyse" in page
    told = site.client.get(f"/api{site.root}/compare").json()
    assert told["earlier"] is False and told["changes"] == []
    for by in told["attributes"]:
        groups = site.client.get(f"/api{site.root}/compare?by={by}").json()["groups"]
        assert groups["by"] == by and len(groups["groups"]) >= 2


def test_themes_are_merged_split_kept_and_hidden_from_their_page(site: Site) -> None:
    pains = [t["id"] for t in site.client.get(f"/api{site.root}/themes").json()["pains"]]
    first, second = pains[:2]
    merged = site.client.post(f"{site.root}/themes/{first}/merge", data={"other": second})
    assert merged.headers["location"] == f"{site.root}/themes/{first}"
    assert site.client.get(f"{site.root}/themes/{second}").status_code == 404
    quotes = site.client.get(f"/api{site.root}/themes/{first}/split").json()["quotes"]
    some = {"name": "Eigen", "statements": [quotes[0]["id"], quotes[1]["id"]]}
    assert site.client.post(f"{site.root}/themes/{first}/split", data=some).status_code == 303
    assert "Eigen" in site.client.get(f"{site.root}/themes").text
    assert (
        site.client.post(f"{site.root}/themes/{first}/split", data={"name": "x"}).status_code == 409
    )
    site.client.post(f"{site.root}/themes/{first}/pin")
    assert "in elke latere analyse" in site.client.get(f"{site.root}/themes/{first}").text
    site.client.post(f"{site.root}/themes/{first}/hide")
    assert 'id="hidden"' in site.client.get(f"{site.root}/themes").text
    log = site.client.get(f"{site.root}/decisions").text
    assert "Thema verborgen" in log and "Een eigen thema" in log


def test_a_theme_of_the_other_kind_moves_to_the_other_list(site: Site) -> None:
    (first, *_) = site.client.get(f"/api{site.root}/themes").json()["pains"]
    address = f"{site.root}/themes/{first['id']}/kind"
    assert site.client.post(address, data={"kind": "motivation"}).status_code == 303
    told = site.client.get(f"/api{site.root}/themes").json()
    assert first["id"] in {t["id"] for t in told["motivations"]}
