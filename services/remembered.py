"""What was read about entities of a graph, remembered until the graph changes: what turns up in very many answers."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.knowledge_graph import KnowledgeGraph

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


@dataclass(slots=True)
class _State(Generic[Key, Found]):
    """What is remembered of one graph as of one changeset, what was asked for last at the end."""

    sequence: int = -1
    found: OrderedDict[Key, Found] = field(default_factory=OrderedDict)
    size: int = 0


@dataclass(frozen=True, slots=True)
class Recalled(Generic[Key, Found]):
    """What is known of what was asked for, and the number of the changeset of which it is."""

    found: dict[Key, Found]
    sequence: int


class Remembered(Generic[Key, Found]):
    """Remembers; threads may share it.

    Args:
        most: Size of all that is remembered of one graph; what nobody has asked for longest is forgotten first.
        size: Of one thing; default: 1 each.
    """

    def __init__(self, most: int, size: Callable[[Found], int] = lambda _: 1) -> None:
        self._most, self._size = most, size
        self._lock = Lock()
        self._states: WeakKeyDictionary[KnowledgeGraph, _State[Key, Found]] = WeakKeyDictionary()

    def recall(self, graph: KnowledgeGraph, keys: Iterable[Key]) -> Recalled[Key, Found]:
        """What is remembered under these keys; nothing of an earlier state of the graph."""
        sequence = graph.sequence
        with self._lock:
            state = self._states.get(graph)
            if state is None or state.sequence != sequence:
                state = self._states[graph] = _State(sequence)
            known = {key: state.found[key] for key in keys if key in state.found}
            for key in known:
                state.found.move_to_end(key)
            return Recalled(known, sequence)

    def keep(self, graph: KnowledgeGraph, sequence: int, found: Mapping[Key, Found]) -> None:
        """Remembers what was read after ``recall`` gave ``sequence``."""
        with self._lock:
            state = self._states.get(graph)
            if state is None or state.sequence != sequence:
                return  # another thread has seen a newer graph meanwhile
            for key, value in found.items():
                if key not in state.found:
                    state.found[key] = value
                    state.size += self._size(value)
            while state.size > self._most:
                state.size -= self._size(state.found.popitem(last=False)[1])
