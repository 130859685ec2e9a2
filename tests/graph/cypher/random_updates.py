"""Random updates; the same for the same seed."""

from __future__ import annotations

from random import Random

from graph.sparql import algebra as alg
from graph.sparql.inspect import in_scope
from graph.sparql.terms import Iri, Literal, Variable
from tests.graph.cypher.random_queries import CLASSES, GRAPHS, LINKS, LITERALS, NODES, RDF, TEXTS, Queries

_PLACES = [None, None, *GRAPHS]
_KNOWN = ["DEFAULT", "NAMED", "ALL", *(graph.value for graph in GRAPHS)]
_ENDS = [name for name in _KNOWN if name not in {"NAMED", "ALL"}]


class Updates:
    """Makes operations.

    Args:
        random: Where chance comes from.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._queries = Queries(random)

    def update(self) -> alg.Update:
        """One request."""
        return alg.Update(tuple(self._operation() for _ in range(self._random.choice([1, 1, 1, 2]))))

    def _operation(self) -> alg.Operation:
        random = self._random
        roll = random.random()
        if roll < 0.2:
            return alg.InsertData(tuple(self._quad([]) for _ in range(random.randint(1, 6))))
        if roll < 0.35:
            return alg.DeleteData(tuple(self._quad([]) for _ in range(random.randint(1, 6))))
        if roll < 0.42:
            return alg.GraphManagement(random.choice(["CLEAR", "DROP"]), random.choice(_KNOWN), silent=True)
        if roll < 0.5:
            name, target = random.choice(_ENDS), random.choice(_ENDS)
            return alg.GraphManagement(random.choice(["ADD", "COPY", "MOVE"]), name, target, silent=True)
        return self._modify()

    def _modify(self) -> alg.Modify:
        random = self._random
        pattern = self._queries.pattern(random.randint(0, 2))
        known = [variable for variable in in_scope(pattern) if not variable.hidden]
        delete = tuple(self._quad(known) for _ in range(random.randint(0, 2)))
        insert = tuple(self._quad(known) for _ in range(random.randint(0 if delete else 1, 2)))
        return alg.Modify(delete, insert, pattern)

    def _quad(self, known: list[Variable]) -> alg.QuadPattern:
        """One quad, mostly of values of these variables."""
        random = self._random

        def some(*terms: Iri | Literal) -> Iri | Literal | Variable:
            return random.choice([*known, *known]) if known and random.random() < 0.5 else random.choice(terms)

        subject = some(*NODES)
        roll = random.random()
        if roll < 0.2:
            triple = alg.TriplePattern(subject, Iri(f"{RDF}type"), some(*CLASSES))
        elif roll < 0.6:
            triple = alg.TriplePattern(subject, random.choice(LINKS), some(*NODES, *CLASSES))
        else:
            triple = alg.TriplePattern(subject, random.choice(TEXTS), some(*LITERALS))
        if known and random.random() < 0.1:
            triple = alg.TriplePattern(triple.subject, random.choice(known), triple.object)
        place = random.choice([*_PLACES, *(known if random.random() < 0.2 else [])])
        return alg.QuadPattern(triple, place)
