"""Puts reasons into words: names of things in the reader's language."""

from collections.abc import Iterable

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.hits.labels import ClusterNames
from services.related.drafts import Draft, Way
from services.related.sharing import Known
from services.related.words import IN_SCHEME, MORE, SCHEMES, SEPARATOR, say

_MOST_THINGS = 3


class Wording:
    """Words in one language.

    Args:
        graph: The graph.
        known: Facts, by which the words of a heading are found.
        lang: The reader's language.
    """

    def __init__(self, graph: KnowledgeGraph, known: Known, lang: str) -> None:
        self._names = ClusterNames(graph, lang)
        self._known = known
        self._ours = f"<{graph.graphs.base}id/"
        self.lang = lang

    def load(self, ways: Iterable[Way]) -> None:
        """Asks for the names of all that is to be named."""
        things = {self._source(thing) for way in ways for draft in way.drafts for thing in _shown(draft)}
        things |= {middle for way in ways for middle in way.middles}
        entities = sorted(thing for thing in things if thing.startswith("<"))
        self._names.names.load(entities)
        self._names.load_clusters(entity for entity in entities if entity.startswith(self._ours))

    def say(self, draft: Draft) -> str:
        """A reason in words; "" where what it is about has no name."""
        names = dict.fromkeys(name for thing in _shown(draft) if (name := self.name(thing)))
        if "{things}" in draft.phrase["en"] and not names:
            return ""
        things = say(SEPARATOR, self.lang).join(names)
        total = max(draft.total, len(draft.things))
        if total > _MOST_THINGS:
            things = say(MORE, self.lang, things=things, count=total - len(names), total=total)
        return say(draft.phrase, self.lang, things=things)

    def name(self, thing: str) -> str:
        """What a thing is called."""
        if thing.startswith("<"):
            return terms.value(self._names.label(thing))
        scheme, _, name = thing.partition("/")
        if scheme == "heading":
            subject = self._source(thing)
            return self.name(subject).split(" -- ")[0].strip(" .") if subject != thing else name
        known = SCHEMES.get(scheme)
        return say(IN_SCHEME, self.lang, number=name, scheme=say(known, self.lang) if known else scheme)

    def _source(self, thing: str) -> str:
        """The subject that shows how a heading is written; anything else itself."""
        return self._known.subject_of.get(thing, thing)


def _shown(draft: Draft) -> tuple[str, ...]:
    return draft.things[:_MOST_THINGS]
