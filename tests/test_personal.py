"""The step before a run: what was found, what people give back and what they add."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_sample import HERE, Site

from api.app import create_app
from research import auditing, erasing, originals, personal, studies
from research.encoders.hashing import HashingEncoder
from research.errors import Conflict, KlantbeeldError, NotFound
from research.model import Analysis, Study
from research.settings import Settings
from research.store import Store, open_store
from tests.builders import an_upload

TALK = """Interviewer: Hoe verliep de levering bij u?
Deelnemer 1: Mijn naam is Joost Hiemstra. Bij Huize Zwaluwnest ging het drie keer mis.
Interviewer: Heeft u toen gebeld?
Deelnemer 1: Beste Coolblue heb ik gemaild, vanaf joost@example.com, en huize zwaluwnest belde.
Interviewer: Wat had u graag anders gezien?
Deelnemer 1: Ik wil meteen weten waar mijn pakket is, want dat kost mij veel te veel tijd.
"""
LATER = """Interviewer: Hoe ging het?
Deelnemer 2: In Huize Zwaluwnest bezorgt niemand meer, dus ik haal zelf mijn pakket op.
"""


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    made = studies.create_study(store, "Bezorging", language="nl", encoder="hashing")
    studies.add_uploads(store, made.id, [an_upload("gesprek.txt", TALK)])
    return made


def run(store: Store, study: Study) -> Analysis:
    return studies.analyse_study(store, study.id, encoder=HashingEncoder())


def said(analysis: Analysis) -> str:
    return " ".join(p.text for s in analysis.sources for p in s.passages)


def found_of(store: Store, study: Study, category: str) -> personal.Found:
    data = personal.personal_data(store, study.id)
    return next(f for f in data.found if f.category == category)


def test_what_is_found_is_there_before_the_first_run_without_originals(
    store: Store, study: Study
) -> None:
    data = personal.personal_data(store, study.id)
    assert {f.category for f in data.found} >= {"name", "email"}
    mail = found_of(store, study, "email")
    assert (mail.times, mail.sources, mail.original) == (1, (("gesprek.txt", 1),), "")
    context = mail.contexts[0]
    assert context.shown == "[E-MAIL 1]"
    assert context.before.endswith("vanaf ") and context.after.startswith(", en")
    assert "joost@example.com" not in repr(data)
    shown = personal.personal_data(store, study.id, mail.id)
    assert [f.original for f in shown.found if f.original] == ["joost@example.com"]
    with pytest.raises(NotFound):
        personal.personal_data(store, study.id, "0" * 16)


def test_what_is_given_back_stays_in_every_run_and_can_be_undone(
    store: Store, study: Study
) -> None:
    mail = found_of(store, study, "email")
    decision = personal.give_back(store, study.id, mail.id, by="Ans")
    assert "joost@example.com" in said(run(store, study))
    assert "joost@example.com" in said(run(store, study))
    with pytest.raises(NotFound):
        personal.give_back(store, study.id, mail.id)
    studies.undo(store, study.id, decision.id)
    assert "[E-MAIL 1]" in said(run(store, study))


def test_a_name_that_is_given_back_returns_in_all_its_forms(store: Store, study: Study) -> None:
    data = personal.personal_data(store, study.id)
    names = [f for f in data.found if f.category == "name"]
    for name in names:
        personal.give_back(store, study.id, name.id)
    text = said(run(store, study))
    assert "Joost Hiemstra" in text and "[NAAM" not in text


def test_a_whole_kind_can_be_given_back(store: Store, study: Study) -> None:
    personal.give_back_kind(store, study.id, "name")
    text = said(run(store, study))
    assert "Joost Hiemstra" in text and "[E-MAIL 1]" in text
    with pytest.raises(Conflict, match="already"):
        personal.give_back_kind(store, study.id, "name")
    with pytest.raises(KlantbeeldError, match="Choose one of"):
        personal.give_back_kind(store, study.id, "schoenmaat")


def test_what_is_added_goes_everywhere_in_any_case_and_from_later_files(
    store: Store, study: Study
) -> None:
    personal.add_missed(store, study.id, " Huize  Zwaluwnest ", "address")
    studies.add_uploads(store, study.id, [an_upload("later.txt", LATER)])
    analysis = run(store, study)
    assert "zwaluwnest" not in said(analysis).lower()
    assert said(analysis).count("[ADRES 1]") == 3
    passages = {(s.id, p.index): p.text for s in analysis.sources for p in s.passages}
    for s in analysis.statements:
        assert passages[s.source, s.passage][s.start : s.end] == s.text
    assert found_of(store, study, "address").times == 3


def test_the_added_text_is_nowhere_in_plain_sight(store: Store, study: Study, home: Path) -> None:
    personal.add_missed(store, study.id, "Huize Zwaluwnest", "address")
    run(store, study)
    for path in home.rglob("*"):
        assert not path.is_file() or b"waluwnest" not in path.read_bytes()
    assert "waluwnest" not in repr(personal.personal_data(store, study.id).judged)
    assert "waluwnest" not in repr(studies.list_decisions(store, study.id))


def test_earlier_results_that_show_what_was_added_go_with_the_next_run(
    store: Store, study: Study, home: Path
) -> None:
    run(store, study)
    run(store, study)
    personal.add_missed(store, study.id, "Huize Zwaluwnest", "address")
    run(store, study)
    assert studies.earlier_view(store, study.id) is None
    for path in home.rglob("*"):
        assert not path.is_file() or b"waluwnest" not in path.read_bytes()
    run(store, study)
    assert studies.earlier_view(store, study.id) is not None


def test_what_is_added_goes_from_what_was_collected_too(store: Store) -> None:
    made = studies.create_study(store, "E", language="nl", encoder="hashing")
    table = "respondent,regio,Wat kan er beter?\nr1,Zwaluwdorp,De levering duurt veel te lang.\n"
    studies.add_uploads(store, made.id, [an_upload("enquete.csv", table)])
    personal.add_missed(store, made.id, "zwaluwdorp", "address")
    assert "waluwdorp" not in repr(run(store, made))


@pytest.mark.parametrize("text", ["", "x", "  ", "[NAAM 1]", "y" * 201])
def test_what_is_no_text_to_take_out_is_refused(store: Store, study: Study, text: str) -> None:
    with pytest.raises(KlantbeeldError):
        personal.add_missed(store, study.id, text, "name")


def test_words_that_stand_nowhere_are_told(store: Store, study: Study) -> None:
    with pytest.raises(NotFound, match="stand in no file"):
        personal.add_missed(store, study.id, "Zwaluwnes", "address")
    with pytest.raises(KlantbeeldError, match="Choose one of"):
        personal.add_missed(store, study.id, "Zwaluwnest", "schoenmaat")


def test_a_study_without_originals_lets_what_is_added_later_go_too(
    store: Store, study: Study
) -> None:
    originals.set_originals(store, study.id, "none")
    run(store, study)
    assert personal.personal_data(store, study.id).gone > 0
    personal.add_missed(store, study.id, "Huize Zwaluwnest", "address")
    run(store, study)
    kept = [p.text for r in originals.apart_of(store, study.id).readings for p in r.passages]
    assert "waluwnest" not in " ".join(kept)


def test_erasing_a_person_takes_what_was_added_of_them(store: Store, study: Study) -> None:
    personal.add_missed(store, study.id, "Huize Zwaluwnest", "address")
    found = run(store, study)
    assert erasing.erase_participant(store, study.id, found.participants[0].id).clean
    assert studies.list_decisions(store, study.id) == ()


# --- on the page -------------------------------------------------------------------


@pytest.fixture
def site(store: Store, study: Study) -> Site:
    client = TestClient(
        create_app(Settings(home=store.path)),
        base_url=HERE,
        headers={"accept-language": "en", "x-decided-by": "Ans"},
        follow_redirects=False,
    )
    return Site(client, store, study.id)


def test_the_page_gives_back_adds_and_undoes(site: Site) -> None:
    page = f"{site.root}/personal-data"
    assert f'href="{page}"' in site.client.get(f"{site.root}/files").text
    assert "joost@example.com" not in site.client.get(page).text
    told = site.client.get(f"/api{page}").json()["data"]["found"]
    mail = next(f["id"] for f in told if f["category"] == "email")
    assert "joost@example.com" in site.client.get(f"{page}/{mail}").text
    assert site.client.get(f"/api{page}/{mail}").json()["original"] == "joost@example.com"
    assert site.client.post(f"{page}/{mail}/keep").status_code == 303
    form = {"text": "Huize Zwaluwnest", "category": "address"}
    assert site.client.post(f"{page}/missed", data=form).status_code == 303
    assert site.client.post(f"{page}/kinds/name/keep").status_code == 303
    text = site.client.get(page).text
    assert "joostexamplecom" in text and "Added: addresses" in text
    log = studies.list_decisions(site.store, site.study)
    assert {d.by for d in log} == {"Ans"}
    assert "/personal-data#judged" in site.client.get(f"{site.root}/decisions").text
    for decision in log:
        assert site.client.post(f"{page}/undo/{decision.id}").status_code == 303
    assert personal.personal_data(site.store, site.study).judged == ()
    looked = auditing.audit_log(site.store, study=site.study, action="originals")
    assert [e.what for e in looked] == [f"personal-data/{mail}"] * 2


def test_a_program_gives_back_and_adds(site: Site) -> None:
    page = f"/api{site.root}/personal-data"
    mail = next(
        f["id"] for f in site.client.get(page).json()["data"]["found"] if f["category"] == "email"
    )
    assert site.client.post(f"{page}/{mail}/keep").status_code == 204
    assert site.client.post(f"{page}/missed", json={"text": "Coolblue"}).status_code in (204, 404)
    assert site.client.post(f"{page}/kinds/phone/keep").status_code == 204
    assert site.client.post(f"{page}/missed", json={"text": "nergens te zien"}).status_code == 404
