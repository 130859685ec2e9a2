"""The SHACL gate: each record's graph is validated before it enters (decisions about data, 10).

A gate must not hide books. Only violations of identity, title or structure keep a record out; any other withholds the
offending statement, keeps the record, and is listed as a finding. The shapes say which is which (``bg:gate``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common.terms import is_iri, value
from ingest import wellformed
from ingest.findings import Finding
from ingest.record import DataField, RecordGraph
from ingest.shacl import Engine, Result, compile_shapes
from shapes import Policy, gate_policies, shapes_turtle

MAX_ROUNDS = 4
"""Withholding a value can leave a node incomplete, which is then withheld too; chains are short."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate lets through.

    Attributes:
        statements: The record's statements without those withheld; empty when the record is quarantined.
        findings: Everything found, the gravest first.
    """

    statements: list[str]
    findings: list[Finding]

    @property
    def quarantined(self) -> bool:
        """Whether the record stays out."""
        return any(finding.action == "quarantine" for finding in self.findings)


class Gate:
    """Validates record graphs against the platform's shapes.

    Args:
        context: Statements that every validation sees: the subclass axioms.
        engine: The SHACL processor; default: the Rust engine.
    """

    def __init__(self, context: Iterable[str], engine: Engine | None = None) -> None:
        self._context = "".join(f"{line} .\n" for line in context)
        self._engine = engine or compile_shapes(shapes_turtle())
        self._policies = gate_policies()

    def check(self, graphs: Sequence[RecordGraph]) -> list[Verdict]:
        """One verdict for each graph. They are validated together; only those with results are looked at again."""
        try:
            results = self._engine.validate(self._context + "".join(map(self._data, graphs)))
        except ValueError:  # some statement is no RDF: find it record by record
            return [self._check_one(graph) for graph in graphs]
        if not results:
            return [Verdict(graph.statements, []) for graph in graphs]
        suspects = {result.focus for result in results}
        return [
            Verdict(graph.statements, []) if suspects.isdisjoint(_subjects(graph)) else self._check_one(graph)
            for graph in graphs
        ]

    def _data(self, graph: RecordGraph) -> str:
        cited = [line for _, lines in graph.cited.values() for line in lines]
        return " .\n".join([*graph.statements, *cited, ""])

    def _check_one(self, graph: RecordGraph) -> Verdict:
        findings: list[Finding] = []
        for _ in range(MAX_ROUNDS):
            try:
                results = self._engine.validate(self._context + self._data(graph))
            except ValueError:  # some statement is no RDF
                findings.extend(wellformed.finding(*taken) for taken in wellformed.without_malformed(graph))
                continue
            found = [self._finding(result, graph.statements, graph) for result in results]
            findings.extend(f for f in found if f not in findings)
            if any(f.action == "quarantine" for f in found):
                return Verdict([], sorted(findings, key=_gravity))
            withheld = {line for f in found for line in f.statements}
            if not withheld:
                break
            _withhold(graph, withheld)
        return Verdict(graph.statements, sorted(findings, key=_gravity))

    def _finding(self, result: Result, statements: list[str], graph: RecordGraph) -> Finding:
        policy = self._policies.get(result.shape) or _unknown(result)
        offending = _offending(result, statements) if policy.gate == "withhold" else ()
        action = "list" if policy.gate == "withhold" and not offending else policy.gate
        tag, code = _origin(result, offending, graph) or _hinted(policy.marc_hint)
        text = value(result.value) if result.value else ""
        return Finding(policy.severity, action, result.shape, dict(policy.messages), tag, code, text, offending)


def _withhold(graph: RecordGraph, withheld: set[str]) -> None:
    kept = [(line, at) for line, at in zip(graph.statements, graph.origins, strict=True) if line not in withheld]
    graph.statements = [line for line, _ in kept]
    graph.origins = [at for _, at in kept]


def _subjects(graph: RecordGraph) -> set[str]:
    subjects = {line.split(" ", 1)[0] for line in graph.statements}
    subjects.update(f"<{iri}>" for iri in graph.cited)
    return subjects


def _gravity(finding: Finding) -> int:
    return ("quarantine", "withhold", "list").index(finding.action)


def _unknown(result: Result) -> Policy:
    """A shape without a policy only lists: it must not take anything away."""
    return Policy(gate="list", severity="warning", messages={"en": result.message or "Does not conform."}, marc_hint="")


def _offending(result: Result, statements: list[str]) -> tuple[str, ...]:
    """Statements to withhold: the one with the offending value, or the whole of an incomplete dependent node."""
    if result.value is not None and result.path is not None and result.value != result.focus:
        line = f"{result.focus} {result.path} {result.value}"
        return (line,) if line in statements else _loosely(result, statements)
    if "#" not in result.focus:
        return ()
    return tuple(s for s in statements if s.startswith(f"{result.focus} ") or s.endswith(f" {result.focus}"))


def _loosely(result: Result, statements: list[str]) -> tuple[str, ...]:
    """The engine may write a literal otherwise than we do (escapes); compare values."""
    prefix = f"{result.focus} {result.path} "
    wanted = value(result.value or "")
    return tuple(s for s in statements if s.startswith(prefix) and value(s[len(prefix) :]) == wanted)


def _origin(result: Result, offending: tuple[str, ...], graph: RecordGraph) -> tuple[str, str] | None:
    """Tag and subfield behind the offending statements, or behind the focus node."""
    for index, line in enumerate(graph.statements):
        if line in offending or (not offending and "#" in result.focus and line.startswith(f"{result.focus} ")):
            at = graph.origins[index]
            if at < 0:
                return None
            field = graph.fields[at]
            return _tag(field), _subfield(field, line.split(" ", 2)[2])
    return None


def _tag(field: DataField) -> str:
    return f"880 ({field.get('6')})" if field.tag == "880" else field.tag


def _subfield(field: DataField, obj: str) -> str:
    """The subfield whose text the object holds, or which holds the object's text."""
    text = value(obj).rstrip("/") if not is_iri(obj) else value(obj).rsplit("/", 1)[-1]
    for code, content in field.subfields:
        if text and (text in content or content.strip(" .,:;/") in text):
            return code
    return ""


def _hinted(hint: str) -> tuple[str, str]:
    """``"245 $a"`` as tag and code."""
    tag, _, code = hint.partition(" $")
    return tag, code[:1]
