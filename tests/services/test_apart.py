"""Work in processes of its own."""

import os

import pytest

from common.errors import QuerySyntaxError, StoreError
from common.progress import Progress, ProgressCallback
from common.settings import Settings
from services.apart import run_apart


def _report(settings: Settings, progress: ProgressCallback) -> None:
    progress(Progress(settings.base, os.getpid(), "processes", 1.0))


def _fail(_: Settings, __: ProgressCallback) -> None:
    raise QuerySyntaxError("not SPARQL", 3, 4)


def _end(_: Settings, __: ProgressCallback) -> None:
    os._exit(9)


def test_work_runs_apart_and_its_progress_comes_back() -> None:
    """The work has another process's number and the same settings; its progress reaches the caller."""
    heard: list[Progress] = []
    run_apart(_report, Settings(base="https://b.example/"), heard.append)
    assert [progress.task for progress in heard] == ["https://b.example/"]
    assert heard[0].done != os.getpid()


def test_an_error_comes_back_as_it_was() -> None:
    """An error of the work is raised here, with its place."""
    with pytest.raises(QuerySyntaxError, match="not SPARQL") as raised:
        run_apart(_fail, Settings(), None)
    assert (raised.value.line, raised.value.column) == (3, 4)


def test_an_ended_process_is_an_error() -> None:
    """A process that is ended before its work is done is no success."""
    with pytest.raises(StoreError, match="was ended"):
        run_apart(_end, Settings(), None)
