"""One thing done behind another: a thread that commits a batch while the next one is prepared.

The engine's bulk load runs without Python's lock, so on two cores both go on at once.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor


class Behind:
    """Runs calls in a thread, one after another, at most one ahead of the caller."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "commit")
        self._running: Future[None] | None = None

    def run(self, call: Callable[[], None]) -> None:
        """Starts ``call`` when the one before is done.

        Raises:
            Exception: What the one before raised; then ``call`` is not run.
        """
        self.wait()
        self._running = self._thread.submit(call)

    def wait(self) -> None:
        """Returns when nothing is under way.

        Raises:
            Exception: What the last call raised, once.
        """
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def close(self) -> None:
        """Ends the thread when what is under way is done."""
        self._thread.shutdown()
