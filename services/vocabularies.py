"""Ontology and code lists as graphs: written once, and again when a new version of the platform changes them."""

from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from common.namespaces import OWL, Graphs
from common.terms import literal
from graph.bulk import render
from graph.changeset import Changeset
from graph.knowledge_graph import KnowledgeGraph

_AUTHOR, _NOTE = "system:vocabularies", "ontology and code lists of this version"
_SOURCES = ("ontology", "ingest.codes")
_SUFFIXES = (".ttl", ".tsv", ".py")


def ensure_vocabularies(graph: KnowledgeGraph) -> None:
    """Brings the ontology and the vocabulary graphs up to date; nothing is read or written where they are."""
    version = f"<{graph.graphs.ontology}> <{OWL}versionInfo> {literal(_digest())}"
    if not _has(graph, version):
        with graph.exclusive():
            _write(graph, version)


def _has(graph: KnowledgeGraph, version: str) -> bool:
    return graph.query(f"ASK {{ GRAPH <{graph.graphs.ontology}> {{ {version} }} }}") is True


def _write(graph: KnowledgeGraph, version: str) -> None:
    if graph.shared and _has(graph, version):
        return  # another process was quicker
    # Reading them takes a second: only where there is something to write.
    from ingest.codes.vocabulary import vocabulary_graphs  # noqa: PLC0415
    from ontology import ontology_statements  # noqa: PLC0415

    replace = vocabulary_graphs(graph.graphs.base)
    replace[graph.graphs.ontology] = [*ontology_statements(), version]
    if graph.sequence == 0:  # a new store: the quick way
        graph.bulk_commit([render(iri, statements) for iri, statements in replace.items()], _AUTHOR, _NOTE)
    else:
        graph.commit(Changeset(_AUTHOR, _NOTE, replace))


def is_of_platform(graph: str, graphs: Graphs) -> bool:
    """Whether ``ensure_vocabularies`` writes this graph: what others put there it would not notice, or undo."""
    from ingest.codes import table  # noqa: PLC0415  as above

    return graph == graphs.ontology or graph.removeprefix(graphs.vocabulary("")) in table("vocabularies")


def _digest() -> str:
    """Digest of the files that the graphs are made of."""
    total = blake2b(digest_size=16)
    for package in _SOURCES:
        for file in sorted(files(package).iterdir(), key=_name):
            if file.is_file() and file.name.endswith(_SUFFIXES):
                total.update(file.read_bytes())
    return total.hexdigest()


def _name(file: Traversable) -> str:
    return file.name
