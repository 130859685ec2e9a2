"""Updates (https://www.w3.org/TR/sparql11-update/)."""

from __future__ import annotations

from collections.abc import Iterable

from lark import Token

from graph.sparql.algebra import (
    Dataset,
    DeleteData,
    Graph,
    GraphManagement,
    InsertData,
    Load,
    Modify,
    QuadPattern,
    Update,
)
from graph.sparql.build.queries import QueryRules
from graph.sparql.build.terms import Parts
from graph.sparql.syntax import QuadBlock, Scoped, Triples
from graph.sparql.terms import BlankNode, Iri, Literal, Variable

Quads = list[Triples | QuadBlock]


class UpdateRules(QueryRules):
    """Rules of updates."""

    def update(self, parts: Parts) -> Update:
        """A request."""
        return Update(tuple(part for part in parts if part is not None))

    # Graphs as a whole

    def load(self, parts: Parts) -> Load:
        """``LOAD <source> INTO GRAPH <graph>``."""
        silent, source, graph = parts
        return Load(source.value, None if graph is None else graph.value, silent is not None)

    def clear(self, parts: Parts) -> GraphManagement:
        """``CLEAR`` and ``DROP``."""
        operation, silent, graph = parts
        return GraphManagement(operation.upper(), _graph(graph), None, silent is not None)

    def create(self, parts: Parts) -> GraphManagement:
        """``CREATE GRAPH <graph>``."""
        silent, graph = parts
        return GraphManagement("CREATE", graph.value, None, silent is not None)

    def transfer(self, parts: Parts) -> GraphManagement:
        """``ADD``, ``MOVE`` and ``COPY``."""
        operation, silent, source, target = parts
        return GraphManagement(operation.upper(), _graph(source), _graph(target), silent is not None)

    # Quads

    def quads(self, parts: Quads) -> Quads:
        """``{…}`` with GRAPH."""
        for block in parts:
            self.refuse_paths(block.triples)
        return parts

    def graph_quads(self, parts: Parts) -> QuadBlock:
        """``GRAPH name {…}`` among quads."""
        name, *triples = parts
        return QuadBlock(name, triples[0].triples if triples else [])

    def insert_data(self, parts: list[Quads]) -> InsertData:
        """``INSERT DATA``."""
        quads = self._data(parts[0], "INSERT DATA")
        labels = {node.label for node in _nodes(quads) if isinstance(node, BlankNode) and node.label[0] != "."}
        for label in labels & self.state.data_labels.keys():
            raise self.fault(f"blank node _:{label} stands in two INSERT DATA", self.state.places[f"_:{label}"])
        self.state.data_labels.update(dict.fromkeys(labels, 0))
        return InsertData(quads)

    def delete_data(self, parts: list[Quads]) -> DeleteData:
        """``DELETE DATA``."""
        self._refuse_blank_nodes(parts[0], "DELETE DATA")
        return DeleteData(self._data(parts[0], "DELETE DATA"))

    def delete_where(self, parts: list[Quads]) -> Modify:
        """``DELETE WHERE``: the pattern is the template."""
        self._refuse_blank_nodes(parts[0], "DELETE WHERE")
        quads = self._template(parts[0], None)
        where = self.group([self._quad_part(block) for block in parts[0]])
        return Modify(quads, (), where.filtered())

    def _quad_part(self, block: Triples | QuadBlock) -> Triples | Scoped:
        if isinstance(block, Triples):
            return block
        return Scoped(Graph(block.graph, self.basic_pattern(block.triples, {})), {})

    # DELETE, INSERT and WHERE

    def modify(self, parts: Parts) -> Modify:
        """``WITH <graph> DELETE {…} INSERT {…} USING <graph> WHERE {…}``."""
        graph, *clauses, dataset, where = parts
        templates = dict(clause for clause in clauses if clause is not None)
        delete = self._template(templates.get("DELETE", []), graph)
        insert = self._template(templates.get("INSERT", []), graph)
        if dataset is None and graph is not None:
            dataset = Dataset((graph.value,), None)
        return Modify(delete, insert, where.filtered(), dataset)

    def with_clause(self, parts: list[Iri]) -> Iri:
        """``WITH <graph>``."""
        return parts[0]

    def delete_clause(self, parts: list[Quads]) -> tuple[str, Quads]:
        """``DELETE {…}``."""
        self._refuse_blank_nodes(parts[0], "DELETE")
        return "DELETE", parts[0]

    def insert_clause(self, parts: list[Quads]) -> tuple[str, Quads]:
        """``INSERT {…}``."""
        return "INSERT", parts[0]

    def using(self, parts: list[tuple[bool, str]]) -> Dataset | None:
        """USING clauses; None without any."""
        return self.dataset(parts)

    def using_clause(self, parts: Parts) -> tuple[bool, str]:
        """``USING NAMED <iri>``."""
        return self.dataset_clause(parts)

    def _template(self, quads: Quads, graph: Iri | None) -> tuple[QuadPattern, ...]:
        """Quads that are made or taken away, outside GRAPH in ``graph``."""
        patterns: list[QuadPattern] = []
        for block in quads:
            name = graph if isinstance(block, Triples) else block.graph
            patterns.extend(QuadPattern(triple, name) for triple in self.template_patterns(block.triples))
        return tuple(patterns)

    def _data(self, blocks: Quads, where: str) -> tuple[QuadPattern, ...]:
        """Quads of RDF: without variables, and without the literals as subjects that the grammar has."""
        quads = self._template(blocks, None)
        for node in _nodes(quads):
            if isinstance(node, Variable):
                raise self.fault(f"a variable can't stand in {where}", self.state.places[node.name])
        if any(isinstance(quad.triple.subject, Literal) for quad in quads):
            raise self.fault(f"a literal can't be the subject in {where}")
        return quads

    def _refuse_blank_nodes(self, quads: Quads, where: str) -> None:
        for triple in (triple for block in quads for triple in block.triples):
            for node in (triple.subject, triple.object):
                if isinstance(node, BlankNode):
                    offset = self.state.places.get(f"_:{node.label}", self.state.offset)
                    raise self.fault(f"a blank node can't stand in {where}", offset)


def _nodes(quads: Iterable[QuadPattern]) -> Iterable[object]:
    for quad in quads:
        yield from (quad.triple.subject, quad.triple.predicate, quad.triple.object, quad.graph)


def _graph(graph: Iri | Token) -> str:
    """An IRI, or the keyword in upper case."""
    return graph.value if isinstance(graph, Iri) else graph.upper()
