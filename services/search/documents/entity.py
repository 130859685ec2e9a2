"""Documents of agents, subjects, places, hubs and events: their names in all forms, and how many works they lead to."""

from collections.abc import Mapping, Sequence

from common import terms
from common.namespaces import BF, RDF, RDFS, SKOS, XSD
from services.hits.kinds import telling
from services.search import numbers
from services.search.documents.document import Document
from services.search.documents.reading import Properties, Reading

_TYPE, _VALUE = f"<{RDF}type>", f"<{RDF}value>"
_PREFERRED = (f"<{SKOS}prefLabel>", f"<{RDFS}label>")
_ALTERNATIVE = f"<{SKOS}altLabel>"
_TEXT_TYPES = (None, f"{XSD}string")
#: Most telling class -> kind; every other class of a heading is a subject's.
_KINDS = {
    **dict.fromkeys(("Person", "Family", "Organization", "Jurisdiction", "Meeting", "Agent"), "agent"),
    **dict.fromkeys(("Hub", "Series"), "hub"),
    "Place": "place",
    "Event": "event",
}


def entity_documents(reading: Reading, entities: Sequence[str]) -> list[Document]:
    """Documents of canonical entities (terms) other than works; one without a name gives none."""
    members: dict[str, list[str]] = {}
    for entity, canonical, member in reading.rows("members", "entities", entities):
        if entity and member and canonical == entity:
            members.setdefault(entity, []).append(member)
    about = reading.with_nodes(member for found in members.values() for member in found)
    named = [entity for entity, found in members.items() if any(_names(about.get(member, {})) for member in found)]
    counts = reading.works_behind(named)
    return [_document(entity, members[entity], about, counts.get(entity, 0)) for entity in named]


def _names(properties: Properties) -> list[str]:
    return [terms.value(name) for predicate in _PREFERRED for name in properties.get(predicate, ())]


def _document(entity: str, members: list[str], about: Mapping[str, Properties], works: int) -> Document:
    of_members = [about.get(member, {}) for member in sorted(members, key=lambda member: (member != entity, member))]
    class_ = telling(kind for properties in of_members for kind in properties.get(_TYPE, ()))
    made = Document(terms.value(entity), _KINDS.get(class_, "subject"), works=works)
    made.facets["type"].append(class_)
    for properties in of_members:
        made.names += _names(properties)
    for properties in of_members:
        made.names += [terms.value(name) for name in properties.get(_ALTERNATIVE, ())]
        made.texts["text"] += _other_texts(properties)
        for node in properties.get(f"<{BF}identifiedBy>", ()):
            made.identifiers += [f for v in about.get(node, {}).get(_VALUE, ()) for f in numbers.forms(terms.value(v))]
    made.texts["title"] = made.names = list(dict.fromkeys(made.names))
    made.sort_title = made.names[0]
    return made


def _other_texts(properties: Properties) -> list[str]:
    named = (*_PREFERRED, _ALTERNATIVE)
    return [
        terms.value(value)
        for predicate, values in properties.items()
        if predicate not in named
        for value in values
        if value.startswith('"') and terms.datatype(value) in _TEXT_TYPES
    ]
