"""What an update changes, worked out over data that nobody writes: the same as when an engine carries it out."""

from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from common.errors import InputError, QueryError, QueryRefusedError
from graph.cypher.residual import parse
from graph.sparql import algebra as alg
from graph.sparql.parser import parse_update
from graph.sparql.serialize import serialize_update
from services.sparql.messages import Update
from services.sparql.updates import changes_of, write_changes
from tests.graph.cypher.random_queries import random_data
from tests.graph.cypher.random_updates import Updates
from tests.graph.cypher.test_random_updates import _leave_to_iris, _with_unions
from tests.graph.sparql.engine import graph_form, store_of
from tests.graph.sparql.w3c import Case, cases, needs_data


def _changed(store: ox.Store, request: alg.Update) -> ox.Store:
    """A copy of the store with the changes."""
    changes = changes_of(store, request)
    copy = ox.Store()
    copy.extend(store)
    for quad in parse(changes.removed):
        copy.remove(quad)
    copy.extend(parse(changes.added))
    return copy


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize(
    "case", [pytest.param(each, id=str(each)) for each in cases() if each.kind == "UpdateEvaluationTest"]
)
def test_updates_of_the_w3c(case: Case) -> None:
    """The dataset afterwards is that of the engine, up to blank nodes."""
    text = f"BASE <{case.file.as_uri()}>\n{case.text}"
    theirs = store_of(case)
    found = _changed(store_of(case), parse_update(text))
    theirs.update(text)
    assert graph_form(found) == graph_form(theirs)


@pytest.mark.parametrize("seed", range(150))
def test_random_updates(seed: int) -> None:
    """Requests of one or two operations, the second of which sees what the first has done."""
    random = Random(seed)  # noqa: S311  chance that can be repeated
    data, updates = random_data(random), Updates(random)
    for _ in range(4):
        request = updates.update()
        text = serialize_update(request)
        theirs = ox.Store()
        theirs.extend(data)
        try:
            theirs.update(serialize_update(_with_unions(request)))
        except (SyntaxError, ValueError, RuntimeError):
            with pytest.raises(QueryError):
                changes_of(data, request)
            continue
        _leave_to_iris(theirs)
        assert set(_changed(data, parse_update(text))) == set(theirs), text
        data = theirs


def test_the_dataset_of_the_protocol(tmp_path: Path) -> None:
    """``using-graph-uri`` stands for USING, and can't stand beside it."""
    data = ox.Store()
    data.update("INSERT DATA { GRAPH <g:1> { <a:a> <a:p> 1 } GRAPH <g:2> { <a:a> <a:p> 2 } }")
    text = "INSERT { GRAPH <g:3> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    output = tmp_path / "changes"
    write_changes(data, Update(text, default_graphs=("g:2",)), output)
    assert output.read_text() == '+\tg:3\t<a:a> <a:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer>\n'
    with pytest.raises(InputError, match="using-graph-uri"):
        write_changes(data, Update(text.replace("WHERE", "USING <g:1> WHERE"), ("g:2",)), output)
    with pytest.raises(QueryError, match="no IRI"):
        write_changes(data, Update(text, ("g 2",)), output)


def test_load_is_refused(tmp_path: Path) -> None:
    """Even where the scanner has let it pass."""
    with pytest.raises(QueryRefusedError, match="LOAD"):
        write_changes(ox.Store(), Update("LOAD <http://127.0.0.1:1/>"), tmp_path / "changes")


@pytest.mark.parametrize(
    "text", ["DROP ALL", "CLEAR DEFAULT", "CLEAR SILENT NAMED", "COPY <g:1> TO DEFAULT", "MOVE DEFAULT TO <g:1>"]
)
def test_the_merge_is_not_emptied(text: str, tmp_path: Path) -> None:
    """Whatever the operation is called; to add a graph to it is no harm."""
    with pytest.raises(QueryRefusedError, match="merge"):
        write_changes(ox.Store(), Update(text), tmp_path / "changes")
    write_changes(ox.Store(), Update("ADD <g:1> TO DEFAULT ; COPY <g:1> TO <g:2>"), tmp_path / "changes")
