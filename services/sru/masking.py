"""Terms with ``*``, ``?`` and ``^`` (https://www.loc.gov/standards/sru/cql/contextSets/theCqlContextSet.html)."""

import unicodedata
from dataclasses import dataclass

from services.search import words
from services.search.expressions import All, Any, Begins, Exact, Expression, Masked, Match, Words
from services.sru.diagnostics import DiagnosticError

_SPECIAL = frozenset('*?^"\\')
_SHORTEST_BEGINNING = 2
"""Letters before the first mask: fewer are the beginning of too many words."""
_MOST_MASKS = 5


@dataclass(frozen=True, slots=True)
class Sign:
    """A character of a term; ``special`` if it masks or anchors."""

    text: str
    special: bool = False


def signs(term: str, *, masked: bool = True) -> list[Sign]:
    """The characters of a term, each backslash applied to what follows it.

    Args:
        term: As the parser gives it.
        masked: False where a modifier says that all characters stand for themselves.

    Raises:
        DiagnosticError: A backslash stands before a character that has no other meaning (26).
    """
    if not masked:
        return [Sign(c) for c in term]
    found: list[Sign] = []
    at = 0
    while at < len(term):
        escapes = term[at] == "\\"
        at += escapes
        if escapes and term[at : at + 1] not in _SPECIAL:
            raise DiagnosticError(26, term[at : at + 1] or "\\")
        found.append(Sign(term[at], not escapes and term[at] in "*?^"))
        at += 1
    return found


def plain(found: list[Sign]) -> str:
    """The characters as text."""
    return "".join(sign.text for sign in found)


def is_masked(found: list[Sign]) -> bool:
    """Whether any character masks or anchors."""
    return any(sign.special for sign in found)


def masked_words(field: str, relation: str, found: list[Sign]) -> Expression:
    """What a term with masks or anchors finds in a field of words.

    Raises:
        DiagnosticError: The masks stand where they can't be understood (28 to 33).
    """
    if any(sign.special and sign.text == "^" for sign in found):
        return _anchored(field, relation, found)
    parts = _divided(found)
    if relation in {"==", "<>"}:
        raise DiagnosticError(28, f"not with {relation}")
    if relation == "adj" and len(parts) > 1:
        raise DiagnosticError(33, plain(found))
    made = tuple(_word(field, part) for part in parts)
    return made[0] if len(made) == 1 else Any(made) if relation == "any" else All(made)


def _anchored(field: str, relation: str, found: list[Sign]) -> Expression:
    """Titles are known from their beginning, so that they can be sought by it; not by their end alone."""
    if field != "title":
        raise DiagnosticError(31, "only titles can be anchored")
    inner, first, last = found, _is_anchor(found[0]), _is_anchor(found[-1])
    inner = found[first : len(found) - (last and len(found) > 1)]
    if relation not in {"=", "adj"} or not first or is_masked(inner):
        raise DiagnosticError(32, plain(found))
    text = plain(inner)
    if not words.key(text):
        raise DiagnosticError(27, plain(found))
    return Exact(field, text) if last else Begins(text)


def _is_anchor(sign: Sign) -> bool:
    return sign.special and sign.text == "^"


def _divided(found: list[Sign]) -> list[list[Sign]]:
    """Words: what no punctuation or space parts."""
    parts: list[list[Sign]] = [[]]
    for sign in found:
        if sign.special or _in_word(sign.text):
            parts[-1].append(sign)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "+#" or unicodedata.category(character).startswith("M")


def _word(field: str, part: list[Sign]) -> Expression:
    text = plain(part)
    if not is_masked(part):
        return Words(field, text, Match.ALL)
    if words.has_han(text):
        return _characters(field, part)
    if sum(sign.special for sign in part) > _MOST_MASKS:
        raise DiagnosticError(30, text)
    pattern = "".join(_folded(piece) for piece in _pieces(part))
    beginning = pattern.partition("*")[0].partition("?")[0]
    if len(beginning) < _SHORTEST_BEGINNING:
        raise DiagnosticError(29, f"{text}: at least {_SHORTEST_BEGINNING} letters stand before a mask")
    return Masked(field, beginning, pattern)


def _characters(field: str, part: list[Sign]) -> Expression:
    """Chinese characters are words: ``红楼*`` is what has them side by side, whatever follows."""
    inner = [sign for sign in part if not sign.special]
    at = part.index(inner[0])
    if part[at : at + len(inner)] != inner or any(sign.special and sign.text != "*" for sign in part):
        raise DiagnosticError(28, f"{plain(part)}: beside Chinese characters only * before or after them")
    return Words(field, plain(inner), Match.PHRASE)


def _pieces(part: list[Sign]) -> list[str | Sign]:
    found: list[str | Sign] = []
    for sign in part:
        if sign.special:
            found.append(sign)
        elif found and isinstance(found[-1], str):
            found[-1] += sign.text
        else:
            found.append(sign.text)
    return found


def _folded(piece: str | Sign) -> str:
    """A mask as it is; letters as the index has them."""
    if isinstance(piece, Sign):
        return piece.text
    tokens = words.plain().analyze(words.simplified(piece))
    if len(tokens) != 1:
        raise DiagnosticError(28, piece)
    return str(tokens[0])
