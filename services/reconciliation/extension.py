"""Data extension: the values of some properties of entities that a client has reconciled."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.entities.naming import Names
from services.reconciliation.identity import id_of, iri_or_nothing
from services.reconciliation.properties import Property, Shape, of_kind
from services.reconciliation.request import ExtensionColumn, ExtensionQuery
from services.reconciliation.types import TYPES, Type
from services.reconciliation.values import Reader, Value
from services.search.index import View

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
MOST_CELLS = 100
"""Values that a cell gets, whatever limit is set."""
_Cell = dict[str, Any]


def extend(graph: KnowledgeGraph, view: View | None, asked: ExtensionQuery, lang: str) -> dict[str, Any]:
    """The response to a data extension query (schema ``data-extension-response.json``).

    A dozen queries of the graph for all rows and columns. An entity that was merged into another answers as that one;
    what the graph does not know has no values.
    """
    base = graph.graphs.base
    canonical = _canonical(graph, asked.ids, base)
    properties = list({column.property.id: column.property for column in asked.columns}.values())
    entities = dict.fromkeys(iri for iri in canonical.values() if iri)
    values = Reader(graph, view, lang).values(list(entities), properties) if view and entities else {}
    return {
        "meta": [_meta(column, lang) for column in asked.columns],
        "rows": {
            id_: {
                column.property.id: _cells(column, values.get(canonical[id_], {}).get(column.property.id, []), base)
                for column in asked.columns
            }
            for id_ in asked.ids
        },
    }


def proposed(type_: Type, lang: str, limit: int) -> list[dict[str, str]]:
    """Properties that can be fetched for entities of a type, at most ``limit`` of them (0: all)."""
    found = [described(each, lang) for each in of_kind(type_.kind)]
    return found[:limit] if limit else found


def described(each: Property, lang: str) -> dict[str, str]:
    """A property as it goes over the wire."""
    return {"id": each.id, "name": each.label(lang)}


def _canonical(graph: KnowledgeGraph, ids: Iterable[str], base: str) -> dict[str, str]:
    """Identifier as it was sent -> bare IRI of the entity that stands for it, "" where there is none."""
    found = {id_: iri_or_nothing(id_, base) for id_ in ids}
    names = Names(graph, "en")
    names.load(terms.iri(iri) for iri in found.values() if iri)
    of = {iri: names.name(terms.iri(iri)).canonical for iri in found.values() if iri}
    return {id_: (of.get(iri) or "")[1:-1] for id_, iri in found.items()}


def _meta(column: ExtensionColumn, lang: str) -> dict[str, Any]:
    found: dict[str, Any] = described(column.property, lang)
    if column.property.type and column.content == "entities" and not column.count:
        type_ = TYPES[column.property.type]
        found["type"] = {"id": type_.id, "name": type_.label(lang)}
    return found


def _cells(column: ExtensionColumn, values: list[Value], base: str) -> list[_Cell]:
    if column.count:
        return [{"int": len(values)}]
    cell = _cell_of(column, base)
    most = min(column.limit or MOST_CELLS, MOST_CELLS)
    return [cell(value) for value in values[:most]]


def _cell_of(column: ExtensionColumn, base: str) -> Callable[[Value], _Cell]:
    if column.property.shape is Shape.ENTITY:
        contents: Mapping[str, Callable[[Value], _Cell]] = {
            "entities": lambda value: _entity(value, base),
            "names": lambda value: {"str": value.text},
            "iris": lambda value: {"str": value.iri or value.text},
        }
        return contents[column.content]
    if column.property.shape is Shape.YEAR:
        return lambda value: {"int": int(value.text)} if value.text.lstrip("-").isdecimal() else {"str": value.text}
    return _dated if column.property.shape is Shape.DATE else lambda value: {"str": value.text}


def _entity(value: Value, base: str) -> _Cell:
    return {"id": id_of(value.iri, base), "name": value.text} if value.iri else {"str": value.text}


def _dated(value: Value) -> _Cell:
    """A day as a date; anything less, such as a year, as it is written: nothing is made up."""
    if _DAY.fullmatch(value.text):
        return {"date": f"{value.text}T00:00:00Z"}
    return {"str": value.text}
