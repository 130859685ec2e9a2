"""Python's garbage collector, kept from looking through what is being built."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_pausing = 0
_was_on = False


@contextmanager
def paused() -> Iterator[None]:
    """No search for cycles within the block.

    A change of 20,000 statements is some 200,000 objects without a cycle; looking through them again and again takes
    as long as making them. Blocks may overlap in several threads.
    """
    global _pausing, _was_on  # noqa: PLW0603  the collector is one for the whole process
    with _LOCK:
        if _pausing == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _pausing += 1
    try:
        yield
    finally:
        with _LOCK:
            _pausing -= 1
            if _pausing == 0 and _was_on:
                gc.enable()
