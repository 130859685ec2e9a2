"""What the views work with, hung on the Flask application."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from common.settings import Settings
from graph.knowledge_graph import KnowledgeGraph
from ingest.archive import Archive
from people.opening import People
from services.search.searcher import Searcher
from services.sparql.pool import QueryPool
from services.statistics.statistics import StatisticsKeeper

EXTENSION = "bibliograph"


@dataclass(frozen=True, slots=True)
class Platform:
    """An open installation as the web sees it."""

    settings: Settings
    graph: KnowledgeGraph
    pool: QueryPool
    people: People
    archive: Archive
    searcher: Searcher
    statistics: StatisticsKeeper


def platform() -> Platform:
    """The installation of the application at hand."""
    return cast("Platform", current_app.extensions[EXTENSION])
