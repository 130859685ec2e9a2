"""Documents of works: with their instances and copies, and the names of all that they are linked to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from common import terms
from common.namespaces import BF, BFLC, BG, RDF, RDFS, XSD
from services.entities.naming import local_name
from services.hits.kinds import MARK_PREDICATES, format_code, telling
from services.search import numbers
from services.search.documents.classes import SCHEMES, SOURCES, main_class
from services.search.documents.document import Document
from services.search.documents.reading import Properties, Reading

_LABEL, _TYPE, _VALUE = f"<{RDFS}label>", f"<{RDF}type>", f"<{RDF}value>"
_AGENT, _PLACE = f"<{BF}agent>", f"<{BF}Place>"
_CALL_NUMBER = f"<{BG}callNumber>"
_START_YEAR, _ORIGIN_DATE = f"<{BG}startYear>", f"<{BF}originDate>"
_PORTION, _ITEM_PORTION, _CLASS_SOURCE = (
    f"<{BF}classificationPortion>",
    f"<{BF}itemPortion>",
    f"<{BF}source>",
)
_CONTROL_NUMBER, _SOURCE = f"<{BG}controlNumber>", f"<{BG}source>"
_LINKS: dict[str, str] = {
    f"<{BF}subject>": "subject",
    f"<{BF}genreForm>": "subject",
    f"<{BG}instanceSubject>": "subject",
    f"<{BF}geographicCoverage>": "subject",
    f"<{BF}hasSeries>": "series",
    f"<{BF}expressionOf>": "title",
    f"<{BF}relatedTo>": "text",
    f"<{BF}hasPart>": "text",
    f"<{BF}partOf>": "text",
}
"""Predicate of a work or instance -> field that the names of what it links to go into."""
_NODES: dict[str, str] = {f"<{BF}provisionActivity>": "publisher"}
_LITERALS: dict[str, str] = {
    _LABEL: "title",
    f"<{BF}responsibilityStatement>": "creator",
    f"<{BG}indexTerm>": "subject",
    f"<{BG}personalIndexTerm>": "subject",
    f"<{BG}corporateIndexTerm>": "subject",
    f"<{BG}meetingIndexTerm>": "subject",
    f"<{BG}chronologicalIndexTerm>": "subject",
    f"<{BG}geographicIndexTerm>": "subject",
    f"<{BG}genreIndexTerm>": "subject",
    f"<{BF}seriesStatement>": "series",
    f"<{BF}provisionActivityStatement>": "publisher",
}
"""Predicate -> field of its literals; any other text goes into ``text``."""
_PROVISION_TEXTS = (f"<{BFLC}simpleAgent>", f"<{BFLC}simplePlace>")
_MAIN, _SUBTITLE = f"<{BF}mainTitle>", f"<{BF}subtitle>"
_PART = (f"<{BF}partNumber>", f"<{BF}partName>")
_SCHEMES = {f"<{BF}Isbn>": "isbn", f"<{BF}Issn>": "issn", f"<{BF}IssnL>": "issn"}
"""Class of an identifier -> scheme by which alone it can be asked for."""
_LANGUAGE = f"<{BF}language>"
_LANGUAGES = "<http://id.loc.gov/vocabulary/languages/"
_YEAR = re.compile(r"-?\d{4}")
_TEXT_TYPES = (None, f"{XSD}string")


@dataclass(slots=True)
class Parts:
    """The members of one work's cluster, their instances and copies, as terms."""

    members: dict[str, None] = field(default_factory=dict)
    instances: dict[str, None] = field(default_factory=dict)
    items: dict[str, None] = field(default_factory=dict)

    def all(self) -> Iterator[str]:
        """All of them."""
        yield from (*self.members, *self.instances, *self.items)


def work_documents(reading: Reading, works: Sequence[str]) -> list[Document]:
    """Documents of canonical works (terms); one that the graph describes no more gives none."""
    parts = _parts(reading, works)
    about = reading.with_nodes(thing for found in parts.values() for thing in found.all())
    linked = reading.names(sorted(_linked(about)))
    described = (
        work for work in works if work in parts and any(_LABEL in about.get(m, {}) for m in parts[work].members)
    )
    kinds = reading.properties(sorted({canonical for canonical, _ in linked.values()}))
    return [_Builder(work, parts[work], about, linked, kinds).build() for work in described]


def _parts(reading: Reading, works: Sequence[str]) -> dict[str, Parts]:
    found: dict[str, Parts] = {}
    for work, member, instance, item in reading.rows("parts", "works", works):
        if work and member:
            parts = found.setdefault(work, Parts())
            parts.members[member] = None
            parts.instances.update({instance: None} if instance else {})
            parts.items.update({item: None} if item else {})
    return found


def _linked(about: Mapping[str, Properties]) -> Iterator[str]:
    """Entities whose names are part of a document."""
    for properties in about.values():
        for predicate in (*_LINKS, _AGENT):
            yield from (value for value in properties.get(predicate, ()) if value.startswith("<") and "#" not in value)


class _Builder:
    """Puts one document together."""

    def __init__(
        self,
        work: str,
        parts: Parts,
        about: Mapping[str, Properties],
        linked: Mapping[str, tuple[str, list[str]]],
        kinds: Mapping[str, Properties],
    ) -> None:
        self._parts = parts
        self._about = about
        self._linked = linked
        self._kinds = kinds
        self._made = Document(terms.value(work), "work")

    def build(self) -> Document:
        for thing in (*self._parts.members, *self._parts.instances):
            self._titles(thing)
            self._properties(thing)
        for item in self._parts.items:
            self._copy(item)
        self._kind_and_dates()
        made = self._made
        made.names = list(dict.fromkeys(made.names))
        made.sort_title = made.names[0] if made.names else ""
        made.works = 1
        return made

    def _titles(self, thing: str) -> None:
        properties = self._about.get(thing, {})
        for node in properties.get(f"<{BF}title>", ()):
            written = self._about.get(node, {})
            parts = [terms.value(text) for predicate in _PART for text in written.get(predicate, ())]
            subtitles = [terms.value(text) for text in written.get(_SUBTITLE, ())]
            for main in (terms.value(text) for text in written.get(_MAIN, ())):
                whole = " ".join((main, *subtitles, *parts))
                self._made.names += [main, whole] if whole != main else [main]
                self._made.texts["title"].append(whole)
        self._made.names += [terms.value(label) for label in properties.get(_LABEL, ())]

    def _properties(self, thing: str) -> None:
        for predicate, values in self._about.get(thing, {}).items():
            if predicate in _LINKS:
                self._links(predicate, values)
            elif predicate == f"<{BF}contribution>":
                self._contributions(values)
            elif predicate == f"<{BF}identifiedBy>":
                self._identifiers(values)
            elif predicate == f"<{BF}classification>":
                self._classifications(values)
            elif predicate in _NODES:
                self._provisions(values)
            elif predicate == f"<{BF}adminMetadata>":
                self._records(values)
            else:
                self._texts(_LITERALS.get(predicate, "text"), values)

    def _texts(self, name: str, values: Iterable[str]) -> None:
        self._made.texts[name] += [
            terms.value(value) for value in values if value.startswith('"') and terms.datatype(value) in _TEXT_TYPES
        ]

    def _links(self, predicate: str, values: Iterable[str]) -> None:
        for value in values:
            canonical, names = self._linked.get(value, ("", []))
            if not canonical:
                continue
            self._made.texts[_LINKS[predicate]] += names
            iri = terms.value(canonical)
            if predicate == f"<{BF}hasSeries>":
                self._facet("series", iri)
            elif predicate == f"<{BF}subject>":
                is_place = _PLACE in self._kinds.get(canonical, {}).get(_TYPE, ())
                self._facet("place" if is_place else "subject", iri)

    def _contributions(self, nodes: Iterable[str]) -> None:
        for node in nodes:
            for agent in self._about.get(node, {}).get(_AGENT, ()):
                canonical, names = self._linked.get(agent, ("", []))
                self._made.texts["creator"] += names
                if canonical:
                    self._facet("creator", terms.value(canonical))

    def _identifiers(self, nodes: Iterable[str]) -> None:
        for node in nodes:
            properties = self._about.get(node, {})
            schemes = [scheme for kind, scheme in _SCHEMES.items() if kind in properties.get(_TYPE, ())]
            for form in (f for value in properties.get(_VALUE, ()) for f in numbers.forms(terms.value(value))):
                self._made.identifiers += [form, *(numbers.of_scheme(scheme, form) for scheme in schemes)]

    def _records(self, graphs: Iterable[str]) -> None:
        for graph in graphs:
            record = self._about.get(graph, {})
            for value in record.get(_CONTROL_NUMBER, ()):
                for form in numbers.forms(terms.value(value)):
                    self._made.identifiers += [form, numbers.of_scheme("record", form)]
            for source in record.get(_SOURCE, ()):
                self._facet("source", local_name(source[1:-1]) if source.startswith("<") else terms.value(source))

    def _classifications(self, nodes: Iterable[str]) -> None:
        for node in nodes:
            properties = self._about.get(node, {})
            scheme = next((SCHEMES[kind] for kind in properties.get(_TYPE, ()) if kind in SCHEMES), "")
            for source in properties.get(_CLASS_SOURCE, ()) if not scheme else ():
                scheme = SOURCES.get(local_name(source[1:-1]), "")
            items = [terms.value(item) for item in properties.get(_ITEM_PORTION, ())]
            for portion in (terms.value(value) for value in properties.get(_PORTION, ())):
                self._made.call_numbers += [numbers.call_number(" ".join((portion, *items)))]
                self._made.call_numbers += [numbers.call_number(portion)]
                if value := main_class(scheme, portion):
                    self._facet("classification", value)

    def _provisions(self, nodes: Iterable[str]) -> None:
        for node in nodes:
            for predicate in _PROVISION_TEXTS:
                self._texts("publisher", self._about.get(node, {}).get(predicate, ()))

    def _copy(self, item: str) -> None:
        properties = self._about.get(item, {})
        self._made.call_numbers += [numbers.call_number(terms.value(v)) for v in properties.get(_CALL_NUMBER, ())]
        self._identifiers(properties.get(f"<{BF}identifiedBy>", ()))

    def _kind_and_dates(self) -> None:
        of_works = [self._about.get(member, {}) for member in self._parts.members]
        of_instances = [self._about.get(instance, {}) for instance in self._parts.instances]
        classes = [kind for properties in of_works for kind in properties.get(_TYPE, ())]
        marks = [v for p in (*of_works, *of_instances) for m in (*MARK_PREDICATES, _TYPE) for v in p.get(m, ())]
        self._facet("type", telling(classes))
        self._facet("format", format_code(marks))
        for value in (v for properties in of_works for v in properties.get(_LANGUAGE, ())):
            if value.startswith(_LANGUAGES):
                self._facet("language", value.removeprefix(_LANGUAGES)[:-1])
        self._made.years = [int(terms.value(v)) for p in of_instances for v in p.get(_START_YEAR, ())] or [
            int(written.group())
            for p in of_works
            for v in p.get(_ORIGIN_DATE, ())
            if (written := _YEAR.match(terms.value(v)))
        ]
        for year in self._made.years[:1]:
            self._facet("decade", str(year // 10 * 10))

    def _facet(self, name: str, value: str) -> None:
        if value and value not in self._made.facets[name]:
            self._made.facets[name].append(value)
