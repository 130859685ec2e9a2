"""Any sequence of changes leaves the quads that it should, and a property graph that keeps to the mapping."""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from common.namespaces import RDF, XSD
from common.terms import split_statement
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Delta, Quad

ALL = (None, None, None)
NODES = [f"<a:{n}>" for n in range(6)]
PREDICATES = [f"<{RDF}type>", "<p:1>", "<p:2>", "<a:1>"]
LITERALS = ['"1"', '"2"', '"1"@en', f'"1"^^<{XSD}integer>', f'"01"^^<{XSD}integer>', f'"true"^^<{XSD}boolean>']
LITERALS += [f'"1.5"^^<{XSD}double>', f'"-0"^^<{XSD}double>', f'"0"^^<{XSD}double>', '"x"^^<d:d>']
GRAPHS: list[str | None] = [None, "g:1", "g:2", "a:1"]
Cypher = Callable[..., list[list[object]]]


def some_quad(rng: random.Random) -> Quad:
    """Any quad of a small world."""
    statement = f"{rng.choice(NODES)} {rng.choice(PREDICATES)} {rng.choice([*NODES, *LITERALS])}"
    return statement, rng.choice(GRAPHS)


@pytest.mark.parametrize("seed", range(4))
def test_random_changes_do_what_they_say(store: Neo4jStore, cypher: Cypher, seed: int) -> None:
    """After each of many deltas the store holds what a set would, in every pattern, and the mapping holds."""
    rng = random.Random(seed)  # noqa: S311  no secret
    model: set[Quad] = set()
    for step in range(40):
        add = [some_quad(rng) for _ in range(rng.randrange(12))]
        remove = rng.sample(sorted(model, key=str), rng.randrange(len(model) + 1) // 2)
        remove += [some_quad(rng) for _ in range(rng.randrange(6))]
        if step % 10 == 9:
            store.bulk_load([f"{s} <{g}> .\n".encode() if g else f"{s} .\n".encode() for s, g in add])
            model |= set(add)
        else:
            store.apply(Delta(add=add, remove=remove))
            model = (model - set(remove)) | set(add)
        found = list(store.quads(ALL, None))
        assert len(found) == len(set(found))
        assert set(found) == model
        if step % 4 == 0:
            check_patterns(store, model, some_quad(rng))
        check_mapping(store._registry, cypher, model)
    store.apply(Delta(remove=sorted(model, key=str)))
    assert cypher("MATCH (n) WHERE n:Resource OR n:_Graph RETURN count(n)") == [[0]]


def check_patterns(store: Neo4jStore, model: set[Quad], quad: Quad) -> None:
    """Look-ups find what a set would."""
    terms = split_statement(quad[0])
    for mask in range(8):
        pattern = tuple(term if mask >> place & 1 else None for place, term in enumerate(terms))
        for graph in (None, quad[1] or ""):
            found = set(store.quads((pattern[0], pattern[1], pattern[2]), graph))
            assert found == {
                (s, g)
                for s, g in model
                if all(w in {None, t} for w, t in zip(pattern, split_statement(s), strict=True))
                and (graph is None or (g or "") == graph)
            }
    assert store.holding({quad}) == {quad} & model
    assert [set(found or ()) for found in store.holders([quad[0]])] == [
        {(s, g) for s, g in model if s == quad[0] and g is not None}
    ]


def check_mapping(registry: Registry, cypher: Cypher, model: set[Quad]) -> None:
    """One relationship a triple, no node without a statement, exact counts of graphs, and flags that say enough."""
    links = {s for s, _ in model if s.endswith(">") and "^^" not in s and f"<{RDF}type>" not in s}
    rows = cypher("MATCH (s:Resource)-[r]->(o:Resource) RETURN s.iri, type(r), o.iri, count(*)")
    assert len(rows) == len(links)
    assert all(row[3] == 1 for row in rows)
    nodes = {term for s, _ in model for term in split_statement(s)[::2] if term.startswith("<")}
    kept = {f"<{iri}>" for [iri] in cypher("MATCH (n:Resource) RETURN n.iri")}
    classes = {split_statement(s)[2] for s, _ in model if f" <{RDF}type> <" in s}
    assert kept <= nodes
    assert nodes - classes <= kept
    counts = Counter((g, split_statement(s)[0][1:-1]) for s, g in model if g)
    stated = cypher("MATCH (g:_Graph)-[r:_states]->(s) RETURN g.iri, s.iri, r.n")
    assert {(row[0], row[1]): row[2] for row in stated} == counts
    multi = {key.name for keys in registry.keys.values() for key in keys if key.multi}
    for [properties] in cypher("MATCH (n:Resource) RETURN properties(n)"):
        assert isinstance(properties, dict)
        for name, value in properties.items():
            assert not isinstance(value, list) or name.removesuffix("#g") in multi
            if name.endswith("#g") and name[:-2] in properties:
                assert isinstance(value, list) == isinstance(properties[name[:-2]], list)
                assert not isinstance(value, list) or len(value) == len(properties[name[:-2]])
