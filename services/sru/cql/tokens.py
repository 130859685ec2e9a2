"""Divides CQL into tokens, in one pass over the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.sru.cql.tree import RESERVED
from services.sru.diagnostics import DiagnosticError

WORD, QUOTED, SYMBOL, END = "word", "quoted", "symbol", "end"
COMPARISONS = frozenset({"=", "==", "<", ">", "<=", ">=", "<>"})
_SPACE = re.compile(r"\s*")
_SYMBOL = re.compile(r"==|<=|>=|<>|[=<>()/]")
_WORD = re.compile(r'[^\s()=<>"/]+')
# Written so that nothing is tried twice, however many backslashes there are.
_QUOTED = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
_ESCAPED_QUOTE = re.compile(r"(\\\\)|\\\"")


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        kind: ``WORD``, ``QUOTED``, ``SYMBOL`` or ``END``.
        text: As written; of a quoted string what is between the quotes, with plain double quotes.
        at: Characters before it.
    """

    kind: str
    text: str
    at: int

    @property
    def is_term(self) -> bool:
        """Whether it can be a term, an index, a prefix and the like."""
        return self.kind in {WORD, QUOTED}

    @property
    def keyword(self) -> str:
        """The reserved word that it is, in small letters, or nothing; a quoted one is none."""
        lowered = self.text.lower() if self.kind == WORD else ""
        return lowered if lowered in RESERVED else ""

    @property
    def is_comparison(self) -> bool:
        """Whether it is a relation written with signs."""
        return self.kind == SYMBOL and self.text in COMPARISONS


def tokens(text: str) -> Iterator[Token]:
    r"""The tokens of a query, an ``END`` last.

    Raises:
        DiagnosticError: A quote is not closed (14).

    >>> [token.text for token in tokens('dc.title any/relevant "red \\"fish\\""')]
    ['dc.title', 'any', '/', 'relevant', 'red "fish"', '']
    """
    at = _after_space(text, 0)
    while at < len(text):
        token, at = _token(text, at)
        yield token
        at = _after_space(text, at)
    yield Token(END, "", len(text))


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _token(text: str, at: int) -> tuple[Token, int]:
    if found := _SYMBOL.match(text, at):
        return Token(SYMBOL, found.group(), at), found.end()
    if found := _WORD.match(text, at):
        return Token(WORD, found.group(), at), found.end()
    if found := _QUOTED.match(text, at):
        return Token(QUOTED, _ESCAPED_QUOTE.sub(_released, found.group(1)), at), found.end()
    raise DiagnosticError(14, f'position {at + 1}: the quote is not closed (a " within is written \\")')


def _released(found: re.Match[str]) -> str:
    """A pair of backslashes stays as it is; the backslash before a double quote goes."""
    return found.group(1) or '"'
