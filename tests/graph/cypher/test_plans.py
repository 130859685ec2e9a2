"""What becomes of a query: Cypher as text, what is left for memory, and the limits of that."""

import pyoxigraph as ox
import pytest

from common.errors import QueryLimitError
from common.namespaces import RDF, XSD
from graph.backends.neo4j.registry import Key, Name, Registry
from graph.cypher import residual
from graph.cypher.compiler import compile_query
from graph.cypher.evaluation import plan
from graph.cypher.explaining import stages
from graph.cypher.plan import Plan
from graph.sparql.parser import parse_query
from graph.store import PLAIN
from tests.graph.cypher.memory import MemorySource

REGISTRY = Registry(
    1,
    {"c:Work": Name("c:Work", "Work")},
    {"p:agent": Name("p:agent", "agent", named=True), "p:secret": Name("p:secret", "secret", named=True, hidden=True)},
    {
        "p:title": (Key("p:title", f"{XSD}string", None, "string", "title"),),
        "p:year": (Key("p:year", f"{XSD}integer", None, "integer", "year"),),
        "p:label": (
            Key("p:label", f"{XSD}string", None, "string", "label"),
            Key("p:label", f"{RDF}langString", "ja", "string", "label@ja", multi=True),
        ),
    },
)


def compiled(text: str) -> Plan:
    """Its plan with these names."""
    return compile_query(parse_query(text), REGISTRY)


@pytest.mark.parametrize(
    ("text", "cypher"),
    [
        (
            "SELECT ?t { ?w a <c:Work> ; <p:agent> <n:1> ; <p:title> ?t }",
            [
                "MATCH (v1:Resource {iri: $p0})",
                "MATCH (v2)-[v3:`agent`]->(v1) WHERE v2:`Work` AND v2.`title` IS NOT NULL",
                "RETURN v2.`title` AS c0",
            ],
        ),
        (
            "SELECT ?w ?t { ?w <p:agent> ?a OPTIONAL { ?a <p:title> ?t } }",
            ["MATCH (v1)-[v3:`agent`]->(v2)", "RETURN v1.iri AS c0, v2.`title` AS c1"],
        ),
        (
            "SELECT ?w { VALUES ?w { <n:1> <n:2> } ?w <p:secret> ?x }",
            [
                "UNWIND $p0 AS v1",
                "MATCH (v2:Resource {iri: v1})",
                "MATCH (v2)-[v4:`secret`]->(v3) WHERE v4.d IS NULL",
                "RETURN v2.iri AS c0",
            ],
        ),
        (
            "SELECT ?y { GRAPH <g:1> { ?w <p:agent> ?a } ?w <p:year> ?y FILTER(?y > 1900) } ORDER BY DESC(?y) LIMIT 5",
            [
                "MATCH (:_Graph {iri: $p0})-[:_states]->(v1) WHERE v1.`year` IS NOT NULL AND (v1.`year` > $p1)",
                "MATCH (v1)-[v3:`agent`]->(v2) WHERE $p0 IN coalesce(v3.g, [])",
                "RETURN v1.`year` AS c0",
                "ORDER BY v1.`year` DESC",
                "LIMIT $p2",
            ],
        ),
        (
            "SELECT ?w ?t { ?w <p:agent> <n:1> OPTIONAL { ?w a ?t FILTER(?t = <c:Work>) } }",
            [
                "MATCH (v1:Resource {iri: $p0})",
                "MATCH (v2)-[v3:`agent`]->(v1)",
                "RETURN v2.iri AS c0, CASE WHEN v2:`Work` AND ($p1 = $p1) THEN $p1 END AS c1",
            ],
        ),
        (
            "SELECT ?w { <n:1> ?p ?w FILTER(?p NOT IN (<p:secret>)) ?w <p:title> ?t }",
            [
                "MATCH (v1:Resource {iri: $p0})",
                "CALL (v1) {",
                "  MATCH (v1)-[v3:`agent`]->(v2)",
                "  RETURN $p1 AS v5, v2.iri AS v6",
                "  UNION ALL",
                "  UNWIND [1] AS v4",
                "  WITH * WHERE v1:`Work`",
                "  RETURN $p3 AS v5, $p2 AS v6",
                "}",
                "MATCH (v7:Resource {iri: v6}) WHERE v7.`title` IS NOT NULL AND (NOT (v5 IN $p5))",
                "RETURN v7.iri AS c0",
            ],
        ),
        (
            "SELECT ?w ?g { ?w <p:secret> ?x . GRAPH ?g { ?w <p:secret> ?x } }",
            [
                "MATCH (v1)-[v3:`secret`]->(v2) WHERE v3.d IS NULL",
                "UNWIND v3.g AS v4",
                "RETURN v1.iri AS c0, v4 AS c1",
            ],
        ),
        (
            "SELECT ?w { ?w <p:agent>|(<p:agent>/<p:agent>)|<p:secret> <n:1> }",
            [
                "CALL () {",
                "  MATCH (v1:Resource {iri: $p0})",
                "  MATCH (v2)-[v3:`agent`|`secret`]->(v1) WHERE v3.d IS NULL",
                "  RETURN v2 AS v9",
                "  UNION ALL",
                "  MATCH (v4:Resource {iri: $p0})",
                "  MATCH (v5)-[v6:`agent`]->(v4)",
                "  MATCH (v7)-[v8:`agent`]->(v5)",
                "  RETURN v7 AS v9",
                "}",
                "RETURN v9.iri AS c0",
            ],
        ),
    ],
)
def test_cypher(text: str, cypher: list[str]) -> None:
    """It is what a person would write, more or less."""
    found = compiled(text)
    assert found.is_whole
    assert found.statements[0].text.split("\n") == cypher


def test_no_value_stands_in_the_text() -> None:
    """Constants are parameters, whatever they hold."""
    found = compiled("SELECT * { ?w <p:title> '`}) DETACH DELETE' FILTER(STR(?w) != '\\' OR 1=1') }").statements[0]
    assert "DELETE" not in found.text
    assert "OR 1" not in found.text


def test_only_parameters_that_are_used_are_sent() -> None:
    """Lists are sent as a whole, names of the graph only where something is looked up in them, and then once."""
    found = compiled("SELECT * { ?s ?p ?o . ?t ?q ?o FILTER(?p IN (<p:agent>, <p:title>)) }").statements[0]
    assert all(f"${name}" in found.text for name in found.parameters)
    maps = [value for value in found.parameters.values() if isinstance(value, dict)]
    assert all(maps.count(each) == 1 for each in maps)


def test_what_is_unknown_matches_nothing() -> None:
    """No statement is sent for a predicate that no statement has."""
    assert compiled("SELECT * { ?s <p:none> ?o }").statements[0].text == ""


def test_the_end_of_a_query_is_done_on_the_rows() -> None:
    """REGEX that the database would read otherwise is left for here, over the rows of the rest; the plan says so."""
    found = compiled("SELECT ?w { ?w <p:label> ?l . ?w a <c:Work> FILTER(REGEX(?l, '\\\\w')) FILTER(?w != <n:1>) }")
    assert len(found.statements) == 1
    assert found.residual is None
    assert found.finish is not None
    assert "NOT (v1.iri =" in found.statements[0].text
    assert "REGEX" in stages(found)[-1].text
    assert "SERVICE <urn:x-rows:N>: the rows of the Cypher statements above" in stages(found)[-1].text


def test_long_parameters_are_shown_in_part() -> None:
    """A list of thousands of values does not bury the rest of a plan; its size is said."""
    works = " ".join(f"<n:{number}>" for number in range(1_000))
    found = stages(compiled(f"SELECT ?w {{ VALUES ?w {{ {works} }} ?w a <c:Work> }}"))
    (shown,) = (each.text for each in found if each.name == "parameters")
    assert shown.startswith("$p0 = ['n:0', 'n:1', ")
    assert "… (8,890 characters)" in shown
    assert len(shown) < len(works) / 2


def test_the_largest_part_is_pushed() -> None:
    """What is in the midst of a query is left for memory, over the rows of the rest; the plan says so."""
    found = compiled(
        "SELECT ?w { ?w <p:agent> ?a OPTIONAL { ?w <p:label> ?l FILTER(MD5(?l) = 'x') } FILTER(?w != <n:1>) }"
    )
    assert len(found.statements) == 2
    assert found.residual is not None
    assert found.residual.needs == ()
    assert "MD5(?l" in found.residual.text
    assert "because of" in stages(found)[-1].text


def test_a_part_is_narrowed_down_to_what_the_others_leave() -> None:
    """The agents' labels are asked for only where the group, of which Cypher gives no mean, leaves their works."""
    found = compiled(
        "SELECT ?w ?l ?s { { SELECT ?w (AVG(?y) AS ?s) { ?w <p:year> ?y } GROUP BY ?w } "
        "?w <p:agent> ?a . ?a <p:label> ?l }"
    )
    restrictions = [statement.restriction for statement in found.statements]
    assert restrictions[0] is None
    assert restrictions[1] is not None
    assert [variable.name for variable in restrictions[1].variables] == ["w"]


def test_a_plan_is_made_once() -> None:
    """The same text over the same names has the same plan; over others a new one."""
    text = "SELECT * { ?once <p:title> ?t }"
    assert plan(text, PLAIN, REGISTRY) is plan(text, PLAIN, REGISTRY)
    assert plan(text, PLAIN, Registry(2)) is not plan(text, PLAIN, REGISTRY)


def test_too_much_for_memory_is_refused_in_words() -> None:
    """The error names the construct that needs it."""
    store = ox.Store()
    store.update("INSERT DATA { <n:1> <p:a> 1, 2, 3, 4 ; <p:b> 1 }")
    query = parse_query("SELECT * { ?s <p:b> ?o . ?s (<p:a>/<p:b>)+ ?x }")
    with pytest.raises(QueryLimitError, match=r"the path .*<p:a>.* needs more than 3 statements"):
        residual.evaluate(query, MemorySource(store), most=3)


def test_only_what_a_query_looks_at_is_fetched() -> None:
    """Triple patterns with their constants, each once; of a graph that is only named, one quad."""
    source = MemorySource()
    text = "ASK { ?s <p:a> <n:1> . ?s <p:a> ?o FILTER EXISTS { GRAPH <g:1> { ?s <p:b> 01 } } GRAPH <g:2> {} }"
    residual.evaluate(parse_query(text), source)
    one = f'"1"^^<{XSD}integer>'
    wanted = [((None, "<p:a>", None), ""), ((None, "<p:b>", one), "g:1"), ((None, None, None), "g:2")]
    assert sorted(source.asked, key=str) == sorted(wanted, key=str)


def test_a_variable_that_is_not_in_scope_is_unbound() -> None:
    """A nested group does not see what stands around it; with VALUES, UNDEF goes with any value."""
    nested = compiled("SELECT * { ?w <p:agent> ?a { ?x <p:year> ?y FILTER(BOUND(?a)) } }")
    assert "AND false" in nested.statements[0].text
    undefined = compiled("SELECT ?w { ?w <p:agent> ?a } VALUES (?w ?a) { (<n:1> UNDEF) (<n:2> <n:3>) }")
    assert undefined.is_whole
    assert "IS NULL OR" in undefined.statements[0].text


@pytest.mark.parametrize(
    ("text", "is_finished"),
    [
        ("SELECT ?w (GROUP_CONCAT(?t) AS ?all) { ?w <p:title> ?t } GROUP BY ?w ORDER BY ?all", True),
        ("SELECT * { { ?w <p:title> ?t FILTER(REGEX(?t, '^a+$', 'i')) } UNION { ?w <p:agent> ?t } }", False),
        ("SELECT (UCASE(?t) AS ?u) { { ?w <p:title> ?t } UNION { ?w <p:year> ?t } } LIMIT 3", True),
        ("ASK { ?w <p:year> ?y FILTER(?y / 2 > 900.5) }", True),
        ("SELECT ?w { ?w <p:year> ?y FILTER(?y * 2 - 1 > 900.5) }", False),
        ("CONSTRUCT { ?w <p:up> ?u } { ?w <p:title> ?t BIND(IRI(CONCAT('u:', ?t)) AS ?u) }", True),
    ],
)
def test_rows_are_enough(text: str, *, is_finished: bool) -> None:
    """Of these queries nothing is left for memory."""
    found = compiled(text)
    assert found.is_whole
    assert (found.finish is not None) == is_finished
