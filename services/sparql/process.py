"""One worker process as the server holds it: started by spawn, asked, killed, its death explained."""

import signal
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from common.errors import QueryError, QueryLimitError, StoreError
from services.sparql import worker
from services.sparql.mentions import mentions_text
from services.sparql.messages import Done, Failed, Job, Query

# Spawned, never forked: a fork of a process with an open store and threads inherits locks that nobody releases.
_SPAWN = get_context("spawn")
_START_SECONDS = 30.0
_GRACE_SECONDS = 5.0
_LOADING_SECONDS = 15.0
"""More for the first query of a worker that asks for text: it loads dictionaries."""
_LAST_WORDS = 1 << 16
_OUT_OF_MEMORY = "memory allocation of"
_CRASH = "this crashed the worker process that tried it ({how}); the server and its data are not affected"


class CrashError(QueryError):
    """A worker process died of a query or document; nothing else came to harm."""


class WorkerProcess:
    """A worker process.

    Args:
        stderr: File for the last words of a crash.
        online: It may use the network, because the graph is on a server.
    """

    def __init__(self, stderr: Path, *, online: bool = False) -> None:
        self._stderr = stderr
        self._connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(
            target=worker.run, args=(theirs, str(stderr)), kwargs={"online": online}, name="query-worker", daemon=True
        )
        self._process.start()
        # The server's copy of the other end must close, or the death of the worker would never be seen.
        theirs.close()
        self._offline: bool | None = None
        self._has_loaded = False

    @property
    def offline(self) -> bool:
        """Whether the system keeps the worker from the network; waits until it has started.

        Raises:
            StoreError: It did not start.
        """
        if self._offline is None:
            self._offline = self._started(self._connection)
        return self._offline

    def _started(self, connection: Connection) -> bool:
        with suppress(EOFError, OSError):
            if connection.poll(_START_SECONDS):
                return bool(connection.recv())
        self.kill()
        raise StoreError(f"a query worker did not start: {self._last_words() or 'no reason given'}")

    def ask(self, job: Job) -> Done:
        """Runs a job within its limits. After a ``QueryLimitError`` or crash the worker is dead (``alive``).

        Raises:
            QueryError: As the worker found it, or: it ran out of time or memory, or crashed.
            InputError: A document can't be read.
        """
        _ = self.offline
        answer = self._answer(job)
        if isinstance(answer, Failed):
            raise answer.exception()
        return answer

    def _answer(self, job: Job) -> Done | Failed:
        try:
            self._connection.send(job)
            if not self._connection.poll(job.limits.seconds + self._loading_seconds(job)):
                self.kill()
                raise QueryLimitError(f"this took longer than {job.limits.seconds:g} seconds and was stopped")
            answer = self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._post_mortem(job) from error
        if isinstance(answer, Failed) and answer.error == "limit":
            # What it has allocated may stay allocated; the next query deserves a fresh process.
            self.kill()
        if not isinstance(answer, Done | Failed):
            raise TypeError(f"a query worker answered {type(answer).__name__}")
        return answer

    def _loading_seconds(self, job: Job) -> float:
        if self._has_loaded or not isinstance(job.task, Query) or not mentions_text(job.task.text):
            return 0.0
        self._has_loaded = True
        return _LOADING_SECONDS

    @property
    def alive(self) -> bool:
        """Whether it can take another job."""
        return self._process.is_alive()

    def kill(self) -> None:
        """Ends it at once, whatever it is doing."""
        self._process.kill()
        self._process.join(_GRACE_SECONDS)
        self._connection.close()

    def _post_mortem(self, job: Job) -> QueryError:
        self._process.join(_GRACE_SECONDS)
        code, words = self._process.exitcode, self._last_words()
        self.kill()
        if _OUT_OF_MEMORY in words:
            return QueryLimitError(f"this needs more than {job.limits.megabytes} MB of memory")
        if code == -signal.SIGXCPU:
            return QueryLimitError(f"this took longer than {job.limits.seconds:g} seconds and was stopped")
        return CrashError(_CRASH.format(how=_ending(code)))

    def _last_words(self) -> str:
        try:
            return self._stderr.read_bytes()[:_LAST_WORDS].decode(errors="replace")
        except OSError:
            return ""


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
