"""Taking results away: every export of a study or of an analysis, with what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from research.comparing import changes
from research.contracts import Card, Exporter, Group
from research.errors import KlantbeeldError, NotFound
from research.exporters import EXPORTERS
from research.exporters.cards import card_of
from research.exporters.naming import full_name, plain_name
from research.kpis import kpis_of_study
from research.model import About, Analysis, Decision, Plan, Run, Study
from research.opportunities import opportunities
from research.reopening import analysis_from_json
from research.retention import get_privacy
from research.store import Store, decisions, runs
from research.studies import earlier_view, get_study, get_view, list_studies
from research.view import standing

GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class Export:
    """A file to take away. `plain` is its name in ASCII, `full` with the study's own name."""

    exporter: Exporter
    plain: str
    full: str
    content: bytes


def listed() -> tuple[tuple[Exporter, Card], ...]:
    """Every export with its card, group by group."""
    found = [(e, card_of(e.name)) for e in EXPORTERS]
    return tuple(sorted(found, key=lambda pair: GROUPS.index(pair[1].group)))


def find_exporter(name: str) -> Exporter:
    """An exporter by its name or its file's name. Raises `NotFound` with those there are."""
    for exporter in EXPORTERS:
        if name in (exporter.name, exporter.filename):
            return exporter
    known = ", ".join(exporter.name for exporter in EXPORTERS)
    raise NotFound(f"There is no export {name!r}; choose one of {known}.")


def export_study(store: Store, study_id: str, name: str, *, consent: bool = False) -> Export:
    """An export of a study as people see it now.

    `consent` says that the participants agreed to be named by pseudonym; an export that does
    so raises `KlantbeeldError` without it. Raises `NotFound` before the first run.
    """
    return written(find_exporter(name), shown(store, study_id), consent=consent)


def shown(store: Store, study_id: str) -> Analysis:
    """The view of a study with what stands beside it: its name, date, version and plans."""
    analysis = get_view(store, study_id)
    log = decisions.of_study(store, study_id)
    before = earlier_view(store, study_id)
    kept_why = get_privacy(store, study_id)
    trends = () if before is None else changes(before, analysis)
    about = About(
        study=get_study(store, study_id).name,
        date=max(
            (r.ended.date().isoformat() for r in _runs(store, study_id) if r.ended), default=""
        ),
        run=run_of(store, study_id),
        decision=max((d.id for d in log), default=0),
        reviewers=tuple(sorted({d.by for d in standing(log) if d.by})),
        plans=plans(analysis, standing(log)),
        trends=tuple(sorted((c.theme, c.what) for c in trends if c.what != "gone")),
        kpis=kpis_of_study(store, study_id, analysis.taxonomy),
        basis=kept_why.ground.basis,
        keep_until=kept_why.keep_until,
    )
    return replace(analysis, about=about)


def run_of(store: Store, study_id: str) -> int:
    """How many runs of a study gave results: the number of the one that is shown."""
    return len(_runs(store, study_id))


def _runs(store: Store, study_id: str) -> list[Run]:
    return [r for r in runs.of_study(store, study_id) if r.status == "done" and r.ended]


def find_study(store: Store, text: str) -> Study:
    """A study by its id, or by its name when one alone has it. Raises `NotFound`."""
    every = list_studies(store)
    found = [s for s in every if s.id == text] or [s for s in every if s.name == text]
    if len(found) == 1:
        return found[0]
    reason = "several studies have this name; give the id of one" if found else "there is none"
    known = "; ".join(f"{s.id} ({s.name})" for s in found or every) or "no study at all"
    raise NotFound(f"Study {text!r}: {reason}. Known: {known}.")


def alone(analysis: Analysis) -> Analysis:
    """An analysis without a store around it, with what can be told from it alone."""
    about = replace(analysis.about, plans=plans(analysis, ()))
    return replace(analysis, about=replace(about, study=about.study or analysis.study))


def read_analysis(path: Path) -> Analysis:
    """The analysis of an analysis.json. Raises `KlantbeeldError` when it is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotFound(f"{path}: cannot be read ({error.strerror or error}).") from error
    return alone(analysis_from_json(path.name, content))


def plans(analysis: Analysis, log: Sequence[Decision]) -> tuple[Plan, ...]:
    """What a team plans about each pain point, single voices included; most pressing first."""
    return tuple(
        Plan(o.theme, o.text, o.severity, o.score, o.owner, o.status, o.effort, o.change)
        for o in opportunities(analysis, log, fewest=1)
    )


def written(exporter: Exporter, analysis: Analysis, *, consent: bool = False) -> Export:
    """An export of an analysis. Raises `KlantbeeldError` without the consent that it needs."""
    if card_of(exporter.name).consent and not consent:
        raise KlantbeeldError(
            "This file names participants by pseudonym; say first that they agreed to it."
        )
    plain = plain_name(exporter.filename, analysis.about)
    full = full_name(exporter.filename, analysis.about)
    return Export(exporter, plain, full, exporter.export(analysis))
