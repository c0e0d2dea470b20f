"""Themes: groups of statements with a name, the people behind them and what opposes them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from research.contracts import Vectors
from research.model import Candidates, Evidence, StageShare, Statement, Theme, ThemeTree, TreeGroup
from research.steps.apart import words_apart
from research.steps.cluster import Group, Grouping, group
from research.steps.coding import NO_BOOK, Book
from research.steps.evidence import one_each
from research.steps.name import Label, name_groups
from research.steps.shelf import fitting
from research.steps.similarity import unit_rows
from research.steps.tagger import Look
from research.steps.team import NEW, by_code, with_codes

ThemeKind = Literal["pain", "motivation"]
KINDS: tuple[ThemeKind, ...] = ("pain", "motivation")
COUNTER_MOST = 5
CANDIDATES = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """Statements with the vectors themes are made from.

    `vectors` (statements, dimensions), `stages` (statements, 5) the probabilities of the
    built-in stages, `book` (statements, entries) how well each fits the codebook's
    entries, `named` (statements, dimensions) where each lies in the space of names; all in
    the statements' order.
    """

    statements: tuple[Statement, ...]
    vectors: Vectors
    stages: Vectors
    book: Vectors
    named: Vectors


def find_themes(
    meaning: Meaning,
    stage_ids: Sequence[str],
    look: Look,
    language: str,
    dial: int = 0,
    team: Book = NO_BOOK,
) -> tuple[tuple[Theme, ...], tuple[ThemeTree, ...]]:
    """Pain points, then motivations, each by people and then statements, most first.

    `look` reads new texts with the statement network, `language` is that of the names,
    `dial` asks for fewer (below nought) or more themes, `team` is the codebook that is
    matched first. With the themes, what lies above and below those that are new.
    """
    found: list[Theme] = []
    trees: list[ThemeTree] = []
    asked = [i for i, s in enumerate(meaning.statements) if s.kind in KINDS]
    shelf = fitting(meaning.named[asked], look, language)
    for kind in KINDS:
        rows = [i for i, s in enumerate(meaning.statements) if s.kind == kind]
        members = tuple(meaning.statements[i] for i in rows)
        mine, vectors = team.of_kind(kind), meaning.vectors[rows]
        known = by_code(members, vectors, mine)
        left = tuple(members[r] for r in known[NEW])
        at = [rows[r] for r in known[NEW]]
        grouping = group(left, meaning.vectors[at], meaning.book[at], dial)
        taken = [c.label(language) for c in mine.codes]
        book, spots = shelf.of_kind(kind), meaning.named[at]
        names = name_groups(grouping.groups, left, spots, kind, look, book, taken)
        people = [s.participant for s in members]
        groups, labels = with_codes(grouping.groups, names, known, vectors, mine, people)
        made = [
            _theme(kind, g, members, replace(label, words=words), stage_ids)
            for g, label, words in zip(groups, labels, _words(groups, members), strict=True)
        ]
        middles = _middles(groups, vectors)
        counter = _counter_evidence(kind, middles, groups, meaning, vectors)
        found.extend(_related(made, middles, counter))
        first = names if not dial else name_groups(grouping.base, left, spots, kind, look, book)
        trees.append(_tree(kind, grouping, left, [n.text for n in first], dial))
    return tuple(found), tuple(trees)


def _tree(
    kind: ThemeKind,
    grouping: Grouping,
    members: Sequence[Statement],
    names: Sequence[str],
    dial: int,
) -> ThemeTree:
    """What the dial moves through, by statements."""

    def ids(rows: Sequence[int]) -> tuple[str, ...]:
        return tuple(members[r].id for r in rows)

    kept = {r for g in grouping.base for r in g.rows}
    parts = [(p.group, [r for r in p.rows if r in kept]) for p in grouping.tree.parts]
    return ThemeTree(
        kind=kind,
        method=grouping.method,
        dial=dial,
        groups=tuple(
            TreeGroup(g.number, name, ids(g.rows))
            for g, name in zip(grouping.base, names, strict=True)
        ),
        joins=tuple((j.group, j.into, j.likeness) for j in grouping.tree.joins),
        parts=tuple(
            TreeGroup(g, f"“{members[rows[0]].text}”", ids(rows)) for g, rows in parts if rows
        ),
    )


def candidates(meaning: Meaning, themes: Sequence[Theme]) -> tuple[Candidates, ...]:
    """For each pain or motivation in no theme, the nearest themes of its kind."""
    placed = {s for t in themes for s in t.statements}
    row = {s.id: i for i, s in enumerate(meaning.statements)}
    found = []
    for kind in KINDS:
        mine = [t for t in themes if t.kind == kind and not t.hidden]
        left = [s for s in meaning.statements if s.kind == kind and s.id not in placed]
        if not mine or not left:
            continue
        spots = [meaning.vectors[[row[s] for s in t.statements]].mean(axis=0) for t in mine]
        likeness = meaning.vectors[[row[s.id] for s in left]] @ unit_rows(np.array(spots)).T
        for statement, near in zip(left, np.argsort(-likeness, axis=1, kind="stable"), strict=True):
            nearest = tuple(mine[int(i)].id for i in near[:CANDIDATES])
            found.append(Candidates(statement.id, nearest))
    return tuple(found)


def _theme(
    kind: ThemeKind,
    grouped: Group,
    members: Sequence[Statement],
    label: Label,
    stage_ids: Sequence[str],
) -> Theme:
    said = [members[r] for r in grouped.rows]
    clear = label.clear or frozenset(grouped.rows) - grouped.loose
    fitting = [members[r] for r in grouped.rows if r in clear] or said
    return Theme(
        id=_identity(kind, said),
        kind=kind,
        label=label.text,
        definition=label.definition,
        evidence=tuple(Evidence(s.id, w) for s, w in zip(said, grouped.weights, strict=True)),
        participants=tuple(sorted({s.participant for s in said})),
        sources=tuple(sorted({s.source for s in said})),
        quotes=tuple(s.id for s in one_each(fitting, 3)),
        stage_profile=_profile(said, stage_ids),
        valence=round(sum(s.valence for s in said) / len(said), 3),
        stability=grouped.stability,
        family=f"{kind}-{grouped.family + 1}",
        nearest="",
        loose=tuple(members[r].id for r in grouped.rows if r not in clear),
        made_by=label.made_by,
        words=label.words,
    )


def _words(groups: Sequence[Group], members: Sequence[Statement]) -> tuple[tuple[str, ...], ...]:
    """The words that set each group apart from all others of its kind."""
    return words_apart([[members[r] for r in g.rows] for g in groups])


def _identity(kind: str, said: Sequence[Statement]) -> str:
    digest = hashlib.sha256("|".join(sorted(s.id for s in said)).encode()).hexdigest()
    return f"{kind}-{digest[:10]}"


def _profile(said: Sequence[Statement], stage_ids: Sequence[str]) -> tuple[StageShare, ...]:
    shares = []
    for stage in stage_ids:
        here = [s for s in said if any(tag.stage == stage for tag in s.stages)]
        shares.append(StageShare(stage, len({s.participant for s in here}), len(here)))
    return tuple(shares)


def _middles(groups: Sequence[Group], vectors: Vectors) -> Vectors:
    if not groups:
        return np.zeros((0, vectors.shape[1] if vectors.ndim == 2 else 0), dtype=np.float32)
    return unit_rows(np.array([vectors[list(g.rows)].mean(axis=0) for g in groups]))


def _counter_evidence(
    kind: ThemeKind,
    middles: Vectors,
    groups: Sequence[Group],
    meaning: Meaning,
    vectors: Vectors,
) -> list[tuple[str, ...]]:
    """For each pain: praise that lies as near its middle as its own better half does."""
    if kind != "pain":
        return [()] * len(groups)
    rows = [i for i, s in enumerate(meaning.statements) if s.kind == "praise"]
    likeness = middles @ meaning.vectors[rows].T
    found = []
    for g, middle, against in zip(groups, middles, likeness, strict=True):
        limit = max(float(np.median(vectors[list(g.rows)] @ middle)), 0.35)
        best = sorted(
            (i for i in range(len(rows)) if against[i] >= limit), key=lambda i: -against[i]
        )
        found.append(tuple(meaning.statements[rows[i]].id for i in best[:COUNTER_MOST]))
    return found


def _related(
    themes: Sequence[Theme], middles: Vectors, counter: Sequence[tuple[str, ...]]
) -> list[Theme]:
    likeness = middles @ middles.T
    np.fill_diagonal(likeness, -np.inf)
    return [
        replace(
            theme,
            nearest=themes[int(likeness[i].argmax())].id if len(themes) > 1 else "",
            counter=counter[i],
        )
        for i, theme in enumerate(themes)
    ]
