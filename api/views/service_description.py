"""What this endpoint says about itself and its data.

https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from flask import Response, request

from api.headers import SEQUENCE
from api.platform import platform
from common import terms
from common.namespaces import DCTERMS, PREFIXES, RDF
from services.sparql.formats import Format
from services.sparql.graphs import write_graph
from services.statistics.statistics import Statistics

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
#: Our formats that have an IRI of the W3C's.
_FORMAT_IRIS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}
_Pairs = Iterator[tuple[str, str]]


def description(chosen: Format) -> Response:
    """The service description in the chosen format, with the counts that are known."""
    output = io.BytesIO()
    counted = platform().statistics.current(platform().graph.sequence)
    write_graph(output, chosen.name, _statements(counted), {**PREFIXES, "sd": _SD, "void": _VOID})
    response = Response(output.getvalue(), content_type=chosen.content_type)
    if counted is not None:
        response.headers[SEQUENCE] = str(counted.sequence)
    return response


def _statements(counted: Statistics | None) -> Iterator[str]:
    yield from _about(_node("service"), _service())
    yield from _about(_node("update"), _update())
    yield from _about(_node("dataset"), _dataset())
    yield from _about(_node("merge"), _merge())
    if counted is not None:
        yield from _counts(counted)


def _node(name: str) -> str:
    """The term of a part of this description."""
    return terms.iri(f"{request.url_root}sparql#{name}")


def _about(subject: str, pairs: _Pairs) -> Iterator[str]:
    return (f"{subject} {predicate} {obj}" for predicate, obj in pairs)


def _service() -> _Pairs:
    yield f"<{RDF}type>", f"<{_SD}Service>"
    yield f"<{_SD}endpoint>", terms.iri(f"{request.url_root}sparql")
    yield f"<{_SD}supportedLanguage>", f"<{_SD}SPARQL11Query>"
    yield f"<{_SD}defaultDataset>", _node("dataset")
    for name in _FORMAT_IRIS.values():
        yield f"<{_SD}resultFormat>", f"<http://www.w3.org/ns/formats/{name}>"


def _update() -> _Pairs:
    yield f"<{RDF}type>", f"<{_SD}Service>"
    yield f"<{_SD}endpoint>", terms.iri(f"{request.url_root}update")
    yield f"<{_SD}supportedLanguage>", f"<{_SD}SPARQL11Update>"
    yield f"<{_SD}defaultDataset>", _node("dataset")


def _dataset() -> _Pairs:
    yield f"<{RDF}type>", f"<{_SD}Dataset>"
    yield f"<{RDF}type>", f"<{_VOID}Dataset>"
    yield f"<{_SD}defaultGraph>", _node("merge")
    yield f"<{_VOID}sparqlEndpoint>", terms.iri(f"{request.url_root}sparql")
    yield f"<{_VOID}uriSpace>", terms.literal(f"{platform().settings.base}id/")


def _merge() -> _Pairs:
    yield f"<{RDF}type>", f"<{_SD}Graph>"
    yield f"<{RDF}type>", f"<{_VOID}Dataset>"
    yield f"<{DCTERMS}description>", terms.literal("The merge of all public named graphs.", "en")
    yield f"<{DCTERMS}description>", terms.literal("全部公开命名图的合并图。", "zh")


def _counts(counted: Statistics) -> Iterator[str]:
    """VoID's numbers of the merge, its partitions, and the named graphs."""
    sizes = {"triples": counted.triples, "classes": len(counted.classes), "properties": len(counted.properties)}
    for name, size in sizes.items():
        yield f"{_node('merge')} <{_VOID}{name}> {terms.integer(size)}"
    yield from _partitions("class", "entities", counted.classes)
    yield from _partitions("property", "triples", counted.properties)
    for namespace in _namespaces((*counted.classes, *counted.properties)):
        yield f"{_node('dataset')} <{_VOID}vocabulary> {terms.iri(namespace)}"
    for graph in counted.graphs:
        named = _node(f"graph-{_digest(graph)}")
        yield f"{_node('dataset')} <{_SD}namedGraph> {named}"
        yield from _about(named, iter([(f"<{RDF}type>", f"<{_SD}NamedGraph>"), (f"<{_SD}name>", terms.iri(graph))]))
    yield from _about(_node("records"), _records(counted.records))
    yield f"{_node('dataset')} <{_VOID}subset> {_node('records')}"


def _partitions(kind: str, unit: str, sizes: Mapping[str, int]) -> Iterator[str]:
    for iri, size in sizes.items():
        part = _node(f"{kind}-{_digest(iri)}")
        yield f"{_node('merge')} <{_VOID}{kind}Partition> {part}"
        yield f"{part} <{_VOID}{kind}> {terms.iri(iri)}"
        yield f"{part} <{_VOID}{unit}> {terms.integer(size)}"


def _records(count: int) -> _Pairs:
    """The graphs of records together: there may be millions."""
    yield f"<{RDF}type>", f"<{_VOID}Dataset>"
    yield f"<{DCTERMS}description>", terms.literal("One named graph for each source record.", "en")
    yield f"<{DCTERMS}description>", terms.literal("每条来源记录一个命名图。", "zh")
    yield f"<{_VOID}uriSpace>", terms.literal(f"{platform().settings.base}graph/record/")
    yield f"<{_VOID}documents>", terms.integer(count)


def _namespaces(used: Iterable[str]) -> list[str]:
    """Those of the platform's prefixes that occur."""
    found = list(used)
    return sorted(namespace for namespace in PREFIXES.values() if any(iri.startswith(namespace) for iri in found))


def _digest(iri: str) -> str:
    """A short name for what an IRI stands for, the same each time."""
    return blake2b(iri.encode(), digest_size=6).hexdigest()
