"""Queries of a batch, read from JSON within limits (specification: Reconciliation Queries, Data Extension Service).

What is wrong is said with its place: ``queries.q1.properties[0].v: …``.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from common.errors import InputError
from services.reconciliation.identity import LONGEST as LONGEST_ID
from services.reconciliation.properties import PROPERTIES, Property, property_of
from services.reconciliation.types import Type, type_of

MOST_QUERIES = 50
"""Queries of a batch."""
MOST_IDS = 200
"""Entities of an extension."""
MOST_PROPERTIES = 20
MOST_VALUES = 40
"""Values of all properties of one query, and types."""
LONGEST_TEXT = 500
"""Characters of a name or value."""
MOST_CANDIDATES = 25
"""Candidates that a query gets, whatever limit it names."""
_USUAL = 10
_LONGEST_JSON = 1_000_000
_LONGEST_KEY = 200
_QUERY_FIELDS = ("query", "type", "limit", "properties", "type_strict")
Strictness = Literal["any", "all", "should"]
_STRICTNESS: tuple[Strictness, ...] = ("any", "all", "should")


class BatchSizeError(InputError):
    """A batch has more queries than are answered at once."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value of a property: what it says, and the identifier of the entity that it is, "" for a plain one."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A property with the values that a candidate should have one of."""

    property: Property
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class ReconciliationQuery:
    """One query; ``limit`` is the most candidates it gets."""

    text: str
    types: tuple[Type, ...] = ()
    strictness: Strictness = "any"
    limit: int = _USUAL
    evidence: tuple[Evidence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.evidence)


@dataclass(frozen=True, slots=True)
class ExtensionColumn:
    """A property that is fetched, and how: at most ``limit`` values (0: all), as ``content``, or only their number."""

    property: Property
    limit: int = 0
    content: str = "entities"
    count: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionQuery:
    """Which properties of which entities (identifiers as they were sent)."""

    ids: tuple[str, ...]
    columns: tuple[ExtensionColumn, ...]


def read_queries(text: str) -> dict[str, ReconciliationQuery]:
    """The batch in a JSON text, by its own keys.

    Raises:
        BatchSizeError: There are more than ``MOST_QUERIES``.
        InputError: It is none; says what is wrong where.
    """
    batch = _object(_json(text, "queries"), "queries")
    if len(batch) > MOST_QUERIES:
        raise BatchSizeError(f"queries: {len(batch)} in a batch; at most {MOST_QUERIES} are answered at once")
    for key in batch:
        if len(key) > _LONGEST_KEY:
            _refuse(f"queries.{key[:20]}…", f"a key has at most {_LONGEST_KEY} characters")
    return {key: _query(value, f"queries.{key}") for key, value in batch.items()}


def read_extension(text: str) -> ExtensionQuery:
    """The data extension query in a JSON text.

    Raises:
        BatchSizeError: It names more than ``MOST_IDS`` entities.
        InputError: It is none; says what is wrong where.
    """
    asked = _object(_json(text, "extend"), "extend")
    ids = _list(asked.get("ids"), "extend.ids")
    if len(ids) > MOST_IDS:
        raise BatchSizeError(f"extend.ids: {len(ids)} entities; at most {MOST_IDS} are answered at once")
    columns = _list(asked.get("properties"), "extend.properties", MOST_PROPERTIES)
    return ExtensionQuery(
        tuple(_text(id_, f"extend.ids[{n}]", LONGEST_ID) for n, id_ in enumerate(ids)),
        tuple(_column(column, f"extend.properties[{n}]") for n, column in enumerate(columns)),
    )


def _json(text: str, where: str) -> Any:
    if len(text) > _LONGEST_JSON:
        _refuse(where, f"longer than {_LONGEST_JSON} characters")
    try:
        found = json.loads(text, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()  # half a character is none that anything else would take
    except json.JSONDecodeError as error:
        _refuse(where, f"not JSON: {error.msg}, line {error.lineno}, column {error.colno}")
    except UnicodeEncodeError:
        _refuse(where, "half of a surrogate pair is no character")
    except RecursionError:
        _refuse(where, "nested too deeply")
    except ValueError as error:
        _refuse(where, str(error)[:200])
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _query(value: Any, where: str) -> ReconciliationQuery:
    asked = _object(value, where)
    for name in asked:
        if name not in _QUERY_FIELDS:
            _refuse(where, f"there is no field {name[:40]!r}; there are {', '.join(_QUERY_FIELDS)}")
    if "query" not in asked and not asked.get("properties"):
        _refuse(where, "needs query, properties or both")
    strictness = asked.get("type_strict") or "any"
    if strictness not in _STRICTNESS:
        _refuse(f"{where}.type_strict", f"{str(strictness)[:40]!r} is none of {', '.join(_STRICTNESS)}")
    properties = _list(asked.get("properties") or [], f"{where}.properties", MOST_PROPERTIES)
    evidence = [_evidence(each, f"{where}.properties[{n}]") for n, each in enumerate(properties)]
    if (count := sum(len(each.values) for each in evidence)) > MOST_VALUES:
        _refuse(f"{where}.properties", f"{count} values in all; at most {MOST_VALUES}")
    return ReconciliationQuery(
        _text(asked.get("query") or "", f"{where}.query"),
        tuple(_types(asked.get("type"), f"{where}.type")),
        strictness,
        _limit(asked.get("limit"), f"{where}.limit"),
        tuple(_merged(evidence)),
    )


def _merged(evidence: list[Evidence]) -> list[Evidence]:
    """Each property once, with all its values; none without."""
    values: dict[str, tuple[Given, ...]] = {}
    for each in evidence:
        values[each.property.id] = values.get(each.property.id, ()) + each.values
    return [Evidence(PROPERTIES[name], found) for name, found in values.items() if found]


def _types(value: Any, where: str) -> list[Type]:
    names = [] if value in (None, "") else value if isinstance(value, list) else [value]
    if len(names) > MOST_VALUES:
        _refuse(where, f"{len(names)} types; at most {MOST_VALUES}")
    # OpenRefine sends a type that it has looked up as an object.
    plain = [name.get("id") if isinstance(name, dict) else name for name in names]
    return [_named(type_of, _text(name, where), where) for name in plain]


def _limit(value: Any, where: str) -> int:
    if value is None:
        return _USUAL
    number = _number(value, where)
    if number < 1:
        _refuse(where, f"{value} is no positive number")
    return min(number, MOST_CANDIDATES)


def _evidence(value: Any, where: str) -> Evidence:
    asked = _object(value, where)
    found = _named(property_of, _text(asked.get("pid"), f"{where}.pid"), f"{where}.pid")
    if "v" not in asked:
        _refuse(where, "needs v, the value to compare")
    given = asked["v"] if isinstance(asked["v"], list) else [asked["v"]]
    values = [_given(each, f"{where}.v") for each in given if each not in (None, "")]
    return Evidence(found, tuple(each for each in values if each.text.strip() or each.id))


def _given(value: Any, where: str) -> Given:
    if isinstance(value, dict):
        name = value.get("name")
        return Given(_text(name if name is not None else "", where), _text(value.get("id"), f"{where}.id", LONGEST_ID))
    if isinstance(value, bool):
        return Given(str(value).lower())
    if isinstance(value, int | float):
        return Given(str(_number(value, where)) if float(value).is_integer() else str(value))
    return Given(_text(value, where))


def _column(value: Any, where: str) -> ExtensionColumn:
    asked = _object(value, where)
    found = _named(property_of, _text(asked.get("id"), f"{where}.id"), f"{where}.id")
    settings = _object(asked.get("settings") or {}, f"{where}.settings")
    content = settings.get("content") or "entities"
    if content not in CONTENTS:
        _refuse(f"{where}.settings.content", f"{str(content)[:40]!r} is none of {', '.join(CONTENTS)}")
    limit = settings.get("limit")
    most = 0 if limit in (None, "") else _number(limit, f"{where}.settings.limit")
    if most < 0:
        _refuse(f"{where}.settings.limit", f"{most} is below 0")
    return ExtensionColumn(found, most, content, settings.get("count") in (True, "true", "on"))


CONTENTS = ("entities", "names", "iris")
"""What a value that is an entity becomes: a reconciled cell, its name, or its IRI."""


def _named(find: Any, name: str, where: str) -> Any:
    try:
        return find(name)
    except InputError as error:
        raise InputError(f"{where}: {error}") from error


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        _refuse(where, f"must be an object, and is {_kind(value)}")
    return value


def _list(value: Any, where: str, most: int | None = None) -> list[Any]:
    if not isinstance(value, list):
        _refuse(where, f"must be a list, and is {_kind(value)}")
    if most is not None and len(value) > most:
        _refuse(where, f"{len(value)} are too many; at most {most}")
    return value


def _text(value: Any, where: str, most: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        _refuse(where, f"must be a string, and is {_kind(value)}")
    if len(value) > most:
        _refuse(where, f"longer than {most} characters")
    return value


def _number(value: Any, where: str) -> int:
    """A whole number, which forms send as text."""
    try:
        number = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not number.is_integer():
        _refuse(where, f"{str(value)[:40]!r} is no whole number")
    return int(number)


def _kind(value: Any) -> str:
    return {dict: "an object", list: "a list", str: "a string", bool: "true or false"}.get(
        type(value), "nothing" if value is None else "a number"
    )


def _refuse(where: str, what: str) -> NoReturn:
    raise InputError(f"{where}: {what}")
