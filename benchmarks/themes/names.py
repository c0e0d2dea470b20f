"""Whether names of themes are right: a sheet for a fresh reader, and the count.

    python -m benchmarks.themes.names sheet --data ../shared --out sheet.jsonl
    python -m benchmarks.themes.names count --sheet sheet.jsonl --answers answers.jsonl

Sixty themes drawn from the two bundled studies and 400 answers of patients. The reader sees a
name with its four most central statements and four others, in an order that tells nothing, and
answers `{"n": 1, "right": true, "specific": true}`: right when at least half of these
statements are about what the name says, specific when it tells the theme from most others.
"""

import argparse
import csv
import json
from io import StringIO
from pathlib import Path
from random import Random

from benchmarks.personas.checks import analysed
from benchmarks.themes.sets import large
from research.model import Analysis, Upload, by_id
from research.resources import CORPORA

SAMPLE, CENTRAL, OTHERS, ANSWERS, SEED = 60, 4, 4, 400, 20261128
STUDIES = ("thuishaven", "planwerk")


def bundled(name: str) -> list[Upload]:
    """The files of a bundled study."""
    files = sorted(p for p in (CORPORA / "studies" / name / "files").rglob("*") if p.is_file())
    return [Upload(p.name, p.read_bytes()) for p in files]


def answers_of_patients(folder: Path) -> Upload:
    """Four hundred of the NHS answers, as a survey of one question."""
    texts = next(s for s in large(folder / "data") if s.name == "NHS answers").texts
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["What could we do better, and what did we do well?"])
    writer.writerows([t] for t in Random(SEED).sample(sorted(texts), ANSWERS))
    return Upload("answers.csv", text.getvalue().encode())


def themes_of(study: str, analysis: Analysis, dice: Random) -> list[dict[str, object]]:
    """The themes of a study, each with the statements that a reader sees."""
    said = by_id(analysis.statements)
    found = []
    for theme in analysis.themes:
        central, rest = theme.statements[:CENTRAL], list(theme.statements[CENTRAL:])
        dice.shuffle(rest)
        shown = [said[s].text for s in (*central, *rest[:OTHERS])]
        dice.shuffle(shown)
        row = {"study": study, "kind": theme.kind, "name": theme.label, "statements": shown}
        found.append(row | {"made_by": theme.made_by.partition(":")[0]})
    return found


def sheet(data: Path) -> list[dict[str, object]]:
    """Sixty themes, numbered."""
    dice = Random(SEED)
    found = [t for name in STUDIES for t in themes_of(name, analysed(bundled(name)), dice)]
    found += themes_of("patients", analysed([answers_of_patients(data)]), dice)
    dice.shuffle(found)
    return [{"n": n, **theme} for n, theme in enumerate(found[:SAMPLE], 1)]


def count(themes: list[dict[str, object]], answers: list[dict[str, object]]) -> str:
    """A table of what the reader found, by study."""
    told = {a["n"]: a for a in answers}
    rows = ["| study | names | right | specific | both |", "|---|---|---|---|---|"]
    for study in (*STUDIES, "patients", "all"):
        mine = [told[t["n"]] for t in themes if study in ("all", t["study"])]
        right, specific = (
            sum(bool(a["right"]) for a in mine),
            sum(bool(a["specific"]) for a in mine),
        )
        both = sum(bool(a["right"]) and bool(a["specific"]) for a in mine)
        rows.append(f"| {study} | {len(mine)} | {right} | {specific} | {both} |")
    return "\n".join(rows)


def main() -> None:
    """Write the sheet, or count the answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("do", choices=("sheet", "count"))
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("sheet.jsonl"))
    parser.add_argument("--sheet", type=Path, default=Path("sheet.jsonl"))
    parser.add_argument("--answers", type=Path, default=Path("answers.jsonl"))
    given = parser.parse_args()
    if given.do == "sheet":
        text = "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in sheet(given.data))
        given.out.write_text(text, encoding="utf-8")
        return
    lines, told = (
        [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines()]
        for path in (given.sheet, given.answers)
    )
    print(count(lines, told))


if __name__ == "__main__":
    main()
