"""Optional parts that need no subquery: one MATCH, or a condition on what is there."""

from __future__ import annotations

from graph.cypher.frames import Frame
from graph.cypher.pipeline import START, Clause
from graph.sparql.terms import Variable

_PLAIN = frozenset({"iri", "value", "tagged"})
"""Forms of what can stand in an expression, without a MATCH before it."""


def attach(child: Frame, new: list[Variable], frame: Frame) -> bool:
    """Adds an optional part to a frame, if it is of that kind.

    Args:
        child: The part, lowered by itself.
        new: The variables that it brings.
        frame: To which it is added.

    Returns:
        Whether it was added.
    """
    found = [child.get(variable) for variable in new]
    clauses = child.pipeline.clauses
    if len(found) == 1 and _is_look(clauses, found[0].text):
        frame.bindings[new[0]] = found[0].maybe()
        return True
    condition = _only_condition(clauses)
    if condition is not None and "EXISTS {" not in condition and all(each.form in _PLAIN for each in found):
        for variable, binding in zip(new, found, strict=True):
            frame.bindings[variable] = binding.renamed(f"CASE WHEN {condition} THEN {binding.text} END").maybe()
        return True
    if len(clauses) != 1 or not clauses[0].is_match:
        return False
    clause = clauses[0]
    if any(binding.form != "node" or binding.text not in clause.defines for binding in found):
        return False
    frame.pipeline.add(f"OPTIONAL {clause.render()}", clause.defines)
    for variable, binding in zip(new, found, strict=True):
        frame.bindings[variable] = binding.maybe()
    return True


def _is_look(clauses: list[Clause], text: str) -> bool:
    """Whether all that happens is the look at one property of a node that is there: nothing is to be matched."""
    return _only_condition(clauses) == f"{text} IS NOT NULL"


def _only_condition(clauses: list[Clause]) -> str | None:
    """The condition, if that is all there is: nothing is to be matched."""
    if len(clauses) != 2 or not clauses[0].text.startswith(START):  # noqa: PLR2004  the start and the condition
        return None
    return " AND ".join(clauses[1].conditions) if clauses[1].text == "WITH *" and clauses[1].conditions else None
