"""Which column of a table of metrics holds what: a proposal with its reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from research.errors import UnknownFormat
from research.metrics import known
from research.metrics.numbers import amount, decimal_mark, is_nothing
from research.metrics.periods import period
from research.metrics.tables import Blocks
from research.model import LAYOUTS, Layout, MetricsMapping
from research.readers.table import key
from research.readers.words import words

_NAMES = {
    "metric": """metric kpi metricname measure measurename indicator meetwaarde metriek maat
        maatstaf naam name""",
    "value": """value waarde actual result resultaat realisatie gerealiseerd figure cijfer
        stand score""",
    "period": """period periode month maand date datum week year jaar quarter kwartaal day dag
        yearmonth yearweek isoweek isoyearisoweek maandjaar jaarmaand""",
    "target": "target doel doelstelling streefwaarde norm goal streefcijfer",
    "stage": "stage fase journeystage klantreisfase phase stap journeyphase",
    "unit": "unit eenheid",
}
_FIELD = {name: field for field, names in _NAMES.items() for name in words(names)}
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping, and for each of its fields why (one phrase)."""

    mapping: MetricsMapping
    reasons: tuple[tuple[str, str], ...]


def guess(name: str, blocks: Blocks) -> Guess:
    """The mapping that a table's header and cells suggest. Raises `UnknownFormat`."""
    named = _by_name(blocks.columns)
    reasons = {field: "the name of the column says so" for field in named}
    periods = tuple(c for c in blocks.columns if period(c) and _numeric(blocks, c))
    figures = _figures(blocks, named, periods)
    layout, why = _layout(blocks, named, periods, figures)
    reasons["layout"] = why
    if layout == "rows" and "value" not in named:
        named["value"], reasons["value"] = figures[0], "the first column with figures"
    if layout != "columns" and "metric" not in named:
        named["metric"] = _first_words(blocks, named)
        reasons["metric"] = "the first column with words"
    if layout != "periods" and "period" not in named and (found := _dated(blocks, named)):
        named["period"], reasons["period"] = found, "its cells are dates or periods"
    metrics = {"rows": (), "columns": figures, "periods": periods}[layout]
    if not metrics and not named.get("value"):
        raise UnknownFormat(
            name,
            "no column with figures is in it; give columns `metric` and `value`, or a column "
            "for each metric",
        )
    fields = {f: c for f, c in named.items() if layout != "columns" or f == "period"}
    if layout == "periods":
        fields.pop("value", None)
        fields.pop("period", None)
    mark, sure = decimal_mark(_cells(blocks, (*metrics, *fields.values())))
    reasons["decimal"] = (
        "the figures show it" if sure else "the figures can be read two ways; check them"
    )
    mapping = MetricsMapping(
        layout,
        metric=fields.get("metric", ""),
        value=fields.get("value", ""),
        period=fields.get("period", ""),
        target=fields.get("target", ""),
        stage=fields.get("stage", ""),
        unit=fields.get("unit", ""),
        metrics=metrics,
        decimal=mark,
    )
    return Guess(mapping, tuple(sorted(reasons.items())))


def checked(name: str, blocks: Blocks, mapping: MetricsMapping) -> MetricsMapping:
    """A mapping that a person gave, without columns that are not there.

    Raises `UnknownFormat` when what is left cannot be read.
    """
    there = set(blocks.columns)

    def kept(column: str) -> str:
        return column if column in there else ""

    tidy = replace(
        mapping,
        layout=mapping.layout if mapping.layout in LAYOUTS else "rows",
        decimal="," if mapping.decimal == "," else ".",
        metrics=tuple(c for c in blocks.columns if c in mapping.metrics),
        when=period(mapping.when),
        metric=kept(mapping.metric),
        value=kept(mapping.value),
        period=kept(mapping.period),
        target=kept(mapping.target),
        stage=kept(mapping.stage),
        unit=kept(mapping.unit),
    )
    if mapping.when.strip() and not tidy.when:
        raise UnknownFormat(
            name, "the period cannot be read; write it as 2026-03, 2026-Q1 or 2026-01-01/2026-01-31"
        )
    if tidy.layout == "rows" and not (tidy.metric and tidy.value):
        raise UnknownFormat(name, "choose the column with the metric and the one with its value")
    if tidy.layout == "columns" and not tidy.metrics:
        raise UnknownFormat(name, "choose at least one column with figures")
    if tidy.layout == "periods" and not (tidy.metric and tidy.metrics):
        raise UnknownFormat(name, "choose the column with the metric and those of the periods")
    return tidy


def _by_name(columns: Iterable[str]) -> dict[str, str]:
    """The columns whose names say what they hold, by field; the first of each."""
    found: dict[str, str] = {}
    for column in columns:
        field = _FIELD.get(key(column.partition("(")[0]))
        if field:
            found.setdefault(field, column)
    return found


def _layout(
    blocks: Blocks, named: dict[str, str], periods: Sequence[str], figures: Sequence[str]
) -> tuple[Layout, str]:
    if "metric" in named and "value" in named:
        return "rows", "it has a column for the metric and one for its value"
    if periods and ("metric" in named or _first_words(blocks, named)):
        return "periods", "the names of its columns are periods"
    if "metric" in named and figures and not any(known.find(c) for c in figures):
        return "rows", "it has a column for the metric"
    return "columns", "each metric has a column of its own"


def _figures(blocks: Blocks, named: dict[str, str], periods: Sequence[str]) -> tuple[str, ...]:
    """The columns that hold figures, and nothing else that is known."""
    taken = {c for f, c in named.items() if f != "value"} | set(periods)
    return tuple(c for c in blocks.columns if c not in taken and _numeric(blocks, c))


def _numeric(blocks: Blocks, column: str) -> bool:
    filled = [v for v in blocks.values(column) if not is_nothing(v)]
    return bool(filled) and _share(amount(v, ".") is not None for v in filled) >= _MOSTLY


def _dated(blocks: Blocks, named: dict[str, str]) -> str:
    """The first column whose cells are periods; bare numbers are no periods here."""
    for column in blocks.columns:
        filled = [v for v in blocks.values(column) if v]
        if column in named.values() or not filled or all(v.isdigit() for v in filled):
            continue
        if _share(bool(period(v)) for v in filled) >= _MOSTLY:
            return column
    return ""


def _first_words(blocks: Blocks, named: dict[str, str]) -> str:
    taken = set(named.values())
    free = (c for c in blocks.columns if c not in taken and not _numeric(blocks, c))
    return next((c for c in free if any(blocks.values(c))), "")


def _cells(blocks: Blocks, columns: Iterable[str]) -> list[str]:
    return [v for c in columns for v in blocks.values(c) if not period(v) or v.isdigit()]


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / max(len(values), 1)
