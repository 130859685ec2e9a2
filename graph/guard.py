"""What a user's query text must pass before any parser sees it.

Parsers of SPARQL recurse, and pyoxigraph's process dies when its stack ends: 4,000 times ``{``, 1,000 ``IF(``, 4,000
``OPTIONAL``, ``BIND`` or ``(1 AS ?x)``, 10,000 times ``1+``. So nesting and chains are counted first, in one pass.

Parsers also read ``{SERVICE:x{}}`` and ``{?s ?p trueSERVICE<x>{}}`` as federation, as if the keyword stood alone; so
the words SERVICE and LOAD are refused wherever a word or the prefix of a name holds them.
"""

import re
from collections.abc import Iterable

from common.errors import QueryRefusedError
from graph.lexer import Token, place, tokens

MAX_STEPS = 500
"""Most operators and clauses that each deepen the syntax tree."""

MAX_BRACKETS = 2_000
"""Most opening brackets: 10,000 conditions of one HAVING are a chain without any sign between them."""

# Searched for inside words: "FILTERex:f()" is read as FILTER.
_CHAIN_WORDS = re.compile("UNION|OPTIONAL|MINUS|FILTER|BIND|GRAPH|LATERAL|HAVING|AS|EXISTS|VALUES|SELECT")
_CHAIN_SIGNS = frozenset({"+", "-", "*", "/", "!", "^", "|", "||", "&&", "=", "!=", "<", ">", "<=", ">="})
_FORBIDDEN = re.compile(r"SERVICE|LOAD", re.IGNORECASE)
_ESCAPED_ASCII = re.compile(r"\\(?:u00|U000000)[0-7][0-9A-Fa-f]")


def check(text: str, *, characters: int, depth: int, services: Iterable[str] = ()) -> None:
    """Returns if the text may go to a parser.

    Args:
        text: A user's query or update.
        characters: Longest text.
        depth: Deepest nesting of brackets.
        services: IRIs that SERVICE may call; SILENT or not, by full IRI only.

    Raises:
        QueryRefusedError: It is too long, too deep, too much of a chain, or holds SERVICE or LOAD; says where.
        QuerySyntaxError: A string is not closed.
    """
    if len(text) > characters:
        raise QueryRefusedError(f"the query has {len(text)} characters; the limit is {characters}")
    _refuse_escapes(text)
    scan = _Scan(text, depth, frozenset(services))
    for token in tokens(text):
        scan.take(token)
    scan.end()


def _refuse_escapes(text: str) -> None:
    r"""Refuses ``\u0022``: some engines resolve escapes before they read, and a string then ends elsewhere."""
    if match := _ESCAPED_ASCII.search(text):
        raise _refused("write the ASCII character itself instead of its \\u escape", text, match.start())


def _hides_service(iri: str) -> bool:
    """Whether this may be no IRI but ``FILTER(1<2)SERVICE#>``: only that has a ``)`` before the word."""
    bracket = iri.find(")")
    return bracket >= 0 and _FORBIDDEN.search(iri, bracket) is not None


def _refused(reason: str, text: str, offset: int) -> QueryRefusedError:
    line, column = place(text, offset)
    return QueryRefusedError(f"refused at line {line}, column {column}: {reason}")


class _Scan:
    """What the pass has seen so far."""

    def __init__(self, text: str, depth: int, services: frozenset[str]) -> None:
        self._text = text
        self._max_depth = depth
        self._services = services
        self._depth = 0
        self._steps = 0
        self._brackets = 0
        self._service: Token | None = None

    def take(self, token: Token) -> None:
        """Counts one token."""
        if token.kind == "comment":
            return
        if self._service is not None and not self._continues_service(token):
            raise self._refuse_service(self._service)
        if token.kind in {"word", "name"}:
            self._word(token)
        elif token.kind in {"open", "close"}:
            self._bracket(token)
        elif token.kind == "iri" and _hides_service(token.text):
            raise self._refuse_service(token)
        elif token.kind == "sign" and token.text in _CHAIN_SIGNS:
            self._step(token)

    def end(self) -> None:
        """Refuses a text that ends in SERVICE."""
        if self._service is not None:
            raise self._refuse_service(self._service)

    def _continues_service(self, token: Token) -> bool:
        """Whether ``SERVICE`` goes on with SILENT or an IRI on the list."""
        if token.kind == "word" and token.text.upper() == "SILENT":
            return True
        allowed = token.kind == "iri" and token.text[1:-1] in self._services
        if allowed:
            self._service = None
        return allowed

    def _word(self, token: Token) -> None:
        word = token.text.upper()
        if word == "SERVICE" and self._services:
            self._service = token
            self._step(token)
        elif _FORBIDDEN.search(word.partition(":")[0]):
            raise self._refuse_service(token)
        elif _CHAIN_WORDS.search(word.partition(":")[0]):
            self._step(token)

    def _bracket(self, token: Token) -> None:
        if token.text == "{":
            self._step(token)
        self._brackets += token.kind == "open"
        if self._brackets > MAX_BRACKETS:
            raise _refused(f"more than {MAX_BRACKETS} brackets", self._text, token.start)
        self._depth += 1 if token.kind == "open" else -1
        if self._depth > self._max_depth:
            raise _refused(f"brackets are nested more than {self._max_depth} deep", self._text, token.start)

    def _step(self, token: Token) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise _refused(f"more than {MAX_STEPS} operators and clauses", self._text, token.start)

    def _refuse_service(self, token: Token) -> QueryRefusedError:
        listed = f"; allowed: {', '.join(sorted(self._services))}" if self._services else ""
        return _refused(f"SERVICE and LOAD are not allowed here{listed}", self._text, token.start)
