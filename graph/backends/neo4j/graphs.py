"""Which graphs a statement stands in, as the database keeps it."""

from collections.abc import Iterable

from graph.backends.neo4j.changes import Marks

Graphs = dict[str | None, None]
"""Graphs in order; None: the default graph. A dict, because it keeps the order."""
DEFAULT_ONLY: Graphs = {None: None}
_HIDDEN = "! "


def to_text(graphs: Iterable[str | None]) -> str:
    """Graphs of a label or literal.

    >>> to_text({None: None, "g:1": None}), to_text({"g:1": None, "g:2": None}), to_text({None: None})
    ('g:1', '! g:1 g:2', '')
    """
    found = list(graphs)
    named = " ".join(graph for graph in found if graph is not None)
    return named if None in found else f"{_HIDDEN}{named}"


def of_text(text: str | None) -> Graphs:
    """Inverse of ``to_text``; None: the default graph alone."""
    if not text:
        return DEFAULT_ONLY
    if text.startswith(_HIDDEN):
        return dict.fromkeys(text[len(_HIDDEN) :].split(" "))
    return {None: None, **dict.fromkeys(text.split(" "))}


def of_link(named: list[str] | None, default: bool | None) -> Graphs:
    """Graphs of a relationship, from its properties ``g`` and ``d``."""
    found: Graphs = {} if default is False else {None: None}
    return found | dict.fromkeys(named or ())


def to_link(graphs: Graphs) -> dict[str, object]:
    """Properties of a relationship."""
    found: dict[str, object] = {}
    if named := [graph for graph in graphs if graph is not None]:
        found["g"] = named
    if None not in graphs:
        found["d"] = False
    return found


class Placed:
    """Where a statement stands, and how the database keeps that.

    Attributes:
        graphs: Its graphs.
        named: The named ones.
        is_named: There is something to keep: it does not stand in the default graph alone.
        is_hidden: It is somewhere, but not in the default graph.
        text: For a label or literal.
        link: For a relationship.
    """

    __slots__ = ("graphs", "is_hidden", "is_named", "link", "named", "text")

    def __init__(self, graphs: Graphs) -> None:
        self.graphs = graphs
        self.named = [graph for graph in graphs if graph is not None]
        self.is_hidden = bool(graphs) and None not in graphs
        self.is_named = bool(self.named)
        self.text = to_text(graphs)
        self.link = to_link(graphs)


def changed(graphs: Graphs, marks: Marks) -> Graphs:
    """The graphs after a change."""
    kept = {graph: None for graph in graphs if marks.get(graph, True)}
    return kept | {graph: None for graph, held in marks.items() if held}
