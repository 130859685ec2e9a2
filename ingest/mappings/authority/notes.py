"""Notes and attributes of authority records: 3XX and 6XX. A property a tag or subfield, each one readable text."""

from ingest.mappings.description import Description
from ingest.mappings.facts.codes import language
from ingest.mappings.facts.note_rules import NoteRule, register
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.names import bf, bg, skos
from ingest.mappings.table import AUTHORITY
from ingest.record import DataField

LANGUAGE = bf("language")

_COMPLEX_SEE_ALSO, _COMPLEX_SEE = bg("complexSeeAlso"), bg("complexSee")
NOTES = {
    "260": NoteRule(_COMPLEX_SEE, "ai"),
    "336": NoteRule(bg("contentTypeTerm"), "ab2", joint=", "),
    "348": NoteRule(bg("formatOfMusic"), "ab2", joint=", "),
    "360": NoteRule(_COMPLEX_SEE_ALSO, "ai"),
    "382": NoteRule(bg("mediumOfPerformance"), "abdenprstv2", joint=", "),
    "640": NoteRule(bg("seriesDates"), "az", joint=", "),
    "641": NoteRule(bg("seriesNumberingNote"), "az", joint=", "),
    "642": NoteRule(bg("seriesNumberingExample"), "ad", joint=", "),
    "643": NoteRule(bg("seriesPublisher"), "abd", joint=" : "),
    "644": NoteRule(bg("seriesAnalysisPractice"), "abd", joint=", "),
    "645": NoteRule(bg("seriesTracingPractice"), "ad", joint=", "),
    "646": NoteRule(bg("seriesClassificationPractice"), "ad", joint=", "),
    "663": NoteRule(_COMPLEX_SEE_ALSO, "abt"),
    "664": NoteRule(_COMPLEX_SEE, "abt"),
    "665": NoteRule(skos("historyNote")),
    "666": NoteRule(_COMPLEX_SEE),
    "667": NoteRule(skos("editorialNote")),
    "670": NoteRule(bg("sourceConsulted"), "abw", has_link=True),
    "672": NoteRule(bg("relatedTitle"), "abfw", joint=", "),
    "673": NoteRule(bg("unrelatedTitle"), "abfw", joint=", "),
    "675": NoteRule(bg("sourceWithoutInformation")),
    "678": NoteRule(bg("biographicalNote"), "ab", has_link=True),
    "680": NoteRule(skos("scopeNote"), "ai"),
    "681": NoteRule(bg("subjectExample"), "ai"),
    "682": NoteRule(skos("changeNote"), "ai"),
    "688": NoteRule(skos("historyNote"), has_link=True),
}
register(AUTHORITY, NOTES)

#: Tag -> subfield -> property; what stands in $2, $u and $v says where a term is from.
_ATTRIBUTES = {
    "368": {
        "a": bg("typeOfCorporateBody"),
        "b": bg("typeOfJurisdiction"),
        "c": bg("otherDesignation"),
        "d": bg("titleOfPerson"),
    },
    "370": {
        "a": bg("birthPlaceName"),
        "b": bg("deathPlaceName"),
        "c": bg("associatedCountry"),
        "e": bg("residenceName"),
        "f": bg("associatedPlace"),
        "g": bg("placeOfOrigin"),
    },
    "371": dict.fromkeys("abcdemz", bg("address")),
    "372": {"a": bg("fieldOfActivity")},
    "373": {"a": bg("associatedGroup")},
    "374": {"a": bg("occupationTerm")},
    "375": {"a": bg("gender")},
    "376": {"a": bg("typeOfFamily"), "b": bg("prominentMember"), "c": bg("hereditaryTitle")},
    "377": {"l": bg("languageTerm")},
    "378": {"q": bg("fullerForm")},
    "380": {"a": bg("formOfWork")},
    "381": {"a": bg("otherDistinguishingCharacteristic")},
    "383": {"a": bg("serialNumberOfWork"), "b": bg("opusNumber"), "c": bg("thematicIndexNumber")},
    "384": {"a": bg("keyOfWork")},
    "385": {"a": bg("intendedAudienceTerm"), "m": bg("audienceGroup")},
    "386": {"a": bg("creatorCharacteristicTerm"), "m": bg("creatorGroup")},
    "388": {"a": bg("timePeriodOfCreation")},
}
SPAN = bg("attributeDates")


def attribute(d: Description, f: DataField) -> None:
    """What characterises the entity, a text a subfield; $s and $t say from when to when."""
    properties = _ATTRIBUTES[d.tag]
    for code, value in f.subfields:
        if code in properties:
            d.text(d.work, properties[code], strip_isbd(value), d.note_lang)
        elif code == "a" and d.tag == "377" and len(value.strip()) == len("eng"):
            d.add(d.work, LANGUAGE, language(value))
    start, end = (f.get("s") or "").strip(), (f.get("t") or "").strip()
    if start or end:
        what = ", ".join(strip_isbd(value) for code, value in f.subfields if code in properties)
        d.text(d.work, SPAN, f"{what}: {start}-{end}", d.note_lang)


for _tag, _properties in _ATTRIBUTES.items():
    AUTHORITY.maps(_tag, codes="".join(_properties) + "st6" + ("a" if _tag == "377" else ""))(attribute)
