"""Gives IRIs their names in the property graph: the local name where it is free, else the whole IRI.

Names do not depend on the order of loading where the ontology is known: its terms come first (``Preferences``), and the
bare name of a property goes to the datatype of its range. Without a range it goes to ``xsd:string``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from common.namespaces import XSD
from graph.backends.neo4j.registry import RESOURCE, Key, Name, Registry
from graph.backends.neo4j.terms import LEXICAL, STRING, KeyId

_LOCAL = re.compile(r"[^#/:]+\Z")
_PLAIN = re.compile(r"[^\W_][^#^@~`]*\Z")
_LONGEST = 500
_RESERVED_KEYS = frozenset({"iri", "longIri"})
_NATIVE = frozenset({f"{XSD}{name}" for name in ("integer", "boolean", "double")})


@dataclass(frozen=True)
class Preferences:
    """What is known about names before anything is loaded.

    Attributes:
        iris: Classes and predicates that have their local names before all others, first come first.
        datatypes: By predicate, the datatype whose property has the bare name (``rdf:langString``: none).
        looked_up: Predicates whose strings are looked up by value.
    """

    iris: tuple[str, ...] = ()
    datatypes: Mapping[str, str] = field(default_factory=dict)
    looked_up: frozenset[str] = frozenset()


def no_preferences() -> Preferences:
    """None."""
    return Preferences()


def local_name(iri: str) -> str | None:
    """The local name of an IRI, if it is fit to be a name.

    >>> local_name("http://purl.org/dc/terms/title"), local_name("http://a.example/")
    ('title', None)
    """
    found = _LOCAL.search(iri)
    return found.group() if found and len(found.group()) <= _LONGEST and _PLAIN.match(found.group()) else None


class Draft:
    """A registry that grows.

    Args:
        registry: What there is.
        preferences: What is known about names, asked when there is a new one.
    """

    def __init__(self, registry: Registry, preferences: Callable[[], Preferences]) -> None:
        self._registry = registry
        self._preferences = preferences
        self._owners: dict[str, str] | None = None
        self.labels = dict(registry.labels)
        self.relationships = dict(registry.relationships)
        self.keys = {KeyId(k.predicate, k.datatype, k.language, k.encoding): k for k in _all_keys(registry)}
        self.long_iris = registry.long_iris
        self._taken: dict[str, set[str]] | None = None
        self._bases: dict[str, str] | None = None

    def label(self, iri: str) -> str:
        """Name of a class."""
        if (found := self.labels.get(iri)) is None:
            found = self.labels[iri] = Name(iri, self._free("labels", iri, self._base(iri)))
        return found.name

    def relationship(self, iri: str) -> str:
        """Name of a predicate between nodes."""
        if (found := self.relationships.get(iri)) is None:
            found = self.relationships[iri] = Name(iri, self._free("relationships", iri, self._base(iri)))
        return found.name

    def key(self, key: KeyId) -> str:
        """Name of a property."""
        if (found := self.keys.get(key)) is None:
            name = self._free("keys", key.predicate, self._key_base(key.predicate) + self._suffix(key))
            looked_up = key.encoding == STRING and key.predicate in self._preferences().looked_up
            found = self.keys[key] = Key(*key, name=name, indexed=looked_up)
        return found.name

    def mark_label(self, iri: str, *, named: bool, hidden: bool) -> None:
        """Notes where a statement stands."""
        found = self.labels[iri]
        if (named and not found.named) or (hidden and not found.hidden):
            self.labels[iri] = replace(found, named=named or found.named, hidden=hidden or found.hidden)

    def mark_relationship(self, iri: str, *, named: bool, hidden: bool) -> None:
        """Notes where a statement stands."""
        found = self.relationships[iri]
        if (named and not found.named) or (hidden and not found.hidden):
            self.relationships[iri] = replace(found, named=named or found.named, hidden=hidden or found.hidden)

    def mark_key(self, key: KeyId, *, multi: bool, named: bool, hidden: bool) -> None:
        """Notes how many values a node has, and where they stand."""
        found = self.keys[key]
        if (multi and not found.multi) or (named and not found.named) or (hidden and not found.hidden):
            self.keys[key] = replace(
                found, multi=multi or found.multi, named=named or found.named, hidden=hidden or found.hidden
            )

    def end_look_ups(self, key: KeyId) -> None:
        """Notes that a key has no index."""
        self.keys[key] = replace(self.keys[key], indexed=False)

    @property
    def new_labels(self) -> list[Name]:
        """Labels that are new or changed."""
        return [name for iri, name in self.labels.items() if self._registry.labels.get(iri) is not name]

    @property
    def new_relationships(self) -> list[Name]:
        """Relationship types that are new or changed."""
        return [name for iri, name in self.relationships.items() if self._registry.relationships.get(iri) is not name]

    @property
    def new_keys(self) -> list[Key]:
        """Keys that are new or changed."""
        known = {id(key) for key in _all_keys(self._registry)}
        return [key for key in self.keys.values() if id(key) not in known]

    @property
    def changed(self) -> bool:
        """Whether the database must learn of it."""
        return bool(
            self.new_labels or self.new_relationships or self.new_keys or self.long_iris != self._registry.long_iris
        )

    def registry(self) -> Registry:
        """The registry that follows."""
        if not self.changed:
            return self._registry
        by_predicate: dict[str, tuple[Key, ...]] = {}
        for key in self.keys.values():
            by_predicate[key.predicate] = (*by_predicate.get(key.predicate, ()), key)
        return Registry(
            self._registry.version + 1, dict(self.labels), dict(self.relationships), by_predicate, self.long_iris
        )

    def _base(self, iri: str) -> str:
        if self._owners is None:
            self._owners = _owners(self._preferences())
        local = local_name(iri)
        if local is None or self._owners.get(local, iri) != iri:
            return _shortened(iri)
        return local

    def _key_base(self, predicate: str) -> str:
        """All properties of a predicate begin alike, and none of another does."""
        if self._bases is None:
            self._bases = {}
            for key in self.keys.values():
                self._bases.setdefault(_beginning(key), key.predicate)
        base = self._base(predicate)
        if self._bases.setdefault(base, predicate) != predicate:
            base = _shortened(predicate)
        return base

    def _suffix(self, key: KeyId) -> str:
        if key.language:
            return f"@{key.language}"
        preferred = self._preferences().datatypes.get(key.predicate, f"{XSD}string")
        suffix = "" if key.datatype == preferred else f"^^{local_name(key.datatype) or key.datatype}"
        return f"{suffix}~" if key.encoding == LEXICAL and key.datatype in _NATIVE else suffix

    def _free(self, kind: str, iri: str, wanted: str) -> str:
        """A name that stands for nothing else: as wanted, else with the whole IRI, else with a number."""
        taken = self._names(kind)
        local, whole = local_name(iri), _shortened(iri)
        candidates = [_shortened(wanted)]
        if local and wanted.startswith(local):
            candidates.append(_shortened(whole + wanted[len(local) :]))
        number = 1
        while not _is_free(candidates[0], taken):
            if len(candidates) > 1:
                candidates.pop(0)
            else:
                number += 1
                candidates = [f"{_shortened(wanted)}~{number}"]
        taken.add(candidates[0])
        return candidates[0]

    def _names(self, kind: str) -> set[str]:
        if self._taken is None:
            # A label and a property of one name would have one companion.
            on_nodes = {RESOURCE, *_RESERVED_KEYS, *(name.name for name in self.labels.values())}
            on_nodes |= {key.name for key in self.keys.values()}
            relationships = {name.name for name in self.relationships.values()}
            self._taken = {"labels": on_nodes, "keys": on_nodes, "relationships": relationships}
        return self._taken[kind]


def _is_free(name: str, taken: set[str]) -> bool:
    """Labels and keys have companions named ``#g``, which must not be taken for names either."""
    return name not in taken and not name.endswith("#g") and not name.startswith("_")


def _beginning(key: Key) -> str:
    local = local_name(key.predicate)
    return local if local and key.name.startswith(local) else _shortened(key.predicate)


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _owners(preferences: Preferences) -> dict[str, str]:
    owners: dict[str, str] = {}
    for iri in preferences.iris:
        if (local := local_name(iri)) is not None:
            owners.setdefault(local, iri)
    return owners


def _all_keys(registry: Registry) -> list[Key]:
    return [key for keys in registry.keys.values() for key in keys]
