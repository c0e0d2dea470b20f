"""What changed, who says it, and when; honest about few people."""

from dataclasses import replace

import pytest

from research.comparing import attributes, changes, compare, trend
from research.model import Analysis, Participant, SaturationPoint, Statement, Theme
from research.outlook import outlook
from tests.builders import INTERVIEW, SURVEY, a_theme, an_analysis


def people(count: int, region: str, first: int = 0) -> tuple[Participant, ...]:
    """So many people of a region, each of an age of their own."""
    return tuple(
        Participant(f"p{n}", f"P {n}", (("region", region), ("age", str(n))), (SURVEY,), "survey")
        for n in range(first, first + count)
    )


def says(person: str, day: str = "") -> Statement:
    """Something a person says on a day."""
    return Statement(
        f"s-{person}-{day}", SURVEY, person, 0, 0, 1, "x", "", "survey", "nl", kind="pain", date=day
    )


def study(said: tuple[Statement, ...], who: tuple[Participant, ...], *about: str) -> Analysis:
    """A study with a theme of what those people say."""
    mine = tuple(s for s in said if s.participant in about)
    theme = a_theme("pain-1", "Te laat", mine)
    return replace(an_analysis(), participants=who, statements=said, themes=(theme,))


NORTH, SOUTH = people(12, "noord"), people(12, "zuid", 12)
SAID = tuple(says(p.id) for p in (*NORTH, *SOUTH))


def test_a_large_difference_is_clear_and_goes_both_ways():
    analysis = study(SAID, (*NORTH, *SOUTH), *(p.id for p in NORTH))
    found = compare(analysis, "region")
    assert found.groups == ("noord", "zuid")
    north, south = found.rows[0].shares
    assert (north.people, north.of, north.verdict) == (12, 12, "more")
    assert (south.people, south.of, south.verdict) == (0, 12, "less")
    assert north.low > 0.7 and south.high < 0.3


@pytest.mark.parametrize("raised", [7, 8])
def test_a_difference_that_may_be_chance_is_not_called_clear(raised: int):
    half = (*(p.id for p in NORTH[:raised]), *(p.id for p in SOUTH[:5]))
    found = compare(study(SAID, (*NORTH, *SOUTH), *half), "region")
    assert {s.verdict for s in found.rows[0].shares} == {"chance"}


def test_with_few_people_everything_may_be_chance():
    few = (*NORTH[:3], *SOUTH[:3])
    analysis = study(SAID, few, *(p.id for p in NORTH[:3]))
    assert {s.verdict for s in compare(analysis, "region").rows[0].shares} == {"chance"}


def test_what_everybody_has_of_their_own_is_nothing_to_compare_by():
    analysis = study(SAID, (*NORTH, *SOUTH), "p0")
    assert attributes(analysis) == ("region",)
    mixed = replace(
        analysis, participants=tuple(replace(p, channel="interview") for p in NORTH) + SOUTH
    )
    assert attributes(mixed) == ("region", "channel")
    files = tuple(replace(p, sources=(INTERVIEW,)) for p in NORTH)
    assert attributes(replace(analysis, participants=files + SOUTH)) == ("region", "source")


def test_new_gone_grown_and_shrunk_are_told_by_people():
    said = {n: says(f"p{n}") for n in range(6)}

    def theme(name: str, *numbers: int) -> Theme:
        return a_theme(name, name, tuple(said[n] for n in numbers))

    before = replace(
        an_analysis(), themes=(theme("a", 0, 1), theme("b", 2, 3), theme("c", 4), theme("d", 5))
    )
    now = (theme("a", 0, 1, 2), theme("b", 3), theme("d", 5), theme("e", 4))
    after = replace(before, themes=now)
    found = {c.theme: (c.what, c.before, c.people) for c in changes(before, after)}
    assert found == {
        "a": ("grown", 2, 3),
        "b": ("shrunk", 2, 1),
        "c": ("gone", 1, 0),
        "d": ("same", 1, 1),
        "e": ("new", 0, 1),
    }


def test_a_hidden_theme_is_neither_new_nor_gone():
    before = an_analysis()
    after = replace(before, themes=tuple(replace(t, hidden=True) for t in before.themes[:1]))
    kept = {c.theme for c in changes(before, replace(after, themes=before.themes))}
    assert kept == {t.id for t in before.themes}
    assert {c.what for c in changes(before, after)} == {"gone"}


def test_months_are_counted_by_people_and_weeks_when_it_was_short():
    said = tuple(says(f"p{n}", f"2025-{1 + n % 12:02}-03") for n in range(24))
    said += (says("p0", "2025-01-20"),)
    analysis = study(said, NORTH, "p0", "p12", "p1")
    found = trend(analysis)
    assert found is not None and found.by == "month" and len(found.groups) == 12
    assert [(s.people, s.of) for s in found.rows[0].shares[:3]] == [(2, 2), (1, 2), (0, 2)]
    short = tuple(says(f"p{n}", f"2025-03-{1 + n:02}T10:00") for n in range(20))
    weeks = trend(study(short, NORTH, "p0"))
    assert weeks is not None and weeks.by == "week" and weeks.groups[0] == "2025-W09"


@pytest.mark.parametrize("day", ["", "gisteren", "2025-13-40", "2025-03-01"])
def test_without_two_dated_periods_there_is_no_trend(day: str):
    said = (says("p0", day), says("p1", day))
    assert trend(study(said, NORTH, "p0", "p1")) is None


def curve(*heard: float) -> tuple[SaturationPoint, ...]:
    """A saturation curve of so many themes after each person."""
    return tuple(SaturationPoint(n, v, 0.0) for n, v in enumerate(heard, 1))


def raised(*counts: int) -> tuple[Theme, ...]:
    """Themes that so many people raised."""
    made = []
    for number, count in enumerate(counts):
        said = tuple(says(f"p{n}") for n in range(count))
        made.append(a_theme(f"t{number}", "x", said))
    return tuple(made)


def test_when_nothing_new_came_up_the_outlook_says_since_when():
    found = outlook(raised(5, 4, 3, 3), curve(1, 2, 3, 3.6, 3.9, 4, 4, 4), 8)
    assert found is not None
    assert (found.settled, found.expected, found.unseen, found.enough) == (4, 0.0, 0.0, True)


def test_themes_raised_once_promise_more():
    found = outlook(raised(1, 1, 1, 2, 5), curve(1, 2, 3, 4, 5), 5)
    assert found is not None and found.settled == 0 and not found.enough
    # Chao 2: 4/5 x 9/2 = 3.6 unseen; of five more people 3.6 x (1 - (1 - 3/21)^5).
    assert (found.unseen, found.expected) == (3.6, 1.9)


def test_there_is_no_outlook_on_nothing():
    assert outlook((), (), 0) is None


def test_an_attribute_that_nobody_has_has_no_groups():
    analysis = study(SAID, (*NORTH, *SOUTH), "p0", "p13")
    assert compare(analysis, "nothing").rows[0].shares == ()
