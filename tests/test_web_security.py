"""Who may talk to the server, and what its answers allow a browser."""

from pathlib import Path

import pytest
import web_sample
from web_sample import HERE, Site

from api.security import host_name


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]:8765"])
def test_a_strange_host_name_gets_no_answer(site: Site, host: str) -> None:
    assert site.client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_the_names_of_this_computer_are_answered(site: Site, host: str) -> None:
    assert site.client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_changes_nothing(site: Site, headers: dict[str, str]) -> None:
    assert site.client.post(f"{site.root}/delete", headers=headers).status_code == 403
    assert site.client.get(site.root).status_code == 200


@pytest.mark.parametrize("headers", [{"origin": HERE}, {"sec-fetch-site": "same-origin"}, {}])
def test_the_own_pages_and_programs_may_change_things(site: Site, headers: dict[str, str]) -> None:
    answer = site.client.post("/studies", data={"name": "Nieuw"}, headers=headers)
    assert answer.status_code == 303


def test_a_body_beyond_the_limit_is_not_read(site: Site) -> None:
    headers = {"content-length": str(11 * 2**20), "content-type": "application/json"}
    assert site.client.post("/api/studies", content=b"{}", headers=headers).status_code == 413


@pytest.mark.parametrize("page", ["/", "/static/app.css", "/api/studies", "/nowhere"])
def test_every_answer_carries_the_safety_headers(site: Site, page: str) -> None:
    headers = site.client.get(page).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_only_files_with_a_fingerprint_are_kept_by_the_browser(site: Site) -> None:
    kept = "immutable"
    assert kept in site.client.get("/static/app.css?v=1").headers["cache-control"]
    for page in ("/static/app.css", "/?v=1", "/api/studies?v=1"):
        assert kept not in site.client.get(page).headers["cache-control"]


def test_a_host_name_is_told_apart_from_its_port() -> None:
    assert host_name("[::1]:8765") == "[::1]"
    assert host_name("Localhost:80") == "localhost"


def test_the_language_form_never_leads_to_another_site(site: Site) -> None:
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", ""):
        answer = site.client.post("/language", data={"language": "en", "back": back})
        assert answer.headers["location"] == "/"


def test_no_file_of_ours_asks_another_host() -> None:
    static = Path(__file__).parent.parent / "api" / "static"
    for file in (static / "app.css", static / "app.js", static / "copy.js", static / "icon.svg"):
        assert "//" not in file.read_text().replace("http://www.w3.org/2000/svg", "").replace(
            "// ", ""
        ), file.name
