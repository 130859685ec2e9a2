"""What an RDF file must pass before a parser sees it: each limit is for an input that took a parser down.

JSON-LD with 5,000 nested ``@list`` and 200,000 nested ``<<(`` crash pyoxigraph's process; 50,000 nested elements of
RDF/XML take it minutes; 656 bytes of entities take 1.2 GB.
"""

import re
from pathlib import Path

import pyoxigraph as ox

from common.errors import InputError, QuerySyntaxError
from graph.lexer import place, tokens

MAX_BYTES = 1 << 30
"""Longest file; a longer one is not even read."""
MAX_DEPTH = 500
"""Deepest nesting of JSON-LD and RDF/XML."""

_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{\]}]', re.DOTALL)
_XML = re.compile(
    rb"<!--(?:.*?-->|.*+)|<!\[CDATA\[(?:.*?\]\]>|.*+)|<\?(?:.*?\?>|.*+)|<(/?)[^<>!?\"']++(?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+>",
    re.DOTALL,
)
# Editors of ontologies write such a DOCTYPE: short entities that hold no others can't grow.
_ENTITY = rb"""\s*+<!ENTITY\s++[\w.-]++\s++(?:"[^"&%<>]{0,200}"|'[^'&%<>]{0,200}')\s*+>"""
_DOCTYPE = re.compile(rb"<!DOCTYPE\s++[\w:.-]++\s*+\[(?:" + _ENTITY + rb")*+\s*+\]\s*+>")


def check(path: Path, data: bytes, rdf_format: ox.RdfFormat) -> None:
    """Returns if the data may go to the parser.

    Raises:
        InputError: It may not; names the file and, where there is one, the line.
    """
    if rdf_format == ox.RdfFormat.RDF_XML:
        _check_xml(path, data)
    elif rdf_format == ox.RdfFormat.JSON_LD:
        _check_json(path, data)
    elif b"<<" in data:
        _check_triple_terms(path, data)


def _check_xml(path: Path, data: bytes) -> None:
    rest = _DOCTYPE.sub(b"", data, count=1)
    for word in (b"<!DOCTYPE", b"<!ENTITY"):
        if word in rest:
            raise InputError(f"{path}: {word.decode()} is refused, but for short internal entities")
    depth = 0
    for match in _XML.finditer(data):
        text = match.group()
        if text.startswith((b"<!", b"<?")) or text.endswith(b"/>"):
            continue
        depth += -1 if match.group(1) else 1
        if depth > MAX_DEPTH:
            raise _too_deep(path, data, match.start())


def _check_json(path: Path, data: bytes) -> None:
    depth = 0
    for match in _JSON.finditer(data):
        if match.group() in b"[{":
            depth += 1
        elif match.group() in b"]}":
            depth -= 1
        if depth > MAX_DEPTH:
            raise _too_deep(path, data, match.start())


def _check_triple_terms(path: Path, data: bytes) -> None:
    text, last = data.decode("utf-8", "replace"), -2
    try:
        for token in tokens(text):
            if token.text == "<":
                if token.start == last + 1:
                    line, column = place(text, last)
                    raise InputError(f"{path}: line {line}, column {column}: triple terms are not supported")
                last = token.start
    except QuerySyntaxError as error:
        raise InputError(f"{path}: {error}") from error


def _too_deep(path: Path, data: bytes, offset: int) -> InputError:
    return InputError(f"{path}: line {_line(data, offset)}: nested more than {MAX_DEPTH} deep")


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
