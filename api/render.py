"""A page's data to HTML: the whole page, or for htmx the one named block."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from markupsafe import Markup

from api.i18n import LANGUAGES, catalogue, language_of
from api.numbers import amount, decimal, moment, percent, period
from api.phrases import said
from api.purposes import group_name, purpose
from api.words import english
from research.metrics import known
from research.model import StageTaxonomy
from research.resources import TEMPLATES

STATIC = Path(__file__).resolve().parent / "static"
VARY = "HX-Request, Cookie, Accept-Language"


@dataclass(frozen=True, slots=True)
class Look:
    """What every template knows besides its page's data."""

    language: str
    languages: tuple[str, ...]
    path: str


@cache
def fingerprint(name: str) -> str:
    """A few characters that change when a static file does."""
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def static(name: str) -> str:
    """The address of a static file."""
    return f"/static/{name}?v={fingerprint(name)}"


def part(text: str) -> str:
    """A text as one part of an address."""
    return quote(text, safe="")


def stage_name(language: str, taxonomy: StageTaxonomy, stage: str) -> str:
    """A stage's name; an unknown id as it is."""
    named = {s.id: s.name(language) for s in taxonomy.stages}
    return named.get(stage, stage)


def word(translate: Callable[[str], str], family: str, code: object) -> str:
    """What a code is called."""
    return translate(english(family, str(code)))


def phrase(translate: Callable[[str], str], language: str, text: str) -> str:
    """What the engine said in the page's language, else as it is and marked as English."""
    if language == "en" or not text:
        return text
    told = said(translate, text)
    return Markup('<span lang="en">{}</span>').format(text) if told is None else told


def place(translate: Callable[[str], str], text: str) -> str:
    """Where something stands: `row 14` in the page's language, a time as it is."""
    return said(translate, text) or text


def metric(language: str, name: str) -> str:
    """What a known metric is called in a language; another name as it is."""
    found = known.find(name)
    return found.name(language) if found else name


@cache
def environment(language: str) -> Environment:
    """The templates in a language; an unknown name in a template is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    texts = catalogue(language)
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        texts.gettext, texts.ngettext, newstyle=True
    )
    made.globals |= {
        "static": static,
        "word": partial(word, texts.gettext),
        "stage_name": partial(stage_name, language),
        "group_name": partial(group_name, texts.gettext),
        "purpose": partial(purpose, texts.gettext),
    }
    made.filters |= {
        "part": part,
        "phrase": partial(phrase, texts.gettext, language),
        "place": partial(place, texts.gettext),
        "percent": partial(percent, language=language),
        "decimal": partial(decimal, language=language),
        "moment": partial(moment, language=language),
        "amount": partial(amount, language=language),
        "period": partial(period, language=language),
        "metric": partial(metric, language),
    }
    return made


def html(template: str, block: str, known: Mapping[str, object], language: str) -> str:
    """A template's text, or that of one of its blocks."""
    made = environment(language)
    if block:
        return str(render_block(made, template, block, dict(known)))
    return made.get_template(template).render(known)


@dataclass(frozen=True, slots=True)
class Show:
    """Renders pages for one request."""

    request: Request
    language: str

    def __call__(
        self, template: str, page: object, *, block: str = "", status: int = 200
    ) -> HTMLResponse:
        """The whole page, or for htmx the named block of it."""
        fragment = block if self.request.headers.get("hx-request") == "true" else ""
        look = Look(self.language, LANGUAGES, self.request.url.path)
        text = html(template, fragment, {"page": page, "look": look}, self.language)
        return HTMLResponse(text, status, headers={"vary": VARY})


def get_show(request: Request) -> Show:
    """The renderer of a request."""
    return Show(request, language_of(request))


ShowDep = Annotated[Show, Depends(get_show)]
