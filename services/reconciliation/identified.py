"""Entities that a batch names by identifier: an IRI, a number in somebody's file, a control number."""

import re
from collections.abc import Iterable, Mapping

from common import terms
from graph.canonical import is_absolute_iri
from graph.knowledge_graph import KnowledgeGraph
from ingest.mappings.facts import authorities
from services.reconciliation import queries
from services.reconciliation.identity import identifier_space, iri_or_nothing
from services.reconciliation.properties import SCHEMES, Shape
from services.reconciliation.request import ReconciliationQuery

_LONGEST_NUMBER = 60
_FEWEST_DIGITS = 5
"""A bare number of less is a year or a title, unless what stands before it says whose it is."""
_NAME_OF_KIND = re.compile(r"(?:isbn(?:-1[03])?|issn|doi|lccn|oclc|isni|viaf|orcid)\b[:\s]*", re.IGNORECASE)
_ADDRESS = ("http://", "https://", "urn:")
_KINDS = ("work/", "authority/", "agent/", "subject/", "place/", "hub/", "event/", "instance/", "item/")


def identified(graph: KnowledgeGraph, batch: Mapping[str, ReconciliationQuery]) -> dict[str, dict[str, bool]]:
    """Key of each query -> bare IRIs of the entities that it names, and whether its text itself does.

    Two queries for the whole batch, none where nothing in it can be an identifier.
    """
    base = graph.graphs.base
    wanted = {key: list(_identifiers(query, base)) for key, query in batch.items()}
    numbers = dict.fromkeys(text for found in wanted.values() for text, _, _ in found if text)
    addresses = dict.fromkeys(address for found in wanted.values() for _, iris, _ in found for address in iris)
    having = _having(graph, "numbers", "values", [terms.literal(text) for text in numbers])
    having |= _having(graph, "addresses", "addresses", [terms.iri(address) for address in addresses])
    return {key: _entities(found, having) for key, found in wanted.items()}


_Identifier = tuple[str, list[str], bool]
"""A number as it is written, the IRIs that it may stand for, and whether it is the query's text."""


def _identifiers(query: ReconciliationQuery, base: str) -> Iterable[_Identifier]:
    text = query.text.strip()
    if is_identifier(text):
        yield "" if text.startswith(_ADDRESS) else number_in(text), _addresses(number_in(text), base), True
    for each in query.evidence:
        if each.property.shape is not Shape.NUMBER and each.property.id not in {"same_as", "iri"}:
            continue
        for value in each.values:
            given = (value.id or value.text).strip()
            if given and (each.property.weight == 1.0 or each.property.id == "iri"):
                number = "" if given.startswith(_ADDRESS) else given
                yield number, _addresses(given, base, SCHEMES.get(each.property.id, ())), False


def number_in(text: str) -> str:
    """A number without the name of its kind before it.

    >>> number_in("ISBN: 7-02-000220-X"), number_in("n79021164")
    ('7-02-000220-X', 'n79021164')
    """
    return _NAME_OF_KIND.sub("", text.strip())


def is_identifier(text: str) -> bool:
    """Whether a text can be an identifier and is no name: an address, or one word with a digit, also after its agency.

    >>> [is_identifier(t) for t in ("n-gao-e-1758", "(DE-588)118540238", "http://viaf.org/viaf/1", "ISBN 7020002207")]
    [True, True, True, True]
    >>> [is_identifier(t) for t in ("曹雪芹", "Apollo 13", "1984")]
    [False, False, False]
    """
    if text.startswith((*_ADDRESS, *_KINDS)):
        return True
    number = number_in(text)
    bare = number.rpartition(")")[2].strip() if number.startswith("(") else number
    digits = sum(c.isdigit() for c in bare)
    if not bare.isascii() or len(text) > _LONGEST_NUMBER or not digits:
        return False
    if len(bare.split()) > 1:
        return digits * 2 > len(bare) and digits >= _FEWEST_DIGITS
    return digits >= _FEWEST_DIGITS or bare != text or any(c.isalpha() for c in bare)


def _addresses(text: str, base: str, schemes: Iterable[str] = ()) -> list[str]:
    """The IRIs that an identifier may stand for: its own, and those of authorities."""
    found = [iri_or_nothing(text, base)] if text.startswith((*_ADDRESS, *_KINDS)) else []
    readings = [authorities.read(text), *(authorities.read("".join(text.split()), scheme) for scheme in schemes)]
    for each in readings:
        if each is not None:
            found.append(f"{identifier_space(base)}authority/{terms.slug(each.scheme)}/{terms.slug(each.identifier)}")
            found += [each.web] if each.web else []
    return [address for address in dict.fromkeys(found) if address and is_absolute_iri(address)]


def _having(graph: KnowledgeGraph, query: str, parameter: str, values: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for value, entity in queries.rows(graph, query, {parameter: values}) if values else ():
        if value and entity:
            found.setdefault(terms.value(value), []).append(entity[1:-1])
    return found


def _entities(identifiers: Iterable[_Identifier], having: Mapping[str, list[str]]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for number, addresses, is_text in identifiers:
        for name in (number, *addresses):
            for entity in having.get(name, ()):
                found[entity] = found.get(entity, False) or is_text
    return found
