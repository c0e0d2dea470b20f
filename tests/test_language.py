"""Languages: by text when it is long and clear, else by source; and spaCy without torch."""

import subprocess
import sys
from dataclasses import replace

import pytest

from research.model import Passage, Reading
from research.preparation import prepare
from research.steps.language import detect, languages_of, with_languages
from research.steps.lemmas import lemma
from research.steps.tokens import blank, sentence_starts, stop_words

DUTCH = "De levering duurde veel langer dan mij was beloofd en niemand belde terug."
ENGLISH = "The delivery took much longer than I was promised and nobody called me back."
FRENCH = "La livraison a duré bien plus longtemps que promis et personne ne m'a rappelé."
GERMAN = "Die Lieferung hat viel länger gedauert als mir versprochen wurde, sehr ärgerlich."


def reading(source: str, *texts: str) -> Reading:
    """A reading with one passage for each text."""
    passages = tuple(Passage(i, t, f"row {i}", "survey") for i, t in enumerate(texts))
    return Reading(source, f"{source}.csv", "survey", passages)


@pytest.mark.parametrize("text, language", [(DUTCH, "nl"), (ENGLISH, "en"), (GERMAN, "de")])
def test_detects_the_language_of_a_sentence(text: str, language: str) -> None:
    found, share = detect(text)
    assert found == language
    assert share > 0.9


def test_a_text_without_letters_has_no_language() -> None:
    assert detect("12 :-) …") == ("", 0.0)


def test_short_answers_follow_their_source() -> None:
    given = reading("a", DUTCH, "Top", "best wel smooth", "ja", DUTCH)
    assert set(languages_of([given])["a"]) == {"nl"}


def test_dutch_with_english_terms_stays_dutch() -> None:
    mixed = "De checkout is smooth maar die cookie banner popup was annoying en irritant"
    assert languages_of([reading("a", DUTCH, mixed, DUTCH)])["a"] == ("nl", "nl", "nl")


def test_a_long_english_answer_in_a_dutch_survey_is_english() -> None:
    given = reading("a", DUTCH, DUTCH, ENGLISH, GERMAN)
    assert languages_of([given])["a"] == ("nl", "nl", "en", "de")


def test_a_source_of_few_words_follows_the_study() -> None:
    known = languages_of([reading("a", DUTCH, DUTCH), reading("b", "ok", "12")])
    assert known["b"] == ("nl", "nl")


def test_the_order_of_sources_does_not_matter() -> None:
    given = [reading("a", DUTCH), reading("b", ENGLISH), reading("c", "ok")]
    assert languages_of(given) == languages_of(given[::-1])


def test_a_wanted_language_is_the_answer_for_all() -> None:
    assert languages_of([reading("a", DUTCH, ENGLISH)], "en") == {"a": ("en", "en")}


def test_no_words_at_all_is_english() -> None:
    (filled,) = with_languages([reading("a", "…", "")])
    assert [p.language for p in filled.passages] == ["en", "en"]


def spoken(*texts: str, language: str = "auto") -> list[str]:
    """The languages of the statements of one passage."""
    voiced = replace(reading("a", " ".join(texts)), reader="text")
    found = prepare([voiced], language=language).statements
    assert [s.text for s in found] == list(texts)
    return [s.language for s in found]


def test_who_goes_over_to_another_language_for_a_sentence_is_heard_in_it() -> None:
    assert spoken(DUTCH, ENGLISH, DUTCH, GERMAN) == ["nl", "en", "nl", "de"]
    assert spoken(GERMAN, FRENCH, GERMAN, GERMAN) == ["de", "fr", "de", "de"]


def test_a_sentence_with_words_of_another_language_keeps_its_own() -> None:
    mixed = "De checkout is smooth maar die cookie banner popup was annoying en irritant."
    denglish = "Der Checkout war smooth, aber das Cookie Popup ist total annoying und nervig."
    assert spoken(DUTCH, mixed, "Dat was het wel zo'n beetje.") == ["nl", "nl", "nl"]
    assert spoken(GERMAN, denglish, GERMAN) == ["de", "de", "de"]


def test_a_language_that_somebody_told_is_that_of_every_statement() -> None:
    assert spoken(DUTCH, ENGLISH, DUTCH, language="nl") == ["nl", "nl", "nl"]


def test_what_was_taken_out_says_nothing_of_language() -> None:
    sent = "Dat ging via [E-MAIL 1] en [TELEFOON 1] en [NAAM 1]."
    assert spoken(ENGLISH, ENGLISH, sent)[:2] == ["en", "en"]
    assert spoken(DUTCH, DUTCH, "Please ask [NAME 1] and [NAME 2] at [EMAIL 1].")[:2] == [
        "nl",
        "nl",
    ]


@pytest.mark.parametrize(
    "language, name",
    [("nl", "nl"), ("en", "en"), ("de", "de"), ("fr", "fr"), ("es", "xx"), ("", "xx")],
)
def test_there_is_a_pipeline_for_every_language(language: str, name: str) -> None:
    assert blank(language).lang == name
    assert blank(language) is blank(language)


@pytest.mark.parametrize(
    "language, token, found",
    [("de", "geliefert", "liefern"), ("de", "Pakete", "paket"), ("fr", "livraisons", "livraison")],
)
def test_german_and_french_words_have_a_dictionary_form(
    language: str, token: str, found: str
) -> None:
    assert lemma(token, language) == found


@pytest.mark.parametrize("language, word", [("de", "und"), ("fr", "avec"), ("nl", "niet")])
def test_every_language_has_stop_words_of_its_own(language: str, word: str) -> None:
    assert word in stop_words(language)
    assert word not in stop_words("en")


def test_sentence_starts_are_counted_in_characters() -> None:
    assert sentence_starts("Goed 😀 zo. Nog één.", "nl") == [0, 11]


def test_spacy_loads_without_torch_and_leaves_torch_importable() -> None:
    code = (
        "import sys; from research.steps.tokens import blank; assert 'spacy' not in sys.modules;"
        "blank('nl'); assert 'spacy' in sys.modules and 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
