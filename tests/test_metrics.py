"""Tables of metrics: numbers, periods, which column holds what, and the figures they give."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from research.errors import BadUpload, EmptyFile, TooLarge, UnknownFormat
from research.metrics import known
from research.metrics.mapping import guess
from research.metrics.numbers import amount, decimal_mark
from research.metrics.periods import before, between, days, period
from research.metrics.reading import FiguresRead, names_in, read_figures
from research.metrics.series import kpis_of_tables
from research.metrics.tables import MOST_BYTES, blocks_of
from research.model import Figure, Kpi, MetricsMapping, Upload
from research.stages import DEFAULT_TAXONOMY, load_taxonomy, parse_taxonomy

GA4 = (Path(__file__).parent / "fixtures" / "in" / "ga4_report.csv").read_text(encoding="utf-8")
TABLE = """fase;metric;waarde;periode;doel
Aankoop;Conversieratio;2,4%;feb 2026;3%
Aankoop;Conversieratio;2,1%;jan 2026;3%
Service;Reactietijd;4 uur;2026-02;2 uur
;Omzet;€ 12.345;2026-02;
"""


def read(text: str, name: str = "cijfers.csv", **changes: object) -> FiguresRead:
    """The figures of a table, read as it is proposed or with other settings."""
    content = text.encode()
    mapping = guess(name, blocks_of(Upload(name, content))).mapping
    return read_figures(name, content, replace(mapping, **changes), DEFAULT_TAXONOMY)  # type: ignore[arg-type]  # settings by name


def values(read: FiguresRead) -> dict[tuple[str, str], float]:
    return {(f.metric, f.period): f.value for f in read.figures}


def kpis(*texts: str) -> dict[str, Kpi]:
    return {
        k.name: k
        for k in kpis_of_tables([(f"{i}.csv", read(t).figures) for i, t in enumerate(texts)])
    }


@pytest.mark.parametrize(
    ("text", "decimal", "value", "unit"),
    [
        ("1.234,56", ".", 1234.56, ""),
        ("1,234.56", ",", 1234.56, ""),
        ("1.234", ",", 1234, ""),
        ("1.234", ".", 1.234, ""),
        ("0.625", ",", 0.625, ""),
        ("12,5 %", ".", 12.5, "%"),
        ("€ 12,50", ".", 12.5, "EUR"),
        ("12.50 USD", ".", 12.5, "USD"),
        ("1 234 567", ".", 1234567, ""),
        ("(12)", ".", -12, ""),
        ("\u22123,5", ".", -3.5, ""),
        ("3:25", ".", 205, "s"),
        ("01:00:05", ".", 3605, "s"),
        ("4 uur", ".", 14400, "s"),
    ],
)
def test_a_number_is_read_as_dutch_and_english_write_it(
    text: str, decimal: str, value: float, unit: str
) -> None:
    found = amount(text, decimal)
    assert found is not None
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text", ["", "abc", "12abc", "1.23.4", "nan", "inf", "1e999", "=1+1", "--5"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert amount(text, ".") is None


def test_one_clear_number_settles_the_decimal_mark_of_the_file() -> None:
    assert decimal_mark(["1.234", "12,5"]) == (",", True)
    assert decimal_mark(["1,234", "12.5"]) == (".", True)
    assert decimal_mark(["1.234"]) == (",", False)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2026", "2026"),
        ("2026-Q1", "2026-Q1"),
        ("K1 2026", "2026-Q1"),
        ("1e kwartaal 2026", "2026-Q1"),
        ("mrt 2026", "2026-03"),
        ("maart 2026", "2026-03"),
        ("March 2026", "2026-03"),
        ("mrt-26", "2026-03"),
        ("3/2026", "2026-03"),
        ("202603", "2026-03"),
        ("week 5 2026", "2026-W05"),
        ("20260331", "2026-03-31"),
        ("31-03-2026", "2026-03-31"),
        ("2026-01-01 - 2026-01-31", "2026-01"),
        ("2026-01-01 t/m 2026-01-14", "2026-01-01/2026-01-14"),
        ("01-02-2026", ""),
        ("2026-13", ""),
        ("0000-03", ""),
        ("9999-12-31", ""),
        ("\u0662\u0660\u0662\u0666-03", ""),
        ("2026-W60", ""),
        ("2026-02-30", ""),
        ("later", ""),
    ],
)
def test_a_period_is_read_or_left_alone_when_it_can_mean_two(text: str, canonical: str) -> None:
    assert period(text) == canonical
    if canonical:
        assert between(*days(canonical)) == canonical or "W" in canonical


def test_a_period_is_compared_with_the_one_before_that_is_as_long() -> None:
    assert before("2026-03", ["2026-02", "2026-01", "2025", "2026-Q1", "2026-03-01"]) == "2026-02"
    assert before("2026-Q2", ["2026-Q1", "2026-05"]) == "2026-Q1"
    assert before("2026-03", ["2026-04", "2025"]) == ""


def test_a_ga4_report_gives_its_totals_for_the_dates_above_it() -> None:
    found = read(GA4)
    assert values(found) == {
        ("Sessions", "2026-01"): 100,
        ("Engaged sessions", "2026-01"): 62,
        ("Engagement rate", "2026-01"): 62,
        ("Key events", "2026-01"): 5,
    }
    assert {f.stage for f in found.figures} == {"consideration", "purchase"}
    assert not found.set_aside


def test_several_tables_in_one_ga4_file_keep_their_own_dates() -> None:
    february = GA4.replace("20260101", "20260201").replace("20260131", "20260228")
    found = values(read(GA4 + "\n" + february.replace("100", "120")))
    assert (found["Sessions", "2026-01"], found["Sessions", "2026-02"]) == (100, 120)


def test_channels_without_a_total_are_added_up_where_that_is_allowed() -> None:
    found = read(
        "Channel,Sessions,Bounce rate,Users\nSearch,10,0.5,9\nMail,20,0.3,15\n", when="2026-01"
    )
    assert values(found) == {("Sessions", "2026-01"): 30}
    assert found.figures[0].rows == 2
    assert {a.reason.split(";")[1] for a in found.set_aside} == {" add a row of totals"}


def test_days_become_a_month_and_a_rate_of_days_does_not() -> None:
    rows = "".join(f"202602{d:02},1,0.5\n" for d in range(1, 29))
    found = read("Date,Sessions,Bounce rate\n" + rows)
    assert values(found) == {("Sessions", "2026-02"): 28}
    assert len(found.set_aside) == 28
    part = read("Date,Sessions\n20260201,1\n20260203,2\n")
    assert values(part) == {("Sessions", "2026-02-01/2026-02-03"): 3}


def test_months_that_a_spreadsheet_keeps_as_dates_are_months() -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Cijfers van de webwinkel"])
    sheet.append(["KPI", datetime(2026, 1, 1), datetime(2026, 2, 1)])
    sheet.append(["Conversieratio", 0.021, 0.024])
    saved = BytesIO()
    book.save(saved)
    content = saved.getvalue()
    mapping = guess("kpi.xlsx", blocks_of(Upload("kpi.xlsx", content))).mapping
    found = read_figures("kpi.xlsx", content, mapping, DEFAULT_TAXONOMY)
    assert values(found) == {("Conversieratio", "2026-01"): 2.1, ("Conversieratio", "2026-02"): 2.4}
    ends = read("metric,value,period\nNPS,1,2026-01-31\nNPS,2,2026-02-28\n")
    assert {f.period for f in ends.figures} == {"2026-01", "2026-02"}


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_table_is_read_or_refused_and_never_fails(seed: int) -> None:
    random = Random(seed)
    content = bytearray((GA4 + TABLE).encode())
    for _ in range(random.randrange(1, 60)):
        content[random.randrange(len(content))] = random.randrange(256)
    upload = Upload("cijfers.csv", bytes(content))
    try:
        mapping = guess(upload.name, blocks_of(upload)).mapping
        found = read_figures(upload.name, upload.content, mapping, DEFAULT_TAXONOMY)
    except BadUpload as error:
        assert error.reason
    else:
        assert all(f.metric and days(f.period or "2026") for f in found.figures)


def test_months_are_not_counted_again_in_their_total() -> None:
    found = read("Month,Orders\n2026-01,10\n2026-02,20\nTotal,30\n")
    assert values(found) == {("Orders", "2026-01"): 10, ("Orders", "2026-02"): 20}


def test_a_table_of_a_row_for_each_figure_is_understood() -> None:
    found = {(f.metric, f.period): f for f in read(TABLE).figures}
    rate = found["Conversieratio", "2026-02"]
    assert (rate.value, rate.unit, rate.target, rate.stage) == (2.4, "%", 3, "purchase")
    wait = found["Reactietijd", "2026-02"]
    assert (wait.value, wait.unit, wait.target, wait.stage) == (14400, "s", 7200, "service")
    assert (found["Omzet", "2026-02"].value, found["Omzet", "2026-02"].unit) == (12345, "EUR")


def test_a_table_with_a_column_for_each_month_is_understood() -> None:
    found = read("KPI,Target,2026-01,2026-02\nNPS,40,31,35\nBounce rate,0.4,0.52,0.47\n")
    assert values(found) == {
        ("NPS", "2026-01"): 31,
        ("NPS", "2026-02"): 35,
        ("Bounce rate", "2026-01"): 52,
        ("Bounce rate", "2026-02"): 47,
    }
    assert {f.target for f in found.figures if f.metric == "Bounce rate"} == {40}


def test_shares_can_be_taken_as_percentages_instead() -> None:
    text = "metric,value,period\nConversion rate,0.8,2026-01\n"
    assert [f.value for f in read(text).figures] == [80]
    assert [f.value for f in read(text, shares=False).figures] == [0.8]


def test_one_figure_above_one_shows_that_a_metric_is_no_share() -> None:
    text = "metric,value,period\nConversion rate,0.8,2026-01\nConversion rate,1.2,2026-02\n"
    assert [f.value for f in read(text).figures] == [0.8, 1.2]


def test_what_cannot_be_used_is_set_aside_with_its_row_and_reason() -> None:
    found = read(
        "metric;waarde;periode\nNPS;31;2026-01\nGeluk;abc;2026-01\nRust;7;ooit\n;5;2026-01\n"
    )
    assert [(a.place, a.text, a.reason.partition(";")[0]) for a in found.set_aside] == [
        ("row 2", "abc", "not a number"),
        ("row 3", "ooit", "its period cannot be read"),
        ("row 4", "5", "no metric is named beside it"),
    ]
    assert [f.metric for f in found.figures] == ["NPS"]


def test_a_person_gives_a_metric_another_stage_or_leaves_it_out() -> None:
    found = read(TABLE, stages=(("Omzet", "loyalty"), ("Reactietijd", "-")))
    assert {f.metric: f.stage for f in found.figures} == {
        "Omzet": "loyalty",
        "Conversieratio": "purchase",
    }


def test_rows_in_any_order_give_the_same_figures() -> None:
    header, *rows = TABLE.strip().split("\n")
    first = read(TABLE)
    for seed in range(4):
        Random(seed).shuffle(rows)
        again = read("\n".join([header, *rows, ""]))
        assert [strip(f) for f in again.figures] == [strip(f) for f in first.figures]


def strip(figure: Figure) -> tuple[object, ...]:
    """A figure without its row."""
    return figure.metric, figure.stage, figure.value, figure.unit, figure.period, figure.target


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"metric,value\n", EmptyFile),
        (b"a,b\nx,y\n", UnknownFormat),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BadUpload),
        (b"x" * (MOST_BYTES + 1), TooLarge),
        (b"metric,value\n" + b"NPS,1\n" * 20_001, TooLarge),
        (b"# Start date: 20260101\n# End date: 20260131\n", EmptyFile),
    ],
)
def test_a_file_that_is_no_table_of_metrics_is_refused_by_name(
    content: bytes, error: type[BadUpload]
) -> None:
    with pytest.raises(error, match=r"cijfers\.csv"):
        guess("cijfers.csv", blocks_of(Upload("cijfers.csv", content)))


def test_a_mapping_without_what_it_needs_is_refused_with_the_way_out() -> None:
    content = TABLE.encode()
    for mapping, told in (
        (MetricsMapping("rows", metric="metric"), "its value"),
        (MetricsMapping("columns", metrics=("gone",)), "at least one"),
        (MetricsMapping("periods", metric="metric"), "of the periods"),
        (MetricsMapping("rows", "metric", "waarde", when="ooit"), "2026-03"),
    ):
        with pytest.raises(UnknownFormat, match=told):
            read_figures("cijfers.csv", content, mapping, DEFAULT_TAXONOMY)


def test_the_names_of_the_metrics_are_listed_to_choose_a_stage_for() -> None:
    mapping = guess("a.csv", blocks_of(Upload("a.csv", TABLE.encode()))).mapping
    assert names_in("a.csv", TABLE.encode(), mapping) == ("Conversieratio", "Reactietijd", "Omzet")


def test_a_metric_belongs_where_the_study_lists_it_else_where_it_is_usual() -> None:
    own = parse_taxonomy(
        '[{"id": "zoeken", "like": "consideration"},'
        ' {"id": "erna", "like": "loyalty", "kpis": ["NPS"]}]',
        "own",
    )
    assert known.place("Net Promoter Score", own).stage == "erna"
    assert known.place("Bounce rate", own).stage == "zoeken"
    assert known.place("Omzet", own).stage == ""
    assert known.place("Geluk", DEFAULT_TAXONOMY).stage == ""
    assert known.place("CTR (%)", load_taxonomy("three-stages")).stage == "before"


def test_every_bundled_metric_has_a_stage_and_names_of_its_own() -> None:
    taken: dict[str, str] = {}
    for metric in known.every().values():
        assert metric.stage in DEFAULT_TAXONOMY.ids
        for name in metric.names:
            assert taken.setdefault(name, metric.id) == metric.id


def test_every_measure_of_the_bundled_stages_is_known() -> None:
    listed = [(s.id, k) for s in DEFAULT_TAXONOMY.stages for k in s.kpis]
    assert [(s, k) for s, k in listed if (m := known.find(k)) is None or m.stage != s] == []


def test_the_last_period_is_shown_beside_the_one_before() -> None:
    rate = kpis(TABLE)["Conversieratio"]
    assert (rate.value, rate.period, rate.previous, rate.previous_period) == (
        2.4,
        "2026-02",
        2.1,
        "2026-01",
    )
    assert rate.met is False
    assert kpis(TABLE)["Reactietijd"].met is False


def test_a_lower_figure_meets_its_target_where_less_is_better() -> None:
    found = kpis("metric,value,target\nBounce rate,30%,40%\nGeluk,3,2\n")
    assert found["Bounce rate"].met is True
    assert found["Geluk"].met is None


def test_of_two_tables_with_the_same_figure_the_later_counts() -> None:
    one = "metric,value,period\nOrders,10,2026-01\nOrders,12,2026-02\n"
    two = "metric,value,period\nBestellingen,11,2026-01\nOrders,14,2026-03\n"
    found = kpis(one, two)["Orders"]
    assert (found.value, found.previous, found.source) == (14, 12, "1.csv")
    assert kpis(one, two.split("\nOrders")[0] + "\n")["Orders"].previous == 11


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut", b"PK\x03\x04 word/document.xml cut"])
@pytest.mark.parametrize("name", ["verslag.docx", "alles.zip", "verslag.odt"])
def test_a_document_is_not_called_a_damaged_excel_file(name: str, content: bytes) -> None:
    with pytest.raises(UnknownFormat, match="it is no table; save the figures as CSV") as refused:
        blocks_of(Upload(name, content))
    assert "damaged" not in refused.value.reason
