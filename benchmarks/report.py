"""The one object that every benchmark prints: figures, peers of the same run, and bars with whether they hold."""

import argparse
import json
import os
import platform
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that an issue asks for; ``least`` says whether ``bar`` is a minimum or a maximum."""

    what: str
    value: float
    bar: float
    least: bool = True

    @property
    def holds(self) -> bool:
        """Whether the value is on the right side of the bar."""
        return self.value >= self.bar if self.least else self.value <= self.bar


@dataclass(slots=True)
class Report:
    """Collects what a benchmark measures."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    peers: dict[str, Any] = field(default_factory=dict)
    bars: list[Bar] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object as it is printed."""
        return {
            "name": self.name,
            "command": f"python -m benchmarks.{self.name} --json",
            "machine": machine(),
            "data": self.data,
            "figures": self.figures,
            "peers": self.peers,
            "bars": [{**asdict(bar), "holds": bar.holds} for bar in self.bars],
        }

    def show(self, *, as_json: bool) -> None:
        """Prints the report, for programs or for people."""
        if as_json:
            print(json.dumps(self.as_json(), ensure_ascii=False, indent=2))
            return
        for title, values in (("data", self.data), ("figures", self.figures), ("peers", self.peers)):
            print(title)
            for name, value in values.items():
                print(f"  {name}: {value}")
        print("bars")
        for bar in self.bars:
            sign = "≥" if bar.least else "≤"
            print(f"  {'holds ' if bar.holds else 'MISSES'} {bar.what}: {bar.value} ({sign} {bar.bar})")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def digest(path: Path) -> str:
    """SHA-256 of a file, first 16 hexadecimal digits."""
    return sha256(path.read_bytes()).hexdigest()[:16]


def arguments(description: str) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="less data, some minutes at most")
    return parser
