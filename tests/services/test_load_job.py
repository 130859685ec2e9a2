"""Loading RDF files: where they may go."""

from pathlib import Path

import pytest

from common.errors import InputError
from services.loading import load_file
from services.workspace import Workspace
from tests.services.library import BASE


@pytest.mark.parametrize(
    "graph",
    [
        f"{BASE}graph/record/TEST/1",
        f"{BASE}graph/cited/gnd/1",
        f"{BASE}graph/resolution",
        f"{BASE}graph/ontology",
        f"{BASE}graph/vocabulary/relators",
        "http://[",
        "no iri",
    ],
)
def test_graphs_of_the_platform_are_not_replaced(workspace: Workspace, tmp_path: Path, graph: str) -> None:
    """What other commands write, a file does not replace; what is no IRI names no graph."""
    file = tmp_path / "mine.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(InputError):
        load_file(workspace, file, graph)


def test_a_file_named_like_a_code_list_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """A file that would take the place of a code list by its mere name needs a graph said for it."""
    file = tmp_path / "languages.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(InputError, match="vocabulary/languages"):
        load_file(workspace, file)
    assert load_file(workspace, file, f"{BASE}graph/vocabulary/my-languages").triples == 1
