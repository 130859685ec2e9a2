"""Fails when a test run skipped a test for a missing part; counts skips for shared data that may not be copied."""

import re
import sys
from pathlib import Path

_SKIPPED = re.compile(r"^SKIPPED \[(\d+)\] (\S+): (.*)$", re.MULTILINE)
ALLOWED = ("shared data", "root ")
"""What the reason of an allowed skip holds: data that may not be copied; permissions, which do not bind root."""


def main(report: str) -> int:
    """Reads pytest's closing lines; returns the exit code."""
    skips = [(int(count), place, reason) for count, place, reason in _SKIPPED.findall(Path(report).read_text())]
    missing = [skip for skip in skips if not any(words in skip[2] for words in ALLOWED)]
    lacking = sum(count for count, _, _ in missing)
    allowed = sum(count for count, _, _ in skips) - lacking
    print(f"{allowed} tests skipped for shared data or because root may do anything, {lacking} for a missing part")
    for count, place, reason in missing:
        print(f"  {count} × {place}: {reason}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
