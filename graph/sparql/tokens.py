"""The lexer of SPARQL 1.1, made of the grammar's terminals: the longest match (section 19.8).

One regular expression and a table of words: several times as fast as a terminal for each keyword.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator

from lark import Token
from lark.common import LexerConf
from lark.lexer import Lexer, PatternStr

from common.errors import QueryRefusedError
from graph.sparql.syntax import Fault

MAX_NESTING = 200
"""Brackets inside each other: what walks an algebra recurses, and Python allows some 1,000 calls."""

FUNCTIONS = {
    **dict.fromkeys(("RAND", "NOW", "UUID", "STRUUID"), (0, 0)),
    **dict.fromkeys(("STR", "LANG", "DATATYPE", "BOUND", "IRI", "URI", "ABS", "CEIL", "FLOOR", "ROUND"), (1, 1)),
    **dict.fromkeys(("STRLEN", "UCASE", "LCASE", "ENCODE_FOR_URI"), (1, 1)),
    **dict.fromkeys(("YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ"), (1, 1)),
    **dict.fromkeys(("MD5", "SHA1", "SHA256", "SHA384", "SHA512"), (1, 1)),
    **dict.fromkeys(("ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC"), (1, 1)),
    **dict.fromkeys(("LANGMATCHES", "CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER"), (2, 2)),
    **dict.fromkeys(("STRLANG", "STRDT", "SAMETERM"), (2, 2)),
    **dict.fromkeys(("SUBSTR", "REGEX"), (2, 3)),
    **dict.fromkeys(("COALESCE", "CONCAT"), (0, None)),
    "BNODE": (0, 1),
    "IF": (3, 3),
    "REPLACE": (3, 4),
}
"""Built-in functions: fewest and most arguments (None: any number)."""

AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")

_WORDS = {
    **dict.fromkeys(FUNCTIONS, "FUNCTION"),
    **dict.fromkeys(AGGREGATES, "AGGREGATE"),
    **dict.fromkeys(("TRUE", "FALSE"), "BOOLEAN"),
}
_ORDER = (
    "VARIABLE PNAME_LN PNAME_NS BLANK_NODE_LABEL WORD IRIREF STRING SIGNED NUMBER INTEGER LANGTAG NIL ANON SIGN END "
    "OTHER"
).split()
"""Alternatives, so that the first that matches is the longest."""

_MORE = {
    "WORD": r"[A-Za-z_\u0080-\U0010ffff][A-Za-z0-9_\u0080-\U0010ffff]*",
    "SIGN": r"\^\^|\|\||&&|[<>!]=|[{}()\[\].,;=<>!*+\-/?|^]",
    "END": r"\Z",
    "OTHER": r"(?s:.)",
}
_BLANK = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
_OPENING = frozenset("{([")
_CLOSING = frozenset("})]")
_SURROGATES = range(0xD800, 0xE000)


def character(escape: str, offset: int) -> str:
    r"""The character of ``\uXXXX`` or ``\UXXXXXXXX``.

    Raises:
        Fault: Half of a surrogate pair, or beyond Unicode.
    """
    code = int(escape.lstrip("\\uU"), 16)
    if code > sys.maxunicode or code in _SURROGATES:
        raise Fault(f"{escape} is no character", offset)
    return chr(code)


class SparqlLexer(Lexer):
    """Tokens named as the grammar names them; ``OTHER``: a word or sign that it does not know.

    Args:
        conf: The grammar's terminals: quoted ones are the keywords and signs.
    """

    def __init__(self, conf: LexerConf) -> None:
        quoted = {t.pattern.value: t.name for t in conf.terminals if isinstance(t.pattern, PatternStr)}
        patterns = {t.name: t.pattern.to_regexp() for t in conf.terminals} | _MORE
        self._words = {**quoted, **_WORDS}
        self._signs = {sign: quoted.get(sign, "COMPARISON") for sign in ("!=", "<", ">", "<=", ">=", *quoted)}
        self._token = re.compile(f"{_BLANK}(?:{'|'.join(f'(?P<{name}>{patterns[name]})' for name in _ORDER)})")
        self._escape = re.compile(
            rf"{patterns['STRING']}|{patterns['IRIREF']}|#[^\r\n]*|(?P<escape>\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})"
        )

    def lex(self, text: str) -> Iterator[Token]:  # type: ignore[override]  # Lark's interface for a lexer of one's own
        r"""The tokens of a text, with their offsets in it.

        Codepoint escapes (section 19.2) are resolved in names first; those in strings and IRIs are the builder's. There
        they stand for characters, as SPARQL 1.2 has it: SPARQL 1.1 would let ``\u0022`` end the string.

        Raises:
            Fault: A string is not closed, or an escape is no character; also while the tokens are taken.
            QueryRefusedError: Brackets are nested too deep; likewise.
        """
        if "\\u" not in text and "\\U" not in text:
            return self._tokens(text)
        ends: list[int] = []

        def resolve(match: re.Match[str]) -> str:
            escape = match["escape"]
            if escape is None:
                return match.group()
            ends.append(match.end())
            return character(escape, match.start())

        resolved = self._escape.sub(resolve, text)
        return self._moved(resolved, _Offsets(text, ends)) if ends else self._tokens(text)

    def _moved(self, text: str, offsets: _Offsets) -> Iterator[Token]:
        try:
            for token in self._tokens(text):
                yield Token(token.type, token.value, offsets.original(token.start_pos or 0))
        except Fault as fault:
            raise Fault(fault.message, offsets.original(fault.offset)) from None

    def _tokens(self, text: str) -> Iterator[Token]:
        depth = 0
        for match in self._token.finditer(text):
            kind = match.lastgroup or "OTHER"
            value = match[kind]
            start = match.start(kind)
            if kind == "WORD":
                kind = self._word(value)
            elif kind == "SIGN":
                kind = self._signs[value]
                depth += (value in _OPENING) - (value in _CLOSING)
                if depth > MAX_NESTING:
                    raise QueryRefusedError(f"brackets are nested more than {MAX_NESTING} deep")
            elif kind == "END":
                return
            elif _opens_string(kind, value, text, start):
                raise Fault("this string is not closed", start)
            yield Token(kind, value, start)

    def _word(self, word: str) -> str:
        if word == "a":
            return self._words["a"]
        return self._words.get(word.upper(), "OTHER") if word.isascii() else "OTHER"


class _Offsets:
    """From offsets in a text without escapes to those in the text with them, which end at ``ends``."""

    def __init__(self, text: str, ends: list[int]) -> None:
        lengths = [6 if text[end - 6 : end - 4] == "\\u" else 10 for end in ends]
        self._ends: list[int] = []
        self._moved = [0]
        for end, length in zip(ends, lengths, strict=True):
            moved = self._moved[-1] + length - 1
            self._moved.append(moved)
            self._ends.append(end - moved)

    def original(self, offset: int) -> int:
        """The offset in the text as it was given."""
        return offset + self._moved[bisect_right(self._ends, offset)]


def _opens_string(kind: str, value: str, text: str, start: int) -> bool:
    """A lone quote, or ``""`` before a third one."""
    if kind == "STRING":
        return len(value) == 2 and text.startswith(value[0], start + 2)  # noqa: PLR2004  the two quotes
    return kind == "OTHER" and value in "\"'"
