"""An analysis with its parts found by their ids, as the exports for people need them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from research.exporters.words import Words, words_of
from research.model import (
    Analysis,
    Participant,
    Persona,
    Source,
    Speaker,
    Statement,
    Strength,
    Theme,
    by_id,
)
from research.strength import strength


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement with who said it and where."""

    id: str
    text: str
    who: str
    source: str
    place: str
    language: str

    @property
    def where(self) -> str:
        """The file and the place in it."""
        return ", ".join(part for part in (self.source, self.place) if part)


@dataclass(frozen=True, slots=True)
class Index:
    """An analysis, the words of its language, and its parts by their ids."""

    analysis: Analysis
    words: Words
    statements: Mapping[str, Statement]
    participants: Mapping[str, Participant]
    sources: Mapping[str, Source]
    stages: Mapping[str, str]
    themes: Mapping[str, Theme]

    @property
    def of(self) -> int:
        """How many people there are in the study."""
        return len(self.participants)

    def quote(self, statement_id: str) -> Quote:
        """A statement, ready to be shown."""
        statement = self.statements[statement_id]
        return Quote(
            id=statement.id,
            text=statement.text,
            who=self.who(statement.participant),
            source=self.sources[statement.source].name,
            place=self.words.place(statement.place),
            language=statement.language,
        )

    def quotes(self, statement_ids: Iterable[str]) -> tuple[Quote, ...]:
        """Several statements, in the order given."""
        return tuple(self.quote(i) for i in statement_ids)

    def voices(self, statement_ids: Iterable[str], most: int) -> tuple[Quote, ...]:
        """The first statement of each person, so that nobody speaks twice."""
        first: dict[str, str] = {}
        for i in statement_ids:
            first.setdefault(self.statements[i].participant, i)
        return self.quotes(list(first.values())[:most])

    def who(self, participant_id: str) -> str:
        """A participant's label."""
        return self.participants[participant_id].label

    def labels(self, participant_ids: Iterable[str]) -> tuple[str, ...]:
        """Participants' labels, Deelnemer 2 before Deelnemer 10."""
        return tuple(sorted(map(self.who, participant_ids), key=lambda who: (len(who), who)))

    def stage(self, stage_id: str) -> str:
        """A stage's name in the study's language."""
        return self.stages.get(stage_id, stage_id)

    def main_stage(self, theme: Theme) -> str:
        """The id of the stage where most people raise a theme; empty when none is known."""
        order = list(self.stages)
        told = [s for s in theme.stage_profile if s.stage in self.stages and s.people > 0]
        told.sort(key=lambda s: (-s.people, -s.statements, order.index(s.stage)))
        return told[0].stage if told else ""

    def touchpoints(self, theme: Theme) -> tuple[str, ...]:
        """The touchpoints that a theme's statements speak of, most often named first."""
        named = Counter(t for i in theme.statements for t in self.statements[i].touchpoints)
        return tuple(sorted(named, key=lambda t: (-named[t], t)))

    def personas(self, theme: Theme) -> tuple[Persona, ...]:
        """The personas that have a claim about a theme."""
        return tuple(
            p for p in self.analysis.personas if any(c.theme == theme.id for c in p.claims)
        )

    def ranked(self, kind: str) -> tuple[Theme, ...]:
        """The themes of a kind: most people first, then most statements."""
        themes = (t for t in self.analysis.shown if t.kind == kind)
        return tuple(sorted(themes, key=lambda t: (-t.people, -len(t.evidence), t.id)))


def index(analysis: Analysis) -> Index:
    """An analysis with its parts found by their ids."""
    return Index(
        analysis=analysis,
        words=words_of(analysis.language),
        statements=by_id(analysis.statements),
        participants={p.id: p for p in analysis.participants},
        sources={s.id: s for s in analysis.sources},
        stages={s.id: s.name(analysis.language) for s in analysis.taxonomy.stages},
        themes={t.id: t for t in analysis.themes},
    )


def strength_of(theme: Theme) -> Strength:
    """How strong the evidence for a theme is."""
    return strength(theme.people, len(theme.sources), len(theme.counter))


def speakers(analysis: Analysis) -> tuple[Speaker, ...]:
    """Who was taken for whom; a voice that redaction does not know stays unnamed."""
    known = {(s.id, p.voice) for s in analysis.sources for p in s.passages}
    shown = (s if (s.source, s.voice) in known else replace(s, voice="") for s in analysis.speakers)
    return tuple(sorted(shown, key=lambda s: (s.source, s.role, s.voice, s.turns)))
