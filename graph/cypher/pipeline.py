"""Cypher statements under construction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ONE_ROW = "[1]"
START = f"UNWIND {_ONE_ROW}"
"""Begins a pipeline that matches nothing before its first condition."""
_NAMES = re.compile(r"\bv[0-9]+\b")
_PARAMETERS = re.compile(r"\$(p[0-9]+)\b")


@dataclass(slots=True)
class Clause:
    """One clause.

    Attributes:
        text: Without WHERE.
        defines: Variables that it brings.
        conditions: Of WHERE, which only MATCH and WITH have.
        is_match: It is a MATCH, OPTIONAL ones aside.
    """

    text: str
    defines: frozenset[str]
    conditions: list[str] = field(default_factory=list)
    is_match: bool = False

    def render(self) -> str:
        """The clause as text."""
        return f"{self.text} WHERE {' AND '.join(self.conditions)}" if self.conditions else self.text


class Names:
    """Variables and parameters of one statement."""

    def __init__(self) -> None:
        self._count = 0
        self.parameters: dict[str, object] = {}
        self._known: dict[tuple[type, str], str] = {}
        self._maps: list[str] = []

    def fresh(self) -> str:
        """A new variable."""
        self._count += 1
        return f"v{self._count}"

    def parameter(self, value: object) -> str:
        """A parameter with this value, as written in Cypher."""
        if isinstance(value, dict):
            return self._map(value)
        key = (type(value), repr(value))
        if key not in self._known:
            self._known[key] = self._new(value)
        return self._known[key]

    def used_in(self, text: str) -> dict[str, object]:
        """The parameters that a statement mentions: what is sent takes time, the maps of names above all."""
        return {name: self.parameters[name] for name in dict.fromkeys(_PARAMETERS.findall(text))}

    def _map(self, value: dict[str, object]) -> str:
        for name in self._maps:
            if self.parameters[name] == value:
                return f"${name}"
        found = self._new(value)
        self._maps.append(found[1:])
        return found

    def _new(self, value: object) -> str:
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"


class Pipeline:
    """Clauses in order.

    Args:
        names: Of the statement.
        outer: Variables that stand outside.
    """

    def __init__(self, names: Names, outer: frozenset[str] = frozenset()) -> None:
        self.names = names
        self.outer = outer
        self.clauses: list[Clause] = []

    @property
    def available(self) -> frozenset[str]:
        """Variables that a subquery can import."""
        return self.outer.union(*(clause.defines for clause in self.clauses))

    def call(self, text: str, defines: frozenset[str], *, optional: bool = False) -> None:
        """``CALL``, which imports what it uses: ``CALL (*)`` would leave out what stands outside of an EXISTS."""
        imports = ", ".join(sorted(_names(text) & self.available))
        body = "\n".join(f"  {line}" for line in text.split("\n"))
        self.add(f"{'OPTIONAL ' * optional}CALL ({imports}) {{\n{body}\n}}", defines)

    def match(self, pattern: str, *conditions: str) -> None:
        """``MATCH``."""
        defines = _names(pattern) - self.available
        self.clauses.append(Clause(f"MATCH {pattern}", defines, list(conditions), is_match=True))

    def unwind(self, expression: str) -> str:
        """``UNWIND``; gives the new variable."""
        name = self.names.fresh()
        self.clauses.append(Clause(f"UNWIND {expression} AS {name}", frozenset({name})))
        return name

    def add(self, text: str, defines: frozenset[str]) -> None:
        """Any other clause."""
        self.clauses.append(Clause(text, defines))

    def filter(self, condition: str) -> None:
        """A condition, where it first can stand: it only drops rows."""
        missing = set(_names(condition))
        for index, clause in enumerate(self.clauses):
            missing -= clause.defines
            later = any(_names(condition) & other.defines for other in self.clauses[index + 1 :])
            if clause.is_match and not later and _names(condition) & clause.defines:
                clause.conditions.append(condition)
                return
        last = self.clauses[-1] if self.clauses else None
        if last is not None and (last.is_match or last.text == "WITH *"):
            last.conditions.append(condition)
            return
        if last is None:
            self.unwind(_ONE_ROW)
        self.clauses.append(Clause("WITH *", frozenset(), [condition]))

    def render(self) -> str:
        """The clauses as text; something is there to go on from."""
        return "\n".join(clause.render() for clause in self.clauses) or f"{START} AS v0"


def _names(text: str) -> frozenset[str]:
    return frozenset(_NAMES.findall(text))
