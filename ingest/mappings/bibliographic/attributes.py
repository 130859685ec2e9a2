"""Attributes of Work and Instance: 334, 335, 351–353, 355, 357, 365, 366, 370–388."""

from ingest.mappings.description import Description
from ingest.mappings.facts.codes import language
from ingest.mappings.facts.note_rules import NoteRule, register
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.facts.term_addresses import state_address
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

register(
    BIBLIOGRAPHIC,
    {
        "334": NoteRule(bg("modeOfIssuanceTerm"), "ab2", joint=", "),
        "335": NoteRule(bg("extensionPlan"), "ab2", of_work=True, joint=", "),
        "351": NoteRule(bg("arrangementNote"), "cab", joint=", "),
        "352": NoteRule(bg("digitalGraphicRepresentation"), "abcdefgiq", joint=", "),
        "353": NoteRule(bg("supplementaryContentTerm"), "ab2", of_work=True, joint=", "),
        "355": NoteRule(bg("securityClassification"), "abcdefghj", joint=", "),
        "357": NoteRule(bg("originatorControl"), "abcg", joint=", "),
        "365": NoteRule(bg("tradePrice"), "abcdefghijkm2", joint=", "),
        "366": NoteRule(bg("tradeAvailability"), "abcdefgjkm2", joint=", "),
        "382": NoteRule(bg("mediumOfPerformance"), "abdenprstv2", of_work=True, joint=", "),
    },
)

LANGUAGE, LANGUAGE_OF_PART, ATTRIBUTE = bf("language"), bg("languageOfPart"), bg("workAttribute")
#: Tag -> subfield -> property of the Work.
_ATTRIBUTES = {
    "370": {
        "c": bg("associatedCountry"),
        "f": bg("associatedPlace"),
        "g": bg("placeOfOrigin"),
        "i": bg("placeRelationship"),
        "s": bg("placeStartPeriod"),
        "t": bg("placeEndPeriod"),
    },
    "377": {"l": bg("languageTerm")},
    "380": {"a": bg("formOfWork")},
    "381": {"a": bg("otherDistinguishingCharacteristic")},
    "383": {
        "a": bf("musicSerialNumber"),
        "b": bf("musicOpusNumber"),
        "c": bf("musicThematicNumber"),
        "d": bg("thematicIndexCode"),
        "e": bg("publisherOfOpusNumber"),
    },
    "384": {"a": bf("musicKey")},
    "385": {
        "a": bg("intendedAudienceTerm"),
        "b": bg("intendedAudienceCode"),
        "m": bg("audienceGroup"),
        "n": bg("audienceGroupCode"),
    },
    "386": {
        "a": bg("creatorCharacteristicTerm"),
        "b": bg("creatorCharacteristicCode"),
        "m": bg("creatorGroup"),
        "n": bg("creatorGroupCode"),
        "i": bg("creatorRelationship"),
    },
    "388": {"a": bg("timePeriodOfCreation")},
}


def attribute(d: Description, f: DataField) -> None:
    """What characterises the Work: a term as text, and the thing it names where $0 or $1 say its address."""
    properties = _ATTRIBUTES[d.tag]
    part = f.get("3")
    prefix = f"{part.strip().rstrip(' :')}: " if part else ""
    for code, value in f.subfields:
        if code in properties:
            d.text(d.work, properties[code], prefix + strip_isbd(value), d.note_lang)
        elif code == "a" and d.tag == "377":
            d.add(d.work, LANGUAGE, language(value))
            d.text(d.work, LANGUAGE_OF_PART, f"{prefix}{value.strip()}" if prefix else None)
        elif code in "01":
            state_address(d, d.work, ATTRIBUTE, value)


for _tag, _properties in _ATTRIBUTES.items():
    BIBLIOGRAPHIC.maps(_tag, codes="".join({**_properties, "a": ""} if _tag == "377" else _properties) + "0136")(
        attribute
    )
