"""Hits of works and instances: what their records say, across the members of their clusters."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from common import terms
from common.namespaces import BF, BFLC, BG, RDF, SCHEMA
from graph.knowledge_graph import KnowledgeGraph
from services.entities.naming import local_name, preference
from services.hits import copies, kinds, queries, web_addresses
from services.hits.contributors import contributors
from services.hits.hit import Hit
from services.hits.labels import ClusterNames

MOST_CREATORS = 5
_MOST_IDENTIFIERS = 12
_HAS_INSTANCE, _INSTANCE_OF = f"<{BF}hasInstance>", f"<{BF}instanceOf>"
_TYPE, _YEAR, _IMAGE = f"<{RDF}type>", f"<{BG}startYear>", f"<{SCHEMA}image>"
_PUBLISHER, _DATE = f"<{BFLC}simpleAgent>", f"<{BFLC}simpleDate>"
_LOCATOR, _RELATED_LOCATOR = f"<{BF}electronicLocator>", f"<{BG}relatedElectronicLocator>"
_MARKS = (_TYPE, *kinds.MARK_PREDICATES)
_THESIS = frozenset({f"<{BF}dissertation>", f"<{BG}dissertationNote>"})
#: Best first: a licence says more than a note.
_RIGHTS = (
    f"<{BF}usageAndAccessPolicy>",
    *(f"<{BG}{name}>" for name in ("usageTermsNote", "copyrightNote", "accessRestrictionNote")),
)
#: Classes of identifiers -> scheme, in the order in which they are listed; others follow by name.
_SCHEMES = {
    "Isbn": "isbn",
    "Issn": "issn",
    "IssnL": "issn-l",
    "Doi": "doi",
    "Lccn": "lccn",
    "OclcNumber": "oclc",
    "Nbn": "nbn",
    "Ismn": "ismn",
}
#: Numbers that say nothing without knowing whose they are.
_WITHOUT_SCHEME = frozenset({"Local", "Identifier", "StockNumber"})
#: What cataloguers write where they know neither publisher nor date.
_UNKNOWN = re.compile(
    r"\W*(?:(?:publisher|date of publication) not identified|[sn]\. ?[nd]\.?|s\. ?a\.?|出版[者年]不[详明])\W*\Z",
    re.IGNORECASE,
)
#: One statement may name a publisher and who sells the book; the graph keeps no order between them.
_DISTRIBUTOR = re.compile(r"distribut|fa xing|发行|發行|新华书店", re.IGNORECASE)

_Values = dict[str, list[str]]
_Publications = dict[str, _Values]
"""Instance -> publication statement -> values."""


@dataclass(slots=True)
class _Parts:
    """The works and instances behind one hit."""

    works: list[str] = field(default_factory=list)
    instances: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        return [*self.works, *self.instances]


def complete(graph: KnowledgeGraph, hits: dict[str, Hit], names: ClusterNames, *, brief: bool = False) -> None:
    """Fills hits of works and instances, by term, with what their records say; ``brief`` as of ``describe``."""
    if hits:
        _Catalogue(graph, hits, names, brief=brief).complete()


class _Catalogue:
    """What a handful of queries say about the parts of all hits."""

    def __init__(self, graph: KnowledgeGraph, hits: dict[str, Hit], names: ClusterNames, *, brief: bool) -> None:
        self._graph, self._hits, self._names = graph, hits, names
        self._parts = _parts(graph, hits, names)
        works = list(dict.fromkeys(work for parts in self._parts.values() for work in parts.works))
        instances = list(dict.fromkeys(i for parts in self._parts.values() for i in parts.instances))
        both = [*works, *instances]
        self._facts = self._by_thing("facts", {"things": both})
        self._contributors = contributors(graph, works)
        undated = [i for i in instances if _YEAR not in self._facts.get(i, ())]
        self._dates = _publications(graph, undated, _DATE) if undated else {}
        instances = [] if brief else instances
        self._publishers = _publications(graph, instances, _PUBLISHER) if instances else {}
        self._identifiers = self._by_thing("identifiers", {"things": both}) if instances else {}
        self._words = _words(graph, [i for i in instances if self._addresses(i)])
        self._copies = copies.copies(graph, instances) if instances else {}
        self._records = copies.records(graph, [*instances, *copies.items(self._copies)])

    def _by_thing(self, query: str, parameters: dict[str, list[str]]) -> dict[str, _Values]:
        found: dict[str, _Values] = defaultdict(lambda: defaultdict(list))
        for thing, key, value in queries.rows(self._graph, query, parameters):
            if thing and key and value:
                found[thing][key].append(value)
        return found

    def complete(self) -> None:
        """Fills all hits."""
        agents = [c.agent for found in self._contributors.values() for c in found]
        self._names.load_clusters(agents)
        self._names.names.load(copies.libraries(self._copies))
        for entity, hit in self._hits.items():
            self._describe(hit, self._parts[entity])

    def _describe(self, hit: Hit, parts: _Parts) -> None:
        marks = [value for predicate in _MARKS for value in self._values(parts, predicate)]
        if any(self._values(parts, predicate) for predicate in _THESIS):
            marks.append(kinds.THESIS)
        hit.format = kinds.format_label(kinds.format_code(marks), self._names.names.lang)
        hit.date = min(map(terms.value, self._values(parts, _YEAR)), default="") or self._stated(self._dates, parts)
        hit.publisher = self._stated(self._publishers, parts)
        hit.rights = self._rights(parts)
        hit.identifiers = self._listed_identifiers(parts)
        self._credit(hit, parts)
        self._locate(hit, parts)

    def _values(self, parts: _Parts, predicate: str) -> list[str]:
        return [value for part in parts.all() if part in self._facts for value in self._facts[part].get(predicate, ())]

    def _credit(self, hit: Hit, parts: _Parts) -> None:
        found = sorted(c for work in parts.works for c in self._contributors.get(work, ()))
        for agent in list(dict.fromkeys(c.agent for c in found))[:MOST_CREATORS]:
            label = terms.value(self._names.label(agent))
            hit.creators.append(label)
            hit.creator_links.append({"iri": agent[1:-1], "label": label})

    def _locate(self, hit: Hit, parts: _Parts) -> None:
        pictures = [terms.value(value) for value in self._values(parts, _IMAGE)]
        addresses = [value[1:-1] for value in self._values(parts, _LOCATOR)]
        others = [value[1:-1] for value in self._values(parts, _RELATED_LOCATOR)]
        hit.cover = next(iter(pictures), "") or web_addresses.picture([*addresses, *others], self._words)
        hit.url = web_addresses.resource(addresses, self._words)
        found = [(item, i) for i in parts.instances for item in self._copies.get(i, ())]
        hit.holdings = [
            copies.holding(item, [*self._records.get(item.term, ()), *self._records.get(i, ())], self._names.names)
            for item, i in found[: copies.MOST_COPIES]
        ]
        hit.sources = copies.sources(record for i in parts.instances for record in self._records.get(i, ()))

    def _addresses(self, instance: str) -> bool:
        return not {_LOCATOR, _RELATED_LOCATOR}.isdisjoint(self._facts.get(instance, ()))

    def _stated(self, publications: _Publications, parts: _Parts) -> str:
        """What the first publication statement says that says anything, in the reader's script."""
        for instance in parts.instances:
            for statement in publications.get(instance, {}).values():
                found = [value for value in statement if not _UNKNOWN.match(terms.value(value))]
                if found:
                    return terms.value(min(found, key=self._statement_rank))
        return ""

    def _statement_rank(self, value: str) -> tuple[int, bool, str]:
        rank, text = preference(value, self._names.names.lang)
        return rank, _DISTRIBUTOR.search(text) is not None, text

    def _rights(self, parts: _Parts) -> str:
        for predicate in _RIGHTS:
            found = self._values(parts, predicate)
            if found:
                return terms.value(found[0])
        return ""

    def _listed_identifiers(self, parts: _Parts) -> list[dict[str, str]]:
        order = {name: rank for rank, name in enumerate(_SCHEMES)}
        found = dict.fromkeys(
            (order.get(name, len(order)), _SCHEMES.get(name, name.lower()), terms.value(value))
            for part in parts.all()
            if part in self._identifiers
            for name, value in _named(self._identifiers[part])
            if name not in _WITHOUT_SCHEME
        )
        return [{"scheme": scheme, "value": value} for _, scheme, value in sorted(found)][:_MOST_IDENTIFIERS]


def _named(identifiers: _Values) -> Iterable[tuple[str, str]]:
    return ((local_name(kind[1:-1]), value) for kind, values in identifiers.items() for value in values)


def _parts(graph: KnowledgeGraph, hits: dict[str, Hit], names: ClusterNames) -> dict[str, _Parts]:
    """Works and instances of each hit; the canonical entity before the others of its cluster."""
    editions = {entity for entity in hits if kinds.INSTANCE in names.names.name(entity).types}
    found = {entity: _Parts([], [entity]) if entity in editions else _Parts([entity], []) for entity in hits}
    for entity, part, link in queries.rows(graph, "parts", {"entities": list(hits)}):
        if entity and part:
            is_instance = link == _HAS_INSTANCE or (entity in editions and link != _INSTANCE_OF)
            (found[entity].instances if is_instance else found[entity].works).append(part)
    return found


def _publications(graph: KnowledgeGraph, instances: list[str], predicate: str) -> _Publications:
    """Values of a predicate in the publication statements of instances, in the order of the record."""
    found: _Publications = defaultdict(lambda: defaultdict(list))
    parameters = {"instances": instances, "predicate": predicate}
    for instance, publication, value in queries.rows(graph, "publications", parameters):
        if instance and publication and value:
            found[instance][publication].append(value)
    return found


def _words(graph: KnowledgeGraph, instances: list[str]) -> dict[str, list[str]]:
    """What is said about web addresses, by address."""
    found: dict[str, list[str]] = defaultdict(list)
    for _, address, words in queries.rows(graph, "addresses", {"instances": instances}) if instances else ():
        if address and words:
            found[address[1:-1]].append(terms.value(words))
    return found
