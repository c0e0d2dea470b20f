"""A map on a board of Miro, tried against a server here that behaves as Miro's OpenAPI says."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import web_sample
from map_samples import EVIL, told_by, with_maps

from research import miro, pushing
from research.errors import KlantbeeldError, NotFound, PushFailed
from research.exporters.maps.board import boards
from research.miro import MiroItem, Pushed, batches, board_id_of, items, push

COLOURS = [
    "gray",
    "light_yellow",
    "yellow",
    "orange",
    "light_green",
    "green",
    "dark_green",
    "cyan",
    "light_pink",
    "pink",
    "violet",
    "red",
    "light_blue",
    "blue",
    "dark_blue",
    "black",
]


class Server(ThreadingHTTPServer):
    """Remembers what it was asked; `answers` are the next ones (status, Retry-After)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, str]] = []
        self.asked: list[tuple[str, str, list[dict[str, object]]]] = []
        self.placed: list[dict[str, object]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """POST /v2/boards/{board_id}/items/bulk: 1 to 20 items, all or nothing."""

    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, str(self.headers["authorization"]), body))
        status, wait = self.server.answers.pop(0) if self.server.answers else (201, "")
        if status == 201 and not (1 <= len(body) <= 20 and all(map(allowed, body))):
            status = 400
        if status == 201:
            self.server.placed += body
        self.send_response(status)
        if wait:
            self.send_header("retry-after", wait)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def allowed(item: dict[str, object]) -> bool:
    """Whether the specification allows an item."""
    style, data = item.get("style", {}), item["data"]
    assert isinstance(style, dict) and isinstance(data, dict)
    if item["type"] == "sticky_note" and style["fillColor"] not in COLOURS:
        return False
    return item["type"] in ("sticky_note", "text") and bool(data["content"])


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as started:
        thread = Thread(target=started.serve_forever)
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def some(count: int) -> list[MiroItem]:
    return [MiroItem("sticky_note", f"n{n}", 0, n, "gray") for n in range(count)]


def test_a_map_becomes_texts_for_stages_and_rows_and_a_note_an_item() -> None:
    found = items(boards(with_maps())[0])
    texts = [i.content for i in found if i.kind == "text"]
    assert texts[:3] == ["Bezorging: Iedereen (concept)", "Aankoop", "Na"] and "Knelpunten" in texts
    note = next(
        i for i in found if i.content.startswith("Onduidelijk") and i.colour == "light_pink"
    )
    assert "2 van de 3 mensen" in note.content
    places = [(i.x, i.y) for i in found]
    assert len(places) == len(set(places))


def test_a_map_goes_in_batches_of_twenty_with_the_users_own_token(server: Server) -> None:
    done = push(some(45), "uXjVabc=", "geheim", address=server.address)
    assert done == Pushed("uXjVabc=", 45)
    assert [len(body) for _, _, body in server.asked] == [20, 20, 5]
    assert {(path, key) for path, key, _ in server.asked} == {
        ("/v2/boards/uXjVabc%3D/items/bulk", "Bearer geheim")
    }


def test_hostile_labels_are_taken_and_show_as_text(server: Server) -> None:
    found = items(boards(told_by(EVIL))[0])
    assert push(found, "b", "t", address=server.address).items == len(found)
    contents = [str(i["data"]["content"]) for i in server.placed]  # type: ignore[index]  # JSON of any shape
    assert not any("<script" in c for c in contents)


def test_a_busy_miro_is_asked_again_after_the_time_it_names(server: Server) -> None:
    server.answers = [(429, "7"), (429, ""), (201, "")]
    waited: list[float] = []
    assert push(some(3), "b", "t", address=server.address, sleep=waited.append).items == 3
    assert waited == [7.0, 2.0]
    assert len(server.placed) == 3


def test_a_miro_that_stays_busy_says_how_much_stands_there(server: Server) -> None:
    server.answers = [(201, ""), *[(429, "900")] * 5]
    waited: list[float] = []
    with pytest.raises(PushFailed, match=r"429.*20 items stand on the board already"):
        push(some(30), "b", "t", address=server.address, sleep=waited.append)
    assert waited == [60.0] * 4


@pytest.mark.parametrize(
    ("status", "way_out"),
    [
        (400, "did not take the items"),
        (401, "make a new one"),
        (403, "boards:write"),
        (404, "does not know this board"),
        (500, "look at the board"),
    ],
)
def test_a_refusal_says_what_to_do_and_is_not_repeated(
    server: Server, status: int, way_out: str
) -> None:
    server.answers = [(status, "")]
    with pytest.raises(PushFailed, match=way_out) as told:
        push(some(1), "b", "geheim", address=server.address)
    assert len(server.asked) == 1
    assert "Nothing was placed" in str(told.value) and "geheim" not in str(told.value)


def test_a_miro_that_is_not_there_is_named(server: Server) -> None:
    with pytest.raises(PushFailed, match=r"127\.0\.0\.1 cannot be reached"):
        push(some(1), "b", "t", address="http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("text", "board"),
    [
        ("uXjVabc=", "uXjVabc="),
        ("https://miro.com/app/board/uXjVabc=/?share=1", "uXjVabc="),
        (" o9J_k-1 ", "o9J_k-1"),
    ],
)
def test_a_board_is_known_by_its_address_or_id(text: str, board: str) -> None:
    assert board_id_of(text) == board


@pytest.mark.parametrize("text", ["", "../items", "a b", "https://miro.com/app/dashboard/", "é"])
def test_what_is_no_board_is_refused(text: str) -> None:
    with pytest.raises(KlantbeeldError, match="address of the board"):
        board_id_of(text)


def test_no_more_than_twenty_go_at_once_and_none_is_lost() -> None:
    assert [len(b) for b in batches(some(41))] == [20, 20, 1]
    assert batches([]) == ()


# --- the page ----------------------------------------------------------------------


@pytest.fixture
def site(home: object, server: Server, monkeypatch: pytest.MonkeyPatch) -> web_sample.Site:
    def here(found: list[MiroItem], board: str, token: str) -> Pushed:
        return miro.push(found, board, token, address=server.address)

    monkeypatch.setattr(pushing, "push", here)
    return web_sample.site(home)  # type: ignore[arg-type]  # pytest gives the folder


def test_the_page_names_the_host_and_sends_nothing(site: web_sample.Site, server: Server) -> None:
    text = site.client.get(f"{site.root}/miro").text
    assert "api.miro.com" in text
    told = site.client.get(f"/api{site.root}/miro").json()["plan"]
    assert told["host"] == "api.miro.com" and told["items"] > 10
    assert server.asked == []


def test_a_map_goes_only_with_consent(site: web_sample.Site, server: Server) -> None:
    form = {"board": "uXjV=", "token": "t", "persona": ""}
    assert site.client.post(f"{site.root}/miro", data=form).status_code == 400
    assert server.asked == []
    answer = site.client.post(f"{site.root}/miro", data=form | {"agreed": "true"})
    told = site.client.get(f"/api{site.root}/miro").json()["plan"]
    assert answer.status_code == 200 and str(told["items"]) in answer.text
    assert len(server.placed) == told["items"]


def test_a_refusal_of_miro_shows_on_the_page(site: web_sample.Site, server: Server) -> None:
    server.answers = [(401, "")]
    asked = {"board": "uXjV=", "token": "geheim", "agreed": True}
    answer = site.client.post(f"/api{site.root}/miro", json=asked)
    assert answer.status_code == 502
    assert "make a new one" in answer.json()["detail"] and "geheim" not in answer.text


def test_what_went_wrong_is_said_in_dutch(site: web_sample.Site, server: Server) -> None:
    server.answers = [(403, "")]
    form = {"board": "uXjV=", "token": "t", "agreed": "true"}
    answer = site.client.post(f"{site.root}/miro", data=form, headers={"accept-language": "nl"})
    assert "mag niet op dit bord schrijven" in answer.text
    assert "Er is niets geplaatst." in answer.text


def test_a_persona_that_is_not_there_has_no_map(site: web_sample.Site) -> None:
    assert site.client.get(f"{site.root}/miro?persona=nobody").status_code == 404
    with pytest.raises(NotFound):
        pushing._chosen((), "x")
