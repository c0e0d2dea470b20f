"""Words and sentence ends, by spaCy's blank pipelines: the only file that imports spaCy.

spaCy is imported on first use, so that the commands that do not read text start at once.
While it loads, torch is hidden: thinc, spaCy's engine, imports torch whenever it is
installed (2 s and 180 MB) and only trained pipelines ever use it. The hiding entry is
taken away right after, so that a later `import torch` works as usual.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_PIPELINES = frozenset({"nl", "en", "de", "fr"})
_SENTENCE_END = ["!", ".", "?", "…", "。", "！", "？", "؟", "।"]
# A pipeline remembers every word; it is renewed before a long-lived process grows.
# (spaCy's memory zones forget after each text, which makes short texts six times slower.)
_VOCABULARY = 300_000
_PAGE = 100_000  # characters handed to spaCy at once; its own limit is a million


@cache
def _pipeline(name: str) -> "Language":
    with _torch_hidden():
        import spacy
    pipeline = spacy.blank(name)
    pipeline.add_pipe("sentencizer", config={"punct_chars": _SENTENCE_END})
    return pipeline


def blank(language: str) -> "Language":
    """The blank pipeline of a language (`nl`, `en`, `de`, `fr`; anything else: one for all)."""
    return _pipeline(language if language in _PIPELINES else "xx")


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing of what is spoken about, as spaCy lists them."""
    pipeline = blank(language)
    return frozenset(word.lower() for word in pipeline.Defaults.stop_words)


def sentence_starts(text: str, language: str) -> list[int]:
    """Where sentences begin, in characters, as the pipeline sees them, uncorrected."""
    starts: list[int] = []
    pipeline = blank(language)
    for offset in range(0, len(text), _PAGE):
        parsed = pipeline(text[offset : offset + _PAGE])
        starts += [offset + sentence.start_char for sentence in parsed.sents]
    if len(pipeline.vocab) > _VOCABULARY:
        _pipeline.cache_clear()
    return starts


@contextmanager
def _torch_hidden() -> Iterator[None]:
    """Make `import torch` fail inside the block, unless torch is there already."""
    hide = "torch" not in sys.modules
    if hide:
        # None in sys.modules is Python's own mark for "not importable".
        sys.modules["torch"] = None  # type: ignore[assignment]  # typeshed knows modules only
    try:
        yield
    finally:
        if hide:
            sys.modules.pop("torch", None)
