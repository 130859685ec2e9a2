"""Sources: files, directories, archives, standard input and web addresses."""

import bz2
import gzip
import io
import lzma
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from common.errors import InputError
from ingest import sources
from ingest.sources import Source, open_sources

DATA = b"00024nam a2200000 a 4500\x1e\x1d" * 50


def content(source: Source) -> bytes:
    """All its bytes."""
    with source.open() as stream:
        return stream.read()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress], ids=["plain", "gz", "bz2", "xz"])
def test_compressed_files_are_known_by_their_bytes(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """Whatever the name says, the first bytes decide."""
    path = tmp_path / "records.bin"
    path.write_bytes(pack(DATA))
    (source,) = open_sources([str(path)])
    assert content(source) == DATA
    assert content(source) == DATA  # it opens again from the start
    assert (source.name, source.size, source.searched) == (str(path), path.stat().st_size, False)


def test_directories_are_searched_in_order(tmp_path: Path) -> None:
    """Recursive and sorted, hidden files left out; what is found there was not named."""
    for name in ("b/2.mrc", "a.mrc", "b/1.mrc", ".hidden"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(DATA)
    found = list(open_sources([str(tmp_path)]))
    assert [str(Path(s.name).relative_to(tmp_path)) for s in found] == ["a.mrc", "b/1.mrc", "b/2.mrc"]
    assert all(s.searched for s in found)


def test_zip_members_are_sources(tmp_path: Path) -> None:
    """Each member by ``archive!member``; compressed within compressed too."""
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/one.mrc", DATA)
        archive.writestr("two.mrc", DATA + DATA)
    one, two = open_sources([str(path)])
    assert one.name == f"{path}!in/one.mrc"
    assert (content(one), content(two)) == (DATA, DATA + DATA)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` reads standard input, compressed or not."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(DATA))))
    (source,) = open_sources(["-"])
    assert (source.name, source.size, content(source)) == ("-", None, DATA)


def test_a_pipe_is_read_from_its_first_byte(tmp_path: Path) -> None:
    """Nothing is read ahead from what can be read but once, as a shell's ``<(zcat …)``."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(DATA,), daemon=True)
    writer.start()
    (source,) = open_sources([str(pipe)])
    assert (source.size, content(source)) == (None, DATA)
    writer.join()


def test_missing_and_damaged_files_are_named(tmp_path: Path) -> None:
    """One line with the name, when its turn comes."""
    (none,) = open_sources(["none"])
    with pytest.raises(InputError, match="none: no such file"):
        content(none)
    cut = tmp_path / "cut.gz"
    cut.write_bytes(gzip.compress(DATA)[:-12])
    (source,) = open_sources([str(cut)])
    with pytest.raises(InputError, match=r"cut\.gz: damaged"):
        content(source)
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"PK\x03\x04 nothing else")
    (source,) = open_sources([str(bad)])
    with pytest.raises(InputError, match=r"bad\.zip: damaged ZIP"):
        content(source)


def test_what_cannot_be_read_does_not_hide_the_rest(tmp_path: Path) -> None:
    """A damaged archive and a missing file are sources that can't be opened; the others can."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing else")
    (tmp_path / "b.mrc").write_bytes(DATA)
    bad, good, none, again = open_sources([str(tmp_path), "none", str(tmp_path / "b.mrc")])
    assert (content(good), content(again)) == (DATA, DATA)
    for source in (bad, none):
        with pytest.raises(InputError):
            source.open()


def test_an_empty_directory_is_said_to_be_empty(tmp_path: Path) -> None:
    """Hidden files do not count."""
    (tmp_path / ".hidden").write_bytes(DATA)
    (source,) = open_sources([str(tmp_path)])
    with pytest.raises(InputError, match="no files"):
        source.open()


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_bombs_are_refused(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to far more than any real file is stopped on the way."""
    monkeypatch.setattr(sources, "_RATIO_FROM", 1 << 16)
    monkeypatch.setattr(sources, "MAX_RATIO", 50)
    path = tmp_path / f"bomb.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(bytes(5_000_000)))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("x", bytes(5_000_000))
    (source,) = open_sources([str(path)])
    with source.open() as stream, pytest.raises(InputError, match="refused"):
        list(iter(lambda: stream.read(1 << 14), b""))


class _Server(BaseHTTPRequestHandler):
    """A file, a redirect away from the web, and nothing else."""

    def do_GET(self) -> None:
        """Answers by path."""
        if self.path == "/records.mrc":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(DATA)
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def web() -> Iterator[str]:
    """Address of a small server on this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_web_addresses_are_fetched(web: str) -> None:
    """Into a temporary file that lasts as long as its source."""
    found = list(open_sources([f"{web}/records.mrc"]))
    assert [(s.name, s.size, content(s)) for s in found] == [(f"{web}/records.mrc", len(DATA), DATA)]


@pytest.mark.parametrize(
    ("path", "words"), [("/none", "answered 404"), ("/away", "not allowed")], ids=["missing", "redirect to a file"]
)
def test_web_errors_are_named(web: str, path: str, words: str) -> None:
    """What the server answered; redirects leave the web for nowhere."""
    (source,) = open_sources([web + path])
    with pytest.raises(InputError, match=words):
        content(source)


def test_only_the_web_is_fetched(web: str) -> None:
    """No file: or ftp: addresses, nothing unreachable, nothing beyond the limit."""
    for address in ("file:///etc/passwd", "ftp://example.org/x"):
        (source,) = open_sources([address])
        with pytest.raises(InputError, match="only http and https"):
            content(source)
    (source,) = open_sources(["http://127.0.0.1:9/x"])
    with pytest.raises(InputError, match="not reachable: Connection refused"):
        content(source)
    with pytest.raises(InputError, match="larger than 10"):
        sources.download(f"{web}/records.mrc", io.BytesIO(), limit=10)
