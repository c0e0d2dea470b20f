"""Who asks and who answers: the guess, its reason, and what a person decided."""

from collections.abc import Sequence

import pytest

from research.model import Passage, Reading, Role, Speaker
from research.steps.roles import guess_roles, with_questions

Said = tuple[str, str]


def interview(source: str, said: Sequence[Said]) -> Reading:
    """A reading of an interview."""
    passages = tuple(
        Passage(index=i, text=text, voice=voice, channel="interview")
        for i, (voice, text) in enumerate(said)
    )
    return Reading(source=source, name=f"{source}.txt", reader="transcript-text", passages=passages)


def talk(asks: str, answers: str, turns: int = 4) -> list[Said]:
    """Questions of one voice and answers of another."""
    return [
        said
        for i in range(turns)
        for said in (
            (asks, f"Hoe ging stap {i}?"),
            (answers, f"Dat duurde bij mij wel een week of {i}, en niemand zei waarom."),
        )
    ]


def roles(*readings: Reading, **decided: Role) -> dict[str, Role]:
    """The guessed role of every `source/voice`."""
    return {f"{s.source}/{s.voice}": s.role for s in guess_roles(readings, decided)}


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Interviewer", "Deelnemer 7"),
        ("Interviewer", "Jonas Feld"),
        ("Onderzoeker (Anna)", "P3"),
        ("Moderator", "Respondent"),
        ("Investigator (INV)", "Participant (PAR)"),
        ("Q", "A"),
        ("V", "A"),
        ("I", "R"),
        ("I", "B"),
        ("Anna", "Deelnemer 7"),
    ],
)
def test_labels_tell_who_asks_even_without_questions(asks: str, answers: str) -> None:
    said = [(asks, "Vertel."), (answers, "Dat ging traag."), (asks, "En."), (answers, "Duur ook.")]
    found = guess_roles([interview("s", said)], {})
    assert found[1].role == "participant"
    assert asks == "Anna" or found[0].role == "interviewer"
    assert all(speaker.reason for speaker in found)


def test_who_asks_is_the_interviewer() -> None:
    found = guess_roles([interview("s", talk("Anna Wit", "Bo Vale"))], {})
    assert [(s.voice, s.role, s.turns) for s in found] == [
        ("Anna Wit", "interviewer", 4),
        ("Bo Vale", "participant", 4),
    ]
    assert found[0].reason == "asks in 4 of 4 turns"


def test_an_answer_with_a_question_mark_now_and_then_is_still_an_answer() -> None:
    said = [*talk("Anna Wit", "Bo Vale", 6), ("Bo Vale", "Snap je?"), ("Anna Wit", "Ja?")]
    assert roles(interview("s", said))["s/Bo Vale"] == "participant"


def test_who_speaks_in_every_file_is_the_interviewer() -> None:
    said = [
        ("Anna Wit", "Vertel eens."),
        ("{}", "Dat ging bij mij heel erg traag."),
        ("Anna Wit", "En dan."),
    ]
    readings = [
        interview(f"s{i}", [(v.format(f"Persoon{i} Achternaam"), t) for v, t in said])
        for i in range(4)
    ]
    found = guess_roles(readings, {})
    assert {s.role for s in found if s.voice == "Anna Wit"} == {"interviewer"}
    assert {s.role for s in found if s.voice != "Anna Wit"} == {"participant"}
    assert found[0].reason == "speaks in 4 of 4 interviews"


def test_a_generic_label_in_every_file_says_nothing() -> None:
    readings = [
        interview(
            f"s{i}", [("SPEAKER_00", "Dat ging heel traag bij mij."), ("SPEAKER_01", "Hoe dan?")]
        )
        for i in range(4)
    ]
    found = roles(*readings)
    assert found["s0/SPEAKER_00"] == "participant"
    assert found["s0/SPEAKER_01"] == "interviewer"


@pytest.mark.parametrize("label", ["Speaker {}", "{}"])
def test_a_lettered_speaker_in_every_file_says_nothing(label: str) -> None:
    asking = [label.format(letter) for letter in "BBBC"]
    readings = [interview(f"s{i}", talk(asks, label.format("A"))) for i, asks in enumerate(asking)]
    found = roles(*readings)
    assert {found[f"s{i}/{asks}"] for i, asks in enumerate(asking)} == {"interviewer"}
    assert {found[f"s{i}/{label.format('A')}"] for i in range(4)} == {"participant"}


def test_a_second_interviewer_who_asks_and_returns_is_one_too() -> None:
    readings = [
        interview(f"s{i}", [*talk("Anna Wit", f"Klant{i} Naam"), ("Cas Lam", "En wat kostte dat?")])
        for i in range(4)
    ]
    assert roles(*readings)["s1/Cas Lam"] == "interviewer"


def test_the_only_voice_in_a_file_is_the_participant() -> None:
    found = guess_roles([interview("s", [("Bo Vale", "Hoe dan? Traag.")])], {})
    assert (found[0].role, found[0].reason) == ("participant", "the only voice in the file")


def test_words_without_names_are_the_participant_unless_they_mostly_ask() -> None:
    tells = [("unnamed", "Het duurde een week."), ("unnamed", "Niemand zei waarom.")]
    asks = [("unnamed", "Hoe ging het?"), ("unnamed", "En waarom?")]
    found = guess_roles([interview("a", tells), interview("b", asks)], {})
    assert [s.role for s in found] == ["participant", "unknown"]
    assert all("no speakers are named" in s.reason for s in found)


def test_a_note_taker_with_a_word_or_two_is_no_participant() -> None:
    said = [*talk("Anna Wit", "Bo Vale"), ("Cas Lam", "Ik zet de opname uit.")]
    found = {s.voice: s for s in guess_roles([interview("s", said)], {})}
    assert found["Cas Lam"].role == "unknown"
    assert "short turn" in found["Cas Lam"].reason


def test_two_people_who_answer_are_both_participants() -> None:
    said = [*talk("Interviewer", "S1"), *talk("Interviewer", "S2")]
    found = roles(interview("s", said))
    assert (found["s/S1"], found["s/S2"]) == ("participant", "participant")


def test_who_opens_the_talk_asks_when_nobody_uses_a_question_mark() -> None:
    said = [
        ("Zoe Wit", "Good morning, thanks for joining."),
        ("Sam Vale", "The set-up took a week."),
        ("Zoe Wit", "Tell me more."),
        ("Sam Vale", "Nobody told me why."),
    ]
    assert roles(interview("s", said))["s/Zoe Wit"] == "interviewer"


def test_without_a_sign_everyone_is_a_participant_and_the_reason_says_so() -> None:
    said = [("Ann Lee", "It was slow."), ("Bob Ray", "It was dear.")]
    found = guess_roles([interview("s", said)], {})
    assert {s.role for s in found} == {"participant"}
    assert all("no interviewer was found" in s.reason for s in found)


def test_what_a_person_decided_wins() -> None:
    reading = interview("s", talk("Anna Wit", "Bo Vale"))
    found = guess_roles([reading], {"s/Anna Wit": "participant", "s/Bo Vale": "interviewer"})
    assert [(s.role, s.decided) for s in found] == [("participant", True), ("interviewer", True)]
    assert found[0].reason == "decided by a person"


def test_surveys_and_reviews_have_no_speakers() -> None:
    passage = Passage(index=0, text="Traag.", voice="row 1", channel="survey")
    assert guess_roles([Reading("s", "s.csv", "survey", (passage,))], {}) == ()


def test_the_order_of_files_changes_nothing() -> None:
    readings = [interview(f"s{i}", talk("Anna Wit", f"Klant{i} Naam")) for i in range(5)]
    assert guess_roles(readings, {}) == guess_roles(readings[::-1], {})


def test_participants_get_the_question_before_their_answer() -> None:
    said = [*talk("Anna Wit", "Bo Vale", 2), ("Cas Lam", "Ja.")]
    reading = interview("s", said)
    found = with_questions(reading, guess_roles([reading], {}))
    assert [(p.role, p.question) for p in found.passages] == [
        ("interviewer", ""),
        ("participant", "Hoe ging stap 0?"),
        ("interviewer", ""),
        ("participant", "Hoe ging stap 1?"),
        ("unknown", ""),
    ]


def test_answers_to_surveys_keep_their_own_question() -> None:
    passage = Passage(index=0, text="Traag.", voice="row 1", channel="survey", question="Waarom?")
    reading = Reading("s", "s.csv", "survey", (passage,))
    found = with_questions(reading, [Speaker("x", "row 1", "interviewer", "", 1)])
    assert (found.passages[0].role, found.passages[0].question) == ("participant", "Waarom?")
