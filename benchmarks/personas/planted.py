"""Planted studies: interviews that were written with their personas known."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from research.model import Upload
from research.resources import CORPORA

FOLDER = CORPORA / "personas"
SPOKEN = {
    "nl": ("Interviewer: ", "Deelnemer: "),
    "en": ("Interviewer: ", "Participant: "),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A planted statement with what its writer meant by it."""

    participant: str
    turn: int
    question: str
    text: str
    kind: str
    stage: str
    valence: int
    theme: str


@dataclass(frozen=True)
class Planted:
    """A study, its people's personas (empty: fits none), and its statements in order."""

    name: str
    language: str
    persona_of: dict[str, str]
    lines: tuple[Line, ...]
    table: bytes

    @cached_property
    def personas(self) -> int:
        """How many personas were planted."""
        return len(set(self.persona_of.values()) - {""})

    def uploads(self) -> list[Upload]:
        """A transcript for each person and the table of participants, as a user gives them."""
        files = [
            Upload(f"{who}.txt", self.transcript(who).encode()) for who in sorted(self.persona_of)
        ]
        return [*files, Upload("participants.csv", self.table)]

    def transcript(self, who: str) -> str:
        """What was asked and what was answered, a paragraph a turn."""
        asks, says = SPOKEN.get(self.language, SPOKEN["en"])
        turns: dict[int, list[Line]] = {}
        for line in self.lines:
            if line.participant == who:
                turns.setdefault(line.turn, []).append(line)
        told = [
            f"{asks}{said[0].question}\n\n{says}{' '.join(one.text for one in said)}"
            for said in turns.values()
        ]
        return "\n\n".join(told) + "\n"


def studies(part: str) -> Iterator[Planted]:
    """The studies of `development` or `test`, by name."""
    for folder in sorted(path.parent for path in (FOLDER / part).glob("*/study.json")):
        yield load(folder)


def load(folder: Path) -> Planted:
    """A study from its folder."""
    told = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    rows = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return Planted(
        name=folder.name,
        language=str(told["language"]),
        persona_of={who: str(persona or "") for who, persona in told["people"].items()},
        lines=tuple(_line(json.loads(row)) for row in rows if row.strip()),
        table=(folder / "participants.csv").read_bytes(),
    )


def _line(row: dict[str, object]) -> Line:
    return Line(
        participant=str(row["participant"]),
        turn=int(str(row["turn"])),
        question=str(row["question"]),
        text=" ".join(str(row["text"]).split()),
        kind=str(row["kind"]),
        stage=str(row["stage"] or ""),
        valence=int(str(row["valence"])),
        theme=str(row["theme"] or ""),
    )
