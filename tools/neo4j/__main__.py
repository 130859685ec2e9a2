"""``python -m tools.neo4j DIRECTORY [PORT] [VERSION]``: a Neo4j server until Ctrl-C."""

import signal
import sys
from contextlib import suppress
from pathlib import Path

from tools.neo4j.server import V5, running

_PORT = 7687


def main() -> None:
    """Serves the directory named on the command line."""
    directory, port, version = (*sys.argv[1:4], *["", str(_PORT), V5][len(sys.argv[1:4]) :])
    if not directory:
        sys.exit(__doc__)
    with running(version, Path(directory), port=int(port)) as address, suppress(KeyboardInterrupt):
        print(f'{address}, in bibliograph.toml: store = "{address}"; Ctrl-C ends it', flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
