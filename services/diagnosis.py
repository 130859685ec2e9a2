"""Doctor: what is installed, what is missing and what it is needed for, and how the data directory does. No network."""

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from common.errors import BibliographError
from common.settings import Settings
from graph import directory as data_directory
from graph.engines import store_address, store_path
from graph.owner import address

GOOD, NOTE, BAD = "good", "note", "bad"
_PYTHON = (3, 11)
_LITTLE_SPACE = 2 << 30
"""Bytes; a backup or a large ingest needs more."""

#: Package -> what it is needed for. Without one of these nothing works.
REQUIRED = {
    "click": "this command line",
    "flask": "serving pages and the API",
    "flask-compress": "compressed answers",
    "flask-openapi3": "the description of the API",
    "httpx": "graphs on a SPARQL server",
    "lark": "reading SPARQL",
    "networkx": "clusters of headings",
    "numpy": "associations",
    "opencc": "traditional and simplified Chinese",
    "owlready2": "OWL tools and classification",
    "pydantic-settings": "settings",
    "pymarc": "MARC-8 and damaged records",
    "pyoxigraph": "the embedded graph store",
    "pypinyin": "searching Chinese by its sound",
    "pyshacl": "the reference SHACL processor",
    "rdflib": "notebooks and the reference SHACL processor",
    "rich": "tables on the terminal",
    "rjieba": "words of Chinese queries",
    "scipy": "associations",
    "shacl": "the gate",
    "sqlalchemy": "the people database",
    "structlog": "logs",
    "tantivy": "the text index",
    "waitress": "serving",
}
#: Package -> extra that installs it, and what it is needed for.
OPTIONAL = {
    "neo4j": ("neo4j", "a graph on Neo4j"),
    "spacy": ("text", "entities in full texts"),
    "psycopg": ("", "people data on PostgreSQL"),
    "playwright": ("dev", "browser tests"),
    "oxigraph": ("dev", "an Oxigraph server, and tests"),
    "pytest": ("dev", "tests"),
}
#: Programs that may be there -> names they go by, and what they are needed for.
PROGRAMS = {
    "java": (("java",), "HermiT, the OWL reasoner, a Neo4j to try and to test with, tests with Fuseki"),
    "maven": (("mvn",), "fetching a Neo4j to try and to test with, tests with Fuseki"),
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "browser tests"),
    "git": (("git",), "contributing"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's table.

    Attributes:
        part: ``python``, ``package``, ``optional``, ``program`` or ``data``.
        name: What was looked at.
        state: ``good``, ``note`` (nobody has to act) or ``bad``.
        found: Version, path or figure; "" where it is missing.
        purpose: What it is needed for, or what to do.
    """

    part: str
    name: str
    state: str
    found: str
    purpose: str

    def as_json(self) -> dict[str, Any]:
        """One row of ``doctor --json``."""
        return asdict(self)


def diagnose(settings: Settings) -> list[Check]:
    """All checks, in the order in which they are shown."""
    parts: tuple[Callable[[Settings], Iterator[Check]], ...] = (_python, _packages, _programs, _data)
    return [check for part in parts for check in part(settings)]


def _python(_: Settings) -> Iterator[Check]:
    state = GOOD if sys.version_info >= _PYTHON else BAD
    yield Check("python", "python", state, platform.python_version(), f"{'.'.join(map(str, _PYTHON))} or newer")


def _packages(_: Settings) -> Iterator[Check]:
    for name, purpose in REQUIRED.items():
        version = _version(name)
        yield Check("package", name, GOOD if version else BAD, version, purpose)
    for name, (extra, purpose) in OPTIONAL.items():
        version = _version(name)
        install = f"; pip install 'bibliograph[{extra}]'" if extra else f"; pip install {name}"
        yield Check("optional", name, GOOD if version else NOTE, version, purpose + ("" if version else install))


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _programs(_: Settings) -> Iterator[Check]:
    for name, (commands, purpose) in PROGRAMS.items():
        path = next(filter(None, map(shutil.which, commands)), "")
        yield Check("program", name, GOOD if path else NOTE, path, purpose)


def _data(settings: Settings) -> Iterator[Check]:
    path = settings.data
    yield from _mark(settings)
    yield _store(settings)
    there = next(parent for parent in (path.absolute(), *path.absolute().parents) if parent.exists())
    writable = os.access(there, os.W_OK)
    yield Check("data", "writable", GOOD if writable else BAD, str(there), "" if writable else "can't be written")
    free = shutil.disk_usage(there).free
    space = f"{free / (1 << 30):,.1f} GB free"
    yield Check("data", "disk", GOOD if free > _LITTLE_SPACE else BAD, space, "data, snapshots, backups")
    yield _owner(path)
    yield from (
        Check("data", name, GOOD, f"{size / (1 << 20):,.1f} MB", "") for name, size in _sizes(path, settings) if size
    )


def _mark(settings: Settings) -> Iterator[Check]:
    """The data directory's format and base; looked at without making anything."""
    mark = settings.data / "bibliograph.json"
    if not mark.exists():
        yield Check("data", "directory", NOTE, "", f"{settings.data}: none yet; demo or ingest makes it")
        return
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))
        version, base = found["format"], found["base"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Check("data", "directory", BAD, str(settings.data), f"bibliograph.json is damaged: {error}")
        return
    right = version == data_directory.FORMAT
    wanted = f"this version of Bibliograph reads format {data_directory.FORMAT}"
    yield Check("data", "directory", GOOD if right else BAD, f"{settings.data}, format {version}", wanted)
    yield Check("data", "base", GOOD if base == settings.base else BAD, base, f"the settings say {settings.base}")


def _store(settings: Settings) -> Check:
    try:
        path = store_path(settings)
    except BibliographError as error:
        return Check("data", "store", BAD, settings.store, str(error))
    what = "on a server, which is not asked now" if path is None else "embedded Oxigraph"
    return Check("data", "store", GOOD, store_address(settings), what)


def _owner(path: Path) -> Check:
    """Whether a process serves or works on the graph."""
    connection = address.connect(path / "owner.sock") if path.is_dir() else None
    if connection is None:
        return Check("data", "owner", NOTE, "", "no process has the graph open")
    connection.close()
    return Check("data", "owner", GOOD, "running", "commands reach the graph through it")


def _sizes(path: Path, settings: Settings) -> Iterator[tuple[str, int]]:
    try:
        graph = store_path(settings)
    except BibliographError:
        return
    if graph is not None:
        yield "graph", sum(file.stat().st_size for file in graph.glob("*") if file.is_file())
    for name in ("archive.sqlite", "quarantine.sqlite", "people.db"):
        file = path / name
        yield name, file.stat().st_size if file.exists() else 0
