"""Lists, documents and slides opened by LibreOffice without a screen, and printed to PDF.

`make bench-documents BENCH="--analysis FILE"`, of an analysis.json; `--pictures DIR` keeps
pictures of the pages (pdftoppm). What exports of a large study take is measured by
`make bench-exports`.
"""

import argparse
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from research import exporting
from research.exporters import EXPORTERS

OFFICE = (".xlsx", ".docx", ".pptx", ".csv")


def printed(path: Path, folder: Path) -> str:
    """How many pages LibreOffice prints of a file; why not, when it cannot open it."""
    office = shutil.which("soffice")
    if office is None:
        return "no LibreOffice here"
    command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    made = folder / f"{path.stem}.pdf"
    if not made.exists():
        return "not opened"
    from pypdf import PdfReader

    return f"{len(PdfReader(made).pages)} pages"


def pictures(folder: Path, kept: Path) -> None:
    """Pictures of the first pages of every PDF in a folder."""
    kept.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.pdf")):
        command = ["pdftoppm", "-r", "60", "-l", "8", "-png", str(path), str(kept / path.stem)]
        subprocess.run(command, check=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--analysis", type=Path, required=True, help="an analysis.json to open")
    parser.add_argument("--pictures", type=Path, help="where pictures of the pages go")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _opened(chosen.analysis, folder)
        if chosen.pictures:
            pictures(folder, chosen.pictures)


def _opened(analysis: Path, folder: Path) -> None:
    whole = exporting.read_analysis(analysis)
    whole = replace(whole, about=replace(whole.about, date="2026-03-31", run=3, decision=12))
    print("| file | printed by LibreOffice |\n|---|---|")
    for exporter in EXPORTERS:
        path = folder / exporter.filename
        path.write_bytes(exporter.export(whole))
        if path.suffix in OFFICE:
            print(f"| {exporter.filename} | {printed(path, folder)} |")


if __name__ == "__main__":
    main()
