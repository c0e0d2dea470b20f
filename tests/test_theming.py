"""What people decide about themes, through the store and later runs."""

from pathlib import Path

import pytest

from research import studies, theming
from research.errors import Conflict, KlantbeeldError, NotFound
from research.model import Study, Theme
from research.store import Store, open_store
from tests.test_studies import crash, with_results


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    return studies.create_study(store, "Bezorging", language="nl", encoder="hashing")


def shown(store: Store, study: Study) -> dict[str, Theme]:
    """The themes as people see them."""
    return {t.id: t for t in studies.get_view(store, study.id).themes}


def test_a_merge_can_be_undone(store: Store, study: Study):
    with_results(store, study)
    decision = theming.merge_themes(store, study.id, "theme-1", "theme-2")
    assert set(shown(store, study)) == {"theme-1", "theme-3"}
    studies.undo(store, study.id, decision.id)
    assert set(shown(store, study)) == {"theme-1", "theme-2", "theme-3"}


def test_a_part_becomes_a_theme_and_gets_a_name(store: Store, study: Study):
    analysis = with_results(store, study)
    part = analysis.themes[0].statements[:1]
    made = theming.split_theme(store, study.id, "theme-1", part, " Eigen \n naam ")
    own = next(t for t in shown(store, study).values() if t.label == "Eigen naam")
    assert own.statements == part
    studies.rename_theme(store, study.id, own.id, "Beter")
    assert shown(store, study)[own.id].label == "Beter"
    studies.undo(store, study.id, made.id)
    assert own.id not in shown(store, study)


def test_what_cannot_be_done_is_said(store: Store, study: Study):
    analysis = with_results(store, study)
    whole = analysis.themes[0].statements
    for wrong in (
        lambda: theming.merge_themes(store, study.id, "theme-1", "theme-1"),
        lambda: theming.merge_themes(store, study.id, "theme-1", "theme-3"),
        lambda: theming.split_theme(store, study.id, "theme-1", whole, "x"),
        lambda: theming.split_theme(store, study.id, "theme-1", ["gone"], "x"),
        lambda: theming.set_theme_kind(store, study.id, "theme-1", "pain"),
    ):
        with pytest.raises(Conflict):
            wrong()
    with pytest.raises(KlantbeeldError):
        theming.set_theme_kind(store, study.id, "theme-1", "praise")
    with pytest.raises(NotFound):
        theming.hide_theme(store, study.id, "gone")
    theming.hide_theme(store, study.id, "theme-1")
    theming.pin_theme(store, study.id, "theme-2")
    with pytest.raises(Conflict):
        theming.hide_theme(store, study.id, "theme-1")
    with pytest.raises(Conflict):
        theming.pin_theme(store, study.id, "theme-2")


def test_decisions_stand_in_the_next_run_with_more_interviews(store: Store, study: Study):
    studies.add_uploads(store, study.id, [crash(n) for n in range(6)])
    studies.analyse_study(store, study.id)
    theme = max(shown(store, study).values(), key=lambda t: len(t.statements))
    part = theme.statements[:2]
    theming.split_theme(store, study.id, theme.id, part, "Apart")
    theming.pin_theme(store, study.id, theme.id)
    studies.rename_theme(store, study.id, theme.id, "Vastlopen")
    before = studies.get_view(store, study.id)
    studies.add_uploads(store, study.id, [crash(n) for n in range(6, 9)])
    analysis = studies.analyse_study(store, study.id)
    named = {t.label: t for t in analysis.themes}
    assert set(named["Apart"].statements) >= set(part)
    assert named["Vastlopen"].pinned and not set(named["Vastlopen"].statements) & set(part)
    assert studies.get_view(store, study.id) == analysis
    assert {t.label for t in before.themes} >= {"Apart", "Vastlopen"}


def test_a_hidden_theme_is_in_no_persona_of_the_next_run(store: Store, study: Study):
    studies.add_uploads(store, study.id, [crash(n) for n in range(6)])
    first = studies.analyse_study(store, study.id)
    theme = max(first.themes, key=lambda t: t.people)
    theming.hide_theme(store, study.id, theme.id)
    again = studies.analyse_study(store, study.id)
    assert [t.id for t in again.themes if t.hidden] == [theme.id]
    assert theme.id not in {t.id for t in again.shown}
    assert all(c.theme != theme.id for p in again.personas for c in p.claims)
    assert all(c.theme != theme.id for m in again.maps for cell in m.cells for c in cell.claims)


def test_the_dial_counts_from_the_next_run_on_and_can_be_undone(store: Store, study: Study):
    studies.add_uploads(store, study.id, [crash(n) for n in range(6)])
    first = studies.analyse_study(store, study.id)
    assert [t.dial for t in first.trees] == [0, 0]
    assert {t.kind for t in first.trees} == {"pain", "motivation"}
    groups = theming.preview_themes(store, study.id, -4)["pain"]
    turned = theming.set_dial(store, study.id, -4)
    assert theming.get_dial(store, study.id) == -4
    again = studies.analyse_study(store, study.id)
    assert [t.dial for t in again.trees] == [-4, -4]
    assert sum(t.kind == "pain" for t in again.themes) <= max(1, len(groups))
    studies.undo(store, study.id, turned.id)
    assert theming.get_dial(store, study.id) == 0
    for wrong in (9, -9):
        with pytest.raises(KlantbeeldError):
            theming.set_dial(store, study.id, wrong)
        with pytest.raises(KlantbeeldError):
            theming.preview_themes(store, study.id, wrong)
