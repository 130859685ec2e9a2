"""The W3C's tests of SPARQL 1.0 and 1.1, read from their manifests."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from common.namespaces import RDF

SUITES = Path(__file__).resolve().parents[4] / "shared" / "data" / "conformance" / "w3c_rdf-tests" / "sparql"
needs_data = pytest.mark.skipif(not SUITES.is_dir(), reason="shared data not present: the W3C's rdf-tests")

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"


@dataclass(frozen=True)
class Manifest:
    """One manifest."""

    path: Path
    store: ox.Store

    def value(self, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        """The one object.

        Raises:
            LookupError: There is none.
        """
        values = self.values(subject, predicate)
        if not values:
            raise LookupError(predicate)
        return values[0]

    def values(
        self, subject: ox.NamedNode | ox.BlankNode, predicate: str
    ) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """All objects."""
        return [quad.object for quad in self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)]


@dataclass(frozen=True)
class Case:
    """One test: its IRI, the last part of its type's IRI, its node in the manifest."""

    iri: str
    kind: str
    manifest: Manifest

    @property
    def node(self) -> ox.NamedNode:
        """The test in its manifest."""
        return ox.NamedNode(self.iri)

    @property
    def is_update(self) -> bool:
        """Whether its text is an update."""
        return self.file.suffix == ".ru"

    @property
    def file(self) -> Path:
        """The file of the query or update."""
        action = self.manifest.value(self.node, f"{MF}action")
        if isinstance(action, ox.BlankNode):
            requests = [*self.manifest.values(action, f"{QT}query"), *self.manifest.values(action, f"{UT}request")]
            action = requests[0]
        return Path(action.value.removeprefix("file://"))

    @property
    def text(self) -> str:
        """The query or update, line ends as they are."""
        return self.file.read_bytes().decode()

    def __str__(self) -> str:
        return f"{self.manifest.path.parent.name}:{self.iri.rpartition('#')[2]}"


@cache
def cases(suites: str = "sparql1[01]") -> tuple[Case, ...]:
    """All tests of the suites whose folders fit the pattern; none without the shared data."""
    return tuple(case for path in sorted(SUITES.glob(f"{suites}/*/manifest.ttl")) for case in _cases(path))


def _cases(path: Path) -> Iterator[Case]:
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())
    manifest = Manifest(path, store)
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), None):
        if isinstance(quad.subject, ox.NamedNode) and manifest.values(quad.subject, f"{MF}action"):
            yield Case(quad.subject.value, quad.object.value.rpartition("#")[2], manifest)
