"""The citations of an entity, one for each style."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from graph.knowledge_graph import KnowledgeGraph
from services.citations.apa import apa
from services.citations.chicago import chicago
from services.citations.exports import bibtex, ris
from services.citations.gbt7714 import gbt7714
from services.citations.reading import read_reference
from services.citations.reference import Reference
from services.citations.text import Piece, plain
from services.entities import queries
from services.entities.statements import cluster_of

Style = Callable[[Reference, date], list[Piece]]
#: Name of a style -> what writes it; the date is that of the visit, for what is online.
STYLES: Mapping[str, Style] = {"gbt7714": gbt7714, "apa": apa, "chicago": chicago, "bibtex": bibtex, "ris": ris}


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference in one style.

    Attributes:
        style: A name of ``STYLES``.
        pieces: The text, with the titles that are set in italics.
    """

    style: str
    pieces: list[Piece]

    @property
    def text(self) -> str:
        """The text alone."""
        return plain(self.pieces)


def citations(graph: KnowledgeGraph, entity: str, today: date) -> list[Citation]:
    """Citations of an edition, or of a work by its first edition; [] for anything else.

    Args:
        graph: The graph.
        entity: Term of the entity.
        today: Date of the visit.
    """
    reference = read_reference(graph, entity) or _of_work(graph, entity)
    if reference is None or not reference.title:
        return []
    return [Citation(style, write(reference, today)) for style, write in STYLES.items()]


def _of_work(graph: KnowledgeGraph, work: str) -> Reference | None:
    rows = queries.rows(graph, "editions", {"works": cluster_of(graph, work).members})
    edition = next((row[0] for row in rows if row[0]), None)
    return read_reference(graph, edition) if edition else None
