"""The W3C's evaluation tests of SPARQL 1.0 and 1.1, query and update, on every engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from graph.store import GraphStore
from tests.graph.conformance.exclusions import exclusions
from tests.graph.conformance.running import evaluation_cases, left_out, run
from tests.graph.engines import STORES, Servers, parameters
from tests.graph.sparql.w3c import Case, needs_data

CASES = [case for case in evaluation_cases() if not left_out(case)]
ENGINES = [name for name in STORES if name != "oxigraph"]
"""In memory is the same engine as on disk."""


def _parameters() -> list[ParameterSet]:
    """The engines; the second release of Neo4j, which answers by the same statements, in the whole run only."""
    return [
        pytest.param(*each.values, marks=[*each.marks, pytest.mark.slow]) if "neo4j 2026" in each.values else each
        for each in parameters(ENGINES)
    ]


@pytest.fixture(scope="module", params=_parameters())
def engine(request: pytest.FixtureRequest) -> str:
    """Name of an engine."""
    return str(request.param)


@pytest.fixture(scope="module")
def dataset(engine: str, tmp_path_factory: pytest.TempPathFactory, servers: Servers) -> Iterator[GraphStore]:
    """A store of the engine, whose tests empty it."""
    store = STORES[engine](tmp_path_factory.mktemp("conformance"), servers)
    yield store
    store.close()


@pytest.mark.shared_data
@needs_data
@pytest.mark.parametrize("case", CASES, ids=str)
def test_evaluation(case: Case, engine: str, dataset: GraphStore) -> None:
    """The answer, or the dataset after the update, is the one that the W3C's suite expects; exclusions do fail."""
    if reason := exclusions(engine).get(str(case)):
        with pytest.raises(Exception):  # noqa: B017, PT011  a wrong answer or any error
            run(case, dataset)
        pytest.xfail(reason)
    run(case, dataset)


@pytest.mark.shared_data
@needs_data
def test_the_exclusions_name_tests_and_engines() -> None:
    """No exclusion is left over from a test or an engine that is gone."""
    names = {str(case) for case in CASES}
    for engine in ENGINES:
        assert exclusions(engine).keys() <= names
    assert Path(__file__).with_name("exclusions.tsv").exists()
