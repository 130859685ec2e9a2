"""Work in a process of its own, whose memory is free again when it is done."""

from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from common.errors import BibliographError, StoreError
from common.progress import Progress, ProgressCallback
from common.settings import Settings
from graph.owner.wire import Header, error_header, raise_error

Work = Callable[[Settings, ProgressCallback], None]
"""A function of a module, which opens what it needs itself."""


def run_apart(work: Work, settings: Settings, progress: ProgressCallback | None) -> None:
    """Runs ``work`` in a process of its own to its end, or until this one ends.

    Raises:
        BibliographError: What ``work`` raised; ``StoreError`` where its process was ended.
    """
    # Spawned: a fork would share the store's threads and locks.
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, settings, sender), daemon=True)
    process.start()
    sender.close()
    failure: Header = {}
    with receiver, suppress(EOFError):
        while True:
            message = receiver.recv()
            if isinstance(message, Progress):
                _report(message, progress)
            else:
                failure = message
    process.join()
    raise_error(failure)
    if process.exitcode:
        raise StoreError(f"the process that brings the index up to date was ended ({process.exitcode})")


def _report(message: Progress, progress: ProgressCallback | None) -> None:
    if progress is not None:
        progress(message)


def _run(work: Work, settings: Settings, sender: Connection) -> None:
    with sender:
        try:
            work(settings, sender.send)
        except BibliographError as error:
            sender.send(error_header(error))
