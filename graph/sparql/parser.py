"""SPARQL 1.1 text to algebra.

``text → tokens → LALR(1) parser of the grammar, whose actions are the builder's methods → check_depth``
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from lark import Lark, Token
from lark.exceptions import UnexpectedToken

from common.errors import QuerySyntaxError
from graph.lexer import place
from graph.sparql.algebra import Query, Update
from graph.sparql.build.updates import UpdateRules
from graph.sparql.syntax import Fault, State
from graph.sparql.tokens import SparqlLexer
from graph.sparql.walk import check_depth

_LOCK = Lock()
"""One parse at a time: the parser's actions are bound to one builder."""


def parse_query(text: str, base: str | None = None) -> Query:
    """A query as algebra.

    Args:
        text: SELECT, ASK, CONSTRUCT or DESCRIBE.
        base: Base IRI of a text that declares none.

    Raises:
        QuerySyntaxError: It is not SPARQL 1.1; with line and column.
        QueryRefusedError: It is nested too deep.
    """
    query: Query = _parse(text, "query", base)
    return query


def parse_update(text: str, base: str | None = None) -> Update:
    """An update as algebra; arguments and errors as of ``parse_query``."""
    update: Update = _parse(text, "update", base)
    return update


@cache
def _parser() -> tuple[Lark, UpdateRules]:
    """The parser and its builder, made once."""
    grammar = files("graph.sparql").joinpath("grammar.lark").read_text(encoding="utf-8")
    rules = UpdateRules()
    parser = Lark(
        grammar,
        parser="lalr",
        lexer=SparqlLexer,
        start=["query", "update"],
        transformer=rules,
        maybe_placeholders=True,
    )
    return parser, rules


def _parse(text: str, start: str, base: str | None) -> Any:
    with _LOCK:
        parser, rules = _parser()
        rules.state = State(base=base)
        try:
            result = parser.parse(text, start=start)
        except Fault as fault:
            raise QuerySyntaxError(" ".join(fault.message.split()), *place(text, fault.offset)) from None
        except UnexpectedToken as error:
            raise _unexpected(text, error.token) from None
        finally:
            rules.state = State()
    check_depth(result)
    return result


def _unexpected(text: str, token: Token) -> QuerySyntaxError:
    if token.type == "$END":
        return QuerySyntaxError("the query ends too early", *place(text, len(text)))
    shown = " ".join(token[:40].split())
    return QuerySyntaxError(f'"{shown}" is not expected here', *place(text, token.start_pos or 0))
