"""What a Neo4j server may do wrong, and what is then said."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from pydantic import SecretStr

from cli.main import main
from common.errors import ConfigurationError, FormatError, QueryLimitError, StoreError
from graph.backends.neo4j import connection
from graph.backends.neo4j.address import Address
from graph.backends.neo4j.connection import Credentials, Transaction
from graph.backends.neo4j.store import Neo4jStore
from graph.store import Delta
from services.workspace import open_workspace
from tests.graph.neo4j.library import installation, record_graphs
from tests.services.library import ingest, write
from tests.services.test_on_a_server import books
from tools.neo4j.server import V5, running
from tools.servers import free_port

ALL = (None, None, None)
QUAD = ('<a:s> <a:p> "o"', "g:1")
PASSWORD = "a secret of tests"  # noqa: S105  of a server for this test
Cypher = Callable[..., list[list[object]]]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server that wants a password and gives transactions little memory and time."""
    limits = {"db.memory.transaction.max": "6m", "db.transaction.timeout": "60s"}
    try:
        directory = tmp_path_factory.mktemp("guarded") / "data"
        with running(V5, directory, password=PASSWORD, settings=limits) as address:
            yield address
    except ConfigurationError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("credentials", [Credentials(), Credentials("neo4j", SecretStr("wrong"))])
def test_a_wrong_password_is_said(guarded: str, credentials: Credentials) -> None:
    """Without the right password: one sentence that names the settings and holds no secret."""
    with pytest.raises(StoreError, match="store_user and store_password") as caught:
        Neo4jStore(Address(guarded), credentials)
    assert "wrong" not in str(caught.value)


def test_a_transaction_that_is_too_large_leaves_nothing(guarded: str) -> None:
    """Where the server runs out of memory, what to do is said, and nothing of the changeset is there."""
    store = Neo4jStore(Address(guarded), Credentials("neo4j", SecretStr(PASSWORD)))
    store.apply(Delta(add=[QUAD]))
    with pytest.raises(StoreError, match="batch_records"):
        store.apply(Delta(add=[(f'<a:{n}> <a:p> "{n}"', "g:2") for n in range(60_000)]))
    assert list(store.quads(ALL, None)) == [QUAD]
    store.close()


def test_a_query_that_takes_too_long_is_stopped(guarded: str) -> None:
    """The server's time limit for reading ends a query, and that is what is said."""
    impatient = connection.Connection(Address(guarded), Credentials("neo4j", SecretStr(PASSWORD)), 0.5)
    with (
        closing(impatient),
        pytest.raises(QueryLimitError, match="too long"),
        impatient.reading() as reading,
    ):
        reading.run("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN max(a + b)")


def test_an_unknown_database_is_named(guarded: str) -> None:
    """The setting is what is wrong."""
    with pytest.raises(ConfigurationError, match="nowhere"):
        Neo4jStore(Address(guarded, "nowhere"), Credentials("neo4j", SecretStr(PASSWORD)))


def test_no_server_is_said() -> None:
    """Nobody listens: the address is named."""
    port = free_port()
    with pytest.raises(StoreError, match=f"127.0.0.1:{port} can't be reached"):
        Neo4jStore(Address(f"bolt://127.0.0.1:{port}"))


def test_a_server_that_goes_away_leaves_whole_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends in the middle of a transaction: that is said, and after it is back, nothing of the change is there."""
    monkeypatch.setattr(connection, "_TRIES", 2)
    port = free_port()
    with ExitStack() as stack:
        try:
            address = stack.enter_context(running(V5, tmp_path / "data", port=port))
        except ConfigurationError as error:
            pytest.skip(str(error))
        store = Neo4jStore(Address(address))
        store.apply(Delta(add=[QUAD]))
        run = Transaction.run

        def run_until_the_end(self: Transaction, cypher: str, parameters: object = None) -> list[list[object]]:
            rows = run(self, cypher, parameters)  # type: ignore[arg-type]
            if cypher.startswith("UNWIND $rows AS row CREATE"):
                stack.close()
            return rows

        monkeypatch.setattr(Transaction, "run", run_until_the_end)
        with pytest.raises(StoreError, match=f"127.0.0.1:{port}"):
            store.apply(Delta(add=[("<a:new> <a:p> <a:o>", "g:1")]))
    monkeypatch.setattr(Transaction, "run", run)
    with running(V5, tmp_path / "data", port=port):
        assert list(store.quads(ALL, None)) == [QUAD]
        store.apply(Delta(remove=[QUAD]))
        assert list(store.quads(ALL, None)) == []
        store.close()


def test_somebody_elses_data_is_refused(address: str, cypher: Cypher) -> None:
    """A database that holds nodes of others is not touched."""
    cypher("MATCH (n) DETACH DELETE n")
    cypher("CREATE (:Person {name: 'Ada'})")
    with pytest.raises(FormatError, match="empty database"):
        Neo4jStore(Address(address))
    assert cypher("MATCH (n) RETURN count(n)") == [[1]]
    cypher("MATCH (n) DETACH DELETE n")


def test_another_format_is_refused(store: Neo4jStore, address: str, cypher: Cypher) -> None:
    """A database that a later version wrote is left to that version."""
    cypher("MATCH (n:_Registry) SET n.format = 99")
    with pytest.raises(FormatError, match="format 99"):
        Neo4jStore(Address(address))
    assert store.shared


def test_a_database_that_was_emptied_is_noticed(store: Neo4jStore, cypher: Cypher) -> None:
    """Without its registry a store writes and reads nothing: half of a mapping would be wrong."""
    cypher("MATCH (n) DETACH DELETE n")
    with pytest.raises(FormatError, match="emptied"):
        store.apply(Delta(add=[QUAD]))
    with pytest.raises(FormatError, match="emptied"):
        next(store.quads(ALL, None))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line of a command that can't do its work."""
    capsys.readouterr()
    code = main(list(arguments))
    printed = capsys.readouterr()
    assert (code, printed.out, printed.err.count("\n")) == (2, "", 1)
    return printed.err


def test_a_command_with_a_wrong_password(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that names the settings, and not the password."""
    installation(tmp_path / "data", guarded, monkeypatch, store_user="neo4j", store_password="not this")  # noqa: S106
    line = said(capsys, "verify")
    assert "store_user and store_password" in line
    assert "not this" not in line


def test_an_ingest_whose_transactions_are_too_large(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that names the setting to lower, and nothing is written; with the setting lowered all is."""
    file = write(tmp_path / "books.json", *books(0, 300))
    login = {"store_user": "neo4j", "store_password": PASSWORD}
    with closing(Neo4jStore(Address(guarded), Credentials("neo4j", SecretStr(PASSWORD)))) as store:
        store.update("CLEAR ALL")
        installation(tmp_path / "data", guarded, monkeypatch, batch_records=1_000, **login)
        assert "batch_records" in said(capsys, "ingest", str(file))
        assert list(store.quads(ALL, None)) == []
    few = write(tmp_path / "few.json", *books(0, 20))
    settings = installation(tmp_path / "data", guarded, monkeypatch, batch_records=2, **login)
    with open_workspace(settings) as workspace:
        outcome = ingest(workspace, few, batch_records=2).outcome
        assert outcome.new + outcome.changed == 20  # the archive has seen them before
        assert len(record_graphs(workspace)) == 20
        assert workspace.graph.verify() == []


def test_a_command_on_another_format(
    store: Neo4jStore, address: str, cypher: Cypher, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """One line that names both formats; what is there stays."""
    store.apply(Delta(add=[QUAD]))
    cypher("MATCH (n:_Registry) SET n.format = 99")
    before = cypher("MATCH (n) RETURN properties(n)")
    installation(tmp_path / "data", address, monkeypatch)
    line = said(capsys, "ingest", str(write(tmp_path / "books.json", *books(0, 3))))
    assert "format 99" in line
    assert cypher("MATCH (n) RETURN properties(n)") == before


@pytest.mark.parametrize(
    "setting", ["neo4j://user:pw@host", "neo4j://", "neo4j://host/a/b", "neo4j://host?x=1", "bolt://host:port"]
)
def test_a_wrong_address_is_refused(setting: str) -> None:
    """What is no address of a database, or holds a secret, is a wrong setting, and the secret is not repeated."""
    with pytest.raises(ConfigurationError, match="setting store") as caught:
        Address.of(setting)
    assert "pw" not in str(caught.value)


def test_a_closed_store_says_so(address: str, store: Neo4jStore) -> None:
    """After close nothing is asked of the server."""
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.apply(Delta(add=[QUAD]))
    GraphDatabase.driver(address).close()
