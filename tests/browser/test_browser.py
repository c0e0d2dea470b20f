"""A researcher's way through the pages, in a real Chromium, at desk and phone width."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest
import uvicorn

from api.app import create_app
from research.settings import Settings

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
FILES = sorted((HERE / "files").iterdir())
SITE_WIDE = ("/audit", "/formats")
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
A_RUN_AT_MOST = 180_000


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The application on a free port of this computer."""
    config = uvicorn.Config(
        create_app(Settings(home=home)), host="127.0.0.1", port=0, log_level="error"
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        latest = monotonic() + 60
        while not server.started and thread.is_alive() and monotonic() < latest:
            sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("browser")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator["playwright.Browser"]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """A page that notes every request, every script error and every accessibility fault."""

    def __init__(self, browser: "playwright.Browser", site: str, size: dict[str, int]) -> None:
        self.context = browser.new_context(viewport=size, locale="nl-NL", accept_downloads=True)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.site = site
        self.faults: list[str] = []
        self.page.on("request", lambda r: self._note_request(r.url))
        self.page.on("pageerror", lambda e: self.faults.append(f"script: {e}"))
        self.page.on("console", lambda m: self._note_console(m.type, m.text))

    def _note_request(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https") and not url.startswith(self.site + "/"):
            self.faults.append(f"a request to another host: {url}")

    def _note_console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.faults.append(f"console: {text}")

    def check(self) -> None:
        """Nothing sticks out sideways, nothing failed, and axe finds nothing."""
        page = self.page
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.faults.append(f"{page.url} is {wide} px too wide")
        if page.evaluate("window.hacked === true"):
            self.faults.append(f"{page.url} ran a script of a transcript")
        if AXE.exists():
            page.evaluate(AXE.read_text())
            for fault in page.evaluate("axe.run()")["violations"]:
                self.faults.append(f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:200]}")
        assert self.faults == []

    def open(self, name: str) -> None:
        """Go to a page of the study by its tab."""
        self.page.get_by_role("navigation", name="Onderzoek").get_by_role(
            "link", name=name, exact=True
        ).click()
        self.page.get_by_role("heading", level=1).wait_for()

    def download(self, name: str, folder: Path) -> bytes:
        """Click a download and give what came."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name, exact=True).click()
        waiting.value.save_as(folder / name)
        return (folder / name).read_bytes()


def make_study(visitor: Visitor, name: str) -> None:
    visitor.page.goto(visitor.site)
    visitor.check()
    visitor.page.get_by_label("Naam", exact=True).fill(name)
    visitor.page.get_by_role("button", name="Onderzoek maken").click()
    visitor.page.get_by_role("heading", name="Bestanden", level=1).wait_for()


def add_files(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("Kies bestanden").set_input_files(FILES)
    page.get_by_role("heading", name=f"{len(FILES) - 1} bestanden aangenomen").wait_for()
    refused = page.get_by_role("listitem").filter(has_text="foto.docx")
    assert "PNG-afbeelding" in refused.inner_text()
    assert "Pietersen" not in page.content()
    visitor.check()


def run(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Start de analyse").click()
    page.get_by_role("heading", name="Analyse", exact=True).wait_for()
    visitor.check()
    page.get_by_role("heading", name="Overzicht", level=1).wait_for(timeout=A_RUN_AT_MOST)


def look_at_themes(visitor: Visitor) -> None:
    """The pages about themes, and one decision."""
    page = visitor.page
    for link in ("Minder of meer thema’s", "Codeboek", "Thema’s vergelijken"):
        visitor.open("Thema’s")
        page.get_by_role("link", name=link, exact=True).click()
        page.get_by_role("heading", name=link, level=1).wait_for()
        visitor.check()
    visitor.open("Thema’s")
    page.locator("article.theme h3 a").first.click()
    page.get_by_role("heading", name="Beslis over dit thema").wait_for()
    visitor.check()
    page.get_by_role("link", name="Splitsen").click()
    page.get_by_role("heading", name="Een thema splitsen", level=1).wait_for()
    visitor.check()
    page.go_back()
    page.get_by_role("button", name="Houd het in elke latere analyse").click()
    page.get_by_text("Dit thema blijft in elke latere analyse.").wait_for()


def plan(visitor: Visitor) -> None:
    """Which persona fits, an opportunity planned, and the map of the future that shows it."""
    page = visitor.page
    visitor.open("Persona’s")
    page.get_by_role("link", name="Wie past bij welke persona?", exact=True).click()
    page.get_by_role("heading", name="Wie past bij welke persona?", level=1).wait_for()
    visitor.check()
    visitor.open("Klantreis")
    page.get_by_role("link", name="Kansen, op volgorde", exact=True).click()
    page.get_by_role("heading", name="Kansen", level=1).wait_for()
    visitor.check()
    page.get_by_text("Hoe zwaar elke fase telt", exact=True).click()
    page.locator("article details.more summary").first.click()
    page.get_by_label("Gewenst", exact=True).first.fill("Een tijdvak van twee uur")
    visitor.check()
    page.get_by_role("button", name="Plan bewaren").first.click()
    page.get_by_text("Een tijdvak van twee uur").first.wait_for()
    visitor.open("Klantreis")
    page.get_by_role("link", name="Zoals het moet worden", exact=True).click()
    page.get_by_role("heading", name="Klantreis", level=1).wait_for()
    assert page.get_by_text("Een tijdvak van twee uur").first.is_visible()
    visitor.check()
    for kind in ("Service-blauwdruk", "Een dag uit het leven"):
        visitor.open("Klantreis")
        page.get_by_text("Zeg waar deze kaart over gaat", exact=True).click()
        page.get_by_role("link", name=kind, exact=True).click()
        page.locator("a[aria-current=page]", has_text=kind).wait_for()
        visitor.check()
    visitor.open("Meetwaarden")
    visitor.check()


def review(visitor: Visitor) -> None:
    """A persona reviewed: a line accepted, a remark, an assumption, a version."""
    page = visitor.page
    visitor.open("Persona’s")
    page.locator("article.persona h2 a").first.click()
    page.get_by_label("Je naam", exact=False).fill("Noor")
    page.locator("form[action='/me'] button").click()
    page.locator("details.review summary").first.click()
    page.get_by_role("button", name="Goedkeuren", exact=True).first.click()
    page.locator(".claim .badge.ok").first.wait_for()
    page.get_by_label("Opmerking bij de hele persona").fill("Geldt dit voor iedereen?")
    page.locator("form:has(#remark) button").click()
    page.get_by_text("Geldt dit voor iedereen?", exact=True).wait_for()
    page.get_by_text("Voeg een aanname toe", exact=True).click()
    page.get_by_label("Wat je aanneemt").fill("Wil binnen een week klaar zijn")
    page.get_by_role("button", name="Voeg toe", exact=True).click()
    page.get_by_role("heading", name="Wil binnen een week klaar zijn").wait_for()
    page.get_by_text("Wie erbij horen", exact=True).click()
    visitor.check()
    page.get_by_label("Status", exact=True).select_option("accepted")
    page.get_by_role("button", name="Status opslaan").click()
    page.get_by_role("link", name="Versie 1", exact=True).click()
    page.get_by_role("heading", name="Versies", level=1).wait_for()
    assert "Noor" in page.content()
    visitor.check()


def look_around(visitor: Visitor) -> None:
    """The pages that lie behind the tabs, one after another."""
    page = visitor.page
    study = "/".join(page.url.split("/")[:5])
    pages = ("guide", "personal-data", "privacy", "paste", "miro", "sheet", "fit", "side-by-side")
    for path in (*(f"{study}/{name}" for name in pages), *(visitor.site + p for p in SITE_WIDE)):
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        visitor.check()
    page.goto(f"{study}/files")
    page.get_by_role("link", name="Wat er in de kolommen staat").first.click()
    page.get_by_role("heading", level=1).wait_for()
    visitor.check()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_from_files_to_a_quote_in_its_context(
    chromium: "playwright.Browser", site: str, size: dict[str, int], tmp_path: Path
) -> None:
    visitor = Visitor(chromium, site, size)
    page = visitor.page
    make_study(visitor, "Webwinkel")
    add_files(visitor)
    run(visitor)
    visitor.check()

    names = ("Thema’s", "Klantreis", "Deelnemers", "Bronnen", "Nakijken", "Tweede codeur")
    for name in (*names, "Beslissingen", "Persona’s"):
        visitor.open(name)
        visitor.check()
    page.locator("article.persona h2 a").first.click()
    page.get_by_role("heading", name="De mensen erachter").wait_for()
    visitor.check()
    look_at_themes(visitor)
    plan(visitor)
    review(visitor)
    visitor.open("Persona’s")

    quote = page.locator("figure.quote").first
    words = quote.locator("blockquote p").inner_text()
    quote.get_by_role("link", name="In de context").click()
    marked = page.locator("mark:target")
    assert words in marked.inner_text()
    assert marked.is_visible()
    visitor.check()

    visitor.open("Downloads")
    visitor.check()
    assert visitor.download("pain-points.csv", tmp_path).count(b"\n") > 1
    analysis = json.loads(visitor.download("analysis.json", tmp_path))
    assert any(words == s["text"] for s in analysis["statements"])
    look_around(visitor)
    visitor.context.close()


def test_a_correction_stands_and_the_study_learns_from_it(
    chromium: "playwright.Browser", site: str
) -> None:
    visitor = Visitor(chromium, site, PHONE)
    page = visitor.page
    make_study(visitor, "Nagekeken")
    add_files(visitor)
    run(visitor)
    visitor.open("Nakijken")
    card = page.locator("article.check").first
    words = card.locator("mark").inner_text()
    card.get_by_label("Soort").select_option("none")
    card.get_by_text("Waarom").click()
    visitor.check()
    card.get_by_role("button", name="Zo klopt het").click()
    page.get_by_role("button", name="Leer van 1 oordeel").wait_for()
    assert words not in page.locator("article.check mark").all_inner_texts()
    page.get_by_role("button", name="Leer van 1 oordeel").click()
    page.get_by_role("heading", name="Overzicht", level=1).wait_for(timeout=A_RUN_AT_MOST)
    visitor.open("Beslissingen")
    assert "Soort van een uitspraak" in page.content()
    visitor.open("Nakijken")
    page.get_by_text("Nog niet van geleerd").wait_for()
    assert page.get_by_role("button", name="Leer van").count() == 0
    visitor.context.close()


def test_markup_in_a_transcript_shows_as_text(chromium: "playwright.Browser", site: str) -> None:
    visitor = Visitor(chromium, site, DESK)
    page = visitor.page
    make_study(visitor, "<img src=x onerror='window.hacked=true'>")
    add_files(visitor)
    run(visitor)
    visitor.open("Bronnen")
    page.get_by_role("link", name="interview-5.txt").click()
    page.get_by_text("<script>window.hacked = true</script>").first.wait_for()
    visitor.check()
    visitor.context.close()


def test_a_run_can_be_stopped_and_dark_mode_is_legible(
    chromium: "playwright.Browser", site: str
) -> None:
    visitor = Visitor(chromium, site, DESK)
    page = visitor.page
    page.emulate_media(color_scheme="dark")
    make_study(visitor, "Gestopt")
    add_files(visitor)
    page.get_by_role("button", name="Start de analyse").click()
    page.get_by_role("button", name="Stoppen").click()
    page.get_by_role("heading", name="Gestopt", exact=True).wait_for()
    visitor.check()
    visitor.context.close()


def test_the_language_can_be_chosen_and_help_is_there(
    chromium: "playwright.Browser", site: str
) -> None:
    visitor = Visitor(chromium, site, PHONE)
    page = visitor.page
    page.goto(f"{site}/about")
    page.get_by_role("button", name="EN").click()
    page.get_by_role("heading", name="What the words mean").wait_for()
    visitor.check()
    page.get_by_role("link", name="the interface for programs").click()
    page.get_by_role("heading", name="The interface for programs").wait_for()
    visitor.check()
    visitor.context.close()


def test_files_can_be_dropped_on_the_page(chromium: "playwright.Browser", site: str) -> None:
    visitor = Visitor(chromium, site, DESK)
    page = visitor.page
    make_study(visitor, "Gesleept")
    dropped = page.evaluate_handle(
        """([name, text]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], name));
          return transfer;
        }""",
        ["los.txt", (HERE / "files" / "interview-2.txt").read_text()],
    )
    page.dispatch_event("[data-drop]", "dragover", {"dataTransfer": dropped})
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    page.get_by_role("heading", name="los.txt").wait_for()
    choice = page.get_by_label("Rol van Deelnemer 2 in los.txt")
    choice.select_option("interviewer")
    page.get_by_text("jij besloot").wait_for()
    assert choice.input_value() == "interviewer"
    visitor.check()
    visitor.context.close()


def test_a_keyboard_reaches_the_content_first(chromium: "playwright.Browser", site: str) -> None:
    visitor = Visitor(chromium, site, DESK)
    page = visitor.page
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    visitor.context.close()


def test_axe_is_there_to_look_at_the_pages() -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not there: npm install --prefix tests/browser")
    assert "axe.run" in AXE.read_text()
