"""The tokens of a SPARQL text, found in one pass and without recursion, before any parser sees it.

Not a parser: it knows only enough of https://www.w3.org/TR/sparql11-query/#sparqlGrammar to tell what stands inside
strings, comments, IRIs and names from what doesn't. ``graph.guard`` and ``graph.parameters`` build on it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from common.errors import QuerySyntaxError

# Every character above ASCII counts as part of a word: a superset of PN_CHARS, and what is not in it no parser accepts.
_WORD = r"A-Za-z0-9_\u0080-\U0010ffff"
# Possessive quantifiers: a text without the closing quote costs one pass, not one for every start.
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]++)
  | (?P<comment>\#[^\r\n]*+)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*+'''
             | "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+')
  | (?P<iri><[^<>"{{}}|^`\x00-\x20]*+>)
  | (?P<variable>[?$][{_WORD}]++)
  | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)
  | (?P<name>(?:_|[A-Za-z\u0080-\U0010ffff][{_WORD}.\-]{{0,200}}+)?+:
             (?:[{_WORD}.\-:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)
  | (?P<number>[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)
  | (?P<word>[A-Za-z_\u0080-\U0010ffff][{_WORD}]*+)
  | (?P<open>[(\[{{])
  | (?P<close>[)\]}}])
  | (?P<sign>\|\||&&|\^\^|[<>!]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One token: its kind (a group of the pattern above), text and place."""

    kind: str
    text: str
    start: int


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def tokens(text: str) -> Iterator[Token]:
    """Tokens but white space; together with it they cover the whole text.

    >>> [token.kind for token in tokens('SELECT ?x { ?x a "SERVICE" } # LOAD')]
    ['word', 'variable', 'open', 'variable', 'word', 'string', 'close', 'comment']

    Raises:
        QuerySyntaxError: A string is not closed.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "space":
            continue
        token = Token(kind, match.group(), match.start())
        if _is_unclosed(token, text):
            raise QuerySyntaxError("this string is not closed", *place(text, token.start))
        yield token


def _is_unclosed(token: Token, text: str) -> bool:
    """A lone quote, or ``""`` before a third one: the long string that it opens has no end."""
    if token.text in {'"', "'"}:
        return True
    return token.text in {'""', "''"} and text.startswith(token.text[0], token.start + 2)
