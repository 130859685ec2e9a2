"""Relative IRIs: the examples of RFC 3986, section 5.4."""

import pytest

from graph.sparql.iris import resolve

BASE = "http://a/b/c/d;p?q"

#: Reference -> IRI, as the RFC has them.
EXAMPLES = {
    "g:h": "g:h",
    "g": "http://a/b/c/g",
    "./g": "http://a/b/c/g",
    "g/": "http://a/b/c/g/",
    "/g": "http://a/g",
    "//g": "http://g",
    "?y": "http://a/b/c/d;p?y",
    "g?y": "http://a/b/c/g?y",
    "#s": "http://a/b/c/d;p?q#s",
    "g#s": "http://a/b/c/g#s",
    "g?y#s": "http://a/b/c/g?y#s",
    ";x": "http://a/b/c/;x",
    "g;x": "http://a/b/c/g;x",
    "g;x?y#s": "http://a/b/c/g;x?y#s",
    "": "http://a/b/c/d;p?q",
    ".": "http://a/b/c/",
    "./": "http://a/b/c/",
    "..": "http://a/b/",
    "../": "http://a/b/",
    "../g": "http://a/b/g",
    "../..": "http://a/",
    "../../": "http://a/",
    "../../g": "http://a/g",
    "../../../g": "http://a/g",
    "../../../../g": "http://a/g",
    "/./g": "http://a/g",
    "/../g": "http://a/g",
    "g.": "http://a/b/c/g.",
    ".g": "http://a/b/c/.g",
    "g..": "http://a/b/c/g..",
    "..g": "http://a/b/c/..g",
    "./../g": "http://a/b/g",
    "./g/.": "http://a/b/c/g/",
    "g/./h": "http://a/b/c/g/h",
    "g/../h": "http://a/b/c/h",
    "g;x=1/./y": "http://a/b/c/g;x=1/y",
    "g;x=1/../y": "http://a/b/c/y",
    "g?y/./x": "http://a/b/c/g?y/./x",
    "g?y/../x": "http://a/b/c/g?y/../x",
    "g#s/./x": "http://a/b/c/g#s/./x",
    "g#s/../x": "http://a/b/c/g#s/../x",
    "http:g": "http:g",
}


@pytest.mark.parametrize(("reference", "iri"), EXAMPLES.items())
def test_examples_of_the_rfc(reference: str, iri: str) -> None:
    """Each reference against the RFC's base."""
    assert resolve(BASE, reference) == iri


@pytest.mark.parametrize(
    ("base", "reference", "iri"),
    [
        ("http://a", "b", "http://a/b"),
        ("http://a?q", "b", "http://a/b"),
        ("urn:a:b", "c", "urn:c"),
        ("urn:a/b", "..", "urn:/"),
        ("http://a/書/x", "名?é", "http://a/書/名?é"),
        ("http://a/b", "http://c/d/../e", "http://c/d/../e"),
    ],
)
def test_other_bases(base: str, reference: str, iri: str) -> None:
    """No path, no authority, other characters than ASCII; an absolute IRI stays as it is."""
    assert resolve(base, reference) == iri
