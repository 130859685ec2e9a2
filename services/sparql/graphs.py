"""Writes statements as Turtle, N-Triples, JSON-LD or RDF/XML, or as a network."""

from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

from common.errors import QueryError
from common.namespaces import PREFIXES

_RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def write_graph(
    output: IO[bytes], name: str, statements: Iterable[str], prefixes: dict[str, str] | None = None
) -> None:
    """Writes ``"s p o"`` statements, each once and those of a subject together.

    Args:
        output: Where to.
        name: Name of a format of kind ``graph``.
        statements: Statements in N-Triples text; blank nodes may occur.
        prefixes: Prefixes for Turtle and RDF/XML; default: those of the platform.

    Raises:
        QueryError: The format can't express a statement, such as a predicate that is no XML name in RDF/XML.
    """
    ordered = sorted(set(statements))
    if name == "ntriples":
        output.writelines(f"{statement} .\n".encode() for statement in ordered)
        return
    if name not in _RDF_FORMATS:
        from services.sparql.networks import write_network  # noqa: PLC0415  loads late: few ask for it

        write_network(output, name, ordered)
        return
    lines = "".join(f"{statement} .\n" for statement in ordered).encode()
    used = {prefix: iri for prefix, iri in (prefixes or PREFIXES).items() if iri.encode() in lines}
    triples = (quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    try:
        ox.serialize(triples, output, format=_RDF_FORMATS[name], prefixes=used)
    except (OSError, ValueError) as error:
        raise QueryError(f"{name} can't express this result: {' '.join(str(error).split())[:300]}") from error
