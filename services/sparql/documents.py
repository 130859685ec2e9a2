"""Reads RDF documents of others into statements, in a worker: a parser that crashes or swells harms nobody.

Blank nodes become IRIs below the graph's own, made of the canonical form of the document (RDFC-1.0): sending the same
document twice changes nothing, and two documents share no blank node.
"""

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from common.errors import QueryLimitError
from services.sparql.messages import Document, Done, Failed, Limits

_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def read_document(document: Document, output: Path, limits: Limits) -> Done | Failed:
    """Writes the document's statements as N-Triples to ``output``."""
    try:
        quads = list(ox.parse(document.data, format=_FORMATS[document.format], base_iri=document.graph))
    except (SyntaxError, ValueError) as error:
        return Failed("input", f"not readable as {document.format}: {' '.join(str(error).split())[:300]}")
    if any(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads):
        return Failed("input", "the document holds named graphs: send one graph at a time")
    if any(isinstance(quad.object, ox.Triple) for quad in quads):
        return Failed("input", "the document holds triple terms of RDF 1.2")
    if len(quads) > limits.rows:
        raise QueryLimitError(f"the document has more than {limits.rows} statements")
    lines = sorted({f"{statement} .\n" for statement in _without_blank_nodes(quads, document.graph)})
    output.write_bytes("".join(lines).encode())
    return Done("graph", "ntriples", len(lines), truncated=False)


def _without_blank_nodes(quads: list[ox.Quad], graph: str) -> list[str]:
    if not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        return [str(quad.triple) for quad in quads]
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    digest = sha256("\n".join(sorted(str(quad) for quad in dataset)).encode()).hexdigest()
    return [_skolem(quad, f"{graph}#genid-{digest[:24]}-") for quad in dataset]


def _skolem(quad: ox.Quad, prefix: str) -> str:
    subject, predicate, obj = (
        f"<{prefix}{term.value}>" if isinstance(term, ox.BlankNode) else str(term)
        for term in (quad.subject, quad.predicate, quad.object)
    )
    return f"{subject} {predicate} {obj}"
