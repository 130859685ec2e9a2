"""Classes of agents by tag and first indicator (MARC 21: X00, X10, X11)."""

from ingest.mappings.facts.local_fields import standard_tag
from ingest.mappings.names import bf

AGENT = bf("Agent")
FAMILY = bf("Family")
JURISDICTION = bf("Jurisdiction")
MEETING = bf("Meeting")
ORGANIZATION = bf("Organization")
PERSON = bf("Person")

#: Last two digits of the tag -> class by first indicator; the usual one stands under "".
_CLASSES = {
    "00": {"3": FAMILY, "": PERSON},
    "10": {"1": JURISDICTION, "": ORGANIZATION},
    "11": {"": MEETING},
    "20": {"1": PERSON, "": AGENT},
}
#: What follows a jurisdiction makes the heading that of a body within it.
_SUBORDINATE = frozenset("bkt")


def class_of(tag: str, ind1: str, codes: str = "") -> str:
    """Class of the agent that an X00, X10, X11 or 720 names.

    Args:
        tag: Tag of the heading.
        ind1: Its first indicator: 3 a family, 1 in X10 a jurisdiction.
        codes: Subfield codes of the heading: ``United States`` is a jurisdiction, ``United States. Congress`` is not.
    """
    classes = _CLASSES[standard_tag(tag)[1:]]
    found = classes.get(ind1) or classes[""]
    return ORGANIZATION if found is JURISDICTION and not _SUBORDINATE.isdisjoint(codes) else found
