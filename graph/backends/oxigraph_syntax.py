"""Where a query is not SPARQL, in words.

The engine lists what its grammar could have read, and tests keywords by reading as many characters as they have: the
place that it names is often some characters too far. So the tokens up to there are tried again, from the last one on:
the first before which the engine could go on is the one that it does not expect.
"""

import re

import pyoxigraph as ox

from common.errors import QuerySyntaxError
from graph.lexer import Token, place, tokens

_POSITION = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_NO_PREFIX = "Prefix not found"
_PHRASE = re.compile(r"[A-Z][A-Za-z]*(?: [A-Za-z]+){3,}")
_CHARACTERS = re.compile(r"\"|\['")
"""Signs of an expected character, which the engine reports only where it really is; keywords have none."""
_LONGEST_KEYWORD = 16
_LONGEST = 200


def syntax_error(message: str, text: str) -> QuerySyntaxError:
    """The engine's ``message`` about ``text`` as one line with the place.

    >>> str(syntax_error("error at 1:14: expected one of LATERAL, [_]", "ASK { ?s ?p }"))
    'syntax error at line 1, column 13: "}" is not expected here'
    """
    match = _POSITION.match(message)
    if match is None:
        return QuerySyntaxError(message[:_LONGEST])
    expected, offset = match.group(3), _offset(text, int(match.group(1)), int(match.group(2)))
    if _NO_PREFIX in expected and (name := _name_at(text, offset)):
        return QuerySyntaxError(f"prefix {name.text.partition(':')[0]}: is not declared", *place(text, name.start))
    if phrase := _PHRASE.search(expected):
        return QuerySyntaxError(phrase.group(), *place(text, offset))
    found = _unexpected(text, offset)
    if found is None:
        return QuerySyntaxError("the query ends too early", *place(text, len(text)))
    return QuerySyntaxError(f'"{found.text[:40]}" is not expected here', *place(text, found.start))


def _offset(text: str, line: int, column: int) -> int:
    """The offset of a place; the engine counts lines and columns from 1."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return min(start + column - 1, len(text))


def _name_at(text: str, offset: int) -> Token | None:
    """The prefixed name that the engine read last."""
    return next((token for token in reversed(_tokens(text)) if token.kind == "name" and token.start <= offset), None)


def _unexpected(text: str, offset: int) -> Token | None:
    """The token that the engine does not expect; None where it expects more."""
    near = [token for token in _tokens(text) if offset - _LONGEST_KEYWORD <= token.start <= offset]
    if offset == len(text) and _may_go_on(text):
        return None
    return next((token for token in reversed(near) if _may_go_on(text[: token.start])), near[0] if near else None)


def _may_go_on(text: str) -> bool:
    """Whether ``text`` is a query or the beginning of one, as far as the engine's message tells."""
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        match = _POSITION.match(str(error))
        at_end = match is not None and _offset(text, int(match.group(1)), int(match.group(2))) == len(text)
        return match is not None and at_end and _CHARACTERS.search(match.group(3)) is not None
    return True


def _tokens(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.kind != "comment"]
