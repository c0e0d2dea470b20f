"""What decisions keep of a persona: nobody’s words, nobody who is gone, no dead links."""

from dataclasses import replace
from pathlib import Path

import pytest

from research import reviewing, studies
from research.exporters.personas_md import PersonasMd
from research.exporters.report_html import ReportHtml
from research.frozen import frozen, stored, thawed, without
from research.model import About, Analysis, Cell, Claim, Kpi, Persona, Plan, Upload
from research.running import analyse_study
from research.store import Store, decisions, open_store
from tests.web_sample import analysis

TALK = """Interviewer: Hoe ging het bestellen?
{name}: {first}
Interviewer: En daarna?
{name}: {second}
"""


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


def persona() -> Persona:
    return analysis().personas[0]


def words(found: Analysis, claim: Claim) -> str:
    return next(s.text for s in found.statements if s.id == claim.statements[0])


def quoted(name: str = "") -> Persona:
    """A persona whose only line is a quote, named by somebody's words when that is asked."""
    first = persona().claims[0]
    said = words(analysis(), first)
    line = replace(
        first, kind="quote", text=said, made_by="verbatim@1", evidence=first.evidence[:1]
    )
    return replace(persona(), name=name or persona().name, claims=(line,))


def assumption(text: str) -> Claim:
    """A line that nobody said."""
    bare = replace(persona().claims[0], strength="assumption", made_by="person", people=0)
    return replace(bare, evidence=(), counter=(), theme="", text=text)


def test_neither_quotes_nor_the_summary_are_kept():
    said = quoted().claims[0].text
    kept = frozen(replace(quoted(), summary=f"Iemand zei: {said}"))
    assert said not in kept
    back = thawed(kept, analysis())
    assert back is not None and back.claims[0].text == said and back.summary


def test_a_verbatim_line_that_a_person_reworded_keeps_only_that_wording():
    said = quoted().claims[0].text
    line = replace(quoted().claims[0], kind="behaviour", text="Telt na", original=said)
    kept = frozen(replace(quoted(), claims=(line,)))
    assert said not in kept and "Telt na" in kept
    back = thawed(kept, analysis())
    assert back is not None
    assert (back.claims[0].text, back.claims[0].original) == ("Telt na", said)


def test_an_assumption_is_kept_as_it_is():
    back = thawed(frozen(replace(persona(), claims=(assumption("Wil rust"),))), analysis())
    assert back is not None and [c.text for c in back.claims] == ["Wil rust"]


def test_a_line_of_a_theme_that_is_gone_follows_its_statements():
    found = analysis()
    line = next(c for c in persona().claims if c.theme)
    themes = tuple(replace(t, id="t9") if t.id == line.theme else t for t in found.themes)
    back = thawed(frozen(persona()), replace(found, themes=themes))
    assert back is not None
    again = next(c for c in back.claims if set(c.statements) == set(line.statements))
    assert again.theme == "t9"
    assert {c.theme for c in back.claims} <= {"", *(t.id for t in themes)}


@pytest.mark.parametrize("known", [True, False], ids=["its words known", "its words not known"])
def test_a_name_made_of_the_words_of_a_removed_source_is_gone(known: bool):
    said = quoted().claims[0].text
    source = quoted().claims[0].statements[0].split("-")[0]
    kept = frozen(quoted(name=f"“{said}”"))
    left = without(kept, source, [said] if known else None, {"p0"})
    assert said not in left and stored(left).name == ""
    assert stored(left).participants == ("p1", "p2", "p3", "p4")


def test_a_name_that_people_gave_stays():
    left = without(frozen(quoted(name="De teller")), "f" * 16, ["iets heel anders"], {"p0"})
    assert stored(left).name == "De teller"


def test_nothing_is_left_of_a_persona_whose_people_are_all_gone():
    assert without(frozen(persona()), "f" * 16, [], persona().participants) == ""


# --- after a real run ----------------------------------------------------------------

PAINS = (
    "Het pakket was drie dagen te laat en niemand belde mij.",
    "De bezorger zette het pakket gewoon bij de buren neer.",
    "Het retourlabel kon ik nergens op de site terugvinden.",
)
WISHES = (
    "Ik wil vooraf precies weten wanneer het bezorgd wordt.",
    "Ik kies een winkel vooral omdat terugsturen gratis is.",
    "Ik wil iemand aan de lijn krijgen als het misgaat.",
)
OWN = "Mijn grasgroene tuinkabouter kwam zonder muts uit de zestiende doos."


def interviews() -> list[Upload]:
    """Six people of whom the first says something of their own."""
    told = []
    for n in range(6):
        first = f"{PAINS[n % 3]} {PAINS[(n + 1) % 3]}" + (f" {OWN}" if n == 0 else "")
        text = TALK.format(name=f"Deelnemer {n + 1}", first=first, second=WISHES[n % 3])
        told.append(Upload(f"gesprek-{n + 1}.txt", text.encode()))
    return told


def test_after_a_file_is_removed_its_words_are_nowhere_in_the_data_folder(store: Store, home: Path):
    study = studies.create_study(store, "Bezorgen", language="nl").id
    arrived = studies.add_uploads(store, study, interviews())
    analyse_study(store, study)
    view = studies.get_view(store, study)
    assert any(OWN in s.text for s in view.statements)
    if not view.personas:
        pytest.fail("the run found no persona, so nothing is tested here")
    reviewing.set_persona_status(store, study, view.personas[0].id, "accepted", "Noor")
    studies.remove_source(store, study, arrived[0].source)
    (kept,) = decisions.of_study(store, study)
    assert arrived[0].source not in kept.content
    store.close()
    everything = b"".join(p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file())
    assert b"Bezorgen" in everything
    assert b"tuinkabouter" not in everything


# --- what leaves the house ------------------------------------------------------------


@pytest.mark.parametrize("exporter", [PersonasMd(), ReportHtml()], ids=lambda e: e.name)
def test_an_assumption_leaves_as_an_assumption(exporter: PersonasMd | ReportHtml):
    found = analysis()
    line = assumption("Wil vooral rust")
    personas = (replace(persona(), claims=(*persona().claims, line)), *found.personas[1:])
    text = exporter.export(replace(found, personas=personas)).decode()
    told = text[text.index("Wil vooral rust") :][:200]
    assert "aanname" in told.lower()


def test_the_personas_say_of_which_version_they_are_and_who_reviewed_them():
    about = About(
        study="Webwinkel 2026", date="2026-11-27", run=3, decision=12, reviewers=("Noor",)
    )
    text = PersonasMd().export(replace(analysis(), about=about)).decode()
    assert "Webwinkel 2026" in text.splitlines()[0]
    assert "- Versie: v3.12" in text and "- Beoordeeld door: Noor" in text
    assert "CONCEPT" in text


@pytest.mark.parametrize("exporter", [PersonasMd(), ReportHtml()], ids=lambda e: e.name)
def test_what_people_decided_about_lines_leaves_with_the_persona(exporter: PersonasMd | ReportHtml):
    found = analysis()
    first, second, *rest = persona().claims
    first = replace(first, status="accepted", original=first.text, text="Wil eerst zekerheid")
    second = replace(second, status="left out", text="Dit klopt niet")
    reviewed = replace(
        persona(), claims=(first, *rest), left_out=(second,), version=2, changed=True
    )  # fmt: skip
    personas = (replace(reviewed, status="in review"), *found.personas[1:])
    text = exporter.export(replace(found, personas=personas)).decode()
    assert "wordt beoordeeld, versie 2, sinds de goedkeuring gewijzigd" in text
    line = text[text.index("Wil eerst zekerheid") :][:900]
    assert "goedgekeurd" in line and f"anders verwoord; eerst: {first.original}" in line
    left = text[text.index("Door mensen weggelaten") :]
    assert "Dit klopt niet" in left and "weggelaten" not in left[:300].split("Dit klopt niet")[1]


def test_the_report_carries_measures_and_opportunities():
    found = analysis()
    fields = ("purchase", "Conversie", "", 2.4, "%", "2026-03", None, None, "", True)
    kpi = Kpi(*fields, source="ga4.csv", made_by="import")
    plan = Plan("t0", "Hoe kunnen we pakketten terugvinden?", 0.75, 0.6, "Noor", "doing", "small")
    maps = tuple(replace(m, cells=(*m.cells, Cell("purchase", "kpis"))) for m in found.maps)
    about = About(plans=(plan,), kpis=(kpi,))
    text = ReportHtml().export(replace(found, maps=maps, about=about)).decode()
    assert "Conversie 2,4% (2026-03)" in text
    row = text[text.index("Hoe kunnen we pakketten terugvinden?") :][:400]
    assert "9 van 9" in row and "75%" in row and "Noor" in row
