"""Reads from the graph what a citation is made of."""

import re
from collections.abc import Iterable, Iterator, Sequence

from common import terms
from common.namespaces import BF, BFLC, BG, RDF, RDFS
from graph.knowledge_graph import KnowledgeGraph
from services.citations.names import Name, is_ideographic, is_latin, person
from services.citations.reference import Contributor, Reference, Written
from services.entities.naming import Names, local_name
from services.entities.statements import About, cluster_of, statements_about

_TYPE = f"<{RDF}type>"
_PERSON = f"<{BF}Person>"
#: Class of a work or edition -> kind of reference; the first that fits counts.
KINDS = {
    "Dissertation": "thesis",
    "Serial": "serial",
    "Integrating": "serial",
    "Cartography": "map",
    "NotatedMusic": "score",
    "MusicAudio": "audio",
    "NonMusicAudio": "audio",
    "MovingImage": "video",
    "StillImage": "image",
    "Manuscript": "manuscript",
    "Archival": "manuscript",
    "Collection": "manuscript",
    "MixedMaterial": "manuscript",
    "Text": "book",
}
_ONLINE = "<http://id.loc.gov/vocabulary/carriers/cr>"
_YEAR = re.compile(r"\d{4}")
_NOBODY = re.compile(
    r"^\W*(?:s\.\s?[ln]\.?|(?:publisher|place of publication|place) not identified|[^\w]*出版[地者]不[详詳明])\W*$",
    re.IGNORECASE,
)
_PART_SIGNS = (("mainTitle", ""), ("subtitle", ": "), ("partNumber", ". "), ("partName", ". "))


_SCRIPTS = ("en", "zh")
"""Languages in which names are asked for: a citation has a name in Latin letters or in characters, whoever reads it."""


def read_reference(graph: KnowledgeGraph, edition: str) -> Reference | None:
    """The reference of an edition (a term); None for what is none."""
    members = cluster_of(graph, edition).members
    about = statements_about(graph, members)
    reader = _Reader(about, members)
    works = [w for link in reader.iris("instanceOf") for w in cluster_of(graph, link).members]
    if not works:
        return None
    about.by_subject.update(statements_about(graph, works).by_subject)
    names = [Names(graph, language) for language in _SCRIPTS]
    agents = list(_agents(about))
    for each in names:
        each.load(agents)
    return _reference(_Reader(about, members), _Reader(about, [*works, *members]), names)


def _agents(about: About) -> Iterator[str]:
    return (s.object for s in about.all() if s.predicate == f"<{BF}agent>")


class _Reader:
    """Values of some subjects' statements, by local name."""

    def __init__(self, about: About, subjects: Sequence[str]) -> None:
        self._about = about
        self._subjects = subjects

    def values(self, name: str, namespace: str = BF) -> list[str]:
        """Objects of a predicate, each once."""
        predicate = f"<{namespace}{name}>"
        found = (s.object for subject in self._subjects for s in self._about.of(subject) if s.predicate == predicate)
        return list(dict.fromkeys(found))

    def iris(self, name: str, namespace: str = BF) -> list[str]:
        """Objects that are IRIs."""
        return [value for value in self.values(name, namespace) if value.startswith("<")]

    def text(self, name: str, namespace: str = BF) -> str:
        """The first literal, "" if there is none."""
        return next((terms.value(v) for v in self.values(name, namespace) if v.startswith('"')), "")

    def written(self, name: str, namespace: str = BF) -> Written:
        """The literals in both scripts."""
        return _written(terms.value(v) for v in self.values(name, namespace) if v.startswith('"'))

    def nodes(self, name: str) -> "list[_Reader]":
        """Dependent nodes in the order of their fields."""
        return [_Reader(self._about, [node]) for node in sorted(self.iris(name), key=_field_order)]

    def classes(self) -> list[str]:
        """Local names of the classes."""
        return [local_name(term[1:-1]) for term in self.values("type", RDF)]


def _field_order(node: str) -> tuple[str, int]:
    """``…#contribution-700-12`` after ``…#contribution-700-2``."""
    head, _, number = node[:-1].rpartition("-")
    return (head, int(number)) if number.isdigit() else (node, 0)


def _written(texts: Iterable[str]) -> Written:
    known = [text for text in texts if text and not _NOBODY.match(text)]
    latin = next((text for text in known if is_latin(text)), "")
    original = next((text for text in known if not is_latin(text)), "")
    return Written(original or latin, latin or original)


def _reference(edition: _Reader, work: _Reader, names: list[Names]) -> Reference:
    found = Reference(key=_key(edition), kind=_kind(work))
    found.title = _title(edition)
    found.contributors = [c for node in work.nodes("contribution") for c in _contributors(node, names, found)]
    found.edition, found.series = edition.written("editionStatement"), edition.written("seriesStatement")
    found.extent = edition.text("extent", BG)
    found.languages = tuple(local_name(term[1:-1]) for term in work.iris("language"))
    _published(edition, found)
    _identified(edition, found)
    _thesis(work, found)
    return found


def _key(edition: _Reader) -> str:
    record = next(iter(edition.iris("adminMetadata")), "<>")
    return local_name(record[1:-1])


def _kind(work: _Reader) -> str:
    classes = {*work.classes(), *(["Dissertation"] if work.values("dissertation") else [])}
    return next((kind for name, kind in KINDS.items() if name in classes), "other")


def _title(edition: _Reader) -> Written:
    own = [node for node in edition.nodes("title") if node.classes() == ["Title"]]
    for node in own:
        parts = [(sign, node.written(name)) for name, sign in _PART_SIGNS]
        original, latin = ("".join(s + p for s, p in _in_script(parts, form) if p) for form in ("original", "latin"))
        if original:
            return Written(original, latin or original)
    return edition.written("label", RDFS)


def _in_script(parts: list[tuple[str, Written]], form: str) -> Iterator[tuple[str, str]]:
    for sign, part in parts:
        yield sign, getattr(part, form)


def _contributors(node: _Reader, names: list[Names], found: Reference) -> Iterator[Contributor]:
    roles = frozenset(local_name(role[1:-1]) for role in node.iris("role"))
    for agent in node.iris("agent"):
        labels = list(dict.fromkeys(terms.value(label) for each in names for label in each.name(agent).labels))
        original, latin = _name_forms(labels, is_person=_PERSON in names[0].name(agent).types, reference=found)
        if original.family:
            yield Contributor(original, latin, roles, "PrimaryContribution" in node.classes())


def _name_forms(labels: list[str], *, is_person: bool, reference: Reference) -> tuple[Name, Name]:
    """The name in the script of the item's title, and romanised."""
    written = _written(labels)
    family_first = is_latin(written.latin) and _sounds_alike(written.original, written.latin)
    original, latin = (
        person(text, family_first=family_first) if is_person else Name(text)
        for text in (written.original, written.latin)
    )
    return (latin if is_latin(reference.title.original) else original), latin


def _sounds_alike(original: str, latin: str) -> bool:
    """Whether a name in Latin letters is that in characters in pinyin, and not one that was put into Chinese."""
    if not is_ideographic(original):
        return False
    from services.search.pinyin import syllables  # noqa: PLC0415  dictionaries: only for names in characters

    family = "".join(char for char in person(latin).family.lower() if char.isalpha())
    sounds = syllables(person(original).family)
    return family in {"".join(sounds[:end]) for end in (1, 2)}


def _published(edition: _Reader, found: Reference) -> None:
    nodes = edition.nodes("provisionActivity")
    nodes.sort(key=lambda node: "Publication" not in node.classes())
    for node in nodes:
        found.place = found.place or node.written("simplePlace", BFLC)
        found.publisher = found.publisher or node.written("simpleAgent", BFLC)
        if not found.year:
            _dated(node.text("date"), node.text("simpleDate", BFLC), found)
    found.year = found.year or edition.text("startYear", BG)


def _dated(edtf: str, transcribed: str, found: Reference) -> None:
    first, slash, last = edtf.partition("/")
    years = [match.group() if (match := _YEAR.search(part)) else "" for part in (first, last)]
    found.year = years[0] or years[1]
    if slash and found.kind == "serial":
        found.last_year = years[1] or "…"
    elif slash and years[1] != years[0]:
        found.last_year = years[1]
    found.is_copyright = transcribed.strip("[ ").lower().startswith(("c", "©", "p", "℗"))
    found.is_supplied = transcribed.startswith("[")


def _identified(edition: _Reader, found: Reference) -> None:
    for node in edition.nodes("identifiedBy"):
        value = node.text("value", RDF)
        if node.values("status") or not value:
            continue
        for name in node.classes():
            field = name.lower()
            if field in {"isbn", "issn", "doi"} and not getattr(found, field):
                setattr(found, field, value)
    found.is_online = _ONLINE in edition.values("carrier")
    found.url = next((term[1:-1] for term in edition.iris("electronicLocator")), "") if found.is_online else ""


def _thesis(work: _Reader, found: Reference) -> None:
    for node in work.nodes("dissertation"):
        found.degree = node.text("degree")
        found.publisher = node.written("grantingInstitutionName", BG) or found.publisher
        found.year = found.year or node.text("date")
