"""Domains, ranges and disjointness agree with what real records say: no node comes out as two disjoint things."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from sample_records import FILES, graphs_of

from common import namespaces as ns
from common.terms import split_statement
from ontology import module_paths


@cache
def ontology() -> Graph:
    """All modules in one graph."""
    graph = Graph()
    for path in module_paths():
        graph.parse(path)
    return graph


@cache
def superclasses(term: str) -> frozenset[str]:
    """A class and all above it."""
    return frozenset(f"<{found}>" for found in ontology().transitive_objects(URIRef(term[1:-1]), RDFS.subClassOf))


@cache
def implied(predicate: str, axis: URIRef) -> frozenset[str]:
    """Classes that domain or range put a node in, superproperties included."""
    graph = ontology()
    above = graph.transitive_objects(URIRef(predicate[1:-1]), RDFS.subPropertyOf)
    return frozenset(c for p in above for o in graph.objects(p, axis) for c in superclasses(f"<{o}>"))


@cache
def disjoint_pairs() -> frozenset[frozenset[str]]:
    """Every pair of classes that are declared disjoint."""
    graph = ontology()
    groups = [[f"<{c}>" for c in Collection(graph, head)] for head in graph.objects(None, OWL.members)]
    return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))


def clashes(statements: list[str]) -> set[tuple[str, frozenset[str]]]:
    """Nodes that fall into two disjoint classes, with the two."""
    classes: dict[str, set[str]] = {}
    for statement in statements:
        subject, predicate, obj = split_statement(statement)
        if predicate == f"<{RDF.type}>":
            classes.setdefault(subject, set()).update(superclasses(obj))
        else:
            classes.setdefault(subject, set()).update(implied(predicate, RDFS.domain))
            if obj.startswith("<"):
                classes.setdefault(obj, set()).update(implied(predicate, RDFS.range))
    return {(node, pair) for node, found in classes.items() for pair in disjoint_pairs() if pair <= found}


def test_the_check_sees_a_clash() -> None:
    """A Work that is said to be the title of something is found."""
    statements = [f"<i> <{ns.BF}title> <w>", f"<w> <{RDF.type}> <{ns.BF}Work>"]
    assert clashes(statements) == {("<w>", frozenset({f"<{ns.BF}Work>", f"<{ns.BG}DescriptionPart>"}))}


@pytest.mark.parametrize("name", FILES)
def test_records_are_consistent(name: str) -> None:
    """Classes, domains and ranges give no node of a sample record two classes that exclude each other."""
    found = {(node, tuple(sorted(pair))) for graph in graphs_of(name) for node, pair in clashes(graph)}
    assert sorted(found)[:5] == []
