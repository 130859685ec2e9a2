"""The query form, and results as a table that a person can read and follow."""

import json
from dataclasses import replace
from typing import Any

from flask import Response

from api import html
from api.headers import SEQUENCE
from api.platform import platform
from api.problems import Problem, problem_of
from common import terms
from common.errors import QueryError
from common.namespaces import PREFIXES
from services.sparql.formats import of_kind
from services.sparql.messages import Query
from services.sparql.pool import Answer

SHOWN_ROWS = 1_000
"""Most rows that a page shows; the download links give all."""

_EXAMPLE = """\
# The ten subjects with the most works
PREFIX bf: <http://id.loc.gov/ontologies/bibframe/>
PREFIX bg: <https://w3id.org/bibliograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?subject (SAMPLE(?label) AS ?heading) (COUNT(DISTINCT ?work) AS ?works) WHERE {
  ?work bf:subject/bg:canonical ?subject .
  ?subject rdfs:label ?label .
}
GROUP BY ?subject
ORDER BY DESC(?works) ?subject
LIMIT 10
"""


def form() -> Response:
    """The empty form with an example."""
    return html.page("sparql.html", text=_EXAMPLE, prefixes=PREFIXES)


def results(query: Query) -> Response:
    """The first rows as a table under the query that gave them; an error stands beside the query too."""
    try:
        answer = platform().pool.query(replace(query, solutions="json", graph="ntriples", first_rows=SHOWN_ROWS))
    except QueryError as error:
        problem = problem_of(error)
        return _page(query, problem=problem, status=problem.status)
    with answer.file as file:
        data = file.read()
    stages = platform().graph.explain(answer.expanded or query.text)
    response = _page(query, answer=answer, **_table(answer, data), formats=of_kind(answer.kind), stages=stages)
    response.headers[SEQUENCE] = str(answer.sequence)
    return response


def _page(query: Query, problem: Problem | None = None, status: int = 200, **values: Any) -> Response:
    marked = _lines(query.text, problem.line) if problem is not None and problem.line else []
    response = html.page("sparql.html", text=query.text, query=query, problem=problem, marked=marked, **values)
    response.status_code = status
    return response


def _lines(text: str, line: int) -> list[tuple[int, str, bool]]:
    """The lines around an error: number, text, and whether it is the one."""
    lines = text.split("\n")
    first, last = max(line - 3, 0), min(line + 2, len(lines))
    return [(n + 1, lines[n], n + 1 == line) for n in range(first, last)]


def _table(answer: Answer, data: bytes) -> dict[str, Any]:
    if answer.kind == "graph":
        statements = (line.removesuffix(" .") for line in data.decode().splitlines() if line)
        rows: list[list[str | None]] = [list(terms.split_statement(statement)) for statement in statements]
        return {"variables": ["subject", "predicate", "object"], "rows": rows}
    result = json.loads(data)
    if "boolean" in result:
        return {"boolean": result["boolean"]}
    variables = result["head"]["vars"]
    return {
        "variables": variables,
        "rows": [[_term(row.get(name)) for name in variables] for row in result["results"]["bindings"]],
    }


def _term(bound: dict[str, str] | None) -> str | None:
    """N-Triples text of a binding."""
    if bound is None:
        return None
    if bound["type"] == "uri":
        return f"<{bound['value']}>"
    if bound["type"] == "bnode":
        return f"_:{bound['value']}"
    return terms.literal(bound["value"], bound.get("xml:lang"), bound.get("datatype"))
