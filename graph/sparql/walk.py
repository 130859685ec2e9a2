"""Trees of patterns, expressions and paths, walked without recursion: a text may chain 10,000 operators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from common.errors import QueryRefusedError
from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql import paths

MAX_DEPTH = 250
"""Levels of an algebra: what compiles or writes it recurses, and Python allows some 1,000 calls."""

_Children = Callable[[Any], tuple[Any, ...]]


def _both(node: Any) -> tuple[Any, ...]:
    return (node.left, node.right)


def _pattern(node: Any) -> tuple[Any, ...]:
    return (node.pattern,)


def _operand(node: Any) -> tuple[Any, ...]:
    return (node.operand,)


def _operands(node: Any) -> tuple[Any, ...]:
    members: tuple[Any, ...] = node.operands
    return members


def _arguments(node: Any) -> tuple[Any, ...]:
    members: tuple[Any, ...] = node.arguments
    return members


def _path(node: Any) -> tuple[Any, ...]:
    return (node.path,)


def _paths(node: Any) -> tuple[Any, ...]:
    members: tuple[Any, ...] = node.paths
    return members


def _optional(node: Any, *names: str) -> tuple[Any, ...]:
    return tuple(value for name in names if (value := getattr(node, name)) is not None)


_PATTERNS: dict[type, _Children] = {
    **dict.fromkeys((alg.Join, alg.Union, alg.Minus), _both),
    **dict.fromkeys((alg.Graph, alg.Service, alg.Project, alg.Distinct, alg.Reduced, alg.Slice), _pattern),
    alg.BGP: lambda node: node.patterns,
    alg.LeftJoin: lambda node: _optional(node, "left", "right", "condition"),
    alg.Filter: lambda node: (node.condition, node.pattern),
    alg.Extend: lambda node: (node.pattern, node.expression),
    alg.Group: lambda node: (node.pattern, *(aggregate for _, aggregate in node.aggregates)),
    alg.OrderBy: lambda node: (node.pattern, *(each.expression for each in node.conditions)),
    **dict.fromkeys((alg.Select, alg.Ask, alg.Construct), _pattern),
    alg.Describe: lambda node: _optional(node, "pattern"),
    alg.Modify: _pattern,
    alg.Update: lambda node: node.operations,
}
_EXPRESSIONS: dict[type, _Children] = {
    **dict.fromkeys((exp.Or, exp.And), _operands),
    **dict.fromkeys((exp.Not, exp.Sign), _operand),
    **dict.fromkeys((exp.Compare, exp.Arithmetic), _both),
    **dict.fromkeys((exp.Call, exp.FunctionCall), _arguments),
    exp.In: lambda node: (node.operand, *node.options),
    exp.Aggregate: lambda node: _optional(node, "argument"),
}
_PATHS: dict[type, _Children] = {
    **dict.fromkeys((paths.Inverse, paths.ZeroOrMore, paths.OneOrMore, paths.ZeroOrOne, alg.PathPattern), _path),
    **dict.fromkeys((paths.Sequence, paths.Alternative), _paths),
}
_ALL: dict[type, _Children] = {**_PATTERNS, **_EXPRESSIONS, **_PATHS, exp.Exists: _pattern}


def nodes(root: object) -> Iterator[Any]:
    """A tree's patterns, expressions, paths and triple patterns, from the top; patterns of EXISTS too.

    Terms come where they are expressions.
    """
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        children = _ALL.get(type(node))
        if children is not None:
            stack.extend(reversed(children(node)))


def expression_nodes(root: exp.Expression, *, into_aggregates: bool = True) -> Iterator[exp.Expression]:
    """An expression and those in it; not what stands in EXISTS."""
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        yield node
        children = _EXPRESSIONS.get(type(node))
        if children is not None and (into_aggregates or not isinstance(node, exp.Aggregate)):
            stack.extend(reversed(children(node)))


def levels(root: object) -> Iterator[list[Any]]:
    """A tree's nodes, level by level."""
    level = [root]
    while level:
        yield level
        level = [child for node in level if (children := _ALL.get(type(node))) for child in children(node)]


def check_depth(root: object) -> None:
    """Returns if a tree is not too deep to be walked by recursion.

    Raises:
        QueryRefusedError: It is.
    """
    for depth, _ in enumerate(levels(root), 1):
        if depth > MAX_DEPTH:
            raise QueryRefusedError(f"the query is more than {MAX_DEPTH} levels deep: too many clauses in each other")


def rewrite(root: exp.Expression, change: Callable[[exp.Expression], exp.Expression | None]) -> exp.Expression:
    """The expression with every part replaced for which ``change`` gives another, from the top; not within EXISTS."""
    done: list[Any] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, has_parts = stack.pop()
        children = _EXPRESSIONS.get(type(node))
        if has_parts:
            count = len(children(node)) if children else 0
            parts = done[len(done) - count :]
            del done[len(done) - count :]
            done.append(_with_children(node, tuple(parts)))
        elif (changed := change(node)) is not None:
            done.append(changed)
        elif children is None:
            done.append(node)
        else:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(children(node)))
    result: exp.Expression = done[0]
    return result


def _with_children(node: Any, parts: tuple[Any, ...]) -> exp.Expression:
    match node:
        case exp.Or() | exp.And():
            return replace(node, operands=parts)
        case exp.Not() | exp.Sign():
            return replace(node, operand=parts[0])
        case exp.Compare() | exp.Arithmetic():
            return replace(node, left=parts[0], right=parts[1])
        case exp.In():
            return replace(node, operand=parts[0], options=parts[1:])
        case exp.Aggregate():
            return replace(node, argument=parts[0] if parts else None)
        case _:
            changed: exp.Expression = replace(node, arguments=parts)
            return changed
