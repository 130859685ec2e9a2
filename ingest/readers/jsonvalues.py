"""JSON objects of documents: parsed within limits, and what each key may hold."""

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn

from common.errors import InputError
from ingest.readers.values import clean
from ingest.record import DataField, Document, Subfield

Json = Any
DEEPEST = 32
"""Levels of nesting; what is deeper never reaches the parser."""
MOST_KEYS = 1_000
MOST_VALUES = 10_000
"""Entries of one list: the longest lists of authors have some five thousand."""
LONGEST_ID = 500
LONGEST = 2_000
"""Characters of a value that is no title or text: most of them become part of an IRI."""
_MOST_FAULTS = 3
_SHOWN = 200
_LONGEST_TAG = 60

# A string is passed as one token; a quotation mark alone begins one that does not end.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]"]', re.DOTALL)
_NO_NAME = re.compile(r"[^\w.-]")
_WORDS = {str: "text", bool: "true or false", int: "a number", float: "a fraction", list: "a list", dict: "an object"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a key may hold.

    Attributes:
        types: Of a value: text, and whole numbers where they are usual.
        many: A list of values; a lone one counts as a list of one.
        lines: Line breaks mean something.
        longest: Characters of a value; 0 is no limit.
        parts: Keys that a value may have as an object; the first is its name, which it must have.
    """

    types: tuple[type, ...] = (str,)
    many: bool = False
    lines: bool = False
    longest: int = LONGEST
    parts: tuple[str, ...] = ()


KEYS = {
    "id": Kind((str, int), longest=LONGEST_ID),
    "title": Kind(longest=0),
    "text": Kind(lines=True, longest=0),
    "authors": Kind(many=True, parts=("name", "orcid")),
    "year": Kind((str, int)),
    "subjects": Kind(many=True),
    "lang": Kind(),
    "url": Kind(many=True),
    "cites": Kind((str, int), many=True, longest=LONGEST_ID),
}
"""The keys of a document; any other is kept in the archive and counted as unmapped."""


def parse(text: str) -> dict[str, Json]:
    """The object that ``text`` is.

    Raises:
        InputError: It is no JSON object, nested too deep, has a key twice, or a number that is none.
    """
    _check_depth(text)
    try:
        value = json.loads(text, strict=False, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_number)
    except json.JSONDecodeError as error:
        raise InputError(f"JSON: {error.msg} at character {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"JSON: {error}") from error
    if not isinstance(value, dict):
        raise InputError(f"JSON: an object was expected, found {_found(value)}")
    return value


def _check_depth(text: str) -> None:
    if text.count("{") + text.count("[") <= DEEPEST:
        return
    depth = 0
    for match in _TOKEN.finditer(text):
        found = match.group()
        if found == '"':
            return  # broken JSON: the parser stops there too
        depth += 1 if found in "{[" else -1 if found in "}]" else 0
        if depth > DEEPEST:
            raise InputError(f"JSON nested deeper than {DEEPEST}")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise InputError(f"JSON: the key {_name(twice)} stands twice in one object")
    if len(made) > MOST_KEYS:
        raise InputError(f"JSON: an object of more than {MOST_KEYS:,} keys")
    return made


def _refuse(constant: str) -> NoReturn:
    raise InputError(f"JSON: {constant} is no number")


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise InputError("JSON: a number too large to be held")
    return number


def interpret(content: dict[str, Json]) -> Document:
    """The document that an object is; values of a wrong kind are its ``fault``.

    Raises:
        InputError: It has no id by which it could be known.
    """
    warnings: list[str] = []
    fields: list[DataField] = []
    faults: list[str] = []
    for key, value in content.items():
        try:
            fields.extend(DataField(_name(key), " ", " ", parts) for parts in _values(key, value, warnings))
        except InputError as error:
            if key == "id":
                raise
            faults.append(str(error))
    number = next((f.subfields[0][1] for f in fields if f.tag == "id"), "")
    if not number:
        raise InputError("no id: every document needs one")
    deleted = content.get("deleted") is True
    if not faults and not deleted and not any(f.tag in {"title", "text"} for f in fields):
        faults.append("neither title nor text")
    return Document(number, content, fields, deleted, "" if deleted else "; ".join(faults[:_MOST_FAULTS]), warnings)


def _values(key: str, value: Json, warnings: list[str]) -> list[list[Subfield]]:
    """What a key holds, as the parts of each value; nothing for null, ``[]`` and empty texts."""
    kind = KEYS.get(key)
    if value is None or key == "deleted":
        _check_flag(value)
        return []
    if kind is None:
        return [[("", _shown(value))]]
    values = value if kind.many and isinstance(value, list) else [value]
    if len(values) > MOST_VALUES:
        raise InputError(f"{key}: {len(values):,} values, more than {MOST_VALUES:,}")
    read = [_parts(key, kind, each, warnings) for each in values if each is not None]
    return [parts for parts in read if parts]


def _check_flag(value: Json) -> None:
    if value is not None and not isinstance(value, bool):
        raise InputError(f"deleted: true or false was expected, found {_found(value)}")


def _parts(key: str, kind: Kind, value: Json, warnings: list[str]) -> list[Subfield]:
    """One value: alone under the code ``""``, or the parts of an object under their names."""
    if not kind.parts or not isinstance(value, dict):
        text = _text(key, kind, value, warnings)
        return [("", text)] if text else []
    plain = Kind(longest=kind.longest)
    parts = [
        (_name(part), _text(f"{key}.{part}", plain, held, warnings) if part in kind.parts else _shown(held))
        for part, held in value.items()
        if held is not None
    ]
    if not any(name == kind.parts[0] and text for name, text in parts):
        raise InputError(f"{key}: an object without {kind.parts[0]}")
    return [(name, text) for name, text in parts if text]


def _text(key: str, kind: Kind, value: Json, warnings: list[str]) -> str:
    """A value as clean text: NFC, no control characters, white space as single blanks unless lines matter."""
    if not isinstance(value, kind.types) or isinstance(value, bool):
        wanted = "text or a whole number" if int in kind.types else "text"
        raise InputError(f"{key}: {wanted} was expected, found {_found(value)}")
    lines = str(value).splitlines() if kind.lines else [" ".join(str(value).split())]
    text = "\n".join([clean(line, key, warnings) for line in lines]).strip()
    if kind.longest and len(text) > kind.longest:
        raise InputError(f"{key}: longer than {kind.longest:,} characters")
    return text


def _found(value: Json) -> str:
    return _WORDS.get(type(value), "null")


def _name(key: str) -> str:
    """A key as the tag of a field: never mistaken for another key, and short."""
    return key if key in KEYS else _NO_NAME.sub("_", key)[:_LONGEST_TAG] or "_"


def _shown(value: Json) -> str:
    """The beginning of a value that nothing maps: the archive has all of it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return clean(" ".join(text[:_SHOWN].split()), "JSON", [])
