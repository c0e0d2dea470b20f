"""The dictionary form of a word: Dutch, English, German, French (simplemma, Barbaresi, MIT)."""

from functools import lru_cache

LANGUAGES = ("nl", "en", "de", "fr")


@lru_cache(maxsize=200_000)
def lemma(token: str, language: str) -> str:
    """The lemma of a word in lower case; the word itself where it is not known."""
    from simplemma import lemmatize

    return lemmatize(token, lang=language).lower()
