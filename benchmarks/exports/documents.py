"""Lists, documents and slides: size, time and memory of a large study, and LibreOffice.

`make bench-documents`. Every export of a study of 5,000 pain points and 50,000 quotes is made
in a process of its own. Those that an office suite opens are opened by LibreOffice without a
screen and printed to PDF; `--pictures DIR` keeps pictures of the pages (pdftoppm).
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from research import exporting
from research.exporters import EXPORTERS
from research.model import (
    About,
    Analysis,
    Base,
    Claim,
    Coverage,
    Evidence,
    MadeBy,
    Participant,
    Passage,
    Persona,
    Source,
    StageShare,
    StageTag,
    Statement,
    Theme,
)
from research.stages import DEFAULT_TAXONOMY

PAINS, QUOTES, PEOPLE, PERSONAS = 5_000, 50_000, 2_000, 10
MOST_SECONDS, MOST_MEGABYTES, GIVEN_UP = 30, 1_000, 120
OFFICE = (".xlsx", ".docx", ".pptx", ".csv")
SAID = "De bezorger kwam later dan beloofd en niemand liet weten waar het pakket was ({n})."
ABOUT = About("Groot onderzoek", "2026-03-31", 3, 12, ("Anne",))


def large() -> Analysis:
    """A study of as many pain points and quotes as an export must bear."""
    stages = DEFAULT_TAXONOMY.ids
    texts = [SAID.format(n=n) for n in range(QUOTES)]
    passages = tuple(Passage(n, t, f"row {n}", "survey", f"row {n}") for n, t in enumerate(texts))
    source = Source("a" * 16, "groot.csv", "survey", passages)
    people = tuple(
        Participant(f"p{n}", f"Respondent {n + 1}", (), (source.id,), "survey")
        for n in range(PEOPLE)
    )
    statements = tuple(_statement(source.id, n, text, stages) for n, text in enumerate(texts))
    themes = tuple(_theme(n, statements[n::PAINS]) for n in range(PAINS))
    share = PEOPLE // PERSONAS
    groups = [people[n * share : (n + 1) * share] for n in range(PERSONAS)]
    return exporting.alone(
        Analysis(
            study="Groot onderzoek",
            language="nl",
            taxonomy=DEFAULT_TAXONOMY,
            sources=(source,),
            refused=(),
            speakers=(),
            participants=people,
            statements=statements,
            themes=themes,
            personas=tuple(_persona(n, group, themes) for n, group in enumerate(groups)),
            unplaced=(),
            maps=(),
            coverage=Coverage(QUOTES, QUOTES, QUOTES, 0, (), QUOTES),
            saturation=(),
            made_by=MadeBy("klantbeeld", "none", "", "", ()),
            about=ABOUT,
        )
    )


def _statement(source: str, number: int, text: str, stages: tuple[str, ...]) -> Statement:
    return Statement(
        id=f"{source}-{number}-0",
        source=source,
        participant=f"p{number % PEOPLE}",
        passage=number,
        start=0,
        end=len(text),
        text=text,
        place=f"row {number}",
        channel="survey",
        language="nl",
        kind="pain",
        valence=-1,
        stages=(StageTag(stages[number % len(stages)], 0.9),),
        touchpoints=("delivery",),
    )


def _theme(number: int, said: tuple[Statement, ...]) -> Theme:
    people = tuple(dict.fromkeys(s.participant for s in said))
    return Theme(
        id=f"pain-{number}",
        kind="pain",
        label=f"Bezorging komt later dan beloofd ({number})",
        definition="Mensen vertellen dat het pakket later kwam dan was beloofd.",
        evidence=tuple(Evidence(s.id) for s in said),
        participants=people,
        sources=("a" * 16,),
        quotes=tuple(s.id for s in said[:5]),
        stage_profile=(StageShare(said[0].stages[0].stage, len(people), len(said)),),
        valence=-1.0,
        stability=0.8,
        family="",
        nearest="",
    )


def _persona(number: int, people: tuple[Participant, ...], themes: tuple[Theme, ...]) -> Persona:
    claims = tuple(
        Claim("pain", t.label, t.evidence, 5, len(people), 0.1, 0.3, "strong", "rule", theme=t.id)
        for t in themes[number * 10 : number * 10 + 10]
    )
    return Persona(
        id=f"persona-{number}",
        name=f"De ongeduldige wachter {number + 1}",
        kind="statistical draft",
        status="draft",
        size="persona",
        summary="Wacht op een pakket en wil weten waar het is.",
        participants=tuple(p.id for p in people),
        misfits=(),
        base=Base(len(people), PEOPLE, 5_000, 1, ("nl",)),
        claims=claims,
        demographics=(),
        distinctness=0.5,
        nearest="",
        stability=0.7,
    )


def make(name: str, path: Path) -> None:
    """Make one export here and print its seconds and the megabytes at its peak."""
    exporter = exporting.find_exporter(name)
    analysis = large()
    start = time.perf_counter()
    path.write_bytes(exporter.export(analysis))
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


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
    parser.add_argument("--make", help="make one export, for the process that is measured")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--analysis", type=Path, help="an analysis.json to open in LibreOffice")
    parser.add_argument("--pictures", type=Path, help="where pictures of the pages go")
    chosen = parser.parse_args()
    if chosen.make:
        make(chosen.make, chosen.out)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _sizes(folder)
        if chosen.analysis:
            _opened(chosen.analysis, folder)
        if chosen.pictures:
            pictures(folder, chosen.pictures)


def _sizes(folder: Path) -> None:
    print(f"{PAINS:,} pain points, {QUOTES:,} quotes, {PEOPLE:,} people, {PERSONAS} personas\n")
    print("| file | seconds | peak MB | size MB | within |\n|---|---|---|---|---|")
    for exporter in EXPORTERS:
        path = folder / f"large-{exporter.filename}"
        command = [sys.executable, "-m", "benchmarks.exports.documents", "--make", exporter.name]
        command += ["--out", str(path)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=GIVEN_UP)
        except subprocess.TimeoutExpired:
            print(f"| {exporter.filename} | over {GIVEN_UP} | | | no |")
            continue
        if done.returncode:
            print(f"| {exporter.filename} | failed: {done.stderr.splitlines()[-1]} | | | no |")
            continue
        seconds, peak = map(float, done.stdout.split())
        size = path.stat().st_size / 2**20
        within = "yes" if seconds <= MOST_SECONDS and peak <= MOST_MEGABYTES else "no"
        print(
            f"| {exporter.filename} | {seconds:.1f} | {peak:.0f} | {size:.1f} | {within} |",
            flush=True,
        )
        path.unlink()


def _opened(analysis: Path, folder: Path) -> None:
    whole = exporting.read_analysis(analysis)
    whole = replace(whole, about=replace(whole.about, date="2026-03-31", run=3, decision=12))
    print("\n| file | printed by LibreOffice |\n|---|---|")
    for exporter in EXPORTERS:
        path = folder / exporter.filename
        path.write_bytes(exporter.export(whole))
        if path.suffix in OFFICE:
            print(f"| {exporter.filename} | {printed(path, folder)} |")


if __name__ == "__main__":
    main()
