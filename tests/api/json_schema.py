"""As much of JSON Schema as the schemas of the Reconciliation Service API use; an unknown keyword is an error."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "schemas" / "reconciliation" / "0.2"
needs_schemas = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="shared data not present: the schemas of reconciliation 0.2"
)

_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
_SAY_NOTHING = {"$schema", "$id", "description", "definitions", "default", "format", "title"}
#: Of a scheme of authentication, which this service has none of.
_ELSEWHERE = "http://swagger.io/"


def faults(name: str, value: Any) -> list[str]:
    """What a value has that the schema in a file does not allow, each with its place."""
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return list(_faults(schema, value, schema, "$"))


def _faults(schema: dict[str, Any], value: Any, root: dict[str, Any], where: str) -> Iterator[str]:
    for keyword, said in schema.items():
        if keyword not in _SAY_NOTHING:
            yield from _CHECKS[keyword](said, value, schema, root, where)


def _ref(said: Any, value: Any, _: Any, root: dict[str, Any], where: str) -> Iterator[str]:
    assert not said.startswith(_ELSEWHERE), where
    if said.startswith("#/"):
        found = root
        for part in said[2:].split("/"):
            found = found[part]
        yield from _faults(found, value, root, where)
    else:
        yield from (f"{where}: {fault}" for fault in faults(said, value))


def _type(said: Any, value: Any, *rest: Any) -> Iterator[str]:
    if not _TYPES[said](value):
        yield f"{rest[-1]}: no {said}: {str(value)[:80]}"


def _properties(said: Any, value: Any, _: Any, root: Any, where: str) -> Iterator[str]:
    for name, schema in said.items() if isinstance(value, dict) else ():
        if name in value:
            yield from _faults(schema, value[name], root, f"{where}.{name}")


def _pattern_properties(said: Any, value: Any, _: Any, root: Any, where: str) -> Iterator[str]:
    for pattern, schema in said.items():
        for name in value if isinstance(value, dict) else ():
            if re.search(pattern, name):
                yield from _faults(schema, value[name], root, f"{where}.{name}")


def _additional(said: Any, value: Any, schema: dict[str, Any], _: Any, where: str) -> Iterator[str]:
    assert said is False
    known = set(schema.get("properties", {}))
    for name in value if isinstance(value, dict) else ():
        if name not in known and not any(re.search(p, name) for p in schema.get("patternProperties", {})):
            yield f"{where}: {name} is not allowed"


def _required(said: Any, value: Any, *rest: Any) -> Iterator[str]:
    yield from (f"{rest[-1]}: lacks {name}" for name in said if isinstance(value, dict) and name not in value)


def _items(said: Any, value: Any, _: Any, root: Any, where: str) -> Iterator[str]:
    for at, item in enumerate(value if isinstance(value, list) else ()):
        yield from _faults(said, item, root, f"{where}[{at}]")


def _one_of(said: Any, value: Any, _: Any, root: Any, where: str) -> Iterator[str]:
    fitting = [schema for schema in said if not list(_faults(schema, value, root, where))]
    if len(fitting) != 1:
        yield f"{where}: fits {len(fitting)} of the forms: {str(value)[:80]}"


def _any_of(said: Any, value: Any, _: Any, root: Any, where: str) -> Iterator[str]:
    if all(list(_faults(schema, value, root, where)) for schema in said):
        yield f"{where}: fits none of the forms: {str(value)[:80]}"


def _contains(said: Any, value: Any, _: Any, root: Any, where: str) -> Iterator[str]:
    if isinstance(value, list) and all(list(_faults(said, item, root, where)) for item in value):
        yield f"{where}: holds nothing of {said}"


def _enum(said: Any, value: Any, *rest: Any) -> Iterator[str]:
    if value not in said:
        yield f"{rest[-1]}: {str(value)[:80]} is none of {said}"


def _pattern(said: Any, value: Any, *rest: Any) -> Iterator[str]:
    if isinstance(value, str) and not re.search(said, value):
        yield f"{rest[-1]}: {value[:80]} is not of the form {said[:80]}"


def _unique(said: Any, value: Any, *rest: Any) -> Iterator[str]:
    shown = [json.dumps(item, sort_keys=True) for item in value] if isinstance(value, list) else []
    if said and len(set(shown)) < len(shown):
        yield f"{rest[-1]}: not each once"


def _least(said: Any, value: Any, *rest: Any) -> Iterator[str]:
    if isinstance(value, list) and len(value) < said:
        yield f"{rest[-1]}: fewer than {said}"


_CHECKS: dict[str, Callable[..., Iterator[str]]] = {
    "$ref": _ref,
    "type": _type,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "required": _required,
    "items": _items,
    "oneOf": _one_of,
    "anyOf": _any_of,
    "contains": _contains,
    "enum": _enum,
    "pattern": _pattern,
    "uniqueItems": _unique,
    "minItems": _least,
}
