"""The table of exports in docs/exports.md, from the exporters' own cards.

`python -m benchmarks.exports.table` writes it anew; a test tells when it is out of date.
"""

from pathlib import Path

from research.exporting import listed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exports.md"
START, END = "<!-- exports -->\n", "<!-- /exports -->\n"


def table() -> str:
    """A row for each export, group by group."""
    rows = ["| export | file | what it carries | limits | checked with |", "|---|---|---|---|---|"]
    rows += [
        f"| `{e.name}` | `{e.filename}` | {c.carries} | {c.limits} | {c.checked} |"
        for e, c in listed()
    ]
    return "\n".join(rows) + "\n"


def written(page: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}{table()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
