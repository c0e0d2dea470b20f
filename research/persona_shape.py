"""Who is in which persona as people decided it, replayed on the personas of any run.

What was accepted or locked is held: it stays with its people and its lines, whatever a run
proposes, until somebody renews it. People belong to one persona at most.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from research.frozen import thawed
from research.model import Analysis, Decision, Persona
from research.shape import meant
from research.steps.personas import Study, of_people

DRAWN_IN = 0.5
FEWEST = 2
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Cast:
    """The personas as people grouped them, and which decisions (by number) touched which."""

    personas: tuple[Persona, ...]
    touched: frozenset[tuple[int, str]] = frozenset()


def study_of(analysis: Analysis) -> Study:
    """What personas are told from: the themes that nobody hid."""
    return Study(
        analysis.language,
        analysis.participants,
        analysis.statements,
        analysis.shown,
        analysis.taxonomy.ids,
    )


def cast(analysis: Analysis, decisions: Sequence[Decision]) -> Cast:
    """The personas of an analysis as people decided who is in which; oldest first."""
    wanted = [d for d in decisions if d.action in GROUPING]
    if not wanted:
        return Cast(analysis.personas)
    state = _State(analysis)
    for decision in _holding(wanted):
        GROUPING[decision.action](state, decision)
    return Cast(state.told(), frozenset(state.touched))


def unheld(decisions: Sequence[Decision]) -> list[Decision]:
    """The same decisions, as if nothing had been kept: to see what a run makes of them."""
    return [replace(d, content="") for d in decisions]


def _holding(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions without what was kept before somebody let go of it: by taking new
    results over, or, of what was only locked, by opening it."""
    kept: list[Decision] = []
    renewed: set[str] = set()
    opened: set[str] = set()
    for d in reversed(decisions):
        if d.action == "renew-persona":
            renewed.add(d.target)
        elif d.action == "lock-persona" and d.value == OPEN:
            opened.add(d.target)
        gone = renewed | opened if d.action == "lock-persona" else renewed
        kept.append(replace(d, content="") if d.target in gone else d)
    return kept[::-1]


class _State:
    """Personas while decisions are replayed: who is in which, and which are held."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.personas = {p.id: p for p in analysis.personas}
        self.people = {p.id: frozenset(p.participants) for p in analysis.personas}
        self.here = frozenset(p.id for p in analysis.participants)
        self.compared = frozenset().union(analysis.outside, *self.people.values())
        self.touched: set[tuple[int, str]] = set()

    def meant(self, target: str, anchors: Sequence[str]) -> str:
        """The id of the persona that is meant; empty when it is gone."""
        now = [replace(p, participants=tuple(self.people[i])) for i, p in self.personas.items()]
        found = meant(now, target, anchors, lambda p: p.participants)
        return found.id if found else ""

    def take(self, people: Collection[str], into: str) -> list[str]:
        """Put people in one persona alone, or in none; the personas that lose somebody."""
        losing = [i for i, who in self.people.items() if i != into and who & set(people)]
        for i in losing:
            self.people[i] -= set(people)
        if into:
            self.people[into] |= self.here & set(people)
        return losing

    def told(self) -> tuple[Persona, ...]:
        """The personas with two people at least, told anew where the people changed."""
        study = study_of(self.analysis)
        made = []
        for i, persona in self.personas.items():
            people = self.people[i] & self.here
            if people == set(persona.participants):
                made.append(persona)
            elif len(people) >= FEWEST or (people and persona.held):
                again = of_people(study, persona, people, self.compared)
                made.append(again)
        ids = {p.id for p in made}
        return tuple(p if p.nearest in ids else replace(p, nearest="") for p in made)


def _merge(state: _State, decision: Decision) -> None:
    anchors = set(decision.anchors) & state.here
    ids = [
        i
        for i, who in state.people.items()
        if i in (decision.target, decision.value) or len(who & anchors) > DRAWN_IN * len(who)
    ]
    most = max(state.people, key=lambda i: (len(state.people[i] & anchors), i), default="")
    into = decision.target if decision.target in ids else next(iter(ids), most)
    if not into or not anchors:
        return
    people = frozenset().union(anchors, *(state.people[i] for i in ids))
    losing = [i for i in state.take(people, into) if i not in ids]
    for i in ids:
        if i != into:
            del state.people[i], state.personas[i]
    state.touched |= {(decision.id, i) for i in (*losing, into)}


def own_id(decision: Decision) -> str:
    """The id of a persona that a person made; no run gives it to another."""
    return f"persona-own-{decision.id}"


def _split(state: _State, decision: Decision) -> None:
    people = set(decision.anchors) & state.here
    model = state.personas.get(decision.target) or next(iter(state.personas.values()), None)
    if not people or model is None:
        return
    new = own_id(decision)
    losing = state.take(people, "")
    form = replace(model, id=new, name=decision.value, participants=(), status="draft")
    state.personas[new] = replace(form, held=False, locked=False, version=0, left_out=())
    state.people[new] = frozenset(people)
    state.touched |= {(decision.id, i) for i in (*losing, new)}


def _move(state: _State, decision: Decision) -> None:
    into = state.meant(decision.value, decision.anchors) if decision.value else ""
    if decision.target not in state.here or (decision.value and not into):
        return
    losing = state.take([decision.target], into)
    state.touched |= {(decision.id, i) for i in (*losing, into) if i}


def _hold(state: _State, decision: Decision) -> None:
    """Keep a persona as it was when it was accepted or locked."""
    if decision.action == "lock-persona" and decision.value == OPEN:
        _named(state, decision)
    kept = thawed(decision.content, state.analysis) if decision.content else None
    if kept is None:
        return
    now = state.meant(kept.id, kept.participants)
    if now and now != kept.id and not state.personas[now].held:
        del state.personas[now], state.people[now]
    state.personas[kept.id] = replace(kept, held=True)
    state.people[kept.id] = frozenset(kept.participants)
    state.take(kept.participants, kept.id)


def _renew(state: _State, decision: Decision) -> None:
    """A persona that follows the software again: nothing earlier holds it."""
    _named(state, decision)
    state.touched.add((decision.id, decision.target))


def _named(state: _State, decision: Decision) -> None:
    """The persona that was held keeps its id when a run finds it under another."""
    now = state.meant(decision.target, decision.anchors)
    if now and decision.target not in state.personas and not state.personas[now].held:
        state.personas[decision.target] = replace(state.personas.pop(now), id=decision.target)
        state.people[decision.target] = state.people.pop(now)


Replay = Callable[[_State, Decision], None]
GROUPING: Mapping[str, Replay] = {
    "merge-personas": _merge,
    "split-persona": _split,
    "move-person": _move,
    "persona-status": _hold,
    "lock-persona": _hold,
    "renew-persona": _renew,
}
