"""The SHACL shapes, by class, and their loader.

Each property shape has an IRI, messages in English and Chinese that say what to do, ``bg:gate`` (what becomes of a
finding) and ``bg:marcHint`` (the field to mend). SHACL Core only, so that every processor gives the same results.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from common.namespaces import BF, BG, SH
from ontology import subclass_statements

NAMESPACE = "https://w3id.org/bibliograph/shapes#"
"""Of the IRIs of all shapes."""
_STATED_BY_SUBCLASS = (f"<{BF}Agent>", f"<{BF}Topic>")
"""Classes in the shapes of which records may state a subclass alone; any other class a record states itself."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What becomes of a finding of one shape.

    Attributes:
        gate: ``quarantine`` (the record stays out), ``withhold`` (the offending statement does) or ``list``.
        severity: ``violation``, ``warning`` or ``info``.
        messages: Language -> a sentence for a librarian.
        marc_hint: Where to mend it: ``245 $a``.
    """

    gate: str
    severity: str
    messages: Mapping[str, str]
    marc_hint: str


def shapes_paths() -> list[Path]:
    """The Turtle files, in order of their names."""
    return sorted(Path(__file__).parent.glob("*.ttl"))


@cache
def shapes_turtle() -> str:
    """All files as one Turtle document."""
    return "\n".join(path.read_text(encoding="utf-8") for path in shapes_paths())


@cache
def _triples() -> Mapping[str, list[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]]:
    """IRI of a subject -> its predicates and objects."""
    found: dict[str, list[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    for quad in ox.parse(shapes_turtle(), ox.RdfFormat.TURTLE):
        if not isinstance(quad.object, ox.Triple):
            found.setdefault(quad.subject.value, []).append((quad.predicate.value, quad.object))
    return found


@cache
def gate_policies() -> Mapping[str, Policy]:
    """Policy by shape IRI, for every shape that can report."""
    return MappingProxyType(
        {shape: _policy(triples) for shape, triples in _triples().items() if any(p == f"{BG}gate" for p, _ in triples)}
    )


def _policy(triples: list[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]) -> Policy:
    texts = {predicate: term.value for predicate, term in triples}
    messages = {
        term.language: term.value
        for predicate, term in triples
        if predicate == f"{SH}message" and isinstance(term, ox.Literal) and term.language
    }
    return Policy(
        gate=texts[f"{BG}gate"],
        severity=texts[f"{SH}severity"].removeprefix(SH).lower(),
        messages=MappingProxyType(messages),
        marc_hint=texts[f"{BG}marcHint"],
    )


@cache
def gate_axioms() -> tuple[str, ...]:
    """The subclass axioms that these shapes need to see, and no more: each costs 2 µs a validation."""
    return tuple(subclass_statements(_STATED_BY_SUBCLASS))
