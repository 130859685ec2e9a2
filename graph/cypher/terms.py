"""Terms of the algebra as the store's terms: canonical N-Triples text."""

from __future__ import annotations

from graph.canonical import canonical_literal
from graph.sparql.serialize.terms import iri_text
from graph.sparql.terms import Iri, Literal

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
