"""Ontology and code lists as graphs: written once, and again when a new version of the platform changes them."""

from collections.abc import Mapping

from graph.changeset import Changeset
from graph.knowledge_graph import KnowledgeGraph
from ingest.codes.vocabulary import vocabulary_graphs
from ontology import ontology_statements


def ensure_vocabularies(graph: KnowledgeGraph) -> None:
    """Brings the ontology and the vocabulary graphs up to date; nothing is written where they are."""
    wanted: Mapping[str, list[str]] = {
        graph.graphs.ontology: ontology_statements(),
        **vocabulary_graphs(graph.graphs.base),
    }
    replace = {
        iri: statements for iri, statements in wanted.items() if set(graph.graph_statements(iri)) != set(statements)
    }
    if replace:
        graph.commit(Changeset("system:vocabularies", "ontology and code lists of this version", replace))
