"""Studies of a few statements give little, and say so."""

import pytest

from research.exporters import EXPORTERS
from research.model import Analysis
from tests.steps.studies import claims, people_of, run, some_talks

LATE = "De bank zou in vier weken komen en hij kwam pas na negen weken."
RAIN = "De bezorger liet het pakket gewoon in de regen staan."
WISH = "Ik wil graag een vast tijdvak kiezen zodat ik niet hoef te wachten."
HAPPY = "Ze hebben me heel snel geholpen aan de telefoon."
RETURN = "Het retourneren kostte me uren, heel frustrerend."
CRASH = "De app crasht elke ochtend en dan moet ik opnieuw inloggen."
SAID = (LATE, RAIN, WISH, HAPPY, RETURN)


def study(count: int) -> Analysis:
    """So many people, each with one statement."""
    return run(some_talks(*(SAID[i % len(SAID)] for i in range(count))))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 20])
def test_few_statements_give_no_more_than_was_said(count: int):
    found = study(count)
    placed = {p for persona in found.personas for p in persona.participants}
    assert len(found.statements) == len(found.participants) == count
    assert placed | set(found.unplaced) == {p.id for p in found.participants}
    assert found.coverage.pains_and_motivations == found.coverage.in_theme + len(
        found.coverage.unplaced
    )
    assert all(p.size == "signal" for p in found.personas if len(p.participants) < 5)
    for made in claims(found):
        assert made.people == len(people_of(found, made.statements)) >= 1


@pytest.mark.parametrize("count", [1, 2, 3, 5, 20])
def test_few_statements_can_be_exported(count: int):
    found = study(count)
    assert all(exporter.export(found) for exporter in EXPORTERS)


def test_one_statement_is_no_theme_and_no_persona():
    found = study(1)
    assert (found.themes, found.personas, found.saturation) == ((), (), ())
    assert len(found.unplaced) == 1
    assert found.coverage.in_theme == 0


def test_two_unlike_complaints_are_not_one_theme():
    assert run(some_talks(LATE, CRASH)).themes == ()


def test_two_like_complaints_are_one_theme_of_two_people():
    found = run(some_talks(LATE, "Mijn bank kwam vijf weken te laat."))
    assert [t.people for t in found.themes] == [2]


def test_a_study_of_praise_alone_has_no_themes():
    found = run(some_talks(HAPPY, "Snelle levering, top!", "Wat een fijne winkel, heel blij mee!"))
    assert {s.kind for s in found.statements} == {"praise"}
    assert (found.themes, found.personas) == ((), ())
    assert found.coverage.share == 0.0


def test_a_study_without_motivations_has_pains():
    found = run(some_talks(*[LATE, RETURN] * 4))
    assert {t.kind for t in found.themes} == {"pain"}


def test_one_person_who_says_everything_is_a_single_voice():
    found = run(some_talks(" ".join([LATE, RAIN, RETURN, CRASH, WISH])))
    assert len(found.participants) == 1
    assert all(t.single_voice for t in found.themes)
    assert not any(c.strength == "strong" for c in claims(found))
