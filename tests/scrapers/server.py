"""A real HTTP server on loopback that misbehaves on demand, and the doors that tests go through to it."""

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scrapers.http import Manners, Web, WebDoor
from scrapers.pace import Pace
from scrapers.source import Source
from scrapers.state import State
from scrapers.visits import Visits

NOON = datetime(2024, 3, 19, 12, 0, tzinfo=UTC)
QUICK = Manners("prove@affari.example", delay=0.0, backoff=0.0, connect=5.0, read=5.0, total=10.0)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the server's routes say; what is not there is 404."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.paper.log.append((self.path, dict(self.headers)))
        with self.server.paper.counting:
            self.server.paper.active += 1
            self.server.paper.most = max(self.server.paper.most, self.server.paper.active)
        try:
            self.server.paper.routes.get(self.path, status(404))(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.server.paper.counting:
                self.server.paper.active -= 1

    def log_message(self, *args):
        pass


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that hangs up on a slow or endless answer does the right thing."""


class Server:
    """The server: `routes` by path, `log` of (path, headers), the most requests at once."""

    def __init__(self, *, certificate=None):
        self.routes: dict[str, Answer] = {}
        self.log: list[tuple[str, dict[str, str]]] = []
        self.counting, self.active, self.most = threading.Lock(), 0, 0
        self._server = _Quiet(("127.0.0.1", 0), Handler)
        self._server.paper = self
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def paths(self):
        return [path for path, _ in self.log if path != "/robots.txt"]

    def url(self, path="/", host="paper.test"):
        return f"http://{host}:{self.port}{path}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def send(handler, code, body=b"", **headers):
    """Answer in good order."""
    handler.send_response(code)
    headers = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    for name, value in headers.items():
        if value is not None:
            handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def status(code, body=b"", **headers):
    return lambda handler: send(handler, code, body, **headers)


def page(text="<html><body><p>La Alfa ha rilevato la Beta.</p></body></html>", **headers):
    return status(200, text.encode() if isinstance(text, str) else text, **headers)


def redirect(location, code=302):
    return status(code, location=location)


def in_turn(*answers):
    """Answer differently each time; the last answer stays."""
    left = list(answers)

    def answer(handler):
        now = left.pop(0) if len(left) > 1 else left[0]
        now(handler)

    return answer


def raw(*pieces):
    """Write bytes as they are, without a thought for HTTP, and hang up."""

    def answer(handler):
        for piece in pieces:
            handler.wfile.write(piece)
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    return answer


def resolve(host, port):
    """Know the names of the tests; all that is not literally an address is loopback."""
    known = {"public.test": ("93.184.216.34",), "both.test": ("93.184.216.34", "127.0.0.1")}
    return known.get(host) or ((host,) if host[0].isdigit() or ":" in host else ("127.0.0.1",))


def source_of(server, **changes):
    stated = {
        "id": "paper",
        "folder": Path("paper"),
        "name": "Paper",
        "home": server.url("/"),
        "feeds": (server.url("/feed"),),
        "licence": "own",
        "reliability": "invented",
        "local": True,
    }
    return Source(**{**stated, **changes})


class Visitor:
    """A door to the server with what it needs, and the pauses that it made instead of sleeping."""

    def __init__(self, server, *, manners=QUICK, state=None, clock=lambda: NOON, **source):
        self.pauses = []
        self.state = state or State(":memory:")
        self.visits = Visits(self.state)
        pace = Pace(wait=self.pauses.append, chance=lambda: 0.0)
        self.web = Web(manners, self.visits, pace, clock=clock, resolve=resolve)
        self.door = WebDoor(source_of(server, **source), self.web)

    def close(self):
        self.door.close()
        self.state.close()
