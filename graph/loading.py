"""Loads an RDF file as the statements of one graph: canonical literals, no blank nodes, limits before the parser."""

from pathlib import Path

import pyoxigraph as ox

from common.errors import InputError, StoreError
from graph.canonical import canonical
from graph.loading_limits import MAX_BYTES, check
from graph.skolem import skolemise

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
"""File extensions and what they hold."""


def load_rdf(path: Path, base: str) -> list[str]:
    """The file's statements, each once and in order of their text.

    Args:
        path: Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD, by its extension.
        base: Base IRI of the installation, for relative IRIs and for the IRIs of blank nodes.

    Raises:
        InputError: The file can't be read, is not what its extension says, or is beyond the limits; names file, line
            and column.
    """
    rdf_format = FORMATS.get(path.suffix.lower())
    if rdf_format is None:
        raise InputError(f"{path}: extension {path.suffix!r} is not known; known are {', '.join(FORMATS)}")
    data = _read(path)
    check(path, data, rdf_format)
    triples = _parse(path, data, rdf_format, base)
    try:
        return sorted(set(canonical(skolemise(path, triples, base))))
    except StoreError as error:
        raise InputError(f"{path}: {error}") from error


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: longer than {MAX_BYTES} bytes")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}") from error


def _parse(path: Path, data: bytes, rdf_format: ox.RdfFormat, base: str) -> list[ox.Triple]:
    try:
        quads = list(ox.parse(data, format=rdf_format, base_iri=base))
    except SyntaxError as error:
        if "LoadDocumentCallback" in str(error):
            raise InputError(f"{path}: remote contexts are refused; write the context out") from error
        place = f"line {error.lineno}, column {error.offset}: " if error.lineno else ""
        raise InputError(f"{path}: {place}{' '.join(str(error.msg).split())[:300]}") from error
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: {error}") from error
    if len({quad.graph_name for quad in quads}) > 1:
        raise InputError(f"{path}: holds several graphs; split it, each graph is loaded by itself")
    return [quad.triple for quad in quads]
