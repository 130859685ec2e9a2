"""Statements as a network for programs that draw and measure networks: GraphML and GEXF.

- http://graphml.graphdrawing.org/specification.html
- https://gexf.net/schema.html

Resources are nodes, statements between them edges with the property as label. What is said in literals, and classes,
are attributes of nodes; several values of one are joined. It can't be read back: for that there are the formats of RDF.
"""

import re
from collections.abc import Callable, Iterable
from typing import IO, Any

import networkx as nx

from common.namespaces import RDF, RDFS, SKOS, curie
from common.terms import split_statement, value

_TYPE = f"<{RDF}type>"
_LABELS = (f"<{SKOS}prefLabel>", f"<{RDFS}label>")
_BETWEEN = " | "
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WRITERS: dict[str, Callable[[Any, IO[bytes]], None]] = {
    "graphml": nx.write_graphml_xml,
    "gexf": nx.write_gexf,
}
"""By the name of the format."""


def write_network(output: IO[bytes], name: str, statements: Iterable[str]) -> None:
    """Writes statements as a network; characters that XML can't hold become U+FFFD."""
    WRITERS[name](network(statements), output)


def network(statements: Iterable[str]) -> Any:
    """A ``networkx.MultiDiGraph`` of statements: nodes by IRI or blank node label, in the order of their mention.

    Attributes of nodes are ``label``, ``type`` and the properties that have literals as values, by their short names;
    of edges ``label``, the short name of the property.
    """
    found: Any = nx.MultiDiGraph()
    attributes: dict[str, dict[str, list[str]]] = {}
    labels: dict[str, str] = {}
    for subject, predicate, obj in map(split_statement, statements):
        about = attributes.setdefault(_node(subject), {})
        if obj.startswith('"'):
            about.setdefault(curie(_node(predicate)), []).append(_text(value(obj)))
            if predicate in _LABELS:
                labels.setdefault(_node(subject), _text(value(obj)))
        elif predicate == _TYPE:
            about.setdefault("type", []).append(curie(_node(obj)))
        else:
            attributes.setdefault(_node(obj), {})
            found.add_edge(_node(subject), _node(obj), label=curie(_node(predicate)))
    for node, about in attributes.items():
        values = {key: _BETWEEN.join(dict.fromkeys(several)) for key, several in about.items()}
        found.add_node(node, label=labels.get(node) or curie(node), **values)
    return found


def _node(term: str) -> str:
    return _text(term[1:-1] if term.startswith("<") else term)


def _text(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
