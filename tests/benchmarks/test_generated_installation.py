"""The installation that the search benchmark generates is what an ingest would have made of the same records."""

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.search.generator import Generator, Made
from benchmarks.search.loading import Loader
from benchmarks.search.skeletons import Samples, read_samples
from common.settings import Settings
from graph.queries import select
from ingest.commit import Committer
from ingest.prepare import Preparer
from ingest.record import RawRecord
from services.ingestion import resolve
from services.verification import verify
from services.vocabularies import ensure_vocabularies
from services.workspace import Workspace, open_workspace

WORKS = 150


@pytest.fixture(scope="module")
def samples() -> Samples:
    """The samples that generated records go by."""
    return read_samples()


@pytest.fixture(scope="module")
def made(samples: Samples) -> list[Made]:
    """Some generated works."""
    return list(Generator(samples).works(WORKS))


@pytest.fixture(scope="module")
def records(samples: Samples, made: list[Made]) -> list[RawRecord]:
    """Their records, with some authorities of the samples."""
    return [*islice(samples.authorities, 100), *(record for work in made for record in work.records)]


def _ingested(workspace: Workspace, records: list[RawRecord]) -> None:
    """The records by the way of an ingest."""
    ensure_vocabularies(workspace.graph)
    committer = Committer(workspace.graph, workspace.archive, workspace.quarantine, workspace.touched, "system:test")
    committer.commit(Preparer(workspace.settings.base).prepare(records).records)
    resolve(workspace)


def _statements(workspace: Workspace) -> set[tuple[str | None, ...]]:
    """Everything but how entities are linked, and the changesets."""
    text = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(?g NOT IN ($resolution, $changesets)) }"
    graphs = workspace.graph.graphs
    rows = select(
        workspace.graph, text, {"resolution": f"<{graphs.resolution}>", "changesets": f"<{graphs.changesets}>"}
    )
    return set(rows)


def _clusters(workspace: Workspace) -> set[frozenset[str]]:
    """Which entities are one; a cluster may go by another member's name."""
    rows = select(
        workspace.graph,
        "PREFIX bg: <https://w3id.org/bibliograph/ontology#> SELECT ?e ?c { GRAPH $resolution { ?e bg:canonical ?c } }",
        {"resolution": f"<{workspace.graph.graphs.resolution}>"},
    )
    clusters: dict[str, set[str]] = {}
    for entity, canonical in rows:
        clusters.setdefault(canonical or "", set()).add(entity or "")
    return {frozenset(members) for members in clusters.values()}


def test_it_is_what_an_ingest_makes(tmp_path: Path, records: list[RawRecord]) -> None:
    """The same statements in the same graphs, the same entities linked, and verify finds nothing to say."""
    with (
        open_workspace(Settings(data=tmp_path / "fast")) as fast,
        open_workspace(Settings(data=tmp_path / "slow")) as slow,
    ):
        loader = Loader(fast)
        loader.load(records, workers=1)
        loader.link()
        _ingested(slow, records)
        assert verify(fast).right
        assert _statements(fast) == _statements(slow)
        assert _clusters(fast) == _clusters(slow)
        assert any(len(cluster) > 1 for cluster in _clusters(fast))


def test_the_same_seed_gives_the_same_works(samples: Samples, made: list[Made]) -> None:
    """Figures of two runs are about the same data."""
    again = list(Generator(samples).works(WORKS))
    assert [work.records for work in again] == [work.records for work in made]


def test_no_number_comes_twice(made: list[Made]) -> None:
    """Every generated record is one of its own."""
    keys = Counter(record.key for work in made for record in work.records)
    assert keys.most_common(1)[0][1] == 1


def test_languages_are_those_of_the_samples(samples: Samples) -> None:
    """A whole copy of the samples has as many Chinese works as they."""
    works = len(samples.works)
    found = Counter(work.text.lang for work in Generator(samples).works(works))
    assert found == Counter(skeleton.lang for skeleton in samples.works)
