"""The text index on disk: derived from the graph, and made anew by one command.

``{directory}/current`` names the generation that counts, a folder of tantivy's beside it. A rebuild writes another
generation and then changes the name, so searches go on and a kill leaves the old one. Which changeset an index reflects
stands in the index itself, in the same commit as the documents.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import tantivy

from common.errors import StoreReadOnlyError
from services.search.documents.document import Document, state
from services.search.schema import SEQUENCE, STATE, fingerprint, register, schema

_HEAP = 96_000_000
"""Bytes of documents that tantivy gathers before it writes a segment."""
_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class View:
    """The index as of one commit; does not change while it is used.

    Attributes:
        searcher: tantivy's.
        schema: Of its fields.
        sequence: Number of the last changeset that it reflects.
    """

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    sequence: int


class TextIndex:
    """The index in ``directory``; several processes may read, one at a time writes."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = Lock()
        self._stamp: tuple[str, int, int] | None = None
        self._index: tantivy.Index | None = None
        self._view: View | None = None

    def view(self) -> View | None:
        """The newest committed state; None where there is no index of this version."""
        stamp = self._stamp_now()
        if stamp is None:
            return None
        with self._lock:
            if stamp != self._stamp:
                self._reload(stamp)
            return self._view

    @property
    def sequence(self) -> int | None:
        """Number of the last changeset that the index reflects; None where there is no index."""
        view = self.view()
        return view.sequence if view else None

    def names_digests(self, entities: Iterable[str]) -> dict[str, bytes]:
        """Digest of the names of each of ``entities`` (terms), of those that have a document."""
        view = self.view()
        found: dict[str, bytes] = {}
        for entity in entities if view else ():
            assert view is not None  # noqa: S101  else there is nothing to go through
            query = tantivy.Query.term_query(view.schema, "iri", entity[1:-1])
            for _, address in view.searcher.search(query, 1, False).hits:
                found[entity] = bytes(view.searcher.doc(address).get_first("names_digest") or b"")
        return found

    @contextmanager
    def writing(self) -> Iterator["Writing"]:
        """The right to write, which one process has at a time; others wait.

        Raises:
            StoreReadOnlyError: The directory can't be written.
        """
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreReadOnlyError(f"text index {self._directory} can't be written: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield Writing(self._directory)
        finally:
            os.close(descriptor)

    def _stamp_now(self) -> tuple[str, int, int] | None:
        generation = current(self._directory)
        if generation is None:
            return None
        try:
            meta = (self._directory / generation / "meta.json").stat()
        except FileNotFoundError:
            return None
        return generation, meta.st_mtime_ns, meta.st_ino

    def _reload(self, stamp: tuple[str, int, int]) -> None:
        if self._index is None or self._stamp is None or self._stamp[0] != stamp[0]:
            self._index = open_index(self._directory / stamp[0])
            self._index.config_reader("manual")
        self._index.reload()
        searcher = self._index.searcher()
        self._view = View(searcher, self._index.schema, _sequence(searcher, self._index.schema))
        self._stamp = stamp


class Writing:
    """Writes to the index; see ``TextIndex.writing``."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def update(self, sequence: int, gone: Iterable[str], documents: Iterable[Document]) -> int:
        """Replaces documents in one commit; returns how many were added.

        Args:
            sequence: Number of the changeset that the index then reflects.
            gone: Bare IRIs whose documents are removed first.
            documents: What is added.
        """
        generation = current(self._directory)
        assert generation is not None  # noqa: S101  the caller saw its sequence
        with _writer(self._directory / generation) as writer:
            for iri in gone:
                writer.delete_documents_by_term("iri", iri)
            writer.delete_documents_by_term("kind", STATE)
            return _fill(writer, sequence, documents)

    def replace(self, sequence: int, documents: Iterable[Document]) -> int:
        """Writes a new generation and makes it the current one; returns how many documents it has."""
        self._sweep()
        generation = f"{fingerprint()}-{sequence}-{os.urandom(4).hex()}"
        made = self._directory / generation
        made.mkdir()
        with _writer(made) as writer:
            count = _fill(writer, sequence, documents)
        name = self._directory / f"{_CURRENT}.new"
        name.write_text(generation, encoding="ascii")
        name.replace(self._directory / _CURRENT)
        self._sweep()
        return count

    def _sweep(self) -> None:
        """Removes generations that do not count; who still reads one keeps its open files."""
        kept = current(self._directory)
        for folder in self._directory.iterdir():
            if folder.is_dir() and folder.name != kept:
                shutil.rmtree(folder, ignore_errors=True)


def current(directory: Path) -> str | None:
    """Name of the generation that counts; None where there is none that this version can read."""
    with suppress(FileNotFoundError):
        name = (directory / _CURRENT).read_text(encoding="ascii")
        if name.startswith(f"{fingerprint()}-"):
            return name
    return None


def open_index(path: Path) -> tantivy.Index:
    """The index of one generation, with its analysers."""
    index = tantivy.Index(schema(), str(path))
    register(index)
    return index


@contextmanager
def _writer(path: Path) -> Iterator[tantivy.IndexWriter]:
    """A writer whose merges have ended when the ``with`` block has; nothing is kept of a block that fails."""
    writer = open_index(path).writer(_HEAP, 1)
    try:
        yield writer
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _fill(writer: tantivy.IndexWriter, sequence: int, documents: Iterable[Document]) -> int:
    count = 0
    for document in documents:
        writer.add_document(document.to_tantivy())
        count += 1
    writer.add_document(state(sequence))
    writer.commit()
    return count


def _sequence(searcher: tantivy.Searcher, fields: tantivy.Schema) -> int:
    found = searcher.search(tantivy.Query.term_query(fields, "kind", STATE), 1).hits
    return int(searcher.doc(found[0][1])[SEQUENCE][0]) if found else 0
