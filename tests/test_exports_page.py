"""The page about exports says what the exporters say."""

from benchmarks.exports import big
from benchmarks.exports.table import PAGE, table, written
from research import exporting
from research.exporters import EXPORTERS


def test_the_table_on_the_page_is_that_of_the_exporters() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert table() in page
    assert written(page) == page
    assert all(f"| `{e.name}` |" in page for e in EXPORTERS)


def test_an_old_table_would_be_noticed() -> None:
    assert written("a\n<!-- exports -->\nold\n<!-- /exports -->\nb\n").count(table()) == 1


def test_the_large_study_of_the_benchmark_can_be_written() -> None:
    made = exporting.alone(big.study(20, 100))
    assert (len(made.shown), len(made.statements), len(made.about.plans)) == (20, 100, 20)
    assert all(exporter.export(made) for exporter in EXPORTERS)
