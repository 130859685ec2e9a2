"""The order of records: ``sortBy`` of CQL 1.2, ``sortKeys`` of SRU 1.1. By title and by date."""

from collections.abc import Mapping, Sequence

from services.sru.cql.tree import Modifier, Node, Prefixed, SortKey
from services.sru.diagnostics import DiagnosticError
from services.sru.indexes import index_of

_SORTS = {
    ("title", False): "title",
    ("title", True): "title backwards",
    ("date", False): "oldest",
    ("date", True): "newest",
}
_SORT_SET = "info:srw/cql-context-set/1/sort-v1.0"
#: Modifiers of the sort context set that say what is done anyhow, or are refused with this number.
_IGNORED = frozenset({"ignorecase", "ignoreaccents", "missinghigh"})
_REFUSED = {"respectcase": 91, "respectaccents": 91, "missinglow": 92, "missingomit": 92, "missingfail": 92}
_PARTS = 5
_SCHEMAS = frozenset({"", "dc", "info:srw/schema/1/dc-v1.1"})
_MISSING_LAST = frozenset({"", "highvalue"})


def sort_of(keys: Sequence[SortKey], root: Node) -> str:
    """The sort of the search that the keys of a query ask for; ``relevance`` where there are none.

    Raises:
        DiagnosticError: More than one key (84), another index (88), or a modifier that is not supported.
    """
    if not keys:
        return "relevance"
    if len(keys) > 1:
        raise DiagnosticError(84, "1")
    prefixes: dict[str, str] = {}
    while isinstance(root, Prefixed):
        prefixes[root.prefix.lower()] = root.uri
        root = root.query
    index = index_of(keys[0].index, prefixes)
    directions = {found for each in keys[0].modifiers if (found := _direction(each, prefixes))}
    if len(directions) > 1:
        raise DiagnosticError(90, "ascending and descending")
    return _sort(index.name, keys[0].index, descending="descending" in directions)


def _direction(modifier: Modifier, prefixes: Mapping[str, str]) -> str:
    """``ascending``, ``descending`` or nothing."""
    prefix, dot, name = modifier.name.lower().rpartition(".")
    if dot and prefixes.get(prefix, _SORT_SET if prefix == "sort" else "") != _SORT_SET:
        raise DiagnosticError(82, modifier.name)
    if name in _IGNORED and not modifier.comparison:
        return ""
    if name not in {"ascending", "descending"} or modifier.comparison:
        raise DiagnosticError(_REFUSED.get(name, 82), modifier.name)
    return name


def sort_of_parameter(text: str) -> str:
    """The same of the parameter ``sortKeys``: path, schema, ascending, caseSensitive, missingValue, with commas.

    Raises:
        DiagnosticError: As ``sort_of``.
    """
    keys = text.split()
    if not keys:
        return "relevance"
    if len(keys) > 1:
        raise DiagnosticError(84, "1")
    parts = keys[0].split(",")
    if len(parts) > _PARTS:
        raise DiagnosticError(82, text)
    path, schema, ascending, case, missing = (*parts, *[""] * (_PARTS - len(parts)))
    if schema not in _SCHEMAS:
        raise DiagnosticError(88, schema)
    for value, allowed, number in ((ascending, "01", 90), (case, "0", 91)):
        if value and value not in tuple(allowed):
            raise DiagnosticError(number, value)
    if missing.lower() not in _MISSING_LAST:
        raise DiagnosticError(92, missing)
    return _sort(path.rpartition(".")[2].rpartition("/")[2].lower(), path, descending=ascending == "0")


def _sort(name: str, given: str, *, descending: bool) -> str:
    found = _SORTS.get((name, descending))
    if found is None:
        raise DiagnosticError(88, given)
    return found
