"""The first resolver over a real graph: what is one, what is not, and how a link is taken back."""

from pathlib import Path

import pytest

from common.errors import InputError
from services import resolution
from services.verification import verify
from services.workspace import Workspace
from tests.services.library import BASE, authority, book, ingest, rows, write

DATED = "100 1# $a Dickens, Charles, $d 1812-1870"
BARE = "100 1# $a Smith, John"


def _clusters(workspace: Workspace, kind: str = "") -> set[frozenset[str]]:
    """Paths of the entities that stand together, those alone left out."""
    found: dict[str, set[str]] = {}
    for entity, canonical in rows(workspace, "SELECT ?e ?c { ?e bg:canonical ?c }"):
        assert entity
        assert canonical
        if kind in entity or kind in canonical:
            found.setdefault(canonical, set()).add(entity.removeprefix(f"<{BASE}id/").removesuffix(">"))
    return {frozenset(members) for members in found.values() if len(members) > 1}


def _ingest(workspace: Workspace, path: Path, *records: object) -> None:
    ingest(workspace, write(path / "records.json", *records))  # type: ignore[arg-type]
    assert verify(workspace).right


def test_one_dated_heading_of_one_supplier_is_one_person(workspace: Workspace, tmp_path: Path) -> None:
    """Full heading with dates, same scheme: linked, with score, evidence and decider."""
    _ingest(workspace, tmp_path, book("1", "One", DATED), book("2", "Two", DATED))
    cluster = next(iter(_clusters(workspace, "/agent/")))
    why = rows(workspace, "SELECT ?s ?e ?d { ?r a bg:Resolution ; bg:score ?s ; bg:evidence ?e ; bg:decider ?d }")
    assert len(cluster) == 2
    assert len(why) == 1
    assert (why[0][0] or "").startswith('"0.95"')
    assert "Dickens" in (why[0][1] or "")
    assert why[0][2] == '"system:resolver"'


def test_bare_names_do_not_melt(workspace: Workspace, tmp_path: Path) -> None:
    """A person's name without dates or qualifier may be anybody's."""
    _ingest(workspace, tmp_path, book("1", "One", BARE), book("2", "Two", BARE))
    assert not _clusters(workspace)


def test_headings_of_two_suppliers_do_not_melt(workspace: Workspace, tmp_path: Path) -> None:
    """Each supplier controls its own names."""
    _ingest(workspace, tmp_path, book("1", "One", DATED), book("1", "Two", DATED, source="OTHER"))
    assert not _clusters(workspace)


def test_two_authorities_of_one_heading_are_homonyms(workspace: Workspace, tmp_path: Path) -> None:
    """Their identifiers say that they differ; what cites the heading alone is linked to neither."""
    _ingest(
        workspace,
        tmp_path,
        *(book(n, n, f"{DATED} $0 (DE-588)11852{n}") for n in ("5400", "5401")),
        book("3", "Three", DATED),
    )
    assert not _clusters(workspace)


def test_an_authority_record_draws_its_headings(workspace: Workspace, tmp_path: Path) -> None:
    """What bears the heading of an authority record of the same supplier is linked to it, bare names too."""
    _ingest(workspace, tmp_path, book("1", "One", BARE), authority("77", BARE), book("2", "Two", BARE))
    (cluster,) = _clusters(workspace)
    assert sum(member.startswith("authority/") for member in cluster) == 1
    assert len(cluster) == 3


def test_a_place_is_not_the_jurisdiction_of_its_name(workspace: Workspace, tmp_path: Path) -> None:
    """The same words of another kind are another thing."""
    _ingest(workspace, tmp_path, book("1", "One", "651 #0 $a France"), book("2", "Two", "110 1# $a France"))
    assert not _clusters(workspace)


def test_subjects_meet_within_their_scheme(workspace: Workspace, tmp_path: Path) -> None:
    """LCSH headings are one, the same words in MeSH another."""
    records = [book(str(n), str(n), f"650 #{scheme} $a Heart") for n, scheme in enumerate("0022")]
    _ingest(workspace, tmp_path, *records)
    assert sorted(len(cluster) for cluster in _clusters(workspace, "/subject/")) == [2, 2]


def test_undo_works_and_stays(workspace: Workspace, tmp_path: Path) -> None:
    """A link taken back does not come again, whatever is looked at anew; the others stay linked."""
    _ingest(workspace, tmp_path, *(book(str(n), str(n), DATED) for n in range(3)))
    (cluster,) = _clusters(workspace)
    canonical = min(cluster)
    member = max(cluster)
    assert resolution.undo(workspace, f"{BASE}id/{member}", "system:test") == f"{BASE}id/{canonical}"
    resolution.resolve_all(workspace)
    assert _clusters(workspace) == {cluster - {member}}
    assert verify(workspace).right


def test_undo_holds_when_an_authority_comes(workspace: Workspace, tmp_path: Path) -> None:
    """A new centre of the cluster does not bring back what a curator has set apart."""
    _ingest(workspace, tmp_path, *(book(str(n), str(n), DATED) for n in range(3)))
    (cluster,) = _clusters(workspace)
    resolution.undo(workspace, f"{BASE}id/{max(cluster)}", "system:test")
    _ingest(workspace, tmp_path, authority("77", DATED))
    (now,) = _clusters(workspace)
    assert max(cluster) not in now
    assert len(now) == 3


def test_undo_says_who_is_linked_to_a_centre(workspace: Workspace, tmp_path: Path) -> None:
    """What stands for others can't be undone; the error names them."""
    _ingest(workspace, tmp_path, *(book(str(n), str(n), DATED) for n in range(2)))
    (cluster,) = _clusters(workspace)
    with pytest.raises(InputError, match=r"stands for itself; linked to it are .*/agent/TEST/1/"):
        resolution.undo(workspace, f"{BASE}id/{min(cluster)}", "system:test")


def test_a_changed_heading_leaves_its_cluster(workspace: Workspace, tmp_path: Path) -> None:
    """A record corrected to another person leaves the rest as they were."""
    _ingest(workspace, tmp_path, *(book(str(n), str(n), DATED) for n in range(3)))
    _ingest(workspace, tmp_path, book("0", "0", "100 1# $a Dickens, Monica, $d 1915-1992"))
    (cluster,) = _clusters(workspace)
    assert len(cluster) == 2
    _ingest(workspace, tmp_path, book("1", "1", status="d"))
    assert not _clusters(workspace)


def test_looking_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """Entities with headings in two scripts lead from cluster to cluster, and still it settles at once."""
    both = "100 1# $6 880-01 $a Lu, Xun, $d 1881-1936"
    chinese = "880 1# $6 100-01/$1 $a 鲁迅, $d 1881-1936"
    _ingest(
        workspace,
        tmp_path,
        book("1", "One", both, chinese),
        book("2", "Two", "100 1# $a Lu, Xun, $d 1881-1936"),
        book("3", "Three", "100 1# $a 鲁迅, $d 1881-1936"),
    )
    before = workspace.graph.sequence
    assert resolution.resolve_all(workspace) == 0
    assert workspace.graph.sequence == before


def test_a_cluster_keeps_its_earliest_members_iri(workspace: Workspace, tmp_path: Path) -> None:
    """A Hub that was alone goes on standing for the work when another record of it comes, whatever their numbers."""
    uniform = ("100 1# $a Cao, Xueqin, $d 1717-1763", "240 10 $a Hong lou meng")
    _ingest(workspace, tmp_path, book("9", "First to come", *uniform))
    _ingest(workspace, tmp_path, book("1", "Second to come", *uniform))
    canonical = {c for _, c in rows(workspace, "SELECT ?e ?c { ?e bg:canonical ?c . ?e a bf:Hub }")}
    assert len(canonical) == 1
    assert "/hub/TEST/9/" in (canonical.pop() or "")
