"""OWL tools accept the ontology: owlready2 loads it, HermiT finds no class that can't have members."""

from __future__ import annotations

import shutil
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any

import owlready2
import pytest
from rdflib import OWL, Graph

from common.namespaces import BF, BG
from ontology import module_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

IRI = "https://w3id.org/bibliograph/ontology/bibliograph"


@pytest.fixture
def world() -> Iterator[Any]:
    """The ontology in a store of owlready2's own, closed afterwards."""
    graph = Graph()
    for path in module_paths():
        graph.parse(path)
    graph.remove((None, OWL.imports, None))  # all modules are here: nothing to fetch
    world = owlready2.World()
    triples = graph.serialize(format="nt", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # owlready2 remarks on annotation and datatype properties of one name
        world.get_ontology(IRI).load(fileobj=BytesIO(triples), format="ntriples")
    yield world
    world.close()


def test_owlready2_loads_classes_and_properties(world: Any) -> None:
    """Classes come with their superclasses, properties with inverse and chain."""
    bf, bg = world.get_namespace(BF), world.get_namespace(BG)
    assert bf.Agent in bf.Person.ancestors()
    assert bf.hasInstance.inverse_property is bf.instanceOf
    assert [[p.name for p in chain.properties] for chain in bf.contributor.get_property_chain()] == [
        ["contribution", "agent"]
    ]
    assert bg.Changeset.is_a[0].name == "Activity"


@pytest.mark.java
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="no Java")
def test_no_class_is_unsatisfiable(world: Any) -> None:
    """HermiT derives no class that is equivalent to nothing."""
    owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    assert list(world.inconsistent_classes()) == []
