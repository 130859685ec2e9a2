"""The libraries of a Neo4j release, fetched by Maven into a cache directory, once."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from common.errors import ConfigurationError

_POM = Path(__file__).with_name("pom.xml")


def libraries(version: str) -> Path:
    """Directory of the release's archives; fetched (some 150 MB) if it is not in the cache yet.

    Raises:
        ConfigurationError: Maven is missing or could not fetch it.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bibliograph" / "neo4j"
    cache.mkdir(parents=True, exist_ok=True)
    directory = cache / version
    with (cache / "lock").open("w") as lock:  # two test processes must not fetch it into one directory
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not directory.exists():
            _fetch(version, directory)
    return directory


def _fetch(version: str, directory: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ConfigurationError("Neo4j is fetched by Maven, which is not installed: apt-get install maven")
    part = directory.with_name(f"{version}.part")
    command = [maven, "-q", "-B", "-f", str(_POM), "dependency:copy-dependencies", f"-Dneo4j.version={version}"]
    command += [f"-DoutputDirectory={part}", "-DincludeScope=runtime"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ConfigurationError(f"Maven could not fetch Neo4j {version}: {done.stdout.strip()[-600:]}")
    part.rename(directory)
