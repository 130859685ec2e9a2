"""Random data and queries over few names, so that much matches; the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pyoxigraph as ox

from graph.sparql import algebra as alg
from graph.sparql import expressions as exp
from graph.sparql import paths
from graph.sparql.algebra import Pattern
from graph.sparql.expressions import Expression
from graph.sparql.inspect import in_scope
from graph.sparql.terms import Iri, Literal, Variable

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
NODES = [Iri(f"n:{index}") for index in range(4)]
CLASSES = [Iri("c:A"), Iri("c:B")]
LINKS = [Iri("p:to"), Iri("p:up"), Iri("p:any")]
TEXTS = [Iri("p:label"), Iri("p:n"), Iri("p:any")]
PREDICATES = [*LINKS, *TEXTS, Iri(f"{RDF}type")]
GRAPHS = [Iri("g:1"), Iri("g:2"), Iri("n:0")]
LITERALS = [
    *(Literal(text) for text in ("", "a", "ab", "b c", "é", "\U0001f600", "n:1", 'q"\\\n', "\uff5e")),
    *(Literal(text, f"{RDF}langString", tag) for text, tag in (("a", "en"), ("a", "en-us"), ("ab", "ja"), ("", "ja"))),
    *(Literal(text, f"{XSD}integer") for text in ("0", "1", "2", "-5", "99999999999999999999", "x")),
    *(Literal(text, f"{XSD}boolean") for text in ("true", "false")),
    *(Literal(text, f"{XSD}double") for text in ("1", "0.5", "-0", "NaN", "1e21", "INF")),
    *(Literal(text, f"{XSD}decimal") for text in ("1", "0.5")),
    *(Literal(text, f"{XSD}date") for text in ("2020-01-01", "bad")),
    Literal("a", "d:own"),
]
LARGEST = Literal("9223372036854775807", f"{XSD}integer")
"""Only among numbers that are not negative: else it depends on the order whether a sum fits."""
DECIMALS = [Literal(text, f"{XSD}decimal") for text in ("1", "0.5", "-2.75", "0.1234", "12")]
LONG_DECIMALS = [*DECIMALS, Literal("0.12345", f"{XSD}decimal"), Literal("123456789012345.5", f"{XSD}decimal")]
"""Some of which have more digits than are calculated with in the database."""
VARIABLES = [Variable(name) for name in "abcd"]
Choice = Callable[[], Pattern]


def random_data(random: Random) -> ox.Store:
    """Statements in the default graph, in named ones, and in both; a blank node among the nodes in one case of four."""
    store = ox.Store()
    blank = NODES[-1] if random.random() < 0.25 else None
    several = [LITERALS, LITERALS, LITERALS[:13], LITERALS[:3]]
    kinds = random.choice([*several, LITERALS[13:16], [*LITERALS[13:16], LARGEST], DECIMALS, LONG_DECIMALS])
    places = random.choice([[None], [None, *GRAPHS], [None, GRAPHS[0]]])
    for _ in range(random.randint(20, 60)):
        subject = _node(random.choice(NODES), blank)
        roll = random.random()
        if roll < 0.2:
            predicate, target = f"{RDF}type", ox.NamedNode(random.choice(CLASSES).value)
        elif roll < 0.6:
            predicate, target = random.choice(LINKS).value, _node(random.choice([*NODES, *CLASSES[:1]]), blank)
        else:
            predicate, literal = random.choice(TEXTS).value, random.choice(kinds)
            target = (
                ox.Literal(literal.lexical, language=literal.language)
                if literal.language
                else ox.Literal(literal.lexical, datatype=ox.NamedNode(literal.datatype))
            )
        for place in random.sample(places, random.choice([1, 1, min(2, len(places))])):
            graph = ox.DefaultGraph() if place is None else ox.NamedNode(place.value)
            store.add(ox.Quad(subject, ox.NamedNode(predicate), target, graph))
    return store


def _node(iri: Iri, blank: Iri | None) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode("blank") if iri == blank else ox.NamedNode(iri.value)


class Queries:
    """Makes queries.

    Args:
        random: Where chance comes from.
    """

    def __init__(self, random: Random) -> None:
        self._random = random

    def query(self) -> alg.Query:
        """One query."""
        random = self._random
        pattern = self.pattern(random.randint(0, 3))
        # Of one graph: pyoxigraph counts a triple of two graphs twice.
        dataset = alg.Dataset((random.choice(["g:1", "g:2"]),), ("g:1",)) if random.random() < 0.1 else None
        roll = random.random()
        if roll < 0.05:
            return alg.Ask(pattern, dataset)
        if roll < 0.1:
            triple = alg.TriplePattern(self._variable(), random.choice(LINKS), self._variable())
            return alg.Construct((triple,), pattern, dataset)
        selected = self._select(pattern)
        return alg.Select(selected, in_scope(selected), dataset)

    def _variable(self) -> Variable:
        return self._random.choice(VARIABLES)

    def pattern(self, depth: int) -> Pattern:
        """A graph pattern."""
        random = self._random
        if depth == 0:
            return self._bgp()
        choices: list[Choice] = [
            lambda: alg.Join(self.pattern(depth - 1), self.pattern(depth - 1)),
            lambda: alg.Join(self._values(), self.pattern(depth - 1)),
            lambda: alg.LeftJoin(self.pattern(depth - 1), self._inner(depth - 1), self._maybe_condition(depth)),
            lambda: alg.Union(self.pattern(depth - 1), self.pattern(depth - 1)),
            lambda: alg.Minus(self.pattern(depth - 1), self.pattern(depth - 1)),
            lambda: self._filter(depth),
            lambda: self._filter(depth),
            lambda: self._extend(self.pattern(depth - 1)),
            lambda: alg.Graph(random.choice([*GRAPHS, self._variable()]), self.pattern(depth - 1)),
            self._stated_twice,
            lambda: self._group(self.pattern(depth - 1)),
            lambda: self._select(self.pattern(depth - 1)),
            self._bgp,
        ]
        return random.choice(choices)()

    def _stated_twice(self) -> Pattern:
        """Triples of the default graph, one of which is asked for in a named one, too."""
        found = self._bgp()
        triple = self._random.choice(found.patterns)
        named = alg.Graph(self._random.choice([*VARIABLES, *GRAPHS[:1]]), alg.BGP((triple,)))
        joined = alg.Join(found, named)
        return joined if self._random.random() < 0.7 else alg.Join(joined, self._values())

    def _inner(self, depth: int) -> Pattern:
        found = self.pattern(depth)
        return found.pattern if isinstance(found, alg.Filter) else found

    def _bgp(self) -> alg.BGP:
        return alg.BGP(tuple(self._triple() for _ in range(self._random.choice([1, 1, 2, 3]))))

    def _triple(self) -> alg.TriplePattern | alg.PathPattern:
        random = self._random
        subject = random.choice([*VARIABLES, *VARIABLES, *VARIABLES, *NODES])
        target = random.choice([*VARIABLES * 6, *NODES, *CLASSES, *LITERALS[:3], random.choice(LITERALS)])
        if random.random() < 0.15:
            return alg.PathPattern(subject, self._path(), target)
        return alg.TriplePattern(subject, random.choice([*PREDICATES, *PREDICATES, self._variable()]), target)

    def _path(self) -> paths.Path:
        random = self._random
        link = paths.Link(random.choice(LINKS).value)
        other = paths.Link(random.choice(PREDICATES).value)
        step = random.choice([link, paths.Inverse(link), paths.Alternative((link, other))])
        return random.choice(
            [
                paths.Alternative((link, other)),
                paths.Alternative((paths.Sequence((link, other)), paths.Inverse(other))),
                paths.Alternative((link, paths.Sequence((link, other)), other)),
                paths.ZeroOrOne(step),
                paths.ZeroOrMore(step),
                paths.OneOrMore(step),
                paths.NegatedSet((link.iri,), random.choice([None, (other.iri,)])),
            ]
        )

    def _values(self) -> alg.Values:
        random = self._random
        columns = tuple(random.sample(VARIABLES, random.choice([1, 1, 2])))
        pool = random.choice([NODES, PREDICATES, LITERALS, [*NODES, *LITERALS], GRAPHS])
        cells = [*pool, *([None] if random.random() < 0.15 else [])]
        rows = tuple(tuple(random.choice(cells) for _ in columns) for _ in range(random.randint(1, 4)))
        return alg.Values(columns, rows)

    def _filter(self, depth: int) -> Pattern:
        pattern = self._inner(depth - 1)
        return alg.Filter(self.condition(pattern, depth), pattern)

    def _maybe_condition(self, depth: int) -> Expression | None:
        return self.condition(self._bgp(), depth) if self._random.random() < 0.3 else None

    def condition(self, pattern: Pattern, depth: int) -> Expression:
        """A condition, mostly on the variables of a pattern."""
        random = self._random
        known = [variable for variable in in_scope(pattern) if not variable.hidden] or VARIABLES
        one = random.choice([*known, *known, self._variable()])
        other = random.choice([*known, *NODES, *PREDICATES, *LITERALS])
        text = random.choice([one, exp.Call("STR", (one,)), exp.Call("LANG", (one,))])
        choices: list[Expression] = [
            exp.Compare(random.choice(["=", "!="]), one, other),
            exp.Compare(random.choice(["<", ">=", ">", "<="]), random.choice([one, text]), other),
            exp.In(one, tuple(random.sample([*NODES, *PREDICATES], 3)), random.random() < 0.4),
            exp.In(one, tuple(random.sample([*NODES, *LITERALS], 2)), random.random() < 0.4),
            exp.Call("BOUND", (one,)),
            exp.Not(exp.Call("BOUND", (one,))),
            exp.Call(random.choice(["ISIRI", "ISLITERAL", "ISBLANK", "ISNUMERIC"]), (one,)),
            exp.Call(random.choice(["STRSTARTS", "CONTAINS", "STRENDS"]), (text, random.choice(LITERALS[:7]))),
            exp.Call(
                "LANGMATCHES", (exp.Call("LANG", (one,)), random.choice([Literal("en"), Literal("*"), Literal("JA")]))
            ),
            exp.Call("SAMETERM", (one, other)),
            exp.Compare("=", exp.Call("STRLEN", (text,)), Literal(str(random.randint(0, 3)), f"{XSD}integer")),
            exp.Compare("=", exp.Call("DATATYPE", (one,)), Iri(f"{XSD}{random.choice(['string', 'integer', 'date'])}")),
            exp.Call("REGEX", (text, Literal(random.choice(["a", "^a.?$", "[^ab]", "\\w", "(a|b )+c"])))),
            exp.Call(
                "REGEX", (text, Literal(random.choice(["A", "^É", "[B-Z]"])), Literal(random.choice(["i", "im"])))
            ),
            exp.Compare(
                random.choice(["=", "<", ">="]), self._number(known), random.choice([other, self._number(known)])
            ),
            exp.In(one, tuple(random.sample(LITERALS, 3)), random.random() < 0.4),
            exp.Compare(random.choice(["=", "!="]), self._text(one), random.choice(LITERALS[:13])),
            exp.Exists(self.pattern(max(0, depth - 2)), random.random() < 0.5),
            one,
        ]
        found = random.choice(choices)
        roll = random.random()
        if roll < 0.15:
            return exp.And((found, self.condition(pattern, depth)))
        if roll < 0.3:
            return exp.Or((found, self.condition(pattern, depth)))
        return exp.Not(found) if roll < 0.35 else found

    def _number(self, known: list[Variable]) -> Expression:
        """Mostly one: arithmetic on what may be numbers."""
        random = self._random
        numbers = [*LITERALS[13:16], *DECIMALS, random.choice(LITERALS)]
        left, right = random.choice(known), random.choice([*known, *numbers])
        found: Expression = exp.Arithmetic(random.choice("+-**/"), left, right)
        if random.random() < 0.3:
            found = exp.Arithmetic(random.choice("+-*"), found, random.choice([*known, *numbers]))
        return random.choice([found, found, exp.Sign("-", left), exp.Call(random.choice(["ABS", "ROUND"]), (left,))])

    def _text(self, one: Variable) -> Expression:
        """A string made of one."""
        random = self._random
        return random.choice(
            [
                exp.Call(random.choice(["UCASE", "LCASE", "ENCODE_FOR_URI"]), (one,)),
                exp.Call("CONCAT", (exp.Call("STR", (one,)), Literal("a"))),
                exp.Call("SUBSTR", (one, Literal("2", f"{XSD}integer"))),
                exp.Call(random.choice(["STRBEFORE", "STRAFTER"]), (one, Literal("a"))),
                exp.Call("REPLACE", (one, Literal("a"), Literal("x"))),
            ]
        )

    def _extend(self, pattern: Pattern) -> Pattern:
        free = [variable for variable in VARIABLES if variable not in in_scope(pattern)]
        if not free or isinstance(pattern, alg.Filter):
            return pattern
        known = [variable for variable in in_scope(pattern) if not variable.hidden] or VARIABLES
        one, random = self._random.choice(known), self._random
        expressions: list[Expression] = [
            one,
            exp.Call("STR", (one,)),
            exp.Call("COALESCE", (one, random.choice([*known, *NODES, *LITERALS]))),
            exp.Call("IF", (self.condition(pattern, 0), one, random.choice([*NODES, *LITERALS]))),
            random.choice([*NODES, *LITERALS]),
            exp.Call("LANG", (one,)),
            exp.Arithmetic("+", one, Literal("1", f"{XSD}integer")),
            self._number(known),
            self._text(one),
            exp.FunctionCall(f"{XSD}{random.choice(['integer', 'decimal', 'double', 'boolean', 'string'])}", (one,)),
            exp.Call("DATATYPE", (one,)),
        ]
        return alg.Extend(pattern, random.choice(free), random.choice(expressions))

    def _group(self, pattern: Pattern) -> Pattern:
        random = self._random
        known = [variable for variable in in_scope(pattern) if not variable.hidden]
        keys = tuple(random.sample(known, min(len(known), random.randint(0, 2))))
        free = [variable for variable in VARIABLES if variable not in keys]
        if not known or not free:
            return pattern
        argument = random.choice([None, *known])
        function = "COUNT" if argument is None else random.choice(["COUNT", "COUNT", "MIN", "MAX", "SUM", "AVG"])
        if function != "COUNT" and random.random() < 0.2:  # Oxigraph counts no group that has an error in it
            argument = self._number(known)
        aggregate = exp.Aggregate(function, argument, argument is not None and random.random() < 0.4)
        hidden = Variable(f".{random.randint(1, 10**9)}", hidden=True)
        group = alg.Group(pattern, keys, ((hidden, aggregate),), implicit=not keys)
        new = random.choice(free)
        return alg.Project(alg.Extend(group, new, hidden), (*keys, new))

    def _select(self, pattern: Pattern) -> Pattern:
        random = self._random
        known = [variable for variable in in_scope(pattern) if not variable.hidden]
        if not known:
            return pattern if isinstance(pattern, alg.Project) else alg.Project(pattern, (VARIABLES[0],))
        columns = tuple(random.sample(known, random.randint(1, len(known))))
        ordered = random.random() < 0.3
        if ordered:
            keys: list[Expression] = [*columns, *([self._number(known)] if random.random() < 0.2 else [])]
            pattern = alg.OrderBy(pattern, tuple(alg.OrderCondition(each, random.random() < 0.4) for each in keys))
        pattern = alg.Project(pattern, columns)
        return alg.Distinct(pattern) if random.random() < 0.3 else pattern
