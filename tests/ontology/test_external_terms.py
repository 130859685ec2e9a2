"""Terms of others are spelled as their publishers spell them, compared with the published vocabularies."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from common import namespaces as ns
from ontology import ontology_statements

DATA = Path(os.environ.get("SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "ontologies"
#: Namespace -> the published file that defines it.
PUBLISHED = {
    ns.BF: "bibframe/bibframe.rdf",
    ns.BFLC: "w3c_lc_others/bflc.rdf",
    ns.DCTERMS: "dcterms/dcterms.rdf",
    ns.PROV: "w3c_lc_others/prov.nq",
    ns.SCHEMA: "schemaorg/schemaorg-current-https.ttl",
    ns.SKOS: "w3c_lc_others/skos.nq",
    "http://purl.org/spar/fabio/": "spar_fabio/fabio.ttl",
    "http://purl.org/vocab/frbr/core#": "spar_frbr/frbr.ttl",
    "http://xmlns.com/foaf/0.1/": "w3c_lc_others/foaf.nq",
}
#: Namespaces that the published files don't cover: our own, and those that every RDF tool knows.
OTHERS = (ns.BG, ns.OWL, ns.RDF, ns.RDFS, ns.XSD, ns.EDTF, "https://w3id.org/bibliograph/", "https://www.apache.org/")


@cache
def named() -> frozenset[str]:
    """Every IRI in the ontology."""
    without_texts = (re.sub(r'"(?:[^"\\]|\\.)*"', '""', line) for line in ontology_statements())
    return frozenset(re.findall(r"<([^>]*)>", "\n".join(without_texts)))


def test_every_namespace_is_known() -> None:
    """A mistyped namespace, such as http for https in schema.org, would escape every other check."""
    assert sorted(iri for iri in named() if not iri.startswith((*PUBLISHED, *OTHERS))) == []


@pytest.mark.shared_data
@pytest.mark.parametrize("namespace", PUBLISHED)
def test_reused_terms_exist(namespace: str) -> None:
    """Each reused term stands in the file that its publisher gives out."""
    path = DATA / PUBLISHED[namespace]
    if not path.exists():
        pytest.skip("no data")
    text = path.read_text(encoding="utf-8")
    names = {iri.removeprefix(namespace) for iri in named() if iri.startswith(namespace)}
    assert names, "nothing to compare"
    # RDF/XML writes the whole IRI between quotes, N-Quads between brackets, Turtle a prefixed name or brackets.
    unknown = [name for name in names if not re.search(rf"(?:{re.escape(namespace)}|\b\w*:){name}[\">\s;,.]", text)]
    assert unknown == []
