"""Reads CQL 1.2 by recursive descent (https://www.loc.gov/standards/sru/cql/spec.html).

Chains of booleans and of assignments are loops; only parentheses recurse, to a depth that is checked. Limits count
characters, nesting and clauses, so that no query takes long or needs a deep stack.
"""

from services.sru.cql.tokens import END, SYMBOL, Token, tokens
from services.sru.cql.tree import BOOLEANS, Boolean, Clause, Modifier, Node, Prefixed, Query, Relation, SortKey
from services.sru.diagnostics import DiagnosticError

MOST_CHARACTERS = 20_000
MOST_NESTING = 50
"""Parentheses within each other."""
MOST_CLAUSES = 200
_MOST_ASSIGNMENTS = 50
_MOST_MODIFIERS = 50
_MOST_SORT_KEYS = 20
_SHOWN = 40


def parse(text: str) -> Query:
    """The tree of a query.

    Raises:
        DiagnosticError: It is no CQL (10, 13, 14), empty (27), or beyond a limit (12, 13, 38); tells where.
    """
    if len(text) > MOST_CHARACTERS:
        raise DiagnosticError(12, str(MOST_CHARACTERS))
    if not text.strip():
        raise DiagnosticError(27, "the query is empty")
    return _Parser(text).query()


class _Parser:
    """Over one query; ``_at`` is the token at hand."""

    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._at = 0
        self._clauses = 0
        self._assignments = 0

    def query(self) -> Query:
        """The grammar's ``sortedQuery``."""
        root = self._prefixed(0)
        sort = self._sort_keys() if self._now.keyword == "sortby" else ()
        if self._now.kind != END:
            if self._now.text == ")":
                raise DiagnosticError(13, f"position {self._now.at + 1}: there is no ( for this )")
            raise self._unexpected("a boolean, sortBy or the end")
        return Query(root, sort)

    def _prefixed(self, depth: int) -> Node:
        """``cqlQuery``: assignments, and what they hold for."""
        assigned: list[tuple[str, str]] = []
        while self._is(">"):
            self._at += 1
            assigned.append(self._assignment())
        node = self._scoped(depth)
        for prefix, uri in reversed(assigned):
            node = Prefixed(prefix, uri, node)
        return node

    def _assignment(self) -> tuple[str, str]:
        self._assignments += 1
        if self._assignments > _MOST_ASSIGNMENTS:
            raise DiagnosticError(10, f"position {self._now.at + 1}: more than {_MOST_ASSIGNMENTS} prefixes")
        first = self._term("a prefix or the URI of a context set")
        if not self._is("="):
            return "", first
        self._at += 1
        return first, self._term("the URI of a context set")

    def _scoped(self, depth: int) -> Node:
        """``scopedClause``: clauses joined from the left."""
        node = self._search_clause(depth)
        while (operator := self._now.keyword) in BOOLEANS:
            self._at += 1
            modifiers = self._modifiers()
            node = Boolean(operator, node, self._search_clause(depth), modifiers)
        return node

    def _search_clause(self, depth: int) -> Node:
        if not self._is("("):
            return self._clause()
        opened = self._now.at + 1
        if depth >= MOST_NESTING:
            raise DiagnosticError(13, f"position {opened}: more than {MOST_NESTING} within each other")
        self._at += 1
        node = self._prefixed(depth + 1)
        if not self._is(")"):
            if self._now.kind == END:
                raise DiagnosticError(13, f"position {opened}: the ( is not closed")
            raise self._unexpected("a boolean or )")
        self._at += 1
        return node

    def _clause(self) -> Clause:
        self._clauses += 1
        if self._clauses > MOST_CLAUSES:
            raise DiagnosticError(38, str(MOST_CLAUSES - 1))
        first = self._term("a term, an index or (")
        if not (self._now.is_comparison or (self._now.is_term and not self._now.keyword)):
            return Clause(first)
        name = self._now.text
        self._at += 1
        relation = Relation(name, self._modifiers())
        return Clause(self._term("a term"), first, relation)

    def _modifiers(self) -> tuple[Modifier, ...]:
        found: list[Modifier] = []
        while self._is("/"):
            if len(found) == _MOST_MODIFIERS:
                raise DiagnosticError(10, f"position {self._now.at + 1}: more than {_MOST_MODIFIERS} modifiers")
            self._at += 1
            found.append(self._modifier())
        return tuple(found)

    def _modifier(self) -> Modifier:
        name = self._term("the name of a modifier")
        if not self._now.is_comparison:
            return Modifier(name)
        comparison = self._now.text
        self._at += 1
        return Modifier(name, comparison, self._term("the value of a modifier"))

    def _sort_keys(self) -> tuple[SortKey, ...]:
        self._at += 1
        found = [self._sort_key()]
        while self._now.is_term:
            if len(found) == _MOST_SORT_KEYS:
                raise DiagnosticError(84, str(_MOST_SORT_KEYS))
            found.append(self._sort_key())
        return tuple(found)

    def _sort_key(self) -> SortKey:
        index = self._term("an index to sort by")
        return SortKey(index, self._modifiers())

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _is(self, symbol: str) -> bool:
        return self._now.kind == SYMBOL and self._now.text == symbol

    def _term(self, wanted: str) -> str:
        token = self._now
        if not token.is_term:
            raise self._unexpected(wanted)
        self._at += 1
        return token.text

    def _unexpected(self, wanted: str) -> DiagnosticError:
        found = "the end" if self._now.kind == END else repr(self._now.text[:_SHOWN])
        return DiagnosticError(10, f"position {self._now.at + 1}: {found} stands where {wanted} should")
