"""Notes: 500–599. A property a tag, below ``skos:note``, each note one readable text."""

from ingest.mappings.description import Description
from ingest.mappings.facts import dates
from ingest.mappings.facts.addresses import state_link, web_address
from ingest.mappings.facts.note_rules import NoteRule, register, write_note
from ingest.mappings.facts.punctuation import strip_isbd
from ingest.mappings.names import LABEL, TYPE, bf, bg, dcterms
from ingest.mappings.table import BIBLIOGRAPHIC, Drop
from ingest.record import DataField

NOT_PUBLIC = Drop("not public", "MARC 21 marks the subfield as a note that the public does not see")

NOTES = {
    "500": NoteRule(bg("generalNote")),
    "501": NoteRule(bg("withNote")),
    "503": NoteRule(bg("bibliographicHistoryNote")),
    "504": NoteRule(bg("bibliographyNote"), "ab", of_work=True, joint=", references: "),
    "505": NoteRule(dcterms("tableOfContents"), "agrt", of_work=True, own_language=True, has_link=True),
    "507": NoteRule(bg("scaleNote"), "ab", of_work=True),
    "508": NoteRule(bf("credits"), of_work=True),
    "510": NoteRule(bg("citationNote"), "abcx", joint=", ", has_link=True),
    "511": NoteRule(bg("performerNote"), of_work=True),
    "513": NoteRule(bg("reportTypeNote"), "ab", joint=", "),
    "514": NoteRule(bg("dataQualityNote"), "abcdefghijkmz", of_work=True, joint="; ", has_link=True),
    "515": NoteRule(bg("numberingNote")),
    "516": NoteRule(bg("fileTypeNote")),
    "518": NoteRule(bg("captureNote"), "adop012", of_work=True, joint=", "),
    "520": NoteRule(dcterms("abstract"), "abc2", of_work=True, has_link=True),
    "521": NoteRule(bg("audienceNote"), "ab", of_work=True, joint=", "),
    "522": NoteRule(bg("geographicCoverageNote"), of_work=True),
    "524": NoteRule(bf("preferredCitation"), "a2"),
    "525": NoteRule(bg("supplementNote")),
    "526": NoteRule(bg("studyProgramNote"), "abcdiz", joint=", "),
    "530": NoteRule(bg("otherFormatNote"), "abcd", joint=", ", has_link=True),
    "532": NoteRule(bg("accessibilityNote")),
    "533": NoteRule(bg("reproductionNote"), "abcdefmny7", joint=", "),
    "534": NoteRule(bg("originalVersionNote"), "pabcefklmnotxz", joint=", "),
    "535": NoteRule(bg("originalLocationNote"), "abcdg", joint=", "),
    "536": NoteRule(bg("fundingNote"), "abcdefgh", joint=", "),
    "538": NoteRule(bg("systemDetailsNote"), "ai", has_link=True),
    "539": NoteRule(bg("reproductionCodes"), "abcdefg", joint=" "),
    "541": NoteRule(bg("acquisitionNote"), "abcdefhno", joint=", ", may_be_private=True),
    "542": NoteRule(bg("copyrightNote"), "abcdefghijklmnopqrs", joint=", ", has_link=True, may_be_private=True),
    "544": NoteRule(bg("relatedMaterialNote"), "abcden", joint=", "),
    "545": NoteRule(bg("biographicalNote"), "ab", of_work=True, has_link=True),
    "546": NoteRule(bg("languageNote"), "ab", of_work=True, joint=", "),
    "547": NoteRule(bg("formerTitleNote")),
    "550": NoteRule(bg("issuingBodyNote")),
    "552": NoteRule(bg("entityAndAttributeNote"), "abcdefghijklmnopz", joint="; ", has_link=True),
    "555": NoteRule(bg("findingAidNote"), "abcd", joint=", ", has_link=True),
    "556": NoteRule(bg("documentationNote"), "az"),
    "561": NoteRule(bf("custodialHistory"), has_link=True, may_be_private=True),
    "562": NoteRule(bg("copyNote"), "abcde", joint=", "),
    "563": NoteRule(bg("bindingNote"), has_link=True),
    "565": NoteRule(bg("caseFileNote"), "abcde", joint=", "),
    "567": NoteRule(bg("methodologyNote"), "ab012", of_work=True, joint=", "),
    "570": NoteRule(bg("editorNote"), "az", of_work=True),
    "580": NoteRule(bg("linkingNote")),
    "581": NoteRule(bg("publicationsNote"), "az", joint=", "),
    "584": NoteRule(bg("accumulationNote"), "ab", joint=", "),
    "585": NoteRule(bg("exhibitionsNote")),
    "586": NoteRule(bf("awards"), of_work=True),
    "587": NoteRule(bg("localNote"), "ab2", joint=", ", has_link=True),
    "588": NoteRule(bg("descriptionSourceNote")),
}
register(BIBLIOGRAPHIC, NOTES)

#: 59X: the libraries' own; which subfields they hold, each library decides.
LOCAL_NOTE = NoteRule(bg("localNote"), "abcdefghijklmnopqrstvwyz", joint=", ", has_link=True)
register(BIBLIOGRAPHIC, {str(tag): LOCAL_NOTE for tag in range(590, 600)})

ACCESS_POLICY = bf("usageAndAccessPolicy")
ACTION = NoteRule(bg("actionNote"), "abcdefhijklnoz2", joint=", ", may_be_private=True)
RESTRICTIONS = {
    "506": NoteRule(bg("accessRestrictionNote"), "abcdefgq2", joint=", "),
    "540": NoteRule(bg("usageTermsNote"), "abcdfgnq2", joint=", "),
}
DISSERTATION, DISSERTATION_CLASS = bf("dissertation"), bf("Dissertation")
DEGREE, GRANTING, DATE = bf("degree"), bg("grantingInstitutionName"), bf("date")
DISSERTATION_NOTE = NoteRule(bg("dissertationNote"), "abcdgo", of_work=True, joint=", ")
DISSERTATION_NUMBER = bg("dissertationNumber")


@BIBLIOGRAPHIC.maps("506", "540", codes="abcdefgnqu012356")
def restriction(d: Description, f: DataField) -> None:
    """506 access, 540 use: the text, and the policy that $u, $0 or $1 names by its address."""
    write_note(d, f, RESTRICTIONS[d.tag])
    for code, value in f.subfields:
        if code in "u01":
            address = web_address(value)
            if address is None:
                state_link(d, d.instance, value)
            else:
                d.add(d.instance, ACCESS_POLICY, address)


@BIBLIOGRAPHIC.maps("502", codes="abcdgo356")
def dissertation(d: Description, f: DataField) -> None:
    """502: which degree, where and when; said in one text too, which is all that older records have."""
    write_note(d, f, DISSERTATION_NOTE)
    if f.get("b") is None and f.get("c") is None:
        return
    node = d.node(d.work, "dissertation")
    d.add(d.work, DISSERTATION, node)
    d.add(node, TYPE, DISSERTATION_CLASS)
    d.text(node, DEGREE, strip_isbd(f.get("b") or ""))
    d.text(node, GRANTING, strip_isbd(f.get("c") or ""))
    span = dates.transcribed(f.get("d") or "")
    if span is not None:
        d.add(node, DATE, dates.edtf(span.edtf))
    d.text(node, LABEL, strip_isbd(f.get("a") or ""), d.note_lang)


@BIBLIOGRAPHIC.maps("583", codes=ACTION.codes + "u356", drop={"x": NOT_PUBLIC})
def action(d: Description, f: DataField) -> None:
    """583: what was done to the copy: digitised, preserved, retained."""
    write_note(d, f, ACTION)
    for value in f.all("u"):
        state_link(d, d.instance, value)
