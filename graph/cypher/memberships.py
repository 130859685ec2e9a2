"""Conditions on the graphs in which statements stand."""

from __future__ import annotations

from collections.abc import Sequence

from graph.backends.neo4j.registry import Key, Name
from graph.cypher.bindings import Inexact, iri
from graph.cypher.frames import HIDDEN, ActiveGraph, Frame
from graph.sparql.terms import Iri, Variable


def holds(entries: Sequence[Name | Key], graph: ActiveGraph) -> bool:
    """Whether some statement of these may be in the graph."""
    return not graph.is_named or any(entry.named for entry in entries)


def in_relationship(frame: Frame, name: str, entries: Sequence[Name], graph: ActiveGraph) -> None:
    """Keeps relationships that are in the graph; a graph variable without a value gets one."""
    if graph.is_default and any(entry.hidden for entry in entries):
        frame.pipeline.filter(f"{name}.d IS NULL")
    if not graph.is_named:
        return
    if _is_free(frame, graph):
        _bind(frame, frame.pipeline.unwind(f"{name}.g"), graph)
    else:
        frame.pipeline.filter(f"{_among(frame, f'{name}.g', graph)}")


def relationship_condition(frame: Frame, name: str, entries: Sequence[Name], graph: ActiveGraph) -> str | None:
    """The same as a condition; None: it always holds.

    Raises:
        Inexact: The graph variable has no value.
    """
    if not graph.is_named:
        return f"{name}.d IS NULL" if any(entry.hidden for entry in entries) else None
    if graph.in_default:
        raise Inexact("a path in GRAPH and beside it")  # no shape has it
    if _is_free(frame, graph):
        raise Inexact("a path in GRAPH with a variable that has no value before it")
    return _among(frame, f"{name}.g", graph)


def in_text(frame: Frame, text: str, entries: Sequence[Name | Key], graph: ActiveGraph) -> None:
    """Keeps labels or values whose graphs' text, an expression, says that they are in the graph."""
    if graph.is_named and _is_free(frame, graph):
        if graph.is_default and any(entry.hidden for entry in entries):
            frame.pipeline.filter(_in_default(text))
        found = f"[x IN split(coalesce({text}, ''), ' ') WHERE NOT x IN ['', '!']]"
        _bind(frame, frame.pipeline.unwind(found), graph)
    elif (condition := text_condition(frame, text, entries, graph)) is not None:
        frame.pipeline.filter(condition)


def text_condition(frame: Frame, text: str, entries: Sequence[Name | Key], graph: ActiveGraph) -> str | None:
    """The same as a condition; None: it always holds.

    Raises:
        Inexact: The graph variable has no value.
    """
    there = _in_default(text) if graph.is_default and any(entry.hidden for entry in entries) else None
    if not graph.is_named:
        return there
    if _is_free(frame, graph):
        raise Inexact("GRAPH with a variable that has no value before it")
    named = _among(frame, f"split(coalesce({text}, ''), ' ')", graph)
    return named if there is None else f"({named} AND {there})"


def _in_default(text: str) -> str:
    return f"NOT coalesce({text}, '') STARTS WITH '{HIDDEN}'"


def _is_free(frame: Frame, graph: ActiveGraph) -> bool:
    return isinstance(graph.name, Variable) and frame.bound(graph.name) is None


def _bind(frame: Frame, name: str, graph: ActiveGraph) -> None:
    assert isinstance(graph.name, Variable)  # noqa: S101  it is free
    frame.bind(graph.name, iri(name))
    if graph.allowed is not None:
        frame.pipeline.filter(f"{name} IN {frame.names.parameter(list(graph.allowed))}")


def _among(frame: Frame, graphs: str, graph: ActiveGraph) -> str:
    """Whether a list of graphs has the one, or one of those that are merged."""
    if isinstance(graph.name, Iri):
        return f"{frame.names.parameter(graph.name.value)} IN coalesce({graphs}, [])"
    if isinstance(graph.name, Variable):
        binding = frame.get(graph.name)
        if not binding.is_resource:
            raise Inexact("GRAPH with a variable that may be a literal")
        allowed = "" if graph.allowed is None else f" AND {frame.terms.iri_text(binding)} IN "
        allowed += "" if graph.allowed is None else frame.names.parameter(list(graph.allowed))
        return f"({frame.terms.iri_text(binding)} IN coalesce({graphs}, []){allowed})"
    merged = frame.names.parameter(list(graph.merged or ()))
    return f"any(x IN coalesce({graphs}, []) WHERE x IN {merged})"
