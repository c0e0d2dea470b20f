"""personas.md: the draft personas as a document to edit, with their evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from research.exporters.index import Index, Quote, index
from research.exporters.markdown import escape
from research.exporters.provenance import name_of, provenance
from research.exporters.words import Words, standing
from research.model import BY_HAND, Analysis, Claim, Persona

QUOTES = 2


@dataclass(frozen=True, slots=True)
class PersonasMd:
    """Writes personas.md."""

    name: str = "personas-md"
    filename: str = "personas.md"
    media_type: str = "text/markdown; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """A section for each persona, and who fits none."""
        lines = "\n".join(_document(index(analysis)))
        return (lines.rstrip() + "\n").encode("utf-8", "replace")


def _document(found: Index) -> Iterator[str]:
    say = found.words
    yield f"# {say('Personas')}: {escape(name_of(found.analysis))}"
    yield ""
    yield say("Proposed by software from what people said; people decide.")
    yield ""
    for name, value in provenance(found):
        yield f"- {name}: {escape(value)}"
    yield ""
    if not found.analysis.personas:
        yield say("No personas: too few people say the same things.")
        yield ""
    for persona in found.analysis.personas:
        yield from _persona(found, persona)
    yield from _unplaced(found)


def _persona(found: Index, persona: Persona) -> Iterator[str]:
    yield f"## {escape(persona.name)}"
    yield ""
    yield from _status(found, persona)
    if persona.summary:
        yield escape(persona.summary)
        yield ""
    yield from _base(found, persona)
    for kind in dict.fromkeys(claim.kind for claim in persona.claims):
        yield f"### {escape(found.words.code('claim', kind))}"
        yield ""
        for claim in persona.claims:
            if claim.kind == kind:
                yield from _claim(found, claim)
        yield ""
    yield from _left_out(found, persona)
    yield from _doubts(found, persona)


def _status(found: Index, persona: Persona) -> Iterator[str]:
    say = found.words
    draft = "DRAFT: nobody has accepted this persona yet"
    told = standing(say, persona)
    yield (f"**{say(draft)}** ({told})" if persona.status != "accepted" else told).strip()
    yield ""


def _base(found: Index, persona: Persona) -> Iterator[str]:
    say, base = found.words, persona.base
    yield f"- {say('Kind')}: {say(persona.kind)}; {say.code('size', persona.size).lower()}"
    yield (
        f"- {say('Base')}: {base.people} {say('of')} {say.count(base.of, 'person', 'people')}, "
        f"{say.count(base.statements, 'statement', 'statements')}, "
        f"{say.count(base.sources, 'file', 'files')}, "
        f"{say('language')} {', '.join(map(escape, base.languages))}"
    )
    yield f"- {say('People')}: {_people(found, persona.participants)}"
    for spread in persona.demographics:
        values = ", ".join(f"{escape(value)} {n}" for value, n in spread.values)
        known = f"{say('known of')} {say.count(spread.known, 'person', 'people')}"
        yield f"- {escape(spread.attribute)}: {values} ({known})"
    yield ""


def _claim(found: Index, claim: Claim) -> Iterator[str]:
    say = found.words
    quotes = found.voices(claim.statements, QUOTES)
    if quotes and quotes[0].text == claim.text:
        yield f"- {_quote(quotes[0])}: {_measure(say, claim)}"
        quotes = quotes[1:]
    else:
        yield f"- **{escape(claim.text)}**: {_measure(say, claim)}"
    against = found.voices(claim.counter, 1)
    said = [_quote(q) for q in quotes]
    said += [f"{say('On the other hand')}: {_quote(q)}" for q in against]
    if claim.original:
        said.append(f"{say('reworded by people; at first')}: {escape(claim.original)}")
    yield from "\n  >\n".join(f"  > {line}" for line in said).splitlines()


def _measure(say: Words, claim: Claim) -> str:
    """How many people stand behind a claim, or that nobody does, and what people decided."""
    told = say("an assumption: nobody in this study said it")
    if claim.evidence:
        counted = f"{claim.people} {say('of')} {claim.of} ({say.range(claim.low, claim.high)})"
        told = f"{counted}, {say(claim.strength)}"
    return told if claim.status == "draft" else f"{told}; {say(claim.status)}"


def _left_out(found: Index, persona: Persona) -> Iterator[str]:
    """What people took off the card, so that a reader can see that it was found."""
    if persona.left_out:
        yield f"### {found.words('Left out by people')}"
        yield ""
        for claim in persona.left_out:
            said = escape(claim.text)
            yield f"- {said}: {_measure(found.words, replace(claim, status='draft'))}"
        yield ""


def _quote(quote: Quote) -> str:
    return f"“{escape(quote.text)}” ({escape(quote.who)}; {escape(quote.where)})"


def _doubts(found: Index, persona: Persona) -> Iterator[str]:
    """What speaks for care: how alike the nearest is, how stable, who fits badly."""
    say = found.words
    nearest = {p.id: p.name for p in found.analysis.personas}.get(persona.nearest)
    if persona.method != BY_HAND:
        yield f"- {say('Stability')}: {say.percent(persona.stability)}"
    if nearest:
        distinct = f"{say('distinctness')} {say.percent(persona.distinctness)}"
        yield f"- {say('Nearest persona')}: {escape(nearest)} ({distinct})"
    if persona.misfits:
        yield f"- {say('Fits less well')}: {_people(found, persona.misfits)}"
    yield ""


def _unplaced(found: Index) -> Iterator[str]:
    say = found.words
    yield f"## {say('People who fit no persona')}"
    yield ""
    yield _people(found, found.analysis.unplaced) or say("Nobody: everyone is in a persona.")


def _people(found: Index, participants: tuple[str, ...]) -> str:
    return ", ".join(map(escape, found.labels(participants)))
