"""Values of properties of many entities, in a handful of queries whatever their number."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from common import terms
from common.namespaces import RDF, SKOS
from graph.knowledge_graph import KnowledgeGraph
from ingest.mappings.facts import authorities
from services.entities.naming import Names
from services.entities.variants import is_cjk
from services.hits import kinds
from services.hits.labels import ClusterNames
from services.hits.queries import rows as hit_rows
from services.reconciliation import queries
from services.reconciliation.properties import SCHEMES, Property, Shape, Source, direct_predicates
from services.reconciliation.similarity import split_dates
from services.reconciliation.types import of_class
from services.search import lookup
from services.search.index import View
from services.search.lookup import Known

_TYPE, _SAME = f"<{RDF}type>", f"<{SKOS}exactMatch>"
_YEARS = re.compile(r"\d{3,4}")
_NAMES_OF = {"name_en": "en", "name_zh": "zh"}
_NAMES = frozenset({"name", *_NAMES_OF})
_LIFE = ("birth_date", "death_date")
_AT_ONCE = 200
"""Entities whose parts are asked for in one query."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value: its text, and the bare IRI of the entity that it is, "" of a plain one."""

    text: str
    iri: str = ""


Values = dict[str, dict[str, list[Value]]]
"""Bare IRI of the entity -> identifier of the property -> values."""


class Reader:
    """Reads values as of one state of graph and index.

    Args:
        graph: The graph.
        view: Its text index.
        lang: Language of the reader.
    """

    def __init__(self, graph: KnowledgeGraph, view: View, lang: str) -> None:
        self._graph, self._view = graph, view
        self._base = graph.graphs.base
        self.names = Names(graph, lang)
        self._lang = lang

    def values(self, entities: Collection[str], properties: Sequence[Property]) -> Values:
        """The values of some properties of some canonical entities (bare IRIs)."""
        found: Values = {entity: {each.id: [] for each in properties} for entity in entities}
        wanted = list(found)
        for start in range(0, len(wanted), _AT_ONCE):
            self._read(found, wanted[start : start + _AT_ONCE], properties)
        self._resolve(found, [each for each in properties if each.shape in {Shape.ENTITY, Shape.CODE}])
        self._from_index(found, properties)
        return found

    def _read(self, found: Values, entities: list[str], properties: Sequence[Property]) -> None:
        """Notes what the graph says, entities and codes still by their own IRIs."""
        parts = self._parts(entities)
        things = list(dict.fromkeys(part for entity in entities for part in parts[entity]))
        predicates = direct_predicates(properties)
        if any(each.id in SCHEMES for each in properties):
            predicates.append(_SAME)
        if any(each.id == "type" for each in properties):
            predicates.append(_TYPE)
        said = self._direct(things, predicates) if predicates else {}
        nodes = self._nodes(things, properties)
        for entity in entities:
            for each in properties:
                values = [v for part in parts[entity] for v in _stated(each, said.get(part, {}), nodes.get(part, []))]
                found[entity][each.id] += [Value(*_plain(value)) for value in dict.fromkeys(values)]
            self._authorities(found[entity], parts[entity], said)
            self._types(found[entity], parts[entity], said)

    def _parts(self, entities: list[str]) -> dict[str, list[str]]:
        """Terms of the things that stand for each entity: members of its cluster, and the instances of a work."""
        found = {entity: [terms.iri(entity)] for entity in entities}
        works = [terms.iri(entity) for entity in entities if entity.startswith(f"{self._base}id/work/")]
        headings = [term for entity in entities if (term := terms.iri(entity)) not in set(works)]
        for entity, part, _ in hit_rows(self._graph, "parts", {"entities": works}) if works else ():
            if entity and part:
                found[entity[1:-1]].append(part)
        for entity, member in queries.rows(self._graph, "members", {"entities": headings}) if headings else ():
            if entity and member:
                found[entity[1:-1]].append(member)
        return found

    def _direct(self, things: list[str], predicates: list[str]) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for thing, predicate, value in queries.rows(
            self._graph, "direct", {"things": things, "predicates": predicates}
        ):
            if thing and predicate and value:
                found[thing][predicate].append(value)
        return found

    def _nodes(self, things: list[str], properties: Sequence[Property]) -> dict[str, list["_Node"]]:
        sources = [source for each in properties for source in each.sources if source.link]
        if not sources:
            return {}
        found: dict[str, dict[tuple[str, str], _Node]] = defaultdict(dict)
        parameters = {
            "things": things,
            "links": list(dict.fromkeys(source.link for source in sources)),
            "predicates": list(dict.fromkeys([_TYPE, *(p for source in sources for p in source.predicates)])),
        }
        for thing, link, node, predicate, value in queries.rows(self._graph, "nodes", parameters):
            if thing and link and node and predicate and value:
                found[thing].setdefault((link, node), _Node(link, defaultdict(list))).said[predicate].append(value)
        return {thing: list(nodes.values()) for thing, nodes in found.items()}

    def _authorities(
        self, found: dict[str, list[Value]], parts: list[str], said: dict[str, dict[str, list[str]]]
    ) -> None:
        """Numbers in other files: in the IRIs of authorities, and in the addresses that mean the same."""
        wanted = [name for name in found if name in SCHEMES]
        if not wanted:
            return
        numbers = [self._authority(part) for part in parts]
        numbers += [authorities.read(value[1:-1]) for part in parts for value in said.get(part, {}).get(_SAME, ())]
        for name in wanted:
            known = dict.fromkeys(each.identifier for each in numbers if each and each.scheme in SCHEMES[name])
            found[name] = [Value(number) for number in known]

    def _authority(self, part: str) -> authorities.AuthorityId | None:
        prefix = f"<{self._base}id/authority/"
        if not part.startswith(prefix):
            return None
        scheme, _, number = part[len(prefix) : -1].partition("/")
        return authorities.AuthorityId(unquote(scheme), unquote(number), None)

    def _types(self, found: dict[str, list[Value]], parts: list[str], said: dict[str, dict[str, list[str]]]) -> None:
        if "type" in found:
            classes = [
                value for part in parts for value in said.get(part, {}).get(_TYPE, ()) if value != kinds.INSTANCE
            ]
            types = of_class(kinds.telling(classes))[:1] if classes else []
            found["type"] = [Value(each.label(self._lang)) for each in types]

    def _resolve(self, found: Values, properties: Sequence[Property]) -> None:
        """Puts the canonical entity and its name in the place of what records link to."""
        linked = [(values, each) for values in found.values() for each in properties if values[each.id]]
        self.names.load(terms.iri(value.iri) for values, each in linked for value in values[each.id] if value.iri)
        canonical = [self.names.name(terms.iri(v.iri)).canonical for values, p in linked for v in values[p.id] if v.iri]
        self.names.load(term for term in canonical if term)
        for values, each in linked:
            resolved = [self._named(value, each) for value in values[each.id]]
            values[each.id] = list(dict.fromkeys(resolved))

    def _named(self, value: Value, property_: Property) -> Value:
        """With its label, by the IRI of a code or of an entity that can be asked for."""
        if not value.iri:
            return value
        term = self.names.name(terms.iri(value.iri)).canonical or terms.iri(value.iri)
        label = terms.value(self.names.label(term))
        is_kept = property_.shape is Shape.CODE or term.startswith(f"<{self._base}id/")
        return Value(label, term[1:-1] if is_kept else "")

    def _from_index(self, found: Values, properties: Sequence[Property]) -> None:
        asked = {each.id for each in properties}
        if asked & _NAMES:
            self._note_names(found, asked & _NAMES)
        if asked & {"other_names", *_LIFE}:
            known = lookup.known_by_iri(self._view, list(found))
            for entity, values in found.items():
                _note_others(values, known.get(entity))
        for entity, values in found.items():
            if "iri" in asked:
                values["iri"] = [Value(entity)]
            if "work" in asked:
                values["work"] = [
                    Value(_shown(work, self._lang), work.iri) for work in lookup.works_of(self._view, entity)
                ]

    def _note_names(self, found: Values, asked: Collection[str]) -> None:
        """The best name for readers of a language, as lists show it."""
        for name in sorted(asked):
            lang = _NAMES_OF.get(name, self._lang)
            names = ClusterNames(self._graph, lang)
            things = [terms.iri(entity) for entity in found]
            names.names.load(things)
            names.load_clusters(things)
            for entity, thing in zip(found, things, strict=True):
                label = terms.value(names.label(thing))
                if name == "name" or is_cjk(label) == (lang == "zh"):
                    found[entity][name] = [Value(label)]


@dataclass(slots=True)
class _Node:
    """A dependent node: the predicate that leads to it, and what it says by predicate."""

    link: str
    said: dict[str, list[str]]


def _stated(each: Property, said: dict[str, list[str]], nodes: Iterable[_Node]) -> Iterable[str]:
    for source in each.sources:
        if source.link:
            for node in nodes:
                if _is_of(node, source):
                    yield from (value for predicate in source.predicates for value in node.said.get(predicate, ()))
        else:
            yield from (value for predicate in source.predicates for value in said.get(predicate, ()))


def _is_of(node: _Node, source: Source) -> bool:
    return node.link == source.link and (
        not source.classes or not set(source.classes).isdisjoint(node.said.get(_TYPE, ()))
    )


def _plain(term: str) -> tuple[str, str]:
    text = terms.value(term)
    return (text, text) if terms.is_iri(term) else (text, "")


def _note_others(values: dict[str, list[Value]], known: Known | None) -> None:
    """All names, and the years of a life that only headings tell."""
    names = list(dict.fromkeys(known.names)) if known else []
    if "other_names" in values:
        shown = {value.text for value in values.get("name", ())}
        values["other_names"] = [Value(text) for text in names if text not in shown]
    for name, year in zip(_LIFE, life(names), strict=True):
        if year and name in values and not values[name]:
            values[name] = [Value(year)]


def life(names: Iterable[str]) -> tuple[str, str]:
    """Years of birth and death in headings, "" where unknown.

    >>> life(["Cao, Xueqin, approximately 1717-1763"]), life(["Kong, Guoping, 1947-"]), life(["Li, Bai, -762"])
    (('approximately 1717', '1763'), ('1947', ''), ('', '762'))
    """
    for name in names:
        dates = split_dates(name)[1]
        first, dash, last = dates.replace("–", "-").partition("-")
        if dash and _YEARS.search(dates):
            return first.strip(), last.strip(" .")
    return "", ""


def _shown(work: Known, lang: str) -> str:
    """The title of a work in the reader's script where it has one."""
    return next(
        (name for name in work.names if is_cjk(name) == (lang == "zh")), work.names[0] if work.names else work.iri
    )
