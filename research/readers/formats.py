"""The table of formats, made of what the readers say of themselves."""

from dataclasses import dataclass

from research.contracts import Format
from research.readers import READERS

_EXPANDED = (
    (
        "refi-qda",
        Format(
            files=(".qdpx",),
            tools=("NVivo", "ATLAS.ti", "MAXQDA", "QualCoder", "Taguette"),
            read="each source with text as a file of its own; codes and codings on request",
            ignored=("pictures, sound and video", "sources outside the project"),
        ),
    ),
    (
        "zip",
        Format(
            files=(".zip",),
            tools=("any program that packs",),
            read="each file inside as if it had been added itself",
            ignored=("hidden files and what systems leave behind", "a zip in a zip, links"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a reader by its name, and what it reads."""

    reader: str
    format: Format


def formats() -> tuple[Row, ...]:
    """A line for every reader, in the order in which they are asked, then what is expanded."""
    read = [(reader.name, reader.format) for reader in READERS]
    return tuple(Row(name, format) for name, format in (*read, *_EXPANDED))


def as_markdown() -> str:
    """The table for the documentation."""
    lines = ["| reader | files | written by | what is read | what is ignored |"]
    lines.append("|---|---|---|---|---|")
    for row in formats():
        files = ", ".join(f"`{ending}`" for ending in row.format.files)
        ignored = "; ".join(row.format.ignored) or "nothing"
        cells = (f"`{row.reader}`", files, ", ".join(row.format.tools), row.format.read, ignored)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
