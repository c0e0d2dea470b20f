"""A table of metrics to figures, by its mapping; what is not used is set aside with the reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

from research.metrics import known
from research.metrics.mapping import checked
from research.metrics.numbers import Amount, amount, is_nothing, seconds_in, unit_of
from research.metrics.periods import between, days, order, period
from research.metrics.tables import Block, blocks_of
from research.model import (
    LEFT_OUT,
    Figure,
    MetricsMapping,
    SetAside,
    StageTaxonomy,
    Upload,
)
from research.readers.table import key
from research.readers.words import words

LONGEST_NAME = 200
_TOTALS = "total totals totaal grandtotal eindtotaal subtotal all alle alles"
_TOTAL = frozenset(words(_TOTALS)) | {""}
_SEVERAL = "there are several figures for one period; add a row of totals"
_DAYS = "a rate of days cannot be added up; export it by month"


@dataclass(frozen=True, slots=True)
class FiguresRead:
    """The figures of a table in canonical order, and what was set aside."""

    figures: tuple[Figure, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure as it stands in a table; `total` says that its row is a sum of others."""

    figure: Figure
    total: bool
    bare: bool


def read_figures(
    name: str, content: bytes, mapping: MetricsMapping, taxonomy: StageTaxonomy
) -> FiguresRead:
    """The figures of a table, one for each metric, stage and period. Raises `BadUpload`."""
    blocks = blocks_of(Upload(name, content))
    tidy = checked(name, blocks, mapping)
    found = [item for table in blocks.tables for item in _table(table, tidy, taxonomy)]
    cells = [item for item in found if isinstance(item, _Cell)]
    aside = [item for item in found if isinstance(item, SetAside)]
    chosen = dict(tidy.stages)
    cells = [
        replace(c, figure=replace(c.figure, stage=chosen.get(c.figure.metric) or c.figure.stage))
        for c in cells
        if chosen.get(c.figure.metric) != LEFT_OUT
    ]
    cells, several = _one_a_period(_months_of_dates(_scaled(cells, tidy)))
    cells, single = _whole_months(cells)
    aside += [*several, *single]
    figures = sorted((c.figure for c in cells), key=_sorting)
    return FiguresRead(tuple(figures), tuple(aside))


def names_in(name: str, content: bytes, mapping: MetricsMapping) -> tuple[str, ...]:
    """What the table calls its metrics, each once, in the order of the table."""
    blocks = blocks_of(Upload(name, content))
    tidy = checked(name, blocks, mapping)
    if tidy.layout == "columns":
        return tidy.metrics
    return tuple(dict.fromkeys(n for v in blocks.values(tidy.metric) if (n := _name(v))))


def _sorting(figure: Figure) -> tuple[str, str, str, tuple[str, str], float]:
    return (figure.stage, key(figure.metric), figure.metric, order(figure.period), figure.value)


def _name(text: str) -> str:
    return " ".join(text.split())[:LONGEST_NAME]


# --- cells -------------------------------------------------------------------------


def _table(
    table: Block, mapping: MetricsMapping, taxonomy: StageTaxonomy
) -> Iterator[_Cell | SetAside]:
    """The figures of one table, as they stand there."""
    own = bool(mapping.period) and any(period(table.cell(r, mapping.period)) for _, r in table.rows)
    for place, row in table.rows:
        when = table.cell(row, mapping.period)
        told = period(when)
        if when and not told and key(when) not in _TOTAL:
            yield SetAside(place, when, "its period cannot be read; write it as 2026-03")
            continue
        total = _is_total(table, row, mapping) or (own and not told)
        for metric, text, column_period in _texts(table, row, mapping):
            if is_nothing(text):
                continue
            number = amount(text, mapping.decimal)
            if not metric or number is None:
                reason = "not a number" if metric else "no metric is named beside it"
                yield SetAside(place, text[:LONGEST_NAME], reason)
                continue
            at = column_period or told or mapping.when or table.period
            figure = _figure(table, row, mapping, taxonomy, metric, number)
            yield _Cell(replace(figure, period=at, place=place), total, "%" not in text)


def _texts(
    table: Block, row: Sequence[str], mapping: MetricsMapping
) -> Iterator[tuple[str, str, str]]:
    """Each cell with a figure: what it measures, its text, and the period above it."""
    cells = tuple(row)
    if mapping.layout == "rows":
        yield _name(table.cell(cells, mapping.metric)), table.cell(cells, mapping.value), ""
    elif mapping.layout == "columns":
        yield from ((c, table.cell(cells, c), "") for c in mapping.metrics)
    else:
        metric = _name(table.cell(cells, mapping.metric))
        yield from ((metric, table.cell(cells, c), period(c)) for c in mapping.metrics)


def _is_total(table: Block, row: Sequence[str], mapping: MetricsMapping) -> bool:
    """Whether a row sums others: what it is of is empty, or says total."""
    if mapping.layout != "columns":
        return False
    others = [
        row[i]
        for i, name in enumerate(table.header)
        if name not in mapping.metrics and name != mapping.period
    ]
    return bool(others) and all(key(cell) in _TOTAL for cell in others)


def _figure(
    table: Block,
    row: Sequence[str],
    mapping: MetricsMapping,
    taxonomy: StageTaxonomy,
    metric: str,
    number: Amount,
) -> Figure:
    """A figure with its unit, target and stage."""
    cells = tuple(row)
    found = known.find(metric)
    column = table.cell(cells, mapping.unit)
    bracket = metric.rpartition("(")[2].rstrip(") ") if "(" in metric else ""
    factor = 1.0 if number.unit else seconds_in(column or bracket)
    unit = number.unit or unit_of(column) or unit_of(bracket) or (found.unit if found else "")
    wanted = amount(table.cell(cells, mapping.target), mapping.decimal)
    stage = known.stage_named(table.cell(cells, mapping.stage), taxonomy)
    return Figure(
        metric=metric,
        known=found.id if found else "",
        stage=stage or known.place(metric, taxonomy).stage,
        value=number.value * factor,
        unit=unit,
        period="",
        target=None if wanted is None else wanted.value * (1.0 if wanted.unit else factor),
        place="",
    )


# --- one figure for a metric and a period --------------------------------------------


def _scaled(cells: Sequence[_Cell], mapping: MetricsMapping) -> list[_Cell]:
    """Percentages from 0 to 100, where a metric's figures are all written as shares."""
    rates = [c for c in cells if c.figure.unit == "%"]
    large = {c.figure.metric for c in rates if not c.bare or abs(c.figure.value) > 1}
    return [
        replace(c, figure=_times_hundred(c.figure))
        if mapping.shares and c.figure.unit == "%" and c.figure.metric not in large
        else c
        for c in cells
    ]


def _times_hundred(figure: Figure) -> Figure:
    goal = figure.target
    return replace(
        figure,
        value=round(figure.value * 100, 10),
        target=round(goal * 100, 10) if goal is not None and abs(goal) <= 1 else goal,
    )


def _grouped(cells: Iterable[_Cell], at: Mapping[int, str]) -> Iterator[tuple[str, list[_Cell]]]:
    """The cells of the same metric and stage, and of the same time, with that time."""

    def same(cell: _Cell) -> tuple[str, str, str, str]:
        return (*_series(cell.figure), at[id(cell)])

    for by, group in groupby(sorted(cells, key=same), key=same):
        yield by[-1], list(group)


def _series(figure: Figure) -> tuple[str, str, str]:
    return figure.stage, figure.metric, figure.unit


def _one_a_period(cells: list[_Cell]) -> tuple[list[_Cell], list[SetAside]]:
    """One figure for each metric and period: that of the totals, or the sum where one may add."""
    kept: list[_Cell] = []
    aside: list[SetAside] = []
    for _, group in _grouped(cells, {id(c): c.figure.period for c in cells}):
        totals = [c for c in group if c.total] or group
        one = _together(totals)
        if one is None:
            aside += [_unused(c, _SEVERAL) for c in totals]
        else:
            kept.append(one)
    return kept, aside


def _whole_months(cells: list[_Cell]) -> tuple[list[_Cell], list[SetAside]]:
    """Days of one month together, unless the table has a total for them."""
    kept: list[_Cell] = []
    aside: list[SetAside] = []
    months = {id(c): c.figure.period[:7] if _is_day(c) else c.figure.period for c in cells}
    totals = {_series(c.figure) for c in cells if c.total and c.figure.period and not _is_day(c)}
    for _, group in _grouped(cells, months):
        single = [c for c in group if _is_day(c)]
        kept += [c for c in group if not _is_day(c)]
        if single and _series(single[0].figure) in totals:
            continue
        one = single[0] if len(single) == 1 else _together(single) if single else None
        if one is None:
            aside += [_unused(c, _DAYS) for c in single]
        else:
            kept.append(one)
    totalled = {_series(c.figure) for c in kept if not c.total and c.figure.period}
    return [c for c in kept if not c.total or _series(c.figure) not in totalled], aside


def _months_of_dates(cells: list[_Cell]) -> list[_Cell]:
    """Dates that stand for months: all the first, or all the last, of several months."""
    dates = {days(c.figure.period)[0] for c in cells if _is_day(c)}
    after = {d + timedelta(days=1) for d in dates}
    if len(dates) < 2 or not any(all(d.day == 1 for d in some) for some in (dates, after)):
        return cells
    return [
        replace(c, figure=replace(c.figure, period=c.figure.period[:7])) if _is_day(c) else c
        for c in cells
    ]


def _is_day(cell: _Cell) -> bool:
    return len(cell.figure.period) == len("2026-01-01")


def _together(cells: Sequence[_Cell]) -> _Cell | None:
    """The sum of some figures; None where they may not be added up and differ."""
    first = cells[0]
    if len(cells) == 1:
        return first
    found = known.every().get(first.figure.known)
    periods = sorted({c.figure.period for c in cells if c.figure.period})
    if not (found and found.adds):
        same = len({c.figure.value for c in cells}) == 1 and len(periods) <= 1
        return first if same else None
    if len(periods) > 1:
        when = between(days(periods[0])[0], days(periods[-1])[1])
    else:
        when = first.figure.period
    total = sum(sorted(c.figure.value for c in cells))
    figure = replace(first.figure, value=total, period=when, target=None, rows=len(cells))
    return replace(first, figure=figure)


def _unused(cell: _Cell, reason: str) -> SetAside:
    figure = cell.figure
    return SetAside(figure.place, f"{figure.metric}: {figure.value:g}", reason)
