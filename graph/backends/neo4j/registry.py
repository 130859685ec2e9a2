"""Which names of the property graph stand for which IRIs: the schema that writer, reader and compiler share.

It lives in the database and changes in the same transaction as the data; ``version`` counts its changes.

The mapping
    IRI or blank node: ``(:Resource {iri})``, unique; a blank node's ``iri`` is ``_:label``. An IRI longer than
    ``LONGEST_IRI`` bytes, or one that begins with ``sha256:``, has ``iri: "sha256:" + hex digest`` and stands whole in
    ``longIri`` (``stored_iri``).
    ``s rdf:type <C>``: the label of C on s. Other ``s p <o>``: exactly one relationship of the type of p from s to o.
    ``s p "literal"``: a property of s named by the ``Key`` of (p, datatype or language, encoding); a scalar, or a list
    (each value once) where the key is ``multi``. ``[] + n.key`` reads both.
    Graphs: a statement stands in the default graph and in no named one unless something says otherwise. What does, for
    relationships: the list property ``g`` (IRIs of its named graphs) and ``d: false`` (not in the default graph). For
    labels and literals: node properties of the name + ``#g``, one text for each value in the order of the values
    (labels: a single text), which holds the graphs' IRIs parted by blanks, and begins with ``! `` if not in the default
    graph. ``""``: the default graph only. Absent: all values are in the default graph only.
    ``(:_Graph {iri})-[:_states {n}]->(:Resource)``: how many statements about a resource its named graph holds; how the
    statements of a graph are found without looking at all others. Relationships of statements go out from resources.
    Look-ups by value: a key that is ``indexed`` has a RANGE index on (:Resource), sooner or later, for its scalars. A
    list is one value there, so each value of a list has a ``(:_Value {key, value})-[:_valueOf]->`` the resource, too. A
    value or list that is too long for an index ends that: ``indexed`` goes for good, and so do these nodes of the key.

Names that begin with ``_``, the label ``Resource`` and the properties ``iri`` and ``longIri`` stand for no IRI. No
label has the name of a property: they would share ``#g``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

RESOURCE, GRAPH, STATES = "Resource", "_Graph", "_states"
"""Labels of nodes and of named graphs, and the relationship from these to those."""
VALUE, VALUE_OF = "_Value", "_valueOf"
"""Label of a value of a list that is looked up, and the relationship to its resource."""
DIGEST = "sha256:"
LONGEST_IRI = 2_000
"""UTF-8 bytes of the longest IRI that is indexed as it is."""


@dataclass(frozen=True, slots=True)
class Name:
    """A label or relationship type.

    Attributes:
        iri: The class or predicate.
        name: As written in Cypher, without backticks.
        named: Some statement with it is in a named graph.
        hidden: Some statement with it is not in the default graph.
    """

    iri: str
    name: str
    named: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A property.

    Attributes:
        predicate: IRI.
        datatype: IRI; ``rdf:langString`` where there is a language.
        language: Lower case, or None.
        encoding: How the value is kept: ``string``, ``integer`` (64 bit), ``boolean``, ``double``, or ``lexical`` (the
            lexical form as text: every other datatype, and forms of those that aren't canonical or don't fit).
        name: As written in Cypher, without backticks.
        multi: Some node has more than one value: then every node's value is read as a list or a scalar.
        named: Some value is in a named graph.
        hidden: Some value is not in the default graph.
        indexed: Its values are looked up by index; strings only.
    """

    predicate: str
    datatype: str
    language: str | None
    encoding: str
    name: str
    multi: bool = False
    named: bool = False
    hidden: bool = False
    indexed: bool = False


@dataclass(frozen=True)
class Registry:
    """An immutable state of the registry.

    Attributes:
        version: Rises with each change.
        labels: By class IRI.
        relationships: By predicate IRI.
        keys: By predicate IRI.
        long_iris: Some resource has ``longIri``.
    """

    version: int = 0
    labels: dict[str, Name] = field(default_factory=dict)
    relationships: dict[str, Name] = field(default_factory=dict)
    keys: dict[str, tuple[Key, ...]] = field(default_factory=dict)
    long_iris: bool = False


def stored_iri(iri: str) -> tuple[str, str | None]:
    """What ``iri`` and ``longIri`` of a resource are.

    >>> stored_iri("https://b.example/1")
    ('https://b.example/1', None)
    """
    if iri.startswith(DIGEST) or (4 * len(iri) > LONGEST_IRI and len(iri.encode()) > LONGEST_IRI):
        return f"{DIGEST}{sha256(iri.encode()).hexdigest()}", iri
    return iri, None
