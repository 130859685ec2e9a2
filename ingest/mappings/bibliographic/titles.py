"""Titles: 245 and its variants (210–247 without 240 and 243, 740).

The title of 245 is one node, shared by Work and Instance. Its text stays as it is written, article and all;
``bflc:nonSortNum`` says how many characters do not count in sorting.
"""

from common.terms import literal
from ingest.mappings.description import Description
from ingest.mappings.facts.codes import language_tag, organization, term
from ingest.mappings.facts.note_rules import LINK_NUMBER
from ingest.mappings.facts.punctuation import strip_brackets, strip_isbd
from ingest.mappings.names import LABEL, TYPE, bf, bflc, bg
from ingest.mappings.table import BIBLIOGRAPHIC
from ingest.record import DataField

TITLE, TITLE_CLASS = bf("title"), bf("Title")
MAIN_TITLE, SUBTITLE, PART_NUMBER, PART_NAME = bf("mainTitle"), bf("subtitle"), bf("partNumber"), bf("partName")
VARIANT_TYPE, QUALIFIER, DATE = bf("variantType"), bf("qualifier"), bf("date")
NON_SORT, INSTITUTION = bflc("nonSortNum"), bflc("applicableInstitution")
RESPONSIBILITY, SOURCE = bf("responsibilityStatement"), bf("source")
RESPONSIBILITY_TRANSLATED = bg("translatedResponsibilityStatement")
TITLE_NOTE, DESIGNATION = bg("titleNote"), bg("generalMaterialDesignation")

#: Subfield -> property of the title node and what joins it to the title before it in the label.
PARTS = {
    "a": (MAIN_TITLE, ""),
    "b": (SUBTITLE, " : "),
    "n": (PART_NUMBER, ". "),
    "p": (PART_NAME, ". "),
    "d": (PART_NUMBER, ". "),  # until 1979
    "e": (PART_NAME, ". "),  # likewise
    "k": (bg("titleForm"), ", "),
    "s": (bg("titleVersion"), ". "),
    "f": (bg("inclusiveDates"), ", "),
    "g": (bg("bulkDates"), ", "),
}
_PARALLEL_SIGN = "= "
"""Before a parallel title in records that keep the mark with what follows it, as German ones do."""
#: 246, second indicator -> variant type; 1 is a parallel title, a class of its own.
_VARIANT_TYPES = {
    "0": "portion",
    "2": "distinctive",
    "3": "other",
    "4": "cover",
    "5": "added title page",
    "6": "caption",
    "7": "running",
    "8": "spine",
}
_CLASSES = {
    "242": bf("VariantTitle"),
    "246": bf("VariantTitle"),
    "247": bf("VariantTitle"),
    "740": bf("VariantTitle"),
}
_PARALLEL = bf("ParallelTitle")
_KEY_CLASSES = {"210": bf("AbbreviatedTitle"), "222": bf("KeyTitle")}
_TYPES_OF_TAG = {"242": literal("translated"), "247": literal("former")}
RELATED, ANALYTICAL = literal("related"), literal("analytical")
_VARIANT_TYPE_LITERALS = {indicator: literal(text) for indicator, text in _VARIANT_TYPES.items()}


@BIBLIOGRAPHIC.maps("245", codes="abcdefghknps6")
def title_statement(d: Description, f: DataField) -> None:
    """245: the title node on Work and Instance, their labels, and the statement of responsibility."""
    node = d.node(d.instance, "title")
    label = _title_parts(d, node, f, d.lang)
    d.add(d.work, TITLE, node)
    d.add(d.instance, TITLE, node)
    d.add(node, TYPE, TITLE_CLASS)
    if label:
        d.titled = True
        d.text(d.work, LABEL, label, d.lang)
        d.text(d.instance, LABEL, label, d.lang)
    if f.ind2 > "0" and f.ind2.isdecimal() and not d.vernacular:
        d.add(node, NON_SORT, f'"{f.ind2}"')


def _title_parts(d: Description, node: str, f: DataField, lang: str | None) -> str:
    """States the parts of a title on its node; gives them as one label."""
    pieces: list[str] = []
    for code, value in f.subfields:
        part = PARTS.get(code)
        if part is not None:
            text, sign = strip_isbd(value), part[1]
            if text.startswith(_PARALLEL_SIGN):
                text, sign = text.removeprefix(_PARALLEL_SIGN), f" {_PARALLEL_SIGN}"
            d.text(node, part[0], text, lang)
            if text:
                pieces.extend((sign, text) if pieces else (text,))
        elif code == "c":
            d.text(d.instance, RESPONSIBILITY, strip_isbd(value), lang)
        elif code == "h":
            d.text(d.instance, DESIGNATION, strip_brackets(strip_isbd(value)), d.note_lang)
    return "".join(pieces)


@BIBLIOGRAPHIC.maps("246", "247", codes="abfghinpx56")
def variant_title(d: Description, f: DataField) -> None:
    """246, 247: a variant, parallel or former title; $i says in words what it is."""
    node = _variant(d, f, d.lang)
    for code, value in f.subfields:
        if code == "i":
            d.text(node, TITLE_NOTE, value.strip().rstrip(" :"), d.note_lang)
        elif code == "5":
            d.add(node, INSTITUTION, organization(value))
        elif code == "x":
            d.text(node, QUALIFIER, strip_isbd(value))


def _variant(d: Description, f: DataField, lang: str | None) -> str:
    node = d.node(d.instance, "title")
    d.add(d.instance, TITLE, node)
    parallel = d.tag == "246" and f.ind2 == "1"
    d.add(node, TYPE, _PARALLEL if parallel else _CLASSES[d.tag])
    kind = _VARIANT_TYPE_LITERALS.get(f.ind2) if d.tag == "246" else _TYPES_OF_TAG.get(d.tag)
    if kind is not None:
        d.add(node, VARIANT_TYPE, kind)
    for code, value in f.subfields:
        part = PARTS.get(code)
        if part is not None:
            d.text(node, part[0], strip_isbd(value), lang)
        elif code == "h":
            d.text(node, DESIGNATION, strip_brackets(strip_isbd(value)), d.note_lang)
    return node


@BIBLIOGRAPHIC.maps("210", "222", codes="ab26", drop={"8": LINK_NUMBER})
def key_title(d: Description, f: DataField) -> None:
    """210, 222: abbreviated and key title, $b tells it from others of the same name, $2 names the list it is from."""
    node = d.node(d.instance, "title")
    d.add(d.instance, TITLE, node)
    d.add(node, TYPE, _KEY_CLASSES[d.tag])
    for code, value in f.subfields:
        if code == "a":
            d.text(node, MAIN_TITLE, strip_isbd(value), d.lang)
        elif code == "b":
            d.text(node, QUALIFIER, strip_isbd(value).strip("()"))
        elif code == "2":
            d.add(node, SOURCE, term("abbreviated_title_sources", value))


@BIBLIOGRAPHIC.maps("242", codes="abchnpy6")
def translated_title(d: Description, f: DataField) -> None:
    """242: the cataloguer's translation, in the language of $y."""
    lang = language_tag((f.get("y") or "").strip(" .")) or d.note_lang
    node = _variant(d, f, lang)
    d.text(node, RESPONSIBILITY_TRANSLATED, strip_isbd(f.get("c") or ""), lang)


@BIBLIOGRAPHIC.maps("740", codes="ahnp56")
def analytical_title(d: Description, f: DataField) -> None:
    """740: a related or analytical title without an authority; the second indicator 2 says that it is contained."""
    node = _variant(d, f, d.lang)
    d.add(node, VARIANT_TYPE, ANALYTICAL if f.ind2 == "2" else RELATED)
    for value in f.all("5"):
        d.add(node, INSTITUTION, organization(value))
