"""A request for access as one file: data for programs and a page for people, in a zip."""

import html
import json
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from research.model import Access
from research.serial import to_json

WHEN = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is packed
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top}blockquote{margin:.5rem 0;padding-left:.8rem;"
    "border-left:3px solid #ccc}small{color:#555}"
)
# English, Dutch
WORDS = {
    "title": ("What we keep of you", "Wat we van je bewaren"),
    "study": ("Study", "Onderzoek"),
    "made": ("Looked up on", "Opgezocht op"),
    "label": ("You are called", "Je heet hier"),
    "about": ("About you", "Over jou"),
    "until": ("Kept until", "Bewaard tot en met"),
    "basis": ("Legal basis", "Grondslag"),
    "consent": ("Consent", "Toestemming"),
    "": ("not said", "niet vastgelegd"),
    "legal obligation": ("legal obligation", "wettelijke verplichting"),
    "contract": ("contract", "overeenkomst"),
    "vital interests": ("vital interests", "vitale belangen"),
    "public task": ("public task", "algemeen belang"),
    "legitimate interests": ("legitimate interests", "gerechtvaardigd belang"),
    "files": ("Files with your words", "Bestanden met jouw woorden"),
    "statements": ("How your words were read", "Hoe je woorden zijn gelezen"),
    "results": ("Results that rest on you", "Resultaten die mede op jou rusten"),
    "placeholders": ("What was taken out", "Wat is weggehaald"),
    "decisions": ("What people decided about it", "Wat mensen erover besloten"),
    "answers": ("What a second coder said", "Wat een tweede codeur zei"),
    "none": ("nothing", "niets"),
}


def packed(access: Access) -> bytes:
    """The zip: `access.json` holds everything, `access.html` is the same to read."""
    data = json.dumps(to_json(access), ensure_ascii=False, indent=2, sort_keys=True)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("access.html", page(access)), ("access.json", data)):
            entry = zipfile.ZipInfo(name, WHEN)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return made.getvalue()


def page(access: Access) -> str:
    """A page without scripts, in the study's language where that is Dutch, else English."""
    tongue = "nl" if access.language == "nl" else "en"
    title = _word("title", tongue)
    return (
        f'<!doctype html>\n<html lang="{tongue}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n"
        + "\n".join(_parts(access, tongue))
        + "\n</body></html>\n"
    )


def _parts(access: Access, tongue: str) -> Iterator[str]:
    facts = [
        (_word("study", tongue), access.study),
        (_word("made", tongue), access.made.strftime("%Y-%m-%d %H:%M UTC")),
        (_word("label", tongue), access.participant.label),
        (_word("until", tongue), access.keep_until or _word("", tongue)),
    ]
    yield _table(facts)
    yield from _section("about", tongue, [_table([*access.participant.attributes, *access.row])])
    yield from _section("files", tongue, _files(access, tongue))
    said = (
        f"<blockquote>{_safe(s.text)}</blockquote><small>{_safe(s.kind)}, "
        f"{_safe(', '.join(t.stage for t in s.stages))} {s.valence:+d}</small>"
        for s in access.statements
    )
    yield from _section("statements", tongue, said)
    rows = [(f"{r.kind}: {r.name}", f"n = {r.people}") for r in access.results]
    yield from _section("results", tongue, [_table(rows)])
    taken = [(r.placeholder, r.original) for r in access.placeholders]
    yield from _section("placeholders", tongue, [_table(taken)])
    decided = [
        (f"{d.at:%Y-%m-%d} {d.action}", f"{d.value} {d.by}".strip()) for d in access.decisions
    ]
    yield from _section("decisions", tongue, [_table(decided)])
    texts = {s.id: s.text for s in access.statements}
    judged = [
        (texts[a.statement], f"{a.maker}: {a.labels.kind}, {a.labels.stage}, {a.labels.valence:+d}")
        for a in access.answers
    ]
    yield from _section("answers", tongue, [_table(judged)])


def _files(access: Access, tongue: str) -> Iterator[str]:
    for file in access.files:
        why = (_word(file.ground.basis, tongue), file.ground.consent)
        yield f"<h3>{_safe(file.name)}</h3>"
        yield f"<p>{_word('basis', tongue)}: {_safe(' · '.join(part for part in why if part))}</p>"
        for said in file.passages:
            about = " · ".join(p for p in (said.place, said.date, said.question) if p)
            yield f"<blockquote>{_safe(said.text)}</blockquote><small>{_safe(about)}</small>"


def _section(name: str, tongue: str, parts: Iterable[str]) -> Iterator[str]:
    yield f"<h2>{_word(name, tongue)}</h2>"
    shown = [part for part in parts if part]
    yield from shown or [f"<p>{_word('none', tongue)}</p>"]


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><th>{_safe(a)}</th><td>{_safe(b)}</td></tr>" for a, b in rows)
    return f"<table>{cells}</table>" if cells else ""


def _word(name: str, tongue: str) -> str:
    return WORDS[name][tongue == "nl"]


def _safe(text: str) -> str:
    """A text as HTML shows it."""
    return html.escape(text)
