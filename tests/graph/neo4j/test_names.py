"""Which names IRIs get."""

import itertools
from collections.abc import Callable

from common.namespaces import BF, BG, RDFS, XSD
from graph.backends.neo4j.names import Draft, Preferences, no_preferences
from graph.backends.neo4j.preferences import of_ontology
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.store import Neo4jStore
from graph.backends.neo4j.terms import LANG_STRING, KeyId
from graph.store import Delta

STRING, DATE, INTEGER = f"{XSD}string", f"{XSD}date", f"{XSD}integer"


def key(predicate: str, datatype: str = STRING, language: str | None = None, encoding: str = "string") -> KeyId:
    """What a property stands for."""
    return KeyId(predicate, datatype, language, encoding)


def test_properties_are_named_by_what_tells_them_apart() -> None:
    """The bare name is that of the range, else of strings; others say datatype, language or being kept as text."""
    known = Preferences(datatypes={"e:born": DATE})
    draft = Draft(Registry(), lambda: known)
    assert draft.key(key("e:title")) == "title"
    assert draft.key(key("e:title", LANG_STRING, "zh-hant")) == "title@zh-hant"
    assert draft.key(key("e:born", DATE, None, "lexical")) == "born"
    assert draft.key(key("e:born")) == "born^^string"
    assert draft.key(key("e:pages", INTEGER, None, "integer")) == "pages^^integer"
    assert draft.key(key("e:pages", INTEGER, None, "lexical")) == "pages^^integer~"


def test_a_name_that_is_taken_is_the_whole_iri() -> None:
    """Two IRIs with one local name: the second is written out, in all its properties."""
    draft = Draft(Registry(), no_preferences)
    assert [draft.label("http://a.example/Work"), draft.label("http://b.example/Work")] == [
        "Work",
        "http://b.example/Work",
    ]
    assert draft.key(key("http://a.example/title")) == "title"
    assert draft.key(key("http://b.example/title", LANG_STRING, "en")) == "http://b.example/title@en"
    assert draft.label("http://a.example/_Registry") == "http://a.example/_Registry"
    assert draft.label("http://a.example/Resource") == "http://a.example/Resource"
    assert draft.key(key("http://a.example/iri")) == "http://a.example/iri"


def test_a_label_and_a_property_never_share_a_name() -> None:
    """What is both a class and a predicate has two names, whichever comes first: each has graphs of its own."""
    for first in ("label", "key"):
        draft = Draft(Registry(), no_preferences)
        names = {draft.label("e:x") if kind == "label" else draft.key(key("e:x")) for kind in (first, "label", "key")}
        assert len(names) == 2


def test_the_ontologys_names_do_not_depend_on_what_comes_first() -> None:
    """A stranger's term does not take the local name of one of ours, in any order."""
    iris = [f"{BF}title", "http://stranger.example/title", f"{RDFS}label", "http://stranger.example/label"]
    for order in itertools.permutations(iris):
        draft = Draft(Registry(), of_ontology)
        names = {iri: draft.relationship(iri) for iri in order}
        assert [names[iri] for iri in iris] == [
            "title",
            "http://stranger.example/title",
            "label",
            "http://stranger.example/label",
        ]


def test_every_term_of_the_ontology_has_a_name_of_its_own() -> None:
    """All terms together, as labels and as relationships: no two names are alike, and most are local names."""
    draft = Draft(Registry(), of_ontology)
    labels = [draft.label(iri) for iri in of_ontology().iris]
    assert len(set(labels)) == len(labels)
    assert sum("/" not in name for name in labels) > 0.95 * len(labels)


def test_a_cypher_user_sees_what_he_expects(store: Neo4jStore, cypher: Callable[..., list[list[object]]]) -> None:
    """Labels, properties and relationships have the names of the ontology; several values are a list."""
    work = "<http://b.example/work/1>"
    statements = [
        f"{work} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BF}Work>",
        f'{work} <{RDFS}label> "Moby Dick"',
        f'{work} <{RDFS}label> "白鲸"@zh',
        f'{work} <{BG}pages> "635"^^<{INTEGER}>',
        f'{work} <{BG}note> "one"',
        f'{work} <{BG}note> "two"',
        f"{work} <{BF}subject> <http://b.example/topic/whales>",
    ]
    store.apply(Delta(add=[(s, graph) for s in statements for graph in (None, "http://b.example/graph/1")]))
    rows = cypher(
        "MATCH (w:Work {label: 'Moby Dick'})-[:subject]->(topic) "
        "RETURN w.`label@zh`, w.`pages^^integer`, w.note, topic.iri, w.`note#g`"
    )
    graph = "http://b.example/graph/1"
    assert rows == [["白鲸", 635, ["one", "two"], "http://b.example/topic/whales", [graph, graph]]]
