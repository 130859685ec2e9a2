"""Identifiers of the Instance: 010–037, 074, 088. Each is a node with class, ``rdf:value``, qualifier and status."""

from ingest.codes import table
from ingest.mappings.description import Description
from ingest.mappings.facts import identifiers as numbers
from ingest.mappings.facts.codes import organization, term
from ingest.mappings.facts.identifier_nodes import IdentifierNode
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.names import bf, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

ISBN, ISSN, ISSN_L, LCCN, NBN, LOCAL = bf("Isbn"), bf("Issn"), bf("IssnL"), bf("Lccn"), bf("Nbn"), bf("Local")
OCLC_NUMBER, IDENTIFIER = bf("OclcNumber"), bf("Identifier")
ACQUISITION_TERMS = bf("acquisitionTerms")
STOCK_FORMAT, STOCK_NOTE = bg("stockFormat"), bg("stockNote")
REGISTRATION_NOTE, REGISTRATION_DATE = bg("registrationNote"), bf("date")

#: Tag -> class, for fields whose $a is a number and $z a cancelled one, nothing more to know.
_PLAIN_CLASSES = {
    "025": bf("LcOverseasAcq"),
    "027": bf("Strn"),
    "030": bf("Coden"),
    "074": bg("GpoItemNumber"),
    "088": bf("ReportNumber"),
}
_STANDARD = {row["code"]: bf(row["class"]) for row in table("identifier_sources").values() if row["field"] == "024"} | {
    "orcid": IDENTIFIER
}
_PUBLISHER = {row["code"]: bf(row["class"]) for row in table("identifier_sources").values() if row["field"] == "028"}
_SOURCE_IN_2 = frozenset("7 ")
_DNB, _LAC = organization("DE-101"), organization("CaOONL")
_OCLC = frozenset(("OCoLC", "OCLC"))
_OCLC_FIELDS = frozenset(("019", "079"))


@BIBLIOGRAPHIC.maps("010", codes="abz")
def lccn(d: Description, f: DataField) -> None:
    """010: the Library of Congress's number; $b is one of NUCMC."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code in "abz" and value.strip():
            node.begin(LCCN if code != "b" else LOCAL, numbers.lccn(value), cancelled=code == "z")


@BIBLIOGRAPHIC.maps("015", "016", codes="aqz2")
def national_number(d: Description, f: DataField) -> None:
    """015, 016: number in a national bibliography, control number of a national agency; $2 says which."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code in "az":
            number, qualifier = numbers.split_qualifier(value)
            node.begin(NBN if d.tag == "015" else LOCAL, number, cancelled=code == "z")
            node.qualify(qualifier)
        elif code == "q":
            node.qualify(value)
    source = f.get("2")
    if source and d.tag == "015":
        node.source(term("national_bibliographies", source))
    elif d.tag == "016":
        node.assigned_by(organization(source) if source else _LAC)


@BIBLIOGRAPHIC.maps("017", codes="abdiz")
def copyright_number(d: Description, f: DataField) -> None:
    """017: copyright or legal deposit number, $b the agency, $d the date."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code in "az":
            node.begin(bf("CopyrightNumber"), strip_isbd(value), cancelled=code == "z")
        elif code == "b":
            node.assigner_name(value)
        elif code == "d":
            node.state(REGISTRATION_DATE, value)
        elif code == "i":
            node.state(REGISTRATION_NOTE, value)


@BIBLIOGRAPHIC.maps("020", codes="acqz6")
def isbn(d: Description, f: DataField) -> None:
    """020: ISBN; one that fails its check digit is kept as written and marked as incorrect."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code in "az":
            number, qualifier = numbers.split_qualifier(value)
            if number:
                node.begin_checked(ISBN, number, numbers.isbn(number), cancelled=code == "z")
                node.qualify(qualifier)
        elif code == "q":
            node.qualify(value)
        elif code == "c":
            d.text(d.instance, ACQUISITION_TERMS, strip_isbd(value))


@BIBLIOGRAPHIC.maps("022", codes="almyz20")
def issn(d: Description, f: DataField) -> None:
    """022: ISSN and ISSN-L; $y incorrect, $z and $m cancelled ones; $2 the ISSN centre, $0 the medium (NLM)."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code in "almyz" and value.strip():
            kind = ISSN_L if code in "lm" else ISSN
            number = numbers.split_qualifier(value)[0]
            node.begin_checked(kind, number, numbers.issn(number), cancelled=code in "mz", incorrect=code == "y")
        elif code == "2":
            node.assigned_by(term("issn_centres", value))
        elif code == "0":
            node.qualify(value)


@BIBLIOGRAPHIC.maps("023", codes="ayz01")
def cluster_issn(d: Description, f: DataField) -> None:
    """023: a cluster ISSN, with its address."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code in "ayz":
            node.begin_checked(ISSN, value, numbers.issn(value), cancelled=code == "z", incorrect=code == "y")
        elif code in "01":
            node.same_as(value)


@BIBLIOGRAPHIC.maps("024", codes="acdqz2")
def standard_identifier(d: Description, f: DataField) -> None:
    """024: other standard identifiers; the first indicator or $2 says of what kind."""
    node = IdentifierNode(d)
    source = (f.get("2") or "").strip()
    key = source.lower() if f.ind1 in _SOURCE_IN_2 else f.ind1
    kind = _STANDARD.get(key, IDENTIFIER)
    for code, value in f.subfields:
        if code in "az" and value.strip():
            number, qualifier = numbers.split_qualifier(value)
            node.begin(kind, number, cancelled=code == "z")
            node.qualify(qualifier)
            if source:
                node.source(term("identifiers", source))
        elif code == "q":
            node.qualify(value)
        elif code == "d":
            node.state(bg("identifierSuffix"), value)
        elif code == "c":
            d.text(d.instance, ACQUISITION_TERMS, strip_isbd(value))


@BIBLIOGRAPHIC.maps("026", codes="abcde25")
def fingerprint(d: Description, f: DataField) -> None:
    """026: fingerprint of an early printed book, its groups ($a–$d) as one, or unparsed ($e)."""
    groups = [value.strip() for code, value in f.subfields if code in "abcde"]
    if groups:
        node = IdentifierNode(d)
        node.begin(bf("Fingerprint"), " ".join(groups))
        for code, value in f.subfields:
            if code == "2":
                node.source(term("fingerprint_schemes", value))
            elif code == "5":
                node.at_institution(value)


@BIBLIOGRAPHIC.maps("025", "027", "030", "074", "088", codes="aqz6")
def plain_number(d: Description, f: DataField) -> None:
    """Fields that hold one kind of number and its cancelled forms."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code in "az" and value.strip():
            node.begin(_PLAIN_CLASSES[d.tag], strip_isbd(value), cancelled=code == "z")
        elif code == "q":
            node.qualify(value)


@BIBLIOGRAPHIC.maps("028", codes="abq6")
def publisher_number(d: Description, f: DataField) -> None:
    """028: numbers of recordings, music, films and publishers; $b whose it is."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code == "a":
            node.begin(_PUBLISHER.get(f.ind1, bf("PublisherNumber")), strip_isbd(value))
        elif code == "b":
            node.assigner_name(value)
        elif code == "q":
            node.qualify(value)


@BIBLIOGRAPHIC.maps("032", "036", codes="ab")
def registered_number(d: Description, f: DataField) -> None:
    """032: postal registration, 036: study number; $b who gave it."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code == "a":
            node.begin(bf("PostalRegistration") if d.tag == "032" else bf("StudyNumber"), strip_isbd(value))
        elif code == "b":
            node.assigner_name(value)


@BIBLIOGRAPHIC.maps("019", "035", "079", codes="az")
def system_number(d: Description, f: DataField) -> None:
    """035: numbers in other systems, OCLC's in a class of their own; 019, 079: of merged records and originals."""
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code not in "az" or not value.strip():
            continue
        organization_code, number = numbers.split_system_number(value)
        if d.tag in _OCLC_FIELDS or organization_code in _OCLC:
            node.begin(OCLC_NUMBER, numbers.oclc_number(number), cancelled=code == "z" or d.tag == "019")
        else:
            node.begin(LOCAL, number, cancelled=code == "z")
            if organization_code:
                node.assigned_by(organization(organization_code))


@BIBLIOGRAPHIC.maps("029", codes="abcz")
def other_system_number(d: Description, f: DataField) -> None:
    """029 (OCLC): the record's number ($b, $c) in the system of an institution ($a)."""
    owner = f.get("a")
    node = IdentifierNode(d)
    for code, value in f.subfields:
        if code in "bcz":
            node.begin(LOCAL, value.strip(), cancelled=code == "z")
            if owner:
                node.assigned_by(organization(owner))


@BIBLIOGRAPHIC.maps("037", codes="abcfgn35")
def stock_number(d: Description, f: DataField) -> None:
    """037: where to get it: stock number, source, terms, format, note."""
    node = IdentifierNode(d)
    node.begin(bf("StockNumber"), strip_isbd(f.get("a") or ""))
    for code, value in f.subfields:
        if code == "b":
            node.assigner_name(value)
        elif code == "c":
            node.state(ACQUISITION_TERMS, value)
        elif code in "fg":
            node.state(STOCK_FORMAT, value)
        elif code == "n":
            node.state(STOCK_NOTE, value)
        elif code == "3":
            node.applies_to(value)
        elif code == "5":
            node.at_institution(value)
