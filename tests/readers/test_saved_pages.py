"""Transcripts saved as web pages: what the page shows, and nothing else."""

import pytest

from research.errors import BadUpload, EmptyFile, TooLarge, UnknownFormat
from research.model import Reading, Upload
from research.readers import read_upload, web_page

Turn = tuple[str, str]

TALK = "<p>Interviewer: Hoe ging het?</p><p>Deelnemer 7: Traag.</p>"


def read(page: str | bytes, name: str = "gesprek.html") -> Reading:
    """The reading of a web page."""
    return read_upload(Upload(name, page.encode() if isinstance(page, str) else page))


def turns(page: str | bytes) -> list[Turn]:
    """Voice and text of every passage."""
    return [(p.voice, p.text) for p in read(page).passages]


def test_a_saved_page_gives_its_turns_and_nothing_around_them() -> None:
    page = f"""<!DOCTYPE html>
    <html lang="nl"><head><title>Interviewer: titel</title>
    <script>var x = "Deelnemer 7: Nee.";</script><style>p {{ color: red }}</style></head>
    <body><header><nav><a href="/">Start</a> <a>Interviewer: menu</a></nav></header>
    <div role="navigation">Volgende</div><main>{TALK}
    <p hidden>Deelnemer 7: Verborgen.</p><p style="display: none">Deelnemer 7: Weg.</p>
    <!-- Deelnemer 7: Geheim. --><p>Interviewer: <b>En</b> toen?<br>Vertel eens.</p>
    <p>Deelnemer 7: Toen heb ik <em>ge<u>beld</u></em>&nbsp;&amp; gemaild.</p></main>
    <form><button>Verzenden</button></form><footer>Colofon</footer></body></html>"""
    reading = read(page)
    assert [(p.voice, p.text) for p in reading.passages] == [
        ("Interviewer", "Hoe ging het?"),
        ("Deelnemer 7", "Traag."),
        ("Interviewer", "En toen? Vertel eens."),
        ("Deelnemer 7", "Toen heb ik gebeld & gemaild."),
    ]
    assert reading.notes == ("menus, forms and footers of the page not read",)
    assert reading.reader == "html"


def test_headings_are_set_aside_and_names_as_headings_are_speakers() -> None:
    page = "<h1>Gesprek 7: bezorging</h1><h3>Anna Wit</h3><p>Hoe ging het?</p><h3>Bo Vale</h3>"
    page += "<p>Traag.</p><p>Echt.</p><h3>Anna Wit</h3><p>O.</p><h3>Bo Vale</h3><p>Ja.</p>"
    reading = read(page)
    assert [(p.voice, p.text) for p in reading.passages] == [
        ("Anna Wit", "Hoe ging het?"),
        ("Bo Vale", "Traag. Echt."),
        ("Anna Wit", "O."),
        ("Bo Vale", "Ja."),
    ]
    assert [s.text for s in reading.set_aside] == ["# Gesprek 7: bezorging"]


@pytest.mark.parametrize(
    "turn",
    [
        "<div><span class=who>{}</span><span class=when>{}</span><p>{}</p></div>",
        "<div><b>{}</b> {}</div><div>{}</div>",
        "<p><b>{}</b>&nbsp;&nbsp; {}<br>{}</p>",
        "<p><b>{}</b> [{}]: {}</p>",
    ],
)
def test_times_stand_beside_names_in_many_ways(turn: str) -> None:
    page = turn.format("Anna Wit", "0:03", "Hoe?") + turn.format("Bo Vale", "1:02:22", "Traag.")
    assert [(p.place, p.voice, p.text) for p in read(page).passages] == [
        ("00:00:03", "Anna Wit", "Hoe?"),
        ("01:02:22", "Bo Vale", "Traag."),
    ]


def test_names_on_lines_of_their_own_are_speakers() -> None:
    turn = "<div><div class=name>{}</div><div>{}</div></div>"
    said = [("Anna Wit", "Hoe?"), ("Bo Vale", "Traag."), ("Anna Wit", "O."), ("Bo Vale", "Ja.")]
    assert turns("".join(turn.format(*pair) for pair in said)) == said


def test_a_table_of_speakers_is_read_though_its_cells_are_never_closed() -> None:
    page = "<table><tr><th>Spreker<th>Tekst<tr><td>Anna<td>Hoe?<tr><td>Bo<td>Traag.<br>Echt."
    page += "<tr><td>Anna<td>O.</table>"
    assert turns(page) == [("Anna", "Hoe?"), ("Bo", "Traag. Echt."), ("Anna", "O.")]


def test_a_page_that_is_laid_out_in_tables_is_read_like_any_other() -> None:
    page = f"<table><tr><td>Menu<td><table><tr><td>{TALK}</table></table>"
    assert turns(page) == [("Interviewer", "Hoe ging het?"), ("Deelnemer 7", "Traag.")]


def test_lines_that_are_kept_as_they_are_stay_lines() -> None:
    page = "<pre>Interviewer: Hoe?\nDeelnemer 7: Traag,\n  heel traag.\n</pre>"
    assert turns(page) == [("Interviewer", "Hoe?"), ("Deelnemer 7", "Traag, heel traag.")]


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">', "cp1252"),
        ("<meta charset=macintosh>", "mac_roman"),
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="utf-8">', "cp1252"),
        ('<meta charset="no-such-thing">', "utf-8"),
        ('<meta charset="utf-16">', "utf-8-sig"),
        ("", "utf-16"),
        ("", "cp1252"),
    ],
)
def test_accents_come_out_as_the_page_shows_them(meta: str, encoding: str) -> None:
    page = f"<html><head>{meta}</head><body><p>V: Wat?</p><p>A: Een café à “tien” euro.</p>"
    assert turns(page.encode(encoding))[1] == ("A", "Een café à “tien” euro.")


def test_a_page_without_an_ending_is_known_by_its_start() -> None:
    assert read(f"<!DOCTYPE html>{TALK}", "gesprek").reader == "html"


def test_a_page_without_turns_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnknownFormat, match="begin each turn with a name and a colon"):
        read("<h1>Onze bevindingen</h1><p>Het was traag.</p>")


def test_a_page_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_page, "MAX_HTML", 10)
    with pytest.raises(TooLarge, match="save its words as"):
        read(TALK)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + TALK,
        "<table><tr><td>" * 5_000 + TALK,
        "<b>" * 50_000 + TALK,
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'>]><p>V: &b;</p><p>A: &b;</p>",
        "<!DOCTYPE x SYSTEM 'file:///etc/hostname'><p>V: &x;</p><p>A: &x;</p>",
        "<" * 100_000,
        "<!--" * 50_000,
        "<a " * 100_000,
        "&#xD800;&#0;&#999999999;",
        "<h1></h1></h1></td></table></tr>" + TALK,
    ],
)
def test_a_hostile_page_is_read_or_refused(page: str) -> None:
    try:
        assert "hostname" not in repr(read(page).passages)
    except BadUpload as refused:
        assert refused.reason


def test_a_page_of_nothing_is_refused() -> None:
    with pytest.raises((EmptyFile, UnknownFormat)):
        read("<!-- niets -->")
