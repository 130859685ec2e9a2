"""The names that the ontology's terms have, whatever is loaded first."""

from functools import cache

import pyoxigraph as ox

from common.namespaces import BF, BFLC, BG, OWL, RDF, RDFS, SCHEMA, SKOS
from graph.backends.neo4j.names import Preferences
from ontology import module_paths

_TYPE = f"{RDF}type"
_RANGE = f"{RDFS}range"
_DATATYPE_PROPERTY = f"{OWL}DatatypeProperty"
_ANY = f"{RDFS}Literal"
_FIRST = (BF, BG, BFLC, SKOS, RDFS)
"""Vocabularies whose terms have their local names before others."""
_LOOKED_UP = frozenset(
    {f"{RDFS}label", f"{RDF}value", f"{BF}classificationPortion"}
    | {f"{BG}{name}" for name in ("controlNumber", "callNumber")}
    | {f"{SKOS}{name}" for name in ("prefLabel", "altLabel", "notation")}
    | {f"{SCHEMA}{name}" for name in ("name", "identifier")}
)
"""Headings, identifiers and numbers: where a text that somebody has is looked for."""


@cache
def of_ontology() -> Preferences:
    """Local names go to the ontology's terms, bare names of properties to the datatype of their range."""
    terms: set[str] = set()
    datatype_properties: set[str] = set()
    ranges: dict[str, set[str]] = {}
    for path in module_paths():
        for quad in ox.parse(path=path):
            subject, predicate, obj = quad.subject, quad.predicate.value, quad.object
            terms.add(predicate)
            if not isinstance(subject, ox.NamedNode) or not isinstance(obj, ox.NamedNode):
                continue
            if predicate == _TYPE:
                terms.update((subject.value, obj.value))
            if predicate == _TYPE and obj.value == _DATATYPE_PROPERTY:
                datatype_properties.add(subject.value)
            elif predicate == _RANGE:
                ranges.setdefault(subject.value, set()).add(obj.value)
    datatypes = {iri: next(iter(found)) for iri, found in ranges.items() if len(found) == 1}
    known = {iri: datatypes[iri] for iri in datatype_properties if datatypes.get(iri, _ANY) != _ANY}
    return Preferences(tuple(sorted(terms, key=_rank)), known, _LOOKED_UP)


def _rank(iri: str) -> tuple[int, str]:
    return next((place for place, namespace in enumerate(_FIRST) if iri.startswith(namespace)), len(_FIRST)), iri
