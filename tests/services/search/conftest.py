"""An installation with an index, and a search over it."""

from collections.abc import Callable

import pytest

from services.search.index import TextIndex
from services.search.indexer import bring_up_to_date
from services.search.request import SearchRequest, SearchResult
from services.search.searcher import Searcher
from services.workspace import Workspace

Search = Callable[..., SearchResult]


@pytest.fixture
def index(workspace: Workspace) -> TextIndex:
    """The text index of the installation; empty until it is brought up to date."""
    return TextIndex(workspace.directory.text_index)


@pytest.fixture
def search(workspace: Workspace, index: TextIndex) -> Search:
    """Brings the index up to date and searches."""
    searcher = Searcher(workspace.graph, index)

    def run(text: str = "", **how: object) -> SearchResult:
        bring_up_to_date(workspace.graph, index)
        return searcher.search(SearchRequest(text, **how))  # type: ignore[arg-type]

    return run
