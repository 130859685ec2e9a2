"""The shapes are complete: every one that reports has a name, words in two languages and a policy."""

from __future__ import annotations

import re
from functools import cache

import shacl
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from common import namespaces as ns
from ontology import labels
from shapes import NAMESPACE, gate_axioms, gate_policies, shapes_paths, shapes_turtle

#: What may keep a record out: what it is, what it is called, how it hangs together.
IDENTITY_TITLE_STRUCTURE = {"AdminMetadata", "Authority", "Instance", "Item"}


@cache
def shapes() -> Graph:
    """All shapes in one graph."""
    return Graph().parse(data=shapes_turtle(), format="turtle")


def test_a_file_for_each_class() -> None:
    """The files are those that the documentation names."""
    assert {path.stem for path in shapes_paths()} == set(
        "admin_metadata agent authority classification contribution hub identifier instance item place provision "
        "subject title work".split()
    )


def test_shapes_are_named() -> None:
    """A property shape is reached by an IRI, so that a result names it."""
    graph = shapes()
    assert [o for o in graph.objects(None, SH.property) if isinstance(o, BNode)] == []
    named = {s for s in graph.subjects(RDF.type, None) if isinstance(s, URIRef)}
    assert [s for s in named if not s.startswith(NAMESPACE)] == []


def test_every_reporting_shape_has_a_policy() -> None:
    """Every property shape, and every node shape with a message, says what becomes of its findings."""
    graph = shapes()
    reporting = {*graph.subjects(RDF.type, SH.PropertyShape), *graph.subjects(SH.message, None)}
    assert {str(shape) for shape in reporting} == set(gate_policies())
    assert set(graph.objects(None, SH.property)) <= reporting


def test_policies_are_complete() -> None:
    """Gate, severity and hint have the forms that the gate reads; messages are whole sentences in both languages."""
    for shape, policy in gate_policies().items():
        assert policy.gate in {"quarantine", "withhold", "list"}, shape
        assert policy.severity in {"violation", "warning", "info"}, shape
        assert re.fullmatch(r"(LDR|\d{3})( \$[a-z0-9])?", policy.marc_hint), shape
        assert set(policy.messages) == {"en", "zh"}, shape
        assert policy.messages["en"].endswith("."), shape
        assert policy.messages["zh"].endswith("。"), shape


def test_only_identity_title_and_structure_quarantine() -> None:
    """A violation quarantines and nothing else does, in the classes that carry identity, title or structure."""
    for shape, policy in gate_policies().items():
        assert (policy.gate == "quarantine") == (policy.severity == "violation"), shape
        if policy.gate == "quarantine":
            assert shape.removeprefix(NAMESPACE).split("-")[0] in IDENTITY_TITLE_STRUCTURE


def test_messages_say_what_to_do() -> None:
    """Each English message has a second sentence, with an imperative."""
    verbs = r"\b(Add|Check|Complete|Compare|Correct|Enter|Give|Keep|Map|Say|Split)\b"
    assert [shape for shape, policy in gate_policies().items() if not re.search(verbs, policy.messages["en"])] == []


def test_shapes_use_declared_terms() -> None:
    """Classes and properties of the shapes are those of the ontology."""
    known = labels("en")
    used = {str(o) for o in shapes().objects() if isinstance(o, URIRef)}
    vocabulary = {iri for iri in used if iri.startswith((ns.BF, ns.BFLC, ns.BG, ns.DCTERMS, ns.SKOS))}
    assert sorted(vocabulary - set(known)) == []


def test_shacl_core_only() -> None:
    """No SPARQL constraint, which the Rust engine and others would not run."""
    graph = shapes()
    assert not set(graph.predicates()) & {SH.sparql, SH.select, SH.ask, SH.js}


def test_the_rust_engine_compiles_them() -> None:
    """The engine of the gate takes the whole set."""
    assert len(shacl.Shapes.from_turtle(shapes_turtle())) > 0


def test_gate_axioms_are_few() -> None:
    """Validation sees that a person is an agent, and is spared the axioms that no shape asks for."""
    axioms = gate_axioms()
    assert f"<{ns.BF}Person> <{ns.RDFS}subClassOf> <{ns.BF}Agent>" in axioms
    assert len(axioms) < 20


def test_messages_are_literals_with_one_text_a_language() -> None:
    """Two messages in one language would make the choice depend on chance."""
    graph = shapes()
    for shape in gate_policies():
        texts = [o.language for o in graph.objects(URIRef(shape), SH.message) if isinstance(o, Literal)]
        assert sorted(str(language) for language in texts) == ["en", "zh"], shape
