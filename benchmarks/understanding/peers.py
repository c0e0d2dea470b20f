"""Peers that run here: nearest prototype sentences on the same vectors, and lexicons of feeling."""

from collections.abc import Sequence

import numpy as np

from benchmarks.understanding.sets import Told
from research.encoders import HybridEncoder

# Definitions of the codebook, in both languages: what a zero-shot classifier is given.
PROTOTYPES = {
    "kind": {
        "pain": (
            "Something goes wrong, disappoints, confuses or costs too much effort.",
            "Er gaat iets mis, het valt tegen, is verwarrend of kost te veel moeite.",
        ),
        "motivation": (
            "What I want, need or prefer, and why I choose it; a wish for something new.",
            "Wat ik wil, nodig heb of liever heb, en waarom ik ervoor kies; een wens.",
        ),
        "praise": (
            "This works well and pleases me; I am happy with it.",
            "Dit werkt goed en bevalt me; ik ben er blij mee.",
        ),
        "context": (
            "A fact about who I am, what I do, how often and when.",
            "Een feit over wie ik ben, wat ik doe, hoe vaak en wanneer.",
        ),
        "none": ("Yes, okay, thank you, hello.", "Ja, oké, dank je wel, hallo."),
    },
    "stage": {
        "awareness": (
            "First hearing of it or noticing a need.",
            "Er voor het eerst van horen of een behoefte merken.",
        ),
        "consideration": (
            "Searching, comparing, reading reviews, weighing before deciding.",
            "Zoeken, vergelijken, reviews lezen, afwegen voor het kiezen.",
        ),
        "purchase": (
            "Ordering, booking, signing up, checkout and paying.",
            "Bestellen, boeken, aanmelden, afrekenen en betalen.",
        ),
        "service": (
            "Delivery, using it, support, complaints, returns, invoices.",
            "Levering, gebruik, hulp, klachten, retouren, facturen.",
        ),
        "loyalty": (
            "Coming back, staying or leaving, recommending to others.",
            "Terugkomen, blijven of weggaan, aanraden aan anderen.",
        ),
        "unknown": ("Nothing about a purchase.", "Niets over een aankoop."),
    },
}
POSITIVE_FROM = 0.05


def prototypes(told: Told, task: str) -> list[str]:
    """The class whose definition lies nearest, on the bundled encoder's vectors."""
    encoder = HybridEncoder()
    names = sorted(PROTOTYPES[task])
    vectors = encoder.encode([s.text for s in told.statements])
    pairs = [encoder.encode(list(PROTOTYPES[task][name])).sum(axis=0) for name in names]
    centres = np.array([p / np.linalg.norm(p) for p in pairs])
    return [names[int(best)] for best in (vectors @ centres.T).argmax(axis=1)]


def lexicon(told: Told) -> list[str]:
    """Feeling by lexicon: VADER for English (Hutto and Gilbert 2014), Pattern's for Dutch."""
    english, dutch = _english(), _dutch()
    scores = [(dutch if s.language == "nl" else english)(s.text) for s in told.statements]
    return ["1" if s >= POSITIVE_FROM else "-1" if s <= -POSITIVE_FROM else "0" for s in scores]


def _english():  # type: ignore[no-untyped-def]  # the library has no types
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda text: analyzer.polarity_scores(text)["compound"]


def _dutch():  # type: ignore[no-untyped-def]  # the library has no types
    from textblob import TextBlob
    from textblob_nl import PatternAnalyzer

    analyzer = PatternAnalyzer()
    return lambda text: TextBlob(text, analyzer=analyzer).sentiment[0]


def majority(gold: Sequence[str]) -> list[str]:
    """The commonest label for everything."""
    best = max(sorted(set(gold)), key=list(gold).count)
    return [best] * len(gold)
