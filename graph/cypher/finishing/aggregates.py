"""Aggregates over rows as they come (SPARQL 1.1, section 18.5.1); each keeps one value, distinct ones aside."""

from __future__ import annotations

from typing import Protocol

from graph.cypher.finishing.comparing import order
from graph.cypher.finishing.numbers import calculate
from graph.cypher.finishing.values import Decimal, Tagged, Unsure, Value, term


class Accumulator(Protocol):
    """One aggregate of one group."""

    def add(self, value: Value | None) -> None:
        """Takes in a row's value; None: an error."""
        ...

    def result(self) -> Value | None:
        """The aggregate; None: an error."""
        ...


class _Count:
    def __init__(self) -> None:
        self._count = 0

    def add(self, value: Value | None) -> None:
        self._count += value is not None

    def result(self) -> Value | None:
        return self._count


class _Sum:
    def __init__(self) -> None:
        self._sum: Value | None = 0

    def add(self, value: Value | None) -> None:
        self._sum = calculate("+", self._sum, value)

    def result(self) -> Value | None:
        return self._sum


class _Average:
    def __init__(self) -> None:
        self._sum = _Sum()
        self._count = 0

    def add(self, value: Value | None) -> None:
        self._sum.add(value)
        self._count += 1

    def result(self) -> Value | None:
        if self._count == 0:
            return 0
        return calculate("/", self._sum.result(), Decimal(self._count * 10**18))


class _Extreme:
    def __init__(self, sign: int) -> None:
        self._sign = sign
        self._best: Value | None = None
        self._is_error = False

    def add(self, value: Value | None) -> None:
        if value is None:
            self._is_error = True
        elif self._best is None:
            self._best = value
        else:
            found = self._sign * order(value, self._best)
            if found == 0 and term(value) != term(self._best):
                raise Unsure  # which of them comes first depends on the engine
            if found > 0:
                self._best = value

    def result(self) -> Value | None:
        return None if self._is_error else self._best


class _Sample:
    def __init__(self) -> None:
        self._value: Value | None = None

    def add(self, value: Value | None) -> None:
        if self._value is None:
            self._value = value

    def result(self) -> Value | None:
        return self._value


class _Concatenation:
    def __init__(self, separator: str) -> None:
        self._separator = separator
        self._texts: list[str] = []
        self._languages: set[str] = set()
        self._is_error = False

    def add(self, value: Value | None) -> None:
        if isinstance(value, str):
            self._texts.append(value)
            self._languages.add("")
        elif isinstance(value, Tagged):
            self._texts.append(value.lexical)
            self._languages.add(value.language)
        else:
            self._is_error = True

    def result(self) -> Value | None:
        if self._is_error:
            return None
        text = self._separator.join(self._texts)
        if len(self._languages) == 1 and (language := next(iter(self._languages))):
            return Tagged(text, language)
        return text


class _Distinct:
    """Each value once."""

    def __init__(self, inner: Accumulator) -> None:
        self._inner = inner
        self._seen: set[str | None] = set()

    def add(self, value: Value | None) -> None:
        text = None if value is None else term(value)
        if text not in self._seen:
            self._seen.add(text)
            self._inner.add(value)

    def result(self) -> Value | None:
        return self._inner.result()


def accumulator(function: str, *, distinct: bool, separator: str | None) -> Accumulator:
    """A new one.

    Raises:
        LookupError: There is no such aggregate.
    """
    found: Accumulator
    match function:
        case "COUNT":
            found = _Count()
        case "SUM":
            found = _Sum()
        case "AVG":
            found = _Average()
        case "MIN" | "MAX":
            found = _Extreme(1 if function == "MAX" else -1)
        case "SAMPLE":
            found = _Sample()
        case "GROUP_CONCAT":
            found = _Concatenation(" " if separator is None else separator)
        case _:
            raise LookupError(function)
    return _Distinct(found) if distinct else found
