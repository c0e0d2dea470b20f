"""Which part of a persona a statement belongs to: what set it off, what decides, and so on.

Goals, triggers, decision criteria, habits and context are told apart by bundled word
patterns in the statement, helped by what was asked (interviews on jobs to be done ask
for them one by one: Klement 2018). What several people speak of within a part becomes one
line under the noun that they share; the rest stays in their own words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from research.model import Statement
from research.steps.cues import mentions
from research.steps.evidence import one_each
from research.steps.lemmas import LANGUAGES, lemma
from research.steps.tokens import stop_words

FACETS = ("goal", "trigger", "criterion", "behaviour", "context")
_CUE = {"behaviour": "habit"}
_KINDS = {
    "goal": ("motivation",),
    "trigger": ("motivation", "context", "pain"),
    "criterion": ("motivation", "praise", "context"),
    "behaviour": ("context", "motivation"),
    "context": ("context",),
}
FEWEST_WORDS, MOST_WORDS = 5, 40
SAID = 2  # what words count beside what was asked
FEWEST_LETTERS = 4
# A word right after one of these is a noun or begins a name for one.
_DETERMINERS = """de het een mijn onze hun die dat deze dit geen
the a an my our their this these no
der das den dem ein eine einen einem mein meine meinen unser
le la les un une du des mon ma mes notre ce cet cette"""
_VAGUE = """beetje keer paar moment dag week maand jaar tijd soort ding dingen stuk manier geval
punt idee begin einde rest deel kant plek gevoel moeite iets alles mens mensen persoon
andere ander eigen nieuwe nieuw hele heel goede goed grote groot kleine klein eerste
tweede laatste volgende
bit lot time times day week month year thing things kind sort way moment point part couple
case idea place feeling people person something everything stuff rest end other same whole
good new big small first second last next right little great
bisschen tag woche monat jahr zeit ding dinge teil fall idee anfang ende gefühl leute menschen etwas
andere neue ganze gute große kleine erste zweite letzte nächste
fois jour semaine mois année temps chose choses sorte façon moment partie idée début fin gens
personne autre nouveau nouvelle tout toute bon bonne grand grande petit petite premier
première dernier
twee drie vier vijf zes zeven acht negen tien elf twaalf vijftien twintig dertig honderd duizend
two three four five seven eight nine eleven twelve fifteen twenty thirty hundred thousand"""
DETERMINERS, VAGUE = frozenset(_DETERMINERS.split()), frozenset(_VAGUE.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Line:
    """What people say within a part: under a shared word, or one person's own words."""

    word: str
    statements: tuple[Statement, ...]


def facet_of(statement: Statement) -> tuple[str, bool]:
    """The part that a statement belongs to by its words, and whether that was asked for.

    The part is empty when the words tell none.
    """
    if not FEWEST_WORDS <= len(statement.text.split()) <= MOST_WORDS:
        return "", False
    if _PLACEHOLDER.search(statement.text):  # of somebody's name or address
        return "", False
    said = mentions("facet", statement.text)
    asked = mentions("facet", statement.question)
    scores = {
        facet: SAID * (_CUE.get(facet, facet) in said) + (f"asks-{_CUE.get(facet, facet)}" in asked)
        for facet in FACETS
        if statement.kind in _KINDS[facet]
    }
    best = max(scores, key=lambda f: (scores[f], -FACETS.index(f)), default="")
    return (best, scores[best] > SAID) if best and scores[best] >= SAID else ("", False)


def lines(statements: Sequence[Statement], nouns: frozenset[str], most: int) -> tuple[Line, ...]:
    """What the statements of one part come down to, most people first.

    Nouns that at least two people use come first; then single voices, the surest first,
    but only in answers to a question for that part: words alone are too weak a sign.
    """
    left = {s.id: s for s in statements}
    made: list[Line] = []
    while left and len(made) < most:
        word, said = _most_shared(tuple(left.values()), nouns)
        if not said:
            break
        made.append(Line(word, said))
        for statement in said:
            del left[statement.id]
    asked = [s for s in left.values() if facet_of(s)[1]]
    sure = sorted(asked, key=lambda s: (-s.kind_score, s.id))
    made += [Line("", (s,)) for s in one_each(sure, most - len(made))]
    return tuple(made)


def _most_shared(
    statements: Sequence[Statement], nouns: frozenset[str]
) -> tuple[str, tuple[Statement, ...]]:
    """The noun that most people use, and their statements; none when nobody shares one."""
    said: dict[str, list[Statement]] = {}
    for statement in statements:
        for word in content_words(statement) & nouns:
            said.setdefault(word, []).append(statement)
    ranked = sorted(
        said.items(), key=lambda item: (-len({s.participant for s in item[1]}), item[0])
    )
    if not ranked or len({s.participant for s in ranked[0][1]}) < 2:
        return "", ()
    return ranked[0][0], tuple(sorted(ranked[0][1], key=lambda s: (-s.kind_score, s.id)))


def content_words(statement: Statement) -> frozenset[str]:
    """The dictionary forms of a statement's content words."""
    language = _language(statement)
    return frozenset(lemma(t, language) for t in _tokens(statement) if _telling(t, language))


def nouns_of(statements: Sequence[Statement]) -> frozenset[str]:
    """The dictionary forms of words that stand right after an article or the like, twice."""
    seen: Counter[str] = Counter()
    for statement in statements:
        language = _language(statement)
        for before, token in pairwise(_tokens(statement)):
            if before in DETERMINERS and _telling(token, language):
                seen[lemma(token, language)] += 1
    return frozenset(word for word, times in seen.items() if times > 1)


def _tokens(statement: Statement) -> list[str]:
    return _WORD.findall(_PLACEHOLDER.sub(" ", statement.text).lower())


def _language(statement: Statement) -> str:
    return statement.language if statement.language in LANGUAGES else "en"


def _telling(token: str, language: str) -> bool:
    """Whether a word says what a statement is about."""
    words = {token, lemma(token, language)}
    return len(token) >= FEWEST_LETTERS and not words & (stop_words(language) | VAGUE)
