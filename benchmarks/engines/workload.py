"""What is asked: pairs of a SPARQL query and the same in Cypher by hand, with parameters from the data.

Typical queries stand beside their Cypher. Those of the services are read where the services have them, so that each is
measured as it is: only their Cypher stands here, in the folder of the service's name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.engines.asking import asked
from common.namespaces import BF, RDF
from common.terms import value
from graph.backends.neo4j.registry import Registry
from graph.backends.neo4j.store import Neo4jStore
from graph.parameters import Value, bind
from graph.queries import query_file
from graph.store import GraphStore, Solutions

KINDS = TYPICAL, SERVICE = "typical", "service"
_FOLDER = Path(__file__).with_name("queries")
_SEED = 20261126
_FEWEST = 5
"""Lists and pages of each kind of entity that are asked for, so that most queries are."""
_SAMPLE = "// A sample"
"""Begins Cypher whose rows are any of many: there, only that something is found can be compared."""
_HOLE = re.compile(r"`(\$\w+(?=`)|\$?\w+(?=@`))(@?)`")
_SAMPLES = {
    "work": f"SELECT DISTINCT ?x {{ ?x <{BF}subject> ?s ; <{BF}contribution> ?c }}",
    "agent": f"SELECT DISTINCT ?x {{ ?c <{BF}agent> ?x }}",
    "value": f"SELECT DISTINCT ?x {{ ?i <{BF}identifiedBy> ?n . ?n <{RDF}value> ?x }}",
}
"""Name of a parameter -> query for the values that it may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: the same in both languages.

    Attributes:
        name: Of the query.
        kind: ``TYPICAL`` or ``SERVICE``.
        sparql: With the parameters' values.
        cypher: By hand.
        parameters: Of the Cypher.
    """

    name: str
    kind: str
    sparql: str
    cypher: str
    parameters: Mapping[str, object]

    @property
    def is_sample(self) -> bool:
        """Whether the rows are any of many."""
        return self.cypher.startswith(_SAMPLE)


def typical(store: GraphStore, calls: int) -> Iterator[Asked]:
    """``calls`` calls of each pair, seeded."""
    random = Random(_SEED)  # noqa: S311  figures, no secrets
    values = {name: _values(store, query) for name, query in _SAMPLES.items()}
    for path in sorted(_FOLDER.glob("*.rq")):
        text, cypher = path.read_text(encoding="utf-8"), path.with_suffix(".cypher").read_text(encoding="utf-8")
        names = [name for name in values if f"${name}" in text]
        for _ in range(calls):
            chosen = {name: random.choice(values[name]) for name in names}
            yield Asked(path.stem, TYPICAL, bind(text, chosen), cypher, _bare(chosen))


def of_services(store: Neo4jStore, calls: int) -> Iterator[Asked]:
    """At most ``calls`` calls of each query that services ask and that stands here in Cypher too.

    What finds nothing in this data is left out: it has no authority records (``lives``, ``variants``, ``vocabulary``)
    and no works that name works (``links``).
    """
    found = asked(store, max(calls // 2, _FEWEST))
    random = Random(_SEED)  # noqa: S311  as above
    for path in sorted(_FOLDER.glob("*/*/*.cypher")):
        package, name = ".".join(path.parts[-3:-1]), path.stem
        text, cypher = query_file(package, name), path.read_text(encoding="utf-8")
        given = found.get(text, [])
        for parameters in random.sample(given, min(calls, len(given))):
            by_hand = _with_names(cypher, parameters, store.registry)
            yield Asked(f"{path.parts[-2]}/{name}", SERVICE, bind(text, parameters), by_hand, _bare(parameters))


def _with_names(cypher: str, parameters: Mapping[str, Value], registry: Registry) -> str:
    """Cypher with names in the place of what can't be a parameter.

    `` `$x` `` becomes the types of relationships that the predicates ``$x`` have; `` `label@` `` the keys of the
    property ``label`` in all languages that there are, `` `$x@` `` those of the predicate ``$x``.
    """
    keys = [key for found in registry.keys.values() for key in found]

    def names(hole: re.Match[str]) -> str:
        name, is_key = hole[1].removeprefix("$"), hole[2]
        iris = {value(term) for term in _terms(parameters[name])} if hole[1] != name else set()
        if is_key:
            found = [key.name for key in keys if key.predicate in iris or key.name.partition("@")[0] == hole[1]]
            return ", ".join(f"'{each}'" for each in found) or "null"
        return "|".join(f"`{registry.relationships[iri].name}`" for iri in sorted(iris & registry.relationships.keys()))

    return _HOLE.sub(names, cypher)


def _terms(given: Value) -> list[str]:
    return [given] if isinstance(given, str) else [term for term in given if isinstance(term, str)]


def _bare(parameters: Mapping[str, Value]) -> dict[str, object]:
    """Values as Cypher takes them."""
    return {name: _bare_value(given) for name, given in parameters.items()}


def _bare_value(given: Value | Sequence[str | None] | None) -> object:
    if given is None or isinstance(given, str):
        return given and value(given)
    return [_bare_value(each) for each in given]


def _values(store: GraphStore, query: str) -> list[str]:
    found = store.query(query)
    assert isinstance(found, Solutions)
    return sorted({row[0] for row in found.rows if row[0]})
