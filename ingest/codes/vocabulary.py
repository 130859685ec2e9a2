"""The code lists as SKOS vocabularies, one named graph a list.

A code has the IRI the Library of Congress gives it, where the Library publishes the list; other codes live under
``https://w3id.org/bibliograph/code/``. ``concept`` is what mapping links to, so that the two never differ.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from common.namespaces import BF, CODE, DCTERMS, OWL, SKOS, XSD, Graphs
from common.terms import iri, literal, slug, type_
from ingest.codes import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ingest.codes import Row

LOC = "http://id.loc.gov/vocabulary/"

#: Tables that hold many short lists.
_GROUPED = ("leader_008", "physical_007", "field_codes")

_CONCEPT = iri(f"{SKOS}Concept")
_SCHEME = iri(f"{SKOS}ConceptScheme")
_IN_SCHEME = iri(f"{SKOS}inScheme")
_NOTATION = iri(f"{SKOS}notation")
_LABEL = iri(f"{SKOS}prefLabel")
_CLOSE = iri(f"{SKOS}closeMatch")
_DEPRECATED = f"{iri(f'{OWL}deprecated')} {literal('true', datatype=f'{XSD}boolean')}"
_REPLACED = iri(f"{DCTERMS}isReplacedBy")


def concept(list_: str, code: str) -> str | None:
    """IRI of a code.

    Args:
        list_: A vocabulary, such as ``languages``, ``carrier`` or ``audience``.
        code: A code as its table writes it.

    Returns:
        The IRI without brackets, or None when the list does not hold the code.
    """
    return _concepts(list_).get(code)


def scheme_iri(list_: str) -> str:
    """IRI of the concept scheme of a list."""
    return table("vocabularies")[list_]["scheme"] or f"{CODE}{list_}"


def vocabulary_graphs(base: str) -> dict[str, list[str]]:
    """Every code list as statements.

    Args:
        base: Base IRI of the installation, ending in ``/``.

    Returns:
        Statements ``"s p o"`` by the IRI of the graph ``<base>graph/vocabulary/<list>``.
    """
    graphs = Graphs(base)
    return {graphs.vocabulary(list_): list(_statements(list_)) for list_ in table("vocabularies")}


@cache
def _rows(list_: str) -> Mapping[str, Row]:
    """Codes of a vocabulary: a table, or a part of one that holds many lists."""
    if list_ == "subject_schemes":
        rows = table(list_).values()
        return MappingProxyType({row["code"]: row for row in rows if row["scheme"] == row["code"]})
    if list_ == "identifiers":
        sources = [row for row in table("identifier_sources").values() if row["field"] == "024"]
        return MappingProxyType({row["code"]: row for row in sources if not row["code"].isdigit()})
    return MappingProxyType(_grouped().get(list_) or table(list_))


@cache
def _grouped() -> Mapping[str, Mapping[str, Row]]:
    """Lists that share a table, as rows by code."""
    lists: dict[str, dict[str, Row]] = {}
    for name in _GROUPED:
        for row in table(name).values():
            lists.setdefault(row["list"], {})[row["code"]] = row
    return lists


@cache
def _concepts(list_: str) -> Mapping[str, str]:
    return MappingProxyType({code: _mint(list_, row) for code, row in _rows(list_).items()})


def _mint(list_: str, row: Row) -> str:
    published = table("vocabularies")[list_]["scheme"]
    own = f"{CODE}{list_}/{slug(row['code'])}"
    if not published or row.get("kind") == "oclc":
        return own
    if "uri" in row:
        return row["uri"] if row["uri"].startswith(f"{published}/") else own
    code = row["code"]
    if list_ == "organizations":
        code = re.sub(r"[^a-z0-9]", "", code.lower())
    return f"{published}/{slug(code)}"


def _statements(list_: str) -> Iterator[str]:
    vocabulary = table("vocabularies")[list_]
    scheme = iri(scheme_iri(list_))
    yield f"{scheme} {type_} {_SCHEME}"
    yield from _labels(scheme, vocabulary)
    for code, address in _concepts(list_).items():
        row, subject = _rows(list_)[code], iri(address)
        yield f"{subject} {type_} {_CONCEPT}"
        if vocabulary["class"]:
            yield f"{subject} {type_} {iri(BF + vocabulary['class'])}"
        yield f"{subject} {_IN_SCHEME} {scheme}"
        yield f"{subject} {_NOTATION} {literal(code)}"
        yield from _labels(subject, row)
        yield from _links(list_, subject, row)


def _labels(subject: str, row: Row) -> Iterator[str]:
    for language in ("en", "zh"):
        if row[language]:
            yield f"{subject} {_LABEL} {literal(row[language], language)}"


def _links(list_: str, subject: str, row: Row) -> Iterator[str]:
    if row.get("status") == "obsolete":
        yield f"{subject} {_DEPRECATED}"
    successor = concept(list_, row.get("replaced_by", ""))
    if successor:
        yield f"{subject} {_REPLACED} {iri(successor)}"
    close = row.get("uri", "")
    if close and iri(close) != subject:
        yield f"{subject} {_CLOSE} {iri(close)}"
