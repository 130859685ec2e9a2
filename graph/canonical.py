"""Statements in the one form in which the store gives them back.

Stores keep numbers and times by value: ``"01"^^xsd:integer`` comes back as ``"1"^^xsd:integer``, an ``xsd:long`` as an
``xsd:integer``. A statement is brought to that form before it is compared, or a replacement would never end.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox

from common.errors import StoreError
from common.namespaces import XSD

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BY_VALUE = f'"^^<{XSD}'


@lru_cache(maxsize=65_536)
def canonical_literal(literal: str) -> str:
    """The literal as a store gives it back.

    >>> canonical_literal('"01"^^<http://www.w3.org/2001/XMLSchema#integer>')
    '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    store = ox.Store()
    store.extend(ox.parse(f"<a:a> <a:a> {literal} .".encode(), format=ox.RdfFormat.N_QUADS))
    return str(next(iter(store)).object)


def canonical(statements: Iterable[str]) -> list[str]:
    """The statements in canonical form, in order, duplicates kept.

    Raises:
        StoreError: A text is not one N-Triples statement of IRIs and literals; shows it.
    """
    given = list(statements)
    refuse_triple_terms(given)
    try:
        parsed = list(ox.parse("".join(f"{s} .\n" for s in given).encode(), format=ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        shown = f": {given[line - 1][:200]}" if line and line <= len(given) else ""
        raise StoreError(f"not an N-Triples statement ({error}){shown}") from error
    if len(parsed) != len(given):
        raise StoreError(f"{len(given)} statements read as {len(parsed)}: one holds a line end or a comment")
    return [_by_value(_text(quad)) for quad in parsed]


def is_absolute_iri(text: str) -> bool:
    """Whether a store takes ``text`` for an absolute IRI (https://www.rfc-editor.org/rfc/rfc3987).

    >>> [is_absolute_iri(text) for text in ("https://a.example/b", "http://[", "b")]
    [True, False, False]
    """
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def refuse_triple_terms(statements: Iterable[str]) -> None:
    """Refuses ``<<( s p o )>>`` before the parser sees it: 200,000 of them in each other crash its process.

    Raises:
        StoreError: A statement holds ``<<`` outside its literals; shows it.
    """
    for statement in statements:
        if "<<" in statement and "<<" in _STRING.sub("", statement):
            raise StoreError(f"statement with a triple term: {statement[:200]}")


def _text(quad: ox.Quad) -> str:
    if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode | ox.Triple):
        raise StoreError(f"statement with a blank node or triple term: {str(quad)[:200]}")
    return str(quad.triple)


def _by_value(statement: str) -> str:
    if _BY_VALUE not in statement:
        return statement
    subject, predicate, obj = statement.split(" ", 2)
    return f"{subject} {predicate} {canonical_literal(obj)}" if obj.startswith('"') else statement
