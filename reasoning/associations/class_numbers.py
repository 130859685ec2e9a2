"""Class numbers: in which scheme, and in which broader classes a number lies. Judgement about notations as they come.

A class is named ``scheme/number``; a number cut short at one of the levels of its scheme names a broader class:

>>> lineage("ddc", "895.1/351")
['ddc/895.1351', 'ddc/895.135', 'ddc/895.1', 'ddc/895', 'ddc/89']
>>> lineage("lcc", "PR4571.A2 H3")
['lcc/PR4571.A2', 'lcc/PR4571', 'lcc/PR']
>>> lineage("clc", "I207.411=2")
['clc/I207.411', 'clc/I207.4', 'clc/I207', 'clc/I20']
"""

import re
from collections.abc import Callable
from functools import lru_cache

from common.namespaces import BF
from common.terms import value

_CLASSES = {
    f"<{BF}ClassificationDdc>": "ddc",
    f"<{BF}ClassificationLcc>": "lcc",
    f"<{BF}ClassificationNlm>": "nlm",
    f"<{BF}ClassificationNal>": "nal",
    f"<{BF}ClassificationUdc>": "udc",
}
_DECIMAL_LEVELS, _CLC_LEVELS = (2, 3, 4, 6, 8), (2, 3, 4, 6, 8)
_DDC = re.compile(r"[^\d]{0,4}(\d{3})(?:\.(\d+))?(?!\d)")
_UDC = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)")
_CLC = re.compile(r"([A-Z]{1,2})(\d+)(?:\.(\d+))?")
#: E and F have no subclasses, only D and K have some of three letters.
_LCC = re.compile(r"([A-HJ-NP-VZ]|[A-DGHJ-NP-VZ][A-Z]|[DK][A-Z]{2}) ?(\d{1,4}(?:\.\d+)?)(?!\d)(?: ?\.? ?([A-Z]\d+))?")
_SEPARATORS = re.compile(r"[/'′’]")
#: Letters of the National Library of Medicine's own classes; it uses the Library of Congress's beside them.
_NLM = re.compile(r"W|Q[S-Z]")
#: Numbers that say what a thing is and not what it is about: serials, theses, documents by kind.
_FORMS = re.compile(r"W ?\d(?!\d)")
#: Shares of a class's specificity that its level allows: a broad class is broad however few works it has.
_CEILINGS = {"ddc": (0.2, 0.5, 0.75, 1.0), "udc": (0.2, 0.5, 0.75, 1.0), "clc": (0.2, 0.5, 0.75, 1.0)}
_LETTER_CEILINGS = (0.2, 0.8, 1.0)
_OTHER_CEILING = 0.5


def scheme_of(kind: str, source: str | None) -> str | None:
    """The scheme of a classification node by its class and ``bf:source``; None where neither says.

    Args:
        kind: Term of the class.
        source: Term of the source.
    """
    return _CLASSES.get(kind) or (value(source).rsplit("/", 1)[-1].lower() if source else None)


@lru_cache(maxsize=65_536)
def lineage(scheme: str, number: str) -> list[str]:
    """The class of a number and the broader ones in which it lies, the narrowest first; [] where it is no number.

    >>> lineage("lcc", "658.4083095")[0], lineage("nlm", "QH 581")[0], lineage("nlm", "W1"), lineage("sdnb", "810")
    ('ddc/658.40830', 'lcc/QH581', [], ['sdnb/810'])
    """
    number = number.strip()
    found = _READERS.get(scheme, _other)(number)
    if not found and scheme in _LETTERED and _DDC.match(number):
        return lineage("ddc", number)
    if scheme == "nlm" and found and not _NLM.match(number):
        scheme = "lcc"
    return [f"{scheme}/{each}" for each in found]


def ceiling(name: str) -> float:
    """How specific a class can be by its level, 0 to 1."""
    scheme, _, number = name.partition("/")
    shares = _LETTER_CEILINGS if scheme in _LETTERED else _CEILINGS.get(scheme)
    if shares is None:
        return _OTHER_CEILING
    if scheme in _LETTERED:
        return shares[len(re.findall("[A-Z]+", number)) - (not any(map(str.isdigit, number)))]
    digits = sum(map(str.isdigit, number))
    return shares[max(min(digits - 2, len(shares) - 1), 0)]


def _ddc(number: str) -> list[str]:
    match = _DDC.match(_SEPARATORS.sub("", number))
    return _cut("", match[1] + (match[2] or ""), _DECIMAL_LEVELS) if match else []


def _udc(number: str) -> list[str]:
    match = _UDC.match(number)
    return _cut("", match[1].replace(".", ""), _DECIMAL_LEVELS) if match else []


def _clc(number: str) -> list[str]:
    match = _CLC.match(number)
    return _cut(match[1], match[2] + (match[3] or ""), _CLC_LEVELS) if match else []


def _lcc(number: str) -> list[str]:
    match = _LCC.match(number)
    if not match or _FORMS.match(number):
        return []
    letters, digits, cutter = match.groups()
    found = [f"{letters}{digits}.{cutter}"] if cutter else []
    return [*found, f"{letters}{digits}", *([letters] if len(letters) > 1 else [])]


def _other(number: str) -> list[str]:
    return [" ".join(number.split())] if number else []


def _cut(letters: str, digits: str, levels: tuple[int, ...]) -> list[str]:
    """The number at each level that it reaches, with the point after the third digit; the narrowest first."""
    lengths = [length for length in levels if length <= len(digits)]
    if len(digits) < levels[-1] and len(digits) not in lengths and len(digits) > levels[0]:
        lengths.append(len(digits))
    return [letters + _pointed(digits[:length]) for length in reversed(lengths)]


def _pointed(digits: str) -> str:
    return f"{digits[:3]}.{digits[3:]}" if len(digits) > 3 else digits  # noqa: PLR2004  three digits, then the point


_LETTERED = frozenset({"lcc", "nlm", "nal"})
_READERS: dict[str, Callable[[str], list[str]]] = {
    "ddc": _ddc,
    "udc": _udc,
    "clc": _clc,
    "lcc": _lcc,
    "nlm": _lcc,
    "nal": _lcc,
}
