"""Opens the knowledge graph that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from common.errors import ConfigurationError
from common.settings import Settings
from graph.backends.oxigraph import OxigraphStore
from graph.knowledge_graph import KnowledgeGraph
from graph.merge import MergedGraph


def store_path(settings: Settings) -> Path:
    """Directory of the embedded store.

    Raises:
        ConfigurationError: The setting ``store`` names an engine that is not known.
    """
    scheme, _, rest = settings.store.partition(":")
    if scheme != "oxigraph":
        raise ConfigurationError(f"setting store: {settings.store!r} is not known; known is oxigraph:[DIRECTORY]")
    return Path(rest) if rest else settings.data / "graph"


@contextmanager
def open_graph(settings: Settings) -> Iterator[KnowledgeGraph]:
    """The knowledge graph, closed at the end of the ``with`` block."""
    graph = MergedGraph(OxigraphStore(store_path(settings)), settings.graphs)
    try:
        yield graph
    finally:
        graph.close()
