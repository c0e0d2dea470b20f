"""Personas: disjoint groups of real people, formed by what they raise alone."""

import pytest

from research.model import Analysis
from research.steps.persona_claims import feeling
from research.wording import number
from tests.steps.studies import ATTRIBUTES, analysed, people_of, run, some


def test_a_participant_is_in_at_most_one_persona(analysis: Analysis):
    placed = [p for persona in analysis.personas for p in persona.participants]
    assert len(placed) == len(set(placed))


def test_the_unplaced_are_all_the_others(analysis: Analysis):
    placed = {p for persona in analysis.personas for p in persona.participants}
    everyone = [p.id for p in analysis.participants]
    assert sorted(analysis.unplaced) == sorted(set(everyone) - placed)
    assert len(everyone) == len(set(everyone))


def test_a_personas_base_counts_its_people_and_what_they_said(analysis: Analysis):
    for persona in analysis.personas:
        said = [s for s in analysis.statements if s.participant in persona.participants]
        assert persona.base.people == len(persona.participants)
        assert persona.base.statements == len(said)
        assert persona.base.sources == len({s.source for s in said})
        assert set(persona.base.languages) == {s.language for s in said}


def test_personas_share_one_base_of_compared_people(analysis: Analysis):
    assert {p.base.of for p in analysis.personas} == {
        sum(len(p.participants) for p in analysis.personas) + len(analysis.outside)
    }


def test_a_real_study_has_several_personas_of_interviewed_people(analysis: Analysis):
    interviewed = {p.id for p in analysis.participants if p.channel == "interview"}
    assert len(analysis.personas) >= 2
    for persona in analysis.personas:
        assert set(persona.participants) <= interviewed
        assert persona.kind == "qualitative draft"
        assert persona.status == "draft"


def test_a_personas_size_word_follows_its_people(analysis: Analysis):
    for persona in analysis.personas:
        people = len(persona.participants)
        word = "signal" if people < 5 else "provisional" if people <= 8 else "persona"
        assert persona.size == word


def test_a_personas_claims_are_its_own_peoples_words(analysis: Analysis):
    for persona in analysis.personas:
        for made in persona.claims:
            assert people_of(analysis, made.statements) <= set(persona.participants)
            assert made.of == len(persona.participants)


def test_a_personas_quotes_are_verbatim_and_of_different_people(analysis: Analysis):
    text = {s.id: s.text for s in analysis.statements}
    for persona in analysis.personas:
        quotes = [c for c in persona.claims if c.kind == "quote"]
        assert quotes
        assert all(c.text == text[c.statements[0]] for c in quotes)
        people = [people_of(analysis, c.statements).pop() for c in quotes]
        assert len(set(people)) == len(people)


def test_a_claim_about_a_theme_is_of_that_themes_statements(analysis: Analysis):
    themes = {t.id: t for t in analysis.themes}
    for persona in analysis.personas:
        for made in persona.claims:
            if made.theme:
                assert set(made.statements) <= set(themes[made.theme].statements)
            if made.theme and made.kind in ("pain", "motivation"):
                assert made.kind == themes[made.theme].kind
                alone = made.people == 1
                said = next(s.text for s in analysis.statements if s.id == made.statements[0])
                assert made.text == (said if alone else themes[made.theme].label)


def test_a_persona_tells_what_its_people_want_or_run_into(analysis: Analysis):
    for persona in analysis.personas:
        assert {c.kind for c in persona.claims} & {"pain", "motivation"}
        assert persona.summary
        assert str(persona.base.people) in persona.summary


def test_persona_names_and_ids_are_unique(analysis: Analysis):
    assert len({p.id for p in analysis.personas}) == len(analysis.personas)
    assert len({p.name for p in analysis.personas}) == len(analysis.personas)


def test_misfits_are_members_and_the_nearest_is_another(analysis: Analysis):
    ids = {p.id for p in analysis.personas}
    for persona in analysis.personas:
        assert set(persona.misfits) <= set(persona.participants)
        assert persona.nearest in ids - {persona.id}
        assert 0 <= persona.stability <= 1
        assert 0 <= persona.distinctness <= 1


def test_an_emotion_claim_states_mean_and_number_of_its_statements(analysis: Analysis):
    valence = {s.id: s.valence for s in analysis.statements}
    for persona in analysis.personas:
        for made in (c for c in persona.claims if c.kind == "emotion"):
            values = [valence[s] for s in made.statements]
            mean = number(sum(values) / len(values), analysis.language, signed=True)
            assert f"({mean}, n = {len(values)})" in made.text


def test_demographics_count_the_personas_people_as_collected(analysis: Analysis):
    attributes = {p.id: dict(p.attributes) for p in analysis.participants}
    for persona in analysis.personas:
        assert persona.demographics
        for spread in persona.demographics:
            known = [attributes[p].get(spread.attribute) for p in persona.participants]
            told = [value for value in known if value is not None]
            assert spread.known == len(told)
            assert dict(spread.values) == {v: told.count(v) for v in told}


def test_attributes_never_change_the_grouping(english: Analysis):
    plain = run(some("planwerk", lambda file: file != ATTRIBUTES))
    assert any(p.attributes for p in english.participants)
    assert groups(plain) == groups(english)
    assert [p.name for p in plain.personas] == [p.name for p in english.personas]


def groups(analysis: Analysis) -> set[frozenset[str]]:
    """Whose files make each persona, by name."""
    names = {s.id: s.name for s in analysis.sources}
    files = {p.id: names[p.sources[0]] for p in analysis.participants}
    return {frozenset(files[p] for p in persona.participants) for persona in analysis.personas}


def test_a_survey_alone_gives_statistical_drafts_of_some_respondents():
    found = run(some("planwerk", lambda file: file == "survey.xlsx"))
    assert {p.channel for p in found.participants} == {"survey"}
    assert {p.kind for p in found.personas} <= {"statistical draft"}
    assert len(found.unplaced) + sum(len(p.participants) for p in found.personas) == len(
        found.participants
    )
    assert found.themes


def test_reviews_alone_are_analysed_too():
    found = run(some("thuishaven", lambda file: file == "reviews_app.jsonl"))
    assert {p.channel for p in found.participants} == {"review"}
    assert {s.rating for s in found.statements} - {None}
    assert found.themes


@pytest.mark.parametrize(
    ("mean", "word"), [(-1.0, "negative"), (0.0, "balanced"), (0.1, "balanced"), (0.8, "positive")]
)
def test_a_feeling_is_a_word_for_a_mean(mean: float, word: str):
    assert feeling(mean) == word


def test_both_languages_speak_their_own_words():
    assert "deelnemers" in analysed("thuishaven").personas[0].summary
    assert "participants" in analysed("planwerk").personas[0].summary
