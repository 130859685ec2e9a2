"""A proxy that forwards to a server, and now and then does not, or loses the answer."""

import socket
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

import httpx

Fault = Callable[["Handler"], None]


class FaultyProxy:
    """Forwards each request, unless ``faults`` holds something to do in its place.

    Args:
        target: Address of the server.

    Attributes:
        faults: What to do with the next requests, one each; None forwards.
        requests: Path and headers of all requests.
        timeline: When they came is not kept, only their order.
    """

    def __init__(self, target: str) -> None:
        self.target = target
        self.faults: deque[Fault | None] = deque()
        self.requests: list[tuple[str, dict[str, str]]] = []
        self._client = httpx.Client(timeout=60)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.proxy = self  # type: ignore[attr-defined]  # handlers reach it so
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def address(self) -> str:
        """Where the proxy listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        """Starts to listen."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops to listen."""
        self._server.shutdown()
        self._server.server_close()
        self._client.close()
        self._thread.join()

    def forward(self, path: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        """The server's answer."""
        kept = {name: value for name, value in headers.items() if name.lower() in {"content-type", "accept"}}
        return self._client.post(f"{self.target}{path}", content=body, headers=kept)


class Handler(BaseHTTPRequestHandler):
    """One connection to the proxy."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Forwards a request or does what the next fault says."""
        proxy = self.proxy
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        proxy.requests.append((self.path, dict(self.headers)))
        fault = proxy.faults.popleft() if proxy.faults else None
        if fault is not None:
            fault(self)
            return
        answer = self.forward()
        self.answer(answer.status_code, answer.content, {"Content-Type": answer.headers.get("Content-Type", "")})

    @property
    def proxy(self) -> FaultyProxy:
        """The proxy that this is a part of."""
        found = self.server.proxy  # type: ignore[attr-defined]  # set by FaultyProxy
        assert isinstance(found, FaultyProxy)
        return found

    def forward(self) -> httpx.Response:
        """The server's answer."""
        return self.proxy.forward(self.path, dict(self.headers), self.body)

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Sends an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def cut(self) -> None:
        """Closes the connection at once."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Prints nothing."""


def put_off(status: int, **headers: str) -> Fault:
    """The server says that it is busy."""
    return lambda handler: handler.answer(
        status, b"busy", {name.replace("_", "-"): value for name, value in headers.items()}
    )


def refused(status: int, words: str, content_type: str = "text/plain") -> Fault:
    """The server says no."""
    return lambda handler: handler.answer(status, words.encode(), {"Content-Type": content_type})


def answered(body: bytes, content_type: str) -> Fault:
    """The server answers so."""
    return lambda handler: handler.answer(200, body, {"Content-Type": content_type})


def lost_request(handler: Handler) -> None:
    """The request never reaches the server."""
    handler.cut()


def lost_answer(handler: Handler) -> None:
    """The server does what it is told, and nobody learns of it."""
    handler.forward()
    handler.cut()


def broken_answer(handler: Handler) -> None:
    """The answer breaks off in its middle."""
    answer = handler.forward()
    handler.send_response(200)
    handler.send_header("Content-Type", answer.headers["Content-Type"])
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    half = answer.content[: len(answer.content) // 2]
    handler.wfile.write(f"{len(half):x}\r\n".encode() + half + b"\r\n")
    handler.wfile.flush()
    handler.cut()
