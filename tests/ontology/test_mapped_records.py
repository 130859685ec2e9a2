"""What real records become is declared: every predicate and class that the mappings write, however they name it."""

import pytest
from sample_records import FILES, graphs_of

from common.namespaces import BF, OWL, RDF
from common.terms import split_statement
from ingest.codes import table
from ingest.codes.vocabulary import vocabulary_graphs
from ontology import labels

#: Words of RDF itself.
BUILT_IN = {f"{RDF}type"}


def written(name: str) -> set[str]:
    """Predicates and classes in the graphs of a file's records."""
    terms: set[str] = set()
    for statement in (line for graph in graphs_of(name) for line in graph):
        _, predicate, obj = split_statement(statement)
        terms.add(predicate[1:-1])
        if predicate == f"<{RDF}type>":
            terms.add(obj[1:-1])
    return terms


@pytest.mark.parametrize("name", FILES)
def test_records_use_declared_terms(name: str) -> None:
    """No record holds a predicate or class without a label in both languages."""
    assert len(written(name)) > 5
    assert sorted(written(name) - BUILT_IN - (labels("en").keys() & labels("zh").keys())) == []


def test_code_lists_use_declared_terms() -> None:
    """The vocabularies of codes, and the kinds of identifier that a table names, are declared too."""
    known = labels("en").keys() & labels("zh").keys()
    used = {row["class"] for row in table("identifier_sources").values() if row["class"]}
    assert sorted(f"{BF}{name}" for name in used if f"{BF}{name}" not in known) == []
    terms: set[str] = set()
    for line in (line for graph in vocabulary_graphs("https://bibliograph.example/").values() for line in graph):
        _, predicate, obj = split_statement(line)
        terms.add(predicate[1:-1])
        if predicate == f"<{RDF}type>":
            terms.add(obj[1:-1])
    assert sorted(term for term in terms - known if not term.startswith((RDF, OWL))) == []
