"""SHACL processors behind one small interface: the Rust engine, and pySHACL as oracle and fallback."""

from dataclasses import dataclass
from typing import Any, Protocol

import shacl


@dataclass(frozen=True, slots=True)
class Result:
    """One ``sh:ValidationResult``; terms are N-Triples text.

    Attributes:
        focus: ``sh:focusNode``.
        path: ``sh:resultPath``, None for a constraint on the node itself.
        value: ``sh:value``, None where something is missing.
        shape: IRI of the property shape.
        severity: ``violation``, ``warning`` or ``info``.
        message: The first ``sh:resultMessage``.
    """

    focus: str
    path: str | None
    value: str | None
    shape: str
    severity: str
    message: str


class Engine(Protocol):
    """A SHACL processor with compiled shapes."""

    def validate(self, data: str) -> list[Result]:
        """Results for a data graph in N-Triples; [] conforms."""
        ...


def compile_shapes(shapes: str) -> Engine:
    """The Rust engine, or pySHACL where the shapes use what the Rust engine lacks."""
    try:
        return RustEngine(shapes)
    except ValueError:
        return PyshaclEngine(shapes)


class RustEngine:
    """The ``shacl`` package; releases the GIL while it validates."""

    def __init__(self, shapes: str) -> None:
        self._shapes = shacl.Shapes.from_turtle(shapes)

    def validate(self, data: str) -> list[Result]:
        """See ``Engine``."""
        report = self._shapes.validate_text(data, format="ntriples")
        return [] if not report.results else [_from_rust(result) for result in report.results]


def _from_rust(result: shacl.Result) -> Result:
    return Result(
        focus=result.focus_node,
        path=result.path,
        value=result.value,
        shape=(result.source_shape or "").strip("<>"),
        severity=result.severity.lower(),
        message=result.message or "",
    )


class PyshaclEngine:
    """pySHACL over rdflib: the reference, some forty times slower. Imported only where it is used."""

    def __init__(self, shapes: str) -> None:
        import rdflib  # noqa: PLC0415  loads late: start-up is a budget

        self._shapes = rdflib.Graph().parse(data=shapes, format="turtle")

    def validate(self, data: str) -> list[Result]:
        """See ``Engine``."""
        import pyshacl  # noqa: PLC0415
        import rdflib  # noqa: PLC0415

        graph = rdflib.Graph().parse(data=data, format="nt")
        _, report, _ = pyshacl.validate(graph, shacl_graph=self._shapes, inference="none")
        sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
        return [_from_report(report, node, sh) for node in report.subjects(rdflib.RDF.type, sh.ValidationResult)]


def _from_report(report: Any, node: Any, sh: Any) -> Result:
    path, offending = report.value(node, sh.resultPath), report.value(node, sh.value)
    return Result(
        focus=report.value(node, sh.focusNode).n3(),
        path=path.n3() if path is not None else None,
        value=offending.n3() if offending is not None else None,
        shape=str(report.value(node, sh.sourceShape)),
        severity=str(report.value(node, sh.resultSeverity)).rsplit("#", 1)[-1].lower(),
        message=str(report.value(node, sh.resultMessage) or ""),
    )
