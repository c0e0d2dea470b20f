"""The codings of a project: found in statements exactly, and decided once and for all."""

from dataclasses import replace
from pathlib import Path

import pytest

from research import studies
from research.adopting import DECIDED, NO_STATEMENT, NOT_IN_STUDY, OTHER_CODE, adopt_codings
from research.codings import coded_statements, codings_of
from research.errors import BadCodebook, BadUpload
from research.labelling import set_label, set_theme
from research.model import Analysis, Study, Theme, Upload
from research.preparation import prepare
from research.readers import read_upload
from research.readers.refi import open_project
from research.readers.refi_text import text_of
from research.store import Store, open_store
from tests.projects import PRICE, SLOW, coded, project, text_source

FIXTURES = Path(__file__).parent / "fixtures"
WHERE = ("thuis", "buiten", "onderweg", "op mijn werk", "in de trein", "bij mijn moeder")


def talk(number: int) -> str:
    """An interview in which the app stops, with an emoji before it and somebody's name."""
    return (
        f"Interviewer: Wat ging er mis? 😬\n"
        f"Sanne de Vries: De app loopt {WHERE[number]} steeds vast 😬, heel frustrerend.\n"
        f"Interviewer: En verder?\n"
        f"Sanne de Vries: Ik wil graag een vaste prijs per maand.\n"
        f"Sanne de Vries: Bel mij, Sanne de Vries, op 06-12345678 als inloggen weer duurt.\n"
    )


def span(text: str, words: str) -> tuple[int, int]:
    """Where words stand, in code points."""
    return text.index(words), text.index(words) + len(words)


def studied(more: str = "", numbers: range = range(6)) -> Upload:
    """A project of six interviews; the crash is coded in four, the price in three."""
    sources, files = "", {}
    for number in numbers:
        text = talk(number)
        inside = ""
        if number < 4:
            inside += coded(*span(text, f"loopt {WHERE[number]} steeds vast 😬, heel"), SLOW)
        if number < 3:
            inside += coded(*span(text, "Ik wil graag een vaste prijs per maand."), PRICE)
        if number == 0:
            inside += more
        sources += text_source(f"Gesprek {number}", f"internal://{number}.txt", inside)
        files[f"sources/{number}.txt"] = text
    return project(sources, dict(files))


@pytest.fixture
def store(home: Path):
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    made = studies.create_study(store, "App", language="nl", encoder="hashing")
    studies.add_uploads(store, made.id, [studied()])
    studies.analyse_study(store, made.id)
    return made


def named(analysis: Analysis, label: str) -> Theme:
    """The one theme of that name."""
    (theme,) = (t for t in analysis.themes if t.label == label)
    return theme


def texts(analysis: Analysis, theme: Theme) -> list[str]:
    """The words of a theme's statements."""
    return sorted(s.text for s in analysis.statements if s.id in theme.statements)


# --- where a coding stands ---------------------------------------------------------


def test_the_coding_of_the_minimal_project_has_exact_offsets() -> None:
    opened = open_project(Upload("minimal.qdpx", (FIXTURES / "minimal.qdpx").read_bytes()))
    (coding,) = codings_of(opened)
    (source,) = opened.sources
    assert isinstance(source.file, Upload)
    assert (coding.start, coding.end, coding.text) == (32, 56, "The set-up took a week 😬")
    assert text_of(source.file)[32:56] == coding.text
    assert coding.code == "40dd593f-f512-5150-951c-1d43e106d9bf"
    material = prepare([read_upload(source.file)])
    found = coded_statements(source, material.sources[0].passages, material.statements)
    said = {s.id: s.text for s in material.statements}
    assert [said[f.statement] for f in found] == [
        "The set-up took a week 😬 and nobody told me why."
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ik wil graag een vaste prijs per maand.", ["Ik wil graag een vaste prijs per maand."]),
        ("vaste prijs", ["Ik wil graag een vaste prijs per maand."]),
        ("Wat ging er mis? 😬", []),
        ("Interviewer: En verder?", []),
        (
            "Sanne de Vries, op 06-12345678",
            ["Bel mij, [NAAM 1], op [TELEFOON 1] als inloggen weer duurt."],
        ),
        ("heel frustrerend.\nInterviewer: En verder?\nSanne de Vries: Ik wil", []),
    ],
)
def test_a_selection_is_led_to_the_statements_it_is_about(words: str, expected: list[str]) -> None:
    text = talk(0)
    inside = coded(*span(text, words), SLOW)
    (source,) = open_project(
        project(text_source("A", "A.txt", inside), {"sources/A.txt": text})
    ).sources
    assert isinstance(source.file, Upload)
    material = prepare([read_upload(source.file)], language="nl")
    found = coded_statements(source, material.sources[0].passages, material.statements)
    said = {s.id: s.text for s in material.statements}
    assert [said[f.statement] for f in found] == expected


def test_a_whole_answer_is_every_statement_in_it() -> None:
    text = (
        "Interviewer: Hoe?\nP1: De app loopt steeds vast. Dat is lastig voor mij.\n"
        "P1: En het is duur."
    )
    inside = coded(text.index("De app"), len(text), SLOW)
    (source,) = open_project(
        project(text_source("A", "A.txt", inside), {"sources/A.txt": text})
    ).sources
    assert isinstance(source.file, Upload)
    material = prepare([read_upload(source.file)], language="nl")
    found = coded_statements(source, material.sources[0].passages, material.statements)
    assert [f.statement for f in found] == [s.id for s in material.statements]
    assert {f.share for f in found} == {1.0}


# --- what is decided ---------------------------------------------------------------


def test_codes_become_themes_of_what_was_coded(store: Store, study: Study) -> None:
    adopted = adopt_codings(store, study.id, studied(), by="Ada")
    analysis = studies.get_view(store, study.id)
    slow = named(analysis, "Pijnpunt: traag inloggen")
    price = named(analysis, "Behoefte: vaste prijs")
    assert (slow.kind, len(slow.statements)) == ("pain", 4)
    assert (price.kind, len(price.statements)) == ("motivation", 3)
    assert all("steeds vast" in words for words in texts(analysis, slow))
    assert all("vaste prijs" in words for words in texts(analysis, price))
    assert adopted.left == ()
    assert {d.by for d in adopted.decisions} == {"Ada"}


def test_the_same_project_again_decides_nothing(store: Store, study: Study) -> None:
    adopt_codings(store, study.id, studied())
    before = studies.get_view(store, study.id)
    again = adopt_codings(store, study.id, studied())
    assert (again.decisions, again.left) == ((), ())
    assert studies.get_view(store, study.id) == before


def test_nothing_is_lost_when_the_study_is_run_again(store: Store, study: Study) -> None:
    adopt_codings(store, study.id, studied())
    before = studies.get_view(store, study.id)
    text = talk(5).replace("Sanne de Vries", "Deelnemer 9").replace("bij mijn moeder", "op reis")
    studies.add_uploads(store, study.id, [Upload("nieuw.txt", text.encode())])
    after = studies.analyse_study(store, study.id)
    for label in ("Pijnpunt: traag inloggen", "Behoefte: vaste prijs"):
        assert set(named(after, label).statements) >= set(named(before, label).statements)
    again = adopt_codings(store, study.id, studied())
    assert (again.decisions, again.left) == ((), ())


def test_a_theme_that_was_renamed_is_still_the_codes(store: Store, study: Study) -> None:
    adopt_codings(store, study.id, studied())
    slow = named(studies.get_view(store, study.id), "Pijnpunt: traag inloggen")
    studies.rename_theme(store, study.id, slow.id, "Vastlopen")
    start, end = span(talk(4), "De app loopt in de trein steeds vast")
    more = studied()
    extra = text_source("Gesprek 4", "internal://4.txt", coded(start, end, SLOW))
    upload = project(extra, {"sources/4.txt": talk(4)}, name=more.name)
    adopted = adopt_codings(store, study.id, upload)
    assert [d.action for d in adopted.decisions][-1:] == ["set-theme"]
    assert len(named(studies.get_view(store, study.id), "Vastlopen").statements) == 5


def test_what_people_decided_stays(store: Store, study: Study) -> None:
    analysis = studies.get_view(store, study.id)
    mine = next(s for s in analysis.statements if "thuis steeds vast" in s.text)
    price = next(s for s in analysis.statements if "vaste prijs" in s.text)
    set_theme(store, study.id, mine.id, "")
    set_label(store, study.id, price.id, "kind", "praise")
    adopted = adopt_codings(store, study.id, studied())
    seen = studies.get_view(store, study.id)
    assert mine.id not in named(seen, "Pijnpunt: traag inloggen").statements
    assert price.id not in named(seen, "Behoefte: vaste prijs").statements
    assert [reason for _, reason in adopted.left] == [DECIDED, DECIDED]


def test_everything_can_be_undone(store: Store, study: Study) -> None:
    before = studies.get_view(store, study.id)
    adopted = adopt_codings(store, study.id, studied())
    for decision in reversed(adopted.decisions):
        studies.undo(store, study.id, decision.id)
    assert studies.get_view(store, study.id).themes == before.themes


def test_what_cannot_be_taken_along_is_told(store: Store, study: Study) -> None:
    text = talk(0)
    more = coded(*span(text, "Wat ging er mis?"), SLOW)
    more += coded(*span(text, "wil graag een vaste prijs per"), SLOW)
    other = text_source("Vreemd", "internal://vreemd.txt", coded(0, 20, SLOW))
    upload = studied(more)
    unknown = project(other, {"sources/vreemd.txt": "Anna: Iets heel anders.\nBo: Nee.\n"})
    left = adopt_codings(store, study.id, upload).left
    assert [(c.text, reason) for c, reason in left] == [
        ("Wat ging er mis?", NO_STATEMENT),
        ("wil graag een vaste prijs per", OTHER_CODE),
    ]
    assert [r for _, r in adopt_codings(store, study.id, unknown).left] == [NOT_IN_STUDY]


def test_a_theme_that_the_codebook_was_matched_with_is_taken(store: Store, study: Study) -> None:
    analysis = studies.get_view(store, study.id)
    pain = next(t for t in analysis.themes if t.kind == "pain")
    studies.rename_theme(store, study.id, pain.id, "Pijnpunt: traag inloggen")
    adopt_codings(store, study.id, studied())
    theme = named(studies.get_view(store, study.id), "Pijnpunt: traag inloggen")
    assert theme.id == pain.id
    assert set(theme.statements) >= {
        s.id for s in analysis.statements for w in WHERE[:4] if f"{w} steeds vast" in s.text
    }


def test_what_is_no_project_is_refused(store: Store, study: Study) -> None:
    with pytest.raises(BadUpload):
        adopt_codings(store, study.id, Upload("a.qdpx", b"PK\x03\x04"))
    bare = project(text_source("A", "A.txt"), {"sources/A.txt": "Anna: ja"}, codes="")
    with pytest.raises(BadCodebook):
        adopt_codings(store, study.id, replace(bare))
