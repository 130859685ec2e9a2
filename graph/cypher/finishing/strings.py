"""Functions on strings (SPARQL 1.1, section 17.4.3); each gives None where it is an error."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from graph.cypher.bindings import Inexact
from graph.cypher.finishing.values import Tagged, Unsure, Value
from graph.cypher.regexes import Regex, regex, replacement

_LONGEST = 2**31
Function = Callable[..., Value | None]


def _parts(value: Value) -> tuple[str, str] | None:
    """Text and language."""
    if isinstance(value, str):
        return value, ""
    return (value.lexical, value.language) if isinstance(value, Tagged) else None


def _like(text: str, language: str) -> Value:
    return Tagged(text, language) if language else text


def _pair(left: Value, right: Value) -> tuple[str, str, str] | None:
    """Two compatible texts and the language of the first."""
    one, other = _parts(left), _parts(right)
    if one is None or other is None or other[1] not in {"", one[1]}:
        return None
    return one[0], other[0], one[1]


def _test(function: Callable[[str, str], bool]) -> Function:
    def apply(left: Value, right: Value) -> Value | None:
        found = _pair(left, right)
        return None if found is None else function(found[0], found[1])

    return apply


def _changed(function: Callable[[str], str]) -> Function:
    def apply(value: Value) -> Value | None:
        found = _parts(value)
        return None if found is None else _like(function(found[0]), found[1])

    return apply


def _length(value: Value) -> Value | None:
    found = _parts(value)
    return None if found is None else len(found[0])


def _substring(value: Value, start: Value, length: Value | None = None) -> Value | None:
    found = _parts(value)
    if found is None or type(start) is not int or (length is not None and type(length) is not int):
        return None
    if not all(abs(number) < _LONGEST for number in (start, length or 0)):
        raise Unsure
    first = max(start, 1)
    last = len(found[0]) if length is None else start + length - 1
    return _like(found[0][first - 1 : max(last, 0)], found[1])


def _before(value: Value, separator: Value) -> Value | None:
    found = _pair(value, separator)
    if found is None:
        return None
    before, here, _ = found[0].partition(found[1]) if found[1] else ("", "x", "")
    return _like(before, found[2]) if here else ""


def _after(value: Value, separator: Value) -> Value | None:
    found = _pair(value, separator)
    if found is None:
        return None
    _, here, after = found[0].partition(found[1]) if found[1] else ("", "x", found[0])
    return _like(after, found[2]) if here else ""


def _concatenated(*values: Value) -> Value | None:
    found = [_parts(value) for value in values]
    parts = [part for part in found if part is not None]
    if len(parts) < len(found):
        return None
    languages = {language for _, language in parts}
    return _like("".join(text for text, _ in parts), languages.pop() if len(languages) == 1 else "")


def _encoded(value: Value) -> Value | None:
    found = _parts(value)
    return None if found is None else quote(found[0], safe="-_.~")


def _digest(name: str) -> Function:
    def apply(value: Value) -> Value | None:
        return hashlib.new(name, value.encode()).hexdigest() if isinstance(value, str) else None

    return apply


def _language_matches(tag: Value, wanted: Value) -> Value | None:
    if not isinstance(tag, str) or not isinstance(wanted, str):
        return None
    if wanted == "*":
        return bool(tag)
    if not (tag.isascii() and wanted.isascii()):
        raise Unsure
    return f"{tag.lower()}-".startswith(f"{wanted.lower()}-")


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> tuple[Regex, re.Pattern[str]]:
    try:
        found = regex(pattern, flags)
        return found, re.compile(found.text)
    except (Inexact, re.error):
        raise Unsure from None


def _regex(value: Value, pattern: Value, flags: Value = "") -> Value | None:
    found = _parts(value)
    if found is None or not isinstance(pattern, str) or not isinstance(flags, str):
        return None
    return _compiled(pattern, flags)[1].search(found[0]) is not None


def _replaced(value: Value, pattern: Value, by: Value, flags: Value = "") -> Value | None:
    found = _parts(value)
    if found is None or not all(isinstance(each, str) for each in (pattern, by, flags)):
        return None
    read, compiled = _compiled(str(pattern), str(flags))
    if read.is_nullable:
        raise Unsure
    try:
        parts = list(replacement(str(by), read.groups))
    except Inexact:
        raise Unsure from None

    def fill(match: re.Match[str]) -> str:
        return "".join(part if isinstance(part, str) else match.group(part) or "" for part in parts)

    return _like(compiled.sub(fill, found[0]), found[1])


STRINGS: dict[str, Function] = {
    "STRLEN": _length,
    "UCASE": _changed(str.upper),
    "LCASE": _changed(str.lower),
    "SUBSTR": _substring,
    "STRBEFORE": _before,
    "STRAFTER": _after,
    "STRSTARTS": _test(str.startswith),
    "STRENDS": _test(str.endswith),
    "CONTAINS": _test(str.__contains__),
    "CONCAT": _concatenated,
    "ENCODE_FOR_URI": _encoded,
    "LANGMATCHES": _language_matches,
    "REGEX": _regex,
    "REPLACE": _replaced,
    **{name: _digest(name.lower()) for name in ("MD5", "SHA1", "SHA256", "SHA384", "SHA512")},
}
