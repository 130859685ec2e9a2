"""The search service."""

from graph.knowledge_graph import KnowledgeGraph
from services.search.request import SearchRequest, SearchResult, Suggestion


class Searcher:
    """Answers searches; threads may share it."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph

    def search(self, request: SearchRequest) -> SearchResult:
        """The hits.

        Raises:
            InputError: The request can't be answered; names the parameter.
        """
        raise NotImplementedError

    def suggest(self, text: str, lang: str = "en", type_: str = "", limit: int = 10) -> list[Suggestion]:
        """Entities of any kind (or one) whose name begins with ``text``, the best known first."""
        raise NotImplementedError
