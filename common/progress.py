"""Progress of anything long: a callback that gets numbers, so that CLI, socket and API show it each in their way."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: ``done`` of ``total`` (None where unknown) ``unit``s, after ``seconds``."""

    task: str
    done: int
    total: int | None
    unit: str
    seconds: float

    @property
    def rate(self) -> float:
        """Units a second so far."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time left at this rate, in seconds; None where it can't be known."""
        if self.total is None or self.rate <= 0:
            return None
        return max(self.total - self.done, 0) / self.rate


ProgressCallback = Callable[[Progress], None]


class Meter:
    """Counts work and reports at most every ``interval`` seconds.

    Args:
        report: Where the numbers go; None keeps silent.
        task: What is done, a few words.
        total: How much there is, in ``unit``s; None where unknown.
        unit: What is counted.
        interval: Seconds between two reports.
    """

    def __init__(
        self,
        report: ProgressCallback | None,
        task: str,
        total: int | None = None,
        unit: str = "records",
        interval: float = 0.2,
    ) -> None:
        self._report = report
        self._task = task
        self._unit = unit
        self._interval = interval
        self._start = self._last = time.monotonic()
        self.total = total
        self.done = 0

    def advance(self, by: int = 1) -> None:
        """Counts ``by`` more units."""
        self.done += by
        if self._report and time.monotonic() - self._last >= self._interval:
            self.finish()

    def finish(self) -> None:
        """Reports the numbers as they stand."""
        self._last = time.monotonic()
        if self._report:
            seconds = self._last - self._start
            self._report(Progress(self._task, self.done, self.total, self._unit, seconds))
