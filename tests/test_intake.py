"""Everything dropped at once: what becomes of each file, and versions of one file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from research import studies
from research.model import Study, Upload
from research.readers.files import open_paths
from research.resources import CORPORA
from research.store import Store, open_store
from tests.builders import an_upload
from tests.readers.hostile import made_of
from tests.test_readers import FIXTURES, READ, REFUSED

NO_ANSWERS = (
    "no column holds answers in people's own words (columns: {}); add the open answers, or for a "
    "table about participants a column `participant` with unique names or codes"
)
ISSUES = "this is a list of issues of a team, not of answers"
GA4 = "Session primary channel group (Default Channel Group), Sessions, Engaged sessions"
REASONS = {
    "ga4_report.csv": NO_ANSWERS.format(f"{GA4}, Engagement rate, Key events"),
    "gitlab_issues.csv": ISSUES,
    "jira_issues.csv": ISSUES,
    "linear_issues.csv": ISSUES,
    "msforms.csv": NO_ANSWERS.format("How likely are you to recommend us?, Which channels?"),
}


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    return studies.create_study(store, "Alles", language="nl", encoder="hashing")


def test_all_fixtures_in_one_upload_give_the_expected_list(store: Store, study: Study) -> None:
    took = studies.add_uploads(store, study.id, open_paths([FIXTURES]).uploads)
    accepted = {f.name: (f.reader, f.passages, f.set_aside) for f in took if f.accepted}
    assert accepted == {n: (e.reader, e.passages, e.aside) for n, e in READ.items()}
    assert {f.name: f.reason for f in took if not f.accepted} == REASONS
    assert set(REASONS) == REFUSED and len(took) == 43
    assert sorted(f.name for f in studies.list_intake(store, study.id)) == sorted(READ | REASONS)


def test_a_zip_of_fixtures_and_a_study_gives_the_same_list(store: Store, study: Study) -> None:
    folder = CORPORA / "studies" / "thuishaven" / "files"
    parts = {f"alles/{u.name}": u.content for u in open_paths([FIXTURES, folder]).uploads}
    took = studies.add_uploads(store, study.id, [Upload("alles.zip", made_of(dict(parts)))])
    assert {f.name for f in took} == {f"alles.zip/{name}" for name in parts}
    refused = {f.name.rpartition("/")[2] for f in took if not f.accepted}
    assert refused == REFUSED


TALK = (
    "Interviewer: Hoe ging het bestellen?\n"
    "Deelnemer 1: De bezorgdatum veranderde drie keer.\n"
    "Interviewer: Wat deed je daarna?\n"
    "Deelnemer 1: Ik heb de klantenservice gebeld en niemand nam op.\n"
)


def notes_of(store: Store, study: Study) -> dict[str, list[str]]:
    """The remarks on versions, by the name of the file."""
    found = studies.list_intake(store, study.id)
    return {f.source: [n for n in f.notes if n.startswith("another version")] for f in found}


@pytest.mark.parametrize("names", [("P1.txt", "P1.txt"), ("P1.txt", "week 2/p1.TXT")])
def test_an_updated_version_of_a_file_is_recognised_and_said(
    store: Store, study: Study, names: tuple[str, str]
) -> None:
    more = TALK + "Interviewer: En verder?\nDeelnemer 1: Uiteindelijk kwam het pakket toch.\n"
    studies.add_uploads(store, study.id, [an_upload(names[0], TALK)])
    (took,) = studies.add_uploads(store, study.id, [an_upload(names[1], more)])
    assert took.accepted
    assert took.notes[-1] == (
        f"another version of it is in the study: {names[0]} (3 of 4 longer passages are the same); "
        "remove the one that is out of date, or people count twice"
    )
    assert all(notes_of(store, study).values())
    studies.remove_source(store, study.id, took.source)
    assert not any(notes_of(store, study).values())


def test_another_talk_of_the_same_name_is_no_version(store: Store, study: Study) -> None:
    other = "Interviewer: Hoe ging het bestellen?\nDeelnemer 2: Prima, ik had het snel gevonden.\n"
    took = [an_upload("a/P1.txt", TALK), an_upload("b/P1.txt", other + "Interviewer: Wat nog?\n")]
    studies.add_uploads(store, study.id, took)
    assert not any(notes_of(store, study).values())


def test_a_copy_under_another_name_with_a_line_more_is_a_version(
    store: Store, study: Study
) -> None:
    answers = [
        f"Deelnemer 1: Dit is antwoord nummer {n} van mij.\nInterviewer: En {n}, waarom is dat?"
        for n in range(8)
    ]
    talk = "\n".join(answers)
    both = [an_upload("P1.txt", talk), an_upload("P1 kopie.txt", talk + "\nDeelnemer 1: Klaar.\n")]
    studies.add_uploads(store, study.id, both)
    assert all(notes_of(store, study).values())


def test_two_talks_by_one_guide_are_no_versions(store: Store, study: Study) -> None:
    asked = [f"Interviewer: Vraag {n} van de gespreksleidraad, hoe ging dat?" for n in range(8)]
    talks = [
        "\n".join(
            f"{q}\nDeelnemer {who}: Antwoord {n} van persoon {who} is anders."
            for n, q in enumerate(asked)
        )
        for who in (1, 2)
    ]
    both = [an_upload(f"P{n}.txt", talk) for n, talk in enumerate(talks)]
    studies.add_uploads(store, study.id, both)
    assert not any(notes_of(store, study).values())
