"""The whole way: the same files give the same bytes, and nothing is counted twice."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest

from research.embedding import embed
from research.encoders import HashingEncoder
from research.errors import Cancelled, NothingToAnalyse
from research.model import Analysis, Decision, Upload
from research.pipeline import analyse
from research.view import view
from tests.builders import a_decision
from tests.steps.studies import (
    ATTRIBUTES,
    LEFT_OUT,
    Memory,
    a_talk,
    analysed,
    claims,
    encoder,
    fingerprint,
    grown,
    run,
    some,
    some_talks,
    uploads,
    without_notes,
    without_one,
)

FEW = ("planwerk-interview-5.txt", ATTRIBUTES)
TALKS = some_talks(
    "De levering kwam twee weken te laat en dat was erg vervelend.",
    "De bezorging was weer te laat, ik heb een hele dag gewacht.",
    "Ik wil graag zelf een tijdvak kiezen voor de bezorging.",
)
MORE = a_talk("gesprek-9.txt", "Betalen met de app lukte niet, heel irritant.", who="Deelnemer 9")


def test_the_order_of_the_files_does_not_matter():
    files = uploads("planwerk")
    mixed = [*files[5:], *files[:5][::-1]]
    assert fingerprint(run(mixed)) == fingerprint(analysed("planwerk"))


IN_ANOTHER_PROCESS = """
from tests.steps.studies import encoder, fingerprint, some
from research.pipeline import analyse
import sys
files = some("planwerk", lambda file: file in sys.argv[1:])[::-1]
print(fingerprint(analyse(files, study="test", encoder=encoder())))
"""


def test_another_process_gives_the_same_bytes():
    here = analyse(some("planwerk", lambda file: file in FEW), study="test", encoder=encoder())
    there = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS, *FEW],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == fingerprint(here)


def test_a_file_given_twice_counts_once():
    again = Upload("kopie.txt", TALKS[0].content)
    once, twice = run(TALKS), run([*TALKS, again, TALKS[1]])
    assert without_notes(twice) == without_notes(once)
    assert any("counted once" in note for note in twice.notes)


def test_whose_files_are_erased_is_in_no_claim():
    before, after = analysed("planwerk"), without_one()
    names = {s.id: s.name for s in before.sources}
    gone = {s.id for s in before.statements if names[s.source] == LEFT_OUT}
    assert gone & {i for c in claims(before) for i in c.statements}
    assert not gone & {s.id for s in after.statements}
    assert not gone & {i for c in claims(after) for i in (*c.statements, *c.counter)}
    assert not gone & {i for t in after.themes for i in (*t.statements, *t.quotes, *t.counter)}


def test_themes_that_stay_alike_keep_their_ids_when_an_interview_comes_in():
    before, after = without_one(), grown()
    fresh = analysed("planwerk").themes
    old = {t.id: (t.kind, set(t.statements)) for t in before.themes}
    kept = [t for t in after.themes if t.id in old]
    assert len(kept) > len(after.themes) / 2
    assert [t.statements for t in after.themes] == [t.statements for t in fresh]
    assert {t.id for t in fresh} != {t.id for t in after.themes}
    for theme in kept:
        kind, statements = old[theme.id]
        assert kind == theme.kind
        assert overlap(statements, set(theme.statements)) >= 0.3


def test_personas_that_stay_alike_keep_their_ids_when_an_interview_comes_in():
    before = {p.id: set(p.participants) for p in without_one().personas}
    kept = [p for p in grown().personas if p.id in before]
    assert kept
    assert all(overlap(before[p.id], set(p.participants)) >= 0.3 for p in kept)


def test_ids_in_a_later_analysis_can_still_be_followed():
    after = grown()
    themes, personas = {t.id for t in after.themes}, {p.id for p in after.personas}
    assert len(themes) == len(after.themes)
    assert len(personas) == len(after.personas)
    assert {t.nearest for t in after.themes} <= themes
    assert {p.nearest for p in after.personas} <= personas
    assert {c.theme for c in claims(after)} <= themes | {""}
    assert {m.persona for m in after.maps} == personas | {None}


def overlap(one: set[str], other: set[str]) -> float:
    """Share that two groups have in common."""
    return len(one & other) / len(one | other)


def test_names_people_gave_survive_a_new_interview():
    before, after = without_one(), grown()
    theme = next(t for t in before.themes if t.id in {x.id for x in after.themes})
    persona = next(p for p in before.personas if p.id in {x.id for x in after.personas})
    decided = (
        a_decision(1, "rename-theme", theme.id, "Ours", theme.statements),
        a_decision(2, "rename-persona", persona.id, "Robin", persona.participants),
        a_decision(3, "persona-status", persona.id, "accepted", persona.participants),
    )
    seen = view(after, decided)
    assert next(t for t in seen.themes if t.id == theme.id).label == "Ours"
    found = next(p for p in seen.personas if p.id == persona.id)
    assert (found.name, found.status) == ("Robin", "accepted")
    assert without_decisions(after, decided) == after


def without_decisions(analysis: Analysis, decided: Sequence[Decision]) -> Analysis:
    """The analysis as it was: a view changes nothing."""
    undo = [replace(d, id=d.id + 10, action="undo", target=str(d.id)) for d in decided]
    return view(analysis, [*decided, *undo])


def test_adding_an_interview_embeds_only_what_is_new():
    memory = Memory()
    analyse(TALKS, encoder=encoder(), cache=memory)
    first = set(memory.given)
    memory.given.clear()
    found = analyse([*TALKS, MORE], encoder=encoder(), cache=memory)
    new = {s.text for s in found.statements} - first
    assert new
    assert set(memory.given) == new


def test_the_same_study_again_embeds_nothing():
    memory = Memory()
    analyse(TALKS, encoder=encoder(), cache=memory)
    memory.given.clear()
    analyse(TALKS, encoder=encoder(), cache=memory)
    assert memory.given == []


def test_a_cache_changes_nothing_in_the_result():
    plain = analyse(TALKS, encoder=encoder())
    memory = Memory()
    analyse(TALKS, encoder=encoder(), cache=memory)
    assert fingerprint(analyse(TALKS, encoder=encoder(), cache=memory)) == fingerprint(plain)


def test_a_text_said_twice_is_embedded_once():
    memory = Memory()
    vectors = embed(["Te laat.", "Duur.", "Te laat."], HashingEncoder(), memory)
    assert memory.given == ["Duur.", "Te laat."]
    assert (vectors[0] == vectors[2]).all()
    assert vectors.shape == (3, 256)


def test_no_texts_give_no_vectors_of_the_encoders_width():
    assert embed([], HashingEncoder()).shape == (0, 256)


class Stopper:
    """A progress that is stopped at a step."""

    def __init__(self, at: str) -> None:
        self.at = at
        self.told: list[tuple[str, int, int]] = []

    def __call__(self, step: str, done: int, total: int) -> None:
        """Note what is told, and stop where it was asked."""
        self.told.append((step, done, total))
        if step == self.at:
            raise Cancelled("stopped")


STEPS = ("read", "embed", "classify", "themes", "personas", "journey", "done")


@pytest.mark.parametrize("step", STEPS)
def test_a_run_can_be_cancelled_at_every_step(step: str):
    stopper = Stopper(step)
    with pytest.raises(Cancelled):
        analyse(TALKS, encoder=encoder(), progress=stopper)
    assert stopper.told[-1][0] == step


def test_progress_goes_through_the_steps_in_order_and_never_passes_its_total():
    watcher = Stopper("")
    long = a_talk("lang.txt", "en toen duurde het nog langer " * 120, who="Deelnemer 8")
    analyse([*TALKS, long], encoder=encoder(), progress=watcher)
    assert tuple(dict.fromkeys(step for step, _, _ in watcher.told)) == STEPS
    assert all(0 <= done <= total for _, done, total in watcher.told)


def test_a_study_of_duplicate_sentences_is_analysed():
    same = "De levering kwam veel te laat en dat was erg vervelend."
    found = run(some_talks(*[same] * 12))
    assert len(found.statements) == 12
    assert [t.people for t in found.themes] == [12]


def test_nothing_to_analyse_says_what_happened():
    with pytest.raises(NothingToAnalyse, match=r"No file could be used\. leeg\.txt"):
        run([Upload("leeg.txt", b"")])
    with pytest.raises(NothingToAnalyse, match="No files were given"):
        run([])


def test_a_bad_file_stops_no_other():
    found = run([*TALKS, Upload("leeg.txt", b"")])
    assert [name for name, _ in found.refused] == ["leeg.txt"]
    assert len(found.sources) == len(TALKS)


def test_html_in_a_transcript_stays_what_it_was():
    found = run([a_talk("x.txt", "De <script>alert(1)</script> knop werkte niet, vervelend.")])
    assert "<script>alert(1)</script>" in "".join(s.text for s in found.statements)
