"""study.qdpx: the whole study as a REFI-QDA project, with exact selections in its texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from research.exporters import provenance
from research.exporters.index import Index, index
from research.exporters.maps.files import Element, child, to_xml, to_zip
from research.exporters.maps.qda_texts import Text, texts
from research.exporters.maps.refi import code_guid, guid, kinds, named, write_codes
from research.exporters.maps.text import clean, line
from research.exporters.provenance import name_of
from research.model import Analysis, Participant, Persona

SPACE = "urn:QDA-XML:project:1.0"
PERSONA, CHANNEL = "persona", "channel"


@dataclass(frozen=True, slots=True)
class Qdpx:
    """Writes study.qdpx."""

    name: str = "qdpx"
    filename: str = "study.qdpx"
    media_type: str = "application/zip"

    def export(self, analysis: Analysis) -> bytes:
        """Codes, participants as cases with variables, texts with codings, personas as sets."""
        found = index(analysis)
        read = texts(found)
        files = {"project.qde": _project(found, read)}
        files |= {f"sources/{t.guid}.txt": t.content.encode("utf-8") for t in read}
        return to_zip(files)


def _project(found: Index, read: Sequence[Text]) -> bytes:
    analysis = found.analysis
    software, user = line(analysis.made_by.software), guid("user", "klantbeeld")
    told = {"xmlns": SPACE, "name": named(name_of(analysis)), "origin": software}
    root = Element("Project", told | {"creatingUserGUID": user})
    child(child(root, "Users", {}), "User", {"guid": user, "name": software, "id": "K"})
    if analysis.taxonomy.stages or analysis.shown:
        write_codes(child(root, "CodeBook", {}), found)
    _variables(root, found)
    _cases(root, found, read)
    _sources(root, found, read)
    _sets(root, found, read)
    child(root, "Description", {}, line(provenance.line(found)))
    return to_xml(root)


# --- cases and their variables -----------------------------------------------------


def _names(found: Index) -> dict[str, str]:
    """The variables: what is known of people, their persona and how they were heard."""
    names = {
        f"attribute {name}": named(name) for p in _people(found) for name, _ in sorted(p.attributes)
    }
    own = {PERSONA: found.words("Persona"), CHANNEL: found.words("Channel")}
    return own | dict(sorted(names.items()))


def _people(found: Index) -> list[Participant]:
    return sorted(found.participants.values(), key=lambda p: (len(p.label), p.label, p.id))


def _variables(root: Element, found: Index) -> None:
    holder = child(root, "Variables", {})
    for key, name in _names(found).items():
        told = {"guid": guid("variable", key), "name": name, "typeOfVariable": "Text"}
        child(holder, "Variable", told)


def _cases(root: Element, found: Index, read: Sequence[Text]) -> None:
    if not found.participants:
        return
    holder = child(root, "Cases", {})
    personas: dict[str, list[str]] = {}
    for persona in found.analysis.personas:
        for who in persona.participants:
            personas.setdefault(who, []).append(line(persona.name))
    selected: dict[str, list[str]] = {}
    for text in read:
        for selection in text.selections:
            selected.setdefault(selection.participant, []).append(selection.guid)
    sources = {t.source: t.guid for t in read}
    for person in _people(found):
        told = {"guid": guid("case", person.id), "name": named(person.label)}
        case = child(holder, "Case", told)
        for key, value in _values(found, person, personas.get(person.id, ())):
            _value(case, key, value)
        for source in sorted(s for s in person.sources if s in sources):
            child(case, "SourceRef", {"targetGUID": sources[source]})
        for selection_guid in selected.get(person.id, ()):
            child(case, "SelectionRef", {"targetGUID": selection_guid})


def _values(
    found: Index, person: Participant, personas: Sequence[str]
) -> Iterable[tuple[str, str]]:
    if personas:
        yield PERSONA, "; ".join(personas)
    yield CHANNEL, found.words.code("channel", person.channel)
    for name, value in sorted(dict(person.attributes).items()):
        yield f"attribute {name}", line(value)


def _value(case: Element, key: str, text: str) -> None:
    value = child(case, "VariableValue", {})
    child(value, "VariableRef", {"targetGUID": guid("variable", key)})
    child(value, "TextValue", {}, text)


# --- texts, and sets ---------------------------------------------------------------


def _sources(root: Element, found: Index, read: Sequence[Text]) -> None:
    if not read:
        return
    holder = child(root, "Sources", {})
    for text in read:
        path = f"internal://{text.guid}.txt"
        told = {"guid": text.guid, "name": text.name, "plainTextPath": path}
        source = child(holder, "TextSource", told)
        for selection in text.selections:
            told = {
                "guid": selection.guid,
                "name": named(selection.text),
                "startPosition": str(selection.start),
                "endPosition": str(selection.end),
            }
            made = child(source, "PlainTextSelection", told)
            for theme in selection.themes:
                key = guid("coding", selection.statement, theme)
                coding = child(made, "Coding", {"guid": key})
                child(coding, "CodeRef", {"targetGUID": code_guid(theme)})


def _sets(root: Element, found: Index, read: Sequence[Text]) -> None:
    sources = {t.source: t.guid for t in read}
    codes = list(kinds(found))
    if not codes and not found.analysis.personas:
        return
    holder = child(root, "Sets", {})
    for kind, name, themes in codes:
        made = child(holder, "Set", {"guid": guid("set", kind), "name": name})
        for theme in themes:
            child(made, "MemberCode", {"targetGUID": code_guid(theme.id)})
    for persona in found.analysis.personas:
        _persona(holder, found, persona, sources)


def _persona(holder: Element, found: Index, persona: Persona, sources: Mapping[str, str]) -> None:
    told = {"guid": guid("persona", persona.id)}
    made = child(holder, "Set", told | {"name": named(f"Persona: {persona.name}")})
    base = found.words("{k} of {n} people").format(k=persona.base.people, n=persona.base.of)
    status = found.words(persona.status)
    described = clean(persona.summary).strip()
    child(made, "Description", {}, f"{described} ({base}; {status})".strip())
    shown = {t.id for t in found.analysis.shown}
    for theme in dict.fromkeys(c.theme for c in persona.claims if c.theme in shown):
        child(made, "MemberCode", {"targetGUID": code_guid(theme)})
    people = [found.participants[p] for p in persona.participants if p in found.participants]
    for source in sorted({s for p in people for s in p.sources if s in sources}):
        child(made, "MemberSource", {"targetGUID": sources[source]})
