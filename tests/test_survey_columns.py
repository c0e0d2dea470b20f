"""The columns of a survey in a study: guessed, shown without personal data, chosen, kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from research import kpis, studies
from research.errors import Conflict, EmptyFile, KlantbeeldError, NotFound
from research.model import ColumnRole, Reading, Study, Upload
from research.originals import set_originals
from research.readers.chosen import AS_CHOSEN
from research.running import analyse_study
from research.store import Store, open_store, runs, sources
from research.survey_columns import HIDDEN, columns_of, set_columns

FIXTURES = Path(__file__).parent / "fixtures" / "in"
HEADER = "Respondent;Startdatum;Datum;E-mailadres;Team;NPS (0-10);Waarom koos u ons?;Leeg"
ROWS = [
    f"R{n};2026-01-{n:02};2026-02-{n:02};kees.{n}@example.org;{('Noord', 'Zuid')[n % 2]};{n % 11};"
    f"Om de prijs van dag {n}, bel me op 0612345678;"
    for n in range(1, 13)
]
SURVEY = Upload("enquete.csv", "\n".join([HEADER, *ROWS, ""]).encode())
LATER = Upload("later.csv", "\n".join([HEADER, *reversed(ROWS[:9]), ""]).encode())
ROLES: dict[str, ColumnRole] = {
    "Respondent": "respondent",
    "Startdatum": "ignore",
    "Datum": "date",
    "E-mailadres": "ignore",
    "Team": "attribute",
    "NPS (0-10)": "nps",
    "Waarom koos u ons?": "open",
    "Leeg": "ignore",
}


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    return studies.create_study(store, "Bezorging", language="nl", encoder="hashing")


def add(store: Store, study: Study, upload: Upload = SURVEY) -> str:
    """Add a file; the id of its source."""
    (took,) = studies.add_uploads(store, study.id, [upload])
    assert took.accepted, took.reason
    return took.source


def choose(store: Store, study: Study, source: str, **changed: ColumnRole) -> int:
    """Choose the roles above, some by the first word of the column changed."""
    roles = [(n, changed.get(n.split()[0].replace("-", ""), r)) for n, r in ROLES.items()]
    return set_columns(store, study.id, source, roles).id


def reading(store: Store, study: Study, source: str) -> Reading:
    return next(r for r in sources.readings(store, study.id) if r.source == source)


def names(found: Reading) -> set[str]:
    return {name for p in found.passages for name, _ in p.attributes}


def test_every_column_is_guessed_with_a_reason(store: Store, study: Study) -> None:
    page = columns_of(store, study.id, add(store, study))

    assert {c.name: c.guess for c in page.columns} == ROLES
    assert all(c.reason and c.role == c.guess for c in page.columns)
    assert not page.chosen and page.rows == len(ROWS)
    reasons = {c.name: c.reason for c in page.columns}
    assert reasons["E-mailadres"] == "its name says personal data"
    assert reasons["NPS (0-10)"] == "it asks about recommending, from 0 to 10"
    assert reasons["Leeg"] == "nobody answered"


def test_a_question_with_another_scale_is_no_nps(store: Store, study: Study) -> None:
    told = SURVEY.content.replace(b"NPS (0-10)", b"Would you recommend us? (1-5)")
    page = columns_of(store, study.id, add(store, study, Upload("s.csv", told)))

    assert page.columns[5].guess == "attribute"


def test_the_first_rows_show_no_personal_data(store: Store, study: Study) -> None:
    shown = {c.name: c for c in columns_of(store, study.id, add(store, study)).columns}

    assert shown["E-mailadres"].personal and set(shown["E-mailadres"].cells) == {HIDDEN}
    assert shown["Team"].cells == ("Zuid", "Noord", "Zuid", "Noord", "Zuid")
    assert shown["Respondent"].cells[0] == "R1"
    told = repr(shown)
    assert "example.org" not in told and "0612345678" not in told
    assert "prijs van dag 1, bel me op [" in told


def test_names_of_respondents_are_hidden_and_no_codes(store: Store, study: Study) -> None:
    named = SURVEY.content.replace(b"\nR1;", b"\nMarieke Jansen;")
    page = columns_of(store, study.id, add(store, study, Upload("n.csv", named)))

    assert page.columns[0].cells[:2] == ("[NAAM 1]", "R2")
    told = SURVEY.content.replace(b"\nR1;", b"\nde tandarts uit mijn straat;")
    page = columns_of(store, study.id, add(store, study, Upload("t.csv", told)))
    assert page.columns[0].cells[:2] == (HIDDEN, "R2")


def test_keeping_the_guess_reads_the_same(store: Store, study: Study) -> None:
    source = add(store, study)
    before = reading(store, study, source)

    choose(store, study, source)

    after = reading(store, study, source)
    assert after.passages == before.passages and after.set_aside == before.set_aside
    assert columns_of(store, study.id, source).chosen


def test_choosing_reads_the_file_anew_and_later_files_of_the_form(
    store: Store, study: Study
) -> None:
    source = add(store, study)
    assert "Team" in names(reading(store, study, source))

    choose(store, study, source, Team="ignore")
    later = add(store, study, LATER)

    assert names(reading(store, study, source)) == {"nps"}
    assert names(reading(store, study, later)) == {"nps"}
    assert [c.role for c in columns_of(store, study.id, later).columns][4] == "ignore"


def test_a_survey_that_came_before_is_read_anew_too(store: Store, study: Study) -> None:
    first, second = add(store, study), add(store, study, LATER)

    choose(store, study, second, Team="ignore")

    assert names(reading(store, study, first)) == {"nps"}


def test_the_choice_stays_through_a_run_and_goes_with_undo(store: Store, study: Study) -> None:
    source = add(store, study)
    before = reading(store, study, source)
    decision = choose(store, study, source, Team="ignore")
    chosen = reading(store, study, source)
    analyse_study(store, study.id)
    assert reading(store, study, source) == chosen

    studies.undo(store, study.id, decision)

    assert reading(store, study, source) == before
    assert not columns_of(store, study.id, source).chosen


@pytest.mark.parametrize(
    "name",
    [
        "formbricks.csv",
        "google_forms.csv",
        "kobo.csv",
        "limesurvey.csv",
        "qualtrics.csv",
        "surveymonkey.csv",
        "typeform.csv",
    ],
)
def test_the_guess_of_every_survey_tool_reads_the_same_when_it_is_kept(
    store: Store, study: Study, name: str
) -> None:
    source = add(store, study, Upload(name, (FIXTURES / name).read_bytes()))
    before = reading(store, study, source)
    page = columns_of(store, study.id, source)

    set_columns(store, study.id, source, page.mapping.roles)

    after = reading(store, study, source)
    assert after.passages == before.passages
    assert after.notes[0] == AS_CHOSEN


def test_the_same_choice_twice_is_one_decision(store: Store, study: Study) -> None:
    source = add(store, study)

    first = choose(store, study, source)

    assert choose(store, study, source) == first
    assert choose(store, study, source, Team="ignore") != first
    log = studies.list_decisions(store, study.id)
    assert [d.action for d in log] == ["set-columns", "set-columns"]


def test_a_score_counts_where_people_say_so_and_only_there(store: Store, study: Study) -> None:
    source = add(store, study)
    assert [s.kind for s in kpis.scores_of_study(store, study.id)] == ["nps"]

    choose(store, study, source, NPS="attribute")
    assert kpis.scores_of_study(store, study.id) == ()

    choose(store, study, source, NPS="csat")
    (score,) = kpis.scores_of_study(store, study.id)
    assert (score.kind, score.top, score.reason) == ("csat", 7, "a person said so")
    assert {a.value for a in score.answers} <= set(range(1, 8))


def test_a_personal_column_that_a_person_chose_is_redacted(store: Store, study: Study) -> None:
    source = add(store, study)

    choose(store, study, source, Emailadres="attribute")
    analysis = analyse_study(store, study.id)

    shown = {c.name: c for c in columns_of(store, study.id, source).columns}["E-mailadres"]
    assert (shown.role, shown.personal, set(shown.cells)) == ("attribute", True, {HIDDEN})
    assert "example.org" not in repr(analysis)
    assert any(name == "E-mailadres" for p in analysis.participants for name, _ in p.attributes)


def test_what_cannot_be_read_is_refused_and_changes_nothing(store: Store, study: Study) -> None:
    source = add(store, study)
    before = reading(store, study, source)

    with pytest.raises(EmptyFile):
        choose(store, study, source, Waarom="ignore")
    with pytest.raises(KlantbeeldError, match="every column"):
        set_columns(store, study.id, source, [("Team", "open")])
    with pytest.raises(KlantbeeldError, match="every column"):
        set_columns(store, study.id, source, [*ROLES.items(), ("Team", "open")])
    with pytest.raises(NotFound):
        columns_of(store, study.id, "0" * 16)

    assert reading(store, study, source) == before
    assert studies.list_decisions(store, study.id) == ()


def test_only_surveys_have_columns(store: Store, study: Study) -> None:
    text = "Interviewer: Hoe ging het?\nDeelnemer: Het ging heel goed met de bestelling.\n" * 3
    source = add(store, study, Upload("gesprek.txt", text.encode()))

    with pytest.raises(NotFound, match="not a survey"):
        columns_of(store, study.id, source)


def test_nothing_is_chosen_during_a_run_or_without_the_original(store: Store, study: Study) -> None:
    source = add(store, study)
    run = runs.begin(store, study.id)
    with pytest.raises(Conflict, match="being analysed"):
        choose(store, study, source)
    runs.end(store, run.id, "cancelled", "")

    analyse_study(store, study.id)
    set_originals(store, study.id, "none")

    with pytest.raises(Conflict, match="not kept"):
        columns_of(store, study.id, source)
