"""Fewer or more themes: what the dial asks for, and what each turn of it would give."""

from collections.abc import Iterable

from research.model import Decision, ThemeTree, TreeGroup

LEAST, MOST = -4, 4
STEP = 1.35  # a turn of the dial gives about a third more themes, or fewer


def dial_of(decisions: Iterable[Decision]) -> int:
    """Where people put the dial; nought is the software's own choice. The last word counts."""
    turns = [int(d.value) for d in decisions if d.action == "set-dial"]
    return turns[-1] if turns else 0


def wanted(count: int, dial: int) -> int:
    """How many themes a turn of the dial asks for, where `count` is the default."""
    return max(1, round(count * STEP**dial))


def preview(tree: ThemeTree, dial: int) -> tuple[TreeGroup, ...]:
    """The groups at a turn of the dial, largest first; a joined one has its largest's name.

    What a run makes of it may differ in the statements that fit no theme.
    """
    groups = {g.number: list(g.statements) for g in tree.groups}
    labels = {g.number: g.label for g in tree.groups}
    target = wanted(len(groups), dial)
    for group, into, _ in tree.joins[: max(0, len(groups) - target)]:
        if group in groups and into in groups:
            groups[into] += groups.pop(group)
    for number, part in enumerate(tree.parts[: max(0, target - len(groups))], start=1):
        taken = set(part.statements)
        kept = [s for s in groups.get(part.number, []) if s not in taken]
        if kept:
            groups[part.number] = kept
            groups[-number], labels[-number] = list(part.statements), part.label
    made = (TreeGroup(n, labels[n], tuple(s)) for n, s in groups.items())
    return tuple(sorted(made, key=lambda g: (-len(g.statements), g.label)))
