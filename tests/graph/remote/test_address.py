import pytest

from common.errors import ConfigurationError, StoreError
from common.namespaces import Graphs
from graph.backends.remote import Address, RemoteStore
from graph.backends.remote.address import Endpoints
from graph.store import Delta

GRAPHS = Graphs("https://b.example/")


@pytest.mark.parametrize(
    ("setting", "url"),
    [
        ("sparql+http://host:3030/ds", "http://host:3030/ds"),
        ("sparql+https://host/a/b/", "https://host/a/b"),
        ("sparql+http://[::1]:7878", "http://[::1]:7878"),
    ],
)
def test_addresses_are_read(setting: str, url: str) -> None:
    """The scheme says how to speak; the rest is the dataset's address."""
    assert Address.of(setting) == Address(url)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("sparql+https://ada:secret@host/ds", "store_user"),
        ("sparql+ftp://host/ds", "HOST/PATH"),
        ("sparql+https:///ds", "HOST/PATH"),
        ("sparql+https://host/ds?query=x", "HOST/PATH"),
        ("sparql+https://host:port/ds", "not an address"),
    ],
)
def test_wrong_addresses_are_named(setting: str, words: str) -> None:
    """A wrong address is an error of the setting, which never repeats a password."""
    with pytest.raises(ConfigurationError, match=words) as caught:
        Address.of(setting)
    assert "secret" not in str(caught.value)


def test_the_usual_servers_are_among_the_candidates() -> None:
    """Paths of Oxigraph, Fuseki, RDF4J and of servers with one address for everything are tried."""
    found = list(Address("http://h/x").candidates())
    assert Endpoints("http://h/x/query", "http://h/x/update", "http://h/x/store") in found
    assert Endpoints("http://h/x/sparql", "http://h/x/update", "http://h/x/data", "timeout") in found
    assert Endpoints("http://h/x", "http://h/x/statements", "http://h/x/statements", "timeout") in found
    assert found[-1] == Endpoints("http://h/x", "http://h/x")


def test_the_query_service_itself_may_be_named(server: str) -> None:
    """Whoever gives the address of the query service means the dataset."""
    store = RemoteStore(Address(f"{server}/query"))
    assert store._endpoints == Endpoints(f"{server}/query", f"{server}/update", f"{server}/store")
    store.close()


def test_an_own_default_graph_is_found_without_a_trace(server: str) -> None:
    """An empty store is tried by a quad that does not stay; one with a journal by a look at it."""
    store = RemoteStore(Address(server))
    store.update("CLEAR ALL")
    store.check_default_graph(GRAPHS.outside_merge)
    assert list(store.quads((None, None, None), None)) == []
    quad = ("<a:s> <a:p> <a:o>", GRAPHS.changesets)
    store.apply(Delta(add=[quad]))
    store.check_default_graph(GRAPHS.outside_merge)
    store.apply(Delta(add=[(quad[0], None)]))
    with pytest.raises(StoreError, match="union of all graphs"):
        store.check_default_graph(GRAPHS.outside_merge)
    store.close()
