"""What only continuing resources have: frequency (310, 321) and numbering (362, 363)."""

from ingest.mappings.description import Description
from ingest.mappings.facts.note_rules import LINK_NUMBER, NoteRule, register
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.facts.term_addresses import state_address
from ingest.mappings.facts.texts import joined
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

FREQUENCY = {"310": bg("frequencyStatement"), "321": bg("formerFrequencyStatement")}
FREQUENCY_TERM = bf("frequency")
FIRST_ISSUE, LAST_ISSUE = bf("firstIssue"), bf("lastIssue")
_ENUMERATION, _CHRONOLOGY, _NOTES = "abcdefgh", "ijklm", "uvxz"
_ENDS = "1"

register(BIBLIOGRAPHIC, {"362": NoteRule(bg("numberingStatement"), "az", joint=", ")})


@BIBLIOGRAPHIC.maps("310", "321", codes="ab016")
def frequency(d: Description, f: DataField) -> None:
    """310 current, 321 former frequency, with its dates."""
    d.text(d.instance, FREQUENCY[d.tag], strip_isbd(joined(f, "ab", ", ")), d.note_lang)
    for code, value in f.subfields:
        if code in "01":
            state_address(d, d.instance, FREQUENCY_TERM, value)


@BIBLIOGRAPHIC.maps("363", codes=_ENUMERATION + _CHRONOLOGY + _NOTES, drop={"8": LINK_NUMBER})
def normalized_numbering(d: Description, f: DataField) -> None:
    """363: first or last issue: numbers, then its date in parentheses."""
    numbers = ", ".join(v for c, v in f.subfields if c in _ENUMERATION)
    date = "/".join(v for c, v in f.subfields if c in _CHRONOLOGY)
    notes = "; ".join(v for c, v in f.subfields if c in _NOTES)
    text = f"{numbers} ({date})" if numbers and date else numbers or date
    d.text(d.instance, LAST_ISSUE if f.ind1 == _ENDS else FIRST_ISSUE, f"{text}; {notes}" if notes else text)
