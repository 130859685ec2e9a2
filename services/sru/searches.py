"""Expressions of the search from CQL: which relation of which index finds what."""

import re
from collections.abc import Mapping

from services.hits.kinds import FORMATS
from services.search.expressions import (
    All,
    Any,
    Coded,
    Entity,
    Everything,
    Exact,
    Expression,
    Match,
    Nothing,
    Number,
    Without,
    Words,
    Years,
)
from services.sru import masking
from services.sru.cql.tree import Boolean, Clause, Node, Prefixed, Relation
from services.sru.diagnostics import DiagnosticError
from services.sru.indexes import ALL_RECORDS, CODED, NUMBER, RECORD, RESULT_SET, WORDS, YEARS, Index, index_of, of_cql

LONGEST_TERM = 1_000
_SERVER_CHOICE = "cql.serverChoice"
_SAME = {"scr": "=", "exact": "=="}
_NAMED = frozenset({"all", "any", "adj", "within", "encloses"})
_SIGNS = frozenset({"=", "==", "<>", "<", ">", "<=", ">="})
#: Modifiers that say what is done anyhow, and the one that is seen to.
_MODIFIERS = frozenset({"relevant", "stem", "word", "ignorecase", "ignoreaccents", "masked", "unmasked"})
_MATCHES = {"=": Match.AS_SEARCHED, "all": Match.ALL, "any": Match.ANY, "adj": Match.PHRASE}
_YEAR = re.compile(r"-?[0-9]{1,4}\Z")
_ISBN = re.compile(r"[0-9]{9}[0-9Xx]\Z|97[89][0-9]{10}\Z")
_ISSN = re.compile(r"[0-9]{7}[0-9Xx]\Z")
_SHAPES = {"isbn": _ISBN, "issn": _ISSN}
_BETWEEN = re.compile(r"[\s-]")


def expression_of(node: Node, prefixes: Mapping[str, str] | None = None) -> Expression:
    """What a query finds; recursion is as deep as the parser lets queries be.

    Raises:
        DiagnosticError: An index, a relation, a modifier or a term that is not supported.
    """
    known = prefixes or {}
    if isinstance(node, Prefixed):
        return expression_of(node.query, {**known, node.prefix.lower(): node.uri})
    if isinstance(node, Boolean):
        return _joined(node, known)
    return _clause(node, known)


def _joined(node: Boolean, prefixes: Mapping[str, str]) -> Expression:
    if node.operator == "prox":
        raise DiagnosticError(39)
    if node.modifiers:
        raise DiagnosticError(46, node.modifiers[0].name)
    left, right = expression_of(node.left, prefixes), expression_of(node.right, prefixes)
    if node.operator == "not":
        return Without(left, right)
    # A chain stays flat: the index looks at its parts side by side.
    if node.operator == "and":
        return All((*left.parts, right) if isinstance(left, All) else (left, right))
    return Any((*left.parts, right) if isinstance(left, Any) else (left, right))


def _clause(clause: Clause, prefixes: Mapping[str, str]) -> Expression:
    # A term alone is sought where the server chooses, whatever set the query makes its default.
    index = index_of(clause.index or _SERVER_CHOICE, prefixes if clause.index else {})
    relation, masked = _relation(clause.relation or Relation("="), index, prefixes)
    if len(clause.term) > LONGEST_TERM:
        raise DiagnosticError(23, str(LONGEST_TERM))
    if not clause.term.strip():
        raise DiagnosticError(27, str(index))
    signs = masking.signs(clause.term, masked=masked)
    if index.kind == WORDS:
        return _words(index, relation, signs)
    if masking.is_masked(signs) and index.kind != RESULT_SET:
        raise DiagnosticError(28, f"not in {index}")
    return _value(index, relation, masking.plain(signs).strip())


def _relation(relation: Relation, index: Index, prefixes: Mapping[str, str]) -> tuple[str, bool]:
    """The relation by its plain name, and whether masks count."""
    name = relation.name if relation.name in _SIGNS else of_cql(relation.name, prefixes, 19)
    name = _SAME.get(name, name)
    if name not in _NAMED | _SIGNS:
        raise DiagnosticError(19, relation.name)
    modifiers = set()
    for modifier in relation.modifiers:
        modifiers.add(of_cql(modifier.name, prefixes, 20))
        if modifiers - _MODIFIERS or modifier.comparison:
            raise DiagnosticError(20, modifier.name)
    if name not in index.relations:
        raise DiagnosticError(22, f"{relation.name} with {index}")
    return name, "unmasked" not in modifiers


def _words(index: Index, relation: str, signs: list[masking.Sign]) -> Expression:
    if masking.is_masked(signs):
        return masking.masked_words(index.field, relation, signs)
    text = masking.plain(signs)
    if relation in {"==", "<>"}:
        return _or_not(relation, Exact(index.field, text))
    return Words(index.field, text, _MATCHES[relation])


def _or_not(relation: str, found: Expression) -> Expression:
    return Without(Everything(), found) if relation == "<>" else found


def _value(index: Index, relation: str, term: str) -> Expression:
    """Of an index whose terms are compared as a whole."""
    if index.kind == RESULT_SET:
        raise DiagnosticError(50)
    if index.kind == ALL_RECORDS:
        if term != "1":
            raise DiagnosticError(36, f"{index} = 1")
        return Everything()
    if index.kind == YEARS:
        return _years(relation, term)
    values = term.split() if relation == "any" else [term]
    found = tuple({NUMBER: _number, CODED: _coded, RECORD: _record}[index.kind](index, value) for value in values)
    return _or_not(relation, found[0] if len(found) == 1 else Any(found))


def _years(relation: str, term: str) -> Expression:
    given = term.split()
    if len(given) != (2 if relation == "within" else 1) or not all(_YEAR.match(year) for year in given):
        raise DiagnosticError(36, 'two years, as in dc.date within "1900 1950"' if relation == "within" else "a year")
    first, last = int(given[0]), int(given[-1])
    if relation == "within" and first > last:
        return Nothing()
    spans = {
        "<": Years(None, first - 1),
        "<=": Years(None, first),
        ">": Years(first + 1),
        ">=": Years(first),
    }
    return spans.get(relation) or _or_not(relation, Years(first, last))


def _number(index: Index, term: str) -> Expression:
    shape = _SHAPES.get(index.field)
    if shape and not shape.match(_BETWEEN.sub("", term)):
        raise DiagnosticError(36, f"an {index.field.upper()}")
    return Number(term, index.field)


def _coded(index: Index, term: str) -> Expression:
    codes = [form.code for form in FORMATS if term.casefold() in {label.casefold() for label in form.labels.values()}]
    facets = index.field.split()
    found = tuple(Coded(facet, (term, *(codes if facet == "format" else ()))) for facet in facets)
    return found[0] if len(found) == 1 else Any(found)


def _record(index: Index, term: str) -> Expression:
    return Entity(term) if ":" in term else Number(term, index.field)
