"""Write the sample files from the facts: ``python -m samples.classics.build`` in the project's folder."""

from __future__ import annotations

from pathlib import Path

from .authorities import authorities
from .cnmarc import unimarc
from .holdings import holdings
from .linked import catalogued
from .model import iso2709, marcxml
from .reading import editions

FOLDER = Path(__file__).parent


def outputs() -> dict[str, bytes]:
    """The name and content of every output file."""
    return {
        "bibliographic.xml": marcxml(map(catalogued, editions())),
        "authorities.xml": marcxml(authorities()),
        "holdings.xml": marcxml(holdings()),
        "cnmarc.mrc": b"".join(map(iso2709, map(unimarc, editions()))),
    }


def main() -> None:
    """Write the output files beside this one."""
    for name, content in outputs().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
