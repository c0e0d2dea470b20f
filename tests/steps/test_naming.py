"""Names of themes: from a codebook where it clearly fits, else in people's own words."""

import numpy as np
import pytest

from research.contracts import Vectors
from research.encoders import StatementReader
from research.model import Statement
from research.steps import shelf
from research.steps.apart import words_apart
from research.steps.cluster import Group
from research.steps.name import Label, name_groups
from research.steps.similarity import joined
from research.steps.tagger import Read, as_read
from tests.steps.studies import a_statement, encoder

LATE = (
    "Ze zeiden dinsdag en het werd vrijdag, en toen weer maandag.",
    "De bezorging is drie keer verzet zonder dat ik iets hoorde.",
    "Elke dag stond er morgen in de app, een week lang.",
    "Mijn kast zou donderdag komen, maar dat werd steeds weer later.",
)
ODD = (
    "De verf van de poppenhuizen ruikt naar azijn.",
    "Mijn poppenhuis rook weken naar azijn.",
    "Die azijnlucht van de verf ging niet uit de poppenkamer.",
)


def look(texts: list[str]) -> Read:
    """What the network reads in texts."""
    return as_read(StatementReader(encoder()).encode(list(texts)))


def rows_of(texts: tuple[str, ...]) -> Vectors:
    """Where they lie in the space of names."""
    read = look(list(texts))
    return joined(read.themes, read.vectors)


def named(*parts: tuple[str, ...], taken: tuple[str, ...] = ()) -> tuple[Label, ...]:
    """The labels of groups of pains."""
    texts = tuple(text for part in parts for text in part)
    said = [a_statement(i, text) for i, text in enumerate(texts)]
    rows, groups, start = rows_of(texts), [], 0
    for number, part in enumerate(parts):
        here = tuple(range(start, start + len(part)))
        groups.append(Group(number, here, (1.0,) * len(part), frozenset(), 1.0, 0))
        start += len(part)
    book = shelf.fitting(rows, look, "nl").of_kind("pain")
    return name_groups(groups, said, rows, "pain", look, book, taken)


def test_a_known_theme_gets_the_codebooks_name_and_its_own_quote():
    (label,) = named(LATE)
    assert label.made_by.startswith("codebook:") and not label.text.startswith("“")
    assert "verze" in label.text.lower() or "schuift" in label.text or "op tijd" in label.text
    assert f"“{LATE[0]}”" in label.definition


def test_what_no_codebook_knows_keeps_its_own_words():
    (label,) = named(ODD)
    assert label.text.startswith("“") and label.made_by == "clause@2"
    words = label.text.strip("“”").lower()
    assert any(words in text.lower() for text in ODD)
    assert "azijn" in label.words


def test_names_are_different_and_none_of_those_taken():
    first = named(LATE)[0].text
    again = [label.text.lower() for label in named(LATE, LATE, ODD, ODD)]
    assert len(set(again)) == len(again)
    assert named(LATE, taken=(first,))[0].text != first


def said(number: int, text: str, language: str = "nl") -> Statement:
    """A statement of somebody of their own."""
    return Statement(f"s{number}", "f", f"p{number}", number, 0, 1, text, "", "interview", language)


def test_words_that_set_a_theme_apart_are_lemmas_used_by_several_people():
    retour = [said(0, "Het retourneren van de pakketten kostte geld"), said(1, "Retour kost geld")]
    retour.append(said(2, "Ze rekenden geld voor het retour"))
    app = [said(3, "De app loopt vast"), said(4, "De app liep vast"), said(5, "Die app weer vast")]
    first, second = words_apart([retour, app])
    assert {"retour", "geld"} <= set(first)
    assert "vast" in second and not {"de", "het", "voor"} & {*first, *second}


def test_stop_words_and_placeholders_set_nothing_apart():
    told = [said(n, "[NAAM 1] was there with [NUMMER 2] because of that", "en") for n in range(3)]
    assert words_apart([told]) == ((),)
    assert words_apart([]) == ()


@pytest.mark.skipif(not shelf.DESCRIBED.exists(), reason="the shelf is computed as it is used")
@pytest.mark.parametrize("name", [shelf.GENERAL, *shelf.BUNDLED])
def test_the_shipped_shelf_is_what_the_network_computes_now(name: str):
    with np.load(shelf.DESCRIBED) as data:
        assert str(data[f"digest {name}"]) == shelf.digest(name)
        kept = np.asarray(data[name], dtype=np.float32)
    some = slice(0, len(kept), 9)
    codes = shelf.codes_of(name)[some]
    now = shelf.placed(codes, lambda texts: rows_of(tuple(texts)))
    # Processors round the products of the network a little differently: directions agree.
    lengths = np.linalg.norm(kept[some], axis=1) * np.linalg.norm(now, axis=1)
    assert np.all((kept[some] * now).sum(axis=1) > 0.995 * lengths)


def test_markup_in_a_statement_is_in_no_name():
    told = ("<p>De azijnlucht bleef", "<p>De azijnlucht bleef hangen", "<b>De azijnlucht bleef")
    (label,) = named(told)
    assert "<" not in label.text
