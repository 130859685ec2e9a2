import io
import itertools
from pathlib import Path

import pytest

from common.errors import QueryError, QuerySyntaxError, StoreError
from common.namespaces import XSD
from common.terms import literal
from graph.backends.oxigraph import OxigraphStore
from graph.store import Delta, GraphStore, Solutions

A, B = "<https://e.example/a> <https://e.example/p> ", "<https://e.example/b> <https://e.example/p> "
G = "https://e.example/g"

ODD_TERMS = [
    literal('quote " backslash \\ end \\'),
    literal("line\nreturn\rtab\tbell\x07null\x00delete\x7f"),
    literal("汉字 😀 𠀀 é"),
    literal("} ; DROP ALL #"),
    literal("<<( not a triple )>>"),
    literal("colour", lang="en-gb"),
    literal("書名", lang="zh-hant-tw"),
    literal("", lang="en"),
    literal(""),
    literal("x" * 1_000_000),
    literal("1", datatype=f"{XSD}integer"),
    literal("123456789012345678901234567890", datatype=f"{XSD}integer"),
    literal("1.5", datatype=f"{XSD}decimal"),
    literal("1", datatype=f"{XSD}double"),
    literal("NaN", datatype=f"{XSD}double"),
    literal("-INF", datatype=f"{XSD}float"),
    literal("true", datatype=f"{XSD}boolean"),
    literal("yes", datatype=f"{XSD}boolean"),
    literal("2020-02-30", datatype=f"{XSD}date"),
    literal("-0044-03-15", datatype=f"{XSD}date"),
    literal("2020", datatype=f"{XSD}gYear"),
    literal("2020-01-01T00:00:00Z", datatype=f"{XSD}dateTime"),
    literal("2020-01-01T00:00:00", datatype=f"{XSD}dateTime"),
    literal("PT1M", datatype=f"{XSD}dayTimeDuration"),
    literal("19uu/..", datatype="http://id.loc.gov/datatypes/edtf"),
    f"<https://e.example/{'x' * 9_000}>",
    "<https://e.example/é/汉?q=1#f>",
    "<urn:isbn:9780141439518>",
]


@pytest.mark.parametrize("term", ODD_TERMS, ids=range(len(ODD_TERMS)))
def test_terms_come_back_as_written(store: GraphStore, term: str) -> None:
    """Every canonical term comes back, by transaction and by bulk load, and can be found and removed again."""
    store.apply(Delta(add=[(A + term, G)]))
    store.bulk_load([f"{B}{term} .\n".encode()])
    assert list(store.quads((None, None, term), G)) == [(A + term, G)]
    assert list(store.quads((None, None, term), "")) == [(B + term, None)]
    store.apply(Delta(remove=[(A + term, G), (B + term, None)]))
    assert list(store.quads((None, None, None), None)) == []


def test_apply_removes_before_it_adds(store: GraphStore) -> None:
    """A quad that is both removed and added is there afterwards."""
    quad = (A + '"1"', G)
    store.apply(Delta(add=[quad], remove=[quad]))
    assert list(store.quads((None, None, None), G)) == [quad]


@pytest.mark.parametrize("held", [True, False])
def test_a_condition_decides_about_the_whole_delta(store: GraphStore, held: bool) -> None:
    """With ``only_if``, all is written or nothing, silently, by whether the store holds that quad."""
    old, new, condition = (A + '"old"', G), (B + '"new"', None), (A + '"condition"', G)
    store.apply(Delta(add=[old, condition] if held else [old]))
    store.apply(Delta(add=[new], remove=[old, condition], only_if=condition))
    assert list(store.quads((None, None, None), None)) == [new if held else old]


@pytest.mark.parametrize("graph", [None, "", G])
def test_patterns_find_what_matches_and_nothing_else(store: GraphStore, graph: str | None) -> None:
    """Each part of a pattern may be given or left open, in one graph, in the default graph or in all."""
    quads = {
        (f'<a:{s}> <a:{p}> "{o}"', g)
        for s in "12"
        for p in "12"
        for o in "12"
        for g in (None, G, "https://e.example/h")
    }
    store.apply(Delta(add=sorted(quads, key=str)))
    for subject, predicate, obj in itertools.product((None, "<a:1>"), (None, "<a:2>"), (None, '"1"')):
        found = list(store.quads((subject, predicate, obj), graph))
        assert len(found) == len(set(found))
        assert set(found) == {
            (statement, name)
            for statement, name in quads
            if (graph is None or name == (graph or None))
            and all(
                given in {None, part} for given, part in zip((subject, predicate, obj), statement.split(), strict=True)
            )
        }


@pytest.mark.parametrize(
    "statement",
    [
        A + '"x" . } ; DROP ALL',
        A + '"x" <https://e.example/other>',
        A + '"x" .\n' + B + '"y"',
        A + '"x" #',
        A + "_:blank",
        "_:blank <https://e.example/p> <https://e.example/o>",
        A + "<relative>",
        A + "<<( <a:s> <a:p> <a:o> )>>",
        "<a:s> <a:p> " + "<<( <a:s> <a:p> " * 50_000,
        "",
    ],
)
@pytest.mark.parametrize("part", ["add", "remove"])
def test_apply_refuses_what_is_not_one_statement(store: GraphStore, statement: str, part: str) -> None:
    """No text can bring an operation, a graph or a second statement along; nothing of the delta is then written."""
    store.apply(Delta(add=[(A + '"kept"', G)]))
    good = (A + '"good"', G)
    delta = Delta(add=[good, (statement, G)]) if part == "add" else Delta(add=[good], remove=[(statement, G)])
    with pytest.raises(StoreError):
        store.apply(delta)
    assert list(store.quads((None, None, None), None)) == [(A + '"kept"', G)]


def test_bulk_load_is_absent_when_a_chunk_is_wrong(store: GraphStore) -> None:
    """A syntax error in the last line leaves nothing of the lines before it."""
    lines = [f'<a:{n}> <a:p> "{n}" .\n'.encode() for n in range(5_000)]
    with pytest.raises(StoreError):
        store.bulk_load([*lines, b"<a:x> <a:p> nonsense .\n"])
    assert list(store.quads((None, None, None), None)) == []


def test_update_is_atomic(store: GraphStore) -> None:
    """An update whose later operation fails (engines differ about which) leaves nothing of the first."""
    with pytest.raises(QueryError):
        store.update(
            "INSERT DATA { <a:a> <a:b> <a:c> . GRAPH <a:g> { <a:a> <a:b> <a:c> } } ; "
            "CREATE GRAPH <a:g> ; CLEAR GRAPH <a:nothing>"
        )
    assert list(store.quads((None, None, None), None)) == []


def test_results_have_the_shape_of_the_contract(store: GraphStore) -> None:
    """SELECT keeps the order of its projection and unbound is None; ASK is bool; CONSTRUCT is statements."""
    store.update('INSERT DATA { <a:s> <a:p> "o"@en }')
    assert store.query("SELECT ?z ?o ?a { ?a ?p ?o }") == Solutions(["z", "o", "a"], [(None, '"o"@en', "<a:s>")])
    assert store.query("ASK { ?s ?p ?o }") is True
    assert store.query("CONSTRUCT { ?s <a:q> ?o } WHERE { ?s ?p ?o }") == ['<a:s> <a:q> "o"@en']


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?t { BIND(TRIPLE(<a:a>, <a:b>, 1) AS ?t) }",
        "CONSTRUCT { <a:s> <a:p> ?t } WHERE { BIND(TRIPLE(<a:a>, <a:b>, 1) AS ?t) }",
    ],
)
def test_triple_terms_in_results_are_refused(store: GraphStore, query: str) -> None:
    """A triple term is no term of the contract: it is named, not passed on as a string that looks like an IRI."""
    with pytest.raises(QueryError, match=r"triple term|TRIPLE"):
        store.query(query)


def test_syntax_errors_say_where(store: GraphStore) -> None:
    """The line of a syntax error is that of the text, and the column not before the error."""
    with pytest.raises(QuerySyntaxError) as caught:
        store.query("SELECT * {\n  ?s ?p ) }")
    assert caught.value.line == 2
    assert caught.value.column is not None
    assert caught.value.column >= 9


def test_dump_writes_one_graph_or_all(store: GraphStore) -> None:
    """Everything as N-Quads, one named graph or the default graph as N-Triples."""
    store.apply(Delta(add=[(A + '"g"', G), (B + '"d"', None)]))
    dumps = []
    for graph in (None, G, ""):
        output = io.BytesIO()
        store.dump(output, graph)
        dumps.append(sorted(output.getvalue().decode().splitlines()))
    assert dumps == [[f'{A}"g" <{G}> .', f'{B}"d" .'], [f'{A}"g" .'], [f'{B}"d" .']]


def test_a_query_reads_the_store_as_of_its_start(store: GraphStore) -> None:
    """Quads that are written while an iterator is read do not appear in it."""
    store.apply(Delta(add=[(f'{A}"{n}"', G) for n in range(100)]))
    reading = store.quads((None, None, None), G)
    next(reading)
    store.apply(Delta(add=[(B + '"new"', G)], remove=[(f'{A}"{n}"', G) for n in range(100)]))
    assert sum(1 for _ in reading) == 99


def test_a_snapshot_does_not_change(tmp_path: Path) -> None:
    """A snapshot holds what the store held when it was taken."""
    store = OxigraphStore(tmp_path / "graph")
    store.apply(Delta(add=[(A + '"before"', G)]))
    store.snapshot(tmp_path / "snapshots" / "1")
    store.apply(Delta(add=[(A + '"after"', G)]))
    copy = OxigraphStore(tmp_path / "snapshots" / "1")
    assert list(copy.quads((None, None, None), None)) == [(A + '"before"', G)]
    copy.close()
    store.close()


def test_data_survives_closing(tmp_path: Path) -> None:
    """What apply and bulk_load wrote is there when the store is opened again."""
    store = OxigraphStore(tmp_path)
    store.apply(Delta(add=[(A + '"1"', G)]))
    store.bulk_load([f'{B}"2" .\n'.encode()])
    store.close()
    again = OxigraphStore(tmp_path)
    assert sorted(again.quads((None, None, None), None)) == [(A + '"1"', G), (B + '"2"', None)]
    again.close()


def test_compacting_changes_no_quad(store: GraphStore) -> None:
    """After compact the store holds what it held."""
    store.bulk_load([f'{A}"{n}" <{G}> .\n'.encode() for n in range(100)])
    before = sorted(store.quads((None, None, None), None))
    store.compact()
    assert sorted(store.quads((None, None, None), None)) == before
    assert len(before) == 100
