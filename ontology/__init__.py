"""The OWL ontology, in modules, and its loader.

Each ``.ttl`` file beside this one is a module; ``bibliograph.ttl`` imports them all. Terms reused from BIBFRAME, SKOS,
schema.org, Dublin Core and PROV stand in them with our own labels, and domain and range as the platform uses them.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from common.namespaces import RDFS, SKOS

IRI = "https://w3id.org/bibliograph/ontology/"
"""Modules are named ``{IRI}{file name without .ttl}``."""
_SKOLEM = "https://w3id.org/bibliograph/.well-known/genid/ontology-"
_SUBCLASS = f"<{RDFS}subClassOf>"
_LABEL = f"{RDFS}label"
_ALT_LABEL = f"{SKOS}altLabel"


def module_paths() -> list[Path]:
    """The Turtle files, in order of their names. OWL tools read these."""
    return sorted(Path(__file__).parent.glob("*.ttl"))


def ontology_statements() -> list[str]:
    """Every statement of the ontology, sorted; the nodes of lists and axioms are IRIs made of their canonical form."""
    return list(_statements())


@cache
def _statements() -> tuple[str, ...]:
    dataset = ox.Dataset(quad for path in module_paths() for quad in ox.parse(path=path, rename_blank_nodes=True))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(f"{_named(q.subject)} {q.predicate} {_named(q.object)}" for q in dataset))


def _named(term: object) -> str:
    return f"<{_SKOLEM}{term.value}>" if isinstance(term, ox.BlankNode) else str(term)


def subclass_statements(below: Collection[str] | None = None) -> list[str]:
    """The ``rdfs:subClassOf`` axioms, for validations that look at classes.

    Args:
        below: Class terms (``<…>``): only axioms that lead up to one of these. None gives all.
    """
    axioms = [line.split(" ") for line in _statements() if f" {_SUBCLASS} " in line]
    wanted = {above for _, _, above in axioms} if below is None else set(below)
    grown = -1
    while below is not None and grown < len(wanted):
        grown = len(wanted)
        wanted.update(subject for subject, _, above in axioms if above in wanted)
    return [" ".join(axiom) for axiom in axioms if axiom[2] in wanted]


@cache
def labels(lang: str) -> dict[str, str]:
    """Bare term IRI -> its label in ``lang``."""
    return {term: texts[0] for term, texts in _texts(_LABEL, lang).items()}


@cache
def words(lang: str) -> dict[str, list[str]]:
    """Bare term IRI -> the other words for it in ``lang``, as a reader would ask."""
    return _texts(_ALT_LABEL, lang)


def _texts(predicate: str, lang: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in module_paths():
        for quad in ox.parse(path=path):
            text = quad.object
            if quad.predicate.value == predicate and isinstance(text, ox.Literal) and text.language == lang:
                found.setdefault(quad.subject.value, []).append(text.value)
    return found
