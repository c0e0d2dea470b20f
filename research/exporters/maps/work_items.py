"""Pain points as work items: CSV for Linear, Jira and GitLab, one pain point an item."""

from collections.abc import Iterator
from dataclasses import dataclass

from research.exporters.maps.text import cell, line, shortened
from research.exporters.maps.tree import Branch, Leaf, tree
from research.exporters.tables import BOM, to_csv
from research.exporters.words import Words, words_of
from research.model import Analysis, Plan

LONGEST_TITLE = 250
LABELS = 3
PRIORITY = "No priority"
STATUS = "Backlog"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A pain point to work on: `text` says who has it, where, and what they said."""

    title: str
    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinearCsv:
    """Writes linear-issues.csv."""

    name: str = "linear-csv"
    filename: str = "linear-issues.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """The columns that Linear's own importer reads; no priority until people give one."""
        header = ("Title", "Description", "Priority", "Status", "Labels")
        rows = (
            (
                i.title,
                i.text,
                PRIORITY,
                STATUS,
                ", ".join(label.replace(",", " ") for label in i.labels),
            )
            for i in work_items(analysis)
        )
        return _csv(header, rows)


@dataclass(frozen=True, slots=True)
class JiraCsv:
    """Writes jira-issues.csv."""

    name: str = "jira-csv"
    filename: str = "jira-issues.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """A column `Labels` for each label; Jira's labels hold no spaces."""
        header = ("Summary", "Description", "Issue Type", *["Labels"] * LABELS)
        rows = (
            (i.title, i.text, "Task", *("_".join(label.split()) for label in padded(i.labels)))
            for i in work_items(analysis)
        )
        return _csv(header, rows)


@dataclass(frozen=True, slots=True)
class GitLabCsv:
    """Writes gitlab-issues.csv."""

    name: str = "gitlab-csv"
    filename: str = "gitlab-issues.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """The two columns that GitLab reads; no quick action in a text is carried out."""
        rows = ((i.title, harmless(i.text)) for i in work_items(analysis))
        return _csv(("title", "description"), rows)


def work_items(analysis: Analysis) -> Iterator[WorkItem]:
    """One for each pain point, by stage, most people first."""
    say = words_of(analysis.language)
    plans = {plan.theme: plan for plan in analysis.about.plans}
    for branch, leaf in tree(analysis).leaves():
        if leaf.kind == "pain":
            labels = (say("Pain point"), branch.name, say(leaf.strength))
            text = "\n\n".join(_told(say, branch, leaf, plans.get(leaf.theme)))
            yield WorkItem(cell(shortened(leaf.text, LONGEST_TITLE)), cell(text), labels)


def _told(say: Words, branch: Branch, leaf: Leaf, plan: Plan | None) -> Iterator[str]:
    if leaf.definition and leaf.definition != "…":
        yield leaf.definition
    if plan:
        yield f"{say('Opportunity')}: {line(plan.text)}"
        if plan.change:
            yield f"{say('What should change')}: {line(plan.change)}"
        if plan.owner:
            yield f"{say('Owner')}: {line(plan.owner)}"
    people = say("{k} of {n} people").format(k=leaf.people, n=leaf.of)
    yield f"{say('Stage')}: {branch.name}. {people} ({say(leaf.strength)})."
    if leaf.personas:
        yield f"{say('Personas')}: {', '.join(leaf.personas)}."
    if leaf.quotes:
        yield "\n".join(f"> {quote.full}" for quote in leaf.quotes)
    yield f"{say('Id')}: {leaf.theme}"


def padded(labels: tuple[str, ...]) -> tuple[str, ...]:
    """As many labels as there are columns for them."""
    return (*labels, *[""] * LABELS)[:LABELS]


def harmless(text: str) -> str:
    """Text that GitLab neither carries out (a slash at a line's start) nor sends to anybody."""
    lines = text.replace("@", "@\u200b").split("\n")
    return "\n".join("\u200b" + part if part.lstrip().startswith("/") else part for part in lines)


def _csv(header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> bytes:
    """For machines: without a byte order mark."""
    safe = (tuple(cell(c) for c in row) for row in rows)
    return to_csv(header, safe).removeprefix(BOM.encode("utf-8"))
