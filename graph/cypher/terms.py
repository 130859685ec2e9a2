"""Terms of the algebra as the store's terms: canonical N-Triples text."""

from __future__ import annotations

from common.namespaces import RDF, XSD
from common.terms import split_literal, value
from graph.canonical import canonical_literal
from graph.sparql.serialize.terms import iri_text
from graph.sparql.terms import Iri, Literal

STRING, LANG_STRING = f"{XSD}string", f"{RDF}langString"
_PLAIN = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def term_text(term: Iri | Literal) -> str:
    """The term as the store gives it back.

    >>> term_text(Literal("01", "http://www.w3.org/2001/XMLSchema#integer"))
    '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if isinstance(term, Iri):
        return iri_text(term.value)
    quoted = f'"{term.lexical.translate(_PLAIN)}"'
    if term.language is not None:
        return canonical_literal(f"{quoted}@{term.language}")
    return canonical_literal(f"{quoted}^^{iri_text(term.datatype)}")


def term_of(text: str) -> Iri | Literal:
    """The term of canonical N-Triples text.

    >>> term_of('"x"@en')
    Literal(lexical='x', datatype='http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', language='en')
    """
    if text.startswith("<"):
        return Iri(text[1:-1])
    _, language, datatype = split_literal(text)
    return Literal(value(text), datatype or (LANG_STRING if language else STRING), language)
