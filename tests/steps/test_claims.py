"""Nothing is said without statements behind it, and people are counted right."""

from math import isclose, sqrt

import pytest

from research.errors import NoEvidence
from research.model import Analysis, Claim
from research.steps.evidence import claim, one_each, strength
from research.wilson import interval
from tests.steps.studies import a_statement, claims, people_of


def test_every_claim_has_statements_that_exist(analysis: Analysis):
    known = {s.id for s in analysis.statements}
    for made in claims(analysis):
        assert made.statements
        assert set(made.statements) <= known
        assert set(made.counter) <= known


def test_a_claim_names_no_statement_twice(analysis: Analysis):
    assert all(len(set(c.statements)) == len(c.statements) for c in claims(analysis))


def test_a_claims_people_are_its_statements_participants(analysis: Analysis):
    for made in claims(analysis):
        assert made.people == len(people_of(analysis, made.statements))
        assert 1 <= made.people <= made.of


def test_a_claims_bounds_lie_around_its_share(analysis: Analysis):
    for made in claims(analysis):
        assert 0 <= made.low <= made.people / made.of <= made.high <= 1


def test_bounds_are_wilsons(analysis: Analysis):
    for made in claims(analysis):
        assert (made.low, made.high) == pytest.approx(wilson(made.people, made.of), abs=1e-4)


def wilson(count: int, of: int) -> tuple[float, float]:
    """The roots of (p - share)² = z² p (1 - p) / n, by the quadratic formula."""
    z2, share = 1.959963984540054**2, count / of
    a, b, c = 1 + z2 / of, -(2 * share + z2 / of), share * share
    root = sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def test_a_wilson_interval_from_the_literature():
    """Eight of ten: 49.0 % to 94.3 %."""
    assert interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_a_share_of_nobody_may_be_anything():
    assert interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("of", [1, 2, 7, 500])
def test_none_and_all_reach_the_ends(of: int):
    assert interval(0, of)[0] == 0.0
    assert interval(of, of)[1] == 1.0
    assert isclose(interval(0, of)[1], 1 - interval(of, of)[0])


def test_more_people_make_a_share_surer():
    widths = [high - low for low, high in (interval(n // 2, n) for n in (2, 10, 50, 1000))]
    assert widths == sorted(widths, reverse=True)


def test_strength_words_keep_their_rule(analysis: Analysis):
    source = {s.id: s.source for s in analysis.statements}
    for made in claims(analysis):
        files = {source[i] for i in made.statements}
        strong = made.people >= 3 and len(files) >= 2 and len(made.counter) < made.people
        expected = "strong" if strong else "emerging" if made.people >= 2 else "anecdotal"
        assert made.strength == expected, made.text


@pytest.mark.parametrize(
    ("people", "sources", "against", "word"),
    [
        (3, 2, 0, "strong"),
        (3, 2, 3, "emerging"),
        (3, 1, 0, "emerging"),
        (2, 2, 0, "emerging"),
        (1, 1, 0, "anecdotal"),
        (0, 0, 0, "assumption"),
    ],
)
def test_strength_is_people_and_sources_less_what_speaks_against(
    people: int, sources: int, against: int, word: str
):
    assert strength(people, sources, against) == word


def test_a_claim_about_people_needs_evidence():
    with pytest.raises(NoEvidence):
        Claim("pain", "Duur", (), 0, 3, 0.0, 1.0, "strong", "test")


def test_a_claim_counts_a_person_once():
    twice = a_statement(1, "Te laat.")
    made = claim("pain", "Te laat", [twice, twice, a_statement(2, "Laat.")], 4, made_by="test")
    assert (made.people, made.of) == (2, 4)


def test_one_each_takes_the_first_of_each_person():
    said = [a_statement(1, "Eerst."), a_statement(1, "Later."), a_statement(2, "Anders.")]
    assert [s.text for s in one_each(said, 5)] == ["Eerst.", "Anders."]
    assert [s.text for s in one_each(said, 1)] == ["Eerst."]


def test_evidence_weights_are_between_nothing_and_all(analysis: Analysis):
    weights = [e.weight for c in claims(analysis) for e in c.evidence]
    assert all(0 <= w <= 1 for w in weights)
