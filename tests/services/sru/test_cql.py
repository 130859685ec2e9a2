"""CQL is read as its grammar says, written back, and refused where it is none."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.sru.cql.parser import MOST_CLAUSES, MOST_NESTING, parse
from services.sru.cql.text import written
from services.sru.cql.tree import BOOLEANS, Boolean, Clause, Modifier, Node, Prefixed, Query, Relation, SortKey
from services.sru.diagnostics import DiagnosticError

A, B, C = Clause("a"), Clause("b"), Clause("c")
EQ = Relation("=")
#: Query -> its tree.
READ: dict[str, Query] = {
    "a": Query(A),
    '"a"': Query(A),
    "  a\t\n": Query(A),
    '"red fish"': Query(Clause("red fish")),
    "红楼梦": Query(Clause("红楼梦")),
    '""': Query(Clause("")),
    r'"a \"b\" c"': Query(Clause('a "b" c')),
    r'"a\\"': Query(Clause(r"a\\")),
    r'"a\*"': Query(Clause(r"a\*")),
    "a*b?^": Query(Clause("a*b?^")),
    "title=a": Query(Clause("a", "title", EQ)),
    "dc.title = a": Query(Clause("a", "dc.title", EQ)),
    '"dc.title" = a': Query(Clause("a", "dc.title", EQ)),
    "date>=1900": Query(Clause("1900", "date", Relation(">="))),
    "date<>1900": Query(Clause("1900", "date", Relation("<>"))),
    "title==a": Query(Clause("a", "title", Relation("=="))),
    "title any a": Query(Clause("a", "title", Relation("any"))),
    "title cql.within a": Query(Clause("a", "title", Relation("cql.within"))),
    "title =/relevant/cql.stem a": Query(
        Clause("a", "title", Relation("=", (Modifier("relevant"), Modifier("cql.stem")))),
    ),
    "title any/x.y>=3 a": Query(Clause("a", "title", Relation("any", (Modifier("x.y", ">=", "3"),)))),
    "a and b": Query(Boolean("and", A, B)),
    "a AND b Or c": Query(Boolean("or", Boolean("and", A, B), C)),
    "a and (b or c)": Query(Boolean("and", A, Boolean("or", B, C))),
    "((a))": Query(A),
    "a not/x=y b": Query(Boolean("not", A, B, (Modifier("x", "=", "y"),))),
    "a prox/unit=word/distance<=3 b": Query(
        Boolean("prox", A, B, (Modifier("unit", "=", "word"), Modifier("distance", "<=", "3"))),
    ),
    "and": Query(Clause("and")),
    "or or or": Query(Boolean("or", Clause("or"), Clause("or"))),
    "title = and": Query(Clause("and", "title", EQ)),
    'a "and" b': Query(Clause("b", "a", Relation("and"))),
    '> dc = "info:x" dc.title = a': Query(Prefixed("dc", "info:x", Clause("a", "dc.title", EQ))),
    '> "info:x" a': Query(Prefixed("", "info:x", A)),
    "> x=y > z a and b": Query(Prefixed("x", "y", Prefixed("", "z", Boolean("and", A, B)))),
    "(> x=y a) or b": Query(Boolean("or", Prefixed("x", "y", A), B)),
    "a sortBy title": Query(A, (SortKey("title"),)),
    "a SORTBY dc.date/sort.descending title/x=1": Query(
        A, (SortKey("dc.date", (Modifier("sort.descending"),)), SortKey("title", (Modifier("x", "=", "1"),)))
    ),
    "sortby sortby sortby": Query(Clause("sortby"), (SortKey("sortby"),)),
}
#: What is no query -> number of the diagnostic, and the position that it names.
REFUSED: dict[str, tuple[int, str]] = {
    "": (27, ""),
    " \t": (27, ""),
    "(": (10, "position 2:"),
    ")": (10, "position 1:"),
    "()": (10, "position 2:"),
    "(a": (13, "position 1:"),
    "a)": (13, "position 2:"),
    "a b": (10, "position 4:"),
    "a b c d": (10, "position 7:"),
    "a and": (10, "position 6:"),
    "and b": (10, "position 6:"),
    "title =": (10, "position 8:"),
    "= a": (10, "position 1:"),
    "title = = a": (10, "position 9:"),
    "title =/ a": (10, "position 11:"),
    "a and/ (b)": (10, "position 8:"),
    '"a': (14, "position 1:"),
    r'a and "b\"': (14, "position 7:"),
    'a"b': (14, "position 2:"),
    "a sortby": (10, "position 9:"),
    "(a sortby b)": (10, "position 4:"),
    "> a": (10, "position 4:"),
    "> = a b": (10, "position 3:"),
    "a or > x=y b": (10, "position 6:"),
    "/": (10, "position 1:"),
}


@pytest.mark.parametrize("text", READ)
def test_a_query_is_read_and_written(text: str) -> None:
    """Its tree is that of the grammar, and its text as written gives the same tree."""
    tree = parse(text)
    assert tree == READ[text]
    assert parse(written(tree)) == tree


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_query_is_refused_with_its_position(text: str) -> None:
    """The number is the standard's; the details say at which character."""
    with pytest.raises(DiagnosticError) as refused:
        parse(text)
    number, position = REFUSED[text]
    assert refused.value.diagnostic.number == number
    assert refused.value.diagnostic.details.startswith(position)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(" * 1_000 + "a" + ")" * 1_000, 13),
        ("(" * 100_000, 12),
        ("a" * 1_000_000, 12),
        ("> x=y " * 3_000 + "a", 10),
        ("a =" + "/b" * 9_000 + " c", 10),
        ("a" + " and a" * 3_000, 38),
        ("a sortby" + " b" * 3_000, 84),
        ('"' + "\\" * 19_000, 14),
        ('"' + "\\x" * 9_000, 14),
    ],
    ids=["nested", "opened", "long", "prefixes", "modifiers", "clauses", "keys", "backslashes", "escapes"],
)
def test_limits_are_kept_at_once(text: str, number: int) -> None:
    """Neither depth nor length takes the parser's time or stack."""
    started = time.process_time()
    with pytest.raises(DiagnosticError) as refused:
        parse(text)
    assert refused.value.diagnostic.number == number
    assert time.process_time() - started < 1


def test_what_is_just_within_the_limits_is_read() -> None:
    """As deep and as long as may be, and written again."""
    deep = parse("(" * MOST_NESTING + "a" + ")" * MOST_NESTING)
    assert deep == Query(A)
    wide = parse(" and ".join(["a"] * MOST_CLAUSES))
    assert parse(written(wide)) == wide
    nested = parse("a or (" * MOST_NESTING + "b" + ")" * MOST_NESTING)
    assert parse(written(nested)) == nested


# What the parser can give: no backslash of the tree stands before a double quote.
_TERMS = st.one_of(
    st.sampled_from(
        ["and", "OR", "sortby", "prox", "", "a b", "=", '"', "(", "/", ">", r"\\", r"a\*", "红楼梦", "x.y"]
    ),
    st.text(max_size=8).map(lambda text: text.replace("\\", "")),
)
_MODIFIERS = st.lists(
    st.one_of(
        st.builds(Modifier, _TERMS),
        st.builds(Modifier, _TERMS, st.sampled_from(["=", "<", ">", "<=", ">=", "<>", "=="]), _TERMS),
    ),
    max_size=2,
).map(tuple)
_NAMES = _TERMS.filter(lambda text: text != "")
_CLAUSES = st.one_of(
    st.builds(Clause, _TERMS), st.builds(Clause, _TERMS, _NAMES, st.builds(Relation, _NAMES, _MODIFIERS))
)


def _more(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Boolean, st.sampled_from(BOOLEANS), nodes, nodes, _MODIFIERS),
        st.builds(Prefixed, _NAMES, _TERMS, nodes),
    )


_QUERIES = st.builds(
    Query,
    st.recursive(_CLAUSES, _more, max_leaves=12),
    st.lists(st.builds(SortKey, _NAMES, _MODIFIERS), max_size=2).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(_QUERIES)
def test_every_tree_is_written_so_that_it_is_read_again(query: Query) -> None:
    """Whatever words, signs and reserved words it holds."""
    assert parse(written(query)) == query


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                ["(", ")", "a", "and", "or", "=", ">", "/", '"', "\\", " ", "sortby", "any", "dc.title", "*", "^"]
            ),
            max_size=25,
        ).map(" ".join),
        st.text(alphabet='()=<>"/\\ a', max_size=40),
    )
)
def test_every_text_is_read_or_refused(text: str) -> None:
    """By a diagnostic and nothing else; what is read is written and read again."""
    try:
        tree = parse(text)
    except DiagnosticError:
        return
    assert parse(written(tree)) == tree
