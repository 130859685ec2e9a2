"""Backup and restore: graph, archive, quarantine, corrections and people in one tar file, also while serving.

The graph is copied first, as of one changeset; the archive comes later and may be ahead of it. What it is ahead, a
restore marks as not yet in the graph, and the next ingest or remap brings it in.
"""

import io
import json
import os
import re
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy import make_url

from common.errors import FormatError, InputError, StoreReadOnlyError
from common.namespaces import Graphs
from common.progress import Meter, ProgressCallback
from graph import directory as data_directory
from graph.backends.oxigraph import OxigraphStore
from graph.merge import MergedGraph
from graph.snapshots import snapshots
from graph.transfer import load_lines
from ingest.archive import Archive
from services.workspace import Workspace

FORMAT = 1
"""Version of the backup's layout."""
MANIFEST = "manifest.json"
_PIECE = 1 << 20
_MAX_MANIFEST = 64 << 20
_DUMP = "graph.nq"
"""The graph of a store on a server; a restore makes an embedded one of it."""
_NAME = re.compile(r"(?:bibliograph\.json|graph\.nq|[a-z]+\.(?:sqlite|db)|graph/[A-Za-z0-9][A-Za-z0-9._-]*)\Z")
_PRIVATE = 0o600


@dataclass(slots=True)
class Manifest:
    """What a backup holds; the last member of the tar file.

    Attributes:
        format: Version of the backup's layout.
        data_format: Version of the data directory's.
        base: Base IRI of the installation.
        sequence: Number of the graph's last changeset.
        made: When, in UTC.
        files: Name -> SHA-256 and size in bytes.
    """

    format: int
    data_format: int
    base: str
    sequence: int
    made: str
    files: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore made; ``unmarked`` records were archived after the graph was copied."""

    manifest: Manifest
    unmarked: int


def backup(workspace: Workspace, file: Path, progress: ProgressCallback | None = None) -> Manifest:
    """Copies the installation into ``file``, which appears whole or not at all.

    Args:
        workspace: What to copy; others may read and write meanwhile.
        file: ``.tar``, or ``.tar.gz`` to compress it.
        progress: Where progress goes.

    Raises:
        StoreReadOnlyError: ``file`` can't be written.
    """
    with _graph_copy(workspace) as (sequence, folder, graph):
        manifest = Manifest(FORMAT, data_directory.FORMAT, workspace.settings.base, sequence, _now())
        files = _copies(workspace, folder) | graph
        meter = Meter(progress, f"backup {file.name}", sum(path.stat().st_size for path in files.values()), "bytes")
        with _written(file) as tar:
            for name, path in files.items():
                manifest.files[name] = _add(tar, name, path, meter)
            _add_manifest(tar, manifest)
        meter.finish()
    return manifest


@contextmanager
def _graph_copy(workspace: Workspace) -> Iterator[tuple[int, Path, dict[str, Path]]]:
    """The number of the graph's last changeset, a folder for more copies, and the graph's files by name.

    A store on a server has no snapshots: it is written out while nobody else writes.
    """
    kept = snapshots(workspace.graph, workspace.directory.snapshots)
    with closing(kept), kept.lease() as lease:
        if lease.path is not None:
            files = {f"graph/{path.name}": path for path in sorted(lease.path.iterdir()) if path.name != "LOCK"}
            # Beside the snapshot: its keeper holds that folder and deletes it.
            yield lease.sequence, lease.path.parent, files
            return
    with TemporaryDirectory(prefix=".backup-", dir=workspace.directory.path) as folder:
        file = Path(folder) / _DUMP
        with workspace.graph.exclusive(), file.open("wb") as output:
            sequence = workspace.graph.sequence
            workspace.graph.dump(output)
        yield sequence, Path(folder), {_DUMP: file}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _copies(workspace: Workspace, folder: Path) -> dict[str, Path]:
    """Copies of the SQLite files, and the mark of the data directory."""
    directory = workspace.directory
    files = {"bibliograph.json": directory.path / "bibliograph.json"}
    for name, part in (
        ("archive.sqlite", workspace.archive),
        ("quarantine.sqlite", workspace.quarantine),
        ("corrections.sqlite", workspace.corrections),
        ("touched.sqlite", workspace.touched),
    ):
        part.backup(folder / name)
        files[name] = folder / name
    people = _people(workspace)
    if people and people.exists():
        copy = folder / "people.db"
        copy.touch(_PRIVATE)
        with closing(sqlite3.connect(people)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        files["people.db"] = copy
    return files


def _people(workspace: Workspace) -> Path | None:
    """The people database if it is a file of ours; one on a server has backups of its own."""
    if not workspace.settings.database:
        return workspace.directory.path / "people.db"
    url = make_url(workspace.settings.database)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


@contextmanager
def _written(file: Path) -> Iterator[tarfile.TarFile]:
    """A tar file under a temporary name, renamed when it is whole; readable by its owner alone."""
    part = file.with_name(f".{file.name}.part")
    packing: dict[str, Any] = {"mode": "w"}
    if file.suffix in {".gz", ".tgz"}:
        packing = {"mode": "w:gz", "compresslevel": 3}
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _PRIVATE)
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, **packing) as tar:
                yield tar
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(file)
    except OSError as error:
        raise StoreReadOnlyError(f"{file} can't be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


class _Summing:
    """A file being read: sums what passes."""

    def __init__(self, file: IO[bytes], meter: Meter) -> None:
        self._file = file
        self._meter = meter
        self.sum = sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sum.update(data)
        self._meter.advance(len(data))
        return data


def _add(tar: tarfile.TarFile, name: str, path: Path, meter: Meter) -> tuple[str, int]:
    with path.open("rb") as file:
        info = tarfile.TarInfo(name)
        info.size = os.fstat(file.fileno()).st_size
        info.mode = _PRIVATE
        summing = _Summing(file, meter)
        tar.addfile(info, summing)
    return summing.sum.hexdigest(), info.size


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(text), _PRIVATE
    tar.addfile(info, io.BytesIO(text))


def restore(file: Path, directory: Path, progress: ProgressCallback | None = None) -> Restored:
    """Makes a data directory of a backup. Everything is checked before anything is written.

    Args:
        file: Made by ``backup``.
        directory: Absent or empty.
        progress: Where progress goes.

    Raises:
        InputError: ``file`` is no backup or is damaged, or ``directory`` holds something.
        FormatError: The backup is of another format.
        StoreReadOnlyError: ``directory`` can't be written.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise InputError(f"{directory} is not empty; restore makes a new data directory")
    manifest = _checked(file, Meter(progress, f"check {file.name}", unit="bytes"))
    part = directory.with_name(f".{directory.name}.restoring")
    try:
        rmtree(part, ignore_errors=True)
        (part / "graph").mkdir(parents=True)
        _extract(file, part, manifest, Meter(progress, f"restore {directory.name}", _size(manifest), "bytes"))
        unmarked = _open_graph(part, manifest)
        part.replace(directory)
    except OSError as error:
        raise StoreReadOnlyError(f"{directory} can't be written: {error.strerror or error}") from error
    finally:
        rmtree(part, ignore_errors=True)
    return Restored(manifest, unmarked)


def _size(manifest: Manifest) -> int:
    return sum(size for _, size in manifest.files.values())


def _checked(file: Path, meter: Meter) -> Manifest:
    """The manifest, after every member has been held against it."""
    found: dict[str, tuple[str, int]] = {}
    text = b""
    for info, data in _members(file):
        if info.name == MANIFEST:
            text = data.read(_MAX_MANIFEST)
            continue
        if not info.isreg() or not _NAME.match(info.name) or info.name in found:
            raise InputError(f"{file}: member {info.name[:80]!r} has no place in a backup")
        found[info.name] = _summed(data, meter)
    manifest = _manifest(file, text)
    if found != manifest.files:
        wrong = {name for name, _ in found.items() ^ manifest.files.items()}
        raise InputError(f"{file}: damaged: {min(wrong)} is not as the manifest says")
    return manifest


def _summed(data: IO[bytes], meter: Meter, copy: IO[bytes] | None = None) -> tuple[str, int]:
    summing, size = _Summing(data, meter), 0
    while piece := summing.read(_PIECE):
        size += len(piece)
        if copy is not None:
            copy.write(piece)
    return summing.sum.hexdigest(), size


def _members(file: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    try:
        with tarfile.open(file) as tar:
            for info in tar:
                data = tar.extractfile(info) if info.isreg() else None
                if data is None:
                    raise InputError(f"{file}: member {info.name[:80]!r} is no file")
                yield info, data
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise InputError(f"{file}: no backup, or damaged: {error}") from error
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from error


def _manifest(file: Path, text: bytes) -> Manifest:
    try:
        given: dict[str, Any] = json.loads(text)
        version, data_format = given["format"], given["data_format"]
        if (version, data_format) == (FORMAT, data_directory.FORMAT):
            files = {name: (digest, size) for name, (digest, size) in given["files"].items()}
            return Manifest(**{**given, "files": files})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file}: no backup: its manifest is missing or damaged") from error
    raise FormatError(
        f"{file}: backup format {version} of data format {data_format}; "
        f"this version of Bibliograph reads {FORMAT} of {data_directory.FORMAT}"
    )


def _extract(file: Path, part: Path, manifest: Manifest, meter: Meter) -> None:
    """Writes the members; once more held against the manifest, should the file have changed since."""
    for info, data in _members(file):
        if info.name == MANIFEST:
            continue
        if info.name not in manifest.files:
            raise InputError(f"{file}: changed while it was restored")
        descriptor = os.open(part / info.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
        with os.fdopen(descriptor, "wb") as target:
            if _summed(data, meter, target) != manifest.files[info.name]:
                raise InputError(f"{file}: changed while it was restored")
            target.flush()
            os.fsync(target.fileno())
    meter.finish()


def _open_graph(part: Path, manifest: Manifest) -> int:
    """Loads the graph if it was written out, and marks as not yet in it what the archive holds of later changesets."""
    store = OxigraphStore(part / "graph")
    graph = MergedGraph(store, Graphs(manifest.base))
    try:
        if (dump := part / _DUMP).exists():
            with dump.open("rb") as lines:
                load_lines(store, lines)
            dump.unlink()
        sequence = graph.sequence
    finally:
        graph.close()
    with Archive(part / "archive.sqlite") as archive:
        return archive.unmark_after(sequence)
