"""Whether a candidate has what a query says of it: 1 where it has, 0 where it has another, None where nothing is known.

Dates agree by year. One that either side calls approximate may be some years off; names of entities are compared in all
their forms, numbers without hyphens and case.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from ingest.mappings.facts import authorities
from ingest.mappings.facts.identifiers import isbn
from services.entities.naming import local_name
from services.reconciliation import similarity
from services.reconciliation.identity import iri_or_nothing
from services.reconciliation.properties import SCHEMES, Property, Shape
from services.reconciliation.request import Evidence, Given
from services.reconciliation.similarity import Effort
from services.reconciliation.values import Value
from services.search import numbers
from services.search.lookup import Known

_YEAR = re.compile(r"\d{3,4}")
_APPROXIMATE = re.compile(r"approx|ca?\.|circa|约|約|\?|？|~|activ|fl\.|b\.?c", re.IGNORECASE)
_ISBN_LENGTHS = frozenset({10, 13})
_SOME_YEARS, _NEARLY = 5, 0.8
_LEAST = 0.75
"""Names that are less like than this are others."""
_SAME_TITLE = 0.88


def agreement(
    evidence: Evidence, values: Sequence[Value], known: Mapping[str, Known], base: str, effort: Effort
) -> float | None:
    """How well the values of a candidate agree with those given: as the best pair does.

    Args:
        evidence: The property and the values given.
        values: What the candidate has.
        known: Entities among the values, with all their names.
        base: Base IRI of the installation.
        effort: What comparing names may cost.
    """
    if not values:
        return None
    compare = _comparison(evidence.property, known, base, effort)
    return round(max((compare(given, value) for given in evidence.values for value in values), default=0.0), 3)


_Compare = Callable[[Given, Value], float]


def _comparison(property_: Property, known: Mapping[str, Known], base: str, effort: Effort) -> _Compare:
    if property_.shape is Shape.ENTITY:
        return lambda given, value: _entities(given, value, known, base, effort)
    if property_.id in SCHEMES:
        return lambda given, value: float(value.text in authority_numbers(given.text, property_.id))
    if property_.shape in {Shape.YEAR, Shape.DATE}:
        return _years
    if property_.shape is Shape.NUMBER:
        return _numbers
    compare = _codes if property_.shape is Shape.CODE else _texts
    return lambda given, value: compare(given, value, effort)


def _years(given: Given, value: Value) -> float:
    """Of years; a span, as a heading has it, agrees with either end."""
    asked, found = _YEAR.findall(given.text), _YEAR.findall(value.text)
    if not asked or not found:
        return 0.0
    apart = min(abs(int(one) - int(other)) for one in asked for other in found)
    if apart == 0:
        return 1.0
    is_rough = bool(_APPROXIMATE.search(given.text) or _APPROXIMATE.search(value.text))
    return _NEARLY if is_rough and apart <= _SOME_YEARS else 0.0


def _numbers(given: Given, value: Value) -> float:
    return float(not number_forms(given.text).isdisjoint(number_forms(value.text)))


def number_forms(text: str) -> set[str]:
    """The forms in which two numbers are compared; an ISBN whose check digit is wrong has no other than its own.

    >>> sorted(number_forms("978-7-02-000220-7")), sorted(number_forms("978-7-02-000220-8"))
    (['702000220X', '9787020002207'], ['9787020002208'])
    """
    bare = numbers.number(text)
    is_wrong = len(bare) in _ISBN_LENGTHS and bare[:-1].isdecimal() and isbn(bare) is None
    return {bare} if is_wrong else set(numbers.forms(text))


def _texts(given: Given, value: Value, effort: Effort) -> float:
    if given.id and given.id in {value.iri, value.text}:
        return 1.0
    return _enough(similarity.best(similarity.forms(given.text), [value.text], effort), _LEAST)


def _codes(given: Given, value: Value, effort: Effort) -> float:
    """By the code itself, such as ``chi``, or by its name."""
    return float(given.text.strip().lower() == local_name(value.iri).lower()) or _texts(given, value, effort)


def _entities(given: Given, value: Value, known: Mapping[str, Known], base: str, effort: Effort) -> float:
    """By identifier if one is given, else by the likest of the names; a date in the name given must not contradict."""
    if given.id:
        return float(value.iri == iri_or_nothing(given.id, base))
    entity = known.get(value.iri)
    names = entity.names if entity else (value.text,)
    is_work = value.iri.startswith(f"{base}id/work/")
    found = similarity.best(similarity.forms(given.text), names, effort, headings=not is_work)
    return _enough(found, _SAME_TITLE if is_work else _LEAST)


def _enough(found: float, least: float) -> float:
    return found if found >= least else 0.0


def authority_numbers(text: str, property_id: str) -> set[str]:
    """The forms of a number in another file: bare, in brackets after its agency, or as a web address.

    >>> sorted(authority_numbers("http://viaf.org/viaf/95302097", "viaf"))
    ['95302097', 'http://viaf.org/viaf/95302097']
    >>> sorted(authority_numbers("n  79021164", "lc_name"))
    ['n  79021164', 'n79021164']
    """
    text = text.strip()
    readings: Iterable[authorities.AuthorityId | None] = (
        authorities.read(text),
        *(authorities.read("".join(text.split()), scheme) for scheme in SCHEMES[property_id]),
    )
    return {text} | {each.identifier for each in readings if each and each.scheme in SCHEMES[property_id]}
