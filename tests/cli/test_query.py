"""``bibliograph query`` beside other commands."""

import json

import pytest

from cli.main import main
from common.settings import Settings
from graph.open import open_graph
from graph.owner.client import OwnedGraph
from services.sparql.messages import Query
from services.sparql.pool import Answer, QueryPool
from tests.services.library import BASE


@pytest.mark.embedded
def test_a_query_lets_others_work(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a query runs, which may take its time, another command reaches the graph through its process."""
    monkeypatch.setenv("BIBLIOGRAPH_BASE", BASE)
    run, reached = QueryPool.query, []

    def query(pool: QueryPool, wanted: Query) -> Answer:
        with open_graph(settings) as other:
            reached.append(isinstance(other, OwnedGraph) and other.sequence == 0)
        return run(pool, wanted)

    monkeypatch.setattr(QueryPool, "query", query)
    assert main(["--data", str(settings.data), "query", "ASK {}"]) == 0
    assert reached == [True]


def test_explain_shows_the_stages(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The algebra of a query comes with what the engine makes of it; a mistake is said with its place."""
    monkeypatch.setenv("BIBLIOGRAPH_BASE", BASE)
    query = "SELECT ?s { ?s a <c:c> } LIMIT 3"
    assert main(["--data", str(settings.data), "explain", "query", query, "--json"]) == 0
    stages = json.loads(capsys.readouterr().out)["stages"]
    assert stages[0]["name"] == "algebra"
    assert stages[0]["text"].startswith("(Select")
    assert len(stages) > 1
    assert main(["--data", str(settings.data), "explain", "query", "SELECT ?s { ?s a }"]) == 2
    assert "line 1" in capsys.readouterr().err
