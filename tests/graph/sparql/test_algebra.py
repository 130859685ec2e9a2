"""Queries become the algebra of section 18.2. Its text says it literally, and pyoxigraph agrees (test_round_trip)."""

import pytest

from graph.sparql import algebra as alg
from graph.sparql.expressions import Aggregate, Arithmetic, Call, Compare, In, Not, Or
from graph.sparql.parser import parse_query, parse_update
from graph.sparql.paths import Alternative, Inverse, Link, NegatedSet, Sequence, ZeroOrMore
from graph.sparql.serialize import serialize_query, serialize_update
from graph.sparql.terms import BlankNode, Iri, Literal, Variable

XSD = "http://www.w3.org/2001/XMLSchema#"
X, Y, Z = Variable("x"), Variable("y"), Variable("z")

#: Group graph pattern -> the same, said literally.
GROUPS = {
    "triples": ("?x <p:a> 1 ; a <p:b>, <p:c> .", "?x <p:a> 1 . ?x <{rdf}type> <p:b> . ?x <{rdf}type> <p:c> ."),
    "a filter holds for the whole group": (
        "FILTER(?x > ?y) ?x <p:a> ?z . ?z <p:b> ?y",
        "?x <p:a> ?z . ?z <p:b> ?y . FILTER((?x > ?y))",
    ),
    "a filter does not part triples": (
        "_:b <p:a> ?x FILTER(?x) _:b <p:b> ?y",
        "?_1 <p:a> ?x . ?_1 <p:b> ?y . FILTER(?x)",
    ),
    "filters are one condition": ("FILTER(?x) ?x ?y ?z FILTER(?y)", "?x ?y ?z . FILTER((?x && ?y))"),
    "OPTIONAL takes its group's filter": (
        "?x ?y ?z OPTIONAL { ?x <p:a> ?a FILTER(?z = ?a) }",
        "?x ?y ?z . OPTIONAL { ?x <p:a> ?a . FILTER((?z = ?a)) }",
    ),
    "OPTIONAL leaves a filter in braces": (
        "?x ?y ?z OPTIONAL { { ?x <p:a> ?a FILTER(?z = ?a) } }",
        "?x ?y ?z . OPTIONAL { SELECT ?x ?a WHERE { ?x <p:a> ?a . FILTER((?z = ?a)) } }",
    ),
    "order of joins": (
        "?x <p:a> 1 OPTIONAL { ?x <p:b> 2 } ?x <p:c> 3",
        "?x <p:a> 1 . OPTIONAL { ?x <p:b> 2 . } ?x <p:c> 3 .",
    ),
    "empty groups fall away": ("{} ?x ?y ?z { {} }", "?x ?y ?z ."),
    "braces stay where they matter": (
        "?x ?y ?z { ?a ?b ?c FILTER(?x) }",
        "?x ?y ?z . { ?a ?b ?c . FILTER(?x) }",
    ),
    "UNION, MINUS, GRAPH, VALUES": (
        "{ ?x ?y 1 } UNION { ?x ?y 2 } UNION {} MINUS { ?x ?y 3 } GRAPH ?g { ?x ?y 4 } VALUES ?x { UNDEF }",
        "{ ?x ?y 1 . } UNION { ?x ?y 2 . } UNION {} MINUS { ?x ?y 3 . } GRAPH ?g { ?x ?y 4 . } VALUES (?x) { (UNDEF) }",
    ),
    "BIND": ("?x ?y ?z BIND(?x + 1 AS ?b) ?b ?y 1", "?x ?y ?z . BIND((?x + 1) AS ?b) ?b ?y 1 ."),
    "sequences and inverses are triples": (
        "?x <p:a>/^<p:b>/(<p:c>/<p:d>) ?y",
        "?x <p:a> ?_1 . ?_2 <p:b> ?_1 . ?_2 <p:c> ?_3 . ?_3 <p:d> ?y .",
    ),
    "an inverse path turns round": ("?x ^(<p:a>/<p:b>*) ?y", "?y <p:a> ?_1 . ?_1 (<p:b>*) ?x ."),
    "other paths": (
        "?x <p:a>|^<p:b> ?y . ?x (<p:a>/<p:b>)+ ?z . ?x !(a|^<p:b>)? ?z",
        "?x (<p:a>|(^<p:b>)) ?y . ?x ((<p:a>/<p:b>)+) ?z . ?x (!(<{rdf}type>|^<p:b>)?) ?z .",
    ),
    "a collection": (
        "?x <p:a> (1 [ <p:b> 2 ])",
        (
            "?_1 <{rdf}first> 1 . ?_1 <{rdf}rest> ?_2 . "
            "?_3 <p:b> 2 . ?_2 <{rdf}first> ?_3 . ?_2 <{rdf}rest> <{rdf}nil> . "
            "?x <p:a> ?_1 ."
        ),
    ),
    "EXISTS": ("?x ?y ?z FILTER NOT EXISTS { ?x <p:a> [] }", "?x ?y ?z . FILTER((NOT EXISTS { ?x <p:a> ?_1 . }))"),
    "a subquery": (
        "{ SELECT DISTINCT ?x { ?x ?y ?z } ORDER BY ?z LIMIT 2 OFFSET 1 }",
        "SELECT DISTINCT ?x WHERE { ?x ?y ?z . } ORDER BY ASC(?z) LIMIT 2 OFFSET 1",
    ),
}


@pytest.mark.parametrize(("group", "literally"), GROUPS.values(), ids=GROUPS)
def test_group(group: str, literally: str) -> None:
    """Filters, joins, paths and shorthands stand where the specification puts them."""
    literally = literally.replace("{rdf}", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
    assert serialize_query(parse_query(f"ASK {{ {group} }}")) == f"ASK {{ {literally} }}"


#: SELECT -> the same, said literally.
SELECTS = {
    "columns of * are in order of appearance": (
        "* { ?z ?x [] BIND(1 AS ?y) }",
        "?z ?x ?y WHERE { ?z ?x ?_1 . BIND(1 AS ?y) }",
    ),
    "expressions": (
        "?x (?y + 1 AS ?a) (?a * 2 AS ?b) { ?x ?y ?z }",
        "?x ?a ?b WHERE { ?x ?y ?z . BIND((?y + 1) AS ?a) BIND((?a * 2) AS ?b) }",
    ),
    "GROUP BY": (
        "?x (COUNT(?y) AS ?n) { ?x ?y ?z } GROUP BY ?x",
        "?x ?n WHERE { { SELECT ?x (COUNT(?y) AS ?_1) WHERE { ?x ?y ?z . } GROUP BY ?x } BIND(?_1 AS ?n) }",
    ),
    "an implicit group": (
        "(MAX(?x) - MIN(?x) AS ?d) { ?x ?y ?z }",
        "?d WHERE { { SELECT (MAX(?x) AS ?_2) (MIN(?x) AS ?_3) WHERE { ?x ?y ?z . } } BIND((?_2 - ?_3) AS ?d) }",
    ),
    "an equal aggregate is one": (
        "?x { ?x ?y ?z } GROUP BY ?x HAVING (SUM(?z) > 1) ORDER BY DESC(SUM(?z))",
        (
            "?x WHERE { { SELECT ?x (SUM(?z) AS ?_1) WHERE { ?x ?y ?z . } GROUP BY ?x } FILTER((?_1 > 1)) } "
            "ORDER BY DESC(?_1)"
        ),
    ),
    "an expression as key": (
        "?k { ?x ?y ?z } GROUP BY (STR(?x) AS ?k) (STR(?y))",
        "?k WHERE { SELECT ?k ?_2 WHERE { ?x ?y ?z . BIND(STR(?x) AS ?k) BIND(STR(?y) AS ?_2) } GROUP BY ?k ?_2 }",
    ),
    "a variable that is not grouped is sampled": (
        "?x { ?x ?y ?z } GROUP BY ?x ORDER BY ?y",
        "?x WHERE { SELECT ?x (SAMPLE(?y) AS ?_1) WHERE { ?x ?y ?z . } GROUP BY ?x } ORDER BY ASC(?_1)",
    ),
    "VALUES joins what HAVING leaves": (
        "?x { ?x ?y ?z } GROUP BY ?x HAVING (COUNT(*) > 1) VALUES ?x { 1 }",
        (
            "?x WHERE { { { SELECT ?x (COUNT(*) AS ?_1) WHERE { ?x ?y ?z . } GROUP BY ?x } FILTER((?_1 > 1)) } "
            "VALUES (?x) { (1) } }"
        ),
    ),
    "COUNT(DISTINCT *) counts solutions without blank nodes": (
        "(COUNT(DISTINCT *) AS ?n) { ?x ?y [] }",
        (
            "?n WHERE { { SELECT (COUNT(DISTINCT *) AS ?_1) WHERE { { SELECT ?x ?y WHERE { ?x ?y ?_2 . } } } } "
            "BIND(?_1 AS ?n) }"
        ),
    ),
}


def test_numbers_of_hidden_names_do_not_matter() -> None:
    """A query's own variables never meet those that the text makes up."""
    text = serialize_query(parse_query("SELECT * { ?_1 ?__2 [] }"))
    assert text == "SELECT ?_1 ?__2 WHERE { ?_1 ?__2 ?___1 . }"


@pytest.mark.parametrize(("select", "literally"), SELECTS.values(), ids=SELECTS)
def test_select(select: str, literally: str) -> None:
    """Grouping, expressions, order and slices stand where the specification puts them."""
    query = parse_query(f"SELECT {select}")
    assert _renumbered(serialize_query(query)) == _renumbered(f"SELECT {literally}")


def _renumbered(text: str) -> str:
    """Hidden variables in order of appearance."""
    names: dict[str, str] = {}
    words = text.replace("(", "( ").replace(")", " )").split(" ")
    return " ".join(names.setdefault(word, f"?_{len(names)}") if word.startswith("?_") else word for word in words)


def test_expressions() -> None:
    """Operators bind as the grammar says; chains of || and && are flat; a sign before digits is part of the number."""
    query = parse_query("ASK { FILTER(!BOUND(?x) || ?x + 2 * 3 -1 > ?y || ?x NOT IN (1, URI('a:b'))) }")
    condition = query.pattern.condition if isinstance(query.pattern, alg.Filter) else None
    one, two, three = (Literal(digit, f"{XSD}integer") for digit in "123")
    total = Arithmetic("+", Arithmetic("+", X, Arithmetic("*", two, three)), Literal("-1", f"{XSD}integer"))
    options = (one, Call("IRI", (Literal("a:b"),)))
    assert condition == Or((Not(Call("BOUND", (X,))), Compare(">", total, Y), In(X, options, negated=True)))


def test_literals_are_as_written() -> None:
    """Lexical forms, escapes, languages and datatypes."""
    query = parse_query(
        r"""PREFIX x: <http://www.w3.org/2001/XMLSchema#>
        ASK { VALUES ?x { 01 -1.50 +1e0 tRuE "a\"\t\u00e9\\u0041" '''it's
"x"''' "a"@en-GB "1"^^x:byte } }"""
    )
    assert isinstance(query.pattern, alg.Values)
    assert [row[0] for row in query.pattern.rows] == [
        Literal("01", f"{XSD}integer"),
        Literal("-1.50", f"{XSD}decimal"),
        Literal("+1e0", f"{XSD}double"),
        Literal("true", f"{XSD}boolean"),
        Literal('a"\té\\u0041'),
        Literal('it\'s\n"x"'),
        Literal("a", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "en-GB"),
        Literal("1", f"{XSD}byte"),
    ]


def test_names_and_relative_iris() -> None:
    """Prefixes and BASE as declared before; escapes of local names and codepoints; IRI() knows the base."""
    query = parse_query(
        r"BASE <http://a.example/b/c> PREFIX : <d#> PREFIX \u0065: <../e/> "
        r"ASK { :x\,y.z e:%41 <> BIND(IRI('f') AS ?x) }"
    )
    assert query.pattern == alg.Extend(
        alg.BGP(
            (
                alg.TriplePattern(
                    Iri("http://a.example/b/d#x,y.z"), Iri("http://a.example/e/%41"), Iri("http://a.example/b/c")
                ),
            )
        ),
        X,
        Call("IRI", (Literal("f"), Iri("http://a.example/b/c"))),
    )


def test_paths() -> None:
    """The nodes of paths that are no triples."""
    query = parse_query("ASK { ?x (<p:a>|^<p:b>/<p:c>)* ?y . ?x !() ?y . ?x !^<p:a> ?y }")
    steps = (Inverse(Link("p:b")), Link("p:c"))
    assert query.pattern == alg.BGP(
        (
            alg.PathPattern(X, ZeroOrMore(Alternative((Link("p:a"), Sequence(steps)))), Y),
            alg.PathPattern(X, NegatedSet((), None), Y),
            alg.PathPattern(X, NegatedSet(None, ("p:a",)), Y),
        )
    )


def test_aggregates() -> None:
    """All of them, with DISTINCT and SEPARATOR."""
    query = parse_query("SELECT (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=', ') AS ?a) (COUNT(*) AS ?b) { ?x ?y ?z }")
    groups = [node for node in _chain(query.pattern) if isinstance(node, alg.Group)]
    assert [(group.keys, group.implicit) for group in groups] == [((), True)]
    assert [aggregate for _, aggregate in groups[0].aggregates] == [
        Aggregate("GROUP_CONCAT", X, distinct=True, separator=", "),
        Aggregate("COUNT", None),
    ]


def _chain(pattern: object) -> list[object]:
    chain = [pattern]
    while hasattr(chain[-1], "pattern"):
        chain.append(chain[-1].pattern)
    return chain


def test_forms_and_datasets() -> None:
    """ASK, CONSTRUCT (also short), DESCRIBE; FROM."""
    triple = alg.TriplePattern(X, Iri("p:a"), Y)
    assert parse_query("ASK FROM <g:a> FROM NAMED <g:b> FROM <g:c> { ?x <p:a> ?y }") == alg.Ask(
        alg.BGP((triple,)), alg.Dataset(("g:a", "g:c"), ("g:b",))
    )
    assert parse_query("CONSTRUCT WHERE { ?x <p:a> ?y }") == alg.Construct((triple,), alg.BGP((triple,)))
    template = (alg.TriplePattern(BlankNode("a"), Iri("p:a"), Y),)
    made = alg.Construct(template, alg.Slice(alg.BGP((triple,)), 0, 1))
    assert parse_query("CONSTRUCT { _:a <p:a> ?y } { ?x <p:a> ?y } LIMIT 1") == made
    assert parse_query("DESCRIBE <a:b>") == alg.Describe((Iri("a:b"),))
    assert parse_query("DESCRIBE * { ?x <p:a> ?y }") == alg.Describe((X, Y), alg.BGP((triple,)))


#: Update -> the same, said literally.
UPDATES = {
    "INSERT DATA { <a:b> <p:a> 1 GRAPH <g:a> { _:x <p:a> [] } }": (
        "INSERT DATA { <a:b> <p:a> 1 . GRAPH <g:a> { _:b1 <p:a> _:b2 . } }"
    ),
    "DELETE WHERE { ?x <p:a> ?y GRAPH ?g { ?y ?z 1 } }": (
        "DELETE { ?x <p:a> ?y . GRAPH ?g { ?y ?z 1 . } } WHERE { ?x <p:a> ?y . GRAPH ?g { ?y ?z 1 . } }"
    ),
    "WITH <g:a> DELETE { ?x ?y ?z } INSERT { [] ?y ?z GRAPH <g:b> { ?x ?y 1 } } WHERE { ?x ?y ?z }": (
        "WITH <g:a> DELETE { GRAPH <g:a> { ?x ?y ?z . } } "
        "INSERT { GRAPH <g:a> { _:b1 ?y ?z . } GRAPH <g:b> { ?x ?y 1 . } } WHERE { ?x ?y ?z . }"
    ),
    "WITH <g:a> INSERT { ?x ?y ?z } USING <g:b> USING NAMED <g:c> WHERE { ?x ?y ?z }": (
        "INSERT { GRAPH <g:a> { ?x ?y ?z . } } USING <g:b> USING NAMED <g:c> WHERE { ?x ?y ?z . }"
    ),
    "LOAD SILENT <a:b> INTO GRAPH <g:a> ; CLEAR NAMED; drop silent graph <g:a>;": (
        "LOAD SILENT <a:b> INTO GRAPH <g:a> ;\nCLEAR NAMED ;\nDROP SILENT GRAPH <g:a>"
    ),
    "CREATE GRAPH <g:a>; COPY <g:a> TO DEFAULT; MOVE SILENT GRAPH <g:a> TO <g:b>": (
        "CREATE GRAPH <g:a> ;\nCOPY GRAPH <g:a> TO DEFAULT ;\nMOVE SILENT GRAPH <g:a> TO GRAPH <g:b>"
    ),
    "": "",
}


@pytest.mark.parametrize(("update", "literally"), UPDATES.items())
def test_update(update: str, literally: str) -> None:
    """WITH is in the templates, USING is the dataset, DELETE WHERE is a pattern."""
    assert serialize_update(parse_update(update)) == literally


def test_with_changes_the_default_graph_only() -> None:
    """The pattern of WITH sees the store's named graphs; that of USING sees those that it names."""
    text = "{ INSERT { ?x ?y ?z } USING <g:b> WHERE {} ; WITH <g:a> INSERT { ?x ?y ?z } WHERE {}".removeprefix("{ ")
    operations = parse_update(text).operations
    datasets = [operation.dataset for operation in operations if isinstance(operation, alg.Modify)]
    assert datasets == [alg.Dataset(("g:b",), ()), alg.Dataset(("g:a",), None)]
