"""How strong evidence is, by people, files and what speaks against it."""

from research.model import Strength


def strength(people: int, sources: int, against: int) -> Strength:
    """Strong, emerging or anecdotal; an assumption when nobody said it."""
    if people >= 3 and sources >= 2 and against < people:
        return "strong"
    if people >= 2:
        return "emerging"
    return "anecdotal" if people else "assumption"
