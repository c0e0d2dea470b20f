"""Redaction: what is taken out, what stays, and that nothing personal is left."""

import random
from collections.abc import Sequence

import pytest

from research.model import Channel, Passage, Reading, Redaction, SetAside, Speaker
from research.steps.redact import is_generic_label, redact


def reading(*turns: tuple[str, str], channel: Channel = "interview") -> Reading:
    """A reading with one passage for each (voice, text)."""
    passages = tuple(Passage(i, text, voice, channel) for i, (voice, text) in enumerate(turns))
    return Reading("s1", "talk.txt", "text", passages)


def redacted(text: str, language: str = "nl") -> str:
    """A participant's only turn after redaction."""
    return redact(reading(("Deelnemer 7", text)), (), language)[0].passages[0].text


def turns(*given: tuple[str, str], channel: Channel = "interview") -> list[str]:
    """The texts of several turns after redaction."""
    return [p.text for p in redact(reading(*given, channel=channel), (), "nl")[0].passages]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Mail j.koopmans@example.net even", "Mail [E-MAIL 1] even"),
        ("Mail jan at gmail dot com even", "Mail [E-MAIL 1] even"),
        ("Ik ben @marieke_83 daar", "Ik ben [PROFIEL 1] daar"),
        ("zie https://www.linkedin.com/in/jan-jansen/ hè", "zie [PROFIEL 1] hè"),
        ("bel 06-12345678 of +31 6 12 34 56 78", "bel [TELEFOON 1] of [TELEFOON 1]"),
        ("bel (020) 123 45 67 of 020-1234567", "bel [TELEFOON 1] of [TELEFOON 1]"),
        ("of 07700 900123, na tien", "of [TELEFOON 1], na tien"),
        ("of +44 20 7946 0958.", "of [TELEFOON 1]."),
        ("of (555) 010-0199 thuis", "of [TELEFOON 1] thuis"),
        ("IBAN NL91 ABNA 0417 1643 00 en dan", "IBAN [REKENING 1] en dan"),
        ("naar nl91abna0417164300 dus", "naar [REKENING 1] dus"),
        ("met BE71 0961 2345 6769.", "met [REKENING 1]."),
        ("via FR14 2004 1010 0505 0001 3M02 606 dus", "via [REKENING 1] dus"),
        ("code NO94 8601 1117 947 is geen IBAN", "code NO94 8601 1117 947 is geen IBAN"),
        ("kaart 4111 1111 1111 1111 op", "kaart [REKENING 1] op"),
        ("mijn bsn is 111222333", "mijn bsn is [NUMMER 1]"),
        ("in 1234 AB Utrecht", "in [POSTCODE 1] Utrecht"),
        ("at SW1A 1AA now", "at [POSTCODE 1] now"),
        ("op de Lindelaan 14 in Zeist", "op de [ADRES 1] in Zeist"),
        ("Kerkstraat 3-b, boven", "[ADRES 1], boven"),
        ("de Laan van Meerdervoort 12a dus", "de [ADRES 1] dus"),
        ("at 12 High Street.", "at [ADRES 1]."),
        ("ordernummer is 48 20 11, ja", "ordernummer is [NUMMER 1], ja"),
        ("bestelnr TH-2026-118403, en", "bestelnr [NUMMER 1], en"),
        ("Invoice 2025-11876, here", "Invoice [NUMMER 1], here"),
        ("ticket #4821 ligt er", "ticket #[NUMMER 1] ligt er"),
        ("het nummer was PW-2025-00418 dacht ik", "het nummer was [NUMMER 1] dacht ik"),
        ("geboren op 12 maart 1984 in", "geboren op [GEBOORTEDATUM 1] in"),
    ],
)
def test_takes_out_what_shows_by_its_form_or_its_announcement(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Ja, ik ben Marieke de Boer en ik werk", "Ja, ik ben [NAAM 1] en ik werk"),
        ("Mijn naam is Yıldız Kaya.", "Mijn naam is [NAAM 1]."),
        ("ik heet fatima", "ik heet [NAAM 1]"),
        ("So I'm Danny, Danny Okafor, from", "So I'm [NAAM 1], [NAAM 1], from"),
        ("I'm Tom Hargreaves. Hargreaves!", "I'm [NAAM 1]. [NAAM 1]!"),
        ("Hi, Tom here. This is Karen speaking", "Hi, [NAAM 1] here. This is [NAAM 2] speaking"),
        ("Hoi Sanne, fijn", "Hoi [NAAM 1], fijn"),
        ("Thanks, Priya. Priya's note", "Thanks, [NAAM 1]. [NAAM 1]'s note"),
        ("Thanks for doing this, Philippa.", "Thanks for doing this, [NAAM 1]."),
        ("mevrouw de Vries en dhr. Jansen", "mevrouw [NAAM 1] en dhr. [NAAM 2]"),
        ("mijn collega Bilal. Bilal was moe", "mijn collega [NAAM 1]. [NAAM 1] was moe"),
        ("Ik ben Roos. Een roos, zei Roos", "Ik ben [NAAM 1]. Een roos, zei [NAAM 1]"),
    ],
)
def test_takes_out_people_who_are_introduced_greeted_or_titled(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ik ben blij. Ik ben Nederlander. Ik ben HR manager. Ik ben Coolblue zat.",
        "I'm Dutch, I'm in Porto, I'm Canva user, this is Excel, hi Coolblue",
        "tussen 2000 EN 3000 euro, 1500 KG, 1500kg, 2000 en 3000",
        "order 3 pizzas, invoice 2000 euro, factuur 2024, tickets 4 personen",
        "van 01-02-2024 tot 03-04-2024, 09:00 - 17:30, 10.000 stappen, 0,50 euro",
        "mijn straat 3 huizen verder, onderweg 3 uur, Zaandam 3 keer, 12 weg",
        "Will you come in May? Mark my words. Een roos is een roos.",
        "in 20 minuten om 20 uur, my M1 8GB laptop, iPhone 15, WELKOM10",
        "Thuishaven, Planwerk en bol.com zijn merken. Mijn naam is bekend bij jullie.",
        "zie het artikel https://example.com/blog/wonen en /u",
    ],
)
def test_leaves_ordinary_words_brands_amounts_and_dates(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Toen belde Anouk me terug.", "Toen belde [NAAM 1] me terug."),
        ("Samira en Tomasz waren er.", "[NAAM 1] en [NAAM 2] waren er."),
        ("Dankzij Roos van de balie", "Dankzij [NAAM 1] van de balie"),
        ("We thanked Will, he came.", "We thanked [NAAM 1], he came."),
        ("gemaild met Agnieszka Kowalska van IT", "gemaild met [NAAM 1] van IT"),
        ("onze monteur, Xandro, kwam", "onze monteur, [NAAM 1], kwam"),
        ("An employee named Quillon hung up", "An employee named [NAAM 1] hung up"),
        ("Tot snel. Groeten, Willemke Ottoman", "Tot snel. Groeten, [NAAM 1]"),
        ("Assigned to: Quillon Verhoef", "Assigned to: [NAAM 1]"),
        ("J. de Vries tekende, H.J. Bakker ook", "[NAAM 1] tekende, [NAAM 2] ook"),
        ("ik hoorde het van marloes", "ik hoorde het van [NAAM 1]"),
    ],
)
def test_takes_out_people_whom_nobody_introduces(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Schreiben Sie an jan ät gmail punkt de bitte", "Schreiben Sie an [EMAIL 1] bitte"),
        ("Meine Handynummer ist 0151 23456789.", "Meine Handynummer ist [PHONE 1]."),
        ("IBAN DE89 3704 0044 0532 0130 00 bitte", "IBAN [ACCOUNT 1] bitte"),
        ("Ich wohne in der Lindenstraße 14a, 10115 Berlin.", "Ich wohne in der [A], [P] Berlin."),
        ("Das ist die Hauptstr. 3, oben", "Das ist die [A], oben"),
        ("aus 50667 Köln komme ich", "aus [P] Köln komme ich"),
        ("Die Bestellnummer lautet 48 20 11, ja", "Die Bestellnummer lautet [NUMBER 1], ja"),
        ("Rechnung Nr. 88213 kam nie", "Rechnung Nr. [NUMBER 1] kam nie"),
        ("geboren am 12. März 1984 in Ulm", "geboren am [BIRTH DATE 1] in Ulm"),
        ("Guten Tag, mein Name ist Heike Vogt.", "Guten Tag, mein Name ist [NAME 1]."),
        ("Ich bin Jürgen und komme aus Kiel.", "Ich bin [NAME 1] und komme aus Kiel."),
        ("Frau Krämer hat geholfen.", "Frau [NAME 1] hat geholfen."),
        ("Das hat mein Sohn Jonas bestellt.", "Das hat mein Sohn [NAME 1] bestellt."),
        ("écrivez à marie arobase orange point fr", "écrivez à [EMAIL 1]"),
        ("Appelez-moi au 06 12 34 56 78, merci", "Appelez-moi au [PHONE 1], merci"),
        ("J'habite 12 bis, rue de la Paix, 75002 Paris.", "J'habite [A], [P] Paris."),
        ("au 8 avenue Jean Jaurès, oui", "au [A], oui"),
        ("mon numéro de commande est le 482011.", "mon numéro de commande est le [NUMBER 1]."),
        ("la facture n° 88213 est fausse", "la facture n° [NUMBER 1] est fausse"),
        ("né le 12 mars 1984 à Lyon", "né le [BIRTH DATE 1] à Lyon"),
        ("mon numéro 1 84 12 76 451 089 46 voilà", "mon numéro [NUMBER 1] voilà"),
        ("Bonjour, je m'appelle Chloé Martin.", "Bonjour, je m'appelle [NAME 1]."),
        ("Madame Lefèvre m'a rappelée.", "Madame [NAME 1] m'a rappelée."),
        ("Ma sœur Léa l'a commandé.", "Ma sœur [NAME 1] l'a commandé."),
    ],
)
def test_takes_out_what_is_personal_in_german_and_french(text: str, expected: str) -> None:
    expected = expected.replace("[A]", "[ADDRESS 1]").replace("[P]", "[POSTCODE 1]")
    assert redacted(text, "de") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Bij John Lewis, Hans Anders en Jan Linders. Het Anne Frank Huis, Hotel Charlotte.",
        "Een Billy, de Julia en the Victoria. In Charlotte, bij Marks and Spencer.",
        "Roos is een kleur. Hope this helps. Grant access. Joke of niet. Said nothing. Elke dag.",
        "GREAT WILL BUY AGAIN. Great Will Buy Again. De U.S. Delivery en plan B. Toen niet.",
        "Groeten uit Zwolle. Kind regards, the support team. Naam: onbekend. Best, a customer",
        "Onze leverancier Bosch, mijn collega Marketing, a guy from Currys. Coolblue zei ja.",
    ],
)
def test_leaves_things_and_words_that_are_names_too(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ich bin Kunde seit 2019 und habe 3 Schuhe bestellt.",
        "Der Parkplatz 12 war voll, die Lieferung kam nach 14 Tagen.",
        "In 10000 Haushalten steht so ein Gerät, es kostet 12345 Euro.",
        "Meine Frau Schuhe kaufen zu sehen dauert 2 Stunden.",
        "Guten Tag zusammen, danke Ihnen, liebe Leute.",
        "Die Bestellung 2 Wochen später war eine Rechnung über 2500 Euro.",
        "Je suis Parisien et je suis client depuis 2019.",
        "Merci Madame, bonjour Monsieur, la commande de 2023 est arrivée en 10 jours.",
        "J'ai attendu 3 semaines, à la place 2 colis sont venus.",
    ],
)
def test_leaves_ordinary_german_and_french(text: str) -> None:
    assert redacted(text, "de") == text


def test_speaks_the_language_of_each_passage() -> None:
    given = reading(("P1", "Ik ben Sanne."), ("P2", "Hi Sanne, mail a@b.example"))
    out, entries = redact(given, (), lambda p: "nl" if p.index == 0 else "en")
    assert [p.text for p in out.passages] == ["Ik ben [NAAM 1].", "Hi [NAME 1], mail [EMAIL 1]"]
    assert [e.placeholder for e in entries] == ["[NAAM 1]", "[NAME 1]", "[EMAIL 1]"]


def test_replaces_personal_voices_and_their_mentions_by_one_placeholder() -> None:
    given = reading(
        ("Sanne de Boer", "Hoi Hanne."),
        ("Interviewer (Hanne)", "Dag Sanne. sanne de boer? De Boer!"),
        ("Deelnemer 7", "Ja."),
    )
    out, entries = redact(given, (), "nl")
    assert [p.voice for p in out.passages] == ["[NAAM 1]", "[NAAM 2]", "Deelnemer 7"]
    assert out.passages[1].text == "Dag [NAAM 1]. [NAAM 1]? [NAAM 1]!"
    assert Redaction("s1", "[NAAM 1]", "Sanne de Boer", "name") in entries


def test_knows_speakers_who_never_speak_in_the_passages() -> None:
    speaker = Speaker("s1", "Joris Feenstra", "interviewer", "by label", 0)
    out, _ = redact(reading(("P1", "Joris Feenstra vroeg het, Joris.")), (speaker,), "nl")
    assert out.passages[0].text == "[NAAM 1] vroeg het, [NAAM 1]."


def test_reviewers_are_known_by_first_name_in_their_own_review_only() -> None:
    given = (("Xandro B.", "Xandro is blij"), ("Kim", "Die Xandro van hiernaast"))
    texts = turns(*given, channel="review")
    assert texts == ["[NAAM 1] is blij", "Die Xandro van hiernaast"]


def test_an_announced_number_is_found_again_without_announcement() -> None:
    texts = turns(("P1", "ordernummer 4820113"), ("P2", "Dus 4820113, kijk maar."))
    assert texts == ["ordernummer [NUMMER 1]", "Dus [NUMMER 1], kijk maar."]


def test_cleans_questions_attributes_and_what_was_set_aside() -> None:
    passage = Passage(
        0, "Ja", "P1", "survey", question="Mail a@b.example?", attributes=(("m", "x@y.example"),)
    )
    given = Reading("s", "n", "r", (passage,), (SetAside("row 2", "bel 0612345678", "empty"),))
    out, _ = redact(given, (), "nl")
    assert out.passages[0].question == "Mail [E-MAIL 1]?"
    assert out.passages[0].attributes == (("m", "[E-MAIL 2]"),)
    assert out.set_aside[0].text == "bel [TELEFOON 1]"


GENERIC = """Interviewer|Deelnemer 7|Participant 4|P3|Respondent 2|SPEAKER_00|Speaker 1|Q|A|V|I|R
|row 14|Anoniem|[NAAM 3]|Interviewer (UX)|Deelnemer 7 (vrouw, 34)|A Google user||12"""
PERSONAL = (
    "Sanne|Danny Okafor|Brouwer, Hanne|Interviewer (Hanne)|sanne_83|Ed|Jan B.|iPhone van Kees"
)


@pytest.mark.parametrize("label", GENERIC.replace("\n", "").split("|"))
def test_roles_codes_and_rows_are_generic_labels(label: str) -> None:
    assert is_generic_label(label)


@pytest.mark.parametrize("label", PERSONAL.split("|"))
def test_names_are_not_generic_labels(label: str) -> None:
    assert not is_generic_label(label)


VALUES = (
    "Marieke de Boer", "Tom Hargreaves", "jan@voorbeeld.example", "06 12345678", "1234 AB",
    "NL91ABNA0417164300", "Lindelaan 14", "07700 900123", "BE71 0961 2345 6769",
    "221B Baker Street",
)  # fmt: skip
FRAMES = (
    "ik ben {0}, {1}", "{1} {0}. Ja?", "«{0}»… {1}", "😀 {0}\r\n\r\n{1}\u00a0!",
    "mijn naam is {0} ({1})", "[NAAM 2] {0}; é {1}", "{0}, {0} en {1}", "e\u0301 {0} / {1} <b>",
)  # fmt: skip


def conversations(count: int) -> Sequence[Reading]:
    """Readings made of values in odd surroundings, the same ones every time."""
    dice = random.Random(7)
    voices = ("Marieke de Boer", "Tom Hargreaves", "P1")
    return [
        reading(
            *(
                (
                    voices[k % 3],
                    dice.choice(FRAMES).format(dice.choice(VALUES), dice.choice(VALUES)),
                )
                for k in range(6)
            )
        )
        for _ in range(count)
    ]


def test_leaves_no_original_value_and_twice_is_as_once() -> None:
    for given in conversations(150):
        out, entries = redact(given, (), "nl")
        everything = "\n".join(p.text + p.voice for p in out.passages).casefold()
        assert not [e.original for e in entries if e.original.casefold() in everything]
        assert redact(out, (), "nl") == (out, ())


def test_the_same_value_has_one_placeholder_and_a_placeholder_one_value() -> None:
    for given in conversations(40):
        _, entries = redact(given, (), "nl")
        assert len({e.placeholder for e in entries}) == len(entries)
        assert len({e.original for e in entries}) == len(entries)


def test_a_very_long_text_of_half_matches_is_read_to_its_end() -> None:
    long = "Straat 1 a@ +31 06- 12 ik ben ik ben order nr is is is NL91 " * 4000
    assert redacted(long + "mail a@b.example").endswith("mail [E-MAIL 1]")
