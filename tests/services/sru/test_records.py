"""Records are XML whatever the graph holds."""

import xml.etree.ElementTree as ET

from services.hits.hit import Hit
from services.sru import xml
from services.sru.records import _About, _dublin_core

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
