"""``python -m tools.neo4j.demo [DIRECTORY]``: the demo on a real Neo4j, with its address and queries worth running."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from common.errors import ConfigurationError
from tools.neo4j.server import V5, running
from tools.servers import free_port

_GUIDE = Path(__file__).parents[2] / "docs" / "cypher.md"
_QUERY = re.compile(r"^\*\*(\d+\. .+?)\*\*\n\n```cypher\n(.+?)```", re.MULTILINE | re.DOTALL)
_PORT = 7687


def queries() -> Iterator[tuple[str, str]]:
    """Title and text of the guide's queries (``docs/cypher.md``)."""
    for found in _QUERY.finditer(_GUIDE.read_text(encoding="utf-8")):
        yield found[1], found[2].strip()


def main() -> int:
    """Starts Neo4j, ingests the samples into it, and serves them until Ctrl-C.

    Options of ``bibliograph demo`` may follow the directory.
    """
    arguments = sys.argv[1:]
    directory = Path(arguments.pop(0) if arguments and not arguments[0].startswith("-") else "data-neo4j")
    try:
        with running(V5, directory / "neo4j", port=_free(_PORT)) as address:
            _print(address)
            environment = {"BIBLIOGRAPH_STORE": address, "BIBLIOGRAPH_DATA": str(directory / "data")}
            command = [sys.executable, "-m", "cli", "demo", *arguments]
            try:
                return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode
            except KeyboardInterrupt:
                return 0
    except ConfigurationError as error:
        print(f"make demo-neo4j: {error}", file=sys.stderr)
        return 2


def _print(address: str) -> None:
    print(f"Neo4j is at {address}, without a password. Worth running there (docs/cypher.md):\n")
    for title, text in queries():
        print(f"// {title}\n{text};\n")
    sys.stdout.flush()


def _free(port: int) -> int:
    """The usual port of Bolt, or another one where that is taken."""
    with socket.socket() as probe:
        return port if probe.connect_ex(("127.0.0.1", port)) else free_port()


if __name__ == "__main__":
    sys.exit(main())
