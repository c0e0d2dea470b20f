"""Taking the codings of a REFI-QDA project along: what a person coded there is decided here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from research.codebooks import parse_codebook
from research.codings import CodedStatement, Coding, coded_statements, codings_of
from research.errors import BadUpload
from research.model import (
    Analysis,
    Code,
    Decision,
    DecisionAction,
    Kind,
    Statement,
    Theme,
    Upload,
    by_id,
)
from research.readers.files import source_id
from research.readers.refi import Project, guid, open_project
from research.relabel import corrections
from research.store import Store, decisions
from research.studies import get_view
from research.view import standing

CODED = "-coded"
NOT_IN_STUDY = "its source is not in this study"
NO_STATEMENT = "no statement of a participant shares more than half with it"
OTHER_CODE = "its statements are coded otherwise too, and a statement is in one theme"
DECIDED = "people decided about its statements already"
NO_THEMES = "this study has no themes yet, so that none can be made like them"
NO_KIND = "its code tells neither a pain point nor a motivation, nor do its statements"


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was decided, and the codings that could not be, with the reason."""

    decisions: tuple[Decision, ...]
    left: tuple[tuple[Coding, str], ...]


def adopt_codings(store: Store, study_id: str, upload: Upload, by: str = "") -> Adopted:
    """Put what was coded in a project in themes, as decisions that every later run replays.

    A code is the theme that was matched with it, or one of its name, or a new theme. What
    people decided about a statement stays; the same project again decides nothing twice.
    Raises `BadUpload`, `BadCodebook`, `NotFound`.
    """
    project = open_project(upload)
    codes = {guid(c.id): c for c in parse_codebook(upload.content, upload.name).codes}
    analysis = get_view(store, study_id)
    log = standing(decisions.of_study(store, study_id))
    found = _found(project, analysis)
    chosen = {i: c for i, c in _chosen(found).items() if c.code in codes}
    work = _Work(store, study_id, by, log)
    for code, statements in _by_code(chosen, codes):
        work.take(code, statements)
    return Adopted(tuple(work.made), _left(project, analysis, found, chosen, work))


def _found(project: Project, analysis: Analysis) -> list[CodedStatement]:
    """Every statement of the study that a coding is about."""
    sources = {source.id: source for source in analysis.sources}
    found: list[CodedStatement] = []
    for source in project.sources:
        if not isinstance(source.file, Upload):
            continue
        here = sources.get(source_id(source.file.content))
        if here is None:
            continue
        said = [s for s in analysis.statements if s.source == here.id]
        try:
            found += coded_statements(source, here.passages, said)
        except BadUpload:
            continue
    return found


def _chosen(found: Iterable[CodedStatement]) -> dict[str, Coding]:
    """One coding a statement: the one it shares most with, the first of equals."""
    best: dict[str, CodedStatement] = {}
    for coded in found:
        if coded.statement not in best or coded.share > best[coded.statement].share:
            best[coded.statement] = coded
    return {statement: coded.coding for statement, coded in best.items()}


def _by_code(
    chosen: Mapping[str, Coding], codes: Mapping[str, Code]
) -> list[tuple[Code, list[str]]]:
    """The statements of each code, codes in the order of the codebook."""
    return [
        (code, mine)
        for identity, code in codes.items()
        if (mine := [s for s, coding in chosen.items() if coding.code == identity])
    ]


def _left(
    project: Project,
    analysis: Analysis,
    found: Sequence[CodedStatement],
    chosen: Mapping[str, Coding],
    work: "_Work",
) -> tuple[tuple[Coding, str], ...]:
    """The codings that led to nothing, and why."""
    here = {source.id for source in analysis.sources}
    about: dict[Coding, list[str]] = {}
    for coded in found:
        about.setdefault(coded.coding, []).append(coded.statement)
    left: dict[Coding, str] = {}
    for coding in codings_of(project):
        mine = about.get(coding, [])
        own = [s for s in mine if chosen.get(s) == coding]
        if coding.source not in here:
            left[coding] = NOT_IN_STUDY
        elif not mine:
            left[coding] = NO_STATEMENT
        elif not own:
            left[coding] = OTHER_CODE
        elif not any(s in work.placed for s in own):
            left[coding] = work.refused.get(own[0], DECIDED)
    return tuple(left.items())


class _Work:
    """Decides about one code after another, on the study as it is by then."""

    def __init__(self, store: Store, study_id: str, by: str, log: Sequence[Decision]) -> None:
        self._store, self._study, self._by = store, study_id, by
        self._moved = {d.target for d in log if d.action == "set-theme"}
        self._moved |= {s for d in log if d.action == "split-theme" for s in d.anchors}
        self._made_before = {
            d.value: f"-own-{d.id}"
            for d in log
            if d.action == "split-theme" and d.target.endswith(CODED)
        }
        self._kinds = {s: told["kind"] for s, told in corrections(log).items() if "kind" in told}
        self.made: list[Decision] = []
        self.placed: set[str] = set()
        self.refused: dict[str, str] = {}

    def take(self, code: Code, statements: Sequence[str]) -> None:
        """Put a code's statements in its theme."""
        analysis = get_view(self._store, self._study)
        known = by_id(analysis.statements)
        theme = self._own(code, analysis.themes) or _theme_of(code, analysis.themes)
        there = set(theme.statements) if theme else set()
        self.placed |= there & set(statements)
        free = [s for s in statements if s not in self._moved and s not in there]
        kind = _kind(code, theme, [known[s] for s in free])
        if not kind:
            self.refused |= dict.fromkeys(free, NO_KIND)
            return
        if not analysis.themes:
            self.refused |= dict.fromkeys(free, NO_THEMES)
            return
        fitting = [s for s in free if self._fits(known[s], kind, told=bool(code.kind))]
        if not fitting:
            return
        for statement in fitting:
            if known[statement].kind != kind:
                self._decide("set-kind", statement, kind, (statement,))
        self.placed |= set(fitting)
        if theme is None:
            self._decide("split-theme", f"{kind}{CODED}", code.label_nl, fitting)
            return
        for statement in fitting:
            self._decide("set-theme", statement, theme.id, theme.statements)

    def _own(self, code: Code, themes: Iterable[Theme]) -> Theme | None:
        """The theme that was made of a code before, whatever it is called now."""
        ending = self._made_before.get(code.label_nl)
        return next((t for t in themes if ending and t.id.endswith(ending)), None)

    def _fits(self, statement: Statement, kind: Kind, told: bool) -> bool:
        """Whether a statement is of the kind, or may become so: the code says it, and nobody
        said otherwise."""
        if statement.kind == kind:
            return True
        if told and self._kinds.get(statement.id, kind) == kind:
            return True
        self.refused[statement.id] = DECIDED if told else NO_KIND
        return False

    def _decide(
        self, action: DecisionAction, target: str, value: str, anchors: Sequence[str]
    ) -> None:
        made = decisions.add(
            self._store,
            self._study,
            action,
            target,
            value,
            anchors,
            self._by,
        )
        self.made.append(made)


def _theme_of(code: Code, themes: Iterable[Theme]) -> Theme | None:
    """The theme that was matched with a code, else one of its name and kind."""
    shown = [t for t in themes if not code.kind or t.kind == code.kind]
    matched = next((t for t in shown if t.made_by == f"code:{code.id}"), None)
    names = {code.label_nl.casefold(), code.label_en.casefold()}
    return matched or next((t for t in shown if t.label.casefold() in names), None)


def _kind(code: Code, theme: Theme | None, said: Sequence[Statement]) -> Kind | None:
    """What the code is: as it says, as its theme is, or as most of its statements are."""
    if code.kind:
        return code.kind
    if theme is not None:
        return theme.kind
    counts = {k: sum(s.kind == k for s in said) for k in ("pain", "motivation")}
    if not any(counts.values()):
        return None
    return "motivation" if counts["motivation"] > counts["pain"] else "pain"
