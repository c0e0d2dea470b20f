"""A persona in words: its name, its summary and who its people are."""

from collections.abc import Sequence

from research.model import Base, Claim, Distribution, Participant
from research.steps.phrases import listed, phrase


def name_of(language: str, number: int, leading: Sequence[Claim], used: set[str]) -> str:
    """The theme that leads and names nobody yet; `leading` are claims, best name first."""
    for source in leading:
        if source.text not in used:
            used.add(source.text)
            return source.text
    return phrase("group", language, {"number": number + 1})


def summary_of(language: str, base: Base, size: str, claims: Sequence[Claim]) -> str:
    """Who they are, what they want and run into, and where, written from the claims alone."""
    count = phrase("count", language, {"people": base.people, "of": base.of})
    parts = [f"{count}." if size == "persona" else f"{count}: {phrase(size, language, {})}."]
    for key, name, kind in (
        ("wants", "themes", "motivation"),
        ("troubled", "themes", "pain"),
        ("weighs", "words", "criterion"),
        ("through", "touchpoints", "channel"),
    ):
        told = [c.text for c in _of(claims, kind) if c.made_by != "verbatim@1"][:3]
        if told:
            parts.append(phrase(key, language, {name: listed(told, language)}))
    return " ".join(parts)


def _of(claims: Sequence[Claim], kind: str) -> list[Claim]:
    return [c for c in claims if c.kind == kind]


def demographics_of(
    participants: Sequence[Participant], people: frozenset[str]
) -> tuple[Distribution, ...]:
    """Attributes as collected, as counts; they describe the group and never form it."""
    counts: dict[str, dict[str, int]] = {}
    for participant in participants:
        if participant.id in people:
            for name, value in participant.attributes:
                counts.setdefault(name, {}).setdefault(value, 0)
                counts[name][value] += 1
    return tuple(
        Distribution(
            name,
            tuple(sorted(values.items(), key=lambda v: (-v[1], v[0]))),
            sum(values.values()),
        )
        for name, values in sorted(counts.items())
    )
