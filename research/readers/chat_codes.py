"""The codes of CHAT between the words: told apart, so that the words stay as they were said."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_BULLET = re.compile(r"^(?:%\w{1,10}:\S*?_)?(\d{1,10})_\d{1,10}$")
_PAUSE = re.compile(r"^\((?:\.{1,3}|\d[\d.:]*)\)$")
_LINKER = re.compile(r'^\+["^,+<≈≋]$')
_TERMINATOR = re.compile(r'^\+["/]{0,3}[.?!]{1,3}$')
_UNHEARD = re.compile(r"^(?:xxx?|yyy?|www)(?:@[\w:$]*)?$")
_LEFT_OUT = re.compile(r"^0(?:$|[^\W\d])")
_EVENT = re.compile(r"^&(?:[=*{}])")
_SPOKEN = re.compile(r"^&[-+~]?(?=[^\W\d_])")
_FORM = re.compile(r"(?<=[^\W\d_])@[a-z]{1,3}\d?(?:[:$][\w+&-]+)*(?=[.,!?]?$)")
_PART = re.compile(r"\(([^\W\d_]+)\)")
_LONG = re.compile(r"(?<=[^\W\d_]):+(?=[^\W\d_(]|$)")
_SIGNS = re.compile("[↑↓⌈⌉⌊⌋∆∇°▔▁☺∬Ϋ∮↫∙≈≋≡∾⁎⁇→↗↘↖↙⇗⇘⤵⤴ˈˌ^‡„#]")
_APART = re.compile(r"\s+([.?!,;:…]+)(?=\s|$)")
_MOST = 8


@dataclass(slots=True)
class Removed:
    """Which codes were removed, and how often."""

    counts: Counter[str] = field(default_factory=Counter)

    def one(self, code: str) -> str:
        """Count a code that goes."""
        self.counts[code] += 1
        return ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The remark on what was removed, the most frequent first."""
        found = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        if not found:
            return ()
        shown = [f"{code} × {n}" for code, n in found[:_MOST]]
        more = ", …" if len(found) > _MOST else ""
        return (f"codes of CHAT removed from the words: {', '.join(shown)}{more}",)


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said on a main line, and when in milliseconds (None: it does not say)."""

    text: str
    start: int | None


def without_codes(line: str, removed: Removed) -> Utterance:
    """The words of a main line; what stood between them is counted."""
    bare = _BRACKETS.sub(lambda m: f" {removed.one(_kind(m.group(1)))}", line)
    if "<" in bare or ">" in bare:
        bare = _without_angles(bare, removed)
    start: int | None = None
    words: list[str] = []
    for token in bare.split():
        if bullet := _BULLET.match(token):
            start = int(bullet.group(1)) if start is None else start
        else:
            words += _word(token, removed)
    text = _APART.sub(r"\1", " ".join(words))
    return Utterance(text if any(c.isalnum() for c in text) else "", start)


def _kind(inner: str) -> str:
    """A code in square brackets by its sign, `[=!]`, `[//]`, `[x]`; never by its words."""
    first = inner.split(maxsplit=1)[0] if inner.strip() else ""
    sign = re.match(r"[^\w\s]+|[ex]$", first)
    return f"[{sign.group(0) if sign else '…'}]"


def _without_angles(line: str, removed: Removed) -> str:
    """A line without the angles around several words; `+<` is a code of its own."""
    tokens = line.split(" ")
    for i, token in enumerate(tokens):
        if token != "+<" and ("<" in token or ">" in token):
            removed.one("<>")
            tokens[i] = token.replace("<", "").replace(">", "")
    return " ".join(tokens)


def _word(token: str, removed: Removed) -> Iterator[str]:
    """A token as it was said; nothing when nobody said it."""
    if _PAUSE.match(token):
        removed.one("(.)")
    elif _EVENT.match(token):
        removed.one(token[:2])
    elif _UNHEARD.match(token):
        removed.one(token.partition("@")[0])
    elif _LEFT_OUT.match(token):
        removed.one("0")
    elif _LINKER.match(token):
        removed.one(token)
    elif _TERMINATOR.match(token):
        removed.one(token)
        yield _end(token)
    elif said := _plain(token, removed):
        yield said


def _end(terminator: str) -> str:
    """The punctuation of an utterance that trails or breaks off: `+...`, `+/?`."""
    mark = terminator.lstrip('+"/')
    return mark.lstrip(".") or mark


def _plain(token: str, removed: Removed) -> str:
    """A word without the signs of how it was said."""
    if spoken := _SPOKEN.match(token):
        removed.one(spoken.group(0))
        token = token[spoken.end() :]
    for pattern, code, instead in (
        (_FORM, "@", ""),
        (_PART, "()", r"\1"),
        (_LONG, ":", ""),
    ):
        token, times = pattern.subn(instead, token)
        if times:
            removed.counts[code] += times
    for sign in _SIGNS.findall(token):
        removed.one(sign)
    return _SIGNS.sub("", token)
