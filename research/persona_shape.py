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
    """The personas as people grouped them, and which decisions (by number) touched which.

    `proposed` is what the run makes of a persona that is held.
    """

    personas: tuple[Persona, ...]
    touched: frozenset[tuple[int, str]] = frozenset()
    proposed: Mapping[str, Persona] | None = None


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
    for decision in wanted:
        GROUPING[decision.action](state, decision)
    return Cast(state.told(), frozenset(state.touched), state.proposed())


class _State:
    """Personas while decisions are replayed: who is in which, and which are held."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.personas = {p.id: p for p in analysis.personas}
        self.people = {p.id: frozenset(p.participants) for p in analysis.personas}
        self.here = frozenset(p.id for p in analysis.participants)
        self.touched: set[tuple[int, str]] = set()
        self.locked_only: set[str] = set()

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
                again = of_people(study, replace(persona, claims=()), people)
                made.append(again)
        ids = {p.id for p in made}
        return tuple(p if p.nearest in ids else replace(p, nearest="") for p in made)

    def proposed(self) -> dict[str, Persona]:
        """What the run makes of those that are held, by their id."""
        found = {}
        for i, persona in self.personas.items():
            if persona.held:
                like = meant(self.analysis.personas, i, persona.participants, _members)
                if like is not None:
                    found[i] = like
        return found


def _members(persona: Persona) -> tuple[str, ...]:
    return persona.participants


def _merge(state: _State, decision: Decision) -> None:
    anchors = set(decision.anchors) & state.here
    ids = [
        i
        for i, who in state.people.items()
        if i in (decision.target, decision.value) or len(who & anchors) > DRAWN_IN * len(who)
    ]
    into = decision.target if decision.target in ids else next(iter(ids), "")
    if not into:
        return
    people = frozenset().union(anchors, *(state.people[i] for i in ids))
    state.take(people, into)
    for i in ids:
        if i != into:
            del state.people[i], state.personas[i]
    state.touched.add((decision.id, into))


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
        if decision.target in state.locked_only:
            _renew(state, decision)
        return
    if not decision.content:
        return
    kept = thawed(decision.content, state.analysis)
    if kept is None:
        return
    now = state.meant(kept.id, kept.participants)
    if now and now != kept.id and not state.personas[now].held:
        del state.personas[now], state.people[now]
    if decision.action == "lock-persona" and not _held(state, kept.id):
        state.locked_only.add(kept.id)
    else:
        state.locked_only.discard(kept.id)
    state.personas[kept.id] = replace(kept, held=True)
    state.people[kept.id] = frozenset(kept.participants)
    state.take(kept.participants, kept.id)


def _held(state: _State, persona_id: str) -> bool:
    return persona_id in state.personas and state.personas[persona_id].held


def _renew(state: _State, decision: Decision) -> None:
    """Let a persona follow the software again."""
    if not _held(state, decision.target):
        return
    old = state.personas[decision.target]
    fresh = meant(state.analysis.personas, old.id, old.participants, _members)
    if fresh is None:
        state.personas[old.id] = replace(old, held=False)
        return
    people = frozenset(fresh.participants)
    others = [who for i, who in state.people.items() if i != old.id and state.personas[i].held]
    people -= frozenset().union(*others)
    state.personas[old.id] = replace(fresh, id=old.id)
    state.people[old.id] = frozenset()
    state.take(people, old.id)


Replay = Callable[[_State, Decision], None]
GROUPING: Mapping[str, Replay] = {
    "merge-personas": _merge,
    "split-persona": _split,
    "move-person": _move,
    "persona-status": _hold,
    "lock-persona": _hold,
    "renew-persona": _renew,
}
