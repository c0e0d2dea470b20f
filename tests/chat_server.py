"""A local stand-in for a language model: it says what a test gives it."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Server(ThreadingHTTPServer):
    """Answers with what it is given, one after another; the last again and again."""

    daemon_threads = True

    def __init__(self, *answers: object) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        self.server.asked.append(self.rfile.read(int(self.headers["content-length"])).decode())
        answers = self.server.answers
        told = answers.pop(0) if len(answers) > 1 else answers[0]
        text = told if isinstance(told, str) else json.dumps(told)
        content = json.dumps({"choices": [{"message": {"content": text}}]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def servers() -> Iterator[Callable[..., Server]]:
    """Starts servers and stops them in the end."""
    running = []

    def start(*answers: object) -> Server:
        made = Server(*answers)
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        running.append((made, thread))
        return made

    yield start
    for made, thread in running:
        made.shutdown()
        made.server_close()
        thread.join()
