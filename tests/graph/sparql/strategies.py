"""Algebra at random, in the form in which the parser builds it: its text is read as exactly the same again."""

from hypothesis import strategies as st

from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql import paths
from graph.sparql.algebra import Pattern
from graph.sparql.expressions import Expression
from graph.sparql.inspect import in_scope
from graph.sparql.syntax import UNIT, join
from graph.sparql.terms import Iri, Literal, Variable

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

names = st.sampled_from(["a", "b", "c", "x1", "名", "_2"])
variables = st.builds(Variable, names)
iris = st.builds(Iri, st.sampled_from(["p:a", "p:b", "http://a.example/b#c", "http://a.example/書?q=%41"]))
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
literals = st.one_of(
    st.builds(Literal, text),
    st.builds(Literal, text, st.just(f"{RDF}langString"), st.sampled_from(["en", "zh-Hant-TW"])),
    st.builds(
        Literal, text, st.sampled_from([f"{XSD}integer", f"{XSD}boolean", f"{XSD}decimal", "http://a.example/t"])
    ),
    st.builds(Literal, st.integers(0, 99).map(str), st.just(f"{XSD}integer")),
    st.builds(Literal, st.sampled_from(["true", "false"]), st.just(f"{XSD}boolean")),
)
terms = iris | literals
nodes = variables | iris | literals


def _members(children: st.SearchStrategy[paths.Path], kind: type) -> st.SearchStrategy[paths.Path]:
    """At least two, none of the kind itself: the parser makes one of them."""
    member = children.filter(lambda path: not isinstance(path, kind))
    return st.lists(member, min_size=2, max_size=3).map(lambda found: kind(tuple(found)))


_links = st.builds(paths.Link, iris.map(lambda iri: iri.value))
_some = st.lists(iris.map(lambda iri: iri.value), min_size=1, max_size=2).map(tuple)
_sets = st.builds(paths.NegatedSet, _some, st.none() | _some) | st.builds(paths.NegatedSet, st.none(), _some)
path_trees = st.recursive(
    _links | _sets,
    lambda children: st.one_of(
        st.builds(paths.Inverse, children),
        _members(children, paths.Sequence),
        _members(children, paths.Alternative),
        st.builds(paths.ZeroOrMore, children),
        st.builds(paths.OneOrMore, children),
        st.builds(paths.ZeroOrOne, children),
    ),
    max_leaves=6,
)
_whole_paths = path_trees.filter(lambda path: not isinstance(path, paths.Link | paths.Inverse | paths.Sequence))
triples = st.one_of(
    st.builds(alg.TriplePattern, nodes, variables | iris, nodes),
    st.builds(alg.PathPattern, nodes, _whole_paths, nodes),
)
bgps = st.lists(triples, min_size=1, max_size=3).map(lambda found: alg.BGP(tuple(found)))


def _calls(children: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    arguments = st.lists(children, max_size=3).map(tuple)
    one, two = st.tuples(children), st.tuples(children, children)
    return st.one_of(
        st.builds(exp.Call, st.sampled_from(["STR", "STRLEN", "ISBLANK", "ABS", "IRI"]), one),
        st.builds(exp.Call, st.sampled_from(["CONTAINS", "SAMETERM", "REGEX"]), two),
        st.builds(exp.Call, st.sampled_from(["COALESCE", "CONCAT"]), arguments),
        st.builds(exp.Call, st.just("BOUND"), st.tuples(variables)),
        st.builds(exp.Call, st.sampled_from(["NOW", "RAND"]), st.just(())),
        st.builds(exp.FunctionCall, iris.map(lambda iri: iri.value), arguments),
        st.builds(exp.FunctionCall, iris.map(lambda iri: iri.value), one, st.just(value=True)),
    )


def _operators(children: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(children, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        _calls(children),
        st.builds(exp.Or, several),
        st.builds(exp.And, several),
        st.builds(exp.Not, children),
        st.builds(exp.Sign, st.sampled_from("+-"), children),
        st.builds(exp.Compare, st.sampled_from(["=", "!=", "<", ">", "<=", ">="]), children, children),
        st.builds(exp.Arithmetic, st.sampled_from("+-*/"), children, children),
        st.builds(exp.In, children, st.lists(children, max_size=2).map(tuple), st.booleans()),
    )


plain_expressions = st.recursive(terms | variables, _operators, max_leaves=6)


@st.composite
def _values(draw: st.DrawFn) -> alg.Values:
    columns = draw(st.lists(variables, max_size=3, unique=True))
    row = st.tuples(*(st.none() | terms for _ in columns))
    return alg.Values(tuple(columns), tuple(draw(st.lists(row, max_size=3))))


@st.composite
def _extend(draw: st.DrawFn, children: st.SearchStrategy[Pattern]) -> Pattern:
    """A variable that has no value before it."""
    pattern = draw(children.filter(lambda inner: not isinstance(inner, alg.Filter)))
    free = [Variable(name) for name in ("a", "b", "new") if Variable(name) not in in_scope(pattern)]
    return alg.Extend(pattern, draw(st.sampled_from(free)), draw(plain_expressions)) if free else pattern


@st.composite
def _left_join(
    draw: st.DrawFn, children: st.SearchStrategy[Pattern], conditions: st.SearchStrategy[Expression]
) -> Pattern:
    """Without a filter on the right: its text is a subquery."""
    right = draw(children.filter(lambda inner: not isinstance(inner, alg.Filter)))
    return alg.LeftJoin(draw(children), right, draw(st.none() | conditions))


@st.composite
def _select(draw: st.DrawFn, children: st.SearchStrategy[Pattern]) -> Pattern:
    pattern = draw(children)
    if draw(st.booleans()):
        condition = st.builds(alg.OrderCondition, plain_expressions, st.booleans())
        pattern = alg.OrderBy(pattern, tuple(draw(st.lists(condition, min_size=1, max_size=2))))
    pattern = alg.Project(pattern, tuple(draw(st.lists(variables, min_size=1, max_size=3, unique=True))))
    pattern = draw(st.sampled_from([lambda inner: inner, alg.Distinct, alg.Reduced]))(pattern)
    offset, limit = draw(st.integers(0, 2)), draw(st.none() | st.integers(0, 3))
    return alg.Slice(pattern, offset, limit) if offset or limit is not None else pattern


def _merged(left: Pattern, right: Pattern) -> Pattern:
    """``Join`` as the parser makes it of a group: triples that meet are one basic graph pattern."""
    if isinstance(right, alg.BGP) and right != UNIT:
        if isinstance(left, alg.BGP):
            return alg.BGP((*left.patterns, *right.patterns))
        if isinstance(left, alg.Join) and isinstance(left.right, alg.BGP):
            return alg.Join(left.left, alg.BGP((*left.right.patterns, *right.patterns)))
    return join(left, right)


def _filtered(condition: Expression, pattern: Pattern) -> Pattern:
    """``Filter``, one for a group."""
    if isinstance(pattern, alg.Filter):
        return alg.Filter(exp.And((pattern.condition, condition)), pattern.pattern)
    return alg.Filter(condition, pattern)


def _larger(children: st.SearchStrategy[Pattern]) -> st.SearchStrategy[Pattern]:
    conditions = plain_expressions | st.builds(exp.Exists, children, st.booleans())
    single = conditions.filter(lambda condition: not isinstance(condition, exp.And))
    return st.one_of(
        st.builds(_merged, children, children),
        st.builds(alg.Union, children, children.filter(lambda arm: not isinstance(arm, alg.Union))),
        st.builds(alg.Minus, children, children),
        st.builds(alg.Graph, variables | iris, children),
        st.builds(alg.Service, variables | iris, children, st.booleans()),
        st.builds(_filtered, single, children.filter(lambda inner: not isinstance(inner, alg.Filter))),
        _left_join(children, conditions),
        _extend(children),
        _select(children),
    )


patterns = st.recursive(bgps | _values() | st.just(UNIT), _larger, max_leaves=8)


@st.composite
def _queries(draw: st.DrawFn) -> alg.Query:
    pattern = draw(patterns)
    graphs = st.lists(iris.map(lambda iri: iri.value), max_size=2, unique=True).map(tuple)
    dataset = draw(st.none() | st.builds(alg.Dataset, graphs, graphs).filter(lambda each: each.default or each.named))
    template = draw(st.lists(st.builds(alg.TriplePattern, nodes, variables | iris, nodes), max_size=2))
    described = draw(st.lists(variables | iris, min_size=1, max_size=2))
    selected = draw(_select(st.just(pattern)))
    return draw(
        st.sampled_from(
            [
                alg.Select(selected, in_scope(selected), dataset),
                alg.Ask(pattern, dataset),
                alg.Construct(tuple(template), pattern, dataset),
                alg.Describe(tuple(described), pattern, dataset),
            ]
        )
    )


queries = _queries()
