"""A small study and its analysis, built by hand, for the tests of the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fastapi.testclient import TestClient

from api.app import create_app
from research import studies
from research.model import (
    Analysis,
    Base,
    Cell,
    Claim,
    Coverage,
    Distribution,
    Evidence,
    JourneyMap,
    Kind,
    MadeBy,
    Participant,
    Passage,
    Persona,
    SaturationPoint,
    SetAside,
    Source,
    Speaker,
    Stage,
    StageShare,
    StageTag,
    StageTaxonomy,
    Statement,
    Theme,
    ThemeTree,
    TreeGroup,
)
from research.settings import Settings
from research.store import Store, analyses, open_store, runs

HOSTILE = "<script>window.hacked = true</script><b>vet</b> & zo"
STAGES = StageTaxonomy(
    "five",
    tuple(
        Stage(id, nl, en, "", "", (id,))
        for id, nl, en in (
            ("awareness", "Bewustwording", "Awareness"),
            ("consideration", "Overweging", "Consideration"),
            ("purchase", "Aankoop", "Purchase"),
            ("service", "Service", "Service"),
            ("loyalty", "Loyaliteit", "Loyalty"),
        )
    ),
)
SAID: tuple[tuple[Kind, str, str], ...] = (
    ("pain", "service", "Het pakket stond drie dagen op de verkeerde plek en niemand wist het."),
    ("motivation", "consideration", "Ik wil eerst weten of ik het gratis terug mag sturen."),
    ("praise", "service", "De bezorger belde netjes aan, dat vond ik attent."),
    ("context", "", "We wonen met zijn vieren in een flat op de derde."),
    ("pain", "purchase", "Bij het betalen sprong de pagina twee keer terug naar het begin."),
    ("motivation", "loyalty", "Als het een keer goed gaat, bestel ik er gewoon weer."),
)
PEOPLE = 9


HERE = "http://127.0.0.1:8765"


@dataclass(frozen=True)
class Site:
    """The application over a data folder with one analysed study."""

    client: TestClient
    store: Store
    study: str

    @property
    def root(self) -> str:
        """The address of the study."""
        return f"/studies/{self.study}"


def site(home: Path) -> Site:
    """An application with the study below already analysed; no background runs."""
    store = open_store(home)
    study = studies.create_study(store, "Webwinkel", language="nl").id
    analyses.save(store, runs.begin(store, study), analysis(), ())
    client = TestClient(
        create_app(Settings(home=home, max_upload_mb=1)),
        base_url=HERE,
        headers={"accept-language": "nl"},
        follow_redirects=False,
    )
    return Site(client, store, study)


def analysis() -> Analysis:
    """Nine people in three interviews, four themes, two personas, three maps."""
    sources = tuple(_source(n) for n in range(3))
    statements = tuple(s for source in sources for s in _statements(source))
    themes = _themes(statements)
    personas = _personas(themes)
    return Analysis(
        study="Webwinkel",
        language="nl",
        taxonomy=STAGES,
        sources=sources,
        refused=(("foto.docx", "this is an image, not a document; export it as text"),),
        speakers=tuple(Speaker(s.id, "Interviewer", "interviewer", "label", 3) for s in sources),
        participants=tuple(_participant(n) for n in range(PEOPLE)),
        statements=statements,
        themes=themes,
        trees=(_tree("pain", themes), _tree("motivation", themes)),
        personas=personas,
        unplaced=("p8",),
        maps=(_map(None, 9, themes), *(_map(p.id, p.base.people, themes) for p in personas)),
        coverage=_coverage(statements, themes),
        saturation=tuple(
            SaturationPoint(n, 4 * (1 - 0.6**n), 4 * 0.6 ** (n - 1) * 0.4)
            for n in range(1, PEOPLE + 1)
        ),
        made_by=MadeBy("klantbeeld 0.1.0", "hybrid", "1", "tagger 1", (("seed", "0"),)),
        notes=("A language that is neither Dutch nor English was found in 1 passage.",),
    )


def _source(number: int) -> Source:
    """An interview with three people, and a question of the interviewer before each."""
    passages: list[Passage] = []
    for turn in range(3):
        person = number * 3 + turn
        said = " ".join(text for _, _, text in SAID)
        said += f" {HOSTILE}" if person == 0 else ""
        at = len(passages)
        passages += [
            Passage(at, "Hoe ging dat?", "Interviewer", "interview", "00:00:05", "interviewer"),
            Passage(
                at + 1, said, f"Deelnemer {person + 1}", "interview", "00:01:10", "participant"
            ),
        ]
    return Source(
        id=f"{number:016x}",
        name=f"interview-{number + 1}.vtt",
        reader="webvtt",
        passages=tuple(passages),
        set_aside=(SetAside("00:09:00", "weet niet", "no answer"),) if number == 0 else (),
        notes=("2 columns ignored: id, token",) if number == 1 else (),
    )


def _statements(source: Source) -> Iterable[Statement]:
    """The statements in a source; each text stands in its passage as it is."""
    for passage in source.passages:
        if passage.role == "interviewer":
            continue
        told = [*SAID, ("pain", "service", HOSTILE)] if HOSTILE in passage.text else SAID
        for kind, stage, text in told:
            start = passage.text.index(text)
            yield Statement(
                id=f"{source.id}-{passage.index}-{start}",
                source=source.id,
                participant=f"p{int(passage.voice.split()[-1]) - 1}",
                passage=passage.index,
                start=start,
                end=start + len(text),
                text=text,
                place=passage.place,
                channel="interview",
                language="nl",
                kind=kind,  # type: ignore[arg-type]  # the list above mixes in a hostile line
                kind_score=0.8,
                valence={"pain": -1, "praise": 1}.get(kind, 0),
                stages=(StageTag(stage, 0.7),) if stage else (),
            )


def _participant(number: int) -> Participant:
    """A participant with an age group."""
    ages = ("18-34", "35-54", "55+")
    return Participant(
        id=f"p{number}",
        label=f"Deelnemer {number + 1}",
        attributes=(("leeftijd", ages[number % 3]),),
        sources=(f"{number // 3:016x}",),
        channel="interview",
    )


def _themes(statements: tuple[Statement, ...]) -> tuple[Theme, ...]:
    """A theme for each pain point and motivation, and one of a single voice."""
    named = (
        ("t0", "pain", 0, "Pakket zoekraken zonder uitleg", PEOPLE),
        ("t1", "pain", 4, "Betalen lukt niet in één keer", 6),
        ("t2", "motivation", 1, "Eerst zekerheid over terugsturen", 8),
        ("t3", "motivation", 5, "Terugkomen als het een keer goed ging", 1),
    )
    return tuple(_theme(statements, *fields) for fields in named)


def _theme(
    statements: tuple[Statement, ...], id: str, kind: str, said: int, label: str, people: int
) -> Theme:
    """A theme of the people who said one of the things above."""
    text = SAID[said][2]
    found = [s for s in statements if s.text == text][:people]
    return Theme(
        id=id,
        kind="pain" if kind == "pain" else "motivation",
        label=label,
        definition=f"Mensen vertellen dat {label[0].lower()}{label[1:]}.",
        evidence=tuple(Evidence(s.id, 0.9) for s in found),
        participants=tuple(s.participant for s in found),
        sources=tuple(dict.fromkeys(s.source for s in found)),
        quotes=tuple(s.id for s in found[:3]),
        stage_profile=(StageShare(SAID[said][1], len(found), len(found)),),
        valence=-1.0 if kind == "pain" else 0.0,
        stability=0.85,
        family="",
        nearest="t1" if id == "t0" else "t0",
        loose=(found[-1].id,) if people == 6 else (),
        counter=tuple(s.id for s in statements if s.kind == "praise")[:2] if id == "t0" else (),
    )


def claim(theme: Theme, kind: str, of: int) -> Claim:
    """What a theme says about a group."""
    people = min(theme.people, of)
    return Claim(
        kind=kind,
        text=theme.label,
        evidence=theme.evidence[:people],
        people=people,
        of=of,
        low=0.3,
        high=0.9,
        strength="strong" if people > 2 else "anecdotal",
        made_by="rule",
        stage=theme.stage_profile[0].stage,
        theme=theme.id,
        counter=theme.counter,
    )


def _personas(themes: tuple[Theme, ...]) -> tuple[Persona, ...]:
    """A provisional persona of five people and a signal of three."""
    return (
        _persona("a", "De nachecker", tuple(f"p{n}" for n in range(5)), themes, "provisional"),
        _persona("b", "De terugkomer", ("p5", "p6", "p7"), themes, "signal"),
    )


def _persona(
    id: str, name: str, people: tuple[str, ...], themes: tuple[Theme, ...], size: str
) -> Persona:
    """A persona with a claim for each theme."""
    n = len(people)
    return Persona(
        id=id,
        name=name,
        kind="qualitative draft",
        status="draft",
        size="signal" if size == "signal" else "provisional",
        summary="Controleert alles voor de bestelling en wil weten waar het pakket is.",
        participants=people,
        misfits=people[-1:],
        base=Base(n, PEOPLE, n * 6, 2, ("nl",)),
        claims=(
            *(claim(t, "motivation", n) for t in themes if t.kind == "motivation"),
            *(claim(t, "pain", n) for t in themes if t.kind == "pain"),
            claim(themes[0], "quote", n),
        ),
        demographics=(Distribution("leeftijd", (("18-34", 2), ("35-54", 1)), 3),),
        distinctness=0.42,
        nearest="b" if id == "a" else "a",
        stability=0.66,
    )


def _tree(kind: Literal["pain", "motivation"], themes: tuple[Theme, ...]) -> ThemeTree:
    """Its themes, the later ones to be joined to the first, none to be split."""
    mine = [t for t in themes if t.kind == kind]
    return ThemeTree(
        kind=kind,
        method="leiden@2, exact neighbours",
        dial=0,
        groups=tuple(TreeGroup(i, t.label, t.statements) for i, t in enumerate(mine)),
        joins=tuple((i, 0, 0.5) for i in range(1, len(mine))),
        parts=(),
    )


def _map(persona: str | None, people: int, themes: tuple[Theme, ...]) -> JourneyMap:
    """A map with emotions at service, thoughts, and otherwise the themes."""
    pains = claim(themes[0], "pain", people)
    cells = [
        Cell(stage, row)
        if stage != "service"
        else Cell(stage, row, (pains,), statements=pains.statements, people=3)
        for row in ("thoughts", "pain points", "motivations")
        for stage in STAGES.ids
    ]
    emotions = (
        Cell(stage, "emotion", mean=-0.4, spread=0.6, count=12, statements=pains.statements)
        if stage == "service"
        else Cell(stage, "emotion")
        for stage in STAGES.ids
    )
    return JourneyMap("current state", persona, people, (*cells, *emotions))


def _coverage(statements: tuple[Statement, ...], themes: tuple[Theme, ...]) -> Coverage:
    """How much of the statements the themes hold."""
    told = [s for s in statements if s.kind in ("pain", "motivation")]
    inside = sum(len(t.evidence) for t in themes)
    staged = sum(bool(s.stages) for s in statements)
    return Coverage(len(statements), len(told), inside, 1, (told[-1].id,), staged)
