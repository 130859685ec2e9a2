"""Runs both SHACL processors on one graph and gives what they find in one form."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyshacl
import shacl
from rdflib import RDF, SH, Graph

from shapes import NAMESPACE, gate_axioms, shapes_turtle

EXAMPLES = Path(__file__).resolve().parents[2] / "shapes" / "examples"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))


class Result(NamedTuple):
    """What tells one validation result from another; terms are N-Triples text, the shape is a local name."""

    focus: str
    path: str
    value: str
    shape: str
    component: str
    severity: str


def graph_of(path: Path) -> Graph:
    """An example, together with the axioms that the gate adds."""
    graph = Graph().parse(path)
    return graph.parse(data="".join(f"{line} .\n" for line in gate_axioms()), format="nt")


@cache
def _rust_shapes() -> shacl.Shapes:
    return shacl.Shapes.from_turtle(shapes_turtle())


@cache
def _python_shapes() -> Graph:
    return Graph().parse(data=shapes_turtle(), format="turtle")


def rust_results(graph: Graph) -> set[Result]:
    """Results of the engine that the gate uses."""
    report = _rust_shapes().validate_text(graph.serialize(format="nt"), format="ntriples")
    return {
        Result(
            r.focus_node,
            r.path if r.path and r.path.startswith("<") else "",
            r.value or "",
            str(r.source_shape).strip("<>").removeprefix(NAMESPACE),
            r.component,
            r.severity,
        )
        for r in report.results
    }


def python_results(graph: Graph) -> set[Result]:
    """Results of the reference."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=_python_shapes(), inference="none")

    def term(node: object, predicate: object) -> str:
        found = report.value(node, predicate)
        return found.n3() if found is not None else ""

    return {
        Result(
            term(node, SH.focusNode),
            path if (path := term(node, SH.resultPath)).startswith("<") else "",
            term(node, SH.value),
            term(node, SH.sourceShape).strip("<>").removeprefix(NAMESPACE),
            term(node, SH.sourceConstraintComponent).strip("<>").removeprefix(str(SH)),
            term(node, SH.resultSeverity).strip("<>").removeprefix(str(SH)),
        )
        for node in report.subjects(RDF.type, SH.ValidationResult)
    }
