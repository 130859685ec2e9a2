"""How an authority's headings relate: the tracing code in $w, the relation codes of the GND in $4."""

from collections.abc import Iterator

from ingest.mappings.names import bg, skos
from ingest.record import DataField

ACRONYM, EARLIER_NAME, LATER_NAME = bg("acronym"), bg("earlierName"), bg("laterName")
BROADER, NARROWER, RELATED = skos("broader"), skos("narrower"), skos("related")
EARLIER, LATER, PARENT_BODY = bg("earlierEntity"), bg("laterEntity"), bg("parentBody")
SUBDIVISION_FORM = bg("subdivisionForm")
_ESTABLISHED_BEFORE = "e"

#: 4XX, first position of $w -> kind of variant.
_VARIANTS = {"a": EARLIER_NAME, "b": LATER_NAME, "d": ACRONYM}
#: 4XX $4 -> kind of variant.
_VARIANT_CODES = {
    "abku": ACRONYM,
    "nafr": EARLIER_NAME,
    "nasp": LATER_NAME,
    "nawi": bg("realName"),
    "pseu": bg("pseudonym"),
}

#: 5XX, first position of $w -> relation.
_TRACINGS = {"a": EARLIER, "b": LATER, "g": BROADER, "h": NARROWER, "t": PARENT_BODY}
#: 5XX $4 -> relation.
_RELATION_CODES = {
    "adue": PARENT_BODY,
    "affi": bg("affiliatedWith"),
    "aut1": bg("creatorOfWork"),
    "auta": bg("creatorOfWork"),
    "bete": bg("contributedTo"),
    "berc": bg("occupation"),
    "beru": bg("occupation"),
    "bezb": bg("professionalRelationship"),
    "beza": bg("associatedAgent"),
    "bezf": bg("familyRelationship"),
    "geoa": bg("associatedPlaceEntity"),
    "geow": bg("placeOfActivity"),
    "nach": LATER,
    "obal": BROADER,
    "obge": BROADER,
    "obin": BROADER,
    "obpa": BROADER,
    "ortg": bg("placeOfBirth"),
    "orts": bg("placeOfDeath"),
    "ortw": bg("placeOfActivity"),
    "orta": bg("associatedPlaceEntity"),
    "saz": bg("subjectField"),
    "them": bg("topicOfEntity"),
    "vbal": RELATED,
    "vorg": EARLIER,
}
#: 548 $4 -> the dates are those of a life.
LIFE_DATES = frozenset({"datl", "datx"})


def variant_kinds(f: DataField) -> Iterator[str]:
    """Properties that say of which kind a 4XX is: an earlier name, an acronym, a pseudonym."""
    for code, value in f.subfields:
        kind = _VARIANTS.get(value[:1]) if code == "w" else _VARIANT_CODES.get(value) if code == "4" else None
        if kind is not None:
            yield kind
        if code == "w" and value[2:3] == _ESTABLISHED_BEFORE:
            yield bg("formerHeading")


def relation(f: DataField) -> str:
    """Property of a 5XX; ``skos:related`` where it says no more."""
    for value in f.all("4"):
        known = _RELATION_CODES.get(value.strip())
        if known is not None:
            return known
    return _TRACINGS.get((f.get("w") or "")[:1], RELATED)


def relation_words(f: DataField, tag: str) -> str:
    """The relation in words: $i, and $e where it is no part of the heading."""
    codes = "i" if tag[1:] == "11" else "ie"
    return ", ".join(
        dict.fromkeys(value.strip().rstrip(" :.") for code, value in f.subfields if code in codes and value.strip())
    )
