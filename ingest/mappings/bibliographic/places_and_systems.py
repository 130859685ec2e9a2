"""Added entries that are neither names nor titles: 751, 752 places, 753 systems, 754 organisms."""

from ingest.mappings.description import Description
from ingest.mappings.facts.note_rules import NoteRule, register
from ingest.mappings.facts.punctuation import strip_heading
from ingest.mappings.names import LABEL, TYPE, bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

PLACE_CLASS, RELATED_PLACE, PLACE_ROLE = bf("Place"), bg("relatedPlace"), bg("relatedPlaceRole")
_LEVELS = frozenset("abcdfgh")
_BETWEEN_LEVELS = " -- "

register(
    BIBLIOGRAPHIC,
    {
        "753": NoteRule(bg("systemRequirementTerm"), "abc012", joint=", "),
        "754": NoteRule(bg("taxonomicIdentification"), "acdxz012", of_work=True, joint=", "),
    },
)


@BIBLIOGRAPHIC.maps("751", "752", codes="abcdefgh46")
def related_place(d: Description, f: DataField) -> None:
    """751, 752: a place that the resource comes from, from the largest to the smallest; $e and $4 say in which role."""
    label = _BETWEEN_LEVELS.join(strip_heading(value) for code, value in f.subfields if code in _LEVELS)
    if not label:
        return
    place = (d.remembered() if d.vernacular else None) or d.entity("place", label)
    d.add(d.instance, RELATED_PLACE, place)
    d.add(place, TYPE, PLACE_CLASS)
    d.text(place, LABEL, label)
    for code, value in f.subfields:
        if code in "e4":
            d.text(d.instance, PLACE_ROLE, f"{label}: {strip_heading(value)}", d.note_lang)
