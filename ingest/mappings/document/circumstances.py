"""Subject, date, address and references of a document: ``subjects``, ``year``, ``url``, ``cites``."""

import re

from common.terms import integer, slug
from ingest.mappings.description import Description
from ingest.mappings.facts import dates
from ingest.mappings.facts.addresses import web_address
from ingest.mappings.facts.entities import identified
from ingest.mappings.names import IN_SCHEME, TYPE, bf, bflc, bg
from ingest.mappings.table import DOCUMENT, WHOLE
from ingest.record import DataField

SUBJECT, TOPIC = bf("subject"), bf("Topic")
PROVISION, PUBLICATION = bf("provisionActivity"), bf("Publication")
DATE, SIMPLE_DATE, START_YEAR, END_YEAR = bf("date"), bflc("simpleDate"), bg("startYear"), bg("endYear")
LOCATOR, ADDRESS_TEXT = bf("electronicLocator"), bg("electronicAddress")
REFERENCES = bf("references")

_NUMBER = re.compile(r"-?\d{1,4}\Z", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?\Z", re.ASCII)


@DOCUMENT.maps("subjects", codes=(WHOLE,))
def subject(d: Description, f: DataField) -> None:
    """A subject heading: the supplier's own, so that the resolver links the same heading of its documents."""
    scheme = f"<{d.base}graph/vocabulary/{slug(d.key.source)}>"
    heading = f.subfields[0][1]
    entity = identified(d, [], "subject", TOPIC, heading, lang=d.lang, more=[(IN_SCHEME, scheme)])
    d.add(d.work, SUBJECT, entity)


@DOCUMENT.maps("year", codes=(WHOLE,))
def year(d: Description, f: DataField) -> None:
    """``year``: as written, and as EDTF and integer years where it holds one."""
    said = f.subfields[0][1]
    node = d.node(d.instance, "provision")
    d.add(d.instance, PROVISION, node)
    d.add(node, TYPE, PUBLICATION)
    d.text(node, SIMPLE_DATE, said)
    span = read_year(said)
    if span is None:
        return
    d.add(node, DATE, dates.edtf(span.edtf))
    if span.first is not None:
        d.add(d.instance, START_YEAR, integer(span.first))
    if span.last is not None and span.last != span.first:
        d.add(d.instance, END_YEAR, integer(span.last))


def read_year(text: str) -> dates.Span | None:
    """The date in a year or date as documents give it, None where there is none.

    >>> read_year("1963").edtf, read_year("-44").edtf, read_year("2019-05-03").first, read_year("c1998").edtf
    ('1963', '-0044', 2019, '1998')
    """
    if _NUMBER.match(text):
        number = int(text)
        return dates.Span(f"{'-' if number < 0 else ''}{abs(number):04d}", number, number)
    iso = _ISO_DATE.match(text)
    return dates.Span(text, int(iso[1]), int(iso[1])) if iso else dates.transcribed(text)


@DOCUMENT.maps("url", codes=(WHOLE,))
def url(d: Description, f: DataField) -> None:
    """``url``: where it can be read; what is no web address stays a text."""
    said = f.subfields[0][1]
    address = web_address(said)
    if address is None:
        d.text(d.instance, ADDRESS_TEXT, said)
    else:
        d.add(d.instance, LOCATOR, address)


@DOCUMENT.maps("cites", codes=(WHOLE,))
def cited(d: Description, f: DataField) -> None:
    """``cites``: the Work of another document of the supplier, whether that is here already or not."""
    d.add(d.work, REFERENCES, f"<{d.base}id/work/{slug(d.key.source)}/{slug(f.subfields[0][1])}>")
