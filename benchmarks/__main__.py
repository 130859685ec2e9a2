"""``python -m benchmarks [--json] [--quick]``: all benchmarks, one after another."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Runs each folder and module beside this one that is a benchmark; the worst exit code."""
    here = Path(__file__).parent
    names = sorted(path.parent.name for path in here.glob("*/__main__.py"))
    return max(
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *sys.argv[1:]], check=False).returncode
        for name in names
    )


if __name__ == "__main__":
    sys.exit(main())
