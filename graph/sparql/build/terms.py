"""Prologue, IRIs, literals, variables, blank nodes."""

from __future__ import annotations

import re
from typing import Any

from lark import Token

from common.namespaces import RDF, XSD
from graph.canonical import is_absolute_iri
from graph.sparql.iris import resolve
from graph.sparql.syntax import Fault, State
from graph.sparql.terms import BlankNode, Iri, Literal, Variable
from graph.sparql.tokens import character

Parts = list[Any]
"""Values of a rule's parts; which they are, the grammar says."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CODEPOINT = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")
_STRING_ESCAPE = re.compile(rf"{_CODEPOINT.pattern}|\\(.)", re.DOTALL)
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


class Terms:
    """Rules of the prologue and of terms."""

    def __init__(self) -> None:
        self.state = State()

    def fault(self, message: str, offset: int | None = None) -> Fault:
        """What is wrong, by default at the last term that was read."""
        return Fault(message, self.state.offset if offset is None else offset)

    # Prologue

    def prologue(self, _: Parts) -> None:
        """Nothing to do: its declarations have taken effect."""

    def base_declaration(self, parts: Parts) -> None:
        """``BASE <iri>``."""
        self.state.base = parts[0].value

    def prefix_declaration(self, parts: Parts) -> None:
        """``PREFIX name: <iri>``."""
        self.state.prefixes[parts[0][:-1]] = parts[1].value

    # IRIs

    def IRIREF(self, token: Token) -> Iri:
        """``<iri>``, resolved."""
        self.state.offset = offset = token.start_pos or 0
        text = token[1:-1]
        if "\\" in text:
            text = _CODEPOINT.sub(lambda match: character(match.group(), offset), text)
        if _SCHEME.match(text) is None:
            if self.state.base is None:
                raise Fault(f"<{text}> is a relative IRI, and there is no BASE", offset)
            text = resolve(self.state.base, text)
        return self._iri(text, offset)

    def PNAME_LN(self, token: Token) -> Iri:
        """``prefix:local``."""
        self.state.offset = offset = token.start_pos or 0
        prefix, _, local = token.partition(":")
        if "\\" in local:
            local = _LOCAL_ESCAPE.sub(r"\1", local)
        return self._iri(self._namespace(prefix, offset) + local, offset)

    def namespace(self, parts: Parts) -> Iri:
        """``prefix:`` as a term."""
        token: Token = parts[0]
        self.state.offset = offset = token.start_pos or 0
        return self._iri(self._namespace(token[:-1], offset), offset)

    def _namespace(self, prefix: str, offset: int) -> str:
        namespace = self.state.prefixes.get(prefix)
        if namespace is None:
            raise Fault(f"prefix {prefix}: is not declared", offset)
        return namespace

    def _iri(self, text: str, offset: int) -> Iri:
        if text not in _VALID:
            if not is_absolute_iri(text):
                raise Fault(f"<{text[:200]}> is not an IRI", offset)
            if len(_VALID) >= _MOST_VALID:
                _VALID.clear()
            _VALID.add(text)
        return Iri(text)

    # Literals

    def STRING(self, token: Token) -> str:
        """A string without its quotes and escapes."""
        self.state.offset = offset = token.start_pos or 0
        text = token[3:-3] if len(token) > 5 and token[:3] in {'"""', "'''"} else token[1:-1]  # noqa: PLR2004
        if "\\" not in text:
            return text
        return _STRING_ESCAPE.sub(lambda match: self._unescaped(match, offset), text)

    def _unescaped(self, match: re.Match[str], offset: int) -> str:
        if match[1] is None:
            return character(match.group(), offset)
        if match[1] not in _ESCAPED:
            raise Fault(f"{match[0]} is not an escape of SPARQL", offset)
        return _ESCAPED[match[1]]

    def string_literal(self, parts: Parts) -> Literal:
        """``"text"``."""
        return Literal(parts[0])

    def language_literal(self, parts: Parts) -> Literal:
        """``"text"@en``."""
        return Literal(parts[0], f"{RDF}langString", str(parts[1])[1:])

    def typed_literal(self, parts: Parts) -> Literal:
        """``"text"^^<datatype>``."""
        return Literal(parts[0], parts[1].value)

    def INTEGER(self, token: Token) -> Literal:
        """``12``."""
        self.state.offset = token.start_pos or 0
        return Literal(token.value, f"{XSD}integer")

    def NUMBER(self, token: Token) -> Literal:
        """``1.2``, ``1.2e3``, and with a sign also ``+12``."""
        self.state.offset = token.start_pos or 0
        text = token.value
        if "e" in text or "E" in text:
            return Literal(text, f"{XSD}double")
        return Literal(text, f"{XSD}decimal" if "." in text else f"{XSD}integer")

    SIGNED = NUMBER

    def BOOLEAN(self, token: Token) -> Literal:
        """``true``, in any case."""
        self.state.offset = token.start_pos or 0
        return Literal(token.lower(), f"{XSD}boolean")

    # Variables and blank nodes

    def VARIABLE(self, token: Token) -> Variable:
        """``?name`` or ``$name``."""
        name = token[1:]
        self.state.offset = self.state.places[name] = token.start_pos or 0
        return Variable(name)

    def BLANK_NODE_LABEL(self, token: Token) -> BlankNode:
        """``_:label``."""
        self.state.offset = self.state.places[token.value] = token.start_pos or 0
        return BlankNode(token[2:])

    def ANON(self, token: Token) -> BlankNode:
        """``[]``."""
        node = self.new_blank_node()
        self.state.offset = self.state.places[f"_:{node.label}"] = token.start_pos or 0
        return node

    def empty_list(self, _: Parts) -> Iri:
        """``()``."""
        return Iri(f"{RDF}nil")

    def new_blank_node(self) -> BlankNode:
        """One that no label names."""
        return BlankNode(self.state.new_name())

    def new_variable(self) -> Variable:
        """A hidden one."""
        return Variable(self.state.new_name(), hidden=True)


_VALID: set[str] = set()
_MOST_VALID = 65_536
"""IRIs found valid before: most come again, in this text or the next."""
