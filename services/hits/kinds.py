"""What kind of thing an entity is: its most telling class, and the kind of material of a work. Tables only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from common.namespaces import BF, BG, SKOS
from services.entities.naming import local_name

#: Classes from the most telling to the least; any other stands between the last but one and the last group.
_TELLING = tuple(
    "Cartography NotatedMusic MusicAudio NonMusicAudio MovingImage StillImage Multimedia Kit MixedMaterial Object "
    "Serial Integrating Collection Text Manuscript Archival Family Jurisdiction Organization Meeting Person Series "
    "Event Temporal Place GenreForm Occupation Function CurriculumObjective Topic Hub Work Instance Item Agent".split()
)
_LEAST = ("Concept", "Subdivision", "NamedIndividual", "Class")
_RANK = {name: rank for rank, name in enumerate((*_TELLING, "", *_LEAST))}

WORK, INSTANCE = f"<{BF}Work>", f"<{BF}Instance>"
CONCEPT = f"<{SKOS}Concept>"
THESIS = f"<{BF}Dissertation>"
"""Stands for a thesis among the marks of ``format_code``, also where only a note says so."""
AGENTS = frozenset({"Family", "Jurisdiction", "Organization", "Meeting", "Person", "Agent"})
LIVING = frozenset({"Family", "Person"})
#: What readers call a class whose name in the ontology is a term of art.
_HEADINGS = {"Hub": {"en": "Uniform title", "zh": "统一题名"}}


def heading_label(kind: str, lang: str) -> str:
    """What readers call a kind of heading, "" where the ontology's own name will do."""
    labels = _HEADINGS.get(kind, {})
    return labels.get(lang) or labels.get("en", "")


def telling(classes: Iterable[str]) -> str:
    """Local name of the most telling of some classes (terms), "" of none.

    >>> telling([f"<{BF}Work>", f"<{BF}Text>"])
    'Text'
    """
    names = (local_name(term[1:-1]) for term in classes)
    return min(names, key=lambda name: (_RANK.get(name, _RANK[""]), name), default="")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of material.

    Attributes:
        code: Short name, as a facet has it.
        labels: What it is called, by language.
        marks: A work is of this kind if it has one mark of each set.
    """

    code: str
    labels: dict[str, str]
    marks: tuple[frozenset[str], ...]


def _format(code: str, english: str, chinese: str, *marks: str) -> Format:
    return Format(code, {"en": english, "zh": chinese}, tuple(frozenset(names.split()) for names in marks))


_ONLINE = "carriers/cr item_form/o item_form/q item_form/s smd_007/cr"
_MICROFORM = "item_form/a item_form/b item_form/c"

#: The first that fits is a work's format.
FORMATS: tuple[Format, ...] = (
    _format("score", "Score", "乐谱", "NotatedMusic"),
    _format("music", "Music recording", "音乐录音", "MusicAudio"),
    _format("audio", "Spoken recording", "有声资料", "NonMusicAudio"),
    _format("video", "Video", "影像", "MovingImage"),
    _format("map", "Map", "地图", "Cartography"),
    _format("image", "Picture", "图片", "StillImage"),
    _format("kit", "Kit", "成套资料", "Kit"),
    _format("object", "Object", "实物", "Object"),
    _format("newspaper", "Newspaper", "报纸", "Serial", "mserialpubtype/newspaper"),
    _format("database", "Database", "数据库", "Serial Integrating", "mserialpubtype/database"),
    _format("series", "Series", "丛书", "Serial", "mserialpubtype/monoseries"),
    _format("ejournal", "E-journal", "电子期刊", "Serial", _ONLINE),
    _format("journal", "Journal", "期刊", "Serial"),
    _format("website", "Website", "网站", "Integrating", _ONLINE),
    _format("archive", "Archival material", "档案资料", "MixedMaterial Archival"),
    _format("thesis", "Thesis", "学位论文", "Dissertation"),
    _format("manuscript", "Manuscript", "手稿", "Manuscript"),
    _format("software", "Computer file", "计算机文件", "Multimedia"),
    _format("document", "Document", "文档", "Document"),
    _format("ebook", "E-book", "电子书", "Text", _ONLINE),
    _format("microform", "Microform", "缩微资料", "Text", _MICROFORM),
    _format("book", "Book", "图书", "Text"),
)
_BY_CODE = {form.code: form for form in FORMATS}

#: Predicates of works and instances whose objects are marks; ``facts.rq`` asks for them.
MARK_PREDICATES = frozenset({f"<{BF}carrier>", f"<{BG}formOfItem>", f"<{BF}genreForm>", f"<{BG}materialDesignation>"})


def format_code(terms: Collection[str]) -> str:
    """The format of a work, by the classes and codes (terms) that it and its instances have; "" if none fits.

    >>> format_code([f"<{BF}Text>", "<http://id.loc.gov/vocabulary/carriers/cr>"])
    'ebook'
    """
    marks = {_mark(term) for term in terms}
    return next((form.code for form in FORMATS if all(marks & wanted for wanted in form.marks)), "")


def format_label(code: str, lang: str) -> str:
    """What a format is called; in English where the language has no word for it, "" if there is no such format."""
    form = _BY_CODE.get(code)
    return form.labels.get(lang, form.labels["en"]) if form else ""


def _mark(term: str) -> str:
    """``carriers/cr`` of a code, ``Text`` of a class."""
    iri = term[1:-1]
    name = iri.removeprefix(BF).removeprefix(BG)
    return name if name != iri else "/".join(iri.split("/")[-2:])
