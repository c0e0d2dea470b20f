"""Where sentences stand in a text: spaCy's proposal, mended for how people write."""

import re
from collections.abc import Iterator
from itertools import pairwise

from research.steps.tokens import sentence_starts, stop_words

Span = tuple[int, int]

_SHORTENED = """
a.d.h.v. aanv. afd. alg. art. bijv. bv. blz. ca. cf. d.d. d.m.v. d.w.z. dd. dhr. div. dr. drs.
e.a. e.d. e.o. e.v. enz. etc. evt. excl. fam. fig. g. gem. geb. i.c.m. i.p.v. i.v.m. incl. ing. ir.
jl. jr. k. kl. l. m.a.w. m.b.t. m.b.v. m.n. m.u.v. max. mej. mevr. min. mr. mw. n.a.v. n.v.t. nl.
no. nr. nrs. o.a. o.b.v. o.i.d. o.l.v. o.m. o.v.v. p.p. p.s. par. p. pag. pct. prof. r.k. resp.
s.v.p. st. str. t.a.v. t.b.v. t.g.v. t.m. t.n.v. t.o.v. t.z.t. tel. v.a. v.d. vb. vgl. vnl. vs.
w.o. zgn. approx. apt. assn. asst. ave. corp. dept. e.g. est. ext. gov. hr. hrs. i.e. inc. jan.
feb. apr. aug. sep. sept. oct. okt. nov. dec. lt. ltd. misc. mrs. ms. mt. mins. pp. rd. rep. rev.
sgt. sr. univ. vol. evt. enz. """
_GERMAN = """
abs. art. bd. bspw. bzgl. bzw. ca. d.h. dr. evtl. fr. frl. ggf. hbf. hr. hrn. i.d.r. inkl. max.
mind. min. mio. mrd. nr. o.g. pl. prof. s.o. sog. st. std. stk. str. tel. u.a. u.u. v.a. vgl. z.b.
z.t. zzgl. jan. feb. apr. aug. sept. okt. nov. dez. exkl. usw. etc. u.s.w. o.ä. u.ä. u.v.m. dgl. """
_FRENCH = """
apt. art. av. bd. boul. cf. chap. dr. env. etc. ex. fig. hab. m. max. mgr. min. mlle. mme. mr.
no. p. p.ex. par.ex. pp. pr. prof. réf. sté. tél. janv. févr. avr. juil. sept. oct. nov. déc. """
_ABBREVIATIONS = {"de": frozenset(_GERMAN.split()), "fr": frozenset(_FRENCH.split())}
_OTHERS = frozenset(_SHORTENED.split())
_BOTH = "usw. u.s.w. o.ä. u.ä. u.v.m. dgl. "
_BOTH += "enz. etc. n.v.t. e.d. e.a. o.i.d. inc. ltd. a.m. p.m. p.p. evt."
_ENDS_SENTENCE_TOO = frozenset(_BOTH.split())
_I_U = frozenset({"i.", "u."})
_NO_INITIALS = {"fr": frozenset({"y.", "a.", "à."})}
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\.$")
_REST_OF_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\s(\[\"“'‘]+$")
_DOMAIN = re.compile(r"(?:com|nl|be|net|org|eu|co|io|uk|nu|tv|app|js|ai)\b", re.IGNORECASE)
_CLOSERS = "\"'“”’»)]}.…!?*\ufe0f\u200d"
_BREAK = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\u0085")
_BULLET = re.compile(r"[-–—*•·▪◦‣>✓✔✗]+[ \t\u00a0]+|\(?\d{1,2}[.)][ \t\u00a0]+(?=\D)|[a-z]\)[ \t]+")
_INLINE_BULLET = re.compile(r"(?<=[\s.!?])[•▪◦‣·](?=\s)")
_EMOJI = "\u2600-\u27bf\u2b50\U0001f300-\U0001faff"
_AFTER_EMOJI = re.compile(rf"(?<=[{_EMOJI}\ufe0f])\s+(?=[^\W\d_a-z])")
# spaCy keeps some words with their full stop ("en al."); here a capital decides.
_PLAIN_END = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[^\W\d_a-z])")
_SYMBOLS = re.compile(rf"(?:[{_EMOJI}\ufe0f\u200d]+|[:;]-?[)(DPp])\s*")
_QUOTED = re.compile(
    r"\"[^\"\n]{1,240}\"|„[^“”\n]{1,240}[“”]|“[^”\n]{1,240}”|«[^»\n]{1,240}»|(?<!\w)‘[^’\n]{1,240}’(?!\w)"
)
_BRACKETED = re.compile(r"\([^()\n]{1,240}\)|\[[^\[\]\n]{1,80}\]")
_REST = re.compile(r"[^\W_]")


def lines(text: str) -> list[Span]:
    """The lines of a text, without bullets and outer white space; empty ones are left out.

    A line that merely wraps (no sentence end before, no capital or bullet after) is one
    with the line before it.
    """
    spans: list[Span] = []
    for start, end in _pieces(text, _BREAK):
        first, last = trimmed(text, start, end)
        if first >= last:
            continue
        bullet = _BULLET.match(text, first, last)
        if spans and not bullet and _wraps(text, spans[-1][1], first):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append(trimmed(text, bullet.end() if bullet else first, last))
    return [span for span in spans if span[0] < span[1]]


def sentences(text: str, span: Span, language: str) -> list[Span]:
    """The sentences of a line, without outer white space."""
    start, end = span
    line = text[start:end]
    cuts = _cuts(line, language)
    found = [trimmed(text, start + a, start + b) for a, b in pairwise(cuts)]
    return [s for s in found if s[0] < s[1]]


def _cuts(line: str, language: str) -> list[int]:
    """The places where a line falls apart, both ends included."""
    shielded = _shielded(line)
    sure = {m.start() for m in _INLINE_BULLET.finditer(line)}
    sure |= {m.end() for m in _AFTER_EMOJI.finditer(line)}
    proposed = {_after_closers(line, s) for s in sentence_starts(line, language)} | sure
    proposed |= {m.end() for m in _PLAIN_END.finditer(line)}
    cuts = [0]
    for place in sorted(proposed):
        if cuts[-1] < place < len(line) and (
            place in sure or _real(line, place, shielded, language)
        ):
            cuts.append(place)
    return [*cuts, len(line)]


def _after_closers(line: str, place: int) -> int:
    """The proposed place, moved past quotes and emoji that still belong before it."""
    while place < len(line) and line[place] in _CLOSERS and not line[place - 1 : place].isspace():
        place += 1
    symbols = _SYMBOLS.match(line, place)
    while symbols:
        place = symbols.end()
        symbols = _SYMBOLS.match(line, place)
    return place


def _shielded(line: str) -> bytearray:
    """Which characters lie inside quotes or brackets, where no sentence may end."""
    mask = bytearray(len(line) + 1)
    for pattern in (_QUOTED, _BRACKETED):
        for match in pattern.finditer(line):
            if len(line[match.start() : match.end()].split()) <= 30:
                mask[match.start() + 1 : match.end()] = b"\1" * (len(match.group()) - 1)
    return mask


def _real(line: str, place: int, shielded: bytearray, language: str) -> bool:
    """Whether a sentence begins here, judged by what stands on both sides."""
    before, after = line[:place].rstrip(), line[place:].lstrip()
    if not before or not after or shielded[place] or not _REST.search(after):
        return False
    touching = not line[place - 1].isspace() and not line[place].isspace()
    if touching and not _missing_space(before, after):
        return False
    first = next((c for c in after if c.isalnum()), "")
    if first.islower() and _goes_on(before):
        return False
    if language == "de" and _ordinal(before, after):
        return False
    return not _abbreviated(before, first, language)


def _missing_space(before: str, after: str) -> bool:
    """Whether a full stop without a space after it ends a sentence: `goed.Maar`."""
    stops = before[-1:] in {".", "!", "?", "…"} and before[-2:-1].isalpha()
    return stops and after[:1].isupper() and after[1:2].islower() and not _DOMAIN.match(after)


def _goes_on(before: str) -> bool:
    """Whether a small letter after this goes on with the sentence: `wacht... nee`, `"Nee!" zei`."""
    ends = before.rstrip("\"'”’»)*_ ")
    return ends.endswith(("…", "..", ",", ":", ";")) or before[-1:] in '"“”’»)'


def _ordinal(before: str, after: str) -> bool:
    """Whether a full stop makes a German ordinal, `am 3. Mai`: no small word goes on after it."""
    number = _ORDINAL.search(before[-24:])
    word = _REST_OF_WORD.match(after)
    return number is not None and word is not None and word[0].lower() not in stop_words("de")


def _abbreviated(before: str, first: str, language: str) -> bool:
    """Whether the full stop belongs to an abbreviation, an initial or a numbered thing."""
    match = _LAST_WORD.search(before[-24:])
    word = match.group().lower() if match else ""
    if not word.endswith(".") or word.endswith(".."):
        return False
    if word in _ENDS_SENTENCE_TOO:
        return not first.isupper()
    plain = _NO_INITIALS.get(language, _I_U)
    initial = len(word) == 2 and word[0].isalpha() and word not in plain
    known = word in _ABBREVIATIONS.get(language, _OTHERS) and not (
        first.isupper() and word in {"min.", "no.", "art."}
    )
    dotted = re.fullmatch(r"(?:[a-z]\.){2,5}", word) is not None
    return (
        initial or known or dotted or (word[:-1].isdigit() and len(word) <= 3 and first.islower())
    )


def _wraps(text: str, end: int, start: int) -> bool:
    """Whether a line break lies inside a sentence."""
    gap = len(_BREAK.findall(text, end, start))
    return gap == 1 and text[start].islower() and text[end - 1] not in ".!?…;"


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    """The stretches between the pattern's matches."""
    start = 0
    for match in pattern.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    while start < end and _blank(text[start]):
        start += 1
    while end > start and _blank(text[end - 1]):
        end -= 1
    return start, end


def _blank(character: str) -> bool:
    return character.isspace() or character in "\ufeff\u200b\u2060"
