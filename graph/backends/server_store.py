"""What stores on a server have in common: they are shared, look after their own files, and have no snapshots."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import IO, ClassVar

from common.errors import StoreError
from graph.store import Quad
from graph.transfer import nquads


class ServerStore(ABC):
    """The part of a ``GraphStore`` that is the same on every server."""

    shared: ClassVar[bool] = True

    @abstractmethod
    def quads(self, pattern: tuple[str | None, str | None, str | None], graph: str | None) -> Iterator[Quad]:
        """See ``GraphStore``."""

    def compact(self) -> None:  # noqa: B027  nothing is what most servers need
        """Nothing: a server looks after its own files."""

    def snapshot(self, directory: Path) -> None:
        """There is none.

        Raises:
            StoreError: Always.
        """
        raise StoreError(f"a store on a server has no snapshots: {directory} can't be made")

    def dump(self, output: IO[bytes], graph: str | None = None) -> None:
        """N-Quads of everything, or N-Triples of one graph, written as they come."""
        found = self.quads((None, None, None), graph)
        output.writelines(nquads(found if graph is None else ((statement, None) for statement, _ in found)))
