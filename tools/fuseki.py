"""An Apache Jena Fuseki server for tests and trials: ``python -m tools.fuseki DIRECTORY [PORT]`` until Ctrl-C.

It needs Java 17; Maven fetches the server into a cache directory, once.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from common.errors import ConfigurationError
from tools.servers import free_port, running

VERSION = "5.6.0"
_ARTIFACT = f"org.apache.jena:jena-fuseki-server:{VERSION}"
_HEAP = "-Xmx1200m"


def jar() -> Path:
    """Path of the server's archive, fetched if it is not in the cache yet.

    Raises:
        ConfigurationError: Maven is missing or could not fetch it.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bibliograph" / "fuseki"
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / f"jena-fuseki-server-{VERSION}.jar"
    with (cache / "lock").open("w") as lock:  # two test processes must not fetch it into one file
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _fetch(cache)
    return path


def _fetch(cache: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ConfigurationError("Fuseki is fetched by Maven, which is not installed: apt-get install maven")
    command = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={_ARTIFACT}", f"-DoutputDirectory={cache}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ConfigurationError(f"Maven could not fetch {_ARTIFACT}: {done.stdout.strip()[-600:]}")


@contextmanager
def fuseki(directory: Path, port: int = 0, *, union: bool = False) -> Iterator[str]:
    """A server over a TDB2 store in ``directory``, made if absent; gives the address of its dataset.

    With ``union``, its default graph is the union of its named graphs.

    Raises:
        ConfigurationError: Java or Maven is missing, or it does not start.
    """
    java = shutil.which("java")
    if java is None:
        raise ConfigurationError("Fuseki needs Java 17, which is not installed: apt-get install default-jre-headless")
    port = port or free_port()
    directory.mkdir(parents=True, exist_ok=True)
    command = [java, _HEAP, "-jar", str(jar()), "--localhost", "--port", str(port)]
    command += ["--set", "tdb2:unionDefaultGraph=true"] if union else []
    command += ["--tdb2", "--update", "--loc", str(directory), "/ds"]
    base = directory.parent / f"{directory.name}.fuseki"
    with running(command, f"http://127.0.0.1:{port}/$/ping", base / "log", {"FUSEKI_BASE": str(base)}):
        yield f"http://127.0.0.1:{port}/ds"


def main() -> None:
    """Serves the directory named on the command line."""
    directory, port = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3030  # noqa: PLR2004
    with fuseki(directory.absolute(), port) as address, suppress(KeyboardInterrupt):
        print(f'{address}, in bibliograph.toml: store = "sparql+{address}"; Ctrl-C ends it')
        signal.pause()


if __name__ == "__main__":
    main()
