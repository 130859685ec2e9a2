"""The open list of tests that an engine does not pass, with the reason of each: ``exclusions.tsv``."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("exclusions.tsv")
_EVERY = "every"


@cache
def _rows() -> list[tuple[str, str, str]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(engine, case, reason) for engine, case, reason in rows]


@cache
def exclusions(engine: str) -> dict[str, str]:
    """Test (``suite:name``) to reason."""
    return {case: reason for name, case, reason in _rows() if name == _EVERY or engine.startswith(name)}
