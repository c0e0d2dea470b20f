"""The lines of a persona: what its people want, meet and do, each with who says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from research.model import Claim, Participant, Statement, Theme
from research.steps.evidence import ALONE, claim, of_theme, shared_first
from research.steps.facets import FACETS, facet_of, lines
from research.steps.phrases import phrase, touchpoint_name
from research.wording import number

MOST_PAINS, MOST_MOTIVATIONS, MOST_CHANNELS, MOST_LINES = 6, 6, 5, 4
MOST_QUOTES = 4
TELLING = ("motivation", "pain", "praise")
FEWEST = 3  # lines of a kind: below it, what one person says is told as well
DRIVE, QUOTE = 0.1, 0.25  # in shares of people


@dataclass(frozen=True, slots=True)
class Study:
    """What personas are made from: everything people said, and the themes in it."""

    language: str
    participants: tuple[Participant, ...]
    statements: tuple[Statement, ...]
    themes: tuple[Theme, ...]
    stage_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one persona, those it is compared with, and what its people said."""

    people: frozenset[str]
    compared: frozenset[str]
    statements: tuple[Statement, ...]


def claims_of(study: Study, group: Group, nouns: frozenset[str]) -> tuple[Claim, ...]:
    """All lines of a persona, in the order of the card. `nouns` are those of the study."""
    pains = theme_claims(study, group, "pain", MOST_PAINS)
    motives = theme_claims(study, group, "motivation", MOST_MOTIVATIONS)
    parts = facet_claims(group, nouns)
    return (
        *parts["goal"],
        *motives,
        *pains,
        *parts["behaviour"],
        *parts["context"],
        *parts["trigger"],
        *parts["criterion"],
        *channel_claims(study, group),
        *emotion_claims(study, group),
        *quote_claims(group, (*motives, *pains)),
    )


def facet_claims(group: Group, nouns: frozenset[str]) -> dict[str, list[Claim]]:
    """Goals, triggers, criteria, behaviour and context, as far as anybody tells any."""
    found: dict[str, list[Statement]] = {facet: [] for facet in FACETS}
    for statement in group.statements:
        facet, _ = facet_of(statement)
        if facet:
            found[facet].append(statement)
    return {
        facet: [
            _line_claim(facet, line.word, line.statements, group)
            for line in lines(said, nouns, MOST_LINES)
        ]
        for facet, said in found.items()
    }


def _line_claim(facet: str, word: str, said: Sequence[Statement], group: Group) -> Claim:
    """A noun that several share, else one person's own words."""
    text = word[:1].upper() + word[1:] if word else said[0].text
    stages = [s.stages[0].stage for s in said if s.stages]
    stage = max(sorted(set(stages)), key=stages.count, default="")
    made_by = "noun@1" if word else "verbatim@1"
    return claim(facet, text, said, len(group.people), made_by=made_by, stage=stage)


def theme_claims(
    study: Study, group: Group, kind: Literal["pain", "motivation"], most: int
) -> list[Claim]:
    """Themes the group's people raise: what sets the group apart and many say, first."""
    ranked: list[tuple[float, Claim]] = []
    said = {s.id: s for s in group.statements}
    for theme in study.themes:
        if theme.kind != kind:
            continue
        made = of_theme(theme, said, len(group.people), _main_stage(theme))
        if made is None:
            continue
        ranked.append((_typical(theme, made.people, group), made))
    ranked.sort(key=lambda pair: (-pair[0], -pair[1].people, pair[1].theme))
    return shared_first([made for _, made in ranked], most, FEWEST)


def leading(study: Study, group: Group, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims that could name the group, best first: what several of its people clearly
    raise and few others do; drives before pains, and a codebook's name before a quote."""
    themes = {t.id: t for t in study.themes}
    scored = []
    for one in claims:
        if one.kind in ("motivation", "pain") and one.theme in themes:
            label = themes[one.theme].label
            score = one.people / len(group.people) - _elsewhere(themes[one.theme], group)
            score += DRIVE * (one.kind == "motivation") - QUOTE * label.startswith("“")
            order = (one.people == 1, -round(score, 6), one.theme)
            scored.append((order, replace(one, text=label)))
    return tuple(one for _, one in sorted(scored, key=lambda s: s[0]))


def _elsewhere(theme: Theme, group: Group) -> float:
    """The share of the other people compared who raise a theme."""
    others = group.compared - group.people
    return len(others & set(theme.participants)) / len(others) if others else 0.0


def _typical(theme: Theme, people: int, group: Group) -> float:
    """Share of the group that raises it × how much more than the others do."""
    inside = people / len(group.people)
    return inside * (1.0 + inside - _elsewhere(theme, group))


def _main_stage(theme: Theme) -> str:
    best = max(theme.stage_profile, key=lambda s: (s.people, s.statements), default=None)
    return best.stage if best and best.people else ""


def channel_claims(study: Study, group: Group) -> list[Claim]:
    """Touchpoints that at least two people mention, most people first."""
    found: dict[str, list[Statement]] = {}
    for statement in group.statements:
        for touchpoint in statement.touchpoints:
            found.setdefault(touchpoint, []).append(statement)
    ranked = sorted(found.items(), key=lambda f: (-len({s.participant for s in f[1]}), f[0]))
    return [
        claim(
            "channel",
            touchpoint_name(touchpoint, study.language),
            said,
            len(group.people),
            made_by="cue@1",
        )
        for touchpoint, said in ranked[:MOST_CHANNELS]
        if len({s.participant for s in said}) > 1 or len(group.people) == 1
    ]


def feeling(mean: float) -> str:
    """A mean valence (-1 to 1) in a word."""
    return "negative" if mean <= -0.25 else "positive" if mean >= 0.25 else "balanced"


def emotion_claims(study: Study, group: Group) -> list[Claim]:
    """The mean feeling in each stage that at least two people speak of, with its n."""
    made = []
    for stage in study.stage_ids:
        here = [s for s in group.statements if s.stages and s.stages[0].stage == stage]
        if len({s.participant for s in here}) < 2:
            continue
        mean = sum(s.valence for s in here) / len(here)
        words = phrase(feeling(mean), study.language, {})
        text = f"{words} ({number(mean, study.language, signed=True)}, n = {len(here)})"
        made.append(
            claim("emotion", text, here, len(group.people), made_by="valence@1", stage=stage)
        )
    return made


def quote_claims(group: Group, claims: Sequence[Claim]) -> list[Claim]:
    """Verbatim words of different people, not those that are a line already: from the claims
    that matter most, then what they most surely want, run into or like."""
    said = {s.id: s for s in group.statements}
    told = {c.statements[0] for c in claims if c.made_by == ALONE}
    surest = sorted((s for s in group.statements if s.kind in TELLING), key=_surest)
    offered = [(said[i], c.theme, c.stage) for c in claims for i in c.statements]
    offered += [(s, "", s.stages[0].stage if s.stages else "") for s in surest]
    chosen: dict[str, tuple[Statement, str, str]] = {}
    for statement, theme, stage in offered:
        fits = statement.id not in told and 5 <= len(statement.text.split()) <= 40
        if fits and len(chosen) < MOST_QUOTES:
            chosen.setdefault(statement.participant, (statement, theme, stage))
    of = len(group.people)
    return [
        claim("quote", s.text, [s], of, made_by=ALONE, stage=stage, theme=theme)
        for s, theme, stage in chosen.values()
    ]


def _surest(statement: Statement) -> tuple[float, str]:
    return -statement.kind_score, statement.id
