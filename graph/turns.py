"""Turns: of the processes that share a store, one writes at a time.

Only reads and atomic writes are asked of the store, not that one update sees what another is about to write: on some
servers two updates that each look before they write both succeed (of 160 such steps on Oxigraph's, 71 were lost).

How a turn is taken
    Who wants to write raises a flag, a node in the graph ``Graphs.writers``, and then looks for others. Whoever sees an
    older flag takes its own down and waits; who sees only younger ones waits until they are down. Of two, at least one
    sees the other, so they never both go ahead, and the oldest always does in the end. (It is the mutual exclusion
    algorithm of Burns and Lamport, with ages in place of process numbers, so that nobody is passed over for ever.)

How the turn of a process that died ends
    A flag has a beat, a number that changes every ``BEAT`` seconds. Whoever has seen the same beat for ``LEASE``
    seconds, by its own clock, takes that flag down. A process that was merely stopped for so long writes nothing when
    it wakes: its changeset is conditional on its flag (``Delta.only_if``). On the same machine it is seen at once that
    a process has died; but if its flag says that it was writing, the server may be at work on that, and time must pass.
"""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from uuid import uuid4

from common.errors import StoreBusyError, StoreError
from common.namespaces import BG, XSD, Graphs
from common.terms import integer, literal, split_statement, type_, value
from graph.processes import is_dead, own_identity
from graph.store import Delta, GraphStore, Quad

BEAT = 5.0
"""Seconds between two beats."""
LEASE = 30.0
"""Seconds without a beat after which a flag counts as left behind."""
PATIENCE = 600.0
"""Seconds to wait for others."""
_PAUSE, _LONGEST_PAUSE = 0.02, 0.5
_GRACE = 1.0
"""Seconds in which a beat that was on its way when its flag was taken down may still arrive."""
_TYPE = f"<{BG}Writer>"
_BEAT = f"<{BG}beat>"
_PROCESS = f"<{BG}process>"
_IDENTITY = f"<{BG}processIdentity>"
_WRITING = f"<{BG}isWriting>"
_TRUE = literal("true", datatype=f"{XSD}boolean")


@dataclass(slots=True)
class _Flag:
    """A flag as it was seen."""

    node: str
    raised: bool = False
    beats: tuple[str, ...] = ()
    process: str = "another process"
    identity: str = ""
    writing: bool = False

    def take(self, predicate: str, obj: str) -> None:
        """Takes in one statement about it."""
        if predicate == type_:
            self.raised = True
        elif predicate == _BEAT:
            self.beats = (*self.beats, obj)
        elif predicate == _PROCESS:
            self.process = value(obj)
        elif predicate == _IDENTITY:
            self.identity = value(obj)
        elif predicate == _WRITING:
            self.writing = True

    @property
    def abandoned(self) -> bool:
        """Whether its process has certainly died, and left nothing that the server may still be writing."""
        return not self.writing and is_dead(self.identity)


class Turn:
    """A raised flag of this process, kept alive by a thread.

    Args:
        store: The store.
        graph: Graph of the flags.
        since: When the process began to wait, in nanoseconds: its age.
    """

    def __init__(self, store: GraphStore, graph: str, base: str, since: int) -> None:
        self._store = store
        self._graph = graph
        # Nodes are compared as texts: the older one is the smaller one.
        self.node = f"<{base}writer/{since:020d}-{uuid4().hex}>"
        self._beat = 0
        self._ended = Event()
        self._thread = Thread(target=self._go_on, name="turn", daemon=True)

    @property
    def flag(self) -> Quad:
        """The quad that stands for the turn: while the store holds it, no other process writes."""
        return f"{self.node} {type_} {_TYPE}", self._graph

    def begin(self) -> None:
        """Raises the flag."""
        self._store.apply(Delta(add=[self.flag, *self._about, self._beat_quad(0)]))
        self._thread.start()

    def write(self) -> None:
        """Says that writing begins; returns if the turn is this process's.

        Raises:
            StoreBusyError: Another process has taken the flag down.
        """
        self._store.apply(Delta(add=[self._writing], only_if=self.flag))
        self.check()

    def check(self) -> None:
        """Returns if the turn was this process's all the time.

        Raises:
            StoreBusyError: Another process has taken the flag down.
        """
        if next(self._store.quads((self.node, type_, _TYPE), self._graph), None) is None:
            raise StoreBusyError(
                "this process was held up for so long that another one took its turn to write: try again"
            )

    def end(self) -> None:
        """Takes the flag down; where the store can't be reached, others will."""
        self._ended.set()
        self._thread.join()
        # A beat whose answer was lost may have been written.
        beats = [self._beat_quad(self._beat), self._beat_quad(self._beat + 1)]
        with suppress(StoreError):
            self._store.apply(Delta(remove=[self.flag, self._writing, *self._about, *beats]))

    @property
    def _writing(self) -> Quad:
        return f"{self.node} {_WRITING} {_TRUE}", self._graph

    @property
    def _about(self) -> list[Quad]:
        return _about(self.node, f"process {os.getpid()} on {socket.gethostname()}", own_identity(), self._graph)

    def _beat_quad(self, beat: int) -> Quad:
        return f"{self.node} {_BEAT} {integer(beat)}", self._graph

    def _go_on(self) -> None:
        while not self._ended.wait(BEAT):
            old, new = self._beat_quad(self._beat), self._beat_quad(self._beat + 1)
            try:
                self._store.apply(Delta(add=[new], remove=[old], only_if=self.flag))
            except StoreError:
                continue  # the next beat may get through; if none does, the turn ends, as it should
            self._beat += 1


def _about(node: str, process: str, identity: str, graph: str) -> list[Quad]:
    """What stands about a flag's process."""
    pairs = ((_PROCESS, process), (_IDENTITY, identity))
    return [(f"{node} {predicate} {literal(text)}", graph) for predicate, text in pairs]


class Turns:
    """Gives this process its turns.

    Args:
        store: A store that other processes write to as well.
        graphs: IRIs of the graphs.
    """

    def __init__(self, store: GraphStore, graphs: Graphs) -> None:
        self._store = store
        self._graphs = graphs
        self._seen: dict[str, tuple[tuple[str, ...], float]] = {}

    @contextmanager
    def take(self) -> Iterator[Turn]:
        """Waits until nobody else writes, and keeps others waiting for the length of the ``with`` block.

        Raises:
            StoreBusyError: Another process writes and does not end; names it.
        """
        turn = self._wait()
        try:
            yield turn
        finally:
            turn.end()

    def _wait(self) -> Turn:
        since, deadline = time.time_ns(), time.monotonic() + PATIENCE
        while True:
            turn = Turn(self._store, self._graphs.writers, self._graphs.base, since)
            turn.begin()
            try:
                if self._none_older(turn):
                    # Those that went ahead before they could see this flag; whoever comes later sees it and waits.
                    self._until(self._none_younger, deadline, turn)
                    return turn
            except BaseException:
                turn.end()
                raise
            turn.end()
            self._until(self._none_older, deadline, turn)

    def _none_older(self, turn: Turn) -> bool:
        return all(other > turn.node for other in self._others(turn))

    def _none_younger(self, turn: Turn) -> bool:
        return all(other < turn.node for other in self._others(turn))

    def _until(self, reached: Callable[[Turn], bool], deadline: float, turn: Turn) -> None:
        pause = _PAUSE
        while not reached(turn):
            if time.monotonic() > deadline:
                holder = min(self._flags(turn).values(), key=lambda flag: flag.node, default=_Flag(""))
                raise StoreBusyError(f"{holder.process} has been writing to the graph for {PATIENCE:.0f} seconds")
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _others(self, turn: Turn) -> list[str]:
        """Nodes of the flags that others have up; such as were left behind are taken down first."""
        flags = self._flags(turn)
        now = time.monotonic()
        self._seen = {node: self._since(flag, now) for node, flag in flags.items()}
        left = [flag for node, flag in flags.items() if now - self._seen[node][1] > LEASE or flag.abandoned]
        if not left:
            return list(flags)
        for flag in left:
            self._take_down(flag)
        if not all(flag.abandoned for flag in left):
            time.sleep(_GRACE)
        return self._others(turn)

    def _since(self, flag: _Flag, now: float) -> tuple[tuple[str, ...], float]:
        """A flag's beat, and since when it has been seen."""
        seen = self._seen.get(flag.node)
        return seen if seen is not None and seen[0] == flag.beats else (flag.beats, now)

    def _flags(self, turn: Turn) -> dict[str, _Flag]:
        flags: dict[str, _Flag] = {}
        for statement, _ in self._store.quads((None, None, None), self._graphs.writers):
            node, predicate, obj = split_statement(statement)
            flags.setdefault(node, _Flag(node)).take(predicate, obj)
        flags.pop(turn.node, None)
        if remains := [flag for flag in flags.values() if not flag.raised]:
            # A beat that came late.
            beats: list[Quad] = [
                (f"{flag.node} {_BEAT} {beat}", self._graphs.writers) for flag in remains for beat in flag.beats
            ]
            self._store.apply(Delta(remove=beats))
        return {node: flag for node, flag in flags.items() if flag.raised}

    def _take_down(self, flag: _Flag) -> None:
        """Takes a flag down, unless it has beaten meanwhile."""
        name = self._graphs.writers
        gone = [(f"{flag.node} {type_} {_TYPE}", name), *((f"{flag.node} {_BEAT} {beat}", name) for beat in flag.beats)]
        condition = gone[-1]
        about = [*_about(flag.node, flag.process, flag.identity, name), (f"{flag.node} {_WRITING} {_TRUE}", name)]
        self._store.apply(Delta(remove=[*gone, *about], only_if=condition))
