"""Writes a tree as CQL, with no more quotes and parentheses than it needs."""

import re
from collections.abc import Iterable

from services.sru.cql.tree import RESERVED, Clause, Modifier, Node, Prefixed, Query

_PLAIN = re.compile(r'[^\s()=<>"/]+\Z')
_COMPARISON = re.compile(r"(?:==|<=|>=|<>|[=<>])\Z")
#: A pair of backslashes, or a double quote that none releases.
_PAIR_OR_QUOTE = re.compile(r'(\\\\)|(\\?")')


def written(query: Query) -> str:
    """The query as text; read again, it gives the same tree.

    >>> from services.sru.cql.parser import parse
    >>> written(parse('((title=a) AND (b or "c"))  sortBy dc.date/sort.descending'))
    'title = a and (b or c) sortby dc.date/sort.descending'
    """
    keys = [f"{_term(key.index)}{_modifiers(key.modifiers)}" for key in query.sort]
    return " ".join([_node(query.root), *(["sortby", *keys] if keys else [])])


def _node(node: Node) -> str:
    if isinstance(node, Prefixed):
        prefix = f"{_term(node.prefix)} = " if node.prefix else ""
        uri = _term(node.uri) if "\\" in node.uri else _quoted(node.uri)
        return f"> {prefix}{uri} {_node(node.query)}"
    if isinstance(node, Clause):
        return _clause(node)
    left = f"({_node(node.left)})" if isinstance(node.left, Prefixed) else _node(node.left)
    right = _node(node.right) if isinstance(node.right, Clause) else f"({_node(node.right)})"
    return f"{left} {node.operator}{_modifiers(node.modifiers)} {right}"


def _clause(clause: Clause) -> str:
    if clause.relation is None:
        return _term(clause.term)
    name = clause.relation.name
    relation = name if _COMPARISON.match(name) else _term(name)
    return f"{_term(clause.index)} {relation}{_modifiers(clause.relation.modifiers)} {_term(clause.term)}"


def _modifiers(modifiers: Iterable[Modifier]) -> str:
    return "".join(
        f"/{_term(each.name)}{f' {each.comparison} {_term(each.value)}' if each.comparison else ''}"
        for each in modifiers
    )


def _term(text: str) -> str:
    """A word as it is, if it can be read as one: the only way to write what ends in a backslash."""
    return text if _PLAIN.match(text) and text.lower() not in RESERVED else _quoted(text)


def _quoted(text: str) -> str:
    return f'"{_PAIR_OR_QUOTE.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    return found.group(1) or '\\"'
