"""A team's codebook is matched first, and what it leaves is grouped."""

from dataclasses import replace

import numpy as np
import pytest

from research import pipeline
from research.contracts import Vectors
from research.model import Analysis, Code, Codebook, CodeKind, Upload
from research.steps.coding import LEAD, LIKE, code_of_group, coded, placed, with_kinds
from research.steps.similarity import unit_rows
from research.steps.tagger import Read
from tests.steps.studies import a_statement, encoder


def a_code(name: str, kind: CodeKind = "pain", examples: tuple[str, ...] = ("x",)) -> Code:
    """A code of that name."""
    return Code(name, kind, "", name, name, "", "", (), examples)


CODES = (a_code("een"), a_code("twee"), a_code("drie", examples=()))
ROWS = np.eye(3, 8, dtype=np.float32)


def towards(*shares: float) -> Vectors:
    """A row of unit length that lies so near each code."""
    row = np.zeros(8, dtype=np.float32)
    row[: len(shares)] = shares
    row[7] = max(0.0, 1 - float((row**2).sum())) ** 0.5
    return row


def test_a_statement_needs_to_be_like_a_code_and_liker_than_to_the_next():
    rows = np.array(
        [
            towards(LIKE + 0.01),
            towards(LIKE - 0.01),
            towards(0.6, 0.6 - LEAD / 2),
            towards(0.6, 0.6 - 2 * LEAD),
            towards(0, 0, LIKE - 0.01),
            towards(0, 0, 0.9),
        ]
    )
    said = [a_statement(i, "zin") for i in range(len(rows))]
    assert coded(said, rows, CODES, ROWS).tolist() == [0, -1, -1, 0, 2, 2]


def test_a_code_that_one_person_speaks_of_is_dropped():
    rows = np.array([towards(0.9), towards(0.9), towards(0, 0.9), towards(0, 0.9)])
    said = [replace(a_statement(i, "zin"), participant=f"p{max(i, 1)}") for i in range(4)]
    assert coded(said, rows, CODES, ROWS).tolist() == [-1, -1, 1, 1]


def test_nothing_is_coded_without_codes_or_statements():
    none = np.zeros((0, 0), dtype=np.float32)
    assert coded([], none, CODES, ROWS).tolist() == []
    assert coded([a_statement(0, "zin")], ROWS[:1], (), none).tolist() == [-1]
    assert code_of_group(ROWS[0], none) == -1


def test_a_group_goes_to_a_code_that_it_is_clearly_about():
    assert code_of_group(towards(0.7), ROWS) == 0
    assert code_of_group(towards(0.5), ROWS) == -1
    assert code_of_group(towards(0.7, 0.69), ROWS) == -1


def test_a_code_lies_where_its_words_lie_on_average():
    where = {"een": [1.0, 0.0], "x": [0.0, 1.0]}
    rows = placed(CODES[:1], lambda texts: np.array([where[t] for t in texts], dtype=np.float32))
    assert np.allclose(rows, unit_rows(np.array([[1.0, 1.0]], dtype=np.float32)))


def test_a_code_without_a_kind_gets_the_one_its_words_say():
    def look(texts: list[str]) -> Read:
        said = np.zeros((len(texts), 14), dtype=np.float32)
        for row, text in enumerate(texts):
            said[row, 1 if "wil" in text else 3] = 5.0  # motivation, pain
        empty = np.zeros((len(texts), 1), dtype=np.float32)
        return Read(said, empty, empty, empty)

    kinds = [c.kind for c in with_kinds((a_code("wil", ""), a_code("stuk", ""), CODES[0]), look)]
    assert kinds == ["motivation", "pain", "pain"]


TALK = """Interviewer: Hoe ging de levering?
Deelnemer {n}: Mijn pakket kwam veel later dan beloofd. {more}
"""
OTHER = (
    "De app loopt steeds vast bij het betalen.",
    "Bij het betalen loopt de app elke keer vast.",
    "De app is weer vastgelopen toen ik wilde betalen.",
    "Het betalen lukt niet, de app loopt vast.",
)
BOOK = Codebook(
    "team",
    "Ons codeboek",
    (
        Code(
            "late",
            "pain",
            "service",
            "Bezorging te laat",
            "Delivery too late",
            "De bestelling komt later dan was beloofd.",
            "The order comes later than promised.",
            ("pakket",),
            ("Het pakket kwam drie dagen te laat.", "It should have come on Monday."),
        ),
        a_code("Nooit genoemd: koffie smaakt bitter"),
    ),
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    uploads = [
        Upload(f"{n}.txt", TALK.format(n=n, more=more).encode()) for n, more in enumerate(OTHER)
    ]
    return pipeline.analyse(uploads, language="nl", codebook=BOOK, encoder=encoder())


def test_a_matched_theme_says_that_it_came_from_the_codebook(analysis: Analysis):
    late = next(t for t in analysis.themes if t.made_by == "code:late")
    assert (late.label, late.people) == ("Bezorging te laat", 4)
    assert "pakket" in late.words
    assert dict(analysis.made_by.settings)["codebook"] == "Ons codeboek"


def test_what_the_codebook_leaves_is_grouped_and_what_nobody_says_is_dropped(analysis: Analysis):
    assert not any("koffie" in t.label for t in analysis.themes)
    new = [t for t in analysis.themes if not t.made_by.startswith("code:")]
    words = {s.id: s.text for s in analysis.statements}
    assert any("app" in words[s] for t in new for s in t.statements)
