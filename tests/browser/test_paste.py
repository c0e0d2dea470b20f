"""Copying a journey map in a real Chromium: what lies on the clipboard afterwards."""

from collections.abc import Iterator

import pytest
import web_sample
from test_browser import CHROMIUM, DESK, FLAGS, PHONE, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

READ = """async () => {
  const [item] = await navigator.clipboard.read();
  const told = {};
  for (const kind of item.types) told[kind] = await (await item.getType(kind)).text();
  return told;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("paste")
    root = web_sample.site(home).root
    with serving(home) as site:
        yield f"{site}{root}/paste"


@pytest.fixture(scope="module")
def chromium() -> Iterator["playwright.Browser"]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def test_the_button_puts_a_table_and_plain_text_on_the_clipboard(
    chromium: "playwright.Browser", address: str
) -> None:
    context = chromium.new_context(viewport=DESK, locale="nl-NL")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.goto(address)
    page.click("[data-copy]")
    page.wait_for_function("document.querySelector('[data-copied]').textContent !== ''")
    told = page.evaluate(READ)
    assert "<td>Service</td>" in told["text/html"] and told["text/html"].count("<tr>") == 12
    assert "\tBewustwording\tOverweging\t" in told["text/plain"].splitlines()[0]
    assert faults == []
    context.close()


def test_where_the_clipboard_is_closed_the_old_way_still_copies(
    chromium: "playwright.Browser", address: str
) -> None:
    context = chromium.new_context(viewport=DESK)
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = context.new_page()
    page.goto(address)
    page.click("[data-copy]")
    page.wait_for_function("document.querySelector('[data-copied]').textContent !== ''")
    assert page.text_content("[data-copied]") == page.get_attribute("[data-copy]", "data-done")
    context.close()


def test_the_page_fits_a_phone(chromium: "playwright.Browser", address: str) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()
