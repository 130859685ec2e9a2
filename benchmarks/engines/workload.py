"""What is asked: pairs of a SPARQL query and the same in Cypher by hand, with parameters from the data."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from common.namespaces import BF, RDF
from common.terms import value
from graph.parameters import bind
from graph.store import GraphStore, Solutions

_FOLDER = Path(__file__).with_name("queries")
_SEED = 20261126
_SAMPLES = {
    "work": f"SELECT DISTINCT ?x {{ ?x <{BF}subject> ?s ; <{BF}contribution> ?c }}",
    "agent": f"SELECT DISTINCT ?x {{ ?c <{BF}agent> ?x }}",
    "value": f"SELECT DISTINCT ?x {{ ?i <{BF}identifiedBy> ?n . ?n <{RDF}value> ?x }}",
}
"""Name of a parameter -> query for the values that it may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: the same in both languages."""

    name: str
    sparql: str
    cypher: str
    parameters: dict[str, str]


def workload(store: GraphStore, calls: int) -> Iterator[Asked]:
    """``calls`` calls of each pair, seeded."""
    random = Random(_SEED)  # noqa: S311  figures, no secrets
    values = {name: _values(store, query) for name, query in _SAMPLES.items()}
    for path in sorted(_FOLDER.glob("*.rq")):
        text, cypher = path.read_text(encoding="utf-8"), path.with_suffix(".cypher").read_text(encoding="utf-8")
        names = [name for name in values if f"${name}" in text]
        for _ in range(calls):
            chosen = {name: random.choice(values[name]) for name in names}
            bare = {name: value(term) for name, term in chosen.items()}
            yield Asked(path.stem, bind(text, chosen), cypher, bare)


def _values(store: GraphStore, query: str) -> list[str]:
    found = store.query(query)
    assert isinstance(found, Solutions)
    return sorted({row[0] for row in found.rows if row[0]})
