"""Segments to work with elsewhere: the questions that tell personas apart, and who is in which.

survey-questions.txt and survey-questions.html are snippets for a survey; audience.csv names
participants by pseudonym, and is made only when somebody says that they agreed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from research.exporters.index import Index, index
from research.exporters.plain import one_line
from research.exporters.provenance import is_draft, line, status_of
from research.exporters.tables import to_csv
from research.model import Analysis
from research.persona_fit import Question, Questions, questions

HEADER = ("persona_id", "persona", "review", "participant", "fits", "version")


@dataclass(frozen=True, slots=True)
class SurveyQuestionsTxt:
    """Writes survey-questions.txt."""

    name: str = "survey-questions-txt"
    filename: str = "survey-questions.txt"
    media_type: str = "text/plain; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """The questions, then the key: how many of each persona's people raise it."""
        return ("\n".join(_text(index(analysis))) + "\n").encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class SurveyQuestionsHtml:
    """Writes survey-questions.html."""

    name: str = "survey-questions-html"
    filename: str = "survey-questions.html"
    media_type: str = "text/html; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """The questions as a form without scripts or styles, and the key as a table."""
        return ("\n".join(_page(index(analysis))) + "\n").encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class AudienceCsv:
    """Writes audience.csv."""

    name: str = "audience-csv"
    filename: str = "audience.csv"
    media_type: str = "text/csv; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """A row for each participant, by persona; those in none have an empty persona."""
        found = index(analysis)
        return to_csv(HEADER, _audience(found))


def _audience(found: Index) -> Iterator[tuple[str, ...]]:
    version = found.analysis.about.version
    review = "draft" if is_draft(found.analysis) else "accepted"
    for persona in found.analysis.personas:
        misfits = set(found.labels(persona.misfits))
        for label in found.labels(persona.participants):
            fits = "less well" if label in misfits else "well"
            yield persona.id, persona.name, persona.status, label, fits, version
    for label in found.labels(found.analysis.unplaced):
        yield "", "", review, label, "none", version


def _asked(found: Index, question: Question) -> str:
    label = one_line(found.themes[question.theme].label)
    return found.words("Does this hold for you: {label}?").format(label=label)


def _names(found: Index) -> dict[str, str]:
    return {p.id: one_line(p.name) for p in found.analysis.personas}


def _measured(found: Index, told: Questions) -> str:
    text = found.words(
        "Tried on the people of the study: {right} of {of} put in their own persona."
    )
    return text.format(right=told.right, of=told.of)


def _text(found: Index) -> Iterator[str]:
    say, told, names = found.words, questions(found.analysis), _names(found)
    yield status_of(found)
    yield one_line(line(found))
    yield ""
    if not told.asked:
        yield say("There are no two personas to tell apart.")
        return
    yield _measured(found, told)
    for number, question in enumerate(told.asked, start=1):
        yield ""
        yield f"{number}. {_asked(found, question)}"
        yield f"   ( ) {say('Yes')}   ( ) {say('No')}"
    yield ""
    yield say("Key: how many people of each persona raise it")
    for number, question in enumerate(told.asked, start=1):
        signs = zip(sorted(names), question.signs, strict=True)
        counts = "; ".join(f"{names[p]}: {s.people} {say('of')} {s.of}" for p, s in signs)
        yield f"{number}. {counts}"


def _page(found: Index) -> Iterator[str]:
    say, told, names = found.words, questions(found.analysis), _names(found)
    title = say("Questions that tell the personas apart")
    yield "<!doctype html>"
    yield f'<html lang="{say.language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield f"</head><body><h1>{escape(title)}</h1>"
    yield f"<p><strong>{escape(status_of(found))}</strong></p><p>{escape(line(found))}</p>"
    if not told.asked:
        yield f"<p>{escape(say('There are no two personas to tell apart.'))}</p></body></html>"
        return
    yield f"<p>{escape(_measured(found, told))}</p><form>"
    for number, question in enumerate(told.asked, start=1):
        yield f"<fieldset><legend>{number}. {escape(_asked(found, question))}</legend>"
        for value, answer in (("yes", say("Yes")), ("no", say("No"))):
            field = f'<input type="radio" name="q{number}" value="{value}">'
            yield f"<label>{field} {escape(answer)}</label>"
        yield "</fieldset>"
    yield f"</form><table><caption>{escape(say('Key: how many people of each persona raise it'))}"
    ordered = sorted(names)
    heads = "".join(f'<th scope="col">{escape(names[p])}</th>' for p in ordered)
    yield f'</caption><thead><tr><th scope="col">#</th>{heads}</tr></thead><tbody>'
    for number, question in enumerate(told.asked, start=1):
        cells = "".join(f"<td>{s.people} {say('of')} {s.of}</td>" for s in question.signs)
        yield f'<tr><th scope="row">{number}</th>{cells}</tr>'
    yield "</tbody></table></body></html>"
