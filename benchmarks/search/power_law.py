"""Draws that go on as the samples began: what is common stays common, and new things keep coming."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

_LEAST, _MOST = 0.1, 0.9
_ATTEMPTS = 8
"""Attempts to invent something that is new."""


class PowerLaw(Generic[T]):
    """A Pitman–Yor process that starts from observed draws.

    A draw is new with probability ``discount`` × kinds / draws; else an old value comes again, in proportion to its
    uses less ``discount``. Both the size of the largest value and the number of rare ones grow as a catalogue's do: the
    largest keeps its share, the kinds grow as draws to the power of ``discount`` (Pitman and Yor, 1997).

    Args:
        seen: The observed draws, at least one.
        invent: Makes a value out of those drawn so far.
        random: Where chance comes from.
    """

    def __init__(self, seen: Sequence[T], invent: Callable[[Random, Sequence[T]], T], random: Random) -> None:
        self._draws = list(seen)
        self._uses = Counter(self._draws)
        self._invent = invent
        self._random = random
        once = sum(uses == 1 for uses in self._uses.values())
        self._discount = min(max(once / len(self._uses), _LEAST), _MOST)

    def draw(self) -> T:
        """The next value."""
        random, draws = self._random, self._draws
        if random.random() * len(draws) < self._discount * len(self._uses):
            value = self._new()
        else:
            value = random.choice(draws)
            while random.random() * self._uses[value] < self._discount:
                value = random.choice(draws)
        draws.append(value)
        self._uses[value] += 1
        return value

    def _new(self) -> T:
        for _ in range(_ATTEMPTS):
            value = self._invent(self._random, self._draws)
            if value not in self._uses:
                break
        return value
