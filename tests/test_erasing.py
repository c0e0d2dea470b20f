"""Erasing a participant: nothing of theirs is left in a byte, and the others' results stand."""

import shutil
from pathlib import Path

import pytest

from research import erasing, labelling, reviewing, studies
from research.encoders.hashing import HashingEncoder
from research.errors import Conflict, NotFound
from research.model import Analysis, Code, Codebook, Labels, NameProposal, Study
from research.second_answers import unit_of
from research.second_coder import key_of
from research.serial import to_bytes
from research.store import (
    Store,
    analyses,
    codebooks,
    decisions,
    name_proposals,
    open_store,
    remains,
    runs,
)
from research.store.second_coders import StudyAnswers
from research.traces import pieces_of, traces_of
from tests.builders import an_upload

GROUP = """Interviewer: Hoe verliep de levering bij jullie?
Mieke Zonneveld: Ik ben Mieke Zonneveld. De bezorger gooide mijn doos over de schutting heen.
Ruud Klaver: Bij mij stond het pakket drie dagen bij een buurman die ik niet ken.
Interviewer: Dank je Mieke. Hebben jullie daarna nog gebeld?
Mieke Zonneveld: Ja, ik belde met 06 12 34 56 78 en hing een half uur in de wacht.
Ruud Klaver: Ik kreeg Ruud Klaver niet eens gespeld, zo slecht was de verbinding met ze.
Mieke Zonneveld: Ik wil gewoon een berichtje krijgen als de bezorger onderweg is.
Ruud Klaver: Ik wil gewoon een berichtje krijgen als het pakket bij de buren ligt.
"""
ALONE = """Interviewer: Wat vond je van de webwinkel?
Mieke Zonneveld: De zoekbalk vindt nooit de maat schoenen waar ik naar op zoek ben.
Interviewer: Wat zou je anders willen?
Mieke Zonneveld: Mail me op mieke.zonneveld@example.com zodra mijn maat er weer is.
"""
OTHERS = """Interviewer: Wat vond je van de webwinkel?
Deelnemer {n}: De zoekbalk is traag en {what} vind ik dan helemaal niet terug.
Interviewer: Wat zou je anders willen?
Deelnemer {n}: Ik wil op maat kunnen filteren, want {what} zie ik nu nooit op voorraad.
"""
SURVEY = """respondent;leeftijd;Wat kan er beter?
Mieke Zonneveld;34;Het retourlabel zat er bij de vorige drie bestellingen niet in.
r2;41;De verzendkosten zijn veel te hoog voor zo een klein pakketje.
r3;28;Ik wil kunnen kiezen op welk moment van de dag ze langskomen.
"""
PEOPLE = """deelnemer;regio
Mieke Zonneveld;Oudeschoot
Ruud Klaver;Breskens
"""
WHO = "Mieke Zonneveld"
WORDS = (
    "schutting",
    "half uur in de wacht",
    "zoekbalk vindt nooit",
    "zodra mijn maat",
    "als de bezorger onderweg",
    "Zonneveld",
    "Mieke",
    "mieke.zonneveld@example.com",
    "06 12 34 56 78",
    "Oudeschoot",
)


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one analysed study, made once."""
    folder = tmp_path_factory.mktemp("analysed") / "home"
    store = open_store(folder)
    made = studies.create_study(store, "Bezorging", language="nl", encoder="hashing")
    others = ("een bruine jas", "de blauwe laarzen", "een wollen trui", "de gele tent")
    talks = [OTHERS.format(n=n, what=what) for n, what in enumerate(others, 1)]
    uploads = [
        an_upload("groep.txt", GROUP),
        an_upload("mieke-zonneveld.txt", ALONE),
        an_upload("mensen.csv", PEOPLE),
        *(an_upload(f"gesprek-{n}.txt", talk) for n, talk in enumerate(talks, 1)),
    ]
    studies.add_uploads(store, made.id, uploads)
    studies.analyse_study(store, made.id, encoder=HashingEncoder())
    store.close()
    return folder


def copied(analysed: Path, home: Path) -> None:
    """Copy a data folder, and the key beside it."""
    shutil.copytree(analysed, home)
    shutil.copy(analysed.with_name("home.key"), home.with_name("home.key"))


@pytest.fixture
def store(home: Path, analysed: Path):
    copied(analysed, home)
    opened = open_store(home)
    yield opened
    opened.close()
    analyses.forget()


@pytest.fixture
def study(store: Store) -> Study:
    return studies.list_studies(store)[0]


def mieke(store: Store, study: Study) -> str:
    """The participant who is in two files."""
    found = studies.latest_analysis(store, study.id)
    return next(p.id for p in found.participants if len(p.sources) == 2)


def in_folder(home: Path, word: str) -> list[str]:
    """The files of the data folder that hold a word, in whatever notation."""
    forms = {word.encode(), word.lower().encode()}
    return [
        str(path)
        for path in home.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def kept(store: Store) -> str:
    """What is kept encrypted, in plain text."""
    return "".join(content.decode("utf-8", "replace") for _, content in remains.opened(store))


def test_the_words_of_the_person_are_there_before(store: Store, study: Study, home: Path) -> None:
    assert [w for w in WORDS if w not in kept(store)] == []
    assert [w for w in WORDS[:5] if not in_folder(home, w)] == []
    assert [w for w in WORDS[5:] if in_folder(home, w)] == ["Zonneveld", "Mieke", "Oudeschoot"]


def test_no_byte_of_the_person_is_left(store: Store, study: Study, home: Path) -> None:
    report = erasing.erase_participant(store, study.id, mieke(store, study), by="Ans")
    assert {word: in_folder(home, word) for word in WORDS if in_folder(home, word)} == {}
    assert [w for w in WORDS if w in kept(store)] == []
    assert report.clean
    assert report.looked_for > 20
    counts = dict(report.counts)
    assert counts["sources"] == 1
    assert counts["passages"] == 7
    assert counts["participant rows"] == 1
    assert counts["uploads"] == 2
    assert report.by == "Ans"
    assert erasing.list_erasures(store, study.id) == (report,)


def others_of(analysis: Analysis, person: str) -> dict[str, str]:
    return {s.id: s.text for s in analysis.statements if s.participant != person}


def test_the_results_of_the_others_stand(store: Store, study: Study) -> None:
    person = mieke(store, study)
    before = studies.latest_analysis(store, study.id)
    erasing.erase_participant(store, study.id, person)
    after = studies.latest_analysis(store, study.id)
    assert {s.id: s.text for s in after.statements} == others_of(before, person)
    assert {p.id for p in after.participants} == {p.id for p in before.participants} - {person}
    passages = {(s.id, p.index): p.text for s in after.sources for p in s.passages}
    for s in after.statements:
        assert passages[s.source, s.passage][s.start : s.end] == s.text
    known = {s.id for s in after.statements}
    assert all(set(t.statements) <= known for t in after.themes)
    assert all(person not in t.participants for t in after.themes)


def test_a_later_run_says_the_same_of_the_others(store: Store, study: Study, home: Path) -> None:
    person = mieke(store, study)
    before = studies.latest_analysis(store, study.id)
    erasing.erase_participant(store, study.id, person)
    after = studies.analyse_study(store, study.id, encoder=HashingEncoder())
    assert {s.id: s.text for s in after.statements} == others_of(before, person)
    roles = {s.role for s in after.speakers}
    assert roles == {"participant", "interviewer"}
    assert {word: in_folder(home, word) for word in WORDS if in_folder(home, word)} == {}


def test_the_row_of_a_survey_is_cut_and_the_others_stay(home: Path) -> None:
    store = open_store(home)
    study = studies.create_study(store, "Enquête", language="nl", encoder="hashing")
    studies.add_uploads(store, study.id, [an_upload("enquete.csv", SURVEY)])
    before = studies.analyse_study(store, study.id, encoder=HashingEncoder())
    person = next(s.participant for s in before.statements if "retourlabel" in s.text)
    report = erasing.erase_participant(store, study.id, person)
    after = studies.analyse_study(store, study.id, encoder=HashingEncoder())
    assert report.clean
    assert in_folder(home, "vorige drie bestellingen") == []
    assert in_folder(home, "Zonneveld") == []
    assert {s.id: s.text for s in after.statements} == others_of(before, person)


def test_what_people_decided_of_the_person_goes_and_the_rest_stays(
    store: Store, study: Study, home: Path
) -> None:
    person = mieke(store, study)
    found = studies.latest_analysis(store, study.id)
    mine = next(s for s in found.statements if s.participant == person and "schutting" in s.text)
    theirs = next(s for s in found.statements if s.participant != person)
    labelling.set_label(store, study.id, mine.id, "kind", "pain")
    labelling.set_label(store, study.id, theirs.id, "kind", "pain")
    theme = next(t for t in found.themes if set(t.participants) - {person})
    studies.rename_theme(store, study.id, theme.id, "Wat Mieke Zonneveld zei")
    decisions.add(store, study.id, "comment", "x", f"ze zei: {mine.text}", (theirs.participant,))
    decisions.add(store, study.id, "comment", "x", "goed gezien", (theirs.participant, person))
    report = erasing.erase_participant(store, study.id, person)
    log = studies.list_decisions(store, study.id)
    assert report.clean
    assert [(d.action, d.value) for d in log] == [("set-kind", "pain"), ("comment", "goed gezien")]
    assert log[0].target == theirs.id
    assert log[1].anchors == (theirs.participant,)


def test_a_kept_persona_loses_the_person(store: Store, study: Study) -> None:
    person = mieke(store, study)
    found = studies.latest_analysis(store, study.id)
    persona = next(iter(found.personas), None)
    if persona is None:
        pytest.fail("the study has no persona to keep")
    reviewing.lock_persona(store, study.id, persona.id, True)
    erasing.erase_participant(store, study.id, person)
    assert all(person not in d.content for d in studies.list_decisions(store, study.id))
    said = {s.id for s in found.statements if s.participant == person}
    content = "".join(d.content for d in studies.list_decisions(store, study.id))
    assert not any(s in content for s in said)


def test_answers_names_examples_and_exports_go(store: Store, study: Study, home: Path) -> None:
    person = mieke(store, study)
    found = studies.latest_analysis(store, study.id)
    mine = next(s for s in found.statements if s.participant == person and "schutting" in s.text)
    theirs = next(s for s in found.statements if s.participant != person)
    answers = StudyAnswers(store, study.id, "m@h")
    answers.put({key_of(unit_of(s)): Labels("pain", "unknown", -1) for s in (mine, theirs)})
    for theme, statement in (("a", mine), ("b", theirs)):
        proposal = NameProposal("Naam", "", "m@h", (statement.id,))
        name_proposals.put(store, study.id, theme, proposal)
    code = Code("c", "pain", "", "Code", "Code", "", "", examples=(mine.text, "Iets anders."))
    other = studies.create_study(store, "Ander")
    codebooks.put(store, other.id, Codebook("b", "Boek", (code,)))
    export = home / "demo" / "thuishaven"
    export.mkdir(parents=True)
    (export / "report.html").write_text(f"<p>{mine.text}</p>", encoding="utf-8")
    (export / "personas.md").write_text("niets", encoding="utf-8")
    report = erasing.erase_participant(store, study.id, person)
    assert report.clean
    assert list(answers.get([key_of(unit_of(s)) for s in (mine, theirs)])) == [
        key_of(unit_of(theirs))
    ]
    assert name_proposals.get(store, study.id, "a") is None
    assert name_proposals.get(store, study.id, "b") is not None
    kept = codebooks.get(store, other.id)
    assert kept is not None and kept.codes[0].examples == ("Iets anders.",)
    assert not export.exists()
    assert dict(report.counts)["exports"] == 2


def test_what_others_said_too_does_not_make_the_proof_fail(store: Store, study: Study) -> None:
    person = mieke(store, study)
    report = erasing.erase_participant(store, study.id, person, by="Mieke")
    assert report.clean
    assert report.shared > 0


def test_the_proof_fails_where_something_is_left(store: Store, study: Study, home: Path) -> None:
    (home / "notes.txt").write_text("De bezorger gooide mijn doos over de schutting heen.")
    report = erasing.erase_participant(store, study.id, mieke(store, study))
    assert [place for place, _ in report.found] == ["notes.txt"]
    assert not report.clean


def test_a_study_with_the_same_person_is_named(store: Store, study: Study) -> None:
    other = studies.create_study(store, "Ander", language="nl", encoder="hashing")
    studies.add_uploads(store, other.id, [an_upload("kopie.txt", ALONE)])
    report = erasing.erase_participant(store, study.id, mieke(store, study))
    assert report.elsewhere == (other.id,)


def test_a_person_whose_role_was_changed_since_the_run_goes_too(
    store: Store, study: Study, home: Path
) -> None:
    person = mieke(store, study)
    for intake in studies.list_intake(store, study.id):
        for voice in intake.voices:
            if intake.name in ("groep.txt", "mieke-zonneveld.txt"):
                studies.set_role(store, study.id, intake.source, voice.voice, "interviewer")
    assert erasing.erase_participant(store, study.id, person).clean
    assert {word: in_folder(home, word) for word in WORDS if in_folder(home, word)} == {}


def test_erasing_the_only_person_leaves_no_results(store: Store) -> None:
    study = studies.create_study(store, "Een", language="nl", encoder="hashing")
    studies.add_uploads(store, study.id, [an_upload("een.txt", ALONE)])
    found = studies.analyse_study(store, study.id, encoder=HashingEncoder())
    erasing.erase_participant(store, study.id, found.participants[0].id)
    assert analyses.newest(store, study.id) is None
    assert studies.list_intake(store, study.id) == ()


def test_nobody_is_erased_who_is_not_there_or_while_a_run_is_busy(
    store: Store, study: Study
) -> None:
    with pytest.raises(NotFound, match="participant"):
        erasing.erase_participant(store, study.id, "p-0000000000")
    runs.begin(store, study.id)
    with pytest.raises(Conflict, match="being analysed"):
        erasing.erase_participant(store, study.id, mieke(store, study))


def test_a_piece_is_a_short_text_or_six_words_of_a_longer_one() -> None:
    assert list(pieces_of("Ja precies.")) == []
    assert list(pieces_of("Dat was heel erg duur")) == ["Dat was heel erg duur"]
    assert list(pieces_of("a b c d e f g h")) == ["a b c d e f", "c d e f g h"]


def test_traces_are_found_in_json_and_html_and_values_only_as_words() -> None:
    traces = traces_of(["Zo'n “dure” doos kopen wij niet"], ["Jan", "Bo"], "Bo was er ook bij")
    assert traces.values == ("Jan",)
    assert traces.in_bytes(to_bytes(("x Zo'n “dure” doos kopen wij niet x",))) == 1
    assert (
        traces.in_bytes(b"<p>Zo&#x27;n \xe2\x80\x9cdure\xe2\x80\x9d doos kopen wij niet</p>") == 1
    )
    assert traces.in_bytes(b"in Januari") == 0
    assert traces.in_bytes(b"met Jan.") == 1
    assert traces.in_bytes(b"met Jan.", loose=False) == 0
