"""Presidio's pattern recognisers, without a trained model, on texts from standard input.

Run by a Python of its own: Presidio 2.2 wants an older `preshed` than what we lock. Official
spaCy models are in no package index, so that names and places are not looked for.
"""

import json
import logging
import sys

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

LANGUAGES = ("nl", "en")
ENOUGH = 0.35  # the score from which Presidio's own anonymiser examples take a find


class Blank(SpacyNlpEngine):
    """The engine with pipelines that only cut words."""

    def load(self) -> None:
        """Blank pipelines in place of models."""
        self.nlp = {language: spacy.blank(language) for language in LANGUAGES}


def analyzer() -> AnalyzerEngine:
    """Presidio with the recognisers that it has for each language."""
    engine = Blank(models=[{"lang_code": code, "model_name": code} for code in LANGUAGES])
    engine.load()
    registry = RecognizerRegistry(supported_languages=list(LANGUAGES))
    registry.load_predefined_recognizers(languages=list(LANGUAGES), nlp_engine=engine)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=list(LANGUAGES))


def main() -> None:
    """Print the spans found in each text."""
    logging.disable(logging.CRITICAL)  # one library asks the network in vain, and says so
    ask = analyzer()
    found = []
    for language, text in json.load(sys.stdin):
        results = ask.analyze(text, language=language)
        found.append(sorted({(r.start, r.end) for r in results if r.score >= ENOUGH}))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
