"""Several subfields as one readable text."""

from ingest.record import DataField

_ENDS_A_CLAUSE = frozenset(".,;:/=-–—(。，；：")


def joined(f: DataField, codes: str, joint: str = " ") -> str:
    """The subfields in ``codes`` in their order, ``joint`` between two where no punctuation stands there already.

    >>> joined(DataField("533", " ", " ", [("a", "Microfilm."), ("b", "Paris"), ("c", "BnF")]), "abc", ", ")
    'Microfilm. Paris, BnF'
    """
    parts = [value.strip() for code, value in f.subfields if code in codes]
    if len(parts) == 1:
        return parts[0]
    return _join([part for part in parts if part], joint)


def _join(parts: list[str], joint: str) -> str:
    if joint == " ":
        return " ".join(parts)
    pieces: list[str] = []
    for part in parts:
        if pieces:
            pieces.append(" " if pieces[-1][-1] in _ENDS_A_CLAUSE else joint)
        pieces.append(part)
    return "".join(pieces)


def note(f: DataField, codes: str, joint: str = " ") -> str:
    """A note: what it is about ($3), its text, and the institution that says it ($5).

    >>> note(DataField("561", " ", " ", [("3", "Copy 2"), ("a", "Given by Mrs. Hay."), ("5", "NjP")]), "a")
    'Copy 2: Given by Mrs. Hay. [NjP]'
    """
    text = joined(f, codes, joint)
    for code, value in f.subfields:
        if code == "3":
            text = f"{value.strip().rstrip(':')}: {text}" if text else value.strip()
        elif code == "5":
            text = f"{text} [{value.strip()}]"
    return text
