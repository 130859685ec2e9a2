"""The types of entities that can be asked for. Tables only (specification: Core Concepts, Types)."""

from collections.abc import Iterable
from dataclasses import dataclass

from common.errors import InputError
from common.namespaces import BF, SKOS

SCHEMA_SPACE = BF
"""Types are named by what follows this in their IRIs."""
_CONCEPT = f"{SKOS}Concept"


@dataclass(frozen=True, slots=True)
class Type:
    """A type.

    Attributes:
        id: Local name of the class in BIBFRAME; ``Subject`` stands for headings of any class.
        labels: What it is called, by language.
        kind: Kind of the text index that its entities are of.
        class_: Most telling class of its entities; "" for a type that is a whole kind.
        broader: Identifier of the broader type, "" for none.
    """

    id: str
    labels: dict[str, str]
    kind: str
    class_: str = ""
    broader: str = ""

    def label(self, lang: str) -> str:
        """The label in a language, else in English."""
        return self.labels.get(lang, self.labels["en"])


def _whole(id_: str, kind: str, english: str, chinese: str) -> Type:
    return Type(id_, {"en": english, "zh": chinese}, kind)


def _narrower(broader: str, kind: str, *rows: tuple[str, str, str]) -> list[Type]:
    return [Type(name, {"en": english, "zh": chinese}, kind, name, broader) for name, english, chinese in rows]


_ALL = (
    _whole("Work", "work", "Work", "作品"),
    *_narrower(
        "Work",
        "work",
        ("Text", "Text", "文本"),
        ("Serial", "Serial", "连续出版物"),
        ("NotatedMusic", "Notated music", "乐谱"),
        ("MusicAudio", "Music recording", "音乐录音"),
        ("NonMusicAudio", "Spoken recording", "有声资料"),
        ("MovingImage", "Film or video", "影像"),
        ("StillImage", "Picture", "图片"),
        ("Cartography", "Map", "地图"),
    ),
    _whole("Agent", "agent", "Agent", "责任者"),
    *_narrower(
        "Agent",
        "agent",
        ("Person", "Person", "人物"),
        ("Family", "Family", "家族"),
        ("Organization", "Organization", "机构"),
        ("Jurisdiction", "Jurisdiction", "行政辖区"),
        ("Meeting", "Meeting", "会议"),
    ),
    _whole("Subject", "subject", "Subject", "主题"),
    *_narrower(
        "Subject",
        "subject",
        ("Topic", "Topic", "论题"),
        ("GenreForm", "Genre or form", "体裁或形式"),
        ("Temporal", "Period", "年代"),
    ),
    _whole("Place", "place", "Place", "地点"),
    _whole("Hub", "hub", "Uniform title", "统一题名"),
    *_narrower("Hub", "hub", ("Series", "Series", "丛编")),
    _whole("Event", "event", "Event", "事件"),
)
TYPES: dict[str, Type] = {each.id: each for each in _ALL}
#: A cataloguer's first choices.
DEFAULT = ("Person", "Organization", "Work", "Subject", "Place", "Hub")
_OF_CLASS = {each.class_: each for each in _ALL if each.class_}
_INSTANCE = "Instance"
#: Classes of works that are no types of their own; any other class that is none is of a heading.
_OTHER_WORKS = frozenset(
    "Archival Collection Dataset Document Integrating Kit Manuscript MixedMaterial Multimedia Object Instance".split()
)


def type_of(id_: str) -> Type:
    """The type of this identifier, or of a class's IRI; an Instance is found by the Work that it is of.

    Raises:
        InputError: There is none; names those there are.
    """
    name = "Subject" if id_ == _CONCEPT else id_.removeprefix(BF)
    found = TYPES.get("Work" if name == _INSTANCE else name)
    if found is None:
        raise InputError(f"{id_[:60]!r} is no type here; there are {', '.join(TYPES)}")
    return found


def of_class(class_: str) -> list[Type]:
    """The types of an entity by its most telling class, the narrowest first.

    >>> [each.id for each in of_class("Person")], [each.id for each in of_class("Manuscript")]
    (['Person', 'Agent'], ['Work'])
    """
    narrow = _OF_CLASS.get(class_)
    if narrow is not None:
        return [narrow, TYPES[narrow.broader]] if narrow.broader else [narrow]
    return [TYPES["Work" if class_ in _OTHER_WORKS else class_ if class_ in TYPES else "Subject"]]


def described(types: Iterable[Type], lang: str) -> list[dict[str, object]]:
    """Types as they go over the wire, with the broader one of each (schema ``type.json``)."""
    found: list[dict[str, object]] = []
    for each in types:
        shown: dict[str, object] = {"id": each.id, "name": each.label(lang)}
        if each.broader:
            broader = TYPES[each.broader]
            shown["broader"] = [{"id": broader.id, "name": broader.label(lang)}]
        found.append(shown)
    return found
