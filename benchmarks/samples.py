"""The samples as an installation, as ``make demo`` makes it."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import report
from common.settings import Settings
from services.demonstration import ingest_samples
from services.workspace import Workspace, open_workspace


def arguments(description: str) -> argparse.ArgumentParser:
    """The options of a benchmark over the samples."""
    parser = report.arguments(description)
    parser.add_argument("--data", type=Path, help="an installation that holds the samples; default: made for the run")
    return parser


@contextmanager
def installation(data: Path | None) -> Iterator[Workspace]:
    """The installation of the samples in ``data``; None: made, in a directory that goes afterwards."""
    if data is not None:
        with open_workspace(Settings(data=data)) as workspace:
            yield workspace
        return
    with (
        tempfile.TemporaryDirectory(prefix="bibliograph-bench-") as folder,
        open_workspace(Settings(data=Path(folder) / "data")) as workspace,
    ):
        ingest_samples(workspace, workers=2)
        yield workspace
