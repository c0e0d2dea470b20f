"""Measures of a study: tables that people add, and scores of its surveys, through the store."""

from pathlib import Path

import pytest

from research import kpis, studies
from research.errors import BadUpload, NotFound, UnknownFormat
from research.model import Kpi, MetricsMapping, Study, Upload
from research.stages import DEFAULT_TAXONOMY
from research.store import Store, open_store

TABLE = Upload("maart.csv", b"metric;waarde;periode;doel\nOmzet;1.200;2026-03;1.000\n")
SURVEY = Upload(
    "enquete.csv",
    (
        "Tijdstempel;NPS (0-10);Waarom?\n"
        + "".join(f"2026-01-{d:02};{d % 11};Omdat het op dag {d} zo ging\n" for d in range(1, 29))
        + "2026-01-31;10;\n"
    ).encode(),
)


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    return studies.create_study(store, "Bezorging", language="nl", encoder="hashing")


def found(store: Store, study: Study) -> dict[str, Kpi]:
    return {k.name: k for k in kpis.kpis_of_study(store, study.id, DEFAULT_TAXONOMY)}


def use(store: Store, study: Study, upload: Upload) -> str:
    table = kpis.add_metrics(store, study.id, upload)
    kpis.use_metrics(store, study.id, table.id, kpis.proposal(table).mapping, DEFAULT_TAXONOMY)
    return table.id


def test_a_table_counts_only_once_somebody_looked_at_it(store: Store, study: Study):
    table = kpis.add_metrics(store, study.id, TABLE)
    assert found(store, study) == {}
    use(store, study, TABLE)
    revenue = found(store, study)["Omzet"]
    assert (revenue.value, revenue.met, revenue.stage) == (1200, True, "purchase")
    kpis.remove_metrics(store, study.id, table.id)
    assert found(store, study) == {}
    assert kpis.list_metrics(store, study.id) == ()


def test_the_same_table_twice_is_one_and_keeps_what_was_chosen(store: Store, study: Study):
    first = use(store, study, TABLE)
    again = kpis.add_metrics(store, study.id, Upload("anders.csv", TABLE.content))
    assert (again.id, again.mapping is not None) == (first, True)
    assert len(kpis.list_metrics(store, study.id)) == 1
    chosen = MetricsMapping("rows", "metric", "waarde", when="2025", decimal=".")
    kpis.use_metrics(store, study.id, first, chosen, DEFAULT_TAXONOMY)
    assert [(k.value, k.period) for k in found(store, study).values()] == [(1.2, "2025")]


def test_a_next_table_brings_the_change(store: Store, study: Study):
    use(store, study, TABLE)
    use(store, study, Upload("april.csv", TABLE.content.replace(b"2026-03", b"2026-04")))
    revenue = found(store, study)["Omzet"]
    assert (revenue.period, revenue.previous_period, revenue.source) == (
        "2026-04",
        "2026-03",
        "april.csv",
    )


def test_the_score_of_a_survey_counts_who_gave_no_reason_too(store: Store, study: Study):
    studies.add_uploads(store, study.id, [SURVEY])
    nps = found(store, study)["NPS"]
    assert (nps.n, nps.made_by, nps.doubt, nps.period) == (29, "nps@1", "few", "2026-01")
    assert nps.low < nps.value < nps.high
    (score,) = kpis.scores_of_study(store, study.id)
    studies.remove_source(store, study.id, score.source)
    assert kpis.scores_of_study(store, study.id) == ()
    assert kpis._scores.cache_info().currsize == 0


def test_what_is_wrong_is_said(store: Store, study: Study):
    table = kpis.add_metrics(store, study.id, TABLE)
    with pytest.raises(UnknownFormat, match="choose others"):
        wrong = MetricsMapping("rows", metric="waarde", value="metric")
        kpis.use_metrics(store, study.id, table.id, wrong, DEFAULT_TAXONOMY)
    with pytest.raises(BadUpload, match=r"leeg\.csv"):
        kpis.add_metrics(store, study.id, Upload("leeg.csv", b""))
    for gone in (
        lambda: kpis.get_metrics(store, study.id, "gone"),
        lambda: kpis.remove_metrics(store, study.id, "gone"),
        lambda: kpis.list_metrics(store, "gone"),
        lambda: kpis.add_metrics(store, "gone", TABLE),
    ):
        with pytest.raises(NotFound):
            gone()
