"""Records are XML whatever the graph holds."""

import xml.etree.ElementTree as ET

from services.hits.hit import Hit
from services.sru import xml
from services.sru.answers import _hit
from services.sru.records import MARCXML, _About, _dublin_core

ODD = "a\x00\x0b<&>\"'\ud800\ufffe]]>\r😀"


def test_odd_characters_leave_dublin_core_well_formed() -> None:
    """What no XML can hold is replaced, everything else comes through."""
    hit = Hit("https://library.example/id/work/x", "Text", ODD, title=ODD, identifiers=[{"scheme": "x", "value": ODD}])
    inner = "".join(_dublin_core(hit, _About([ODD], [ODD])))
    root = ET.fromstring(xml.element("r", inner, **{"xmlns:dc": "urn:dc", "a": ODD}))  # noqa: S314  our own
    clean = "a\ufffd\ufffd<&>\"'\ufffd\ufffd]]>\r😀"
    values = {each.tag: each.text for each in root}
    assert values["{urn:dc}title"] == values["{urn:dc}subject"] == clean
    assert root.findall("{urn:dc}identifier")[1].text == f"x:{clean}"


def test_a_diagnostic_stands_where_there_is_no_record() -> None:
    """A hit that no MARC record is behind keeps its place in the list, with the reason instead of the record."""
    place = ET.fromstring(_hit(None, "https://library.example/id/work/x", MARCXML, "xml", "1.2", 3))  # noqa: S314
    diagnostic = "{http://www.loc.gov/zing/srw/diagnostic/}"
    assert place.findtext("recordSchema") == "info:srw/schema/1/diagnostics-v1.1"
    assert place.findtext(f"recordData/{diagnostic}diagnostic/{diagnostic}uri") == "info:srw/diagnostic/1/67"
    assert place.findtext("recordPosition") == "3"
