"""Measures of the journey: figures from a table of metrics, and scores from a survey."""

from dataclasses import dataclass
from typing import Literal

Layout = Literal["rows", "columns", "periods"]
LAYOUTS: tuple[Layout, ...] = ("rows", "columns", "periods")
ScoreKind = Literal["nps", "csat"]
LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class MetricsMapping:
    """How a table of metrics is read: which column holds what, by its name in the header.

    `layout` is `rows` (a row holds one figure: its metric and its value), `columns` (a
    column for each metric) or `periods` (a row for each metric, a column for each period).
    `metrics` are the columns with figures of the last two. `when` is the period of rows
    that tell none. `decimal` is the decimal mark, `,` or `.`; `shares` says that a
    percentage from 0 to 1 is a share (0.62 is 62 %). `stages` gives metrics another stage
    than the proposed one, by name: a stage id, or `-` to leave the metric out.
    """

    layout: Layout
    metric: str = ""
    value: str = ""
    period: str = ""
    target: str = ""
    stage: str = ""
    unit: str = ""
    metrics: tuple[str, ...] = ()
    when: str = ""
    decimal: str = "."
    shares: bool = True
    stages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MetricsTable:
    """A table of metrics that was added to a study; without a mapping it does not count yet.

    `id` is that of the bytes, so that the same table twice is one.
    """

    id: str
    name: str
    content: bytes
    mapping: MetricsMapping | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a table: what was measured, when, and how much.

    `metric` is what the table calls it, `known` the id of the bundled metric of that name
    or empty. `period` is a year, quarter, month, week or day (2026, 2026-Q1, 2026-03,
    2026-W05, 2026-03-31), two days with `/` between them, or empty. `unit` is `%` (then
    `value` is from 0 to 100), a currency code, `money`, `s`, `points` or empty. `rows` is
    how many rows were added up.
    """

    metric: str
    known: str
    stage: str
    value: float
    unit: str
    period: str
    target: float | None
    place: str
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Kpi:
    """A measure in the stage that it belongs to, at its last period.

    `stage` is empty when nobody said where it belongs. `target` is None when there is none.
    `previous` is the figure of the period before, None when there is none to compare with.
    `up` tells whether more is better (None: not known). A score of a survey has `n` (how
    many people answered), the 95 % interval `low` to `high`, and as `doubt` why a change
    may be chance: `few` (fewer than 30 answered, in either period), `overlap` (the
    intervals overlap) or empty.
    `source` is the file's name; `made_by` is `import`, `nps@1` or `csat@1`; `score` the id
    of the survey question that it was computed from, else empty.
    """

    stage: str
    name: str
    known: str
    value: float
    unit: str
    period: str
    target: float | None
    previous: float | None
    previous_period: str
    up: bool | None
    source: str
    made_by: str
    n: int = 0
    low: float = 0.0
    high: float = 0.0
    doubt: str = ""
    score: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one, or when it is not known what is better."""
        if self.target is None or self.up is None:
            return None
        return self.value >= self.target if self.up else self.value <= self.target


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's score: `row` is the place in the survey, `value` the score as a number."""

    row: str
    period: str
    value: float


@dataclass(frozen=True, slots=True)
class Score:
    """A survey question that gives a Net Promoter Score or a satisfaction score.

    `id` is made of the source and the column. `top` is the highest point of the scale.
    `source` is the source's id, `name` its file name. `reason` tells why it was taken so.
    """

    id: str
    kind: ScoreKind
    question: str
    source: str
    name: str
    top: int
    reason: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A score of some people: its value, how many, and the 95 % interval.

    The Net Promoter Score and its interval run from -100 to 100; the satisfaction score
    is a percentage. `counts` is how many people are for, between and against.
    """

    period: str
    value: float
    n: int
    low: float
    high: float
    counts: tuple[int, int, int]
