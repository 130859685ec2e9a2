"""Related entities: 5XX (broader, narrower, earlier, later, places, occupations), 548 dates in GND records."""

from ingest.mappings.authority.entity import class_and_kind
from ingest.mappings.authority.headings import heading_text, language
from ingest.mappings.authority.life_dates import state_life_dates
from ingest.mappings.authority.relations import LIFE_DATES, relation, relation_words
from ingest.mappings.description import Description
from ingest.mappings.facts.authorities import cited_by
from ingest.mappings.facts.entities import identified
from ingest.mappings.facts.subject_schemes import in_scheme
from ingest.mappings.names import IN_SCHEME, bg
from ingest.mappings.table import AUTHORITY
from ingest.record import DataField

RELATIONSHIP = bg("relationshipNote")
TIME_PERIOD = bg("timePeriod")
_SEE_ALSO = {
    "00": "abcdfghjklmnopqrstvxyz",
    "10": "abcdfghklmnoprstvxyz",
    "11": "acdfghklnpqstvxyz",
    "30": "adfghklmnoprstvxyz",
    "47": "acdgvxyz",
    "50": "abcdgvxyz",
    "51": "agvxyz",
    "55": "avxyz",
    "62": "avxyz",
    "80": "vxyz",
    "81": "vxyz",
    "82": "vxyz",
    "85": "vxyz",
}


def _see_also(d: Description, f: DataField) -> None:
    """5XX: the entity that the heading names, in the relation that $w or $4 states; the relation's words besides."""
    text = heading_text(f, d.tag)
    if not text:
        return
    identities = cited_by(f, d.key.source)
    class_, kind = class_and_kind(d.tag, f)
    more = in_scheme(identities[0].scheme) if identities else _own_schemes(d)
    target = identified(d, identities, kind, class_, text, lang=language(d, d.tag), more=more)
    d.add(d.work, relation(f), target)
    words = relation_words(f, d.tag)
    if words:
        d.text(d.work, RELATIONSHIP, f"{words}: {text}", d.note_lang)


def _own_schemes(d: Description) -> list[tuple[str, str]]:
    """A heading without an identifier belongs to the file of the heading that refers to it."""
    prefix = f"{d.work} {IN_SCHEME} "
    return [(IN_SCHEME, line[len(prefix) :]) for line in d.statements if line.startswith(prefix)]


@AUTHORITY.maps("548", codes="ai46")
def dates(d: Description, f: DataField) -> None:
    """548: dates of a life, of activity or of existence, as GND records give them."""
    codes = {value.strip() for value in f.all("4")}
    for value in f.all("a"):
        if codes & LIFE_DATES:
            state_life_dates(d, value)
        else:
            words = (f.get("i") or "").strip().rstrip(" :")
            d.text(d.work, TIME_PERIOD, f"{words}: {value.strip()}" if words else value.strip(), d.note_lang)


for _number, _codes in _SEE_ALSO.items():
    AUTHORITY.maps(f"5{_number}", codes=f"{_codes}wei0146")(_see_also)
