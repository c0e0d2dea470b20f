"""Which persona somebody fits, by the themes they raise; the questions that tell most."""

from dataclasses import replace

import pytest

from research.model import Analysis, Base, Participant, Persona, Theme
from research.persona_fit import fit_person, fits, questions, table_of
from tests.builders import a_theme, an_analysis
from tests.steps.studies import analysed

CAMPS = ("early", "late")
EACH = 6


def person(number: int) -> Participant:
    """Somebody who was interviewed."""
    return Participant(f"p{number:02}", f"P{number}", (), ("x",), "interview")


def persona(name: str, people: tuple[str, ...]) -> Persona:
    """A persona without claims."""
    return Persona(
        id=name,
        name=name,
        kind="qualitative draft",
        status="draft",
        size="provisional",
        summary="",
        participants=people,
        misfits=(),
        base=Base(len(people), 2 * EACH, 1, 1, ("nl",)),
        claims=(),
        demographics=(),
        distinctness=0.5,
        nearest="",
        stability=1.0,
    )


def raised(name: str, people: tuple[str, ...]) -> Theme:
    """A theme that these people raise."""
    return replace(a_theme(name, name, an_analysis().statements[:1]), participants=people)


def study() -> Analysis:
    """Two personas of six; one raises rain, the other sun, all raise wind; one in neither."""
    people = [person(n) for n in range(2 * EACH + 1)]
    first = tuple(p.id for p in people[:EACH])
    second = tuple(p.id for p in people[EACH : 2 * EACH])
    themes = (
        raised("rain", (*first, "p12")),
        raised("sun", second),
        raised("wind", (*first, *second)),
    )
    made = tuple(map(persona, CAMPS, (first, second)))
    return replace(an_analysis(), participants=tuple(people), themes=themes, personas=made)


def test_who_raises_what_a_persona_raises_fits_it():
    best, other = fit_person(study(), "p12")
    assert best.persona == "early" and best.chance > 0.8
    assert best.chance + other.chance == pytest.approx(1, abs=0.001)
    (reason,) = best.reasons
    assert (reason.theme, reason.people, reason.of, reason.elsewhere) == ("rain", 6, 6, 0)


def test_a_no_speaks_against_a_persona():
    (best, _) = fits(table_of(study()), {"rain": False})
    assert best.persona == "late"
    assert not best.reasons[0].raised


def test_what_everybody_raises_tells_nothing_and_is_not_asked():
    (first, second) = fits(table_of(study()), {"wind": True})
    assert first.chance == pytest.approx(second.chance)
    assert "wind" not in {q.theme for q in questions(study()).asked}


def test_an_unknown_theme_is_no_answer():
    assert fits(table_of(study()), {"nonsense": True}) == fits(table_of(study()), {})


def test_the_questions_put_people_right_who_were_left_out():
    found = questions(study())
    assert len(found.asked) == 1  # the second theme would only repeat the first
    assert (found.right, found.of, found.guessed) == (12, 12, 6)


def test_one_persona_needs_no_questions():
    alone = replace(study(), personas=study().personas[:1])
    assert questions(alone).asked == ()


def test_thousands_of_people_are_tried_on_a_part_of_them():
    many = [person(n) for n in range(2600)]
    halves = (tuple(p.id for p in many[::2]), tuple(p.id for p in many[1::2]))
    themes = (raised("rain", halves[0]), raised("sun", halves[1]))
    made = tuple(map(persona, CAMPS, halves))
    big = replace(study(), participants=tuple(many), themes=themes, personas=made)
    found = questions(big)
    assert found.right == found.of == 1000
    assert [s.of for s in found.asked[0].signs] == [1300, 1300]


def test_nobody_in_a_persona_fits_nothing():
    assert fit_person(replace(study(), personas=()), "p12") == ()


def test_hidden_themes_are_neither_asked_nor_counted():
    hidden = replace(study(), themes=tuple(replace(t, hidden=True) for t in study().themes))
    assert questions(hidden).asked == ()
    assert all(f.reasons == () for f in fit_person(hidden, "p12"))


@pytest.mark.parametrize("name", ["thuishaven", "planwerk"])
def test_everybody_of_a_real_study_fits_somewhere_by_what_they_raise(name: str):
    analysis = analysed(name)
    raised = {t.id: set(t.participants) for t in analysis.themes}
    for participant in analysis.participants[:20]:
        found = fit_person(analysis, participant.id)
        assert {f.persona for f in found} <= {p.id for p in analysis.personas}
        assert all(participant.id in raised[r.theme] for f in found for r in f.reasons)
    short = questions(analysis)
    assert len(short.asked) <= 6 and 0 <= short.right <= short.of
