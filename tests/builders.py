"""Small valid values for tests: a study of three people, two files and one persona."""

from dataclasses import replace
from datetime import UTC, datetime

from research.model import (
    Analysis,
    Base,
    Cell,
    Claim,
    Coverage,
    Decision,
    DecisionAction,
    Distribution,
    Evidence,
    JourneyMap,
    Kind,
    MadeBy,
    Participant,
    Passage,
    Persona,
    Role,
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
    Upload,
)

INTERVIEW, SURVEY = "a1a1a1a1a1a1a1a1", "b2b2b2b2b2b2b2b2"
MOMENT = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)

INTERVIEW_TEXT = """Interviewer: Hoe ging het bestellen?
Deelnemer 1: Ik wist niet wanneer het pakket zou komen. Dat vond ik heel vervelend.
Interviewer: Wat deed u toen?
Deelnemer 1: Ik heb drie keer de klantenservice gebeld. Ik wil gewoon weten waar ik aan toe ben.
"""


def an_upload(name: str = "gesprek.txt", text: str = INTERVIEW_TEXT) -> Upload:
    """A file as a user gives it."""
    return Upload(name, text.encode())


def a_passage(index: int, text: str, voice: str = "Deelnemer 1") -> Passage:
    """A turn of an interview."""
    role: Role = "interviewer" if voice == "Interviewer" else "participant"
    return Passage(index, text, voice, "interview", place=f"line {index + 1}", role=role)


def a_stage(stage: str, dutch: str) -> Stage:
    """A stage of a taxonomy."""
    return Stage(stage, dutch, stage.title(), f"{dutch}.", f"{stage}.", (stage,), ("e-mail",))


def a_taxonomy() -> StageTaxonomy:
    """Two stages are enough."""
    return StageTaxonomy("two-stages", (a_stage("purchase", "Aankoop"), a_stage("service", "Na")))


def some_sources() -> tuple[Source, ...]:
    """An interview with one person, and a survey with two."""
    turns = (
        a_passage(0, "Hoe ging het bestellen?", "Interviewer"),
        a_passage(1, "Ik wist niet wanneer het kwam. Ik wil weten waar ik aan toe ben."),
        a_passage(2, "En toen?", "Interviewer"),
        a_passage(3, "De koerier belde niet aan."),
    )
    rows = (
        Passage(0, "Geen idee wanneer het pakket komt.", "row 2", "survey", "row 2"),
        Passage(1, "Snel geleverd, top!", "row 3", "survey", "row 3", rating=5.0),
    )
    answers = tuple(replace(r, role="participant", question="Wat kan beter?") for r in rows)
    aside = (SetAside("row 4", "n.v.t.", "no answer"),)
    return (
        Source(INTERVIEW, "gesprek.txt", "plain-text", turns),
        Source(SURVEY, "enquête.csv", "survey", answers, aside, ("1 column ignored: Naam",)),
    )


def a_statement(
    source: Source, passage: int, text: str, participant: str, kind: Kind = "pain", valence: int = 0
) -> Statement:
    """A statement whose offsets reproduce its text."""
    said = source.passages[passage]
    start = said.text.index(text)
    return Statement(
        id=f"{source.id}-{passage}-{start}",
        source=source.id,
        participant=participant,
        passage=passage,
        start=start,
        end=start + len(text),
        text=text,
        place=said.place,
        channel=said.channel,
        language="nl",
        question=said.question,
        rating=said.rating,
        kind=kind,
        kind_score=0.8,
        valence=valence,
        stages=(StageTag("service", 0.9),),
        touchpoints=("delivery",),
    )


def some_statements(sources: tuple[Source, ...]) -> tuple[Statement, ...]:
    """What the three people said: four pains, one wish, one compliment at most."""
    talk, survey = sources
    return (
        a_statement(talk, 1, "Ik wist niet wanneer het kwam.", "p1", "pain", -1),
        a_statement(talk, 1, "Ik wil weten waar ik aan toe ben.", "p1", "motivation"),
        a_statement(talk, 3, "De koerier belde niet aan.", "p1", "pain", -1),
        a_statement(survey, 0, "Geen idee wanneer het pakket komt.", "p2", "pain", -1),
        a_statement(survey, 1, "Snel geleverd, top!", "p3", "praise", 1),
    )


def a_theme(
    theme_id: str, label: str, statements: tuple[Statement, ...], kind: Kind = "pain"
) -> Theme:
    """A theme of the statements given."""
    people = tuple(dict.fromkeys(s.participant for s in statements))
    return Theme(
        id=theme_id,
        kind="motivation" if kind == "motivation" else "pain",
        label=label,
        definition=f"{label}.",
        evidence=tuple(Evidence(s.id, 1.0) for s in statements),
        participants=people,
        sources=tuple(dict.fromkeys(s.source for s in statements)),
        quotes=tuple(s.id for s in statements[:3]),
        stage_profile=(StageShare("service", len(people), len(statements)),),
        valence=-1.0,
        stability=0.75,
        family="family-1",
        nearest="",
    )


def a_claim(theme: Theme, stage: str = "") -> Claim:
    """A claim that says what a theme says."""
    return Claim(
        kind=theme.kind,
        text=theme.label,
        evidence=theme.evidence,
        people=theme.people,
        of=3,
        low=0.2,
        high=0.9,
        strength="emerging",
        made_by="rule",
        stage=stage,
        theme=theme.id,
    )


def a_persona(theme: Theme) -> Persona:
    """A persona of the people of a theme."""
    return Persona(
        id="persona-1",
        name="De nachecker",
        kind="qualitative draft",
        status="draft",
        size="signal",
        summary="Wil weten waar het pakket is.",
        participants=theme.participants,
        misfits=(),
        base=Base(theme.people, 3, len(theme.evidence), 2, ("nl",)),
        claims=(a_claim(theme),),
        demographics=(Distribution("leeftijd", (("25-34", 1),), 1),),
        distinctness=0.5,
        nearest="",
        stability=0.6,
    )


def a_map(theme: Theme, persona: str | None = None) -> JourneyMap:
    """A map with one cell that says something and one that says nothing."""
    told = Cell(
        stage="service",
        row="pain points",
        claims=(a_claim(theme, "service"),),
        mean=-1.0,
        spread=0.0,
        count=len(theme.evidence),
        people=theme.people,
        statements=theme.statements,
        evidence_level="internal",
    )
    return JourneyMap("current state", persona, 3, (told, Cell("purchase", "pain points")))


def some_participants() -> tuple[Participant, ...]:
    """One person who was interviewed and two who filled in a survey."""
    return (
        Participant("p1", "Deelnemer 1", (("leeftijd", "25-34"),), (INTERVIEW,), "interview"),
        Participant("p2", "Respondent 1", (), (SURVEY,), "survey"),
        Participant("p3", "Respondent 2", (), (SURVEY,), "survey"),
    )


def an_analysis(study: str = "Bezorging") -> Analysis:
    """The whole: every reference in it can be followed."""
    sources = some_sources()
    statements = some_statements(sources)
    unsure = a_theme("theme-1", "Onduidelijk wanneer het komt", (statements[0], statements[3]))
    courier = a_theme("theme-2", "Koerier belt niet aan", (statements[2],))
    certain = a_theme("theme-3", "Weten waar ik aan toe ben", (statements[1],), "motivation")
    return Analysis(
        study=study,
        language="nl",
        taxonomy=a_taxonomy(),
        sources=sources,
        refused=(("foto.docx", "this is an image; upload the transcript"),),
        speakers=(
            Speaker(INTERVIEW, "Interviewer", "interviewer", "named so", 2),
            Speaker(INTERVIEW, "Deelnemer 1", "participant", "named so", 2),
        ),
        participants=some_participants(),
        statements=statements,
        themes=(unsure, courier, certain),
        personas=(a_persona(unsure),),
        unplaced=("p3",),
        maps=(a_map(unsure), a_map(unsure, "persona-1")),
        coverage=Coverage(5, 4, 4, 0, (), 5),
        saturation=(SaturationPoint(1, 1.5, 1.5), SaturationPoint(2, 3.0, 1.5)),
        made_by=MadeBy("klantbeeld 0", "hashing", "1", "rules 1", (("language", "nl"),)),
        notes=("1 file was refused",),
    )


def a_decision(
    number: int,
    action: DecisionAction,
    target: str,
    value: str = "",
    anchors: tuple[str, ...] = (),
) -> Decision:
    """What a person decided."""
    return Decision(number, action, target, value, anchors, "", MOMENT)
