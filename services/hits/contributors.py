"""Who made a work, the primary contributors first."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from graph.knowledge_graph import KnowledgeGraph
from services.entities.naming import local_name
from services.hits import queries

_NUMBER = re.compile(r"(\d+)")
#: Roles of those who had to do with copies, printing or money, and not with the content.
_NOT_CREATORS = frozenset("bnd bsl dnr dst dte fmo fnd hnr isb len own pbl pfr pma prm prt scr sgn spn".split())


@dataclass(order=True, frozen=True, slots=True)
class Contributor:
    """An agent of a work; sorts as a list shows them.

    Attributes:
        later: Whether this is no primary contributor.
        order: Where the record names it.
        agent: Term of the canonical agent.
    """

    later: bool
    order: tuple[tuple[int, str], ...]
    agent: str


@dataclass(slots=True)
class _Contribution:
    work: str
    agent: str
    is_primary: bool
    roles: set[str] = field(default_factory=set)

    @property
    def is_creator(self) -> bool:
        return self.is_primary or not self.roles or not self.roles <= _NOT_CREATORS


def contributors(graph: KnowledgeGraph, works: list[str]) -> dict[str, list[Contributor]]:
    """The contributors of each of some works (terms)."""
    found: dict[tuple[str, str], _Contribution] = {}
    for work, node, primary, agent, role in queries.rows(graph, "contributions", {"works": works}) if works else ():
        if work and node and agent:
            contribution = found.setdefault((node, agent), _Contribution(work, agent, primary is not None))
            contribution.roles.update([local_name(role[1:-1])] if role else [])
    by_work: dict[str, list[Contributor]] = defaultdict(list)
    for (node, agent), contribution in found.items():
        if contribution.is_creator:
            by_work[contribution.work].append(Contributor(not contribution.is_primary, _order(node), agent))
    return by_work


def _order(node: str) -> tuple[tuple[int, str], ...]:
    """Sorts ``…#contribution-700-10`` after ``…#contribution-700-9``."""
    parts = _NUMBER.split(node.rpartition("#")[2])
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
