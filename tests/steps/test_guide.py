"""What interviewers asked, matched to the guide's questions, in Dutch and English."""

from collections.abc import Sequence

import numpy as np
import pytest

from research.contracts import Vectors
from research.encoders import load_encoder
from research.model import Channel, Participant, Passage, Source, Statement
from research.stages import BUILT_IN
from research.steps.guide import Asked, GuideQuestion, bundled_guide, by_encoder, follow_guide

GUIDE = bundled_guide()
Turn = tuple[str, str]


def interview(name: str, language: str, *turns: Turn) -> tuple[Source, list[Statement]]:
    """A source of turns: `?` asks, anything else is the participant who says it."""
    passages, statements = [], []
    for index, (who, text) in enumerate(turns):
        role = "interviewer" if who == "?" else "participant"
        passages.append(
            Passage(index, text, who, "interview", f"line {index}", role, language=language)
        )
        if role == "participant" and text != "Ja.":
            statements.append(
                Statement(
                    f"{name}-{index}",
                    name,
                    who,
                    index,
                    0,
                    len(text),
                    text,
                    "",
                    "interview",
                    language,
                )
            )
    return Source(name, f"{name}.txt", "transcript-text", tuple(passages)), statements


def written(name: str, channel: Channel, who: str) -> tuple[Source, list[Statement]]:
    """A source in which one person answers what could be better."""
    text, question = "De bezorging duurde lang.", "Wat kan er beter?"
    passage = Passage(0, text, "row 1", channel, "row 1", "participant", question)
    said = Statement(
        f"{name}-0", name, who, 0, 0, len(text), text, "", channel, "nl", question=question
    )
    return Source(name, name, channel, (passage,)), [said]


def person(identity: str, *sources: str, channel: Channel = "interview") -> Participant:
    """A participant of these sources."""
    return Participant(identity, identity, (), sources, channel)


def followed(
    people: Sequence[Participant], *talks: tuple[Source, list[Statement]], **more: object
) -> dict[str, Asked]:
    """What became of each question of the guide."""
    sources = [source for source, _ in talks]
    statements = [s for _, said in talks for s in said]
    found = follow_guide(GUIDE, sources, people, statements, **more)  # type: ignore[arg-type]  # settings by name
    return {asked.question.id: asked for asked in found}


DUTCH = interview(
    "nl-1",
    "nl",
    ("?", "Fijn dat u er bent. Mag ik het gesprek opnemen?"),
    ("anna", "Ja."),
    ("?", "Waarom ging u op zoek naar een nieuwe bank?"),
    ("anna", "De oude was doorgezakt."),
    ("?", "En toen?"),
    ("anna", "Toen ben ik gaan kijken in de stad."),
    ("?", "Hebt u ook bij andere winkels gekeken? Wat gaf uiteindelijk de doorslag?"),
    ("anna", "Bij twee, maar hier kon ik proefzitten."),
    ("?", "Hoe oud bent u?"),
    ("anna", "Ik ben vijftig geworden dit jaar."),
)
ENGLISH = interview(
    "en-1",
    "en",
    ("?", "So, what made you start looking?"),
    ("bo", "Our planner broke every week."),
    ("?", "Right."),
    ("?", "And which other providers did you look at?"),
    ("bo", "Two of them, both too big for us."),
    ("?", "Tell me how you found us."),
    ("bo", "A colleague showed me."),
    ("?", "Would you recommend it to others?"),
    ("bo", "Ja."),
)
PEOPLE = [person("anna", "nl-1"), person("bo", "en-1"), person("cas", "nl-2")]


def answers(asked: Asked) -> dict[str, tuple[str, ...]]:
    """Who answered with which statements."""
    return {a.participant: a.statements for a in asked.answers}


def test_each_question_tells_who_answered_with_which_statements() -> None:
    found = followed(PEOPLE, DUTCH, ENGLISH)
    assert answers(found["why-looked"]) == {"anna": ("nl-1-3", "nl-1-5"), "bo": ("en-1-1",)}
    assert answers(found["alternatives"]) == {"anna": ("nl-1-7",), "bo": ("en-1-4",)}
    assert answers(found["what-decided"]) == {"anna": ("nl-1-7",)}
    assert answers(found["how-found"]) == {"bo": ("en-1-6",)}


def test_who_was_never_asked_and_who_did_not_answer_are_told_apart() -> None:
    found = followed(PEOPLE, DUTCH, ENGLISH)
    assert found["why-looked"].never == ("cas",)
    assert found["what-decided"].never == ("bo", "cas")
    assert (found["again"].answers, found["again"].silent) == ((), ("bo",))
    assert found["again"].never == ("anna", "cas")
    assert found["help"].never == ("anna", "bo", "cas")


def test_a_short_follow_up_goes_on_and_another_question_does_not() -> None:
    found = followed(PEOPLE, DUTCH)
    said = {s for asked in found.values() for a in asked.answers for s in a.statements}
    assert "nl-1-5" in said
    assert "nl-1-9" not in said
    assert found["why-looked"].wordings == (
        "Waarom ging u op zoek naar een nieuwe bank?",
        "En toen?",
    )


def test_a_probe_counts_for_its_own_question_only() -> None:
    probe = ("?", "Waarom viel die af?")
    after = interview(
        "nl-2",
        "nl",
        ("?", "Welke alternatieven hebt u bekeken?"),
        ("cas", "Nog een winkel in Breda."),
        probe,
        ("cas", "Te duur voor mij."),
    )
    assert answers(followed(PEOPLE, after)["alternatives"]) == {"cas": ("nl-2-1", "nl-2-3")}
    alone = interview("nl-2", "nl", probe, ("cas", "Te duur voor mij."))
    assert not any(asked.answers for asked in followed(PEOPLE, alone).values())


def test_a_question_in_a_group_is_asked_of_everybody_there() -> None:
    group = interview(
        "nl-3",
        "nl",
        ("?", "Wat kan er beter?"),
        ("dirk", "De bezorging moet op tijd."),
        ("eva", "Ja."),
    )
    found = followed([person("dirk", "nl-3"), person("eva", "nl-3")], group)
    assert answers(found["what-better"]) == {"dirk": ("nl-3-1",)}
    assert (found["what-better"].silent, found["what-better"].never) == (("eva",), ())


def test_the_question_of_a_survey_is_asked_of_its_respondents_and_a_subject_of_nobody() -> None:
    people = [
        person("r1", "survey", channel="survey"),
        person("r2", "survey", channel="survey"),
        person("t1", "tickets", channel="ticket"),
    ]
    found = followed(
        people,
        written("survey", "survey", "r1"),
        written("tickets", "ticket", "t1"),
    )
    better = found["what-better"]
    assert answers(better) == {"r1": ("survey-0",)}
    assert (better.silent, better.never) == (("r2",), ())
    assert found["help"].never == ("r1", "r2")


def test_meaning_finds_a_question_that_shares_no_words() -> None:
    talk = interview("nl-2", "nl", ("?", "Hoe verliep de bezorging?"), ("cas", "Vlot en netjes."))

    def likeness(texts: Sequence[str], wordings: Sequence[str]) -> Vectors:
        near = [[0.9 * (w == "Hoe verliep de levering?") for w in wordings] for _ in texts]
        return np.array(near, dtype=np.float32)

    found = followed(PEOPLE, talk, likeness=likeness)
    assert answers(found["how-it-went"]) == {"cas": ("nl-2-1",)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "Hoe ben je bij deze winkel terechtgekomen?", "how-found"),
        ("nl", "Twijfelde je nog ergens over?", "doubts"),
        ("nl", "Wat zou er volgens jou beter kunnen?", "what-better"),
        ("nl", "Hoe ziet een gewone werkdag er voor u uit?", ""),
        ("nl", "Met wie woont u samen?", ""),
        ("en", "What alternatives did you consider?", "alternatives"),
        ("en", "Did you get in touch with customer service?", "help"),
        ("en", "What made you go looking?", "why-looked"),
        ("en", "What do you do for a living?", ""),
        ("en", "Would you like some coffee?", ""),
    ],
)
def test_the_encoder_that_comes_along_knows_other_wordings(
    language: str, text: str, expected: str
) -> None:
    talk = interview("x", language, ("?", text), ("cas", "Dat weet ik nog goed."))
    found = followed([person("cas", "x")], talk, likeness=by_encoder(load_encoder("")))
    assert [i for i, asked in found.items() if asked.answers] == ([expected] if expected else [])


def test_nothing_asked_and_nothing_said_is_no_trouble() -> None:
    assert all(not a.answers and not a.never for a in follow_guide(GUIDE, [], [], []))
    assert follow_guide([], [DUTCH[0]], PEOPLE, DUTCH[1]) == ()


def test_the_order_of_files_and_people_changes_nothing_but_the_order() -> None:
    one, other = followed(PEOPLE, DUTCH, ENGLISH), followed(PEOPLE[::-1], ENGLISH, DUTCH)
    for key, asked in one.items():
        assert answers(asked) == answers(other[key])
        assert set(asked.never) == set(other[key].never)


@pytest.mark.parametrize("question", GUIDE, ids=lambda q: q.id)
def test_every_question_of_the_guide_is_whole(question: GuideQuestion) -> None:
    assert question.stage in BUILT_IN
    for language in ("nl", "en"):
        assert question.text(language).endswith("?")
        assert len(question.probes(language)) >= 2
        assert len({w.text for w in question.wordings}) == len(question.wordings)


def test_the_guide_has_each_question_once() -> None:
    assert 7 <= len(GUIDE) <= 14
    assert len({q.id for q in GUIDE}) == len(GUIDE)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_wording_of_the_guide_is_taken_for_its_own_question(language: str) -> None:
    for question in GUIDE:
        for wording in question.wordings:
            if wording.language == language and not wording.probe:
                talk = interview("x", language, ("?", wording.text), ("cas", "Dat ging zo."))
                found = followed([person("cas", "x")], talk)
                assert [i for i, a in found.items() if a.answers] == [question.id], wording.text
