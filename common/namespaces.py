"""Namespaces and the prefixes under which queries, pages and Turtle show them."""

BF = "http://id.loc.gov/ontologies/bibframe/"
BFLC = "http://id.loc.gov/ontologies/bflc/"
BG = "https://w3id.org/bibliograph/ontology#"
CODE = "https://w3id.org/bibliograph/code/"
DCTERMS = "http://purl.org/dc/terms/"
EDTF = "http://id.loc.gov/datatypes/edtf"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "bf": BF,
    "bflc": BFLC,
    "bg": BG,
    "dcterms": DCTERMS,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}


def curie(iri: str) -> str:
    """An IRI as ``prefix:name`` where it has one of these prefixes, else as it is.

    >>> curie("http://id.loc.gov/ontologies/bibframe/Work")
    'bf:Work'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


class Graphs:
    """IRIs of the named graphs under a base IRI (design: "Graphs").

    Args:
        base: Base IRI of the installation, ending in ``/``.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.ontology = f"{base}graph/ontology"
        self.curation = f"{base}graph/curation"
        self.resolution = f"{base}graph/resolution"
        self.inferred = f"{base}graph/inferred"
        self.associations = f"{base}graph/associations"
        self.changesets = f"{base}graph/changesets"
        self.suppressions = f"{base}graph/suppressions"
        #: Flags of processes that write to a store which they share; empty while none does.
        self.writers = f"{base}graph/writers"
        #: Held outside the merge: who changed what, what a librarian has suppressed, and who is about to write.
        self.outside_merge = frozenset({self.changesets, self.suppressions, self.writers})

    def record(self, source: str, identifier: str) -> str:
        """Graph of one source record; both parts are percent-encoded by the caller's ``slug``."""
        return f"{self.base}graph/record/{source}/{identifier}"

    def vocabulary(self, scheme: str) -> str:
        """Graph of one vocabulary or code list."""
        return f"{self.base}graph/vocabulary/{scheme}"

    def cited(self, scheme: str, identifier: str) -> str:
        """Graph that holds an authority's heading as cited by records, while some record cites it."""
        return f"{self.base}graph/cited/{scheme}/{identifier}"
