"""Meaning units: what stays together, what falls apart, and that offsets hold."""

import random

import pytest

from research.model import Channel, Passage
from research.steps.segment import segment


def units(text: str, channel: Channel = "interview", language: str = "nl") -> list[str]:
    """The statements' texts of a passage."""
    passage = Passage(3, text, "P1", channel, language=language)
    return [s.text for s in segment(passage, "s1", "p1")]


@pytest.mark.parametrize(
    "parts",
    [
        ["De bank kwam te laat.", "En de kleur klopt ook niet."],
        ["Dat kost ca. 30 euro, incl. btw.", "Ik vond het prima."],
        ["We hebben bijv. dhr. De Vries gebeld.", "Die wist van niets."],
        ["I called Mr. Hale, e.g. on Monday.", "He never rang back to me."],
        ["Het kostte 39.95 op 12.03.2024 geloof ik.", "Daarna werd het 45,50."],
        ['Ze zei: "Dat kan niet. Echt niet." en hing op.', "Toen was ik klaar."],
        ["Wij dachten... nou ja, laat maar zitten.", "Het is nu goed."],
        ["Mail [E-MAIL 1] of bel [TELEFOON 1].", "Ik ben [NAAM 1] en ik werk."],
        ["Wat een gedoe zeg!!", "Waarom doen ze dat zo?!", "Ik snap er niks van."],
        ["Echt een mooie lamp 😀", "Volgende keer weer hoor."],
        ["Het was te laat, met taart en al.", "Een klant zei het ook."],
    ],
)
def test_a_unit_is_a_sentence(parts: list[str]) -> None:
    assert units(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "language, parts",
    [
        ("de", ["Das kostet ca. 30 Euro, inkl. Versand.", "Ich fand es in Ordnung."]),
        ("de", ["Ich habe z. B. Schuhe und z.B. Hosen bestellt.", "Die Hosen kamen nie an."]),
        ("de", ["Am 3. Mai wollte ich im 2. Stock bezahlen.", "Da war aber niemand."]),
        ("de", ["Herr Dr. Vogel hat bzgl. Nr. 12 angerufen.", "Er war sehr freundlich."]),
        ("de", ["Die Note war leider nur eine 3.", "Das fand ich sehr schade."]),
        ("de", ["„Ist das alles? Wirklich alles?“ fragte ich.", "Niemand sagte etwas dazu."]),
        ("fr", ["J'ai appelé M. Durand et Mme. Petit, tél. 12.", "Personne n'a répondu du tout."]),
        ("fr", ["Je ne sais pas où il est.", "Il y en a.", "Ensuite rien de plus."]),
        ("fr", ["Quelle galère celle-là !", "C'est quoi ce service ?", "Je ne comprends rien."]),
        ("fr", ["Ils ont dit « Non. Jamais. » et voilà.", "Le colis a été perdu aussi."]),
    ],
)
def test_german_and_french_sentences_end_where_they_end(language: str, parts: list[str]) -> None:
    assert units(" ".join(parts), language=language) == parts


def test_a_missing_space_does_not_hide_a_sentence_end_and_a_domain_is_none() -> None:
    assert units("De bank was goed.Maar de levering niet.") == [
        "De bank was goed.",
        "Maar de levering niet.",
    ]
    assert len(units("Ik kocht het bij Bol.Com en dat ging best goed.")) == 1


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Ja. De bank kwam te laat.", ["Ja. De bank kwam te laat."]),
        ("Nou ja, precies. Dat vond ik ook zo.", ["Nou ja, precies. Dat vond ik ook zo."]),
        ("De bank kwam te laat. Ja.", ["De bank kwam te laat. Ja."]),
        (
            "Ik belde ze op. Drie keer. Niemand nam op daar.",
            ["Ik belde ze op. Drie keer.", "Niemand nam op daar."],
        ),
        ("De prijs? Die was wel goed.", ["De prijs? Die was wel goed."]),
        ("Ja. Nee.", ["Ja. Nee."]),
        ("Yeah.", ["Yeah."]),
    ],
)
def test_a_fragment_stays_with_its_neighbour(text: str, expected: list[str]) -> None:
    assert units(text) == expected


def test_a_long_turn_with_two_points_gives_two_statements() -> None:
    first = "Ik vond het heel fijn dat ze gewoon op zaterdag konden komen met die bank en alles "
    first += "meteen in elkaar hebben gezet"
    second = "maar de kleur bleek bij ons thuis toch heel anders te zijn dan op de foto stond"
    assert units(f"{first}, {second}.") == [first, f"{second}."]


def test_a_short_sentence_with_a_turn_stays_whole() -> None:
    assert len(units("De bank is mooi, maar de kleur valt me een beetje tegen.")) == 1


def test_speech_without_punctuation_is_parted() -> None:
    found = units(
        "ik wilde een bank kopen maar dat ging niet omdat de site het niet deed en toen " * 12
    )
    assert len(found) > 5
    assert max(len(u.split()) for u in found) <= 45


def test_lines_and_bullets_are_units_of_their_own() -> None:
    text = "- de levering duurt lang\r\n- niemand neemt op\r\n\r\n1. betere website graag"
    expected = ["de levering duurt lang", "niemand neemt op", "betere website graag"]
    assert units(text, "survey") == expected


def test_a_wrapped_line_goes_on() -> None:
    assert len(units("de levering duurde heel\nlang en niemand belde", "survey")) == 1


def test_a_reviews_title_is_a_statement_unless_the_text_repeats_it() -> None:
    assert units("Handig\nLekker overzichtelijk, fijn zo.", "review")[0] == "Handig"
    assert units("Top\nTop winkel, alles goed.", "review") == ["Top winkel, alles goed."]
    assert units("Deuk", "review") == ["Deuk"]


def test_a_statement_carries_what_is_known_of_its_passage() -> None:
    passage = Passage(
        5, " Ja hoor, prima. ", "P1", "review", "row 9", "participant", "Hoe?", 4.0, "2026-01-02"
    )
    (found,) = segment(passage, "s1", "p1", "nl")
    assert (found.id, found.start, found.text) == ("s1-5-1", 1, "Ja hoor, prima.")
    assert (found.place, found.question, found.rating, found.date) == (
        "row 9",
        "Hoe?",
        4.0,
        "2026-01-02",
    )
    assert (found.participant, found.language, found.kind) == ("p1", "nl", "none")


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\r\n\t", "\ufeff"])
def test_nothing_said_gives_no_statement(text: str) -> None:
    assert units(text) == []


PIECES = (
    "Ja.", "De bank kwam laat.", "😀", "👩‍👩‍👧", "\u00a0", "\r\n", "\n\n", "e\u0301e\u0301n", "- ",
    "• ", "1. ", '"Nee."', "(o.a. dit)", "…",
    "...", "[NAAM 1]", "bijv.", "; maar", ", maar dan weer",
    "\u200d", "?!", " ", "<b>x</b>", "ß", "İstanbul", "第一。", "\t", "want", "\u2028", "'s avonds",
    "€ 3.50", "and then", "\x00",
)  # fmt: skip


def odd_texts(count: int) -> list[str]:
    """Texts of odd pieces, the same ones every time."""
    dice = random.Random(11)
    return [
        "".join(dice.choice(("", " ")) + dice.choice(PIECES) for _ in range(n % 60))
        for n in range(count)
    ]


@pytest.mark.parametrize("channel", ["interview", "survey", "review"])
@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_offsets_reproduce_the_text_and_never_overlap(channel: Channel, language: str) -> None:
    for text in odd_texts(400):
        passage = Passage(0, text, "P1", channel, language=language)
        end = 0
        for found in segment(passage, "s", "p"):
            assert found.text == text[found.start : found.end] == found.text.strip() != ""
            assert end <= found.start < found.end
            end = found.end


@pytest.mark.parametrize("text", odd_texts(120))
def test_no_word_of_an_interview_is_lost(text: str) -> None:
    passage = Passage(0, text, "P1", "interview", language="nl")
    kept = "".join(s.text for s in segment(passage, "s", "p"))
    assert [c for c in text if c.isalpha()] == [c for c in kept if c.isalpha()]
