"""Statements that are no RDF, such as a web address with a bad host: found before they can spoil a whole load."""

import pyoxigraph as ox

from ingest.findings import Finding
from ingest.record import RecordGraph

SHAPE = "https://w3id.org/bibliograph/shapes#well-formed"
_MESSAGES = {
    "en": "This is not a well-formed address or value; correct it.",
    "zh": "此处的网址或取值格式有误，请更正。",
}


def is_well_formed(statement: str) -> bool:
    """Whether ``statement`` is one N-Triples statement."""
    try:
        return sum(1 for _ in ox.parse(f"{statement} .", format=ox.RdfFormat.N_TRIPLES)) == 1
    except SyntaxError:
        return False


def without_malformed(graph: RecordGraph) -> list[tuple[str, str]]:
    """Takes malformed statements out of ``graph``, those about cited authorities too; returns them with their tags."""
    taken: list[tuple[str, str]] = []
    kept: list[str] = []
    origins: list[int] = []
    for statement, origin in zip(graph.statements, graph.origins, strict=True):
        if is_well_formed(statement):
            kept.append(statement)
            origins.append(origin)
        else:
            taken.append((statement, graph.fields[origin].tag if origin >= 0 else ""))
    graph.statements, graph.origins = kept, origins
    for iri, (cited_graph, lines) in graph.cited.items():
        graph.cited[iri] = (cited_graph, [line for line in lines if is_well_formed(line)])
    return taken


def finding(statement: str, tag: str) -> Finding:
    """What is listed about a malformed statement."""
    return Finding("warning", "withhold", SHAPE, _MESSAGES, tag, "", statement.split(" ", 2)[2], (statement,))
