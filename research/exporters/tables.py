"""Tables as CSV that Excel opens well and that cannot run as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

BOM = "\ufeff"
# What a spreadsheet runs: also behind blanks, and in the wide letters of East Asia.
FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """UTF-8 with BOM, CRLF, every cell quoted."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8", "replace")


def guard(cell: str | int | float) -> str:
    """A cell as text; what a spreadsheet would take for a formula gets an apostrophe.

    Our own numbers stay numbers, also below zero. Tables that come back lose the apostrophe
    again, which is why one that was there gets a second.
    """
    text = str(cell).replace("\x00", "")
    return "'" + text if isinstance(cell, str) and FORMULA.match(text) else text
