"""Classification: 050–099 and 052, 072, 085, 086. One node of the Work for each number."""

from typing import NamedTuple

from ingest.mappings.description import Description
from ingest.mappings.facts.codes import organization, term
from ingest.mappings.facts.note_rules import LINK_NUMBER
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.facts.term_addresses import state_address
from ingest.mappings.facts.texts import joined
from ingest.mappings.names import TYPE, bf, bflc, bg, skos
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

CLASSIFICATION = bf("classification")
PORTION, ITEM_PORTION, SPAN_END = bf("classificationPortion"), bf("itemPortion"), bf("spanEnd")
EDITION, TABLE, SOURCE, ASSIGNER, STATUS = bf("edition"), bf("table"), bf("source"), bf("assigner"), bf("status")
CANCELLED = "<http://id.loc.gov/vocabulary/mstatus/cancinv>"
INSTITUTION, APPLIES_TO, SAME_AS = bflc("applicableInstitution"), bg("appliesToPart"), skos("closeMatch")
NOTE, AUXILIARY = bg("classificationNote"), bg("auxiliaryNumber")
COMPONENTS, PLACE_NAME, MUSIC_PART = bg("numberComponents"), bg("populatedPlaceName"), bf("part")
LCC, DDC, NLM, NAL = (bf(f"Classification{name}") for name in ("Lcc", "Ddc", "Nlm", "Nal"))
UDC, OTHER = bf("ClassificationUdc"), bf("Classification")
_LC, _NLM, _NAL, _LAC = (organization(code) for code in ("DLC", "DNLM", "DNAL", "CaOONL"))
_AGENCY_ASSIGNED = "0"
_CANADIAN_OWN = frozenset("012")


class Scheme(NamedTuple):
    """What a tag stands for: the class of the node, who assigns the number if indicator 2 is 0, $2 as edition."""

    kind: str
    agency: str | None = None
    two_is_edition: bool = False


SCHEMES = {
    "050": Scheme(LCC, _LC),
    "051": Scheme(LCC, _LC),
    "055": Scheme(LCC),
    "060": Scheme(NLM, _NLM),
    "061": Scheme(NLM, _NLM),
    "070": Scheme(NAL, _NAL),
    "071": Scheme(NAL, _NAL),
    "080": Scheme(UDC, two_is_edition=True),
    "082": Scheme(DDC, _LC, two_is_edition=True),
    "083": Scheme(DDC, _LC, two_is_edition=True),
    "084": Scheme(OTHER),
    "090": Scheme(LCC),
    "092": Scheme(DDC, two_is_edition=True),
    "096": Scheme(NLM),
    "097": Scheme(OTHER),
    "098": Scheme(OTHER),
    "099": Scheme(OTHER),
}
#: 086, first indicator -> scheme of government document numbers.
_DOCUMENT_SCHEMES = {"0": term("class_schemes", "sudocs"), "1": term("class_schemes", "cacodoc")}
_TEXTS = {"b": ITEM_PORTION, "c": SPAN_END, "x": AUXILIARY, "z": TABLE, "m": bg("schedule"), "y": TABLE}


@BIBLIOGRAPHIC.maps(
    "050", "055", "060", "070", "080", "082", "083", "084", codes="abcmqxyz01235", drop={"8": LINK_NUMBER}
)
def classification(d: Description, f: DataField) -> None:
    """Numbers of a published scheme; further $a are alternatives, each a node of its own."""
    _numbers(d, f, SCHEMES[d.tag])


@BIBLIOGRAPHIC.maps("090", "092", "096", "097", "098", "099", codes="abcef25")
def local_classification(d: Description, f: DataField) -> None:
    """09X: call numbers that the library gave itself, in the scheme that the tag stands for in common systems."""
    node = _begin(d, SCHEMES[d.tag].kind, 0)
    d.text(node, PORTION, joined(f, "a", " "))
    for code, value in f.subfields:
        if code in "bcef":
            d.text(node, ITEM_PORTION if code == "b" else NOTE, strip_isbd(value))
        else:
            _qualify(d, node, code, value, SCHEMES[d.tag])


@BIBLIOGRAPHIC.maps("051", "061", "071", codes="abc")
def copy_statement(d: Description, f: DataField) -> None:
    """051, 061, 071: the number of one copy or issue; $c says of which."""
    node = _begin(d, SCHEMES[d.tag].kind, 0)
    d.text(node, PORTION, strip_isbd(f.get("a") or ""))
    d.text(node, ITEM_PORTION, strip_isbd(f.get("b") or ""))
    d.text(node, NOTE, f.get("c"))


@BIBLIOGRAPHIC.maps("086", codes="az2016")
def government_document(d: Description, f: DataField) -> None:
    """086: class number of a government document; the first indicator or $2 names the scheme."""
    source = f.get("2")
    scheme = term("class_schemes", source) if source else _DOCUMENT_SCHEMES.get(f.ind1)
    part = 0
    for code, value in f.subfields:
        if code in "az" and value.strip():
            node = _begin(d, OTHER, part)
            part += 1
            d.text(node, PORTION, strip_isbd(value))
            if code == "z":
                d.add(node, STATUS, CANCELLED)
            if scheme:
                d.add(node, SOURCE, scheme)
        elif code in "01" and part:
            d.text(node, NOTE, value)


@BIBLIOGRAPHIC.maps("052", "072", codes="abdx2")
def category(d: Description, f: DataField) -> None:
    """052: area by a geographic classification; 072: subject category."""
    node = _begin(d, OTHER, 0)
    codes = "ab" if d.tag == "052" else "ax"
    d.text(node, PORTION, joined(f, codes, " "))
    d.text(node, PLACE_NAME, joined(f, "d", ", ") or None)
    source = f.get("2") or ("agricola" if d.tag == "072" else "lcg")
    d.add(node, SOURCE, term("class_schemes", source))


@BIBLIOGRAPHIC.maps("085", codes="abcfrstuvwyz", drop={"8": LINK_NUMBER})
def synthesized_number(d: Description, f: DataField) -> None:
    """085: how a number of 082 or 083 is built from schedules and tables."""
    d.text(d.work, COMPONENTS, " ".join(f"${code} {value}" for code, value in f.subfields if code != "8"))


def _begin(d: Description, kind: str, part: int) -> str:
    node = d.node(d.work, "classification", part)
    d.add(d.work, CLASSIFICATION, node)
    d.add(node, TYPE, kind)
    return node


def _numbers(d: Description, f: DataField, scheme: Scheme) -> None:
    node, part = "", 0
    nodes = []
    for code, value in f.subfields:
        if code == "a" and value.strip():
            node = _begin(d, scheme.kind, part)
            part += 1
            nodes.append(node)
            d.text(node, PORTION, strip_isbd(value))
    if not nodes:
        nodes.append(_begin(d, scheme.kind, 0))
    if scheme.agency and f.ind2 == _AGENCY_ASSIGNED:
        d.add(nodes[0], ASSIGNER, scheme.agency)
    elif d.tag == "055" and f.ind2 in _CANADIAN_OWN:
        d.add(nodes[0], ASSIGNER, _LAC)
    for code, value in f.subfields:
        for each in nodes:
            _qualify(d, each, code, value, scheme)


def _qualify(d: Description, node: str, code: str, value: str, scheme: Scheme) -> None:
    """What a subfield beside $a says of the number."""
    if code in _TEXTS:
        d.text(node, _TEXTS[code], strip_isbd(value))
    elif code == "2":
        if scheme.two_is_edition:
            d.text(node, EDITION, value.strip())
        else:
            source, _, edition = value.partition("/")
            d.add(node, SOURCE, term("class_schemes", source))
            d.text(node, EDITION, edition.strip())
    elif code == "q":
        d.add(node, ASSIGNER, organization(value))
    elif code == "3":
        d.text(node, APPLIES_TO, strip_isbd(value), d.note_lang)
    elif code == "5":
        d.add(node, INSTITUTION, organization(value))
    elif code in "01":
        state_address(d, node, SAME_AS, value)
