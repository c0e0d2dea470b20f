"""Whether the evidence supports the lines of personas: a sheet for a fresh reader, and the count.

    python -m benchmarks.personas.claims sheet --out sheet.jsonl
    python -m benchmarks.personas.claims count --sheet sheet.jsonl --answers answers.jsonl

The reader sees a line, its kind and every quote that it rests on (at most eight), and answers
`{"n": 1, "supported": "yes" | "partly" | "no"}`: yes when most of these quotes, read alone,
say what the line says. Lines that are quotes themselves or a mean of feelings are not asked.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from random import Random

from benchmarks.personas.checks import analysed
from benchmarks.personas.planted import studies
from research.model import Analysis, Claim, by_id

ASKED = ("goal", "motivation", "pain", "behaviour", "criterion", "trigger", "channel", "touchpoint")
MOST_QUOTES, SAMPLE, SEED = 8, 80, 20261127
ANSWERS = ("yes", "partly", "no")


def lines_of(study: str, analysis: Analysis) -> list[dict[str, object]]:
    """The lines of all personas of a study with their quotes; those that are quotes left out."""
    said = by_id(analysis.statements)
    claims = [c for p in analysis.personas for c in p.claims if c.kind in ASKED and c.evidence]
    asked = [c for c in claims if not _is_quote(c, said[c.statements[0]].text)]
    return [
        {
            "study": study,
            "kind": c.kind,
            "line": c.text,
            "made_by": c.made_by,
            "quotes": [said[s].text for s in c.statements[:MOST_QUOTES]],
        }
        for c in asked
    ]


def _is_quote(claim: Claim, text: str) -> bool:
    return claim.made_by == "verbatim@1" or claim.text == text


def sheet() -> list[dict[str, object]]:
    """A sample of lines of the test studies, numbered, in an order that tells nothing."""
    found: list[dict[str, object]] = []
    for study in studies("test"):
        found += lines_of(study.name, analysed(study.uploads()))
    found.sort(key=lambda line: json.dumps(line, sort_keys=True))
    Random(SEED).shuffle(found)
    return [{"n": n, **line} for n, line in enumerate(found[:SAMPLE], 1)]


def count(lines: list[dict[str, object]], answers: dict[int, str]) -> str:
    """A table of what the reader found, by kind of line."""
    kinds = sorted({str(line["kind"]) for line in lines})
    rows = ["| kind of line | lines | supported | partly | not |", "|---|---|---|---|---|"]
    for kind in (*kinds, "all"):
        mine = [line for line in lines if kind in ("all", line["kind"])]
        told = Counter(answers[int(str(line["n"]))] for line in mine)
        share = f"{told['yes']} ({told['yes'] / len(mine):.0%})"
        rows.append(f"| {kind} | {len(mine)} | {share} | {told['partly']} | {told['no']} |")
    return "\n".join(rows)


def read_answers(path: Path) -> dict[int, str]:
    """The reader's answers by number. Raises `ValueError` on any other answer."""
    found = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        if row["supported"] not in ANSWERS:
            raise ValueError(f"line {row['n']}: choose one of {', '.join(ANSWERS)}")
        found[int(row["n"])] = row["supported"]
    return found


def main() -> None:
    """Write the sheet, or count the answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("do", choices=("sheet", "count"))
    parser.add_argument("--out", type=Path, default=Path("sheet.jsonl"))
    parser.add_argument("--sheet", type=Path, default=Path("sheet.jsonl"))
    parser.add_argument("--answers", type=Path, default=Path("answers.jsonl"))
    given = parser.parse_args()
    if given.do == "sheet":
        text = "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in sheet())
        given.out.write_text(text, encoding="utf-8")
        return
    lines = [json.loads(x) for x in given.sheet.read_text(encoding="utf-8").splitlines()]
    print(count(lines, read_answers(given.answers)))


if __name__ == "__main__":
    main()
