"""What a uniform title says about its Hub, part by part (MARC 21: X30, $t and what follows it)."""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.entities import Statements
from ingest.mappings.facts.identifiers import issn
from ingest.mappings.facts.punctuation import strip_heading
from ingest.mappings.names import bg
from ingest.record import Subfield

ISSN = bg("issn")

#: Subfields of a uniform title that are worth asking for by themselves.
_PARTS = {
    "f": bg("uniformTitleDate"),
    "k": bg("uniformTitleForm"),
    "l": bg("uniformTitleLanguage"),
    "m": bg("mediumOfPerformanceStatement"),
    "n": bg("uniformTitlePartNumber"),
    "p": bg("uniformTitlePartName"),
    "r": bg("uniformTitleMusicKey"),
    "s": bg("uniformTitleVersion"),
}


def title_parts(d: Description, parts: list[Subfield]) -> Statements:
    """Predicates and objects for the parts of a uniform title, and its ISSN."""
    lang = d.script_lang if d.vernacular else None
    statements = []
    for code, value in parts:
        predicate = _PARTS.get(code)
        if predicate is not None:
            statements.append((predicate, literal(strip_heading(value), lang)))
        elif code == "x":
            statements.append((ISSN, literal(issn(value) or value.strip())))
    return statements
