"""The data directory: its format, and where things are in it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from common.errors import FormatError, StoreBusyError, StoreReadOnlyError
from common.settings import Settings

FORMAT = 1
"""Version of what is written; raised when older code could not read it."""


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """Paths in a data directory whose format and base IRI have been checked; see ``open_directory``."""

    path: Path

    @property
    def graph(self) -> Path:
        """The embedded graph store."""
        return self.path / "graph"

    @property
    def archive(self) -> Path:
        """Original bytes of all records."""
        return self.path / "archive.sqlite"

    @property
    def quarantine(self) -> Path:
        """Records that the gate refused."""
        return self.path / "quarantine.sqlite"

    @property
    def snapshots(self) -> Path:
        """Copies of the graph for query workers; on the disk of ``graph``, or hard links can't be made."""
        return self.path / "snapshots"

    @property
    def changes(self) -> Path:
        """Log of what changesets touched."""
        return self.path / "changes.sqlite"

    @property
    def text_index(self) -> Path:
        """The text index: derived, made anew by ``bibliograph index``."""
        return self.path / "text"

    @property
    def associations(self) -> Path:
        """What the associations were made of: derived, like the text index."""
        return self.path / "associations.sqlite"

    @property
    def socket(self) -> Path:
        """Where the store's owner listens."""
        return self.path / "owner.sock"

    @contextmanager
    def ingest_lock(self) -> Iterator[None]:
        """Held by the one process that ingests.

        Raises:
            StoreBusyError: Another process ingests; names it.
        """
        with _open_lock(self.path / "ingest.lock") as descriptor:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip() or "unknown"
                raise StoreBusyError(f"{self.path}: process {holder} is ingesting already") from error
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            # The file stays: deleting it would let a third process lock another file of the same name.
            yield


def open_directory(settings: Settings) -> DataDirectory:
    """The data directory of the settings, made if it does not exist.

    Raises:
        FormatError: It was written by another format version or for another base IRI.
        StoreReadOnlyError: It can't be made or written.
    """
    path, mark = settings.data, settings.data / "bibliograph.json"
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not mark.exists():
            _write_mark(mark, settings.base)
    except OSError as error:
        raise StoreReadOnlyError(f"data directory {path} can't be written: {error.strerror}") from error
    _check_mark(mark, settings.base)
    return DataDirectory(path)


def _write_mark(mark: Path, base: str) -> None:
    """Writes the mark whole; if another process is first, its mark stays."""
    with NamedTemporaryFile("w", dir=mark.parent, prefix=".mark-", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "base": base}, file)
        file.flush()
        os.fsync(file.fileno())
        try:
            mark.hardlink_to(file.name)
        except FileExistsError:
            return


def _check_mark(mark: Path, base: str) -> None:
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))
        version, found_base = found["format"], found["base"]
    except OSError as error:
        raise StoreReadOnlyError(f"{mark} can't be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise FormatError(f"{mark} is damaged: {error}") from error
    if version != FORMAT:
        raise FormatError(f"{mark}: format {version}; this version of Bibliograph reads format {FORMAT}")
    if found_base != base:
        raise FormatError(f"{mark}: base IRI {found_base}; the settings say {base}")


@contextmanager
def _open_lock(path: Path) -> Iterator[int]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreReadOnlyError(f"{path} can't be written: {error.strerror}") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)
