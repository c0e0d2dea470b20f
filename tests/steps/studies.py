"""The bundled studies, each analysed once, and small studies made of a few sentences."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from research.contracts import Vectors
from research.embedding import embed
from research.encoders import HybridEncoder, StatementReader
from research.exporters import AnalysisJson
from research.model import Analysis, Channel, Claim, Statement, Upload
from research.pipeline import analyse
from research.readers.files import open_paths
from research.resources import CORPORA
from research.steps.classify import classify
from research.steps.tagger import Read, as_read

NAMES = ("thuishaven", "planwerk")
LEFT_OUT = "planwerk-interview-6.txt"
ATTRIBUTES = "participants.tsv"


class Memory:
    """A vector cache in memory that remembers what it was given."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Vectors] = {}
        self.given: list[str] = []

    def get_many(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The known vectors."""
        return {t: self.known[model, t] for t in texts if (model, t) in self.known}

    def put_many(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors."""
        self.given += texts
        self.known |= {(model, t): v for t, v in zip(texts, vectors, strict=True)}


CACHE = Memory()


@cache
def encoder() -> HybridEncoder:
    """The embedded encoder, loaded once."""
    return HybridEncoder()


@cache
def uploads(name: str) -> tuple[Upload, ...]:
    """The files of a bundled study."""
    return open_paths([CORPORA / "studies" / name / "files"]).uploads


def some(name: str, wanted: Callable[[str], bool]) -> list[Upload]:
    """The files of a bundled study whose names are wanted."""
    return [u for u in uploads(name) if wanted(u.name)]


def run(files: Sequence[Upload], previous: Analysis | None = None) -> Analysis:
    """An analysis whose vectors are shared with the other tests."""
    return analyse(files, study="test", encoder=encoder(), cache=CACHE, previous=previous)


@cache
def analysed(name: str) -> Analysis:
    """A bundled study, whole."""
    return run(uploads(name))


@cache
def without_one() -> Analysis:
    """The English study without the files of one of its participants."""
    return run(some("planwerk", lambda file: file != LEFT_OUT))


@cache
def grown() -> Analysis:
    """The study after the interview that was missing came in."""
    return run(uploads("planwerk"), without_one())


def exported(analysis: Analysis) -> bytes:
    """The bytes of analysis.json."""
    return AnalysisJson().export(analysis)


def fingerprint(analysis: Analysis) -> str:
    """The SHA-256 of analysis.json."""
    return hashlib.sha256(exported(analysis)).hexdigest()


def without_notes(analysis: Analysis) -> dict[str, object]:
    """analysis.json without what is told about the files."""
    data: dict[str, object] = json.loads(exported(analysis))
    return {key: value for key, value in data.items() if key not in ("notes", "refused")}


def a_talk(name: str, *answers: str, who: str = "Deelnemer 1") -> Upload:
    """A transcript in which somebody answers questions."""
    turns = [f"Interviewer: Hoe ging dat?\n{who}: {answer}\n" for answer in answers]
    return Upload(name, "".join(turns).encode())


def some_talks(*answers: str) -> list[Upload]:
    """A transcript for each answer, each of somebody else."""
    return [
        a_talk(f"gesprek-{i}.txt", answer, who=f"Deelnemer {i}")
        for i, answer in enumerate(answers, 1)
    ]


def claims(analysis: Analysis) -> Iterator[Claim]:
    """Every claim of every persona and of every map."""
    for persona in analysis.personas:
        yield from persona.claims
    for drawn in analysis.maps:
        for cell in drawn.cells:
            yield from cell.claims


def people_of(analysis: Analysis, statements: Sequence[str]) -> set[str]:
    """Whose statements these are."""
    who = {s.id: s.participant for s in analysis.statements}
    return {who[s] for s in statements}


def a_statement(
    number: int,
    text: str,
    *,
    channel: Channel = "interview",
    question: str = "",
    rating: float | None = None,
    language: str = "nl",
) -> Statement:
    """A statement that nobody has judged yet, each of somebody else."""
    return Statement(
        id=f"s-{number}",
        source=f"file-{number}",
        participant=f"p-{number}",
        passage=0,
        start=0,
        end=len(text),
        text=text,
        place="",
        channel=channel,
        language=language,
        question=question,
        rating=rating,
    )


def judged(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with kind, valence and touchpoints."""

    def look(texts: Sequence[str]) -> Read:
        return as_read(embed(texts, StatementReader(encoder()), CACHE))

    return classify(statements, look([s.text for s in statements]), look).statements
