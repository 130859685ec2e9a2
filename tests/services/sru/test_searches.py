"""What CQL asks of the search, and which diagnostic says what it can't ask."""

import pytest

from services.search.boolean import _fitting
from services.search.expressions import (
    All,
    Any,
    Begins,
    Coded,
    Entity,
    Everything,
    Exact,
    Expression,
    Masked,
    Match,
    Nothing,
    Number,
    Without,
    Words,
    Years,
)
from services.sru.cql.parser import parse
from services.sru.diagnostics import DiagnosticError
from services.sru.searches import expression_of
from services.sru.sorting import sort_of, sort_of_parameter

CAT, DOG = Words("title", "cat"), Words("", "dog")
MADE: dict[str, Expression] = {
    "dog": DOG,
    "cql.serverChoice = dog": DOG,
    "anywhere = dog": DOG,
    "DC.Title CQL.scr cat": CAT,
    "title = cat": CAT,
    "bath.title =/ignoreCase/cql.ignoreAccents cat": CAT,
    '> x = "info:srw/cql-context-set/1/dc-v1.1" x.title = cat': CAT,
    '> "info:srw/cql-context-set/1/dc-v1.1" title = cat and dog': All((CAT, DOG)),
    '> dc = "http://zing.z3950.org/cql/bath/2.0/" dc.author any "a b"': Words("creator", "a b", Match.ANY),
    'title all "a b"': Words("title", "a b", Match.ALL),
    'title adj "a b"': Words("title", "a b", Match.PHRASE),
    'title exact "a b"': Exact("title", "a b"),
    'creator <> "a b"': Without(Everything(), Exact("creator", "a b")),
    r"title = \*": Words("title", "*"),
    "title =/unmasked cat*": Words("title", "cat*"),
    "title = cat and dog and dog": All((CAT, DOG, DOG)),
    "title = cat or dog not dog": Without(Any((CAT, DOG)), DOG),
    "title = cat not (dog or dog)": Without(CAT, Any((DOG, DOG))),
    "title = Cát*": Masked("title", "cat", "cat*"),
    "title = ca?e*s": Masked("title", "ca", "ca?e*s"),
    'title = "old cat*"': All((Words("title", "old", Match.ALL), Masked("title", "cat", "cat*"))),
    'title any "old cat*"': Any((Words("title", "old", Match.ALL), Masked("title", "cat", "cat*"))),
    "title = anti-war*": All((Words("title", "anti", Match.ALL), Masked("title", "war", "war*"))),
    "红楼*": Words("", "红楼", Match.PHRASE),
    'title = "^old cat"': Begins("old cat"),
    'title = "^old cat^"': Exact("title", "old cat"),
    "date = 1994": Years(1994, 1994),
    "date <> 1994": Without(Everything(), Years(1994, 1994)),
    "date < 1994": Years(None, 1993),
    "date >= -500": Years(-500),
    'date within "1900 1950"': Years(1900, 1950),
    'date within "1950 1900"': Nothing(),
    "identifier = 7-305-02214-4": Number("7-305-02214-4"),
    "bath.isbn = 7-305-02214-4": Number("7-305-02214-4", "isbn"),
    'bath.issn any "0028-0836 1476-4687"': Any((Number("0028-0836", "issn"), Number("1476-4687", "issn"))),
    "language = chi": Coded("language", ("chi",)),
    "type = 图书": Any((Coded("format", ("图书", "book")), Coded("type", ("图书",)))),
    'rec.identifier = "https://library.example/id/work/x"': Entity("https://library.example/id/work/x"),
    "rec.identifier = 5287459": Number("5287459", "record"),
    "cql.allRecords = 1 not dog": Without(Everything(), DOG),
}
REFUSED: dict[str, int] = {
    "x.title = a": 15,
    '> x = "info:x" x.title = a': 15,
    '> "info:x" title = a': 15,
    "dc.foo = a": 16,
    "foo = a": 16,
    "isbn = 1": 16,
    "title foo a": 19,
    "title dc.any a": 19,
    "title x.any a": 15,
    "title =/foo a": 20,
    "title =/respectCase a": 20,
    "title =/stem=x a": 20,
    "title < a": 22,
    "title within a": 22,
    "title encloses a": 22,
    "publisher == a": 22,
    "anywhere <> a": 22,
    "date any 1900": 22,
    "language adj chi": 22,
    f"title = {'a' * 1_001}": 23,
    r'title = "a\b"': 26,
    'title = ""': 27,
    'dog and " "': 27,
    "title = a*": 29,
    "title = *": 29,
    "dog and *ing": 29,
    "title = ca*a*a*a*a*a*a*": 30,
    "title == cat*": 28,
    "title = 红*梦": 28,
    "title = 红?": 28,
    "date = 19??": 28,
    "identifier = 123*": 28,
    "creator = ^cat": 31,
    "^cat": 31,
    "title = cat^": 32,
    "title = c^at": 32,
    'title any "^cat"': 32,
    'title = "^cat*"': 32,
    "title = ^": 27,
    'title = "^."': 27,
    'title adj "old cat*"': 33,
    "date = abc": 36,
    "date = 1994-05": 36,
    "date within 1900": 36,
    "bath.isbn = 123": 36,
    "bath.issn = 12345678x": 36,
    "cql.allRecords = 0": 36,
    "dog prox dog": 39,
    "dog and/x dog": 46,
    "cql.resultSetId = a": 50,
}


@pytest.mark.parametrize("text", MADE)
def test_a_query_asks_for(text: str) -> None:
    """Just what its clauses say, with the parts joined as the grammar joins them."""
    assert expression_of(parse(text).root) == MADE[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_supported_is_said(text: str) -> None:
    """By the diagnostic of the standard's list that names it."""
    with pytest.raises(DiagnosticError) as refused:
        expression_of(parse(text).root)
    assert refused.value.diagnostic.number == REFUSED[text]


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("a", "relevance"),
        ("a sortBy title", "title"),
        ("a sortBy dc.title/sort.descending/sort.ignoreCase", "title backwards"),
        ("a sortBy date/ascending/missingHigh", "oldest"),
        ('> x = "info:srw/cql-context-set/1/dc-v1.1" a sortBy x.date/sort.descending', "newest"),
        ("a sortBy creator", 88),
        ("a sortBy title date", 84),
        ("a sortBy foo", 16),
        ("a sortBy title/sort.respectCase", 91),
        ("a sortBy title/missingLow", 92),
        ("a sortBy title/sort.locale=zh", 82),
        ("a sortBy title/foo.descending", 82),
        ("a sortBy title/ascending/descending", 90),
    ],
)
def test_the_order_of_a_query(text: str, sort: str | int) -> None:
    """Title and date, either way; anything else has its diagnostic."""
    query = parse(text)
    if isinstance(sort, str):
        assert sort_of(query.sort, query.root) == sort
        return
    with pytest.raises(DiagnosticError) as refused:
        sort_of(query.sort, query.root)
    assert refused.value.diagnostic.number == sort


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("", "relevance"),
        ("title", "title"),
        ("title,,0", "title backwards"),
        ("dc.date,dc,1,0,highValue", "oldest"),
        ("date,info:srw/schema/1/dc-v1.1,0", "newest"),
        ("title date", 84),
        ("creator", 88),
        ("title,marcxml", 88),
        ("title,,2", 90),
        ("title,,,1", 91),
        ("title,,,,abort", 92),
        ("title,,,,,", 82),
    ],
)
def test_the_order_of_sru_1_1(text: str, sort: str | int) -> None:
    """The same by the parameter of the older version."""
    if isinstance(sort, str):
        assert sort_of_parameter(text) == sort
        return
    with pytest.raises(DiagnosticError) as refused:
        sort_of_parameter(text)
    assert refused.value.diagnostic.number == sort


def test_patterns_take_no_longer_with_many_signs() -> None:
    """A word that almost fits is given up at once; what stands twice in a word is found at its first place."""
    assert not _fitting("ab" + "*a" * 40 + "b")("ab" + "a" * 2_000)
    assert _fitting("ab*cd*cd")("abxcdcd")
    assert _fitting("ab*cd*cd")("abcdxcdcd")
    assert not _fitting("ab*cd")("abcdx")
    assert not _fitting("ab*b")("ab")
    assert _fitting("a.?*")("a.b")
    assert not _fitting("a.?")("axb")
