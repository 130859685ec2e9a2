"""Coded languages, places, times and music: 033, 034, 041, 043–048."""

from decimal import Decimal

from common import namespaces as ns
from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts import dates
from ingest.mappings.facts.codes import language, term
from ingest.mappings.facts.coordinates import decimal_degrees
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.facts.texts import joined
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

LANGUAGE = bf("language")
#: 041: which language of the resource each subfield names.
_LANGUAGES = {
    "a": LANGUAGE,
    "b": bg("languageOfSummary"),
    "d": bg("languageOfPerformance"),
    "e": bg("languageOfLibretto"),
    "f": bg("languageOfContents"),
    "g": bg("languageOfAccompanyingMaterial"),
    "h": bg("originalLanguage"),
    "i": bg("languageOfIntertitles"),
    "j": bg("languageOfSubtitles"),
    "k": bg("intermediateLanguage"),
    "m": bg("originalLanguageOfAccompanyingMaterial"),
    "n": bg("originalLanguageOfLibretto"),
    "p": bg("languageOfCaptions"),
    "q": bg("languageOfAccessibleAudio"),
    "r": bg("languageOfAccessibleVisualMaterial"),
    "t": bg("languageOfTranscript"),
}
_CODE_LENGTH = 3

COVERAGE, COVERAGE_TEXT = bf("geographicCoverage"), bg("geographicCoverageCode")
ORIGIN_PLACE, COUNTRY_CODE = bf("originPlace"), bg("countryCode")
TEMPORAL_COVERAGE, TIME_PERIOD_CODE = bf("temporalCoverage"), bg("timePeriodCode")
GENRE, MEDIUM, MEDIUM_CODE, SOLOIST_CODE = bf("genreForm"), bf("musicMedium"), bg("mediumCode"), bg("soloistCode")
CAPTURE_DATE, CAPTURE_PLACE = bg("captureDate"), bg("capturePlace")
CAPTURE_PLACE_CODE = bg("capturePlaceCode")
SCALE, COORDINATES, RING = bg("scaleDenominator"), bf("coordinates"), bf("outerGRing")
_BOUNDS = {
    "d": bg("westernmostLongitude"),
    "e": bg("easternmostLongitude"),
    "f": bg("northernmostLatitude"),
    "g": bg("southernmostLatitude"),
}
_SCALES = {"b": SCALE, "c": bg("verticalScaleDenominator")}
_ASTRONOMIC = {"j": bf("ascensionAndDeclination"), "k": bf("ascensionAndDeclination"), "p": bf("equinox")}
_RANGE = "2"

#: 046: which date of the resource each subfield is; $b and $d are years before our era.
_SPECIAL_DATES = {
    "b": bf("date"),
    "c": bf("date"),
    "d": bg("endDate"),
    "e": bg("endDate"),
    "j": bg("resourceModified"),
    "k": bf("originDate"),
    "l": bg("originEndDate"),
    "m": bf("validDate"),
    "n": bg("validEndDate"),
    "o": bg("aggregatedFromDate"),
    "p": bg("aggregatedToDate"),
}
_BEFORE_OUR_ERA = frozenset("bd")


@BIBLIOGRAPHIC.maps("041", codes="abdefghijkmnpqrt36")
def languages(d: Description, f: DataField) -> None:
    """041: the languages of the resource and its parts; old records string several codes together."""
    part = f.get("3")
    for code, value in f.subfields:
        predicate = _LANGUAGES.get(code)
        if predicate is not None:
            for one in _split_codes(value.strip()):
                d.add(d.work, predicate, language(one))
    if part:
        d.text(d.work, bg("languageOfPart"), f"{part.strip()}: {joined(f, 'adj', ', ')}", d.note_lang)


def _split_codes(value: str) -> list[str]:
    if len(value) > _CODE_LENGTH and len(value) % _CODE_LENGTH == 0 and value.isalpha() and value.isascii():
        return [value[at : at + _CODE_LENGTH] for at in range(0, len(value), _CODE_LENGTH)]
    return [value] if value else []


@BIBLIOGRAPHIC.maps("043", codes="abc6")
def areas(d: Description, f: DataField) -> None:
    """043: the areas it is about, as MARC codes ($a), local ($b) or ISO 3166 codes ($c)."""
    for code, value in f.subfields:
        if code == "a":
            d.add(d.work, COVERAGE, term("areas", value.strip().rstrip("-")))
        elif code in "bc":
            d.text(d.work, COVERAGE_TEXT, value.strip())


@BIBLIOGRAPHIC.maps("044", codes="abc")
def countries(d: Description, f: DataField) -> None:
    """044: the countries it comes from, where 008 has room for one only."""
    for code, value in f.subfields:
        if code == "a":
            d.add(d.work, ORIGIN_PLACE, term("countries", value.strip().lower()))
        elif code in "bc":
            d.text(d.work, COUNTRY_CODE, value.strip())


@BIBLIOGRAPHIC.maps("045", codes="abc")
def time_period(d: Description, f: DataField) -> None:
    """045: the time it is about."""
    for value in f.all("a"):
        d.text(d.work, TEMPORAL_COVERAGE if dates.period(value) else TIME_PERIOD_CODE, dates.period(value) or value)
    formatted = [_formatted(value) for code, value in f.subfields if code in "bc"]
    if f.ind1 == _RANGE and len(formatted) > 1:
        formatted = ["/".join(formatted)]
    for text in formatted:
        d.text(d.work, TEMPORAL_COVERAGE, text)


def _formatted(value: str) -> str:
    """045 $b: ``d`` and a date of our era, ``c`` and a year before it, which EDTF counts from zero."""
    era, date = value[:1], value[1:].strip()
    if era == "c" and date[:4].isdecimal():
        return _before_our_era(date[:4])
    return (dates.compact(date) if era == "d" else None) or value.strip()


def _before_our_era(year: str) -> str:
    return f"-{int(year) - 1:04d}" if int(year) > 1 else "0000"


@BIBLIOGRAPHIC.maps("046", codes="bcdejklmnop")
def special_dates(d: Description, f: DataField) -> None:
    """046: dates that 008 can't hold."""
    for code, value in f.subfields:
        predicate = _SPECIAL_DATES.get(code)
        if predicate is not None:
            text = value.strip()
            known = _before_our_era(text) if code in _BEFORE_OUR_ERA and text.isdecimal() else dates.compact(text)
            d.add(d.work, predicate, dates.edtf(known or text))


@BIBLIOGRAPHIC.maps("047", codes="a")
def composition_forms(d: Description, f: DataField) -> None:
    """047: forms of composition, where 008 has room for one only; another list than MARC's stands in $2."""
    source = f.get("2")
    for value in f.all("a"):
        code = value.strip()
        d.add(d.work, GENRE, term(source, code) if source else term("music_form", code))


@BIBLIOGRAPHIC.maps("048", codes="ab")
def instruments(d: Description, f: DataField) -> None:
    """048: performers ($a) and soloists ($b): a code for instrument or voice, with how many of them."""
    for code, value in f.subfields:
        if code in "ab":
            d.add(d.work, MEDIUM, term("music_medium", value.strip()[:2]))
            d.text(d.work, MEDIUM_CODE if code == "a" else SOLOIST_CODE, value.strip())


@BIBLIOGRAPHIC.maps("033", codes="abcp3")
def capture(d: Description, f: DataField) -> None:
    """033: when and where it was recorded, filmed or broadcast."""
    found = [dates.compact(value) or value.strip() for value in f.all("a")]
    if f.ind1 == _RANGE and len(found) > 1:
        found = [f"{found[0]}/{found[-1]}"]
    for text in found:
        d.add(d.work, CAPTURE_DATE, dates.edtf(text))
    d.text(d.work, CAPTURE_PLACE_CODE, joined(f, "bc3", " ") or None)
    for value in f.all("p"):
        d.text(d.work, CAPTURE_PLACE, strip_isbd(value))


@BIBLIOGRAPHIC.maps("034", codes="abcdefgjkpst")
def mathematical_data(d: Description, f: DataField) -> None:
    """034: scale and bounds of a map; bounds in decimal degrees where they can be read."""
    ring: list[str] = []
    for code, value in f.subfields:
        if code in _SCALES:
            d.text(d.work, _SCALES[code], value.strip())
        elif code in _BOUNDS:
            _state_bound(d, _BOUNDS[code], value)
        elif code in _ASTRONOMIC:
            d.text(d.work, _ASTRONOMIC[code], value.strip())
        elif code in "st":
            ring.append(value.strip())
        elif code == "a":
            d.add(d.work, bg("scaleCategory"), term("scale_category", value))
    d.text(d.work, RING, " ".join(ring) or None)


def _state_bound(d: Description, predicate: str, value: str) -> None:
    degrees = decimal_degrees(value)
    if degrees is None:
        d.text(d.work, COORDINATES, value.strip())
    else:
        d.add(d.work, predicate, literal(_canonical(degrees), datatype=f"{ns.XSD}decimal"))


def _canonical(number: Decimal) -> str:
    """``xsd:decimal`` in its canonical form, which always has a point."""
    text = f"{number:f}"
    return text if "." in text else f"{text}.0"
