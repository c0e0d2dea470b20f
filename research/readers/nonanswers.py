"""Answers that say nothing, in Dutch and English, so that they are set aside and not lost."""

import re

from research.readers.words import words

NON_ANSWER = "a non-answer"

_WORDS = words(
    """
        n/a na nvt n.v.t n.v.t. n/b nb geen none nee no neen niets nothing niks nope nada
        nil null nan x xx xxx idk dunno onbekend unknown leeg blank test asdf keine k.a.
    """
)
_PHRASES = """
    weet niet, weet ik niet, weet ik zo niet, geen idee, geen mening, geen opmerkingen,
    geen opmerking, geen verdere opmerkingen, geen antwoord, geen bijzonderheden, nee hoor,
    niet van toepassing, niet ingevuld, niets bijzonders, zeg ik liever niet, wil ik niet zeggen,
    zie boven, zie hierboven, see above, not applicable, no comment, no comments, no answer,
    no idea, no opinion, don't know, dont know, i don't know, i dont know, not sure, did not answer,
    nothing comes to mind, nothing to add, nothing really, nothing special, prefer not to say,
    lorem ipsum, keine angabe
"""
_SAYING_NOTHING = frozenset(_WORDS) | {phrase.strip() for phrase in _PHRASES.split(",")}
_ONLY_MARKS = re.compile(r"[\W_]+")
_FIRST_SYMBOL = "\u2190"


def is_non_answer(text: str) -> bool:
    """Whether an answer says nothing: empty, `n.v.t.`, `weet niet`, a dash."""
    bare = " ".join(text.lower().replace("\u2019", "'").split())
    stripped = bare.strip(" .!,;:")
    if not stripped or bare in _SAYING_NOTHING or stripped in _SAYING_NOTHING:
        return True
    return bool(_ONLY_MARKS.fullmatch(bare)) and max(bare) < _FIRST_SYMBOL
