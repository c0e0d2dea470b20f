"""Statements are verbatim, of participants only, and judged as a reader would."""

import pytest

from research.encoders import HashingEncoder
from research.model import Analysis
from research.pipeline import analyse
from research.steps.context import TOUCHPOINTS
from research.steps.touchpoints import bundled_vocabulary, touchpoints, vocabulary_of
from research.wording import TOUCHPOINTS_NL
from tests.steps.studies import a_statement, a_talk, encoder, judged, run

MIXED = (
    "Wat een gedoe 😡, drie keer bellen 📞. "
    "Mijn gezin 👩‍👩‍👧 stond ervan te kijken! Café Zoë is fijner 🙂."
)


def test_a_statement_is_its_passages_words(analysis: Analysis):
    passages = {(s.id, p.index): p.text for s in analysis.sources for p in s.passages}
    assert analysis.statements
    for s in analysis.statements:
        assert s.text == passages[s.source, s.passage][s.start : s.end]


def test_a_statements_offsets_count_characters_also_after_emoji():
    found = analyse([a_talk("emoji.txt", MIXED)], encoder=encoder())
    passages = {p.index: p.text for p in found.sources[0].passages}
    said = [passages[s.passage][s.start : s.end] for s in found.statements]
    assert said == [s.text for s in found.statements]
    assert "👩‍👩‍👧" in "".join(said)


def test_no_statement_is_empty_or_has_loose_space(analysis: Analysis):
    assert all(s.text and s.text == s.text.strip() for s in analysis.statements)


def test_statement_ids_are_unique(analysis: Analysis):
    assert len({s.id for s in analysis.statements}) == len(analysis.statements)


def test_statements_of_a_passage_do_not_overlap(analysis: Analysis):
    ends: dict[tuple[str, int], int] = {}
    for s in sorted(analysis.statements, key=lambda s: (s.source, s.passage, s.start)):
        assert s.start >= ends.get((s.source, s.passage), 0)
        ends[s.source, s.passage] = s.end


def test_a_statement_belongs_to_a_participant_of_its_file(analysis: Analysis):
    sources = {p.id: p.sources for p in analysis.participants}
    assert all(s.source in sources[s.participant] for s in analysis.statements)


def test_the_interviewer_is_never_evidence(analysis: Analysis):
    asking = {(s.source, s.voice) for s in analysis.speakers if s.role == "interviewer"}
    voices = {(s.id, p.index): p.voice for s in analysis.sources for p in s.passages}
    speaking = {(s.source, voices[s.source, s.passage]) for s in analysis.statements}
    assert asking
    assert not asking & speaking


def test_no_bundled_interview_is_without_an_interviewer(analysis: Analysis):
    interviews = {
        s.id for s in analysis.sources if any(p.channel == "interview" for p in s.passages)
    }
    asked = {s.source for s in analysis.speakers if s.role == "interviewer"}
    assert interviews == asked


def test_stages_are_the_taxonomys_most_likely_first(analysis: Analysis):
    for s in analysis.statements:
        scores = [tag.score for tag in s.stages]
        assert {tag.stage for tag in s.stages} <= set(analysis.taxonomy.ids)
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_what_says_nothing_is_in_no_stage(analysis: Analysis):
    assert all(not s.stages for s in analysis.statements if s.kind == "none")


def test_every_kind_occurs_in_a_real_study(analysis: Analysis):
    kinds = {s.kind for s in analysis.statements}
    assert {"pain", "motivation", "praise", "context"} <= kinds


PAINS = (
    "De levering kwam twee dagen te laat en dat was erg vervelend.",
    "The delivery came two days late and that was very annoying.",
    "De app crashte steeds, om gek van te worden.",
    "De klantenservice was onbeleefd en hielp me niet.",
    "Customer service was rude and did not help me.",
)
PRAISE = (
    "Snelle levering, top!",
    "Fast delivery, great!",
    "Geweldige service, ik ben er heel blij mee.",
    "Wonderful service, I am very happy with it.",
)
MOTIVATIONS = (
    "Ik wil graag 's avonds laten bezorgen.",
    "I would like to have it delivered in the evening.",
    "Ik zou graag zelf de bezorgdag kiezen.",
    "I want to choose the delivery day myself.",
)
FACTS = (
    "Ik woon in Utrecht met mijn vrouw en twee kinderen.",
    "I live in Leeds with my wife and two children.",
)
NOTHING = ("Ja.", "Hallo.", "Okay.", "Yes.")


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("pain", PAINS),
        ("praise", PRAISE),
        ("motivation", MOTIVATIONS),
        ("context", FACTS),
        ("none", NOTHING),
    ],
)
def test_obvious_sentences_get_their_obvious_kind(kind: str, texts: tuple[str, ...]):
    found = judged([a_statement(i, text) for i, text in enumerate(texts)])
    assert {s.text: s.kind for s in found} == dict.fromkeys(texts, kind)


def test_a_crash_that_drove_someone_mad_is_a_pain():
    (found,) = judged([a_statement(0, "The app kept crashing, it drove me mad.")])
    assert found.valence == -1
    assert found.kind == "pain"


@pytest.mark.parametrize(("valence", "texts"), [(-1, PAINS), (1, PRAISE), (0, FACTS + NOTHING)])
def test_obvious_sentences_get_their_obvious_feeling(valence: int, texts: tuple[str, ...]):
    found = judged([a_statement(i, text) for i, text in enumerate(texts)])
    assert {s.text: s.valence for s in found} == dict.fromkeys(texts, valence)


def test_a_kinds_score_is_a_probability(analysis: Analysis):
    assert all(0.2 <= s.kind_score <= 1 for s in analysis.statements)


SHORT = (
    "de bezorging",
    "de prijs",
    "the price",
    "snel",
    "fast",
    "ruime keuze",
    "keuze",
    "prijs en levering",
    "levering binnen een dag",
    "easy",
    "support team",
)


def answers(question: str) -> list[str]:
    """The kinds of short survey answers to a question."""
    asked = [
        a_statement(i, text, channel="survey", question=question) for i, text in enumerate(SHORT)
    ]
    return [s.kind for s in judged(asked)]


@pytest.mark.parametrize(
    ("kind", "question", "other"),
    [
        ("pain", "Wat kon er beter?", "Wat ging er goed?"),
        ("pain", "What frustrates you most?", "What do you like best?"),
        ("praise", "Wat ging er goed?", "Wat kon er beter?"),
        ("praise", "What do you like best?", "What frustrates you most?"),
        ("motivation", "Waarom koos u voor ons?", "Wat kon er beter?"),
        ("motivation", "Why did you choose us?", "What frustrates you most?"),
    ],
)
def test_a_surveys_question_pulls_short_answers_to_what_it_asks(
    kind: str, question: str, other: str
):
    assert answers(question).count(kind) > answers(other).count(kind)


def test_an_answer_that_says_otherwise_is_not_overruled_by_its_question():
    asked = "Wat kon er beter?"
    happy = a_statement(0, "Niets, alles was echt geweldig!", channel="survey", question=asked)
    assert judged([happy])[0].kind != "pain"


FLAT = ("De bank is gekomen.", "It is a table.", "Bezorgd op dinsdag.", "We used the tool.")


def rated(rating: float | None) -> tuple[int, int, int]:
    """How many flat reviews with so many stars are pains, are praise, and their valence."""
    found = judged(
        [a_statement(i, t, channel="review", rating=rating) for i, t in enumerate((*FLAT, *SHORT))]
    )
    kinds = [s.kind for s in found]
    return kinds.count("pain"), kinds.count("praise"), sum(s.valence for s in found)


def test_few_stars_make_a_pain_likelier_and_many_stars_praise():
    few, many = rated(1.0), rated(5.0)
    assert few[0] >= many[0]
    assert few[1] <= many[1]
    assert few[2] < many[2]


def test_three_stars_lie_between_few_and_many():
    few, some, many = rated(1.0), rated(3.0), rated(5.0)
    assert few[0] >= some[0] >= many[0]
    assert few[1] <= some[1] <= many[1]
    assert few[2] <= some[2] <= many[2]


@pytest.mark.parametrize(
    "text",
    [
        "Mijn bank kwam vijf weken later dan ze hadden beloofd.",
        pytest.param(
            "De medewerker was onvriendelijk.",
            marks=pytest.mark.xfail(strict=True, reason="known miss: a negating prefix"),
        ),
    ],
)
def test_a_complaint_without_a_word_of_complaint_is_a_pain(text: str):
    assert judged([a_statement(0, text)])[0].kind == "pain"


@pytest.mark.parametrize(
    ("text", "touchpoint"),
    [
        ("Ik heb de klantenservice gemaild.", "customer service"),
        ("Ik heb ze drie keer gebeld.", "customer service by phone"),
        ("De koerier zette het in de regen.", "delivery"),
        ("The courier left it in the rain.", "delivery"),
        ("Ik vond ze via Google.", "search engine"),
        ("A friend told me about it.", "word of mouth"),
        ("De chatbot snapte me niet.", "chatbot"),
        ("I paid by credit card.", "payment"),
        ("De nieuwsbrief komt te vaak.", "newsletter"),
        ("I had to return the lamp.", "returns"),
    ],
)
def test_touchpoints_are_found(text: str, touchpoint: str):
    assert touchpoint in judged([a_statement(0, text, language="")])[0].touchpoints


@pytest.mark.parametrize(
    ("text", "touchpoint"),
    [
        ("Het apparaat doet het niet.", "app"),
        ("That would be ideal for us.", "payment"),
        ("There was a tab called DO NOT TOUCH.", "customer service by phone"),
        ("The plan supports two sites, and I support that.", "customer service"),
    ],
)
def test_a_word_that_means_something_else_is_no_touchpoint(text: str, touchpoint: str):
    language = "nl" if touchpoint == "app" else "en"
    assert touchpoint not in judged([a_statement(0, text, language=language)])[0].touchpoints


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Der Kurier hat das Paket im Regen stehen lassen.", "de", ("delivery",)),
        ("Ich habe die Schuhe zurückgeschickt.", "de", ("returns",)),
        ("Eine Freundin hat mir erzählt, dass sie gut sind.", "de", ("word of mouth",)),
        ("Der Kundenservice hat mich dreimal angerufen.", "de", ("customer service by phone",)),
        ("Ich habe mit Kreditkarte bezahlt.", "de", ("payment",)),
        ("Le livreur a laissé mon colis sous la pluie.", "fr", ("delivery",)),
        ("J'ai renvoyé les chaussures.", "fr", ("returns",)),
        ("Ma sœur m'en a parlé.", "fr", ("word of mouth",)),
        ("J’ai payé par carte bancaire.", "fr", ("payment",)),
        ("Le service client ne répond jamais.", "fr", ("customer service",)),
        ("J'ai trouvé leur site marchand par Google.", "fr", ("search engine", "web shop")),
    ],
)
def test_touchpoints_are_found_in_german_and_french(
    text: str, language: str, found: tuple[str, ...]
):
    said = a_statement(0, text, language=language)
    assert touchpoints(said, bundled_vocabulary()) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Auf der anderen Seite hat es lange geladen.", "de"),
        ("Je vous conseille de régler cela, je me rappelle bien.", "fr"),
    ],
)
def test_a_german_or_french_word_that_means_something_else_is_none(text: str, language: str):
    assert touchpoints(a_statement(0, text, language=language), bundled_vocabulary()) == ()


def test_every_touchpoint_has_words_in_every_language():
    words = bundled_vocabulary()
    for tongue in ("nl", "en", "de", "fr"):
        named = set(words.phrases[tongue].values()) | set(words.exact[tongue].values())
        assert named == set(words.names)


def test_an_inflected_word_is_found_by_its_lemma():
    found = judged(
        [
            a_statement(0, "Ik heb hem teruggestuurd."),
            a_statement(1, "She rang them up twice.", language="en"),
        ]
    )
    assert [s.touchpoints for s in found] == [("returns",), ("customer service by phone",)]


def test_a_special_touchpoint_takes_the_place_of_a_general_one():
    (found,) = judged([a_statement(0, "De klantenservice heb ik drie keer gebeld.")])
    assert found.touchpoints == ("customer service by phone",)


def test_a_study_adds_touchpoints_of_its_own():
    words = vocabulary_of({"showroom truck": ["proefrit"]})
    said = a_statement(0, "Er waren twee proefritten.")
    assert touchpoints(said, words) == ("showroom truck",)
    assert touchpoints(said, bundled_vocabulary()) == ()


def test_the_network_and_the_vocabulary_name_the_same_touchpoints():
    assert set(bundled_vocabulary().names) == set(TOUCHPOINTS) == set(TOUCHPOINTS_NL)


GERMAN = (
    "Die Lieferung kam zwei Wochen zu spät und das war wirklich sehr ärgerlich.",
    "Der Kundendienst war überhaupt nicht erreichbar, niemand hat abgenommen.",
    "Ich möchte einfach wissen, wann das Paket endlich bei mir ankommt.",
)


def test_a_german_transcript_is_analysed_with_a_note():
    found = run([a_talk("gespraech.txt", *GERMAN)])
    assert {s.language for s in found.statements} == {"de"}
    assert any("other than Dutch or English (de)" in note for note in found.notes)


def test_dutch_and_english_need_no_note_about_language(analysis: Analysis):
    assert not any("language" in note for note in analysis.notes)


def test_any_encoder_leaves_kinds_as_they_are():
    """The tagger reads the embedded encoder, whatever themes are made with."""
    files = [a_talk("gesprek.txt", PAINS[0], PRAISE[0], MOTIVATIONS[0])]
    own, other = run(files), analyse(files, study="test", encoder=HashingEncoder())
    assert [(s.kind, s.valence) for s in own.statements] == [
        (s.kind, s.valence) for s in other.statements
    ]
