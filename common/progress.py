"""Progress of anything long: a callback that gets numbers, so that CLI, socket and API show it each in their way."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        task: What is done, a few words.
        done: How many ``unit``s so far.
        unit: What is counted.
        seconds: Since the start.
        fraction: Share of the whole, 0 to 1; None where the whole is unknown.
    """

    task: str
    done: int
    unit: str
    seconds: float
    fraction: float | None = None

    @property
    def rate(self) -> float:
        """Units a second so far."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time left at this rate, in seconds; None where it can't be known."""
        if not self.fraction:
            return None
        return self.seconds * (1 - self.fraction) / self.fraction


ProgressCallback = Callable[[Progress], None]


class Meter:
    """Counts work and reports at most every ``interval`` seconds.

    ``fraction`` may be set by whoever knows it better than by counting, say from bytes read.

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
        self._total = total
        self.fraction: float | None = None
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
            fraction = min(self.done / self._total, 1.0) if self._total else self.fraction
            self._report(Progress(self._task, self.done, self._unit, self._last - self._start, fraction))
