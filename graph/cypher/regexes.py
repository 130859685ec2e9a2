r"""Regular expressions that Java, Python and Oxigraph (Rust) read alike; anything else is ``Inexact``.

These are literal characters, classes, anchors, quantifiers, groups and alternatives.

What is written has no flags and no class whose members differ: ``.`` becomes ``[^\n]``, ``$`` a look-ahead, and with
``i`` each letter becomes a class of its forms. Quantifiers within quantifiers are refused, for Java and Python look for
them in every possible way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.cypher.bindings import Inexact

_SPECIAL = frozenset("\\^$.|?*+()[]{}")
_IN_CLASS = frozenset("\\]^-[&~")
_FLAGS = frozenset("imsq")
_MOST_REPEATS = 1000
_FEW_REPEATS = 10
_MOST_UNBOUNDED = 1
"""Java and Python would need a time that grows with a power of the text's length, and nothing ends Java's search."""
_FOLDED = {"k": "kK\u212a", "s": "sS\u017f"}
"""Letters of ASCII that have more than two forms."""
_ANY, _ANY_BUT_LINE_END = "[\\s\\S]", "[^\\n]"


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression.

    Attributes:
        text: As Java and Python read it.
        groups: How many there are.
        is_nullable: It may match nothing at all.
    """

    text: str
    groups: int
    is_nullable: bool


def regex(pattern: str, flags: str = "") -> Regex:
    """A regular expression of XPath as Java and Python read it.

    Raises:
        Inexact: They would not read it alike.
    """
    if not _FLAGS.issuperset(flags):
        raise Inexact("REGEX with flags other than i, m, s, q")
    if "q" in flags:
        pattern = "".join(f"\\{char}" if char in _SPECIAL else char for char in pattern)
    if "i" in flags and not pattern.isascii():
        raise Inexact("REGEX that looks for letters beyond ASCII in either case")
    return _Reader(pattern, flags).read()


class _Reader:
    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._fold = "i" in flags
        self._dot = _ANY if "s" in flags else _ANY_BUT_LINE_END
        self._anchors = ("(?<![^\\n])", "(?![^\\n])") if "m" in flags else ("(?<![\\s\\S])", "(?![\\s\\S])")
        self._groups = 0
        self._unbounded = 0

    def read(self) -> Regex:
        text, is_nullable, _ = self._alternatives()
        if self._at < len(self._pattern):
            raise Inexact("REGEX with a bracket that was not opened")
        return Regex(text, self._groups, is_nullable)

    def _alternatives(self) -> tuple[str, bool, bool]:
        """Text, whether it may match nothing, and whether it repeats something."""
        parts = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            parts.append(self._sequence())
        return "|".join(part[0] for part in parts), any(p[1] for p in parts), any(p[2] for p in parts)

    def _sequence(self) -> tuple[str, bool, bool]:
        text, is_nullable, repeats = "", True, False
        while self._peek() not in {"", "|", ")"}:
            piece, nullable, inner = self._repeated()
            text, is_nullable, repeats = text + piece, is_nullable and nullable, repeats or inner
        return text, is_nullable, repeats

    def _repeated(self) -> tuple[str, bool, bool]:
        is_anchor = self._peek() in {"^", "$"}
        text, is_nullable, repeats = self._atom()
        quantifier, least = self._quantifier()
        if not quantifier:
            return text, is_nullable, repeats
        if is_anchor or repeats or is_nullable or self._quantifier()[0]:
            raise Inexact("REGEX with a quantifier of what repeats itself, or of an anchor")
        return text + quantifier, least == 0, True

    def _quantifier(self) -> tuple[str, int]:
        char = self._peek()
        if char not in {"?", "*", "+", "{"} or not char:
            return "", 1
        if char == "{":
            text, least, most = self._braces()
        else:
            text, least, most = char, 0 if char in "?*" else 1, 1
            self._at += 1
        if char in "*+" or text.endswith(",}") or most > _FEW_REPEATS:
            self._unbounded += 1
            if self._unbounded > _MOST_UNBOUNDED:
                raise Inexact(f"REGEX with more than {_MOST_UNBOUNDED} long repetition")
        if self._peek() == "?":
            self._at += 1
            text += "?"
        return text, least

    def _braces(self) -> tuple[str, int, int]:
        end = self._pattern.find("}", self._at)
        numbers = self._pattern[self._at + 1 : end].split(",") if end > 0 else []
        if len(numbers) not in {1, 2} or not (numbers[0].isascii() and numbers[0].isdigit()):
            raise Inexact("REGEX with braces")
        last = numbers[-1]
        if last and not (last.isascii() and last.isdigit()):
            raise Inexact("REGEX with braces")
        if max(int(number or 0) for number in numbers) > _MOST_REPEATS or (last and int(last) < int(numbers[0])):
            raise Inexact("REGEX that repeats something very often")
        text = self._pattern[self._at : end + 1]
        self._at = end + 1
        return text, int(numbers[0]), int(last or numbers[0])

    def _atom(self) -> tuple[str, bool, bool]:  # noqa: PLR0911  a case for each sign
        char = self._next()
        match char:
            case "(":
                return self._group()
            case "[":
                return self._class(), False, False
            case ".":
                return self._dot, False, False
            case "^":
                return self._anchors[0], True, False
            case "$":
                return self._anchors[1], True, False
            case "\\":
                return self._literal(self._escaped()), False, False
            case _ if char in _SPECIAL:
                raise Inexact(f"REGEX with a single {char}")
        return self._literal(char), False, False

    def _group(self) -> tuple[str, bool, bool]:
        if self._pattern.startswith("?:", self._at):
            self._at += 2
            opening = "(?:"
        elif self._peek() == "?":
            raise Inexact("REGEX with a special group")
        else:
            self._groups += 1
            opening = "("
        text, is_nullable, repeats = self._alternatives()
        if self._next() != ")":
            raise Inexact("REGEX with a bracket that is not closed")
        return f"{opening}{text})", is_nullable, repeats

    def _escaped(self) -> str:
        char = self._next()
        if char in {"n", "r", "t"}:
            return {"n": "\n", "r": "\r", "t": "\t"}[char]
        if char in _SPECIAL or char == "-":
            return char
        raise Inexact(f"REGEX with \\{char}")

    def _class(self) -> str:
        negated = self._peek() == "^"
        self._at += negated
        members: list[str] = []
        while self._peek() != "]":
            first = self._member()
            if self._peek() == "-" and self._pattern[self._at + 1 : self._at + 2] not in {"]", ""}:
                self._at += 1
                members.append(self._range(first, self._member()))
            else:
                members += map(_in_class, self._forms(first))
        self._at += 1
        if not members:
            raise Inexact("REGEX with an empty class")
        return f"[{'^' if negated else ''}{''.join(members)}]"

    def _member(self) -> str:
        char = self._next()
        if char == "\\":
            return self._escaped()
        if char in {"[", "^", "&", "~", "-", ""}:
            raise Inexact(f"REGEX with {char} in a class")
        return char

    def _range(self, first: str, last: str) -> str:
        if first > last:
            raise Inexact("REGEX with an empty range")
        if not self._fold:
            return f"{_in_class(first)}-{_in_class(last)}"
        letters = [chr(code) for code in range(ord(first), ord(last) + 1)]
        return "".join(_in_class(form) for letter in letters for form in self._forms(letter))

    def _forms(self, char: str) -> str:
        """A character in both cases, if they don't matter."""
        if not self._fold or not char.isalpha():
            return char
        return _FOLDED.get(char.lower(), f"{char.lower()}{char.upper()}")

    def _literal(self, char: str) -> str:
        forms = self._forms(char)
        if len(forms) > 1:
            return f"[{forms}]"
        return f"\\{char}" if char in _SPECIAL else _readable(char)

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _next(self) -> str:
        found = self._peek()
        if not found:
            raise Inexact("REGEX that ends too early")
        self._at += 1
        return found


def _in_class(char: str) -> str:
    return f"\\{char}" if char in _IN_CLASS else _readable(char)


def _readable(char: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char, char)


def replacement(text: str, groups: int) -> Iterator[str | int]:
    """What stands in the place of a match: texts and numbers of groups.

    Raises:
        Inexact: It has signs that engines read differently.
    """
    at = 0
    while at < len(text):
        char = text[at]
        number = text[at + 1 : at + 2]
        if char == "\\" or (char == "$" and not ("0" <= number <= "9" and int(number) <= groups)):
            raise Inexact("REPLACE by a text with special signs")
        if char == "$":
            if text[at + 2 : at + 3].isalnum() or text[at + 2 : at + 3] in {"_", "[", "."}:
                raise Inexact("REPLACE by a text with special signs")
            yield int(number)
            at += 2
        else:
            yield char
            at += 1
