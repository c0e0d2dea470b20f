"""The use cases: from uploads to results, decisions and exports."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from research import analyse, reviewing, studies
from research.embedding import texts_of
from research.encoders.hashing import HashingEncoder
from research.errors import Cancelled, Conflict, KlantbeeldError, NotFound, NothingToAnalyse
from research.exporters import EXPORTERS
from research.exporting import export_study
from research.model import Analysis, Study, Upload
from research.serial import analysis_to_bytes
from research.store import Store, analyses, open_store, runs, sources
from tests.builders import INTERVIEW_TEXT, a_taxonomy, an_analysis, an_upload

NAMED = """Sanne de Vries: Hoe ging het bestellen? En wat deed u daarna?
Jan Jansen: Ik ben Jan Jansen. De levering was te laat en niemand belde mij terug.
Sanne de Vries: Wat vond u daarvan? Kunt u dat uitleggen?
Jan Jansen: Heel vervelend. Mail mij maar op jan.jansen@example.com als het beter gaat.
"""
OTHER = """Interviewer: Wat kan er beter?
Deelnemer 2: De retour kostte mij veel te veel tijd. Ik wil een label in de doos.
Interviewer: En verder?
Deelnemer 2: De koerier kwam niet op de dag die was afgesproken. Dat is heel lastig.
"""


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    return studies.create_study(store, "Bezorging", language="nl", encoder="hashing")


def crash(number: int) -> Upload:
    """An interview with one of many people whose app stops."""
    where = ("thuis", "buiten", "onderweg", "op mijn werk", "in de trein", "bij mijn moeder")
    text = (
        f"Interviewer: Wat ging er mis?\n"
        f"Deelnemer {number}: De app loopt {where[number % 6]} steeds vast, heel frustrerend.\n"
        f"Interviewer: En verder?\n"
        f"Deelnemer {number}: De app loopt steeds vast en dan ben ik mijn winkelmand kwijt.\n"
    )
    return an_upload(f"app-{number}.txt", text)


def with_results(store: Store, study: Study) -> Analysis:
    """The analysis of the builders as the result of a run."""
    analyses.save(store, runs.begin(store, study.id), an_analysis(), ())
    return an_analysis()


def run(store: Store, study: Study, *uploads: Upload) -> Analysis:
    """The study's analysis with these files added."""
    studies.add_uploads(store, study.id, uploads)
    return studies.analyse_study(store, study.id)


# --- studies -----------------------------------------------------------------------


def test_a_study_is_kept_as_it_was_made(store: Store):
    made = studies.create_study(
        store, "  Mijn\n studie ", language="en", taxonomy=a_taxonomy(), encoder="hashing"
    )
    assert studies.get_study(store, made.id) == made
    assert (made.name, made.language, made.taxonomy) == ("Mijn studie", "en", a_taxonomy())
    assert studies.list_studies(store) == (made,)


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "\x00"])
def test_a_study_needs_a_name(store: Store, name: str):
    with pytest.raises(KlantbeeldError, match="name"):
        studies.create_study(store, name)


def test_a_study_has_a_language_that_is_known(store: Store):
    with pytest.raises(KlantbeeldError, match="auto, nl, en"):
        studies.create_study(store, "x", language="de")


def test_two_studies_of_one_name_are_two_studies(store: Store):
    one, two = (studies.create_study(store, "x") for _ in range(2))
    assert one.id != two.id


def test_what_does_not_exist_is_not_found(store: Store):
    for use in (studies.get_study, studies.list_intake, studies.get_view, studies.delete_study):
        with pytest.raises(NotFound, match="no study"):
            use(store, "nowhere")
    with pytest.raises(NotFound, match="no study"):
        studies.add_uploads(store, "nowhere", [an_upload()])
    with pytest.raises(NotFound, match="no run"):
        studies.get_run(store, "nowhere")


def test_a_deleted_study_is_gone_with_its_files(store: Store, study: Study):
    run(store, study, an_upload())
    studies.delete_study(store, study.id)
    assert studies.list_studies(store) == ()
    assert not any(path.is_file() for path in (store.path / "uploads").rglob("*"))


# --- files -------------------------------------------------------------------------


def test_a_file_is_accepted_with_what_was_found(store: Store, study: Study):
    (intake,) = studies.add_uploads(store, study.id, [an_upload()])
    assert (intake.accepted, intake.name, intake.passages) == (True, "gesprek.txt", 4)
    assert {v.voice: v.role for v in intake.voices} == {
        "Interviewer": "interviewer",
        "Deelnemer 1": "participant",
    }
    assert studies.list_intake(store, study.id) == (intake,)


def test_a_bad_file_is_refused_with_the_reason_and_the_others_go_on(store: Store, study: Study):
    image = Upload("foto.docx", b"\x89PNG\r\n\x1a\n" + bytes(100))
    intakes = studies.add_uploads(store, study.id, [Upload("leeg.txt", b""), image, an_upload()])
    assert [i.accepted for i in intakes] == [False, False, True]
    assert "empty" in intakes[0].reason
    assert "image" in intakes[1].reason
    assert studies.list_intake(store, study.id) == intakes


def test_a_file_that_is_too_large_is_refused(store: Store, study: Study):
    large = an_upload(text=INTERVIEW_TEXT * 10_000)
    (intake,) = studies.add_uploads(store, study.id, [large], max_mb=1)
    assert not intake.accepted
    assert "limit of 1 MB" in intake.reason


def test_the_same_bytes_twice_are_one_source(store: Store, study: Study):
    first, second = studies.add_uploads(store, study.id, [an_upload(), an_upload("kopie.txt")])
    assert (second.accepted, second.duplicate_of) == (False, "gesprek.txt")
    assert second.source == first.source
    assert len(sources.kept(store, study.id)) == 1


def test_the_same_file_may_be_in_two_studies(store: Store, study: Study):
    other = studies.create_study(store, "Andere")
    for each in (study, other):
        (intake,) = studies.add_uploads(store, each.id, [an_upload()])
        assert intake.accepted
    studies.delete_study(store, other.id)
    assert studies.list_intake(store, study.id)[0].accepted


@pytest.mark.parametrize("name", ["../../x.txt", "a\x00b.txt", "\ud800.txt", " ", "x" * 999])
def test_any_file_name_is_harmless(store: Store, study: Study, name: str):
    studies.add_uploads(store, study.id, [an_upload(name + ".txt")])
    (intake,) = studies.list_intake(store, study.id)
    assert intake.name.isprintable() and 0 < len(intake.name) <= 200
    inside = [path for path in store.path.rglob("*") if path.is_file()]
    assert [p.parent.parent for p in inside if p.parent.name == study.id] == [
        store.path / "uploads"
    ]


def test_names_of_people_are_not_shown(store: Store, study: Study):
    (intake,) = studies.add_uploads(store, study.id, [an_upload("n.txt", NAMED)])
    assert {v.voice for v in intake.voices} == {"[NAAM 1]", "[NAAM 2]"}
    assert "Jansen" not in repr(intake) and "Vries" not in repr(intake)


def test_a_decided_role_is_shown_and_can_be_taken_back(store: Store, study: Study):
    (intake,) = studies.add_uploads(store, study.id, [an_upload("n.txt", NAMED)])
    before = {v.voice: v.role for v in intake.voices}
    other = "participant" if before["[NAAM 1]"] == "interviewer" else "interviewer"
    decision = studies.set_role(store, study.id, intake.source, "[NAAM 1]", other)
    (seen,) = studies.list_intake(store, study.id)
    assert [(v.role, v.decided) for v in seen.voices if v.voice == "[NAAM 1]"] == [(other, True)]
    studies.undo(store, study.id, decision.id)
    assert studies.list_intake(store, study.id) == (intake,)


def test_a_role_is_of_a_voice_that_exists(store: Store, study: Study):
    (intake,) = studies.add_uploads(store, study.id, [an_upload()])
    with pytest.raises(NotFound, match="speaks in"):
        studies.set_role(store, study.id, intake.source, "Niemand", "interviewer")
    with pytest.raises(KlantbeeldError, match="Choose one of"):
        studies.set_role(store, study.id, intake.source, "Deelnemer 1", "boss")
    with pytest.raises(NotFound, match="not in the study"):
        studies.set_role(store, study.id, "0" * 16, "Deelnemer 1", "interviewer")


def test_a_decided_role_counts_in_the_next_run(store: Store, study: Study):
    first = run(store, study, an_upload(), an_upload("b.txt", OTHER))
    source = next(s.id for s in first.sources if s.name == "gesprek.txt")
    assert any(s.source == source for s in first.statements)
    studies.set_role(store, study.id, source, "Deelnemer 1", "interviewer")
    again = studies.analyse_study(store, study.id)
    assert not any(s.source == source for s in again.statements)
    assert any(s.source != source for s in again.statements)


def test_a_removed_file_is_gone_with_its_results(store: Store, study: Study):
    run(store, study, an_upload())
    (intake,) = studies.list_intake(store, study.id)
    studies.remove_source(store, study.id, intake.source)
    assert studies.list_intake(store, study.id) == ()
    with pytest.raises(NotFound, match="no results yet"):
        studies.get_view(store, study.id)
    with pytest.raises(NotFound, match="removed already"):
        studies.remove_source(store, study.id, intake.source)


def test_no_file_is_removed_under_a_run(store: Store, study: Study):
    (intake,) = studies.add_uploads(store, study.id, [an_upload()])
    waiting = studies.start_run(store, study.id)
    with pytest.raises(Conflict, match="cancel it"):
        studies.remove_source(store, study.id, intake.source)
    studies.cancel_run(store, waiting.id)
    studies.remove_source(store, study.id, intake.source)


# --- runs --------------------------------------------------------------------------


def test_a_run_ends_in_an_analysis_whose_quotes_are_exact(store: Store, study: Study):
    analysis = run(store, study, an_upload(), an_upload("b.txt", OTHER))
    assert analysis == studies.latest_analysis(store, study.id)
    text = {(s.id, p.index): p.text for s in analysis.sources for p in s.passages}
    assert analysis.statements
    for s in analysis.statements:
        assert text[s.source, s.passage][s.start : s.end] == s.text
    (done,) = studies.list_runs(store, study.id)
    assert (done.status, done.done) == ("done", done.total)
    assert done.ended is not None


def test_the_order_of_the_files_does_not_matter(store: Store):
    uploads = [an_upload(), an_upload("b.txt", OTHER), an_upload("n.txt", NAMED)]
    results = []
    for files in (uploads, uploads[::-1]):
        each = studies.create_study(store, "Zelfde", language="nl", encoder="hashing")
        results.append(analysis_to_bytes(run(store, each, *files)))
    assert results[0] == results[1]


def test_a_refused_file_is_told_in_the_analysis(store: Store, study: Study):
    analysis = run(store, study, an_upload(), Upload("leeg.txt", b""))
    assert [name for name, _ in analysis.refused] == ["leeg.txt"]


def test_what_is_new_is_embedded_and_what_is_known_is_not(store: Store, study: Study):
    class Counting(HashingEncoder):
        seen = 0

        def encode(self, texts, tick=None):
            self.seen += len(texts)
            return super().encode(texts, tick)

    studies.add_uploads(store, study.id, [an_upload()])
    first = Counting()
    studies.analyse_study(store, study.id, encoder=first)
    studies.add_uploads(store, study.id, [an_upload("b.txt", OTHER)])
    second = Counting()
    both = studies.analyse_study(store, study.id, encoder=second)
    assert first.seen > 0 and second.seen > 0
    assert first.seen + second.seen == len(set(texts_of(both.statements)))


def test_a_study_without_a_word_of_a_participant_fails_with_the_way_out(store: Store, study: Study):
    (intake,) = studies.add_uploads(store, study.id, [an_upload()])
    studies.set_role(store, study.id, intake.source, "Deelnemer 1", "interviewer")
    with pytest.raises(NothingToAnalyse):
        studies.analyse_study(store, study.id)
    (failed,) = studies.list_runs(store, study.id)
    assert failed.status == "failed" and failed.message
    assert "Traceback" not in failed.message


def test_a_progress_that_cancels_leaves_the_earlier_results(store: Store, study: Study):
    before = run(store, study, an_upload())
    studies.add_uploads(store, study.id, [an_upload("b.txt", OTHER)])

    def stop(step: str, done: int, total: int) -> None:
        if step == "embed":
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        studies.analyse_study(store, study.id, stop)
    assert studies.list_runs(store, study.id)[0].status == "cancelled"
    assert studies.latest_analysis(store, study.id) == before


def test_a_run_that_breaks_does_not_block_the_next(store: Store, study: Study):
    def trip(step: str, done: int, total: int) -> None:
        raise RuntimeError("cable")

    studies.add_uploads(store, study.id, [an_upload()])
    with pytest.raises(RuntimeError, match="cable"):
        studies.analyse_study(store, study.id, trip)
    assert studies.list_runs(store, study.id)[0].status == "failed"
    assert studies.analyse_study(store, study.id).statements


def test_a_study_without_files_cannot_run(store: Store, study: Study):
    with pytest.raises(Conflict, match="no files"):
        studies.start_run(store, study.id)


def test_a_cancelled_run_says_so_and_stays_so(store: Store, study: Study):
    studies.add_uploads(store, study.id, [an_upload()])
    waiting = studies.start_run(store, study.id)
    assert studies.cancel_run(store, waiting.id).status == "cancelled"
    assert studies.cancel_run(store, waiting.id).status == "cancelled"
    assert studies.start_run(store, study.id).status == "queued"


# --- personal data -----------------------------------------------------------------


def test_what_placeholders_stand_for_is_kept_and_never_leaves(store: Store, study: Study):
    analysis = run(store, study, an_upload("n.txt", NAMED), an_upload())
    originals = {r.original for r in analyses.get_redactions(store, study.id)}
    assert "jan.jansen@example.com" in originals
    assert any("Jansen" in original for original in originals)
    told = [analysis_to_bytes(analysis)]
    told += [export_study(store, study.id, e.name, consent=True).content for e in EXPORTERS]
    for content in told:
        assert b"Jansen" not in content and b"jan.jansen@" not in content


def test_an_analysis_has_no_place_for_redactions():
    assert not any("redaction" in f.name for f in fields(Analysis))


# --- decisions ---------------------------------------------------------------------


def test_names_and_status_survive_a_run_with_new_data(store: Store, study: Study):
    first = run(store, study, *map(crash, range(6)))
    theme = first.themes[0]
    studies.rename_theme(store, study.id, theme.id, "Wachten op het pakket")
    seen = studies.get_view(store, study.id)
    assert next(t for t in seen.themes if t.id == theme.id).label == "Wachten op het pakket"
    assert studies.latest_analysis(store, study.id) == first
    again = run(store, study, crash(6), crash(7), an_upload("b.txt", OTHER))
    assert "Wachten op het pakket" not in {t.label for t in again.proposed}
    assert "Wachten op het pakket" in {t.label for t in studies.get_view(store, study.id).themes}


def test_a_rename_can_be_undone_and_the_log_keeps_both(store: Store, study: Study):
    first = with_results(store, study)
    decision = studies.rename_theme(store, study.id, first.themes[0].id, "Anders")
    studies.undo(store, study.id, decision.id)
    assert studies.get_view(store, study.id) == first
    assert [d.action for d in studies.list_decisions(store, study.id)] == ["rename-theme", "undo"]
    with pytest.raises(Conflict, match="already"):
        studies.undo(store, study.id, decision.id)
    with pytest.raises(NotFound, match="no such decision"):
        studies.undo(store, study.id, 999)


def test_a_persona_is_renamed_and_accepted(store: Store, study: Study):
    with_results(store, study)
    reviewing.rename_persona(store, study.id, "persona-1", "De wachter")
    reviewing.set_persona_status(store, study.id, "persona-1", "accepted")
    (persona,) = studies.get_view(store, study.id).personas
    assert (persona.name, persona.status) == ("De wachter", "accepted")


def test_a_decision_names_what_exists(store: Store, study: Study):
    with_results(store, study)
    with pytest.raises(NotFound):
        studies.rename_theme(store, study.id, "nowhere", "x")
    with pytest.raises(NotFound):
        reviewing.rename_persona(store, study.id, "nowhere", "x")
    with pytest.raises(KlantbeeldError, match="Choose one of draft"):
        reviewing.set_persona_status(store, study.id, "nowhere", "perfect")
    theme = studies.latest_analysis(store, study.id).themes[0]
    with pytest.raises(KlantbeeldError, match="name"):
        studies.rename_theme(store, study.id, theme.id, " \n ")


# --- exports and the notebook ------------------------------------------------------


def test_an_export_is_found_by_its_name_or_file_name(store: Store, study: Study):
    run(store, study, an_upload(), an_upload("b.txt", OTHER))
    for exporter in EXPORTERS:
        by_name = export_study(store, study.id, exporter.name, consent=True)
        assert by_name == export_study(store, study.id, exporter.filename, consent=True)
        assert by_name.content
    with pytest.raises(NotFound, match=EXPORTERS[0].name):
        export_study(store, study.id, "nowhere")


def test_a_folder_is_analysed_in_one_call(tmp_path: Path):
    folder = tmp_path / "Mijn onderzoek"
    folder.mkdir()
    for upload in (an_upload(), an_upload("b.txt", OTHER)):
        (folder / upload.name).write_bytes(upload.content)
    analysis = analyse(folder, language="nl", encoder="hashing")
    assert analysis.study == "Mijn onderzoek"
    assert {s.name for s in analysis.sources} == {"gesprek.txt", "b.txt"}
    assert analysis == analyse(
        folder / "b.txt",
        folder / "gesprek.txt",
        language="nl",
        encoder="hashing",
        study="Mijn onderzoek",
    )


def test_what_cannot_be_opened_or_read_is_refused_and_the_rest_goes_on(tmp_path: Path):
    for upload in (an_upload(), an_upload("dubbel.txt"), an_upload("leeg.txt", "")):
        (tmp_path / upload.name).write_bytes(upload.content)
    (tmp_path / "weg.txt").symlink_to(tmp_path / "nergens.txt")
    analysis = analyse(tmp_path, encoder="hashing")
    assert [name for name, _ in analysis.refused] == ["leeg.txt", "weg.txt"]
    assert len(analysis.sources) == 1
    assert any("the same bytes" in note for note in analysis.notes)


def test_when_no_file_can_be_opened_the_reason_is_told(tmp_path: Path):
    (tmp_path / "weg.txt").symlink_to(tmp_path / "nergens.txt")
    with pytest.raises(NothingToAnalyse, match=r"weg\.txt: cannot be opened"):
        analyse(tmp_path, encoder="hashing")


def test_a_path_that_does_not_exist_is_told(tmp_path: Path):
    with pytest.raises(NotFound, match="nergens"):
        analyse(tmp_path / "nergens")


def test_importing_the_package_loads_nothing_heavy():
    heavy = (
        "spacy hdbscan sklearn torch sentence_transformers lingua docx openpyxl pypdf dbos fastapi"
    )
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from research import analyse; "
            f"print([m for m in {heavy.split()!r} if m in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
