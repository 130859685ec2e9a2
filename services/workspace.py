"""An open installation: graph, archive, quarantine and the rest of one data directory, opened and closed together."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from common.settings import Settings
from graph.directory import DataDirectory, open_directory
from graph.knowledge_graph import KnowledgeGraph
from graph.open import open_graph
from ingest.archive import Archive
from ingest.corrections import Corrections
from ingest.quarantine import Quarantine
from ingest.touched import Touched


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything a job works with."""

    settings: Settings
    directory: DataDirectory
    graph: KnowledgeGraph
    archive: Archive
    quarantine: Quarantine
    corrections: Corrections
    touched: Touched


@contextmanager
def open_workspace(settings: Settings) -> Iterator[Workspace]:
    """The installation that ``settings`` name; its graph belongs to a running server or is opened here.

    While it is open here, other commands reach the graph through this process.

    Raises:
        FormatError: The data directory is of another format or base.
        StoreBusyError, StoreReadOnlyError: See ``graph.open``.
    """
    directory = open_directory(settings)
    with open_graph(settings, listen=True) as graph, ExitStack() as stack:
        archive = stack.enter_context(closing(Archive(directory.archive)))
        quarantine = stack.enter_context(closing(Quarantine(directory.quarantine)))
        corrections = stack.enter_context(closing(Corrections(directory.path / "corrections.sqlite")))
        touched = stack.enter_context(closing(Touched(directory.path / "touched.sqlite")))
        yield Workspace(settings, directory, graph, archive, quarantine, corrections, touched)
