"""Facet values in words."""

from collections.abc import Callable, Mapping

from common import terms
from services.entities.naming import Names
from services.hits.kinds import format_label
from services.search.documents.classes import class_label

_LANGUAGE = "<http://id.loc.gov/vocabulary/languages/{}>"
_CLASS = "<http://id.loc.gov/ontologies/bibframe/{}>"
_ORGANIZATION = "<http://id.loc.gov/vocabulary/organizations/{}>"
#: Facet -> the thing whose name is the value's label.
_THINGS: dict[str, Callable[[str], str]] = {
    "language": _LANGUAGE.format,
    "type": _CLASS.format,
    "source": lambda value: _ORGANIZATION.format(value.lower()),
    "creator": "<{}>".format,
    "subject": "<{}>".format,
    "place": "<{}>".format,
    "series": "<{}>".format,
}


def facet_labels(values: Mapping[str, Mapping[str, int]], names: Names) -> dict[tuple[str, str], str]:
    """``(facet, value)`` -> label in the reader's language."""
    things = {(f, v): _THINGS[f](v) for f, found in values.items() if f in _THINGS for v in found}
    names.load(thing for (facet, _), thing in things.items() if facet != "type")
    plain: dict[str, Callable[[str], str]] = {
        "format": lambda value: format_label(value, names.lang) or value,
        "classification": lambda value: class_label(value, names.lang),
        "decade": lambda value: f"{value}–{int(value) + 9}",
    }
    labels = {(f, v): plain[f](v) for f, found in values.items() if f in plain for v in found}
    return labels | {key: _label(key, thing, names) for key, thing in things.items()}


def _label(key: tuple[str, str], thing: str, names: Names) -> str:
    if key[0] == "type":
        return terms.value(names.term_label(thing))
    if key[0] == "source" and not names.name(thing).labels:
        return key[1]
    return terms.value(names.label(thing))
