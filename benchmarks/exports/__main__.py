"""`make bench-exports`: what every export of 5,000 pain points and 50,000 quotes takes.

With `--node FOLDER`, a folder in which npm installed mermaid, jsdom, @excalidraw/excalidraw,
react, react-dom and esbuild, Mermaid itself also parses files in which every label is hostile,
and must find in each as many tasks and nodes as in a file with plain labels; and Excalidraw
must restore and draw every element.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.exports.big import study
from research.exporters import EXPORTERS
from research.exporters.maps.excalidraw import Excalidraw
from research.exporters.maps.mermaid import MermaidJourney, MermaidMindmap, MermaidTimeline
from research.model import Analysis

HERE = Path(__file__).resolve().parent
MOST_SECONDS, MOST_BYTES = 30, 1_000_000_000
LABELS = (
    "plain",
    "Time: 10 min: 3: Me",
    "a; b # c",
    "Cost (high) [x] {y}",
    'say "so" `now`',
    "title of it",
    "section",
    "end",
    "%%{init: {}}%%",
    "accTitle: x",
    "::icon(fa fa-book)",
    "<b>bold</b> &amp; #58;",
    "\u05e2\u05d1\u05e8\u05d9\u05ea e\u0301 \U0001f600",
    "---",
)


def table(names: Sequence[str] = ()) -> Iterator[str]:
    """A row an exporter (of those named, or all): what it takes in a process of its own.

    Seconds are of the processor, for the machine may be shared.
    """
    yield "| export | MB | seconds of CPU | peak memory, MB | within 30 s and 1 GB |"
    yield "|---|---|---|---|---|"
    for exporter in (e for e in EXPORTERS if not names or e.name in names):
        command = [sys.executable, "-m", "benchmarks.exports.job", exporter.name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(done.stdout)
        fits = told["seconds"] <= MOST_SECONDS and told["peak"] <= MOST_BYTES
        cells = (
            f"`{exporter.name}`",
            f"{told['size'] / 1e6:.1f}",
            f"{told['seconds']:.1f}",
            f"{told['peak'] / 1e6:.0f}",
            "yes" if fits else "no",
        )
        yield f"| {' | '.join(cells)} |"


def labelled(analysis: Analysis, label: str) -> Analysis:
    """The study with one text for every label."""
    maps = tuple(
        replace(
            m,
            cells=tuple(
                replace(c, claims=tuple(replace(k, text=label) for k in c.claims)) for c in m.cells
            ),
        )
        for m in analysis.maps
    )
    return replace(
        analysis,
        study=label,
        maps=maps,
        themes=tuple(replace(t, label=label) for t in analysis.themes),
        personas=tuple(replace(p, name=label) for p in analysis.personas),
    )


def parsed(node: Path) -> Iterator[str]:
    """What Mermaid makes of hostile labels. Raises `AssertionError` when it is not the same."""
    small = study(20, 200)
    kinds = (MermaidJourney(), MermaidMindmap(), MermaidTimeline())
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            paths = []
            for number, label in enumerate(LABELS):
                paths.append(Path(folder) / f"{number}-{kind.filename}")
                paths[-1].write_bytes(kind.export(labelled(small, label)))
            shapes = _shapes(node, paths)
            assert len(shapes) == len(LABELS) and len(set(shapes)) == 1, (kind.name, shapes)
            yield f"{kind.name}: Mermaid reads {len(shapes)} files as {shapes[0]}"


def _shapes(node: Path, paths: Sequence[Path]) -> list[str]:
    script = node / "klantbeeld-mermaid.mjs"
    script.write_text((HERE / "mermaid.mjs").read_text(encoding="utf-8"), encoding="utf-8")
    command = ["node", str(script), *map(str, paths)]
    done = subprocess.run(command, cwd=node, check=True, capture_output=True, text=True)
    return [json.loads(line)["shape"] for line in done.stdout.splitlines()]


def restored(node: Path, chromium: str = "/usr/bin/chromium") -> str:
    """What Excalidraw makes of hostile labels. Raises `AssertionError` when it drops anything."""
    script = node / "klantbeeld-excalidraw.mjs"
    script.write_text((HERE / "excalidraw.mjs").read_text(encoding="utf-8"), encoding="utf-8")
    bundle = ["npx", "esbuild", script.name, "--bundle", "--format=iife", "--log-level=error"]
    bundle += ["--outfile=klantbeeld-excalidraw.js", "--loader:.woff2=dataurl"]
    bundle += ["--loader:.css=empty", '--define:process.env.NODE_ENV="production"']
    bundle += ['--define:process.env.IS_PREACT="false"']
    subprocess.run(bundle, cwd=node, check=True)
    drawing = Excalidraw().export(labelled(study(20, 200), " ".join(LABELS))).decode("utf-8")
    data = drawing.replace("<", "\\u003c")
    page = node / "klantbeeld-excalidraw.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><body><script>window.DRAWING={data}</script>"
        "<script src=klantbeeld-excalidraw.js></script>",
        encoding="utf-8",
    )
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    command = [chromium, *flags, "--virtual-time-budget=30000", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    title = done.stdout.partition("<title>")[2].partition("</title>")[0]
    told = json.loads(title)
    assert told["kept"] == told["given"] and not told["deleted"], told
    return f"excalidraw: {told['kept']} elements restored and drawn"


def main() -> None:
    """Print the table, and with `--node` what Mermaid says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node", type=Path)
    parser.add_argument("names", nargs="*", help="exports, by name; all when none is given")
    asked = parser.parse_args()
    if asked.node:
        for line in parsed(asked.node):
            print(line)
        print(restored(asked.node.resolve()))
    for line in table(asked.names):
        print(line, flush=True)


if __name__ == "__main__":
    main()
