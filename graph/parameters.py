"""The one binder of query parameters: ``$name`` tokens in a query become serialised terms, the same on every engine.

In a query that is bound, ``$name`` is always a parameter and ``?name`` always a variable. What a value becomes:

- a term (N-Triples text) stands as it is;
- a list or tuple of terms is separated by commas inside ``( )``, as ``IN ($xs)`` asks for, and by spaces inside
  ``{ }``, as ``VALUES ?x { $xs }`` asks for: the innermost bracket around ``$xs`` decides;
- a list of rows (tuples of terms or None) becomes ``( a b ) ( c UNDEF )`` for ``VALUES (?x ?y) { $rows }``.

Every term is checked to be one IRI or literal, so that no value can change the structure of a query.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from common.errors import QueryError
from graph.lexer import Token, tokens

Value = str | Sequence[str] | Sequence[Sequence[str | None]]
"""A term, a list of terms, or a list of rows (None: UNDEF)."""

_TERM = re.compile(
    r'<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*+>'
    r'|"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+"'
    r'(?:@[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*+|\^\^<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*+>)?'
)


def check_term(term: object, name: str) -> str:
    """Returns ``term`` if it is a single N-Triples IRI or literal.

    Raises:
        QueryError: It is not; names the parameter.
    """
    if not isinstance(term, str) or _TERM.fullmatch(term) is None:
        raise QueryError(f"parameter ${name}: not an IRI or literal in N-Triples form: {str(term)[:80]!r}")
    return term


def bind(text: str, parameters: Mapping[str, Value]) -> str:
    """The query with every ``$name`` outside strings, comments and IRIs replaced by its value.

    >>> bind("SELECT ?x { VALUES ?x { $xs } FILTER(?x IN ($xs)) }", {"xs": ['"a"', '"b"']})
    'SELECT ?x { VALUES ?x { "a" "b" } FILTER(?x IN ("a", "b")) }'

    Raises:
        QueryError: A parameter of the query is missing, one that is given does not occur, or a value is not a term.
    """
    parts: list[str] = []
    used: set[str] = set()
    end = 0
    for token, bracket in _parameter_tokens(text):
        name = token.text[1:]
        if name not in parameters:
            raise QueryError(f"parameter ${name} of the query has no value")
        parts += (text[end : token.start], _serialise(parameters[name], name, bracket))
        end = token.start + len(token.text)
        used.add(name)
    if unknown := sorted(set(parameters) - used):
        raise QueryError(f"the query has no parameter ${', $'.join(unknown)}")
    return "".join((*parts, text[end:]))


def parameter_names(text: str) -> list[str]:
    """Names of the parameters in order of their first occurrence."""
    return list(dict.fromkeys(token.text[1:] for token, _ in _parameter_tokens(text)))


@lru_cache(maxsize=256)
def _parameter_tokens(text: str) -> tuple[tuple[Token, str], ...]:
    """``$name`` tokens, each with the innermost bracket that is open around it; of a query file once for all."""
    return tuple(_find_parameters(text))


def _find_parameters(text: str) -> Iterator[tuple[Token, str]]:
    open_brackets: list[str] = []
    for token in tokens(text):
        if token.kind == "open":
            open_brackets.append(token.text)
        elif token.kind == "close" and open_brackets:
            open_brackets.pop()
        elif token.kind == "variable" and token.text[0] == "$":
            yield token, open_brackets[-1] if open_brackets else ""


def _serialise(value: Value, name: str, bracket: str) -> str:
    if isinstance(value, str):
        return check_term(value, name)
    if not isinstance(value, Sequence):
        raise QueryError(f"parameter ${name}: neither a term nor a list: {str(value)[:80]!r}")
    if any(not isinstance(item, str) for item in value):
        return _rows(value, name, bracket)
    return (", " if bracket == "(" else " ").join(check_term(item, name) for item in value)


def _rows(rows: Sequence[object], name: str, bracket: str) -> str:
    if bracket != "{":
        raise QueryError(f"parameter ${name}: rows can only stand in VALUES (…) {{ ${name} }}")
    return " ".join(f"({' '.join(_row(row, name))})" for row in rows)


def _row(row: object, name: str) -> Iterator[str]:
    if isinstance(row, str) or not isinstance(row, Sequence):
        raise QueryError(f"parameter ${name}: terms and rows are mixed: {str(row)[:80]!r}")
    for term in row:
        yield "UNDEF" if term is None else check_term(term, name)
