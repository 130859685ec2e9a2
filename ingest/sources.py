"""Where records come from: files, directories, archives and web addresses, each opened as a stream of bytes.

Compressed input is unpacked as it is read, within limits, so that a small file can't fill the disk or run for ever.
"""

import bz2
import gzip
import io
import lzma
import os
import re
import sys
import tempfile
import time
import urllib.error
import urllib.request
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO, cast

from common.errors import InputError

WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
MAX_DOWNLOAD = 16 << 30
"""Largest file that is fetched."""
TIMEOUT = 30.0
"""Seconds to wait for an answer, and for each part of it."""
MAX_SECONDS = 6 * 3600.0
"""Longest that one file may take."""
_PIECE = 1 << 20
MAX_UNPACKED = 64 << 30
"""Most bytes that one compressed file may become."""
MAX_RATIO = 2000
"""Most bytes that one compressed byte may become, once more than ``_RATIO_FROM`` have come out."""
_RATIO_FROM = 64 << 20
MAX_MEMBERS = 100_000
"""Most members of a ZIP archive."""
_UNPACKERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": lambda raw: cast("BinaryIO", gzip.GzipFile(fileobj=raw)),
    ".bz2": lambda raw: cast("BinaryIO", bz2.BZ2File(raw)),
    ".xz": lambda raw: cast("BinaryIO", lzma.LZMAFile(raw)),  # noqa: SIM115  closed by its guard
}
_MAGIC = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ\x00": ".xz"}
_UNPACK_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Source:
    """One stream of records.

    Attributes:
        name: What the user calls it: path, ``archive.zip!member`` or address.
        size: Bytes of the file on disk, for progress; None where unknown.
        opener: Opens it from the start.
        searched: It was found in a directory or archive and not named: if it is no MARC it is passed over with a note.
    """

    name: str
    size: int | None
    opener: Callable[[], BinaryIO]
    searched: bool = False

    def open(self) -> BinaryIO:
        """The bytes from the start, unpacked.

        Raises:
            InputError: It can't be opened; names it.
        """
        try:
            return self.opener()
        except OSError as error:
            raise InputError(f"{self.name}: {error.strerror or error}") from error


def open_sources(args: list[str]) -> Iterator[Source]:
    """The sources that ``args`` name: files, directories (recursive, sorted), archives, ``-``, web addresses.

    What does not exist or can't be fetched is a source too, which can't be opened: the rest goes on.
    """
    for arg in args:
        if arg == "-":
            yield _standard_input()
        elif WEB.match(arg):
            yield from _reported(arg, _web(arg))
        else:
            yield from _reported(arg, _path(Path(arg)))


def _reported(name: str, sources: Iterator[Source]) -> Iterator[Source]:
    """``sources``, and in place of an error one that raises it when it is opened."""
    try:
        yield from sources
    except InputError as error:
        yield Source(name, None, partial(_raise, error))


def _raise(error: InputError) -> BinaryIO:
    raise error


def _standard_input() -> Source:
    return Source("-", None, lambda: _unpacked(cast("BinaryIO", sys.stdin.buffer), "-"))


def _web(address: str) -> Iterator[Source]:
    """A web address, fetched into a temporary file that lives as long as its sources do."""
    file = _TemporaryFile()
    with file.path.open("wb") as stream:
        download(address, stream)
    for source in _file(file.path, address, searched=False):
        yield replace(source, opener=partial(_kept, source.opener, file))


class _TemporaryFile:
    """A file that goes when nothing refers to this any more, or when the process ends."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="bibliograph-")
        os.close(handle)
        self.path = Path(name)
        weakref.finalize(self, self.path.unlink, missing_ok=True)


def _kept(opener: Callable[[], BinaryIO], _file: _TemporaryFile) -> BinaryIO:
    """``opener()``; being bound to its temporary file keeps the file."""
    return opener()


def _path(path: Path) -> Iterator[Source]:
    if not path.exists():
        raise InputError(f"{path}: no such file or directory")
    if path.is_file():
        yield from _file(path, str(path), searched=False)
        return
    if not path.is_dir():  # a pipe: what has been read from it does not come again
        yield Source(str(path), None, lambda: _unpacked(path.open("rb"), str(path)))
        return
    yield from _directory(path)


def _directory(path: Path) -> Iterator[Source]:
    """Every file below ``path`` but hidden ones."""
    closed: list[OSError] = []
    empty = True
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders.sort()
        for name in sorted(names):
            found = Path(folder, name)
            if found.is_file() and not name.startswith("."):
                empty = False
                yield from _reported(str(found), _file(found, str(found), searched=True))
    for error in closed:
        where = str(error.filename)
        yield Source(where, None, partial(_raise, InputError(f"{where}: {error.strerror}")))
    if empty and not closed:
        raise InputError(f"{path}: no files in this directory")


def _file(path: Path, name: str, *, searched: bool) -> Iterator[Source]:
    try:
        with path.open("rb") as file:
            zipped = file.read(4) == b"PK\x03\x04"
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}") from error
    if zipped:
        yield from _members(path, name)
    else:
        yield Source(name, size, lambda: _unpacked(path.open("rb"), name), searched)


def _members(path: Path, name: str) -> Iterator[Source]:
    """The files inside a ZIP archive, in its order."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except _UNPACK_ERRORS as error:
        raise InputError(f"{name}: damaged ZIP archive: {error}") from error
    if len(members) > MAX_MEMBERS:
        raise InputError(f"{name}: {len(members)} members, more than {MAX_MEMBERS}")
    for info in members:
        whole = f"{name}!{info.filename}"
        yield Source(whole, info.compress_size, _member_opener(path, info, whole), searched=True)


def _member_opener(path: Path, info: zipfile.ZipInfo, name: str) -> Callable[[], BinaryIO]:
    def opener() -> BinaryIO:
        archive = zipfile.ZipFile(path)  # closed with the stream
        try:
            stream = cast("BinaryIO", archive.open(info))
        except _UNPACK_ERRORS as error:
            archive.close()
            raise InputError(f"{name}: {error}") from error
        return cast("BinaryIO", _Guarded(stream, name, info.compress_size, archive.close))

    return opener


def _unpacked(raw: BinaryIO, name: str) -> BinaryIO:
    """``raw``, or what it unpacks to when its first bytes say that it is compressed."""
    buffered = raw if hasattr(raw, "peek") else cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", raw)))
    head = cast("io.BufferedReader", buffered).peek(6)[:6]
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if kind is None:
        return buffered
    counted = _Counting(buffered)
    stream = _UNPACKERS[kind](cast("BinaryIO", counted))
    return cast("BinaryIO", _Guarded(stream, name, None, buffered.close, counted))


class _Counting(io.RawIOBase):
    """Counts the compressed bytes that have been read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Bytes of the stream, counted."""
        data = self._stream.read(size)
        self.count += len(data)
        return data


class _Guarded(io.RawIOBase):
    """An unpacking stream whose errors name the file, and that stops when it unpacks to too much."""

    def __init__(
        self,
        stream: BinaryIO,
        name: str,
        packed: int | None,
        close: Callable[[], None],
        counted: _Counting | None = None,
    ) -> None:
        self._stream, self._name, self._packed, self._close, self._counted = stream, name, packed, close, counted
        self._out = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]  # bytearray and memoryview alike
        """Fills ``buffer``, for wrappers."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """Unpacked bytes; ``InputError`` for damage and bombs."""
        try:
            data = self._stream.read(size)
        except _UNPACK_ERRORS as error:
            raise InputError(f"{self._name}: damaged archive: {error}") from error
        self._out += len(data)
        packed = self._counted.count if self._counted else self._packed or 0
        if self._out > MAX_UNPACKED or (self._out > _RATIO_FROM and self._out > MAX_RATIO * max(packed, 1)):
            raise InputError(f"{self._name}: unpacks to {self._out} bytes and more from {packed}; refused")
        return data

    def close(self) -> None:
        """Closes the file too."""
        if not self.closed:
            self._stream.close()
            self._close()
        super().close()


def download(address: str, file: BinaryIO, *, limit: int = MAX_DOWNLOAD) -> int:
    """Fetches ``address`` into ``file``; number of bytes.

    Raises:
        InputError: Not http(s), not reachable, too large or too slow.
    """
    if not address.lower().startswith(("http://", "https://")):
        raise InputError(f"{address}: only http and https are fetched")
    # No file:, ftp: or data: handlers: an opener of our own has only what is named here.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPRedirectHandler(),
    ):
        opener.add_handler(handler)
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "bibliograph"})  # noqa: S310  checked above
        with opener.open(request, timeout=TIMEOUT) as answer:
            return _copy(answer, file, address, limit)
    except urllib.error.HTTPError as error:
        error.close()
        raise InputError(f"{address}: the server answered {error.code} {error.reason}") from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        reason = getattr(reason, "strerror", None) or reason
        raise InputError(f"{address}: not reachable: {reason}") from error


def _copy(answer: BinaryIO, file: BinaryIO, address: str, limit: int) -> int:
    until = time.monotonic() + MAX_SECONDS
    done = 0
    while chunk := answer.read(_PIECE):
        done += len(chunk)
        if done > limit:
            raise InputError(f"{address}: larger than {limit} bytes")
        if time.monotonic() > until:
            raise InputError(f"{address}: took longer than {MAX_SECONDS:.0f} seconds")
        file.write(chunk)
    return done
