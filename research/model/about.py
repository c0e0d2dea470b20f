"""What is known around an analysis when it is taken away: its name, date, version, plans."""

from dataclasses import dataclass

from research.model.metrics import Kpi


@dataclass(frozen=True, slots=True)
class Plan:
    """A pain point as a question, and what a team plans about it; `theme` is its id.

    `severity` is from 0 to 1, `score` the share of people times severity times the weight of
    the stage. `owner`, `effort` and `change` (what is wanted instead) may be empty.
    """

    theme: str
    text: str
    severity: float
    score: float
    owner: str = ""
    status: str = "open"
    effort: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What stands beside the findings in an export. Everything may be unknown.

    `date` is the day on which the run ended (2026-03-31), never that of the export: the same
    view gives the same bytes on any day. `run` counts the runs with results, `decision` is
    the last decision that is shown. `reviewers` are who decided something, `trends` what
    became of themes since the run before (`new`, `grown`, `shrunk`, `same`), by theme.
    `basis` is the study's legal basis for personal data, `keep_until` its last day.
    """

    study: str = ""
    date: str = ""
    run: int = 0
    decision: int = 0
    reviewers: tuple[str, ...] = ()
    plans: tuple[Plan, ...] = ()
    trends: tuple[tuple[str, str], ...] = ()
    kpis: tuple[Kpi, ...] = ()
    basis: str = ""
    keep_until: str = ""

    @property
    def version(self) -> str:
        """The run and the last decision, such as `v3.12`; empty when there is no run."""
        return f"v{self.run}.{self.decision}" if self.run else ""


NOTHING_KNOWN = About()
