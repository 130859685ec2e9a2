"""Judgement: what a shared heading is worth, and which entity stands for a cluster."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx

from reasoning.resolution.headings import Heading, Key

THRESHOLD = Decimal("0.90")
"""Links below are not made."""

#: One authority and the same heading in its scheme: that is what an authority file is for.
WITH_AUTHORITY = Decimal("0.98")
#: A person's name with dates or a qualifier, or a controlled heading of another kind.
CONTROLLED = Decimal("0.95")
#: A person's bare name is controlled too, where an authority record of the scheme has just that heading …
BARE_NAME_WITH_AUTHORITY = Decimal("0.92")
#: … and without one it may be anybody's.
BARE_NAME = Decimal("0.60")


@dataclass(frozen=True, slots=True)
class Link:
    """``member`` is the same as ``canonical``, with a score and the evidence in words."""

    member: str
    canonical: str
    score: Decimal
    evidence: str


def score(group: list[Heading]) -> Decimal:
    """How sure it is that entities of one key are one; 0 where the heading stands for several.

    Two authorities of one scheme with the same heading are homonyms: their identifiers say so, and what cites the
    heading alone can't be told apart.
    """
    authorities = {heading.entity for heading in group if heading.authority}
    if len(authorities) > 1 or any(heading.undifferentiated for heading in group):
        return Decimal(0)
    bare_name = group[0].key.kind == "person" and not group[0].qualified
    if authorities:
        return BARE_NAME_WITH_AUTHORITY if bare_name else WITH_AUTHORITY
    return BARE_NAME if bare_name else CONTROLLED


def linking(found: Iterable[Heading]) -> dict[Key, list[Heading]]:
    """The headings by key, as far as a key is borne by several entities and good enough to link them."""
    groups: dict[Key, list[Heading]] = {}
    for heading in found:
        groups.setdefault(heading.key, []).append(heading)
    return {
        key: group
        for key, group in groups.items()
        if len({heading.entity for heading in group}) > 1 and score(group) >= THRESHOLD
    }


def links(
    found: Iterable[Heading],
    current: Mapping[str, str],
    apart: Iterable[tuple[str, str]],
    fresh: Collection[str] = (),
) -> list[Link]:
    """The links to be made between entities of ``found``.

    Args:
        found: Headings, complete for each key that occurs.
        current: Entity -> its canonical entity as it is now: a cluster keeps its IRI.
        apart: Pairs that curators keep apart.
        fresh: Entities that came or changed since the last resolution.
    """
    clusters = nx.Graph()
    for key, group in sorted(linking(found).items(), key=lambda item: (item[0].scheme, item[0].label, item[0].kind)):
        first, *others = sorted({heading.entity for heading in group})
        worth = score(group)
        clusters.add_edges_from((first, other, {"score": worth, "key": key}) for other in others)
    _keep_apart(clusters, apart)
    made = [
        link
        for members in nx.connected_components(clusters)
        for link in _cluster_links(clusters.subgraph(members), current, fresh)
    ]
    return sorted(made, key=lambda link: link.member)


def _keep_apart(clusters: "nx.Graph", apart: Iterable[tuple[str, str]]) -> None:
    """Takes the first of each pair out of a cluster that holds both: it stands alone rather than wrongly."""
    for member, other in sorted(apart):
        if member in clusters and other in clusters and nx.has_path(clusters, member, other):
            rays: dict[Key, list[tuple[str, dict[str, object]]]] = {}
            for _, neighbour, data in sorted(clusters.edges(member, data=True), key=lambda edge: edge[1]):
                rays.setdefault(data["key"], []).append((neighbour, data))
            clusters.remove_node(member)
            # Those that shared a heading through it still share it.
            for (centre, _), *others in rays.values():
                clusters.add_edges_from((centre, other, data) for other, data in others)


def _cluster_links(cluster: "nx.Graph", current: Mapping[str, str], fresh: Collection[str]) -> Iterable[Link]:
    canonical = canonical_of(cluster.nodes, current, fresh)
    for member in cluster.nodes:
        if member != canonical:
            edge = min(cluster.edges(member, data=True), key=lambda e: (-e[2]["score"], e[2]["key"].label))[2]
            key: Key = edge["key"]
            yield Link(member, canonical, edge["score"], f"same {key.kind} heading in {key.scheme}: {key.label}")


def canonical_of(members: Iterable[str], current: Mapping[str, str], fresh: Collection[str] = ()) -> str:
    """An authority; else what stands for others of the cluster; else what was there before; else the first in order.

    A cluster keeps its IRI, and a Hub its earliest member's (decisions about data, 4): an entity that came or changed
    since the last resolution (``fresh``) takes over from none that was there.
    """
    ordered = sorted(members)
    authority = next((member for member in ordered if "/id/authority/" in member), None)
    if authority:
        return authority
    standing = {current.get(member) for member in ordered if current.get(member) not in {None, member}}
    return min(ordered, key=lambda member: (member not in standing, member in fresh, member))
