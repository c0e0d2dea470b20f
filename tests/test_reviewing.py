"""Reviewing personas: lines, comments, who is in which, what a new run proposes, versions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from research import reviewing, studies
from research.errors import Conflict, KlantbeeldError, NotFound
from research.frozen import frozen, stored, thawed
from research.model import Analysis, Decision, DecisionAction, Persona
from research.persona_review import homeless
from research.persona_shape import cast, own_id
from research.side_by_side import side_by_side
from research.store import Store, analyses, decisions, open_store, runs
from research.view import view
from tests.builders import MOMENT
from tests.web_sample import analysis

LATER = "persona-new"


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> str:
    made = studies.create_study(store, "Webwinkel", language="nl").id
    ran(store, made, analysis())
    return made


def ran(store: Store, study: str, found: Analysis) -> None:
    """A run that found this."""
    analyses.save(store, runs.begin(store, study), found, ())


def seen(store: Store, study: str, persona: str = "a") -> Persona:
    return next(p for p in studies.get_view(store, study).personas if p.id == persona)


def regrouped(*groups: tuple[str, ...]) -> Analysis:
    """A later run that groups people otherwise and names the groups anew."""
    found = analysis()
    forms = (found.personas[0], found.personas[1], found.personas[1])
    made = tuple(
        replace(form, id=f"{LATER}-{n}", name=f"Groep {n}", participants=people, nearest="")
        for n, (form, people) in enumerate(zip(forms, groups, strict=False))
    )
    placed = {p for group in groups for p in group}
    unplaced = tuple(p.id for p in found.participants if p.id not in placed)
    return replace(found, personas=made, maps=found.maps[:1], unplaced=unplaced)


# --- lines -------------------------------------------------------------------------


def test_a_line_is_reworded_accepted_and_left_out(store: Store, study: str):
    first, second = seen(store, study).claims[:2]
    reviewing.edit_claim(store, study, "a", first.key, "Raakt pakketten kwijt", "Noor")
    reviewing.set_claim_status(store, study, "a", first.key, "accepted", "Noor")
    reviewing.set_claim_status(store, study, "a", second.key, "left out", "Noor")
    persona = seen(store, study)
    claim = next(c for c in persona.claims if c.key == first.key)
    assert (claim.text, claim.original, claim.status) == (
        "Raakt pakketten kwijt",
        first.text,
        "accepted",
    )
    assert claim.evidence == first.evidence
    assert [c.key for c in persona.left_out] == [second.key]
    assert second.key not in {c.key for c in persona.claims}
    reviewing.set_claim_status(store, study, "a", second.key, "draft", "Noor")
    assert second.key in {c.key for c in seen(store, study).claims}


def test_the_summary_follows_the_lines(store: Store, study: str):
    claim = next(c for c in seen(store, study).claims if c.kind == "pain")
    reviewing.edit_claim(store, study, "a", claim.key, "Raakt pakketten kwijt")
    assert "Raakt pakketten kwijt" in seen(store, study).summary
    reviewing.set_claim_status(store, study, "a", claim.key, "left out")
    assert "Raakt pakketten kwijt" not in seen(store, study).summary


def test_an_assumption_stands_on_the_card_as_one(store: Store, study: str):
    reviewing.add_assumption(store, study, "a", "goal", "Wil snel klaar zijn", "Noor")
    (line,) = (c for c in seen(store, study).claims if c.strength == "assumption")
    assert (line.kind, line.text, line.people, line.evidence) == (
        "goal",
        "Wil snel klaar zijn",
        0,
        (),
    )


def test_a_quote_is_nobodys_to_reword(store: Store, study: str):
    found = analysis()
    persona = found.personas[0]
    quote = replace(persona.claims[0], kind="quote", evidence=persona.claims[0].evidence[:1])
    personas = (replace(persona, claims=(*persona.claims, quote)), *found.personas[1:])
    ran(store, study, replace(found, personas=personas))
    with pytest.raises(Conflict, match="own words"):
        reviewing.edit_claim(store, study, "a", quote.key, "Anders")


def test_comments_are_kept_and_settled(store: Store, study: str):
    claim = seen(store, study).claims[0]
    reviewing.add_comment(store, study, "a", "Is dit iedereen?", by="Bo")
    made = reviewing.add_comment(store, study, "a", "Mooi", claim.key, by="Noor")
    reviewing.settle_comment(store, study, made.id, "Bo")
    first, second = reviewing.get_review(store, study, "a").comments
    assert (first.text, first.by, first.claim, first.settled) == ("Is dit iedereen?", "Bo", "", 0)
    assert (second.claim, second.settled) == (claim.key, True)


# --- who is in which ---------------------------------------------------------------


def test_merge_split_and_move_count_people_anew(store: Store, study: str):
    reviewing.merge_personas(store, study, "a", "b")
    (whole,) = studies.get_view(store, study).personas
    assert len(whole.participants) == whole.base.people == 8
    assert all(c.of == 8 for c in whole.claims)
    reviewing.split_persona(store, study, "a", ("p0", "p1"), "De tellers")
    own = next(p for p in studies.get_view(store, study).personas if p.id != "a")
    assert (own.name, own.participants) == ("De tellers", ("p0", "p1"))
    reviewing.move_person(store, study, "p2", own.id)
    assert seen(store, study, own.id).participants == ("p0", "p1", "p2")
    reviewing.move_person(store, study, "p2", "")
    assert "p2" in studies.get_view(store, study).unplaced
    view_maps = studies.get_view(store, study).maps
    assert {m.persona: m.people for m in view_maps} == {None: 9, "a": 5, own.id: 2}


def test_people_decided_together_stay_together_after_a_run_that_parts_them(store, study):
    reviewing.merge_personas(store, study, "a", "b")
    ran(store, study, regrouped(("p0", "p5", "p8"), ("p1", "p2", "p6"), ("p3", "p4", "p7")))
    together = {f"p{n}" for n in range(8)}
    assert any(together <= set(p.participants) for p in studies.get_view(store, study).personas)


# --- accepted, locked, proposed ------------------------------------------------------


def test_an_accepted_persona_stays_as_it_was_when_a_run_finds_another(store: Store, study: str):
    reviewing.rename_persona(store, study, "a", "De nachecker en teller", "Noor")
    reviewing.set_persona_status(store, study, "a", "accepted", "Noor")
    before = seen(store, study)
    ran(store, study, regrouped(("p0", "p1", "p2", "p3", "p8"), ("p4", "p5", "p6", "p7")))
    after = seen(store, study)
    assert (after.name, after.participants, after.claims) == (
        before.name,
        before.participants,
        before.claims,
    )
    assert (after.status, after.version) == ("accepted", 1)
    proposal = reviewing.get_review(store, study, "a").proposal
    assert proposal is not None
    assert (proposal.joined, proposal.left) == (("p8",), ("p4",))


def test_nobody_is_in_two_personas(store: Store, study: str):
    reviewing.set_persona_status(store, study, "a", "accepted")
    ran(store, study, regrouped(("p0", "p1", "p8"), ("p2", "p3", "p4", "p5", "p6")))
    placed = [i for p in studies.get_view(store, study).personas for i in p.participants]
    assert len(placed) == len(set(placed))


def test_a_proposal_is_turned_down_or_taken_over(store: Store, study: str):
    reviewing.set_persona_status(store, study, "a", "accepted")
    ran(store, study, regrouped(("p0", "p1", "p2", "p3", "p8"), ("p4", "p5", "p6", "p7")))
    reviewing.keep_persona(store, study, "a")
    assert reviewing.get_review(store, study, "a").proposal is None
    with pytest.raises(Conflict, match="Nothing is proposed"):
        reviewing.keep_persona(store, study, "a")
    reviewing.renew_persona(store, study, "a")
    persona = seen(store, study)
    assert persona.participants == ("p0", "p1", "p2", "p3", "p8")
    assert (persona.status, persona.changed) == ("in review", True)
    reviewing.set_persona_status(store, study, "a", "accepted", "Bo")
    first, second = reviewing.get_review(store, study, "a").versions
    assert (first.number, second.number, second.by) == (1, 2, "Bo")
    assert "p4" in first.persona.participants and "p8" in second.persona.participants


def test_what_people_change_puts_an_accepted_persona_back_in_review(store: Store, study: str):
    reviewing.set_persona_status(store, study, "a", "accepted")
    decision = reviewing.move_person(store, study, "p8", "a")
    assert (seen(store, study).status, seen(store, study).changed) == ("in review", True)
    studies.undo(store, study, decision.id)
    assert seen(store, study).status == "accepted"


def test_a_locked_persona_takes_no_change_until_it_is_opened(store: Store, study: str):
    reviewing.lock_persona(store, study, "a", True)
    claim = seen(store, study).claims[0]
    tries: tuple[Callable[[], Decision], ...] = (
        lambda: reviewing.rename_persona(store, study, "a", "Anders"),
        lambda: reviewing.edit_claim(store, study, "a", claim.key, "Anders"),
        lambda: reviewing.move_person(store, study, "p0", "b"),
        lambda: reviewing.merge_personas(store, study, "b", "a"),
        lambda: reviewing.split_persona(store, study, "a", ("p0", "p1"), "Deel"),
        lambda: reviewing.add_assumption(store, study, "a", "goal", "Iets"),
    )
    for attempt in tries:
        with pytest.raises(Conflict, match="locked"):
            attempt()
    reviewing.add_comment(store, study, "a", "Een opmerking mag")
    ran(store, study, regrouped(("p0", "p1", "p8"), ("p2", "p3", "p4", "p5")))
    assert seen(store, study).participants == ("p0", "p1", "p2", "p3", "p4")
    reviewing.lock_persona(store, study, "a", False)
    assert not seen(store, study).locked and not seen(store, study).held


def test_a_theme_renamed_later_is_renamed_on_an_accepted_card(store: Store, study: str):
    reviewing.set_persona_status(store, study, "a", "accepted")
    studies.rename_theme(store, study, "t0", "Zoek zonder uitleg")
    assert "Zoek zonder uitleg" in {c.text for c in seen(store, study).claims}


def test_what_people_put_together_is_no_proposal_of_the_software(store: Store, study: str):
    reviewing.set_persona_status(store, study, "a", "accepted")
    reviewing.merge_personas(store, study, "a", "b")
    reviewing.move_person(store, study, "p8", "a")
    proposal = reviewing.get_review(store, study, "a").proposal
    assert proposal is None or not (proposal.joined or proposal.left)


def test_who_was_compared_stays_the_base_of_a_merged_persona(store: Store, study: str):
    reviewing.merge_personas(store, study, "a", "b")
    assert seen(store, study).base.of == 8


def test_side_by_side_asks_every_persona_for_each_theme():
    found = analysis()
    one, other = found.personas
    bare = replace(other, claims=())
    lines = side_by_side(found, (one, bare))
    theme = next(line for line in lines if line.theme == "t0")
    raised = theme.claims[1]
    assert raised is not None
    people = {s.participant for s in found.statements if s.id in raised.statements}
    assert people == set(other.participants) and raised.people == len(people)


# --- erasing -------------------------------------------------------------------------


def test_what_is_kept_holds_nobodys_words():
    persona = analysis().personas[0]
    said = persona.claims[0].statements[0]
    words = next(s.text for s in analysis().statements if s.id == said)
    quote = replace(persona.claims[0], kind="quote", text=words, made_by="verbatim@1")
    quote = replace(quote, evidence=quote.evidence[:1])
    kept = frozen(replace(persona, claims=(quote,)))
    assert words not in kept
    back = thawed(kept, analysis())
    assert back is not None and back.claims[0].text == words


def test_a_source_removed_leaves_what_decisions_keep(store: Store, study: str):
    uploads = analysis().sources[0]
    reviewing.set_persona_status(store, study, "a", "accepted")
    studies._forget_kept(store, study, uploads.id)
    (accepted,) = decisions.of_study(store, study)
    kept = stored(accepted.content)
    gone = {s.id for s in analysis().statements if s.source == uploads.id}
    assert gone and not gone & {s for c in kept.claims for s in c.statements}
    assert not {"p0", "p1", "p2"} & set(kept.participants)


def test_a_person_gone_from_the_study_is_gone_from_an_accepted_card(store: Store, study: str):
    reviewing.set_persona_status(store, study, "a", "accepted")
    found = analysis()
    left = replace(
        found,
        participants=tuple(p for p in found.participants if p.id != "p0"),
        statements=tuple(s for s in found.statements if s.participant != "p0"),
    )
    ran(store, study, left)
    persona = seen(store, study)
    known = {s.id for s in left.statements}
    assert "p0" not in persona.participants
    assert all(set(c.statements) <= known for c in persona.claims)
    assert all(c.of == 4 for c in persona.claims)


# --- bad requests ---------------------------------------------------------------------


def test_what_cannot_be_done_is_said(store: Store, study: str):
    key = seen(store, study).claims[0].key
    with pytest.raises(KlantbeeldError, match="Choose one of"):
        reviewing.set_claim_status(store, study, "a", key, "perfect")
    with pytest.raises(NotFound, match="no such line"):
        reviewing.set_claim_status(store, study, "a", "pain-none", "accepted")
    with pytest.raises(NotFound, match="no such line"):
        reviewing.add_comment(store, study, "a", "x", "pain-none")
    with pytest.raises(KlantbeeldError, match="at most"):
        reviewing.add_comment(store, study, "a", "x" * 1001)
    with pytest.raises(Conflict, match="two personas"):
        reviewing.merge_personas(store, study, "a", "a")
    with pytest.raises(Conflict, match="at least two people"):
        reviewing.split_persona(store, study, "a", ("p0",), "Deel")
    with pytest.raises(Conflict, match="Leave at least two"):
        reviewing.split_persona(store, study, "a", ("p0", "p1", "p2", "p3"), "Deel")
    with pytest.raises(Conflict, match="there already"):
        reviewing.move_person(store, study, "p0", "a")
    with pytest.raises(NotFound, match="no such comment"):
        reviewing.settle_comment(store, study, 99)
    with pytest.raises(Conflict, match="follows the latest"):
        reviewing.renew_persona(store, study, "a")


def test_decisions_whose_persona_is_gone_wait_for_it(store: Store, study: str):
    reviewing.rename_persona(store, study, "b", "De trouwe klant")
    ran(store, study, regrouped(("p0", "p1", "p2", "p3", "p4")))
    assert [d.value for d in reviewing.waiting(store, study)] == ["De trouwe klant"]
    ran(store, study, analysis())
    assert seen(store, study, "b").name == "De trouwe klant"


def test_a_reworded_line_follows_its_statements_to_a_persona_of_another_id(store, study):
    claim = next(c for c in seen(store, study).claims if c.kind == "pain")
    reviewing.edit_claim(store, study, "a", claim.key, "Raakt pakketten kwijt", "Noor")
    ran(store, study, regrouped(tuple(f"p{n}" for n in range(5)), ("p5", "p6", "p7")))
    texts = {c.text for c in seen(store, study, f"{LATER}-0").claims if c.kind == "pain"}
    assert "Raakt pakketten kwijt" in texts and claim.text not in texts


# --- any order of decisions and runs ---------------------------------------------------

PEOPLE = [f"p{n}" for n in range(9)]
SEQUENCE = st.lists(
    st.tuples(
        st.sampled_from(["move-person", "merge-personas", "split-persona", "persona-status"]),
        st.sampled_from(PEOPLE),
        st.sampled_from(["a", "b"]),
    ),
    max_size=6,
)
GROUPS = st.lists(st.sampled_from([0, 1, 2]), min_size=9, max_size=9)


def decided(number: int, step: tuple[str, str, str], now: Analysis) -> Decision | None:
    """A decision as the use cases would write it on what is seen."""
    wanted, person, name = step
    action: DecisionAction = next(
        a
        for a in ("move-person", "merge-personas", "split-persona", "persona-status")
        if a == wanted
    )
    one = next((p for p in now.personas if p.id == name), None)
    if one is None:
        return None
    people = one.participants
    if action == "move-person":
        return Decision(number, action, person, one.id, people, "", MOMENT)
    if action == "merge-personas":
        other = next((p for p in now.personas if p.id != one.id), None)
        if other is None:
            return None
        everyone = (*people, *other.participants)
        return Decision(number, action, one.id, other.id, everyone, "", MOMENT)
    if action == "split-persona":
        return Decision(number, action, one.id, "Deel", people[:2], "", MOMENT)
    return Decision(number, action, one.id, "accepted", people, "", MOMENT, frozen(one))


def stands(last: Decision, now: Analysis, touched: frozenset[tuple[int, str]]) -> None:
    """The last decision holds, whatever the run made of the groups."""
    home = {i: p.id for p in now.personas for i in p.participants}
    if last.action == "move-person":
        taken = {i for number, i in touched if number == last.id}
        waits = last in homeless(now.personas, [last])
        assert waits or home.get(last.target) in taken
    elif last.action == "merge-personas":
        assert len({home.get(i) for i in last.anchors}) == 1
    elif last.action == "split-persona":
        assert {home.get(i) for i in last.anchors} == {own_id(last)}
    else:
        assert {i for i, p in home.items() if p == last.target} == set(last.anchors)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SEQUENCE, GROUPS)
def test_after_any_decisions_and_a_new_run_everybody_has_one_place(steps, dealt):
    first = analysis()
    log: list[Decision] = []
    for number, step in enumerate(steps, 1):
        made = decided(number, step, view(first, log))
        log += [made] if made else []
    groups = [tuple(p for p, g in zip(PEOPLE, dealt, strict=True) if g == k) for k in range(3)]
    for found in (first, regrouped(*(g for g in groups if len(g) > 1))):
        now = view(found, log)
        placed = [i for p in now.personas for i in p.participants]
        assert len(placed) == len(set(placed))
        assert set(placed) | set(now.unplaced) == set(PEOPLE)
        known = {s.id: s.participant for s in now.statements}
        for persona in now.personas:
            if persona.method == "people":
                people = set(persona.participants)
                assert all(known[s] in people for c in persona.claims for s in c.statements)
        if log and now.personas:
            stands(log[-1], now, cast(found, log).touched)
        assert view(found, log) == now
