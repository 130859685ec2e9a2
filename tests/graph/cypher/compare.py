"""Whether two answers are the same: rows as a multiset and in the order that the query asks for."""

from collections import Counter
from itertools import takewhile

import pyoxigraph as ox

from common.namespaces import XSD
from graph.backends.oxigraph import run
from graph.cypher.evaluation import in_order
from graph.cypher.unions import query_with_unions
from graph.sparql import algebra as alg
from graph.sparql.serialize import serialize_query
from graph.sparql.terms import Variable
from graph.store import PLAIN, Result, Solutions
from tests.graph.cypher.memory import term
from tests.graph.sparql.engine import graph_form


def expected(store: ox.Store, query: alg.Query) -> Result:
    """The answer of pyoxigraph over the whole data, alternatives in paths as unions."""
    return in_order(run(store, serialize_query(query_with_unions(query)), PLAIN), query)


def same(found: Result, wanted: Result, query: alg.Query) -> bool:
    """Whether they are the same, up to columns' order in ``SELECT *`` and names of blank nodes that are made."""
    if isinstance(found, Solutions) and isinstance(wanted, Solutions):
        keys = _ordered_by(query)
        in_order = _columns(found, keys) == _columns(wanted, keys)
        return in_order and _rows(found, wanted.variables) == _rows(wanted, wanted.variables)
    if isinstance(found, list) and isinstance(wanted, list):
        return _statements(found) == _statements(wanted)
    return type(found) is type(wanted) and found == wanted


def _ordered_by(query: alg.Query) -> list[str]:
    """Columns that the first conditions of ORDER BY name."""
    pattern = query.pattern
    while isinstance(pattern, alg.Project | alg.Distinct | alg.Reduced | alg.Slice):
        pattern = pattern.pattern
    if not isinstance(pattern, alg.OrderBy) or not isinstance(query, alg.Select):
        return []
    keys = takewhile(query.variables.__contains__, (condition.expression for condition in pattern.conditions))
    return [key.name for key in keys if isinstance(key, Variable)]


def _columns(solutions: Solutions, names: list[str]) -> list[list[str]]:
    """What of the order is fixed: up to the first column with literals that have no order among them."""
    columns: list[list[str]] = []
    for name in names:
        cells = [row[solutions.variables.index(name)] for row in solutions.rows]
        kinds = {_kind(cell) for cell in cells if cell is not None and cell.startswith('"')}
        if kinds <= {f"^^<{XSD}integer>"} or not any(kind.startswith("^^") for kind in kinds):
            columns.append([_rank(cell) if cell is None or cell.startswith("_:") else cell for cell in cells])
        else:
            columns.append(list(map(_rank, cells)))
            break
    return columns


def _rank(cell: str | None) -> str:
    return "unbound" if cell is None else cell[0]


def _kind(literal: str) -> str:
    return literal.rpartition('"')[2]


def _rows(solutions: Solutions, columns: list[str]) -> tuple[frozenset[str], Counter[tuple[str | None, ...]]]:
    """Rows without blank nodes as they are; those with some as a graph, each row a node, with how often it is there."""
    where = [solutions.variables.index(name) for name in columns]
    plain: Counter[tuple[str | None, ...]] = Counter()
    quads: list[ox.Quad] = []
    for row in solutions.rows:
        cells = [row[index] for index in where]
        if any(cell is not None and cell.startswith("_:") for cell in cells):
            node = ox.BlankNode()
            cells_of = [(str(i), cell) for i, cell in enumerate(cells) if cell is not None]
            quads += [ox.Quad(node, ox.NamedNode(f"c:{name}"), term(cell)) for name, cell in cells_of]
        else:
            plain[tuple(cells)] += 1
    return graph_form(quads), plain


def _statements(statements: list[str]) -> frozenset[str]:
    lines = "".join(f"{statement} .\n" for statement in statements)
    return graph_form(ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS))
