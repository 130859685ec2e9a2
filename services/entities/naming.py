"""What things are called in a reader's language, and which entity stands for them."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import ontology
from common import terms
from common.namespaces import BG, RDF, RDFS, SKOS
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries
from services.entities.variants import readable_variants

_PREFERRED = f"<{SKOS}prefLabel>"
_LABELS = (_PREFERRED, f"<{RDFS}label>", f"<{BG}callNumber>")
_TYPE = f"<{RDF}type>"
_SCHEME = f"<{SKOS}inScheme>"
#: Schemes worth naming beside a term: which of two like headings is whose. Code lists name themselves.
_SUBJECT_SCHEMES = tuple(f"<http://id.loc.gov/vocabulary/{kind}Schemes/" for kind in ("subject", "genreForm"))
_CANONICAL = f"<{BG}canonical>"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MOST_THINGS = 500


@dataclass(slots=True)
class Name:
    """What the graph says about what a thing is called.

    Attributes:
        labels: Literals, best first once ``Names`` has chosen.
        types: Terms of its classes.
        schemes: Short names of the vocabularies it belongs to.
        canonical: Term of the entity that stands for it.
    """

    labels: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    schemes: list[str] = field(default_factory=list)
    canonical: str | None = None


class Names:
    """Names of things in one language, asked for in bulk and kept for the length of one page.

    Args:
        graph: The graph.
        lang: Language of the reader, such as ``en`` or ``zh``.
    """

    def __init__(self, graph: KnowledgeGraph, lang: str) -> None:
        self._graph = graph
        self._known: dict[str, Name] = {}
        self.lang = lang

    def load(self, things: Iterable[str]) -> None:
        """Asks for the names of all IRIs among ``things`` in one query for each 500."""
        wanted = [thing for thing in dict.fromkeys(things) if thing.startswith("<") and thing not in self._known]
        for start in range(0, len(wanted), _MOST_THINGS):
            self._load(wanted[start : start + _MOST_THINGS])

    def _load(self, things: list[str]) -> None:
        self._known.update((thing, Name()) for thing in things)
        preferred: dict[str, set[str]] = {}
        found = ((t, p, v) for t, p, v in queries.rows(self._graph, "labels", {"things": things}) if t and p and v)
        for thing, predicate, value in sorted(found):
            self._note(self._known[thing], predicate, value)
            if predicate == _PREFERRED:
                preferred.setdefault(thing, set()).add(value)
        for thing in things:
            self._sort(self._known[thing].labels, preferred.get(thing, set()))
        headings = {thing: labels[0] for thing in things if (labels := self._known[thing].labels)}
        for thing, variant in readable_variants(self._graph, headings, self.lang).items():
            self._known[thing].labels.insert(0, variant)

    def _sort(self, labels: list[str], preferred: Collection[str]) -> None:
        """Best first; what the authority record prefers goes before the heading as some record cites it."""

        def rank(label: str) -> tuple[int, bool, str]:
            language, text = preference(label, self.lang)
            return language, label not in preferred, text

        labels.sort(key=rank)

    def _note(self, name: Name, predicate: str, value: str) -> None:
        if predicate in _LABELS and not value.startswith("<"):
            name.labels.append(value)
        elif predicate == _TYPE:
            name.types.append(value)
        elif predicate == _SCHEME and value.startswith(_SUBJECT_SCHEMES):
            name.schemes.append(local_name(value[1:-1]))
        elif predicate == _CANONICAL:
            name.canonical = value

    def name(self, thing: str) -> Name:
        """What is known of a thing."""
        return self._known.get(thing) or Name()

    def label(self, thing: str) -> str:
        """The best label as a literal; made of the IRI where nothing is said."""
        labels = self.name(thing).labels
        return labels[0] if labels else self.term_label(thing)

    def other_script(self, thing: str) -> str | None:
        """A label in another script than the best one: the characters beside a romanised name, or the reverse.

        A vocabulary's label in another language is no such thing: its tag names no script.
        """
        labels = self.name(thing).labels
        if not any("-" in (terms.language(label) or "") for label in labels):
            return None
        best = labels[0]
        others = (label for label in labels[1:] if script(label) != script(best))
        # A heading that is tagged in one record and not in another is the same name.
        return next((label for label in others if terms.value(label) != terms.value(best)), None)

    def term_label(self, thing: str) -> str:
        """Label of a class or property as the ontology has it, else made of its local name."""
        iri = thing[1:-1]
        for lang in (self.lang, "en"):
            found = ontology.labels(lang).get(iri)
            if found:
                return terms.literal(found, lang)
        return terms.literal(_CAMEL.sub(" ", local_name(iri)).lower() if "#" in iri else local_name(iri))


def script(literal: str) -> str:
    """``latn`` unless the language tag of a literal says another script; Chinese without a script is in characters."""
    primary, _, rest = (terms.language(literal) or "").partition("-")
    return rest.partition("-")[0] or ("hani" if primary in {"zh", "ja"} else "latn")


def local_name(iri: str) -> str:
    """The end of an IRI: what follows the last ``#`` or ``/``."""
    return re.split(r"[#/]", iri.rstrip("#/"))[-1] or iri


def preference(label: str, lang: str) -> tuple[int, str]:
    """Sorts labels: the reader's language first, in its own script before romanised; then none, English, others.

    Names carry no language: one in characters is in the script of a Chinese reader, and of no other.

    >>> sorted(['"a"@fr', '"b"', '"c"@zh-latn', '"d"@zh-hani'], key=lambda label: preference(label, "zh"))
    ['"d"@zh-hani', '"c"@zh-latn', '"b"', '"a"@fr']
    """
    tag = terms.language(label)
    if (tag is None or tag.startswith("und-han")) and _HAN.search(label):
        return (1 if lang == "zh" else 6), label
    if tag is None:
        return 3, label
    primary, _, script = tag.partition("-")
    if primary == lang:
        return (2 if script == "latn" else 0 if tag == lang else 1), label
    if script == "latn":
        return 4, label
    return (5 if primary == "en" else 6), label
