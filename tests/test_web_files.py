"""Files dropped on a study: accepted with what was found, or refused with the reason."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import web_sample
from web_sample import Site

TALK = (
    b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Interviewer>Hoe ging het bestellen?</v>\n\n"
    b"00:00:05.000 --> 00:00:09.000\n<v Jan Jansen>Het pakket was zoek en niemand wist iets.</v>\n"
)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def site(home: Path) -> Site:
    return web_sample.site(home)


def drop(site: Site, *files: tuple[str, bytes], htmx: bool = True) -> str:
    headers = {"hx-request": "true"} if htmx else {}
    parts = [("files", file) for file in files]
    return site.client.post(f"{site.root}/files", files=parts, headers=headers).text


def test_each_dropped_file_is_accepted_or_refused_with_the_reason(site: Site) -> None:
    shown = drop(site, ("gesprek.vtt", TALK), ("foto.docx", PICTURE), ("leeg.txt", b""))
    assert shown.lstrip().startswith('<div id="files">')
    assert "1 bestand aangenomen" in shown
    assert "2 bestanden zijn niet aangenomen" in shown
    assert "PNG-afbeelding" in shown


def test_each_file_in_a_zip_is_accepted_or_refused_by_its_own_name(site: Site) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("week 1/gesprek.vtt", TALK)
        made.writestr("week 1/foto.docx", PICTURE)
        made.writestr("__MACOSX/._gesprek.vtt", b"x")
        made.writestr("nog.zip", b"PK\x03\x04")
    shown = drop(site, ("onderzoek.zip", content.getvalue()))
    assert "1 bestand aangenomen" in shown
    assert "2 bestanden zijn niet aangenomen" in shown
    assert "een zip in een zip" in shown
    told = site.client.get(f"/api{site.root}/files").json()["files"]
    assert [(file["name"], file["accepted"]) for file in told] == [
        ("onderzoek.zip/nog.zip", False),
        ("onderzoek.zip/week 1/foto.docx", False),
        ("onderzoek.zip/week 1/gesprek.vtt", True),
    ]


def test_the_same_bytes_twice_are_told_to_be_a_duplicate(site: Site) -> None:
    shown = drop(site, ("een.vtt", TALK), ("twee.vtt", TALK))
    assert "Hetzelfde bestand als een.vtt." in shown


def test_a_file_that_is_too_large_is_refused_and_the_others_go_on(site: Site) -> None:
    shown = drop(site, ("groot.txt", b"x" * (2**20 + 1)), ("gesprek.vtt", TALK))
    assert "1 bestand aangenomen" in shown
    assert "1 bestand is niet aangenomen" in shown
    assert "grens van 1 MB" in shown


def test_a_personal_name_is_never_shown(site: Site) -> None:
    shown = drop(site, ("gesprek.vtt", TALK))
    told = site.client.get(f"/api{site.root}/files")
    assert "Jansen" not in shown
    assert "Jansen" not in told.text
    assert "[NAAM" in shown


def test_a_guessed_role_can_be_corrected(site: Site) -> None:
    drop(site, ("gesprek.vtt", TALK))
    file = site.client.get(f"/api{site.root}/files").json()["files"][0]
    voice = next(v["voice"] for v in file["voices"] if v["role"] == "participant")
    shown = site.client.post(
        f"{site.root}/files/{file['source']}/roles",
        data={"voice": voice, "role": "interviewer"},
        headers={"hx-request": "true"},
    ).text
    assert "jij besloot" in shown
    after = site.client.get(f"/api{site.root}/files").json()["files"][0]
    assert next(v for v in after["voices"] if v["voice"] == voice)["role"] == "interviewer"


def test_a_removed_file_is_gone(site: Site) -> None:
    drop(site, ("gesprek.vtt", TALK))
    file = site.client.get(f"/api{site.root}/files").json()["files"][0]
    assert site.client.delete(f"/api{site.root}/files/{file['source']}").status_code == 204
    assert site.client.get(f"/api{site.root}/files").json()["files"] == []


def test_a_refused_file_is_taken_off_the_list(site: Site) -> None:
    drop(site, ("gesprek.vtt", TALK), ("foto.docx", PICTURE), ("nog eens.vtt", TALK))
    form = {"name": "foto.docx"}
    address = f"{site.root}/refused/remove"
    shown = site.client.post(address, data=form, headers={"hx-request": "true"}).text
    assert "foto.docx" not in shown
    assert "1 bestand is niet aangenomen" in shown
    gone = site.client.delete(f"/api{site.root}/refused", params={"name": "nog eens.vtt"})
    assert gone.status_code == 204
    left = site.client.get(f"/api{site.root}/files").json()["files"]
    assert [file["name"] for file in left] == ["gesprek.vtt"]


def test_only_what_was_refused_is_taken_off_the_list(site: Site) -> None:
    drop(site, ("gesprek.vtt", TALK))
    kept = site.client.delete(f"/api{site.root}/refused", params={"name": "gesprek.vtt"})
    assert kept.status_code == 404
    assert len(site.client.get(f"/api{site.root}/files").json()["files"]) == 1


def test_without_script_the_form_leads_back_to_the_page(site: Site) -> None:
    answer = site.client.post(f"{site.root}/files", files=[("files", ("gesprek.vtt", TALK))])
    assert answer.headers["location"] == f"{site.root}/files"


def test_a_hostile_file_name_shows_as_text(site: Site) -> None:
    shown = drop(site, ('<img src=x onerror="hack()">.vtt', TALK))
    assert "<img" not in shown


def test_programs_add_files_too(site: Site) -> None:
    told = site.client.post(f"/api{site.root}/files", files=[("files", ("gesprek.vtt", TALK))])
    assert told.status_code == 201
    assert told.json()[0]["accepted"]
