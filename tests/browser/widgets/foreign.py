"""Web servers of other origins than the catalogue's, for pages that embed the widgets."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from threading import Thread


@contextmanager
def portal(files: Mapping[str, str], headers: Mapping[str, str]) -> Iterator[str]:
    """Address of a server that answers ``/NAME`` with the file of that name and these headers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/") or "index.html"
            self.send_response(200 if name in files else 404)
            self.send_header("Content-Type", f"{guess_type(name)[0]}; charset=utf-8")
            for header, value in headers.items():
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(files.get(name, "").encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page(server: str, body: str, lang: str = "en", head: str = "") -> str:
    """A page that loads both widgets from ``server``."""
    scripts = "".join(
        f'<script type="module" src="{server}/widgets/bibliograph-{name}.js"></script>'
        for name in ("search", "related")
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Portal</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,">{head}{scripts}</head><body><main><h1>Portal</h1>{body}</main></body></html>'
    )
