"""What a query tells of itself before it runs."""

import pytest

from graph.sparql.inspect import certain, depth, has_service, in_scope, is_open, loads, possible, predicates, size
from graph.sparql.parser import parse_query, parse_update
from graph.sparql.terms import Variable

#: Group -> variables in scope, certain ones, those that can have a value.
SCOPES = {
    "?a ?b _:c . ?a <p:a>* ?d": ("a b d", "a b d", "a b d"),
    "?a ?b 1 FILTER(?c)": ("a b", "a b", "a b"),
    "?a ?b 1 OPTIONAL { ?a ?c ?d }": ("a b c d", "a b", "a b c d"),
    "{ ?a ?b 1 } UNION { ?a ?c 2 }": ("a b c", "a", "a b c"),
    "?a ?b 1 MINUS { ?a ?c 2 }": ("a b", "a b", "a b"),
    "GRAPH ?g { ?a ?b 1 }": ("g a b", "a b g", "a b g"),
    "SERVICE SILENT ?g { ?a ?b 1 }": ("g a b", "", "a b g"),
    "SERVICE <s:a> { ?a ?b 1 }": ("a b", "a b", "a b"),
    "VALUES (?a ?b ?c) { (1 UNDEF UNDEF) (1 2 UNDEF) }": ("a b c", "a", "a b"),
    "?a ?b 1 BIND(?a AS ?c) BIND(?a + 1 AS ?d) BIND(2 AS ?e)": ("a b c d e", "a b c e", "a b c d e"),
    "{ SELECT ?a ?x { ?a ?b 1 } }": ("a x", "a", "a"),
    "{ SELECT ?a (COUNT(*) AS ?n) (SUM(?b) AS ?s) { ?a ?b 1 } GROUP BY ?a }": ("a n s", "a n", "a n s"),
    "{ SELECT DISTINCT * { ?a ?b 1 } ORDER BY ?a LIMIT 1 }": ("a b", "a b", "a b"),
}


@pytest.mark.parametrize(("group", "expected"), SCOPES.items())
def test_variables(group: str, expected: tuple[str, str, str]) -> None:
    """In scope (18.2.1), with a value in every solution, with a value in some."""
    pattern = parse_query(f"ASK {{ {group} }}").pattern
    assert pattern is not None

    def visible(variables: tuple[Variable, ...] | list[Variable]) -> str:
        return " ".join(variable.name for variable in variables if not variable.hidden)

    by_name = {"key": lambda variable: variable.name}
    found = (in_scope(pattern), sorted(certain(pattern), **by_name), sorted(possible(pattern), **by_name))
    assert tuple(map(visible, found)) == expected


def test_blank_nodes_are_in_scope_as_hidden_variables() -> None:
    """They join triples of one group, so that who evaluates must see them."""
    pattern = parse_query("ASK { _:a ?p ?x . _:a ?q ?y }").pattern
    assert [variable.hidden for variable in in_scope(pattern)] == [True, False, False, False, False]


def test_predicates() -> None:
    """Also those in paths, subqueries, EXISTS and updates; not those that are made."""
    query = parse_query("CONSTRUCT { ?x <p:0> 1 } { ?x <p:1>/^<p:2> ?y . { SELECT ?x { ?x <p:3>|<p:4> ?y } } }")
    assert predicates(query) == {"p:1", "p:2", "p:3", "p:4"}
    assert not is_open(query)
    update = parse_update("DELETE { ?x <p:0> 1 } WHERE { ?x a <c:1> FILTER NOT EXISTS { ?x !(<p:1>|^<p:2>) ?y } }")
    assert predicates(update) == {"p:1", "p:2", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}
    assert is_open(update)
    assert is_open(parse_query("ASK { ?x ?p ?y }"))


def test_service_and_load() -> None:
    """Wherever they stand."""
    assert has_service(parse_query("ASK { FILTER EXISTS { { SELECT * { SERVICE <s:a> {} } } } }"))
    assert not has_service(parse_query("ASK { ?service ?p 'SERVICE' }"))
    assert loads(parse_update("CLEAR ALL; LOAD <a:b>"))
    assert not loads(parse_update("CLEAR ALL"))


def test_size_and_depth() -> None:
    """Nodes and levels of the tree, without recursion."""
    chain = parse_query("ASK { FILTER(" + "1+" * 200 + "1) }")
    assert (depth(chain), size(chain)) == (203, 404)
