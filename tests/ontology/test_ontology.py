"""The ontology is complete: readable in two languages, closed under its own words, sound for OWL tools."""

from __future__ import annotations

import doctest
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from common import namespaces as ns
from common.namespaces import BF, BFLC, BG
from ontology import IRI, labels, module_paths, ontology_statements, subclass_statements, words
from reasoning.associations.bases import BASES

if TYPE_CHECKING:
    from rdflib.term import Node

MODULES = ("agents", "associations", "bibliographic", "places", "provenance", "resolution", "subjects")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
PROPERTY_KINDS = KINDS[1:]
#: Words of RDF, OWL and XML Schema themselves need no declaration.
BUILT_IN = (ns.OWL, ns.RDF, ns.RDFS, ns.XSD)
LANGUAGES = ("en", "zh")
BASIS = URIRef(f"{BG}AssociationBasis")


@cache
def ontology() -> Graph:
    """All modules in one graph."""
    graph = Graph()
    for path in module_paths():
        graph.parse(path)
    return graph


def declared(*kinds: Node) -> set[URIRef]:
    """Terms declared as one of ``kinds``."""
    return {s for kind in kinds for s in ontology().subjects(RDF.type, kind) if isinstance(s, URIRef)}


def languages_of(term: Node, predicate: URIRef) -> Counter[str | None]:
    """How many texts a term has in each language."""
    return Counter(o.language for o in ontology().objects(term, predicate) if isinstance(o, Literal))


def test_the_modules_are_there_and_imported() -> None:
    """Every module is an ontology whose IRI is its file name, and ``bibliograph`` imports all the others."""
    names = {path.stem for path in module_paths()}
    assert names >= {*MODULES, "bibliograph"}
    assert declared(OWL.Ontology) == {URIRef(f"{IRI}{name}") for name in names}
    imported = set(ontology().objects(URIRef(f"{IRI}bibliograph"), OWL.imports))
    assert imported == {URIRef(f"{IRI}{name}") for name in names - {"bibliograph"}}


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.altLabel, RDFS.comment])
def test_every_term_speaks_both_languages(predicate: URIRef) -> None:
    """Label, other words and comment are there in English and Chinese."""
    lacking = [t for t in declared(*KINDS) if not set(LANGUAGES) <= set(languages_of(t, predicate))]
    assert lacking == []


def test_a_term_has_one_label_a_language() -> None:
    """A second label in one language would make pages depend on chance."""
    assert [t for t in declared(*KINDS) if any(languages_of(t, RDFS.label)[lang] != 1 for lang in LANGUAGES)] == []


def test_other_words_do_not_repeat_the_label() -> None:
    """An alternative label adds a word that the label has not."""
    graph = ontology()
    same = [t for t in declared(*KINDS) if set(graph.objects(t, RDFS.label)) & set(graph.objects(t, SKOS.altLabel))]
    assert same == []


def test_a_term_is_declared_in_one_module() -> None:
    """Two modules that describe one term would drift apart."""
    found: Counter[Node] = Counter()
    for path in module_paths():
        found.update(set(Graph().parse(path).subjects(RDFS.label)))
    assert [term for term, count in found.items() if count > 1] == []


def test_every_property_has_domain_and_range() -> None:
    """Exactly one of each: several would mean their intersection."""
    wrong = [
        (p, axis)
        for p in declared(*PROPERTY_KINDS)
        for axis in (RDFS.domain, RDFS.range)
        if len(set(ontology().objects(p, axis))) != 1
    ]
    assert wrong == []


def used_terms() -> set[URIRef]:
    """Terms that axioms mention: superclasses, superproperties, inverses, chains, domains and ranges."""
    graph = ontology()
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.equivalentClass)
    found = {o for axiom in axioms for o in graph.objects(None, axiom)}
    for members in (OWL.propertyChainAxiom, OWL.members):
        found.update(item for head in graph.objects(None, members) for item in Collection(graph, head))
    return {term for term in found if isinstance(term, URIRef)}


def test_no_axiom_uses_an_undeclared_term() -> None:
    """What an axiom mentions is declared here, with labels, or belongs to RDF and OWL themselves."""
    known = declared(*KINDS, RDFS.Datatype)
    assert sorted(t for t in used_terms() - known if not str(t).startswith(BUILT_IN)) == []


def test_our_own_terms_are_well_named() -> None:
    """Classes begin with a capital, properties with a small letter."""
    ours = {t: t.removeprefix(BG) for t in declared(*KINDS) if t.startswith(BG)}
    classes = declared(OWL.Class)
    assert [t for t, name in ours.items() if not re.fullmatch(r"[A-Z]\w+" if t in classes else r"[a-z]\w+", name)] == []


def test_the_rl_profile_is_kept() -> None:
    """Superclasses, domains and ranges are names: unions or restrictions there would leave OWL 2 RL."""
    graph = ontology()
    axioms = (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.equivalentClass)
    assert [o for axiom in axioms for o in graph.objects(None, axiom) if isinstance(o, BNode)] == []
    assert set(graph.objects(None, RDF.type)) <= {
        *KINDS,
        *(OWL.Ontology, OWL.AllDisjointClasses, OWL.SymmetricProperty, OWL.TransitiveProperty, RDFS.Datatype),
        BASIS,
    }


def test_the_bases_of_associations_are_those_that_are_built() -> None:
    """Each basis is an individual that says in both languages what it is."""
    bases = set(ontology().subjects(RDF.type, BASIS))
    assert bases == {URIRef(basis.term[1:-1]) for basis in BASES}
    for basis in bases:
        for predicate in (RDFS.label, RDFS.comment, SKOS.altLabel):
            assert all(languages_of(basis, predicate)[language] for language in LANGUAGES)


def test_statements_have_no_blank_nodes_and_stay_the_same() -> None:
    """The loader names the nodes of lists by their canonical form, the same at every start."""
    statements = ontology_statements()
    assert len(statements) == len(set(statements)) == len(ontology())
    assert not any(re.search(r"(^| )_:", line) for line in statements)
    assert ontology_statements() == statements


def test_labels_and_words() -> None:
    """Labels and other words come by language, keyed by bare IRI."""
    assert labels("en")[f"{BF}Work"] == "work"
    assert labels("zh")[f"{BF}Work"] == "作品"
    assert "谁写的" in words("zh")["https://schema.org/author"]


def test_subclass_statements_can_be_limited() -> None:
    """The gate asks for the axioms that lead up to the classes its shapes name."""
    below = subclass_statements([f"<{BF}Agent>"])
    assert f"<{BF}Person> <{RDFS.subClassOf}> <{BF}Agent>" in below
    assert all(line.endswith(f"<{BF}Agent>") for line in below)
    assert set(below) < set(subclass_statements())
    assert subclass_statements([f"<{BFLC}none>"]) == []


def test_the_guide_names_every_module_and_runs() -> None:
    """docs/ontology.md lists each module, and its examples give what they show."""
    guide = Path(__file__).resolve().parents[2] / "docs" / "ontology.md"
    rows = "\n".join(line for line in guide.read_text(encoding="utf-8").splitlines() if line.startswith("| "))
    named = set(re.findall(r"\w+", "\n".join(row.split("|")[1] for row in rows.splitlines())))
    assert {path.stem for path in module_paths()} - {"bibliograph"} <= named
    assert doctest.testfile(str(guide), module_relative=False).failed == 0
