"""Hits as records of a schema: simple Dublin Core of the work, or the MARC record that it came from."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from common import terms
from common.namespaces import BF, Graphs
from graph.knowledge_graph import KnowledgeGraph
from graph.queries import query_file, select
from ingest.archive import Archive
from services.entities import marcxml
from services.entities.naming import Names, local_name
from services.hits.hit import Hit
from services.sru.diagnostics import DiagnosticError
from services.sru.xml import element, leaf

DC, MARCXML = "info:srw/schema/1/dc-v1.1", "info:srw/schema/1/marcxml-v1.1"
#: Short name -> identifier and title; either may be asked for.
SCHEMAS: dict[str, tuple[str, str]] = {
    "dc": (DC, "Dublin Core"),
    "marcxml": (MARCXML, "MARCXML"),
}
_WRAPPER = {"xmlns:srw_dc": "info:srw/schema/1/dc-schema", "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
_LANGUAGE = f"<{BF}language>"
_LANGUAGES = "<http://id.loc.gov/vocabulary/languages/"
#: Scheme of an identifier -> how the number becomes a URI; of others the scheme stands before it.
_URIS = {
    "isbn": "urn:ISBN:",
    "issn": "urn:ISSN:",
    "doi": "info:doi/",
    "lccn": "info:lccn/",
    "oclc": "info:oclcnum/",
}


def schema_of(name: str) -> str:
    """Identifier of a schema that is asked for by either name; "" is Dublin Core.

    Raises:
        DiagnosticError: There is no such schema (66).
    """
    for short, (identifier, _) in SCHEMAS.items():
        if name in {short, identifier}:
            return identifier
    if name:
        raise DiagnosticError(66, name)
    return DC


@dataclass(frozen=True, slots=True)
class Library:
    """Where records come from."""

    graph: KnowledgeGraph
    archive: Archive
    graphs: Graphs


def records(library: Library, hits: Sequence[Hit], schema: str, lang: str) -> list[str | None]:
    """The record of each hit as XML; None where it has none in this schema."""
    if schema == MARCXML:
        return [_marc(library, hit) for hit in hits]
    about = _about(library.graph, hits, lang)
    return [element("srw_dc:dc", *_dublin_core(hit, about(hit)), **_WRAPPER) for hit in hits]


def _marc(library: Library, hit: Hit) -> str | None:
    """The first of its source records that is MARC."""
    for source in hit.sources:
        graph = library.graphs.record(terms.slug(source["source"]), terms.slug(source["id"]))
        archived = marcxml.archived_record(library.archive, graph)
        if archived is not None:
            return marcxml.marcxml(archived).partition("\n")[2].rstrip("\n")
    return None


@dataclass(frozen=True, slots=True)
class _About:
    """Names of subjects, codes of languages."""

    subjects: list[str]
    languages: list[str]


def _about(graph: KnowledgeGraph, hits: Sequence[Hit], lang: str) -> Callable[[Hit], _About]:
    """What all hits are about, in two queries."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    works = [terms.iri(hit.iri) for hit in hits]
    if works:
        for work, predicate, value in select(graph, query_file("services.sru", "dublin_core"), {"works": works}):
            if work and predicate and value:
                found[work].append((predicate, value))
    names = Names(graph, lang)
    names.load(v for values in found.values() for p, v in values if p != _LANGUAGE)

    def about(hit: Hit) -> _About:
        values = sorted(found.get(terms.iri(hit.iri), ()))
        subjects = (terms.value(names.label(v)) for p, v in values if p != _LANGUAGE and names.name(v).labels)
        languages = (local_name(v[1:-1]) for p, v in values if p == _LANGUAGE and v.startswith(_LANGUAGES))
        return _About(list(dict.fromkeys(subjects)), list(dict.fromkeys(languages)))

    return about


def _dublin_core(hit: Hit, about: _About) -> Iterator[str]:
    """Elements of https://www.dublincore.org/specifications/dublin-core/dces/, those that say something."""
    values: dict[str, Sequence[str]] = {
        "title": (hit.title, hit.other_script),
        "creator": hit.creators,
        "subject": about.subjects,
        "publisher": (hit.publisher,),
        "date": (hit.date,),
        "type": (hit.format or hit.type,),
        "identifier": (hit.iri, *map(_identifier, hit.identifiers)),
        "language": about.languages,
        "relation": (hit.url,),
        "rights": (hit.rights,),
    }
    for name, found in values.items():
        yield from (leaf(f"dc:{name}", value) for value in dict.fromkeys(found) if value)


def _identifier(identifier: dict[str, str]) -> str:
    scheme = identifier["scheme"]
    return f"{_URIS.get(scheme, f'{scheme}:')}{identifier['value']}"
