"""An Oxigraph server for tests and trials: ``python -m tools.oxigraph_server DIRECTORY [PORT]`` until Ctrl-C."""

import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from common.errors import ConfigurationError
from tools.servers import free_port, running


def executable() -> str:
    """Path of the program ``oxigraph``.

    Raises:
        ConfigurationError: It is not installed; says how to install it.
    """
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if found is None:
        raise ConfigurationError("the Oxigraph server is not installed: pip install oxigraph")
    return found


@contextmanager
def oxigraph_server(directory: Path, port: int = 0, *, query_seconds: int = 60) -> Iterator[str]:
    """A server over the store in ``directory``, made if absent; gives its address.

    Queries end after ``query_seconds``: it goes on with one whose client is gone.

    Raises:
        ConfigurationError: It is not installed or does not start.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = [executable(), "serve", "--location", str(directory), "--bind", f"127.0.0.1:{port}"]
    command += ["--timeout-s", str(query_seconds)]
    with running(command, f"{address}/query", directory.parent / f"{directory.name}.log"):
        yield address


def main() -> None:
    """Serves the directory named on the command line."""
    directory, port = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7878  # noqa: PLR2004
    with oxigraph_server(directory.absolute(), port) as address, suppress(KeyboardInterrupt):
        print(f'{address}, in bibliograph.toml: store = "sparql+{address}"; Ctrl-C ends it')
        signal.pause()


if __name__ == "__main__":
    main()
