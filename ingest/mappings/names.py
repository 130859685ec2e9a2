"""Vocabulary terms as N-Triples text, for mapping modules to name at import time."""

from common import namespaces as ns


def bf(name: str) -> str:
    """A BIBFRAME 2 term."""
    return f"<{ns.BF}{name}>"


def bflc(name: str) -> str:
    """A term of the Library of Congress's BIBFRAME extension."""
    return f"<{ns.BFLC}{name}>"


def bg(name: str) -> str:
    """A term of our own ontology."""
    return f"<{ns.BG}{name}>"


def dcterms(name: str) -> str:
    """A Dublin Core term."""
    return f"<{ns.DCTERMS}{name}>"


def skos(name: str) -> str:
    """A SKOS term."""
    return f"<{ns.SKOS}{name}>"


def schema(name: str) -> str:
    """A schema.org term."""
    return f"<{ns.SCHEMA}{name}>"


TYPE = f"<{ns.RDF}type>"
VALUE = f"<{ns.RDF}value>"
LABEL = f"<{ns.RDFS}label>"
IN_SCHEME = skos("inScheme")
