"""What more conversations would bring: how saturated the themes are, in a few figures.

After how many people hardly anything new came up is read from the saturation curve, which
averages over orders of people (Guest, Namey and Chen 2020 on reporting it). How many themes
more people would bring is extrapolated from the themes that one person and two people raised,
as species are from samples (Chao 1987; Colwell et al. 2012).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from research.model import SaturationPoint, Theme

HARDLY = 0.5
MORE = 5
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Outlook:
    """`settled` people were enough for all but half a theme (0: never before the last);
    `expected` themes are to come from `more` further people, of `unseen` that were never
    raised (at least)."""

    people: int
    settled: int
    more: int
    expected: float
    unseen: float

    @property
    def enough(self) -> bool:
        """Whether further people would hardly bring a new theme."""
        return self.people >= FEWEST and self.expected < 1.0


def outlook(
    themes: Sequence[Theme], points: Sequence[SaturationPoint], people: int
) -> Outlook | None:
    """What `people` heard so far say about more of them; None without themes."""
    if not points or not people:
        return None
    once = sum(t.people == 1 for t in themes)
    twice = sum(t.people == 2 for t in themes)
    unseen = _unseen(once, twice, people)
    return Outlook(
        people=people,
        settled=_settled(points),
        more=MORE,
        expected=round(_expected(unseen, once, people, MORE), 1),
        unseen=round(unseen, 1),
    )


def _settled(points: Sequence[SaturationPoint]) -> int:
    """After how many people less than half a theme was still to come; 0 when it was the last."""
    last = points[-1]
    found = next(p.participants for p in points if last.themes - p.themes < HARDLY)
    return found if found < last.participants else 0


def _unseen(once: int, twice: int, people: int) -> float:
    """Chao 2: themes that nobody raised yet, at least; from those raised once and twice."""
    share = (people - 1) / people
    if twice:
        return share * once * once / (2 * twice)
    return share * once * (once - 1) / 2


def _expected(unseen: float, once: int, people: int, more: int) -> float:
    """New themes from so many more people (Colwell et al. 2012, equation 18)."""
    if not unseen or not once:
        return 0.0
    return float(unseen * (1 - (1 - once / (people * unseen + once)) ** more))
