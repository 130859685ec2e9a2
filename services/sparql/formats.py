"""The formats in which results leave: names, media types and file extensions, as one table."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["solutions", "graph"]
"""``solutions``: SELECT and ASK; ``graph``: CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of results.

    Attributes:
        name: What the command line and ``?format=`` call it.
        kind: Which queries it serves.
        media_type: The registered media type.
        extension: File extension, without the dot.
        aliases: Other media types under which clients ask for it.
        rdf: It is one of RDF, of which nothing is lost and which can be read again.
    """

    name: str
    kind: Kind
    media_type: str
    extension: str
    aliases: tuple[str, ...] = ()
    rdf: bool = True

    @property
    def content_type(self) -> str:
        """Media type with the character encoding where the type takes one."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


#: In order of preference: the first of a kind is what a client gets that accepts anything.
FORMATS = {
    f.name: f
    for f in (
        Format("json", "solutions", "application/sparql-results+json", "json", ("application/json",)),
        Format("xml", "solutions", "application/sparql-results+xml", "xml", ("application/xml", "text/xml")),
        Format("csv", "solutions", "text/csv", "csv"),
        Format("tsv", "solutions", "text/tab-separated-values", "tsv"),
        Format("spreadsheet", "solutions", "text/csv", "csv"),
        Format("turtle", "graph", "text/turtle", "ttl", ("application/x-turtle",)),
        Format("ntriples", "graph", "application/n-triples", "nt", ("text/plain",)),
        Format("jsonld", "graph", "application/ld+json", "jsonld", ("application/json",)),
        Format("rdfxml", "graph", "application/rdf+xml", "rdf", ("application/xml", "text/xml")),
        Format("graphml", "graph", "application/graphml+xml", "graphml", rdf=False),
        Format("gexf", "graph", "application/gexf+xml", "gexf", rdf=False),
    )
}


def of_kind(kind: Kind) -> list[Format]:
    """Formats of one kind, most preferred first."""
    return [f for f in FORMATS.values() if f.kind == kind]


def rdf_formats() -> list[Format]:
    """Formats of RDF, most preferred first."""
    return [f for f in of_kind("graph") if f.rdf]


GRAPH_EXTENSIONS = {f.extension: f for f in rdf_formats()}
