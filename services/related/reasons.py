"""Why each hit is there: the steps that lead to it, and what is shared at the last one, in the reader's words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from graph.parameters import Value
from graph.queries import Rows
from reasoning.associations.reading import relations
from services.entities.naming import local_name
from services.hits.hit import Reason
from services.related import queries
from services.related.drafts import Draft, Way, Weights, between_works, of_named, of_vocabulary
from services.related.names import Wording
from services.related.remembered import subjects_of
from services.related.sharing import Known
from services.related.walking import Start
from services.related.words import BY_WAY_OF, MENTIONED, STATED, TOGETHER, say

_MOST_REASONS = 3
_NAMED = 0.5
"""What it is worth that a work names the entity; as in ``walk_thing.rq``."""
_MOST_MIDDLES = 3
"""Ways to a hit over one entity more that are looked at, the likeliest first."""


class Edges:
    """The associations of the entity that a walk starts from."""

    def __init__(self, graph: KnowledgeGraph, entity: str) -> None:
        self.weights: dict[str, dict[str, float]] = {}
        self.counts: dict[tuple[str, str], int] = {}
        for target, basis, weight, count in queries.rows(graph, "edges", {"entity": entity}):
            if target and basis and weight:
                name = local_name(terms.value(basis))
                self.weights.setdefault(target, {})[name] = float(terms.value(weight))
                self.counts[target, name] = int(terms.value(count)) if count else 1

    def strongest(self, target: str) -> str:
        """Name of the basis of the strongest link to ``target``, "" where there is none."""
        weights = self.weights.get(target, {})
        return max(weights, key=lambda name: (weights[name], name), default="")


class Explainer:
    """Explains the hits of one walk.

    Args:
        graph: The graph.
        start: Where the walk started.
        edges: Its associations.
        reached: Terms of all that the walk reached: a hit may be reached over one of them.
    """

    def __init__(self, graph: KnowledgeGraph, start: Start, edges: Edges, reached: Sequence[str]) -> None:
        self._graph = graph
        self._start = start
        self._edges = edges
        self._reached = reached
        self._known = Known()

    def explain(self, hits: Collection[str], lang: str) -> dict[str, list[Reason]]:
        """Reasons of each hit (a term), the weightiest first."""
        self._known = Known.about(self._graph, {self._start.entity, *hits})
        ways = {hit: Way((), self._direct(hit)) for hit in hits}
        self._add_what_graphs_say(ways)
        ways |= self._over_one_more([hit for hit, way in ways.items() if not way.drafts])
        ways = self._from_the_start(ways)
        wording = Wording(self._graph, self._known, lang)
        wording.load(ways.values())
        return {hit: self._reasons(hit, way, wording) for hit, way in ways.items()}

    def _over_one_more(self, hits: Collection[str]) -> dict[str, Way]:
        """Ways to those that have nothing to do with the entity by themselves: only for them, more is asked."""
        far = [hit for hit in hits if hit not in self._edges.weights]
        before = {hit: self._likeliest(found) for hit, found in self._before(far).items()}
        middles = {middle for found in before.values() for middle in found} - self._known.having.keys()
        if middles:
            self._known.add(Known.about(self._graph, middles))
        return {hit: self._indirect(hit, before.get(hit, {})) for hit in hits}

    def _before(self, hits: Collection[str]) -> dict[str, dict[str, dict[str, float]]]:
        """Hit -> the entities that the step before may lead to -> weights of the associations from there."""
        among = sorted({*self._edges.weights, *self._reached} - {self._start.entity})
        found: dict[str, dict[str, dict[str, float]]] = {}
        for hit, middle, basis, weight in self._ask("middles", hits, {"middles": among}) if among else ():
            if hit and middle and basis and weight and hit != middle:
                weights = found.setdefault(hit, {}).setdefault(middle, {})
                weights[local_name(terms.value(basis))] = float(terms.value(weight))
        return found

    def _likeliest(self, middles: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        """The few that are worth most, if each that no association leads to should turn out to name the entity."""

        def worth(middle: str) -> tuple[float, str]:
            first = max(self._edges.weights.get(middle, {}).values(), default=_NAMED)
            return -first * max(middles[middle].values()), middle

        return {middle: middles[middle] for middle in sorted(middles, key=worth)[:_MOST_MIDDLES]}

    def _ask(self, name: str, hits: Collection[str], parameters: Mapping[str, Value]) -> Rows:
        return queries.rows(self._graph, name, {"hits": sorted(hits), **parameters}) if hits else []

    def _direct(self, hit: str) -> list[Draft]:
        """What entity and hit have to do with each other by themselves."""
        entity, having = self._start.entity, self._known.having
        if self._start.is_work:
            return between_works(self._known, entity, hit, self._edges.weights.get(hit, {}))
        return of_named(self._known, hit, entity) if hit in having else []

    def _indirect(self, hit: str, before: dict[str, dict[str, float]]) -> Way:
        """The best way over one entity more; where its own is not known, the way ends there."""
        ways = [(self._worth(middle, weights), middle, weights) for middle, weights in before.items()]
        for _, middle, weights in sorted(ways, key=lambda way: (-way[0], way[1])):
            if drafts := self._step(middle, hit, weights):
                return Way((middle,), drafts)
        named = [thing for thing in self._edges.weights if thing not in self._known.having]
        for thing in sorted(named, key=lambda thing: (-max(self._edges.weights[thing].values()), thing)):
            if drafts := of_named(self._known, hit, thing):
                return Way((thing,), drafts)
        return Way()

    def _from_the_start(self, ways: dict[str, Way]) -> dict[str, Way]:
        """Puts the first of two middles before the second."""
        second = {way.middles[0] for way in ways.values() if way.middles and not self._is_near(way.middles[0])}
        before = self._before(second)
        first = {middle: min(found, key=lambda m: (-self._worth(m, found[m]), m)) for middle, found in before.items()}
        return {hit: Way((*_known(first, way.middles), *way.middles), way.drafts) for hit, way in ways.items()}

    def _is_near(self, middle: str) -> bool:
        """Whether it is one step from the entity."""
        return middle in self._edges.weights or bool(self._known.naming(middle, self._start.entity))

    def _worth(self, middle: str, weights: Weights) -> float:
        """What the way over ``middle`` is worth; over one that is two steps away, nothing."""
        first = max(self._edges.weights.get(middle, {}).values(), default=0.0)
        if not first and self._known.naming(middle, self._start.entity):
            first = _NAMED
        return first * max(weights.values())

    def _step(self, middle: str, hit: str, weights: Weights) -> list[Draft]:
        having = self._known.having
        if middle in having and hit in having:
            return between_works(self._known, middle, hit, weights)
        return [Draft(TOGETHER[name], weight=weight) for name, weight in weights.items() if name in TOGETHER]

    def _add_what_graphs_say(self, ways: dict[str, Way]) -> None:
        """Adds what facts about works do not tell: what records state, vocabularies, what two things share."""
        if self._start.is_work:
            self._add_stated(ways)
            return
        entity = {"entity": self._start.entity}
        others = [hit for hit in ways if hit not in self._known.having]
        for hit, relation in self._ask("vocabulary", others, entity):
            if hit and relation:
                ways[hit].drafts.append(of_vocabulary(relation))
        self._add_together(ways, others)
        for (hit,) in self._ask("mentioned", [hit for hit, way in ways.items() if not way.drafts], entity):
            if hit:
                ways[hit].drafts.append(Draft(MENTIONED, (self._start.entity,)))

    def _add_stated(self, ways: dict[str, Way]) -> None:
        entity = self._start.entity
        linked = [hit for hit in ways if self._known.links(entity, hit)]
        pairs = [pair for hit in linked for pair in ((entity, hit), (hit, entity))]
        parameters: dict[str, Value] = {"pairs": pairs, "relations": relations()}
        for one, relation, other in queries.rows(self._graph, "stated", parameters) if pairs else ():
            if one and relation and other:
                hit = other if one == entity else one
                ways[hit].drafts.insert(0, Draft(STATED[one == entity], (relation,), 1.0))

    def _add_together(self, ways: dict[str, Way], others: list[str]) -> None:
        weights = self._edges.weights
        shared: dict[str, list[str]] = {}
        for hit, work in self._ask(
            "together", [hit for hit in others if hit in weights], {"entity": self._start.entity}
        ):
            if hit and work:
                shared.setdefault(hit, []).append(work)
        for hit in others:
            for name, weight in weights.get(hit, {}).items():
                things = shared.get(hit, [])
                if name == "sharedSubjectsOfWorks":
                    things = self._subjects_of_both(hit)
                total = max(self._edges.counts[hit, name], len(things))
                ways[hit].drafts.append(Draft(TOGETHER[name], tuple(sorted(things)), weight, total=total))

    def _subjects_of_both(self, hit: str) -> list[str]:
        return sorted(self._own_subjects & subjects_of(self._graph, hit))

    @cached_property
    def _own_subjects(self) -> frozenset[str]:
        return subjects_of(self._graph, self._start.entity)

    def _reasons(self, hit: str, way: Way, wording: Wording) -> list[Reason]:
        said = [(wording.say(draft), draft) for draft in way.drafts]
        found = {text: self._path(hit, way, draft) for text, draft in reversed(said) if text}
        return [
            Reason(self._by_way_of(text, way, wording), path)
            for text, path in list(found.items())[::-1][:_MOST_REASONS]
        ]

    def _path(self, hit: str, way: Way, draft: Draft) -> tuple[str, ...]:
        things: Iterable[str] = way.middles or [thing for thing in draft.things[:1] if thing.startswith("<")]
        return tuple(terms.value(term) for term in dict.fromkeys((self._start.entity, *things, hit)))

    def _by_way_of(self, text: str, way: Way, wording: Wording) -> str:
        if not way.middles:
            return text
        middle = " → ".join(wording.name(each) for each in way.middles)
        return say(BY_WAY_OF, wording.lang, middle=middle, reason=text)


def _known(first: dict[str, str], middles: tuple[str, ...]) -> list[str]:
    return [first[middle] for middle in middles if middle in first]
