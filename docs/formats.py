"""Writes the table of formats into the reference, from what the readers say of themselves."""

from pathlib import Path

from research.readers.formats import as_markdown

REFERENCE = Path(__file__).parent / "reference.md"
START, END = "<!-- formats: made by docs/formats.py -->\n", "<!-- /formats -->\n"


def written(text: str) -> str:
    """The reference with the table as it is now."""
    before, _, rest = text.partition(START)
    return before + START + as_markdown() + END + rest.partition(END)[2]


if __name__ == "__main__":
    REFERENCE.write_text(written(REFERENCE.read_text(encoding="utf-8")), encoding="utf-8")
