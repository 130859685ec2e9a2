"""Queries and updates as text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from graph.sparql import algebra as alg
from graph.sparql.serialize.patterns import PatternWriter
from graph.sparql.serialize.terms import Names, iri_text
from graph.sparql.terms import Iri, Variable
from graph.sparql.walk import check_depth


def serialize_query(query: alg.Query) -> str:
    """A query as text. A SELECT without columns gets one that is always unbound.

    >>> from graph.sparql.parser import parse_query
    >>> serialize_query(parse_query("ASK { ?s <p:a>/<p:b> 1 OPTIONAL { ?s ?p 2 FILTER(?p > 1) } }"))
    'ASK { ?s <p:a> ?_1 . ?_1 <p:b> 1 . OPTIONAL { ?s ?p 2 . FILTER((?p > 1)) } }'

    Raises:
        QueryRefusedError: It is too deep.
    """
    check_depth(query)
    writer = PatternWriter(Names(query))
    return _with_base(_query(query, writer), writer)


def serialize_pattern(pattern: alg.Pattern, variables: tuple[Variable, ...] | None = None) -> str:
    """A SELECT of a pattern.

    Args:
        pattern: The pattern.
        variables: Columns, if it does not project itself; None: all in scope, hidden ones included, in the order of
            ``inspect.in_scope``.
    """
    check_depth(pattern)
    writer = PatternWriter(Names(pattern))
    return _with_base(writer.select(pattern, variables), writer)


def serialize_update(update: alg.Update) -> str:
    """An update as text.

    Raises:
        QueryRefusedError: It is too deep.
    """
    check_depth(update)
    names = Names(update)
    return " ;\n".join(_operation(operation, names) for operation in update.operations)


def _with_base(text: str, writer: PatternWriter) -> str:
    if len(writer.bases) > 1:
        raise ValueError("IRI() resolves against several bases, which no query can say")
    return "".join(f"BASE {iri_text(base)} {text}" for base in writer.bases) or text


def _query(query: alg.Query, writer: PatternWriter) -> str:
    dataset = _dataset(query.dataset, "FROM")
    match query:
        case alg.Select(pattern, variables):
            return writer.select(pattern, variables, dataset)
        case alg.Ask(pattern):
            return f"ASK{dataset} {writer.group(pattern)}"
        case alg.Construct(template, pattern):
            triples = " ".join(f"{_triple(triple, writer.names)} ." for triple in template)
            return f"CONSTRUCT {{ {triples} }}{dataset} WHERE {writer.group(pattern)}"
        case alg.Describe(terms, pattern):
            where = "" if pattern is None else f" WHERE {writer.group(pattern)}"
            return f"DESCRIBE {' '.join(map(writer.names.node, terms)) or '*'}{dataset}{where}"


def _dataset(dataset: alg.Dataset | None, keyword: str) -> str:
    if dataset is None:
        return ""
    named = dataset.named or ()
    graphs = (*map(iri_text, dataset.default), *(f"NAMED {iri_text(iri)}" for iri in named))
    return "".join(f" {keyword} {graph}" for graph in graphs)


def _operation(operation: alg.Operation, names: Names) -> str:
    match operation:
        case alg.InsertData(quads):
            return f"INSERT DATA {_quads(quads, names)}"
        case alg.DeleteData(quads):
            return f"DELETE DATA {_quads(quads, names)}"
        case alg.Modify():
            return _modify(operation, names)
        case alg.Load(source, graph, silent):
            into = "" if graph is None else f" INTO GRAPH {iri_text(graph)}"
            return f"LOAD {_silent(silent)}{iri_text(source)}{into}"
        case alg.GraphManagement(name, source, target, silent):
            to = "" if target is None else f" TO {_graph(target)}"
            return f"{name} {_silent(silent)}{_graph(source)}{to}"


def _silent(silent: bool) -> str:
    return "SILENT " if silent else ""


def _graph(graph: str) -> str:
    """An IRI has a colon, a keyword has none."""
    return f"GRAPH {iri_text(graph)}" if ":" in graph else graph


def _modify(operation: alg.Modify, names: Names) -> str:
    writer = PatternWriter(names)
    parts: list[str] = []
    dataset = _dataset(operation.dataset, "USING")
    if operation.dataset is not None and operation.dataset.named is None:
        parts.append(f"WITH {iri_text(_only(operation))}")
        dataset = ""
    if operation.delete or not operation.insert:
        parts.append(f"DELETE {_quads(operation.delete, names)}")
    if operation.insert:
        parts.append(f"INSERT {_quads(operation.insert, names)}")
    where = f"{' '.join(parts)}{dataset} WHERE {writer.group(operation.pattern)}"
    return _with_base(where, writer)


def _only(operation: alg.Modify) -> str:
    """The graph of WITH.

    Raises:
        ValueError: There are several, or a template has quads of the default graph, which WITH would change.
    """
    graphs = () if operation.dataset is None else operation.dataset.default
    if len(graphs) != 1 or any(quad.graph is None for quad in (*operation.delete, *operation.insert)):
        raise ValueError("no update can say this: WITH one graph, and quads of the default graph")
    return graphs[0]


def _quads(quads: Iterable[alg.QuadPattern], names: Names) -> str:
    blocks: list[str] = []
    for graph, members in groupby(quads, key=lambda quad: quad.graph):
        triples = " ".join(f"{_triple(quad.triple, names)} ." for quad in members)
        blocks.append(triples if graph is None else _in_graph(graph, triples, names))
    names.end_of_template()
    return f"{{ {' '.join(blocks)} }}"


def _in_graph(graph: Iri | Variable, triples: str, names: Names) -> str:
    return f"GRAPH {names.node(graph)} {{ {triples} }}"


def _triple(triple: alg.TriplePattern, names: Names) -> str:
    return " ".join(map(names.node, (triple.subject, triple.predicate, triple.object)))
