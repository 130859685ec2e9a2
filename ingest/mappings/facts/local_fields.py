"""Fields that networks and libraries defined on the model of standard ones (OCLC, RLIN: 69X and 79X local headings)."""

#: Local tag -> the standard tag whose structure its headings have.
STANDARD_TAGS = {
    "691": "651",
    "696": "600",
    "697": "610",
    "698": "611",
    "699": "630",
    "790": "700",
    "791": "710",
    "792": "711",
    "793": "730",
    "796": "700",
    "797": "710",
    "798": "711",
    "799": "730",
    "840": "830",
}
_MEETINGS = frozenset({"111", "611", "711", "811"} | {tag for tag, like in STANDARD_TAGS.items() if like[1:] == "11"})


def standard_tag(tag: str) -> str:
    """The tag whose structure a field has: its own, but for local ones.

    >>> standard_tag("796"), standard_tag("700"), standard_tag("690")
    ('700', '700', '690')
    """
    return STANDARD_TAGS.get(tag, tag)


def relator_code(tag: str) -> str:
    """Subfield of the relator term: $j after the name of a meeting, whose $e is a part of the name; else $e."""
    return "j" if tag in _MEETINGS else "e"
