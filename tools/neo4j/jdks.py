"""Finds the JDKs of this machine and how new they are."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from common.errors import ConfigurationError

_VERSION = re.compile(r'version "?(?:1\.)?(\d+)')


def java(oldest: int, newest: int) -> Path:
    """Path of the program ``java`` of the oldest JDK from release ``oldest`` to ``newest``.

    Raises:
        ConfigurationError: There is none.
    """
    found = {release: home for home in _homes() if oldest <= (release := _release(home)) <= newest}
    if not found:
        raise ConfigurationError(
            f"this Neo4j needs a JDK {oldest}, which is not installed (or set JAVA_HOME): "
            f"apt-get install openjdk-{oldest}-jdk-headless"
        )
    return found[min(found)] / "bin" / "java"


def _homes() -> Iterator[Path]:
    """Homes of JDKs: what the environment names, the one that is called ``java``, and those beside it."""
    named = [value for name, value in os.environ.items() if name.startswith(("JAVA_HOME", "JDK_HOME"))]
    if program := shutil.which("java"):
        named.append(str(Path(program).resolve().parents[1]))
    seen: set[Path] = set()
    for home in map(Path, named):
        beside = sorted(home.parent.iterdir()) if home.parent.is_dir() else []
        for candidate in (home, *beside):
            resolved = candidate.resolve()
            if resolved not in seen and (resolved / "bin" / "javac").exists():
                seen.add(resolved)
                yield resolved


@cache
def _release(home: Path) -> int:
    """Feature release of a JDK, such as 17; 0 where it does not tell."""
    done = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False)
    match = _VERSION.search(done.stderr)
    return int(match.group(1)) if match else 0
