"""Figures and scores to measures: the last period of each, beside the one before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from research.metrics import known
from research.metrics.periods import before, order
from research.metrics.scores import FEW, measure, waves
from research.model import LEFT_OUT, Figure, Kpi, Measured, Score, StageTaxonomy
from research.readers.table import key

Dated = Mapping[str, tuple[Figure, str]]
NOTHING: Mapping[str, str] = {}


def kpis_of_tables(tables: Iterable[tuple[str, Sequence[Figure]]]) -> tuple[Kpi, ...]:
    """The measures of some tables, each a file name with its figures, first added first.

    Where two tables tell the same metric of the same stage and period, the later counts.
    """
    series: dict[tuple[str, str, str], dict[str, tuple[Figure, str]]] = defaultdict(dict)
    for name, figures in tables:
        for figure in figures:
            metric = figure.known or key(figure.metric)
            series[figure.stage, metric, figure.unit][figure.period] = figure, name
    return tuple(sorted(map(_kpi, series.values()), key=_sorting))


def _kpi(by_period: Dated) -> Kpi:
    last = max(by_period, key=order)
    figure, source = by_period[last]
    earlier = before(last, by_period)
    found = known.every().get(figure.known)
    return Kpi(
        stage=figure.stage,
        name=figure.metric,
        known=figure.known,
        value=figure.value,
        unit=figure.unit,
        period=last,
        target=figure.target,
        previous=by_period[earlier][0].value if earlier else None,
        previous_period=earlier,
        up=found.up if found else None,
        source=source,
        made_by="import",
    )


def kpis_of_scores(
    scores: Iterable[Score], taxonomy: StageTaxonomy, decided: Mapping[str, str] = NOTHING
) -> tuple[Kpi, ...]:
    """The measures of survey questions; the same question in several files is one in waves.

    `decided` is what people said of a score, by its id: a stage, or `-` to leave it out.
    """
    kept = [s for s in scores if decided.get(s.id) != LEFT_OUT]

    def same(score: Score) -> tuple[str, str]:
        return score.kind, key(score.question)

    groups = groupby(sorted(kept, key=lambda s: (*same(s), s.id)), key=same)
    return tuple(sorted((_scored(tuple(g), taxonomy, decided) for _, g in groups), key=_sorting))


def _scored(scores: Sequence[Score], taxonomy: StageTaxonomy, decided: Mapping[str, str]) -> Kpi:
    measured = waves(scores)
    last, score = measured[-1]
    earlier = measured[-2][0] if len(measured) > 1 else None
    found = known.every()[score.kind]
    return Kpi(
        stage=decided.get(score.id, known.place(found.name_en, taxonomy).stage),
        name=found.name_en,
        known=found.id,
        value=last.value,
        unit=found.unit,
        period=last.period,
        target=None,
        previous=earlier.value if earlier else None,
        previous_period=earlier.period if earlier else "",
        up=found.up,
        source=score.name,
        made_by=f"{score.kind}@1",
        n=last.n,
        low=last.low,
        high=last.high,
        doubt=doubt(last, earlier),
        score=score.id,
    )


def doubt(last: Measured, earlier: Measured | None) -> str:
    """Why a score, or its change, may be chance: `few`, `overlap`, or empty."""
    if last.n < FEW or (earlier and earlier.n < FEW):
        return "few"
    if earlier and last.low <= earlier.high and earlier.low <= last.high:
        return "overlap"
    return ""


def months(score: Score) -> tuple[Measured, ...]:
    """A score by month, as far as the answers have dates."""
    named = sorted({a.period for a in score.answers if a.period})
    return tuple(measure(score, tuple(a for a in score.answers if a.period == m), m) for m in named)


def _sorting(kpi: Kpi) -> tuple[str, str, str, str, str]:
    return kpi.stage, key(kpi.name), kpi.name, kpi.unit, kpi.score
